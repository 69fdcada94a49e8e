import type { Sql } from '#platform'
import type { KeyKind } from '../notes/keys.rules.ts'

/** A log as it stands. `peaks` are the roots of its perfect subtrees, 32 octets each. */
export type LogRow = {
  id: number
  name: string
  origin: string
  size: number
  peaks: Buffer
  /** Signed by the log, and as it is served. Null before the first is signed. */
  sequenced: Buffer | null
  published: Buffer | null
  /** Entries of `published`. */
  publishedSize: number | null
  sequencedAt: string | null
  /** Raised whenever other keys sign. */
  epoch: number
}

const columns = (sql: Sql) =>
  sql`id, name, origin, size, peaks, sequenced, published, published_size, sequenced_at, epoch`

export async function findLog(sql: Sql, name: string): Promise<LogRow | undefined> {
  const [row] = await sql<LogRow[]>`
    select ${columns(sql)}
    from ledger.log
    where name = ${name}`
  return row
}

const logsMax = 200

export async function listLogs(sql: Sql): Promise<LogRow[]> {
  return sql<LogRow[]>`
    select ${columns(sql)}
    from ledger.log
    order by name
    limit ${logsMax}`
}

/**
 * A log for whoever puts entries in order: undefined while somebody else does, so that nobody waits for what is being done
 * anyway.
 */
export async function lockLog(sql: Sql, name: string): Promise<LogRow | undefined> {
  const [row] = await sql<LogRow[]>`
    select ${columns(sql)}
    from ledger.log
    where name = ${name}
    for no key update skip locked`
  return row
}

/** A log for whoever changes its keys: waits for who puts entries in order. */
export async function waitForLog(sql: Sql, name: string): Promise<LogRow | undefined> {
  const [row] = await sql<LogRow[]>`
    select ${columns(sql)}
    from ledger.log
    where name = ${name}
    for no key update`
  return row
}

/** The identifier of a log that is new; undefined where it is there already. */
export async function insertLog(sql: Sql, log: { name: string; origin: string }): Promise<number | undefined> {
  const [row] = await sql<{ id: number }[]>`
    insert into ledger.log ${sql(log)}
    on conflict (name) do nothing
    returning id`
  return row?.id
}

/** A key by which a log signs now. `endsAt` is when it retires, as another one follows it. */
export type LogKeyRow = { kind: KeyKind; number: number; vkey: string; privateKey: Buffer; endsAt: string | null }

export async function insertLogKey(sql: Sql, log: number, key: Omit<LogKeyRow, 'endsAt'>): Promise<void> {
  const { kind, number } = key
  await sql`
    with made as (
      insert into ledger.log_key (log, kind, number, vkey)
      values (${log}, ${kind}, ${number}, ${key.vkey})
      returning log, kind, number)
    insert into ledger.log_secret (log, kind, number, sealed)
    select log, kind, number, ${key.privateKey}
    from made`
}

/** Of each kind the newest first. */
export async function listLogKeys(sql: Sql, log: number): Promise<LogKeyRow[]> {
  return sql<LogKeyRow[]>`
    select log_key.kind, log_key.number, log_key.vkey, log_secret.sealed as private_key, log_secret.ends_at
    from ledger.log_secret
    join ledger.log_key using (log, kind, number)
    where log_secret.log = ${log}
    order by log_key.kind, log_key.number desc
    limit 40`
}

/** The verifier keys by which a log signs or ever signed, also those that were lost: the newest first. */
export async function listEveryKey(sql: Sql, log: number): Promise<string[]> {
  const rows = await sql<{ vkey: string }[]>`
    select vkey
    from ledger.log_key
    where log = ${log}
    order by number desc, kind
    limit 128`
  return rows.map(({ vkey }) => vkey)
}

/** Those of them that nobody reported as lost: what only these signed is believed. */
export async function listKeptKeys(sql: Sql, log: number): Promise<string[]> {
  const rows = await sql<{ vkey: string }[]>`
    select vkey
    from ledger.log_key
    where log = ${log}
      and not exists (
        select from ledger.log_key_end as ended
        where ended.log = log_key.log and ended.kind = log_key.kind and ended.number = log_key.number and ended.is_lost)
    order by number desc, kind
    limit 128`
  return rows.map(({ vkey }) => vkey)
}

export async function findLastKeyNumber(sql: Sql, log: number): Promise<number> {
  const [row] = await sql<[{ number: number }]>`
    select coalesce(max(number), 0) as number
    from ledger.log_key
    where log = ${log}`
  return row.number
}

/** The keys before this number, of which nobody said so far when they retire, do so then. */
export async function letKeysEnd(sql: Sql, log: number, { before, at }: { before: number; at: Date }): Promise<void> {
  await sql`
    update ledger.log_secret
    set ends_at = ${at}
    where log = ${log} and number < ${before} and ends_at is null`
}

/** These keys sign no more: their private halves are gone when the transaction is committed. */
export async function endLogKeys(
  sql: Sql,
  log: number,
  { keys, lost, at }: { keys: readonly Pick<LogKeyRow, 'kind' | 'number'>[]; lost: boolean; at: Date },
): Promise<void> {
  await sql`
    with gone as (
      delete from ledger.log_secret
      using unnest(${keys.map(({ kind }) => kind)}::text[], ${keys.map(({ number }) => number)}::smallint[])
        as ended(kind, number)
      where log_secret.log = ${log} and log_secret.kind = ended.kind and log_secret.number = ended.number
      returning log_secret.log, log_secret.kind, log_secret.number)
    insert into ledger.log_key_end (log, kind, number, is_lost, ended_at)
    select log, kind, number, ${lost}, ${at}
    from gone`
}

/** Logs of which a key should have retired by now. */
export async function listEnding(sql: Sql, now: Date): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select distinct log.name
    from ledger.log_secret
    join ledger.log on log.id = log_secret.log
    where log_secret.ends_at <= ${now}
    order by log.name
    limit ${logsMax}`
  return rows.map(({ name }) => name)
}

/** No process goes on with the keys that it opened before. */
export async function raiseEpoch(sql: Sql, log: number): Promise<void> {
  await sql`
    update ledger.log
    set epoch = epoch + 1
    where id = ${log}`
}

export type Grown = { size: number; peaks: Uint8Array; sequenced: Uint8Array; sequencedAt: Date }

/**
 * Writes what a log has become, if it still is what it was, and serves it at once where no policy asks for witnesses first.
 * False where somebody else was faster: then nothing of the caller's transaction may stand.
 */
export async function updateLog(sql: Sql, log: number, before: number, grown: Grown): Promise<boolean> {
  const { count } = await sql`
    update ledger.log
    set size = ${grown.size}, peaks = ${grown.peaks}, sequenced = ${grown.sequenced},
        sequenced_at = ${grown.sequencedAt},
        published = case when policed.yes then published else ${grown.sequenced} end,
        published_size = case when policed.yes then published_size else ${grown.size} end,
        behind_at = case when policed.yes then coalesce(behind_at, ${grown.sequencedAt}) end
    from (select exists (select from ledger.policy where policy.log = ${log}) as yes) as policed
    where id = ${log} and size = ${before}`
  return count > 0
}
