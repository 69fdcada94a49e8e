import type { Sql } from '#platform'

export async function findDraftOf(sql: Sql, id: string): Promise<Buffer> {
  const [row] = await sql<[{ sealedTyped: Buffer }]>`
    select sealed_typed
    from services.application
    where id = ${id}`
  return row.sealedTyped
}

export const changeDraftOf = (sql: Sql, id: string, sealed: Buffer) => sql`
  update services.application
  set sealed_typed = ${sealed}, revision = revision + 1
  where id = ${id}`
