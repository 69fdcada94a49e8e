import type { Sql } from '#platform'

/** Whether one can sign in through another platform. */
export async function hasOpenChannel(sql: Sql): Promise<boolean> {
  const [row] = await sql<[{ found: boolean }]>`select exists (select from identity.channel where open) as found`
  return row.found
}
