import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import { Refusal } from '../../src/platform/command.ts'
import postgres from '../../src/platform/driver.ts'
import { lockFolder } from '../../src/start/lock.ts'
import { findPostgres, startPostgres } from '../../src/start/postgres/server.ts'
import type { WayName } from '../../src/start/postgres/way.ts'
import { aDataFolder, asNobody, endWithFile, isAlive, postmasterOf, project, temporaryFolder } from './praya.ts'

const log = pino({ level: 'silent' })
const isRoot = process.getuid?.() === 0

async function query(url: string, statement: string) {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    return [...(await sql.unsafe(statement))]
  } finally {
    await sql.end({ timeout: 1 })
  }
}

test('the server is durable, open to this machine only, and its two logins are weak', async () => {
  const folder = temporaryFolder()
  const server = await startPostgres({ folder, log })
  try {
    const settings = await query(
      server.ownerUrl,
      `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
        current_setting('full_page_writes') as pages, current_setting('listen_addresses') as listen,
        current_setting('server_encoding') as encoding, version() like 'PostgreSQL 18%' as eighteen`,
    )
    assert.deepEqual(settings, [
      { fsync: 'on', commit: 'on', pages: 'on', listen: '127.0.0.1', encoding: 'UTF8', eighteen: true },
    ])
    const roles = await query(
      server.ownerUrl,
      `select rolname, rolsuper, rolcreatedb, rolcreaterole, rolbypassrls from pg_roles
      where rolname in ('app', 'praya_owner') order by rolname`,
    )
    assert.deepEqual(
      roles.map((role) => Object.values(role)),
      [
        ['app', false, false, false, false],
        ['praya_owner', false, true, true, false],
      ],
    )
    await assert.rejects(query(server.appUrl, 'create table public.mine ()'), { code: '42501' })
    await assert.rejects(query(server.appUrl, 'create temporary table mine ()'), { code: '42501' })
    await assert.rejects(query(server.appUrl.replace(/:[^:@]+@/, ':wrong@'), 'select 1'), { code: '28P01' })
    assert.equal(statSync(join(folder, 'secrets.json')).mode & 0o777, 0o600)
    assert.equal(statSync(join(folder, 'postgres.log')).mode & 0o777, 0o600)
  } finally {
    await server.stop()
  }
})

const byWhatConnected = `select inet_client_addr() is null as by_socket`

test('the server is reached by its socket, and by its port where a path is too long for one or has a comma', async () => {
  const folder = await aDataFolder()
  // What a server leaves that is killed, and nobody uses again.
  const left = join(folder, 'postgres', '.s.PGSQL.15001.lock')
  writeFileSync(left, '')
  writeFileSync(join(folder, 'postgres', 'postmaster.pid'), '')
  const near = await startPostgres({ folder, log, durable: false })
  try {
    assert.ok(!existsSync(left))
    assert.deepEqual(await query(near.ownerUrl, byWhatConnected), [{ by_socket: true }])
    assert.deepEqual(findPostgres(folder), { ownerUrl: near.ownerUrl, appUrl: near.appUrl })
    const byPort = near.ownerUrl.replace(/@[^:]+:/, '@127.0.0.1:')
    assert.deepEqual(await query(byPort, byWhatConnected), [{ by_socket: false }])
  } finally {
    await near.stop()
  }
  let now = folder
  for (const name of ['x'.repeat(90), 'one,two']) {
    const before = now
    now = join(temporaryFolder(), name)
    renameSync(before, now)
    const far = await startPostgres({ folder: now, log, durable: false, signal: AbortSignal.timeout(30_000) })
    try {
      assert.deepEqual(await query(far.ownerUrl, byWhatConnected), [{ by_socket: false }])
      assert.deepEqual(findPostgres(now), { ownerUrl: far.ownerUrl, appUrl: far.appUrl })
    } finally {
      await far.stop()
    }
  }
})

const ways: WayName[] = ['namespace', 'capability', 'user']
for (const way of ways)
  test(`root steps down by ${way}, and what one way wrote another can serve`, {
    skip: !isRoot && 'only root steps down',
  }, async (t) => {
    const folder = temporaryFolder()
    if (way === 'user') chmodSync(folder, 0o755)
    const first = await startPostgres({ folder, log, durable: false, way }).catch((error) => {
      if (error instanceof Refusal && /as root/.test(error.message)) return t.skip('not offered by this machine')
      throw error
    })
    if (!first) return
    await query(first.ownerUrl, 'create table public.kept as select 7 as number')
    await first.stop()
    const second = await startPostgres({ folder, log, durable: false })
    try {
      assert.deepEqual(await query(second.ownerUrl, 'select number from public.kept'), [{ number: 7 }])
    } finally {
      await second.stop()
    }
  })

test('a server that is killed is started again on its port, with every committed row', async () => {
  const folder = await aDataFolder()
  const server = await startPostgres({ folder, log })
  try {
    await query(server.ownerUrl, 'create table public.kept (number int)')
    for (let turn = 1; turn <= 3; turn++) {
      await query(server.ownerUrl, `insert into public.kept values (${turn})`)
      process.kill(postmasterOf(folder), 'SIGKILL')
      await untilAnswers(server.ownerUrl)
      assert.deepEqual(await query(server.ownerUrl, 'select max(number) as last from public.kept'), [{ last: turn }])
    }
  } finally {
    await server.stop()
  }
})

test('a server that is killed again and again is given up, with a sentence', async () => {
  const folder = await aDataFolder()
  const server = await startPostgres({ folder, log, durable: false })
  let given: Error | undefined
  void server.exited.then((error) => {
    given = error
  })
  try {
    for (let kills = 0; !given && kills < 10; kills++) {
      process.kill(postmasterOf(folder), 'SIGKILL')
      await untilAnswers(server.ownerUrl, () => given !== undefined)
    }
    assert.ok(given instanceof Refusal)
    assert.match(given.message, /again and again/)
  } finally {
    await server.stop()
  }
})

test('the server of a Praya that was killed is stopped by the next start, and its rows are there', async () => {
  const folder = await aDataFolder()
  const orphan = await spawnOwner(folder)
  const before = postmasterOf(folder)
  await query(orphan.ownerUrl, 'create table public.kept as select 7 as number')
  orphan.child.kill('SIGKILL')
  await once(orphan.child, 'exit')
  assert.ok(isAlive(before))
  // Even one that comes by another name.
  const link = join(temporaryFolder(), 'link')
  symlinkSync(folder, link)
  const server = await startPostgres({ folder: link, log })
  try {
    assert.ok(!isAlive(before))
    assert.deepEqual(await query(server.ownerUrl, 'select number from public.kept'), [{ number: 7 }])
  } finally {
    await server.stop()
  }
})

test('the mark of a server whose process number now belongs to somebody else stops nobody', async () => {
  const folder = await aDataFolder()
  const innocent = spawn('sleep', ['60'])
  try {
    writeFileSync(join(folder, 'postgres', 'postmaster.pid'), `${innocent.pid}\n${folder}/postgres\n0\n5432\n\n\n\n`, {
      mode: 0o600,
    })
    const server = await startPostgres({ folder, log, durable: false })
    await server.stop()
    assert.ok(isAlive(innocent.pid!))
  } finally {
    innocent.kill()
  }
})

test('a first start that was killed half-way is done again from the beginning', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'postgres.part.1', 'base'), { recursive: true })
  writeFileSync(join(folder, 'postgres.part.1', 'PG_VERSION'), '18\n')
  const server = await startPostgres({ folder, log, durable: false })
  await server.stop()
})

const killedAfterMs = [500, 900, 1300]
test('a first start may be killed at any moment', async () => {
  for (const ms of killedAfterMs) {
    const folder = temporaryFolder()
    const child = spawnStart(folder)
    await Promise.race([pause(ms), once(child.stdout, 'data')])
    child.kill('SIGKILL')
    const server = await startPostgres({ folder, log, durable: false })
    assert.deepEqual(await query(server.appUrl, 'select current_user::text as name'), [{ name: 'app' }])
    await server.stop()
  }
})

test('a data folder that cannot be served is refused in one sentence', async (t) => {
  const folder = await aDataFolder()
  const refuses = (sentence: RegExp) =>
    assert.rejects(startPostgres({ folder, log, durable: false }), (error) => {
      assert.ok(error instanceof Refusal)
      assert.match(error.message, sentence)
      return true
    })

  await t.test('of another version', async () => {
    const path = join(folder, 'postgres', 'PG_VERSION')
    writeFileSync(path, '15\n')
    await refuses(/was made by PostgreSQL 15, and this Praya brings 18/)
    writeFileSync(path, '18\n')
  })
  await t.test('whose log cannot be read', async () => {
    const path = join(folder, 'postgres', 'global', 'pg_control')
    const kept = readFileSync(path)
    writeFileSync(path, kept.subarray(0, 100))
    await refuses(/did not start: .*Its log is/)
    writeFileSync(path, kept)
  })
  await t.test('whose passwords are damaged', async () => {
    const path = join(folder, 'secrets.json')
    const kept = readFileSync(path)
    writeFileSync(path, kept.subarray(0, 100))
    await refuses(/The passwords in .* cannot be read/)
    writeFileSync(path, kept)
  })
  await t.test('whose passwords are gone', async () => {
    rmSync(join(folder, 'secrets.json'))
    await refuses(/passwords of the database .* are gone/)
  })
})

test('an ordinary user starts the server as itself', async (t) => {
  const nobody = asNobody()
  if ('skip' in nobody) return t.skip(nobody.skip)
  const folder = temporaryFolder()
  chownSync(folder, 65534, 65534)
  const { child, ownerUrl } = await spawnOwner(folder, nobody.prefix)
  assert.equal(statSync(join(folder, 'postgres')).uid, 65534)
  assert.deepEqual(await query(ownerUrl, 'select 1 as one'), [{ one: 1 }])
  child.kill('SIGTERM')
  await once(child, 'exit')
})

test('a data folder belongs to one process at a time, and to nobody once that process is killed', async () => {
  const folder = await aDataFolder()
  const { child } = await spawnOwner(folder)
  assert.deepEqual(lockFolder(folder), { holder: String(child.pid) })
  child.kill('SIGKILL')
  await once(child, 'exit')
  const lock = lockFolder(folder)
  assert.ok('release' in lock)
  lock.release()
  await (await startPostgres({ folder, log, durable: false })).stop()
})

async function untilAnswers(url: string, enough = () => false): Promise<void> {
  for (let tries = 0; tries < 600 && !enough(); tries++) {
    const answered = await query(url, 'select 1').catch(() => undefined)
    if (answered) return
    await pause(30)
  }
}

/** A process that locks the folder, starts the server and says its address. */
function spawnStart(folder: string, prefix: string[] = []) {
  const words = [
    ...prefix,
    process.execPath,
    '--conditions=source',
    '--import',
    new URL('../../scripts/sources.mjs', import.meta.url).href,
    join(project, 'test/running/owner.ts'),
    folder,
  ]
  const [program, ...parameters] = words as [string, ...string[]]
  return endWithFile(spawn(program, parameters, { cwd: project, stdio: ['ignore', 'pipe', 'inherit'] }))
}

async function spawnOwner(folder: string, prefix: string[] = []) {
  const child = spawnStart(folder, prefix)
  const [line] = await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(() => {
      throw new Error('It ended before it was ready')
    }),
  ])
  return { child, ownerUrl: String(line).trim() }
}
