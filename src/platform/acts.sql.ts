import type { Sql } from './database.ts'

/** One act of a person, as they may read it. */
export type ActLine = { id: number; at: string; event: string; subject: string }

/** What a person did, newest first; before `beforeId` where a page follows another. */
export async function listActsOf(
  sql: Sql,
  personId: string,
  page: { before?: number; limit: number },
): Promise<ActLine[]> {
  return sql<ActLine[]>`
    select id, at, event, subject
    from platform.audit_event
    where actor = ${personId} and id < ${page.before ?? Number.MAX_SAFE_INTEGER}
    order by id desc
    limit ${page.limit}`
}

/** What others did in a person’s name, newest first. */
export async function listActsInNameOf(sql: Sql, personId: string, { limit }: { limit: number }) {
  return sql<(ActLine & { actor: string })[]>`
    select id, at, event, subject, actor
    from platform.audit_event
    where on_behalf_of = ${personId}
    order by id desc
    limit ${limit}`
}
