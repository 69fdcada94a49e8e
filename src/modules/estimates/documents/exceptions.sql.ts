import type { Sql } from '#platform'
import type { ExplainedException } from '../check/check.ts'
import { problem } from '../problems.ts'

/** Differences that are explained on an installation: one more is refused, so that no list of them is ever cut off. */
const exceptionsMax = 10_000

/** The explained exceptions of a Head: the newest of each identity. */
export async function listExceptions(
  sql: Sql,
  { year, head }: { year: string; head: string },
): Promise<ExplainedException[]> {
  return sql<ExplainedException[]>`
    select distinct on (identity) identity, difference, reason, explanation, source, signed_by, signed_at
    from estimates.explained_exception
    where year = ${year} and head = ${head}
    order by identity, id desc
    limit ${exceptionsMax}`
}

/** Signs an explanation. The caller has made sure that the identity fails by exactly this difference, and holds `lockCounting`. */
export async function insertException(
  sql: Sql,
  { year, head }: { year: string; head: string },
  exception: Omit<ExplainedException, 'signedAt'>,
): Promise<void> {
  const { identity, difference, reason, explanation, source, signedBy } = exception
  await sql`
    insert into estimates.explained_exception (year, head, identity, difference, reason, explanation, source, signed_by)
    values (${year}, ${head}, ${identity}, ${difference}, ${reason}, ${explanation}, ${source}, ${signedBy})`
  const [row] = await sql<[{ count: number }]>`
    select count(distinct (year, head, identity))::int as count
    from estimates.explained_exception`
  if (row.count > exceptionsMax) throw problem('too-many-explanations', { values: { max: exceptionsMax } })
}
