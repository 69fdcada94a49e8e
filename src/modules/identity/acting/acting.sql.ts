import { randomInt } from 'node:crypto'
import type { Installation, Level, Sql, Text } from '#platform'
import { provenLevelOf } from '../people/people.sql.ts'

/** Without letters that are taken for digits. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const codeLength = 8
const purpose = 'acting-code'

/** A code as people write it, made one: `abcd efgh`, `ABCD-EFGH`; what is read wrongly is set right. */
export const readCode = (typed: string): string =>
  typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')

export const writeCode = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`

/** Makes a code by which the person can be found once, within a quarter of an hour. The one before is gone. */
export async function insertCode(sql: Sql, { vault }: Installation, personId: string): Promise<void> {
  const code = Array.from({ length: codeLength }, () => alphabet[randomInt(alphabet.length)]).join('')
  await sql`
    insert into identity.acting_code (person_id, lookup, sealed, expires_at)
    values (${personId}, ${vault.lookup(purpose, code)}, ${vault.seal(purpose, code, `person/${personId}`)},
            now() + interval '15 minutes')
    on conflict (person_id) do update
    set lookup = excluded.lookup, sealed = excluded.sealed, expires_at = excluded.expires_at`
}

/** The code that the person may show now. */
export async function findCode(
  sql: Sql,
  { vault }: Installation,
  personId: string,
): Promise<{ code: string; expiresAt: string } | undefined> {
  const [row] = await sql<{ sealed: Buffer; expiresAt: string }[]>`
    select sealed, expires_at
    from identity.acting_code
    where person_id = ${personId} and expires_at > now()`
  if (!row) return undefined
  const code = vault.open(purpose, row.sealed, `person/${personId}`).toString()
  return { code: writeCode(code), expiresAt: row.expiresAt }
}

export type Found = { id: string; name: Text; level: Level }

/** Whose code it is; the code is spent with the caller’s transaction. Undefined for one that is wrong, spent or old. */
export async function takeCode(sql: Sql, { vault }: Installation, typed: string): Promise<Found | undefined> {
  const [row] = await sql<Found[]>`
    with taken as (
      delete from identity.acting_code
      where lookup = ${vault.lookup(purpose, readCode(typed))} and expires_at > now()
      returning person_id)
    select person.id, person.name, ${provenLevelOf(sql, sql`person.id`)} as level
    from taken
    join identity.person on person.id = taken.person_id
    where person.closed_at is null`
  return row
}

/** Whose code it is, for who is shown the name and asked whether that is right; the code stays good. */
export async function findByCode(sql: Sql, { vault }: Installation, typed: string): Promise<Found | undefined> {
  const [row] = await sql<Found[]>`
    select person.id, person.name, ${provenLevelOf(sql, sql`person.id`)} as level
    from identity.acting_code
    join identity.person on person.id = acting_code.person_id
    where acting_code.lookup = ${vault.lookup(purpose, readCode(typed))} and acting_code.expires_at > now()
      and person.closed_at is null`
  return row
}

/** A job: codes that are too old. */
export async function deleteExpiredCodes(sql: Sql): Promise<void> {
  await sql`delete from identity.acting_code where expires_at < now()`
}

/** In whose name a session acts from the next request on. False where nothing lets the person do so now. */
export async function actAsOneself(sql: Sql, handle: string): Promise<boolean> {
  const { count } = await sql`
    update identity.session set organisation = null, on_behalf_of = null where handle = ${handle}`
  return count > 0
}

export async function actForOrganisation(sql: Sql, handle: string, organisation: string): Promise<boolean> {
  const { count } = await sql`
    update identity.session
    set organisation = ${organisation}, on_behalf_of = null
    where handle = ${handle} and exists (
      select from identity.role_grant
      left join identity.organisation as company on company.id = role_grant.organisation
      where role_grant.person_id = session.person_id and role_grant.organisation = ${organisation}
        and role_grant.approved_at is not null and role_grant.withdrawn_at is null
        and coalesce(role_grant.expires_at > now(), true) and company.closed_at is null)`
  return count > 0
}

/** In whose name from now on; undefined where this mandate lets the person act for nobody. */
export async function actUnderMandate(
  sql: Sql,
  handle: string,
  mandateId: string,
): Promise<{ id: string; name: Text } | undefined> {
  const [principal] = await sql<{ id: string; name: Text }[]>`
    update identity.session
    set organisation = null, on_behalf_of = mandate.principal_id
    from identity.mandate
    join identity.person on person.id = mandate.principal_id and person.closed_at is null
    where session.handle = ${handle} and mandate.id = ${mandateId} and mandate.agent_id = session.person_id
      and mandate.accepted_at is not null and mandate.withdrawn_at is null
      and mandate.begins_at <= now() and mandate.expires_at > now()
    returning person.id, person.name`
  return principal
}
