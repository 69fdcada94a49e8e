import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { say } from '#platform'
import { createDatabase, dropDatabase, start } from '#test'
import { modules } from '../../src/modules.ts'
import { Refusal } from '../../src/platform/command.ts'
import postgres from '../../src/platform/driver.ts'
import { type Migrated, migrate, migrationsOf } from '../../src/start/migrate.ts'
import { probe } from './probe.tsx'

const folders: string[] = []
after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

/** A schema `probe` whose migrations are `files`. */
async function aSchema(files: Record<string, string>): Promise<Migrated> {
  const folder = await mkdtemp(join(tmpdir(), 'praya-migrations-'))
  folders.push(folder)
  await mkdir(join(folder, 'migrations'))
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, 'migrations', name), text)
  return { name: 'probe', folder }
}

/** An empty database for one test, and a pool of its owner. */
async function empty(context: { after: (end: () => Promise<void>) => void }) {
  const urls = await createDatabase()
  const sql = postgres(urls.owner, { max: 3, onnotice: () => {} })
  context.after(async () => {
    await sql.end()
    await dropDatabase(urls.owner)
  })
  return { urls, sql }
}

const one = '-- The first table.\ncreate table probe.one (id int primary key);\ngrant select on probe.one to app;\n'
const two = '-- The second table.\ncreate table probe.two (id int primary key);\n'

test('files are applied once, in the order of their numbers, and a repeat does nothing', async (context) => {
  const { urls, sql } = await empty(context)
  const schema = await aSchema({ '0002-create-two.sql': two, '0001-create-one.sql': one })
  assert.deepEqual(await migrate(urls.owner, [schema]), ['probe/0001-create-one.sql', 'probe/0002-create-two.sql'])
  assert.deepEqual(await migrate(urls.owner, [schema]), [])
  const more = await aSchema({
    '0001-create-one.sql': one,
    '0002-create-two.sql': two,
    '0003-create-three.sql': two.replaceAll('two', 'three'),
  })
  assert.deepEqual(await migrate(urls.owner, [more]), ['probe/0003-create-three.sql'])
  const rows = await sql`select schema, name, length(checksum)::int as length from platform.migration order by name`
  assert.equal(rows.length, 3)
  assert.ok(rows.every(({ schema, length }) => schema === 'probe' && length === 64))
})

test('a file that was changed after it was applied is refused, with its name and what to do', async (context) => {
  const { urls, sql } = await empty(context)
  await migrate(urls.owner, [await aSchema({ '0001-create-one.sql': one })])
  const changed = await aSchema({ '0001-create-one.sql': `${one} `, '0002-create-two.sql': two })
  await assert.rejects(migrate(urls.owner, [changed]), (error) => {
    // A sentence for the operator, in every language, and no bug of ours to report.
    assert.ok(error instanceof Refusal)
    assert.match(error.message, /0001-create-one\.sql was changed after it was applied\. Put it back/)
    assert.match(say(error.text, 'zh-Hant', error.values), /0001-create-one\.sql 在套用後曾被修改/)
    return true
  })
  assert.equal((await sql`select to_regclass('probe.two') as there`)[0]!.there, null, 'nothing after it is applied')
})

test('a file that fails leaves nothing of itself, and what came before stays', async (context) => {
  const { urls, sql } = await empty(context)
  const half = `${two}insert into probe.two values (1);\nselect 1 / 0;\n`
  const schema = await aSchema({ '0001-create-one.sql': one, '0002-create-two.sql': half })
  await assert.rejects(migrate(urls.owner, [schema]), /0002-create-two\.sql cannot be applied: division by zero/)
  const [there] = await sql`select to_regclass('probe.one') as one, to_regclass('probe.two') as two`
  assert.deepEqual({ ...there }, { one: 'probe.one', two: null })

  const mended = await aSchema({ '0001-create-one.sql': one, '0002-create-two.sql': two })
  assert.deepEqual(
    await migrate(urls.owner, [mended]),
    ['probe/0002-create-two.sql'],
    'the mended file is applied next time',
  )
})

test('of two processes that start at once, one migrates and the other waits', async (context) => {
  const { urls, sql } = await empty(context)
  const schema = await aSchema({ '0001-create-one.sql': `${one}select pg_sleep(0.2);`, '0002-create-two.sql': two })
  const applied = await Promise.all([1, 2, 3].map(() => migrate(urls.owner, [schema])))
  assert.deepEqual(applied.map(({ length }) => length).sort(), [0, 0, 2])
  assert.equal((await sql`select 1 from platform.migration`).length, 2)
})

test('a process that dies while it migrates does not lock out the next one', async (context) => {
  const { urls, sql } = await empty(context)
  const schema = await aSchema({ '0001-create-one.sql': `${one}select pg_sleep(30);` })
  const dying = migrate(urls.owner, [schema]).catch((error: Error) => error)
  for (;;) {
    const killed = await sql`
      select pg_terminate_backend(pid)
      from pg_stat_activity
      where datname = current_database() and query like '%pg_sleep(30)%' and pid <> pg_backend_pid()`
    if (killed.length > 0) break
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  assert.ok((await dying) instanceof Error)
  assert.deepEqual(await migrate(urls.owner, [await aSchema({ '0001-create-one.sql': one })]), [
    'probe/0001-create-one.sql',
  ])
})

test('every migration of the platform and its modules is found, wherever the program is called from', async () => {
  const found = migrationsOf(modules)
  assert.equal(found[0]?.name, 'platform')
  for (const { folder } of found) assert.ok((await readdir(join(folder, 'migrations'))).length > 0, folder)
})

test('the role that serves may not change the shape of the database, nor what is append-only', async () => {
  const { sql } = await start({ modules: [probe] })
  await sql`insert into platform.audit_event (event, actor, subject) values ('probe.note-written', 'system', 'note')`
  // biome-ignore format: matrix
  const cases = [
    ['create a table',             'create table platform.mine (id int)',                                  '42501'],
    ['create a schema',            'create schema mine',                                                   '42501'],
    ['alter a table',              'alter table platform.audit_event add column mine text',                    '42501'],
    ['drop a table',               'drop table platform.audit_event',                                          '42501'],
    ['truncate the trail',         'truncate platform.audit_event',                                        '42501'],
    ['change the trail',           "update platform.audit_event set actor = 'nobody'",                     '42501'],
    ['delete from the trail',      'delete from platform.audit_event',                                     '42501'],
    ['change what waits',          'update platform.audit_waiting set event_id = 1',                       '42501'],
    ['change a log’s name',        "update ledger.log set origin = 'x'",                                   '42501'],
    ['delete a log',               'delete from ledger.log',                                               '42501'],
    ['delete from a log',          'delete from ledger.bundle',                                            '42501'],
    ['change a log’s key',         "update ledger.log_key set vkey = ''",                                  '42501'],
    ['change a sealed key',        "update ledger.log_secret set sealed = ''",                             '42501'],
    ['choose an event’s number',   "insert into platform.audit_event (id, event, actor, subject) values (1, 'a.b', 'a', 'a')", '428C9'],
    ['change the bookkeeping',     "update platform.migration set checksum = ''",                          '42501'],
    ['forge the bookkeeping',      "insert into platform.migration values ('platform', 'x', 'y')",         '42501'],
    ['become the owner',           'set role postgres',                                                    '42501'],
    ['make a role',                'create role mine',                                                     '42501'],
    ['read files of the server',   "select pg_read_file('/etc/hostname')",                                 '42501'],
    ['run programs',               "copy (select 1) to program 'true'",                                    '42501'],
    ['an event without a dot',     "insert into platform.audit_event (event, actor, subject) values ('written', 'a', 'a')", '23514'],
  ] as const
  // PostgreSQL answers this with a warning and grants nothing, as the next lines show.
  await sql`grant update on platform.audit_event to app`
  for (const [what, statement, code] of cases) await assert.rejects(sql.unsafe(statement), { code }, what)
  assert.equal((await sql`select 1 from platform.audit_event`).length, 1)
})
