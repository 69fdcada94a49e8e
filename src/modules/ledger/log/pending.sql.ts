import type { Sql } from '#platform'

/** 1 to 256 entries that one caller wrote, packed as in a bundle. */
export type Pending = { id: number; writtenBy: string; width: number; entries: Buffer }

/** Promises entries to a log. False where there is no log of this name. */
export async function insertPending(
  sql: Sql,
  log: string,
  { width, entries }: { width: number; entries: Uint8Array },
): Promise<boolean> {
  const { count } = await sql`
    insert into ledger.pending (log, width, entries)
    select id, ${width}, ${entries}
    from ledger.log
    where name = ${log}`
  return count > 0
}

/** In one round: of more than these the rest waits for the next. */
export const waitingLogsMax = 200

/**
 * The logs that something waits for, and the transaction before which everything is committed or gone. `since` is what was
 * answered before: what older transactions wrote has been seen then.
 */
export async function findWaitingLogs(sql: Sql, since: string): Promise<{ names: string[]; horizon: string }> {
  const [row] = await sql<[{ names: string[]; horizon: string }]>`
    select
      array(
        select log.name
        from ledger.log
        where exists (select from ledger.pending where pending.log = log.id and pending.written_by >= ${since}::xid8)
        order by log.name
        limit ${waitingLogsMax}) as names,
      pg_snapshot_xmin(pg_current_snapshot())::text as horizon`
  return row
}

/**
 * What waits for a log, the oldest first: up to `entriesMax` entries, and no more than `bytesMax` together, but for the last row
 * of them.
 */
export async function listPending(
  sql: Sql,
  log: number,
  { since, entriesMax, bytesMax }: { since: string; entriesMax: number; bytesMax: number },
): Promise<Pending[]> {
  return sql<Pending[]>`
    with oldest as (
      select id, written_by, width, entries,
        sum(octet_length(entries)) over (order by written_by, id) - octet_length(entries) as bytes_before,
        sum(width) over (order by written_by, id) - width as entries_before
      from ledger.pending
      where log = ${log} and written_by >= ${since}::xid8
      order by written_by, id
      limit ${entriesMax}
    )
    select id, written_by::text, width, entries
    from oldest
    where bytes_before < ${bytesMax} and entries_before < ${entriesMax}
    order by oldest.written_by, id
    limit ${entriesMax}`
}

export async function deletePending(sql: Sql, log: number, rows: readonly Pending[]): Promise<number> {
  const { count } = await sql`
    delete from ledger.pending
    using unnest(${rows.map(({ writtenBy }) => writtenBy)}::text[], ${rows.map(({ id }) => id)}::bigint[])
      as taken(written_by, id)
    where pending.log = ${log} and pending.written_by = taken.written_by::xid8 and pending.id = taken.id`
  return count
}
