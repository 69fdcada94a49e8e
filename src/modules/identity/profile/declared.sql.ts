import type { Installation, Sql } from '#platform'

const purpose = 'profile-field'
const contextOf = (personId: string, field: string) => `person/${personId}/${field}`
const fieldsMax = 100

type Declared = { field: string; value: string; changedAt: string }

/** What a person says of themselves, opened. */
export async function listDeclared(sql: Sql, { vault }: Installation, personId: string): Promise<Declared[]> {
  const rows = await sql<{ field: string; sealed: Buffer; changedAt: string }[]>`
    select field, sealed, changed_at
    from identity.declared_field
    where person_id = ${personId}
    order by field
    limit ${fieldsMax}`
  return rows.map(({ field, sealed, changedAt }) => ({
    field,
    changedAt,
    value: vault.open(purpose, sealed, contextOf(personId, field)).toString('utf8'),
  }))
}

/** Keeps a field, sealed, in the place of what it said before. */
export async function saveDeclared(
  sql: Sql,
  { vault, now }: Installation,
  personId: string,
  { field, value }: { field: string; value: string },
): Promise<void> {
  const sealed = vault.seal(purpose, value, contextOf(personId, field))
  await sql`
    insert into identity.declared_field (person_id, field, sealed, changed_at)
    values (${personId}, ${field}, ${sealed}, ${now()})
    on conflict (person_id, field) do update
    set sealed = excluded.sealed, changed_at = excluded.changed_at`
}

/** Takes a field away. False if it said nothing. */
export async function deleteDeclared(sql: Sql, personId: string, field: string): Promise<boolean> {
  const { count } = await sql`
    delete from identity.declared_field
    where person_id = ${personId} and field = ${field}`
  return count > 0
}

/** When an account is closed: everything that its person wrote. */
export async function deleteProfile(sql: Sql, personId: string): Promise<void> {
  await sql`delete from identity.declared_field where person_id = ${personId}`
}
