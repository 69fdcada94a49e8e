import type { Sql } from '#platform'
import type { EventRow } from '../cases/cases.sql.ts'
import type { Case } from '../cases/events.ts'

/** The newest open cases of a service in a department, each with the sealed answers with which it began. */
export const listOpenWithAnswers = (sql: Sql, of: { organisation: string; service: string; limit: number }) =>
  sql<(Pick<Case, 'reference' | 'state' | 'version' | 'listed'> & Pick<EventRow, 'number' | 'sealed'>)[]>`
    select "case".reference, state, encode(version, 'hex') as version,
      coalesce(listed, to_jsonb(listed_before)) as listed, event.number, sealed
    from services.case
    join services.case_event as event on event.reference = "case".reference and event.number = 1
    where "case".organisation = ${of.organisation} and service = ${of.service} and ended_at is null and review_of is null
    order by opened_at desc, "case".reference desc
    limit ${of.limit}`
