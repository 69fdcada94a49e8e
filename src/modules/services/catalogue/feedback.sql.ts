import type { Sql } from '#platform'
import type { NewFeedback } from './types.ts'

/** Keeps it once for its token: a form that is sent twice counts once. */
export async function insertFeedback(
  sql: Sql,
  { token, service, place, useful, comment, on }: NewFeedback & { on: string },
): Promise<void> {
  await sql`
    insert into services.feedback (token, service, place, useful, comment, given_on)
    values (${token}, ${service}, ${place}, ${useful}, ${comment}, ${on}::date)
    on conflict (token) do nothing`
}

type Of = { services: readonly string[]; since: string }

/** How many said yes of how many, of these services since a day. */
export function listUseful(sql: Sql, { services, since }: Of, limit: number) {
  return sql<{ service: string; useful: number; given: number }[]>`
    select service, count(*) filter (where useful)::integer as useful, count(*)::integer as given
    from services.feedback
    where service = any(${services as string[]}) and given_on >= ${since}::date
    group by service
    order by service
    limit ${limit}`
}

type CommentRow = {
  service: string
  place: NewFeedback['place']
  useful: boolean
  comment: string
  givenOn: string
}

/** What people wrote of these services, the newest first. */
export function listComments(sql: Sql, { services, since }: Of, limit: number): Promise<CommentRow[]> {
  return sql<CommentRow[]>`
    select service, place, useful, comment, given_on::text as given_on
    from services.feedback
    where service = any(${services as string[]}) and given_on >= ${since}::date and comment is not null
    order by given_on desc, token
    limit ${limit}`
}

/** The share of yes since a day, between 0 and 1; null where nobody has said. */
export async function shareUseful(sql: Sql, since: string): Promise<number | null> {
  const [row] = await sql<{ share: number | null }[]>`
    select avg(useful::integer)::float8 as share
    from services.feedback
    where given_on >= ${since}::date`
  return row?.share ?? null
}

export async function deleteFeedbackBefore(sql: Sql, day: string): Promise<void> {
  await sql`delete from services.feedback where given_on < ${day}::date`
}
