import type { Sql } from '#platform'

/** That an officer asked for other keys of a log, which waits for a second one. */
export type Rotation = { id: string; log: string; lost: boolean; overlapDays: number; askedBy: string; askedAt: string }

/** False where one waits already. */
export async function insertRotation(sql: Sql, given: Omit<Rotation, 'askedAt'> & { askedAt: Date }): Promise<boolean> {
  const { id, log, lost, overlapDays, askedBy, askedAt } = given
  const { count } = await sql`
    insert into ledger.rotation (id, log, is_lost, overlap_days, asked_by, asked_at)
    select ${id}, log.id, ${lost}, ${overlapDays}, ${askedBy}, ${askedAt}
    from ledger.log
    where name = ${log}
    on conflict do nothing`
  return count > 0
}

export async function listRotations(sql: Sql): Promise<Rotation[]> {
  return sql<Rotation[]>`
    select rotation.id, log.name as log, is_lost as lost, overlap_days, asked_by, asked_at
    from ledger.rotation
    join ledger.log on log.id = rotation.log
    where decided_at is null
    order by log.name
    limit 200`
}

/** Decides one that waits; undefined where it was decided, or where who asked would approve it. */
export async function decideRotation(
  sql: Sql,
  { id, by, approved, now }: { id: string; by: string; approved: boolean; now: Date },
): Promise<Rotation | undefined> {
  const [row] = await sql<Rotation[]>`
    update ledger.rotation
    set decided_by = ${by}, decided_at = ${now}, is_approved = ${approved}
    from ledger.log
    where log.id = rotation.log and rotation.id = ${id} and decided_at is null and (not ${approved} or asked_by <> ${by})
    returning rotation.id, log.name as log, is_lost as lost, overlap_days, asked_by, asked_at`
  return row
}
