import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { isDatabaseGone, openDatabase } from '#platform'
import { start } from '#test'
import { probe } from './probe.tsx'
import { aWire } from './wire.ts'

const first = await start({ modules: [probe] })

/** A second application on the same database, whose connections go over a wire. */
async function overAWire() {
  const wire = await aWire(first.urls.app)
  const app = await start({ modules: [probe], beside: { urls: { owner: first.urls.owner, app: wire.url } } })
  return { ...app, wire }
}

test('readiness follows the database: away at once, and back, while the process stays alive', async () => {
  const { app, wire } = await overAWire()
  const ready = async () => (await app.inject('/readyz')).statusCode
  assert.equal(await ready(), 200)
  for (const round of [1, 2]) {
    wire.cut()
    for (const watcher of [1, 2, 3]) {
      const before = wire.asked()
      const response = await app.inject('/readyz')
      assert.equal(response.statusCode, 503, `round ${round}, watcher ${watcher}`)
      assert.equal(response.json().type, '/problems/platform.not-ready')
      // Counted and not timed, since a busy machine is slow: nobody waits while it is tried again.
      assert.ok(wire.asked() - before <= 1, 'a watcher learns it from the first refusal')
    }
    assert.equal((await app.inject('/eng/probe/open')).statusCode, 200, 'what needs no database is still served')
    assert.equal((await app.inject('/healthz')).statusCode, 200)
    wire.mend()
    assert.equal(await ready(), 200, 'who asks next finds the database again')
  }
})

test('a server whose socket is not there is a database that is gone, and a file that is not there is none', async () => {
  const missing = join(import.meta.dirname, 'not-there')
  const app = `postgres://app:secret@${encodeURIComponent(missing)}:15001/praya`
  const database = openDatabase({ owner: first.urls.owner, app }, { connectionsMax: 1 })
  after(() => database.close())
  await assert.rejects(Promise.resolve(database.sql`select 1`), (error: { code: string }) => {
    assert.equal(error.code, 'ENOENT')
    return isDatabaseGone(error)
  })
  await assert.rejects(readFile(missing), (error: { code: string }) => !isDatabaseGone(error))
})

test('a person whose act meets a lost database is told so, and the act is not done', async () => {
  const { app, wire, as } = await overAWire()
  const headers = await as('probe:write-note')
  const act = {
    method: 'POST',
    url: '/han/probe/notes',
    headers: { ...headers, accept: 'text/html' },
    payload: { subject: 'note/lost' },
  } as const
  wire.cut()
  const response = await app.inject(act)
  assert.equal(response.statusCode, 503)
  assert.match(response.body, /暫時無法連接資料庫/)
  assert.equal((await first.sql`select 1 from platform.audit_event where subject = 'note/lost'`).length, 0)
})

test('a transaction whose connection is lost does nothing more, though the database is back', async () => {
  const wire = await aWire(first.urls.app)
  const database = openDatabase({ owner: first.urls.owner, app: wire.url }, { connectionsMax: 1 })
  after(() => database.close())
  const { sql } = database
  const note = (subject: string) => ({ event: 'probe.note-written', actor: 'system', subject })
  let ended = false
  const transaction = sql.begin(async (inside) => {
    await inside`insert into platform.audit_event ${inside(note('half/1'))}`
    wire.cut()
    await new Promise((resolve) => setTimeout(resolve, 50))
    wire.mend()
    // Somebody else gets the connection anew; the lost transaction must not write on it.
    await sql`select 1`
    await inside`insert into platform.audit_event ${inside(note('half/2'))}`
    ended = true
  })
  await assert.rejects(transaction, { code: 'CONNECTION_CLOSED' })
  await new Promise((resolve) => setTimeout(resolve, 300))
  assert.equal(ended, false)
  assert.equal((await sql`select 1 from platform.audit_event where subject like 'half/%'`).length, 0)
})

for (const how of ['ended', 'reset', 'killed'] as const)
  test(`each query after one that ${how === 'killed' ? 'was killed' : `a connection ${how} under`} gets its own answer`, async () => {
    const wire = await aWire(first.urls.app)
    const database = openDatabase({ owner: first.urls.owner, app: wire.url }, { connectionsMax: 1 })
    after(() => database.close())
    const { sql } = database
    for (let round = 0; round < 5; round++) {
      const transaction = sql.begin(async (inside) => {
        const [server] = await inside<{ pid: number }[]>`select pg_backend_pid() as pid`
        const waiting = inside`select pg_sleep(10)`
        setTimeout(() => {
          if (how === 'killed') first.sql`select pg_terminate_backend(${server!.pid})`.catch(() => {})
          else wire.cut(how === 'reset' ? 'reset' : 'end')
        }, 20)
        await waiting
      })
      await assert.rejects(transaction, ({ code }) => ['CONNECTION_CLOSED', 'ECONNRESET'].includes(code))
      wire.mend()
      const numbers = Array.from({ length: 20 }, (_, at) => at)
      const answers = await Promise.all(numbers.map((number) => sql`select ${number}::int as number`))
      assert.deepEqual(
        answers.map(([row]) => row!.number),
        numbers,
      )
    }
  })

test('what goes on when another statement of its transaction has failed is not done', async () => {
  const { sql } = first
  const note = (subject: string) => ({ event: 'probe.note-written', actor: 'system', subject })
  const later = Promise.withResolvers<unknown>()
  const transaction = sql.begin(async (inside) => {
    const goesOn = inside`select 1`
      .then(() => new Promise((resolve) => setTimeout(resolve, 50)))
      .then(() => inside`insert into platform.audit_event ${inside(note('after/rollback'))}`)
    goesOn.then(later.resolve, later.reject)
    await Promise.all([
      goesOn,
      inside`select 2`.then(() => {
        throw new Error('failed in the program')
      }),
    ])
  })
  await assert.rejects(transaction, /failed in the program/)
  await assert.rejects(later.promise, { code: 'TRANSACTION_ENDED' })
  assert.equal((await sql`select 1 from platform.audit_event where subject = 'after/rollback'`).length, 0)
})

test('whenever connections are cut, every act is whole or not done, and the pool serves on', async () => {
  const wire = await aWire(first.urls.app)
  const connectionsMax = 4
  const database = openDatabase({ owner: first.urls.owner, app: wire.url }, { connectionsMax })
  after(() => database.close())
  const { sql } = database
  const done = new Set<string>()
  const act = async (subject: string) => {
    await sql.begin(async (inside) => {
      for (const part of [1, 2, 3])
        await inside`insert into platform.audit_event (event, actor, subject) values ('probe.note-written', ${String(part)}, ${subject})`
    })
    done.add(subject)
  }
  for (let round = 0; round < 25; round++) {
    wire.mend()
    const acts = Array.from({ length: 12 }, (_, each) => act(`cut/${round}/${each}`).catch(() => {}))
    const reads = Array.from({ length: 12 }, (_, each) =>
      sql`select ${each}::int as each`.then(
        ([row]) => assert.equal(row!.each, each),
        (error) => assert.match(error.code, /^(CONNECTION_CLOSED|ECONNRESET|EPIPE)$/),
      ),
    )
    await new Promise((resolve) => setTimeout(resolve, 2 + (round % 9)))
    wire.cut(round % 2 === 0 ? 'end' : 'reset')
    await Promise.all([...acts, ...reads])
  }
  wire.mend()
  await new Promise((resolve) => setTimeout(resolve, 100))
  // A connection that is lost for good is given up after its time limit and asked for once more, or fails its query.
  const before = wire.asked()
  await Promise.all(Array.from({ length: 40 }, () => sql`select 1`))
  assert.ok(wire.asked() - before <= connectionsMax, 'a connection was lost for good')

  const parts = await sql<{ subject: string; parts: number }[]>`
    select subject, count(*) as parts
    from platform.audit_event
    where subject like 'cut/%'
    group by subject`
  for (const { subject, parts: count } of parts) assert.equal(count, 3, `${subject} is half done`)
  const written = new Set(parts.map(({ subject }) => subject))
  for (const subject of done) assert.ok(written.has(subject), `${subject} was answered and is not there`)
})
