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
export type AnyOrganisation = {
  id: string
  name: Text
  place: 'government' | 'company'
  verified: boolean
  /** Why an officer found that it does not agree with the register. */
  refused: string | null
}

/** By its identifier, whoever it belongs to; undefined if there is none or it has closed. */
export async function findOrganisation(
  { sql, pack }: Pick<Installation, 'sql' | 'pack'>,
  id: string,
): Promise<AnyOrganisation | undefined> {
  const known = pack.organisations.find((each) => each.id === id)
  if (known) return { id, name: known.name, place: 'government', verified: true, refused: null }
  const [row] = await sql<{ name: Text; verified: boolean; refused: string | null }[]>`
    select name, verified_at is not null as verified, refused_reason as refused
    from identity.organisation
    where id = ${id} and closed_at is null`
  return row && { id, place: 'company', ...row }
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
    where verified_at is null and refused_at is null and closed_at is null
    order by declared_at
    limit 200`
}

/** One that waits for an officer. */
export async function findToVerify(sql: Sql, id: string): Promise<Company | undefined> {
  const [row] = await sql<Company[]>`
    select id, kind, name, number, declared_at, verified_at
    from identity.organisation
    where id = ${id} and verified_at is null and refused_at is null and closed_at is null`
  return row
}

/** One that no officer has verified, and of which this person is an owner. */
export async function findOwnDeclared(
  sql: Sql,
  id: string,
  personId: string,
): Promise<(Company & { refused: string | null }) | undefined> {
  const [row] = await sql<(Company & { refused: string | null })[]>`
    select id, kind, name, number, declared_at, verified_at, refused_reason as refused
    from identity.organisation
    where id = ${id} and verified_at is null and closed_at is null and exists (
      select from identity.role_grant
      where role_grant.organisation = organisation.id and role_grant.person_id = ${personId}
        and role_grant.role = 'owner' and role_grant.approved_at is not null and role_grant.withdrawn_at is null
        and coalesce(role_grant.expires_at > now(), true))`
  return row
}

/** Says otherwise what was declared, so that it waits for an officer anew. False if it was verified or closed meanwhile, or whoever declared it has one with this number. */
export async function correctOrganisation(
  sql: Sql,
  id: string,
  { kind, name, number }: Omit<Declared, 'declaredBy'>,
): Promise<boolean> {
  const { count } = await sql`
    update identity.organisation
    set kind = ${kind}, name = ${sql.json(name)}, number = ${number}, declared_at = now(),
      refused_by = null, refused_at = null, refused_reason = null
    where id = ${id} and verified_at is null and closed_at is null and not exists (
      select from identity.organisation as other
      where other.kind = ${kind} and other.number = ${number} and other.declared_by = organisation.declared_by
        and other.id <> organisation.id and other.closed_at is null)`
  return count > 0
}

/** Takes a registration back that nobody verified, with every role in it. Returns who held one. */
export async function closeOrganisation(sql: Sql, id: string, by: string): Promise<string[] | undefined> {
  const { count } = await sql`
    update identity.organisation
    set closed_at = now()
    where id = ${id} and verified_at is null and closed_at is null`
  if (count === 0) return undefined
  const rows = await sql<{ personId: string; counted: boolean }[]>`
    update identity.role_grant
    set withdrawn_by = ${by}, withdrawn_at = now()
    where organisation = ${id} and withdrawn_at is null
    returning person_id, approved_at is not null as counted`
  return [...new Set(rows.filter(({ counted }) => counted).map(({ personId }) => personId))]
}

/** Says that it does not agree with the register. What came of it: refused, or why not. */
export async function refuseOrganisation(
  sql: Sql,
  id: string,
  { officer, seen, reason }: { officer: string; seen: string; reason: string },
): Promise<'refused' | 'own' | 'changed' | 'gone'> {
  const known = await lockToVerify(sql, id, officer, seen)
  if (typeof known === 'string') return known
  await sql`
    update identity.organisation
    set refused_by = ${officer}, refused_at = now(), refused_reason = ${reason}
    where id = ${id}`
  return 'refused'
}

/**
 * One that waits for an officer, as this one saw it, until the transaction ends; or why it is none. Nobody verifies what is
 * their own: what they declared, or where they hold, held or were offered a role.
 */
async function lockToVerify(sql: Sql, id: string, officer: string, seen: string) {
  const [row] = await sql<{ own: boolean; kind: string; number: string; declaredAt: string }[]>`
    select kind, number, declared_at,
      declared_by = ${officer} or exists (
        select from identity.role_grant
        where role_grant.organisation = organisation.id and person_id = ${officer}) as own
    from identity.organisation
    where id = ${id} and verified_at is null and refused_at is null and closed_at is null
    for update`
  if (!row) return 'gone'
  if (row.own) return 'own'
  return row.declaredAt === seen ? row : 'changed'
}

/** What came of it: verified, or why not. In the caller’s transaction, so that of two with one number one is verified. */
export async function verifyOrganisation(
  sql: Sql,
  id: string,
  { officer, seen }: { officer: string; seen: string },
): Promise<'verified' | 'own' | 'taken' | 'changed' | 'gone'> {
  const row = await lockToVerify(sql, id, officer, seen)
  if (typeof row === 'string') return row
  await sql`select pg_advisory_xact_lock(hashtextextended(${`identity.number/${row.kind}/${row.number}`}, 0))`
  const [other] = await sql`
    select id
    from identity.organisation
    where kind = ${row.kind} and number = ${row.number} and verified_at is not null and closed_at is null`
  if (other) return 'taken'
  await sql`
    update identity.organisation
    set verified_by = ${officer}, verified_at = now()
    where id = ${id}`
  return 'verified'
}

/** Whether this person, as an officer, compared the company with the register. */
export async function isVerifiedBy(sql: Sql, id: string, personId: string): Promise<boolean> {
  const [row] = await sql`
    select 1
    from identity.organisation
    where id = ${id} and verified_by = ${personId}`
  return row !== undefined
}
