import type { Sql } from '#platform'

/** What one request brings: entries packed as in a bundle, and the key by which it may come again. */
export type Appended = {
  log: number
  organisation: string
  /** The key of the program that brings it. */
  program: string
  width: number
  entries: Uint8Array
  once?: { key: string; request: Uint8Array } | undefined
}

/**
 * Keeps what several requests bring, in one statement and so in one commit, and counts it as what was written on this day.
 * Returns the places of those whose key was sent before: of them nothing is kept. No key may be twice among `requests`.
 */
export async function insertAppended(
  sql: Sql,
  requests: readonly Appended[],
  { day, lane }: { day: string; lane: number },
): Promise<Set<number>> {
  let end = 0
  const ends = requests.map(({ entries }) => (end += entries.length))
  const rows = await sql<{ place: number }[]>`
    with given as (
      select request.log, request.organisation, request.program, request.width, request.key, request.place, request.length,
        substring(octets.entries from request.start + 1 for request.length) as entries,
        substring(octets.requests from (request.place::int - 1) * 32 + 1 for 32) as request
      from (select ${Buffer.concat(requests.map(({ entries }) => entries))}::bytea as entries,
          ${Buffer.concat(requests.map(({ once }) => once?.request ?? nothing))}::bytea as requests) as octets,
        unnest(
          ${requests.map(({ log }) => log)}::int[], ${requests.map(({ organisation }) => organisation)}::text[],
          ${requests.map(({ program }) => program)}::text[],
          ${requests.map(({ width }) => width)}::int[], ${requests.map(({ once }) => once?.key ?? null) as string[]}::text[],
          ${requests.map(({ entries }, at) => ends[at]! - entries.length)}::int[],
          ${requests.map(({ entries }) => entries.length)}::int[])
          with ordinality as request(log, organisation, program, width, key, start, length, place)
    ), keyed as (
      insert into ledger.append_key (log, organisation, key, request, answer)
      select log, organisation, key, request, entries
      from given
      where key is not null
      on conflict (log, organisation, key) do nothing
      returning log, organisation, key
    ), kept as (
      insert into ledger.pending (log, width, entries)
      select log, width, entries
      from given
      where key is null or (log, organisation, key) in (select log, organisation, key from keyed)
    ), counted as (
      insert into ledger.usage as held (counted_on, organisation, api_key, log, lane, entries, octets)
      select ${day}::date, organisation, program, log, ${lane}, sum(width), sum(length)
      from given
      where key is null or (log, organisation, key) in (select log, organisation, key from keyed)
      group by organisation, program, log
      order by organisation, program, log
      on conflict (counted_on, organisation, api_key, log, lane) do update
      set entries = held.entries + excluded.entries, octets = held.octets + excluded.octets
    )
    select (place - 1)::int as place
    from given
    where key is not null and (log, organisation, key) not in (select log, organisation, key from keyed)
    limit ${requests.length}`
  return new Set(rows.map(({ place }) => place))
}

const nothing = Buffer.alloc(32)

/** What was answered to the request with this key; undefined where it was another request. */
export async function findAppended(
  sql: Sql,
  { log, organisation, once }: Pick<Appended, 'log' | 'organisation' | 'once'>,
): Promise<Buffer | undefined> {
  const [row] = await sql<{ answer: Buffer }[]>`
    select answer
    from ledger.append_key
    where log = ${log} and organisation = ${organisation} and key = ${once!.key} and request = ${once!.request}`
  return row?.answer
}

/** A job: keys that are older than a week. */
export async function deleteOldAppendKeys(sql: Sql): Promise<void> {
  await sql`delete from ledger.append_key where created_at < now() - interval '7 days'`
}
