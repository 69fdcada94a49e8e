import type { Sql } from '#platform'

/** Lets a person have reached a level, as a comparison with the register would. For tests. */
export async function proveLevel(sql: Sql, personId: string, level: 2 | 3): Promise<void> {
  await sql`
    insert into identity.proof (person_id, level, method, expires_at)
    values (${personId}, ${level}, 'register', now() + interval '1 year')`
}
