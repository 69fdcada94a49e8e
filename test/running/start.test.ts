import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import postgres from '../../src/platform/driver.ts'
import { prepareExternal } from '../../src/start/postgres/external.ts'
import { findPostgres, startPostgres } from '../../src/start/postgres/server.ts'
import { readSecrets } from '../../src/start/secrets.ts'
import {
  asNobody,
  freePort,
  isAlive,
  postmasterOf,
  type Running,
  readyStatus,
  run,
  spawnPraya,
  startPraya,
  temporaryFolder,
} from './praya.ts'

const query = async (folder: string, statement: string) => queryAt(findPostgres(folder)!.ownerUrl, statement)

async function queryAt(url: string, statement: string) {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    return [...(await sql.unsafe(statement))]
  } finally {
    await sql.end({ timeout: 1 })
  }
}

test('a first start serves, says where and how to sign in, and Ctrl-C ends it without a trace', async () => {
  const folder = temporaryFolder()
  const praya = await startPraya(folder)
  assert.equal((await fetch(`${praya.address}/healthz`)).status, 200)
  await until(() => praya.said().includes('Ctrl-C'))
  // Passkeys belong to a name.
  const named = praya.address.replace('127.0.0.1', 'localhost')
  assert.match(praya.said(), new RegExp(`^.+ is ready\\n\\n  ${named}/`))
  assert.match(praya.said(), new RegExp(`To sign in for a demonstration, open ${named}/sign-in and choose`))
  assert.match(praya.said(), /Estimates/)

  const server = postmasterOf(folder)
  assert.ok(isAlive(server))
  // A terminal sends Ctrl-C to the whole group, and npm passes on its own copy a moment later.
  process.kill(-praya.child.pid!, 'SIGINT')
  await pause(50)
  praya.child.kill('SIGINT')
  const { code, err } = await praya.ended
  assert.deepEqual({ code, err: withoutProgress(err) }, { code: 0, err: [] })
  assert.ok(!isAlive(server))
  assert.equal(await readyStatus(praya.address), 0)
})

test('what was committed outlives a kill of Praya, of PostgreSQL, and of both', async (t) => {
  const folder = temporaryFolder()
  const kept = () => query(folder, 'select number from public.kept order by number')
  const first = await startPraya(folder)
  await query(folder, 'create table public.kept as select 1 as number')
  first.child.kill('SIGKILL')
  await first.ended

  const second = await startPraya(folder)
  await t.test('of Praya: the next start stops the old server and has the rows', async () => {
    assert.deepEqual(await kept(), [{ number: 1 }])
  })
  await t.test('of PostgreSQL: it is started again, and /readyz says no meanwhile', async () => {
    await query(folder, 'insert into public.kept values (2)')
    process.kill(postmasterOf(folder), 'SIGKILL')
    const statuses: number[] = []
    await until(async () => {
      statuses.push(await readyStatus(second.address))
      return statuses.includes(503) && statuses.at(-1) === 200
    })
    assert.deepEqual([...new Set(statuses)].sort(), [200, 503], second.complained())
    assert.deepEqual(await kept(), [{ number: 1 }, { number: 2 }])
  })
  await t.test('of one connection’s process: every other begins anew, and Praya goes on', async () => {
    const backend = "select pid from pg_stat_activity where usename = 'app' order by pid limit 1"
    const [found] = await query(folder, backend)
    process.kill(Number(found?.pid), 'SIGKILL')
    await until(async () => (await query(folder, 'select 1').catch(() => [])).length === 1)
    await until(async () => (await readyStatus(second.address)) === 200)
    assert.deepEqual(await kept(), [{ number: 1 }, { number: 2 }])
    assert.equal(second.child.exitCode, null)
  })
  await t.test('of both: the next start has the rows', async () => {
    await query(folder, 'insert into public.kept values (3)')
    process.kill(postmasterOf(folder), 'SIGKILL')
    second.child.kill('SIGKILL')
    await second.ended
    const third = await startPraya(folder)
    assert.deepEqual(await kept(), [{ number: 1 }, { number: 2 }, { number: 3 }])
    third.child.kill('SIGTERM')
    assert.equal((await third.ended).code, 0)
  })
})

test('a kill at any stage of a start, or of a stop, leaves what the next start makes good', async () => {
  const folder = temporaryFolder()
  const has = (...names: string[]) => existsSync(join(folder, ...names))
  const asks = async (question: string) => (await query(folder, question).catch(() => [])).length > 0
  const hasSchema = (name: string) => asks(`select from pg_namespace where nspname = '${name}'`)
  const stages: [stage: string, reached: (praya: Running) => boolean | Promise<boolean>][] = [
    ['before anything', (praya) => praya.child.pid !== undefined],
    ['as the database is made', () => has('secrets.json')],
    ['as it is whole', () => has('postgres', 'PG_VERSION')],
    ['as its server starts', () => has('postgres', 'postmaster.pid')],
    ['as the first tables are there', () => hasSchema('platform')],
    ['as the last tables are there', () => hasSchema('graphile_worker')],
    ['as it serves', (praya) => praya.said().includes('Ctrl-C')],
  ]
  for (const [stage, reached] of stages) {
    const praya = spawnPraya(['start'], { PRAYA_DATA: folder, PRAYA_PORT: '0' })
    await until(() => reached(praya) || praya.child.exitCode !== null)
    assert.equal(praya.child.exitCode, null, `${stage}: ${praya.complained()}`)
    praya.child.kill('SIGKILL')
    await praya.ended
  }
  for (const ms of [0, 20, 80]) {
    const praya = await startPraya(folder)
    praya.child.kill('SIGTERM')
    await pause(ms)
    praya.child.kill('SIGKILL')
    await praya.ended
  }
  const last = await startPraya(folder)
  assert.ok(await hasSchema('estimates'))
  last.child.kill('SIGTERM')
  const { code, err } = await last.ended
  assert.deepEqual({ code, err: withoutProgress(err) }, { code: 0, err: [] })
  const { stdout } = spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
  assert.deepEqual(
    stdout.split('\n').filter((line) => line.includes(folder)),
    [],
  )
})

test('of two that start at the same instant exactly one serves, and the other says why not', async () => {
  const folder = temporaryFolder()
  const ports = [await freePort(), await freePort()]
  const both = ports.map((port) => spawnPraya(['start'], { PRAYA_DATA: folder, PRAYA_PORT: String(port) }))
  const loser = await Promise.race(both.map(({ ended }, index) => ended.then((ran) => ({ ...ran, index }))))
  assert.equal(loser.code, 1)
  assert.match(loser.err, /^The data folder .* is in use by another Praya \(process (\d+|\?)\)\. Stop that one, .*\n$/)
  const winner = both[1 - loser.index]!
  const address = `http://127.0.0.1:${ports[1 - loser.index]}`
  await until(async () => (await readyStatus(address)) === 200)
  // A command joins the one that runs.
  const { code, err } = await run(['start'], { PRAYA_DATA: folder, PRAYA_PORT: '0' })
  assert.equal(code, 1)
  assert.match(err, new RegExp(`process ${winner.child.pid}`))
  // As a terminal does that is closed.
  winner.child.kill('SIGHUP')
  assert.equal((await winner.ended).code, 0)
})

test('whatever stands in the way of a start is said in one sentence, with exit code 1', async (t) => {
  const folder = temporaryFolder()
  const taken = createServer().listen(0, '127.0.0.1')
  t.after(() => taken.close())
  await new Promise((resolve) => taken.once('listening', resolve))
  const { port } = taken.address() as { port: number }
  const wrongPack = temporaryFolder()
  writeFileSync(join(wrongPack, 'government.yaml'), 'id: nowhere\n')
  const notFolder = join(temporaryFolder(), 'file')
  writeFileSync(notFolder, '')
  const data = { PRAYA_DATA: folder, PRAYA_PORT: '0' }
  const closed = await freePort()

  // biome-ignore format: a table
  const cases: [name: string, settings: Record<string, string>, sentence: RegExp][] = [
    ['a port in use', { ...data, PRAYA_PORT: String(port) }, /^Port \d+ on 127\.0\.0\.1 is in use by another program\. .*PRAYA_PORT/],
    ['a host that is not here', { ...data, PRAYA_HOST: '192.0.2.1' }, /^192\.0\.2\.1 is no address of this machine\./],
    ['a data folder that is a file', { ...data, PRAYA_DATA: notFolder }, /^The data folder .* cannot be used: a file stands in its place/],
    ['a data folder that cannot be made', { ...data, PRAYA_DATA: '/dev/null/x' }, /^The data folder .* cannot be used/],
    ['a database that is not there', { ...data, PRAYA_DATABASE_URL: `postgres://me:secret@127.0.0.1:${closed}/praya` }, /^The database at PRAYA_DATABASE_URL \(127\.0\.0\.1:\d+\/praya\) cannot be reached: /],
    ['a pack with mistakes', { ...data, PRAYA_PACK: wrongPack }, /^The pack .* cannot be used .*government\.yaml:1 /],
    ['a pack that is not there', { ...data, PRAYA_PACK: 'governments/nowhere' }, /^PRAYA_PACK must be the folder of a government’s pack.*nowhere\.$/],
    ['a setting that is wrong', { ...data, PRAYA_PORT: 'eighty' }, /^PRAYA_PORT must be a whole number from 0 to 65535, and is “eighty”\./],
    ['the same, in Chinese', { ...data, PRAYA_PORT: 'eighty', LANG: 'zh_HK.UTF-8' }, /^PRAYA_PORT 須為 0 至 65535 的整數/],
  ]
  for (const [name, settings, sentence] of cases)
    await t.test(name, async () => {
      const { code, out, err } = await run(['start'], settings)
      assert.equal(code, 1, err)
      assert.equal(out, '')
      const lines = withoutProgress(err)
      assert.equal(lines.length, 1, err)
      assert.match(lines[0]!, sentence)
      assert.doesNotMatch(err, /secret/)
    })
  await t.test('several at once, a sentence for each', async () => {
    const { code, err } = await run(['start'], { ...data, PRAYA_PORT: 'abc', PRAYA_PACK: 'governments/nowhere' })
    assert.equal(code, 1)
    assert.match(withoutProgress(err).join('\n'), /^PRAYA_PORT must be .*\nPRAYA_PACK must be .*$/)
  })
})

test('an ordinary user starts the same clone', async (t) => {
  const nobody = asNobody()
  if ('skip' in nobody) return t.skip(nobody.skip)
  const folder = join(temporaryFolder(), 'data')
  mkdirSync(folder)
  chownSync(folder, 65534, 65534)
  chownSync(join(folder, '..'), 65534, 65534)
  const praya = await startPraya(folder, { HOME: folder }, nobody.prefix)
  assert.equal((await fetch(`${praya.address}/healthz`)).status, 200)
  praya.child.kill('SIGTERM')
  assert.equal((await praya.ended).code, 0)
})

test('a database of the operator’s own serves too, as the weak role', async (t) => {
  const folder = temporaryFolder()
  const server = await startPostgres({ folder, log: pino({ level: 'silent' }), durable: false })
  t.after(() => server.stop())
  const asLogin = (name: string, password: string) =>
    server.ownerUrl.replace(/praya_owner:[^@]+/, `${name}:${password}`)
  const superuser = asLogin('postgres', readSecrets(folder).superuser)
  // As a server that has never met Praya.
  await queryAt(superuser, 'drop owned by app; drop role app')
  await queryAt(superuser, "create role poor login password 'p'; create role weak login password 'w'")

  const starts = async (settings: Record<string, string>) => {
    const praya = await startPraya(temporaryFolder(), settings)
    praya.child.kill('SIGTERM')
    assert.equal((await praya.ended).code, 0)
  }
  await t.test('two that start on it at the same instant both serve, and one stops without the other', async () => {
    const settings = { PRAYA_DATABASE_URL: server.ownerUrl }
    const shared = temporaryFolder()
    const [one, other] = await Promise.all([startPraya(shared, settings), startPraya(shared, settings)])
    one.child.kill('SIGTERM')
    assert.equal((await one.ended).code, 0)
    assert.equal(await readyStatus(other.address), 200)
    other.child.kill('SIGTERM')
    assert.equal((await other.ended).code, 0)
  })
  await t.test('with one login, which steps down', async () => {
    await starts({ PRAYA_DATABASE_URL: server.ownerUrl })
    const { app } = await prepareExternal(server.ownerUrl, undefined)
    const [login] = await queryAt(app, 'select current_user::text as now, session_user::text as first')
    assert.deepEqual(login, { now: 'app', first: 'praya_owner' })
  })
  await t.test('but not without a folder for files and secrets', async () => {
    const settings = { PRAYA_DATABASE_URL: server.ownerUrl, PRAYA_DATA: '/dev/null/x', PRAYA_PORT: '0' }
    const { code, err } = await run(['start'], settings)
    assert.equal(code, 1)
    assert.match(err, /^The data folder .* cannot be used/m)
    assert.deepEqual(withoutProgress(err).length, 1)
  })
  await t.test('with a weak login beside it', async () => {
    const both = { PRAYA_DATABASE_URL: server.ownerUrl, PRAYA_DATABASE_APP_URL: asLogin('weak', 'w') }
    await queryAt(superuser, 'grant connect on database praya to weak, poor')
    await assert.rejects(prepareExternal(server.ownerUrl, asLogin('weak', 'w')), /must be a member of the role “app”/)
    await queryAt(superuser, 'grant app to weak')
    await starts(both)
  })
  await t.test('but not with a login that may not step down', async () => {
    await assert.rejects(prepareExternal(asLogin('poor', 'p'), undefined), /may not create the role “app” or step down/)
  })
  await t.test('nor with a wrong password, which is not repeated', async () => {
    await assert.rejects(prepareExternal(asLogin('poor', 'mistyped'), undefined), ({ message }: Error) => {
      assert.match(message, /cannot be reached: password authentication failed/)
      assert.doesNotMatch(message, /mistyped/)
      return true
    })
  })
})

/** Progress stands in lines of its own where there is no terminal. */
const withoutProgress = (said: string) => said.split('\n').filter((line) => line && !line.endsWith(' …'))

const waitMsMax = 90_000

/** Waits for what must become true, however slow the machine is. */
async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = performance.now() + waitMsMax; !(await isTrue()); await pause(10))
    if (performance.now() > end) throw new Error(`This did not become true: ${isTrue}`)
}
