import type { Sql } from '#platform'
import type { EventRow } from './cases.sql.ts'
import type { Listed } from './listed.rules.ts'

/** Cases of the time before, locked, each with its first event; those on which somebody acts at this moment are left for later. */
export const lockListedBefore = (sql: Sql, after: string, limit: number) =>
  sql<({ reference: string } & EventRow)[]>`
    select "case".reference, event.number, event.kind, event.at, event.by, event.organisation, event.data, event.sealed
    from services.case
    join services.case_event as event on event.reference = "case".reference and event.number = 1
    where listed is null and "case".reference > ${after}
    order by "case".reference
    limit ${limit}
    for update of "case" skip locked`

/** Puts answers in the place of the texts of a case. */
export const updateListed = (sql: Sql, reference: string, listed: Listed, search: readonly string[]) =>
  sql`
    update services.case
    set listed = ${sql.json(listed as never)}, listed_before = null, search = ${[...search]}
    where reference = ${reference}`
