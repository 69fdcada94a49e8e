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
}

const columns = (sql: Sql) => sql`id, name, origin, size, peaks, sequenced, published, published_size, sequenced_at`

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

/** The identifier of a log that is new; undefined where it is there already. */
export async function insertLog(sql: Sql, log: { name: string; origin: string }): Promise<number | undefined> {
  const [row] = await sql<{ id: number }[]>`
    insert into ledger.log ${sql(log)}
    on conflict (name) do nothing
    returning id`
  return row?.id
}

export type LogKeyRow = { kind: KeyKind; vkey: string; privateKey: Buffer }

export async function insertLogKey(sql: Sql, log: number, key: LogKeyRow): Promise<void> {
  await sql`
    insert into ledger.log_key (log, kind, vkey, private_key)
    values (${log}, ${key.kind}, ${key.vkey}, ${key.privateKey})`
}

export async function listLogKeys(sql: Sql, log: number): Promise<LogKeyRow[]> {
  return sql<LogKeyRow[]>`
    select kind, vkey, private_key
    from ledger.log_key
    where log = ${log}
    order by kind
    limit 10`
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
        published_size = case when policed.yes then published_size else ${grown.size} end
    from (select exists (select from ledger.policy where policy.log = ${log}) as yes) as policed
    where id = ${log} and size = ${before}`
  return count > 0
}
