import type { PackPerson } from '#pack'
import type { Level, Sql, Text } from '#platform'
import { deleteSessions } from '../sessions/sessions.sql.ts'

/**
 * Brings the made-up people of the pack, their levels and their roles into the tables. Idempotent, and safe in two
 * processes at once. A role that the pack takes back is withdrawn; one that an administrator withdrew stays so.
 */
export async function loadDemonstrationPeople(sql: Sql, people: readonly PackPerson[]): Promise<void> {
  const rows = people.map(({ id, name, level }) => ({ id, name, level: level ?? 1 }))
  const roles = people.flatMap(({ id, organisation, roles }) =>
    organisation ? roles.map((role) => ({ id, organisation, role })) : [],
  )
  await sql`
    insert into identity.person (id, name, demonstration)
    select id, name, true
    from jsonb_to_recordset(${sql.json(rows)}) as pack (id text, name jsonb)
    on conflict (id) do update set name = excluded.name
    where person.demonstration and person.name <> excluded.name`
  await sql`
    insert into identity.proof (person_id, level, method, expires_at)
    select pack.id, pack.level, 'demonstration', now() + interval '100 years'
    from jsonb_to_recordset(${sql.json(rows)}) as pack (id text, level smallint)
    join identity.person on person.id = pack.id and person.demonstration
    where pack.level > 1 and not exists (
      select from identity.proof where proof.person_id = pack.id and proof.method = 'demonstration')`
  await sql`
    update identity.role_grant
    set withdrawn_by = 'pack', withdrawn_at = now()
    where granted_by = 'pack' and withdrawn_at is null and not exists (
      select from jsonb_to_recordset(${sql.json(roles)}) as pack (id text, organisation text, role text)
      where pack.id = person_id and pack.organisation = role_grant.organisation and pack.role = role_grant.role)`
  await sql`
    insert into identity.role_grant (person_id, organisation, role, granted_by, approved_by, approved_at)
    select pack.id, pack.organisation, pack.role, 'pack', 'demonstration', now()
    from jsonb_to_recordset(${sql.json(roles)}) as pack (id text, organisation text, role text)
    join identity.person on person.id = pack.id and person.demonstration
    where not exists (
      select from identity.role_grant as before
      where before.person_id = pack.id and before.organisation = pack.organisation and before.role = pack.role
        and before.granted_by = 'pack' and before.withdrawn_by is distinct from 'pack')
    on conflict do nothing`
}

/** A new account, under a random identifier. */
export async function insertPerson(sql: Sql, id: string, name: Text): Promise<void> {
  await sql`insert into identity.person (id, name) values (${id}, ${sql.json(name)})`
}

/** An account that is open. */
export async function findPerson(
  sql: Sql,
  id: string,
): Promise<{ id: string; name: Text; demonstration: boolean } | undefined> {
  const [person] = await sql<{ id: string; name: Text; demonstration: boolean }[]>`
    select id, name, demonstration
    from identity.person
    where id = ${id} and closed_at is null`
  return person
}

/** How these people are called, each under their identifier; also those whose account is closed. */
export async function namesOf(sql: Sql, ids: readonly string[]): Promise<ReadonlyMap<string, Text>> {
  const rows = await sql<{ id: string; name: Text }[]>`
    select id, name
    from identity.person
    where id = any (${[...new Set(ids)]})
    limit 1000`
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** An account that is open, where it must be. */
export async function getPerson(sql: Sql, id: string): Promise<{ id: string; name: Text; demonstration: boolean }> {
  const person = await findPerson(sql, id)
  if (!person) throw new Error('There is no open account under this identifier')
  return person
}

/** The level that a person's proofs reach now, however they signed in: a subquery for the person `id`. */
export const provenLevelOf = (sql: Sql, id: ReturnType<Sql>) => sql`(
  select coalesce(max(proof.level), 1)
  from identity.proof
  where proof.person_id = ${id} and proof.withdrawn_at is null and proof.expires_at > now())`

/** Addresses a person otherwise. False where a proof counts that others rely on, or the person is a made-up one. */
export async function renamePerson(sql: Sql, id: string, name: Text): Promise<boolean> {
  const { count } = await sql`
    update identity.person
    set name = ${sql.json(name)}
    where id = ${id} and closed_at is null and not demonstration and not exists (
      select from identity.proof
      where person_id = ${id} and withdrawn_at is null and expires_at > now())`
  return count > 0
}

export async function findProvenLevel(sql: Sql, personId: string): Promise<Level> {
  const [row] = await sql<[{ level: Level }]>`select ${provenLevelOf(sql, sql`${personId}`)} as level`
  return row.level
}

/** Closes an account. What named the person goes; the identifier stays and is never given again. False if it was closed. */
export async function closePerson(sql: Sql, id: string, { name, now }: { name: Text; now: Date }): Promise<boolean> {
  const { count } = await sql`
    update identity.person
    set closed_at = ${now}, name = ${sql.json(name)}
    where id = ${id} and closed_at is null and not demonstration`
  if (count === 0) return false
  await sql`
    update identity.role_grant
    set withdrawn_by = ${id}, withdrawn_at = ${now}
    where person_id = ${id} and withdrawn_at is null`
  await sql`
    update identity.passkey
    set removed_at = ${now}
    where person_id = ${id} and removed_at is null`
  await sql`
    update identity.recovery_code
    set withdrawn_at = ${now}
    where person_id = ${id} and used_at is null and withdrawn_at is null`
  await deleteSessions(sql, sql`person_id = ${id}`)
  return true
}
