import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type * as driver from 'postgres'
import { Refusal } from '../platform/command.ts'
import { connectTimeoutSeconds, projectFolder } from '../platform/database.ts'
import postgres from '../platform/driver.ts'
import { texts } from '../platform/languages.ts'

/** Something that brings tables: the platform itself, or a module. */
export type Migrated = { name: string; folder: string }

/**
 * Brings every schema to the newest version, as the owner. Plain SQL files, in the order of their numbers, each in a
 * transaction of its own; a file that was applied may not change (checksum). Two processes may call this at once: an
 * advisory lock lets one work while the other waits. Returns the names of the files applied now.
 */
export async function migrate(ownerUrl: string, schemas: readonly Migrated[]): Promise<string[]> {
  const sql = postgres(ownerUrl, { max: 1, connect_timeout: connectTimeoutSeconds, onnotice: () => {} })
  const applied: string[] = []
  try {
    await sql`select pg_advisory_lock(hashtext('praya.migrate'))`
    await sql.unsafe(bookkeeping)
    for (const { name, folder } of schemas) {
      await sql.unsafe(`create schema if not exists "${name}"; grant usage on schema "${name}" to app;`)
      for (const path of globSync(join(folder, 'migrations', '*.sql')).sort()) {
        if (await applyOnce(sql, name, path)) applied.push(`${name}/${basename(path)}`)
      }
    }
  } finally {
    await sql.end({ timeout: 1 })
  }
  return applied
}

/** Makes the weak role, which serves. Two processes may do so at once. */
export const appRole = `
  do $$ begin
    if not exists (select from pg_roles where rolname = 'app') then create role app nologin; end if;
  exception when duplicate_object or unique_violation then null;
  end $$;`

const bookkeeping = `${appRole}
  create schema if not exists platform;
  grant usage on schema platform to app;
  create table if not exists platform.migration (
    schema     text not null,
    name       text not null,
    checksum   text not null,
    applied_at timestamptz not null default now(),
    primary key (schema, name)
  );
  comment on table platform.migration is 'Which migration files were applied, with the SHA-256 of each.';
  grant select on platform.migration to app;`

async function applyOnce(sql: driver.Sql, schema: string, path: string): Promise<boolean> {
  const text = readFileSync(path, 'utf8')
  const name = basename(path)
  const checksum = createHash('sha256').update(text).digest('hex')
  const [before] = await sql<{ checksum: string }[]>`
    select checksum
    from platform.migration
    where schema = ${schema} and name = ${name}`
  if (before && before.checksum !== checksum) throw new Refusal(words.changed, { path })
  if (before) return false
  await sql.begin(async (transaction) => {
    await transaction.unsafe(text).catch((error: Error) => {
      throw new Refusal(words.failed, { path, reason: error.message })
    })
    await transaction`
      insert into platform.migration (schema, name, checksum)
      values (${schema}, ${name}, ${checksum})`
  })
  return true
}

/** Where the tables of the platform and of each module are written. Files are read from `src`, which is shipped too. */
export function migrationsOf(modules: readonly { name: string }[]): Migrated[] {
  const source = new URL('src/', projectFolder)
  const folders = modules.map(({ name }) => ({ name, folder: fileURLToPath(new URL(`modules/${name}`, source)) }))
  return [{ name: 'platform', folder: fileURLToPath(new URL('platform', source)) }, ...folders].filter(({ folder }) =>
    existsSync(join(folder, 'migrations')),
  )
}

const words = texts({
  changed: {
    en: '{path} was changed after it was applied. Put it back and write a new migration instead.',
    'zh-Hant': '{path} 在套用後曾被修改。請還原該檔案，另寫新的遷移檔案。',
  },
  failed: {
    en: '{path} cannot be applied: {reason}. Nothing of it was kept. Correct it and start again.',
    'zh-Hant': '無法套用 {path}：{reason}。該檔案的變更全未保留；請更正後再啟動。',
  },
})
