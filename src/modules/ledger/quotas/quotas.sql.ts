import type { Sql } from '#platform'

/** How much may be written, or was, in a day. */
export type Amount = { entries: number; octets: number }

/** The quota of each organisation that has none of its own. */
export const forEach = ''

/** What an organisation may write in a day, and what it wrote on this one. */
export async function findUse(sql: Sql, organisation: string, day: string): Promise<{ most: Amount; used: Amount }> {
  const [row] = await sql<[{ entries: number; octets: number; usedEntries: number; usedOctets: number }]>`
    select quota.entries::float8 as entries, quota.octets::float8 as octets,
      used.entries as used_entries, used.octets as used_octets
    from (
        select entries, octets
        from ledger.quota
        where organisation in (${organisation}, ${forEach})
        order by organisation desc, number desc
        limit 1) as quota,
      (select coalesce(sum(entries), 0)::float8 as entries, coalesce(sum(octets), 0)::float8 as octets
        from ledger.usage
        where counted_on = ${day}::date and organisation = ${organisation}) as used`
  const { entries, octets, usedEntries, usedOctets } = row
  return { most: { entries, octets }, used: { entries: usedEntries, octets: usedOctets } }
}

/** Counts an entry that is written one by one, in the transaction that writes it. */
export async function countWritten(
  sql: Sql,
  given: { organisation: string; key: string; log: string; day: string; octets: number },
): Promise<void> {
  await sql`
    insert into ledger.usage as held (counted_on, organisation, api_key, log, lane, entries, octets)
    select ${given.day}::date, ${given.organisation}, ${given.key}, id, 0, 1, ${given.octets}
    from ledger.log
    where name = ${given.log}
    on conflict (counted_on, organisation, api_key, log, lane) do update
    set entries = held.entries + 1, octets = held.octets + excluded.octets`
}

/** Keeps that an organisation wanted more than it may. */
export async function keepRefusal(sql: Sql, organisation: string, { day, at }: { day: string; at: Date }) {
  await sql`
    insert into ledger.quota_refusal (organisation, refused_on, refused_at)
    values (${organisation}, ${day}::date, ${at})
    on conflict (organisation, refused_on) do update
    set refused_at = excluded.refused_at`
}

/** Sets a quota. False where somebody else did so at the same instant. */
export async function insertQuota(
  sql: Sql,
  { organisation, entries, octets, by, at }: Amount & { organisation: string; by: string; at: Date },
): Promise<boolean> {
  const { count } = await sql`
    insert into ledger.quota (organisation, number, entries, octets, set_by, set_at)
    select ${organisation}, coalesce(max(number), 0) + 1, ${entries}, ${octets}, ${by}, ${at}
    from ledger.quota
    where organisation = ${organisation}
    on conflict do nothing`
  return count > 0
}

export type DayOfUse = Amount & { day: string }

/** What an organisation wrote on each of the last days that it wrote on, the latest first; of one key where one is given. */
export async function listDaysOfUse(
  sql: Sql,
  { organisation, key = null, since }: { organisation: string; key?: string | null; since: string },
): Promise<DayOfUse[]> {
  return sql<DayOfUse[]>`
    select counted_on::text as day, sum(entries)::float8 as entries, sum(octets)::float8 as octets
    from ledger.usage
    where organisation = ${organisation} and counted_on >= ${since}::date and (${key}::text is null or api_key = ${key})
    group by counted_on
    order by counted_on desc
    limit 400`
}

/** Of what a key wrote, the days and logs that are listed at most. */
export const writtenMax = 400

/** What one key wrote since a day, into which logs, the latest first; one more than is listed, to know of more. */
export async function listWritten(
  sql: Sql,
  { organisation, key, since }: { organisation: string; key: string; since: string },
): Promise<(DayOfUse & { log: string })[]> {
  return sql<(DayOfUse & { log: string })[]>`
    select usage.counted_on::text as day, log.name as log,
      sum(usage.entries)::float8 as entries, sum(usage.octets)::float8 as octets
    from ledger.usage
    join ledger.log on log.id = usage.log
    where usage.organisation = ${organisation} and usage.api_key = ${key} and usage.counted_on >= ${since}::date
    group by usage.counted_on, log.name
    order by usage.counted_on desc, log.name
    limit ${writtenMax + 1}`
}
