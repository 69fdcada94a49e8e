import type { Sql } from '#platform'
import type { Hash } from '../tree/tree.rules.ts'
import type { WitnessKey } from './keys.ts'
import type { EvidenceKind } from './verdict.rules.ts'

/** How many keys one log may have, as the table has it too. */
export const keysOfLogMax = 8
/**
 * Evidence of one kind that is kept of one log in a day: so much shows what there is to show, nobody fills the disk with it, and
 * whoever sends old checkpoints of a log for that leaves room for what it does on another day.
 */
export const evidenceOfKindMax = 20
const listedMax = 1000

/** A log that is watched, with the latest checkpoint of it that was cosigned. */
export type WatchedLog = {
  origin: string
  /** SHA-256 of the origin in hex. */
  id: string
  vkeys: string[]
  /** 0 with the root of an empty tree until something was cosigned. */
  size: bigint
  root: Hash
  note: Buffer | null
  cosignedAt: string | null
}

type Row = Omit<WatchedLog, 'size'> & { size: string }
const logOf = ({ size, ...row }: Row): WatchedLog => ({ ...row, size: BigInt(size) })

/** The log of this origin, if it is watched. */
export async function findWatchedLog(sql: Sql, origin: string): Promise<WatchedLog | undefined> {
  const [row] = await sql<Row[]>`
    select origin, id, vkeys, size, root, note, cosigned_at
    from ledger.watched_log
    where origin = ${origin} and removed_at is null`
  return row && logOf(row)
}

/** The latest note of the log whose origin has this hash; also of one that is watched no longer, as it stays true. */
export async function findCosigned(sql: Sql, id: string): Promise<Buffer | undefined> {
  const [row] = await sql<{ note: Buffer }[]>`
    select note
    from ledger.watched_log
    where id = ${id} and note is not null`
  return row?.note
}

export type Cosigned = { size: bigint; root: Hash; note: Uint8Array; seconds: number }

export type Page = { page: number; each: number }

/** Logs that are watched, by their names. */
export async function listWatchedLogs(
  sql: Sql,
  { page, each }: Page = { page: 1, each: listedMax },
): Promise<WatchedLog[]> {
  const rows = await sql<Row[]>`
    select origin, id, vkeys, size, root, note, cosigned_at
    from ledger.watched_log
    where removed_at is null
    order by origin
    offset ${(page - 1) * each}
    limit ${each}`
  return rows.map(logOf)
}

export async function countWatchedLogs(sql: Sql): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    select count(*)::int as count
    from ledger.watched_log
    where removed_at is null`
  return row.count
}

/**
 * Keeps what is cosigned now, if the log still stands as it was read: of two who cosign at once, in one process or in two,
 * the second finds no row and has to look again; and so has who cosigned by keys that are not all that the witness has. One
 * statement, on disk when it returns. False: look again.
 */
export async function keepCosigned(
  sql: Sql,
  before: WatchedLog,
  { size, root, note, seconds, by }: Cosigned & { by: { name: string; keys: readonly WitnessKey[] } },
): Promise<boolean> {
  const { count } = await sql`
    update ledger.watched_log
    set size = ${size.toString()}, root = ${root}, note = ${note}, cosigned_at = to_timestamp(${seconds})
    where origin = ${before.origin} and size = ${before.size.toString()} and root = ${before.root}
      and vkeys = ${before.vkeys} and removed_at is null
      and (cosigned_at is null or cosigned_at <= to_timestamp(${seconds}))
      and ${by.keys.map(({ kind, number }) => `${number} ${kind}`)} = (
        select array_agg(number || ' ' || kind order by number desc, kind)
        from ledger.witness_key
        where name = ${by.name})`
  return count > 0
}

/**
 * Adds a key of a log, and the log with its first one; one that was removed goes on from what was cosigned of it. False if
 * it has the key already, or as many as there may be.
 */
export async function addKey(sql: Sql, { origin, id, vkey }: { origin: string; id: string; vkey: string }) {
  const { count } = await sql`
    insert into ledger.watched_log as log (origin, id, vkeys)
    values (${origin}, ${id}, ${[vkey]})
    on conflict (origin) do update
    set vkeys = case when ${vkey} = any (log.vkeys) then log.vkeys else log.vkeys || excluded.vkeys end, removed_at = null
    where log.removed_at is not null and ${vkey} = any (log.vkeys)
      or not ${vkey} = any (log.vkeys) and cardinality(log.vkeys) < ${keysOfLogMax}`
  return count > 0
}

/** Accepts one key of a log no longer; false where it is none, or the only one of the log. */
export async function dropKey(sql: Sql, origin: string, vkey: string): Promise<boolean> {
  const { count } = await sql`
    update ledger.watched_log
    set vkeys = array_remove(vkeys, ${vkey})
    where origin = ${origin} and ${vkey} = any (vkeys) and cardinality(vkeys) > 1`
  return count > 0
}

/** Watches a log no longer. What was cosigned of it stays. False if it is not watched. */
export async function removeLog(sql: Sql, origin: string): Promise<boolean> {
  const { count } = await sql`
    update ledger.watched_log
    set removed_at = now()
    where origin = ${origin} and removed_at is null`
  return count > 0
}

export type Evidence = {
  id: string
  origin: string
  kind: EvidenceKind
  vkeys: string[]
  cosigned: Buffer
  offered: Buffer
  seenAt: string
}

/** Keeps two notes that do not fit together. False if they are there already, or as many of one kind as are kept in a day. */
export async function insertEvidence(sql: Sql, row: Evidence): Promise<boolean> {
  const { count } = await sql`
    insert into ledger.evidence (id, origin, kind, vkeys, cosigned, offered, seen_at)
    select ${row.id}, ${row.origin}, ${row.kind}, ${row.vkeys}, ${row.cosigned}, ${row.offered}, ${row.seenAt}::timestamptz
    where (
      select count(*)
      from ledger.evidence
      where origin = ${row.origin} and kind = ${row.kind} and seen_at > ${row.seenAt}::timestamptz - interval '1 day'
    ) < ${evidenceOfKindMax}
    on conflict (id) do nothing`
  return count > 0
}

export async function findEvidence(sql: Sql, id: string): Promise<Evidence | undefined> {
  const [row] = await sql<Evidence[]>`
    select id, origin, kind, vkeys, cosigned, offered, seen_at
    from ledger.evidence
    where id = ${id}`
  return row
}

/** Without the notes: what proves itself first, then the newest. */
export async function listEvidence(sql: Sql): Promise<Pick<Evidence, 'id' | 'origin' | 'kind' | 'seenAt'>[]> {
  return sql<Pick<Evidence, 'id' | 'origin' | 'kind' | 'seenAt'>[]>`
    select id, origin, kind, seen_at
    from ledger.evidence
    order by (kind = 'split-view') desc, seen_at desc, id
    limit ${listedMax}`
}
