import type { Sql } from '#platform'

/** How a log is now. */
export type LogHealth = {
  id: number
  name: string
  size: number
  publishedSize: number
  sequencedAt: string | null
  behindAt: string | null
  /** Entries that are promised and not in order yet, and since when the oldest waits. */
  waiting: number
  waitingSince: string | null
}

export async function listHealth(sql: Sql): Promise<LogHealth[]> {
  return sql<LogHealth[]>`
    select log.id::int as id, log.name, log.size::float8 as size, coalesce(log.published_size, 0)::float8 as published_size,
      log.sequenced_at, log.behind_at, coalesce(waits.entries, 0)::int as waiting, waits.since as waiting_since
    from ledger.log
    left join (
      select log, sum(width) as entries, min(promised_at) as since
      from ledger.pending
      group by log) as waits on waits.log = log.id
    order by log.name
    limit 200`
}

export type WitnessHealth = {
  log: string
  url: string
  size: number
  cosignedAt: string | null
  failedAt: string | null
  failure: string | null
}

export async function listWitnessHealth(sql: Sql): Promise<WitnessHealth[]> {
  return sql<WitnessHealth[]>`
    select log.name as log, contact.url, contact.size::float8 as size, contact.cosigned_at, contact.failed_at,
      contact.failure
    from ledger.contact
    join ledger.log on log.id = contact.log
    order by log.name, contact.url
    limit 1000`
}
