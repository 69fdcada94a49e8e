import type { Sql } from '#platform'

/** Whether a case was shared out to the judges of a round. */
export async function isEntered(sql: Sql, reference: string): Promise<boolean> {
  const [row] = await sql<[{ found: boolean }]>`
    select exists (select from services.round_entry where reference = ${reference}) as found`
  return row.found
}
