import type { Language, Sql } from '#platform'

const perDayMax = 5000

/** Counts a search that found nothing. Texts beyond a day’s most are left out, so that nobody fills the table. */
export async function countMiss(sql: Sql, miss: { on: string; language: Language; asked: string }): Promise<void> {
  await sql`
    insert into services.search_miss as known (asked_on, language, asked)
    select ${miss.on}::date, ${miss.language}, ${miss.asked}
    where (select count(*) from services.search_miss where asked_on = ${miss.on}::date) < ${perDayMax}
    on conflict (asked_on, language, asked) do update set times = known.times + 1`
}

type MissRow = { asked: string; language: Language; times: number; lastOn: string }

/** What was asked in vain at least `timesMin` times since a day, the most asked first. */
export function listMisses(
  sql: Sql,
  { since, timesMin }: { since: string; timesMin: number },
  limit: number,
): Promise<MissRow[]> {
  return sql<MissRow[]>`
    select asked, language, sum(times)::integer as times, max(asked_on)::text as last_on
    from services.search_miss
    where asked_on >= ${since}::date
    group by asked, language
    having sum(times) >= ${timesMin}
    order by times desc, asked
    limit ${limit}`
}

export async function deleteMissesBefore(sql: Sql, day: string): Promise<void> {
  await sql`delete from services.search_miss where asked_on < ${day}::date`
}
