import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { pino } from 'pino'
import { type Installation, type Job, queueJob } from '#platform'
import { start } from '#test'
import { startJobs } from '../../src/platform/jobs.ts'
import { openLog } from '../../src/platform/log.ts'
import { probe } from './probe.tsx'
import { aWire } from './wire.ts'

const first = await start({ modules: [probe] })
const { sql, database, installation } = first
const log = pino({ level: 'silent' })

/** Waits until `holds` says so; a job is picked up at once when it is queued, or after two seconds when it is retried. */
async function until(what: string, holds: () => boolean | Promise<boolean>, timeoutMs = 15_000) {
  const end = performance.now() + timeoutMs
  while (!(await holds())) {
    assert.ok(performance.now() < end, `it never came true that ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Workers for `run` alone, ended with the test. */
async function aWorker(run: Job['run'], options: { urls?: typeof database.urls; log?: typeof log } = {}) {
  const own = { ...database, urls: options.urls ?? database.urls }
  const worker = await startJobs(own, installation, { 'probe.work': { run } }, options.log ?? log)
  after(() => worker.stop())
  return worker
}

const waiting = async () => (await sql`select 1 from graphile_worker._private_jobs where locked_at is null`).length

test('a job runs as the weak role, with what it was given, and then is gone', async () => {
  const done: unknown[] = []
  const given: Installation[] = []
  const worker = await aWorker(async (installation, payload) => {
    given.push(installation)
    done.push(payload)
  })
  await queueJob(sql, 'probe.work', { words: '海旁 "\'\\' })
  await until('the job ran', () => done.length === 1)
  assert.deepEqual(done, [{ words: '海旁 "\'\\' }])
  assert.equal(given[0], installation)
  await until('the queue is empty', async () => (await waiting()) === 0)
  await worker.stop()
})

test('a job exists exactly if the transaction that queued it is committed', async () => {
  const done: unknown[] = []
  const worker = await aWorker(async (_, payload) => void done.push(payload))
  await assert.rejects(
    sql.begin(async (transaction) => {
      await queueJob(transaction, 'probe.work', { from: 'rolled back' })
      throw new Error('no')
    }),
  )
  await sql.begin((transaction) => queueJob(transaction, 'probe.work', { from: 'committed' }))
  await until('the job ran', () => done.length === 1)
  assert.deepEqual(done, [{ from: 'committed' }])
  await worker.stop()
})

test('a job that was queued while nobody worked is done by the next process', async () => {
  await queueJob(sql, 'probe.work', { from: 'before the restart' })
  const done: unknown[] = []
  const worker = await aWorker(async (_, payload) => void done.push(payload))
  await until('the job ran', () => done.length === 1)
  await worker.stop()
})

test('two processes share the queue, and each job is done once', async () => {
  const done: string[] = []
  const byWorker = [0, 0]
  const work = (worker: number) =>
    aWorker(async (_, payload) => {
      done.push((payload as { id: string }).id)
      byWorker[worker]! += 1
      await new Promise((resolve) => setTimeout(resolve, 5))
    })
  const workers = await Promise.all([work(0), work(1)])
  const ids = Array.from({ length: 60 }, (_, each) => `job-${each}`)
  for (const id of ids) await queueJob(sql, 'probe.work', { id })
  await until('all jobs ran', () => done.length >= ids.length)
  await Promise.all(workers.map((worker) => worker.stop()))
  assert.deepEqual(done.sort(), ids.sort())
  assert.ok(
    byWorker.every((count) => count > 0),
    `both worked: ${byWorker}`,
  )
})

test('jobs that wait under one key are one job, with what was given last', async () => {
  for (const turn of [1, 2, 3]) await queueJob(sql, 'probe.work', { turn }, { key: 'one' })
  const done: unknown[] = []
  const worker = await aWorker(async (_, payload) => void done.push(payload))
  await until('the job ran', () => done.length >= 1)
  await until('the queue is empty', async () => (await waiting()) === 0)
  assert.deepEqual(done, [{ turn: 3 }])
  await worker.stop()
})

test('a job that fails is tried again, so often and no more, and the log tells which without what it was about', async () => {
  const lines: string[] = []
  const listening = openLog('info', { write: (line: string) => void lines.push(line) })
  let tries = 0
  const worker = await aWorker(
    async () => {
      tries += 1
      throw new Error('Cannot write to "Chan Tai Man"\nA123456(7)')
    },
    { log: listening },
  )
  await queueJob(sql, 'probe.work', { person: 'Chan Tai Man' }, { triesMax: 2 })
  await until('it was tried', () => tries === 1)
  // The queue waits longer after each failure; nobody waits for that here.
  const [job] = await sql`select attempts, max_attempts from graphile_worker._private_jobs`
  assert.deepEqual({ ...job }, { attempts: 1, maxAttempts: 2 })
  await sql`update graphile_worker._private_jobs set run_at = now()`
  await until('it was tried again', () => tries === 2)
  await until(
    'it is given up',
    async () =>
      (await sql`select 1 from graphile_worker._private_jobs where attempts = 2 and locked_at is null`).length === 1,
  )
  await sql`update graphile_worker._private_jobs set run_at = now()`
  await new Promise((resolve) => setTimeout(resolve, 2500))
  assert.equal(tries, 2)
  await worker.stop()
  await sql`delete from graphile_worker._private_jobs`

  const said = lines.join('')
  assert.match(said, /"job":"probe\.work"/)
  for (const secret of ['Chan', 'A123456']) assert.ok(!said.includes(secret), said)
})

test('to stop is to let running jobs end', async () => {
  let ended = false
  let began = false
  const worker = await aWorker(async () => {
    began = true
    await new Promise((resolve) => setTimeout(resolve, 300))
    ended = true
  })
  await queueJob(sql, 'probe.work', {})
  await until('it began', () => began)
  await worker.stop()
  assert.equal(ended, true)
})

test('a job whose process was killed is done by another, soon and not after hours', async () => {
  await queueJob(sql, 'probe.work', { from: 'the dead' })
  await sql`update graphile_worker._private_jobs set locked_at = now() - interval '1 minute', locked_by = 'worker-that-was-killed', attempts = 1`
  const done: unknown[] = []
  const worker = await aWorker(async (_, payload) => void done.push(payload))
  await until('the job ran', () => done.length === 1)
  await worker.stop()
})

test('a job that another process works on is left to it', async () => {
  let runs = 0
  const slowly = async () => {
    runs += 1
    await new Promise((resolve) => setTimeout(resolve, 3000))
  }
  const first = await aWorker(slowly)
  await queueJob(sql, 'probe.work', {})
  await until('it began', () => runs === 1)
  const second = await aWorker(slowly)
  await new Promise((resolve) => setTimeout(resolve, 2500))
  assert.equal(runs, 1)
  await Promise.all([first.stop(), second.stop()])
})

for (const early of [true, false])
  test(`the queue works on after the database was away, ${early ? 'though it had just begun' : 'though a job was ending'}`, async () => {
    const wire = await aWire(database.urls.app)
    const done: unknown[] = []
    const worker = await aWorker(async (_, payload) => void done.push(payload), {
      urls: { owner: database.urls.owner, app: wire.url },
    })
    if (!early) {
      await queueJob(sql, 'probe.work', { from: 'the day' })
      await until('the first job ran', () => done.length === 1)
    }
    wire.cut()
    await queueJob(sql, 'probe.work', { from: 'the dark' })
    await new Promise((resolve) => setTimeout(resolve, 200))
    assert.deepEqual(done.length, early ? 0 : 1)
    wire.mend()
    await until('the job ran', () => done.some((each) => (each as { from: string }).from === 'the dark'), 30_000)
    await worker.stop()
  })

test('that the database stays away is told once, and not at every try', async () => {
  const wire = await aWire(database.urls.app)
  const lines: string[] = []
  const listening = openLog('info', { write: (line: string) => void lines.push(line) })
  const told = () => lines.filter((line) => line.includes('Jobs of lost workers cannot be freed')).length
  const worker = await aWorker(async () => {}, {
    urls: { owner: database.urls.owner, app: wire.url },
    log: listening,
  })
  wire.cut()
  await until('it is told', () => told() === 1)
  // The next try comes after five seconds, and fails as well.
  await new Promise((resolve) => setTimeout(resolve, 6000))
  assert.equal(told(), 1)
  wire.mend()
  await worker.stop()
})
