import type { Sql } from '#platform'
import type { EventRow } from '../cases/cases.sql.ts'
import type { Case } from '../cases/events.ts'

/** The newest open cases of a service in a department, each with the event that says its answers: the first, or the last correction. */
export const listOpenWithAnswers = (sql: Sql, of: { organisation: string; service: string; limit: number }) =>
  sql<(Pick<Case, 'reference' | 'state' | 'version' | 'listed'> & Pick<EventRow, 'number' | 'sealed'>)[]>`
    select "case".reference, state, encode(version, 'hex') as version,
      coalesce(listed, to_jsonb(listed_before)) as listed, event.number, sealed
    from services.case
    cross join lateral (
      select number, sealed
      from services.case_event
      where reference = "case".reference and kind in ('begun', 'corrected')
      order by number desc
      limit 1) as event
    where "case".organisation = ${of.organisation} and service = ${of.service} and ended_at is null and review_of is null
    order by opened_at desc, "case".reference desc
    limit ${of.limit}`
