import type { Sql } from '#platform'

/** The newest open cases of a service in a department, each with the sealed answers with which it began. */
export const listOpenWithAnswers = (sql: Sql, of: { organisation: string; service: string; limit: number }) =>
  sql<{ reference: string; state: string; version: string; listed: string[]; number: number; sealed: Buffer | null }[]>`
    select "case".reference, state, encode(version, 'hex') as version, listed, event.number, sealed
    from services.case
    join services.case_event as event on event.reference = "case".reference and event.number = 1
    where "case".organisation = ${of.organisation} and service = ${of.service} and ended_at is null and review_of is null
    order by opened_at desc, "case".reference desc
    limit ${of.limit}`
