import { randomBytes } from 'node:crypto'
import type { Installation, Sql, Text } from '#platform'

export type Company = {
  id: string
  kind: 'company' | 'association'
  name: Text
  number: string
  declaredAt: string
  verifiedAt: string | null
}

/** An organisation of the pack, or one that a person registered. */
export type AnyOrganisation = { id: string; name: Text; place: 'government' | 'company'; verified: boolean }

/** By its identifier, whoever it belongs to; undefined if there is none or it has closed. */
export async function findOrganisation(
  { sql, pack }: Pick<Installation, 'sql' | 'pack'>,
  id: string,
): Promise<AnyOrganisation | undefined> {
  const known = pack.organisations.find((each) => each.id === id)
  if (known) return { id, name: known.name, place: 'government', verified: true }
  const [row] = await sql<{ name: Text; verified: boolean }[]>`
    select name, verified_at is not null as verified
    from identity.organisation
    where id = ${id} and closed_at is null`
  return row && { id, name: row.name, place: 'company', verified: row.verified }
}

type Declared = { kind: string; name: Text; number: string; declaredBy: string }

/** Undefined where this person declared the same number before. */
export async function insertOrganisation(sql: Sql, { kind, name, number, declaredBy }: Declared) {
  const id = `company-${randomBytes(8).toString('hex')}`
  const { count } = await sql`
    insert into identity.organisation (id, kind, name, number, declared_by)
    values (${id}, ${kind}, ${sql.json(name)}, ${number}, ${declaredBy})
    on conflict do nothing`
  return count > 0 ? id : undefined
}

/** Those that no officer has compared with the business register yet, the longest waiting first. */
export async function listDeclared(sql: Sql): Promise<Company[]> {
  return sql<Company[]>`
    select id, kind, name, number, declared_at, verified_at
    from identity.organisation
    where verified_at is null and closed_at is null
    order by declared_at
    limit 200`
}

/**
 * What came of it: verified, or why not. Nobody verifies what is their own: what they declared, or where they hold, held or
 * were offered a role. In the caller’s transaction, under the organisation’s lock, so that of two with one number one is
 * verified, and nobody gets a role meanwhile.
 */
export async function verifyOrganisation(
  sql: Sql,
  id: string,
  officer: string,
): Promise<'verified' | 'own' | 'taken' | 'gone'> {
  const [row] = await sql<{ own: boolean; kind: string; number: string }[]>`
    select kind, number,
      declared_by = ${officer} or exists (
        select from identity.role_grant
        where role_grant.organisation = organisation.id and person_id = ${officer}) as own,
      pg_advisory_xact_lock(hashtextextended('identity.number/' || kind || '/' || number, 0))::text as locked
    from identity.organisation
    where id = ${id} and verified_at is null and closed_at is null`
  if (!row) return 'gone'
  if (row.own) return 'own'
  const [other] = await sql`
    select id
    from identity.organisation
    where kind = ${row.kind} and number = ${row.number} and verified_at is not null and closed_at is null`
  if (other) return other.id === id ? 'gone' : 'taken'
  const { count } = await sql`
    update identity.organisation
    set verified_by = ${officer}, verified_at = now()
    where id = ${id} and verified_at is null and closed_at is null`
  return count > 0 ? 'verified' : 'gone'
}

/** Whether this person, as an officer, compared the company with the register. */
export async function isVerifiedBy(sql: Sql, id: string, personId: string): Promise<boolean> {
  const [row] = await sql`
    select 1
    from identity.organisation
    where id = ${id} and verified_by = ${personId}`
  return row !== undefined
}
