import type { Sql, Text } from '#platform'
import { type ServiceNames, serviceNames } from '../acting/services.sql.ts'

export type Grant = {
  id: number
  person: { id: string; name: Text }
  role: string
  /** Name of who granted it; null for the pack, the operator or whoever has left. */
  grantedBy: { id: string; name: Text | null }
  grantedAt: string
  approvedBy: { id: string; name: Text | null } | null
  expiresAt: string | null
  services: string[] | null
  serviceNames: ServiceNames
  centsMax: number | null
  state: 'pending' | 'counts' | 'ended'
}

/** Days within which what waits for approval must get it. */
export const pendingDays = 14

/** Days after which an owner counts as the other one that putting an owner out needs. */
export const settledDays = 30

/** Orders everybody who changes the roles of one organisation, until their transaction ends. */
export async function lockOrganisation(sql: Sql, organisation: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`identity.organisation/${organisation}`}, 0))`
}

/**
 * How many people hold one of the roles in the organisation now, whether the person is among them, and how many others do so
 * for long.
 */
export async function countHolders(
  sql: Sql,
  organisation: string,
  roles: readonly string[],
  personId: string,
): Promise<{ people: number; own: number; others: number; settled: number }> {
  const [row] = await sql<[{ people: number; own: number; others: number; settled: number }]>`
    select count(distinct person_id)::int as people,
      count(*) filter (where person_id = ${personId})::int as own,
      count(distinct person_id) filter (where person_id <> ${personId})::int as others,
      count(distinct person_id) filter (
        where person_id <> ${personId} and approved_at <= now() - ${settledDays} * interval '1 day')::int as settled
    from identity.role_grant
    join identity.person on person.id = role_grant.person_id and person.closed_at is null
    where organisation = ${organisation} and role = any (${roles as string[]})
      and approved_at is not null and withdrawn_at is null and coalesce(expires_at > now(), true)`
  return row
}

/** To what somebody who holds one of the roles now is limited in it. */
export async function listLimits(
  sql: Sql,
  organisation: string,
  roles: readonly string[],
  personId: string,
): Promise<Pick<Grant, 'services' | 'centsMax'>[]> {
  return sql<Pick<Grant, 'services' | 'centsMax'>[]>`
    select services, cents_max::float8 as cents_max
    from identity.role_grant
    where organisation = ${organisation} and role = any (${roles as string[]}) and person_id = ${personId}
      and approved_at is not null and withdrawn_at is null and coalesce(expires_at > now(), true)
    order by id
    limit 50`
}

/** Who owns a company now: accepted, and not ended. */
export async function listOwners(sql: Sql, organisation: string): Promise<string[]> {
  const rows = await sql<{ personId: string }[]>`
    select person_id
    from identity.role_grant
    where organisation = ${organisation} and role = 'owner' and approved_at is not null and withdrawn_at is null
      and coalesce(expires_at > now(), true)
    order by id
    limit 100`
  return rows.map(({ personId }) => personId)
}

/** Who of some people has a role now in some organisations, as pairs. */
export const listMemberships = (sql: Sql, organisations: readonly string[], people: readonly string[]) =>
  sql<{ organisation: string; personId: string }[]>`
    select distinct organisation, person_id
    from identity.role_grant
    where organisation = any (${organisations as string[]}) and person_id = any (${people as string[]})
      and approved_at is not null and withdrawn_at is null and coalesce(expires_at > now(), true)
    order by organisation, person_id
    limit 100000`

/** Whose accounts are open and who hold one of the roles now. */
export async function listHoldersOf(sql: Sql, roles: readonly string[], organisation?: string): Promise<string[]> {
  const rows = await sql<{ personId: string }[]>`
    select distinct person_id
    from identity.role_grant
    join identity.person on person.id = role_grant.person_id and person.closed_at is null
    where role = any (${roles as string[]}) and organisation = coalesce(${organisation ?? null}, organisation)
      and approved_at is not null and withdrawn_at is null and coalesce(expires_at > now(), true)
    order by person_id
    limit 1000`
  return rows.map(({ personId }) => personId)
}

/** Everybody with a role in the organisation, those who wait first; what was withdrawn stays in the trail alone. */
export async function listGrants(sql: Sql, organisation: string): Promise<Grant[]> {
  return sql<Grant[]>`
    select role_grant.id::int as id, role_grant.role, role_grant.granted_at, role_grant.expires_at,
      role_grant.services, ${serviceNames(sql, sql`role_grant.services`)} as service_names,
      role_grant.cents_max::float8 as cents_max,
      jsonb_build_object('id', person.id, 'name', person.name) as person,
      jsonb_build_object('id', role_grant.granted_by, 'name', granter.name) as granted_by,
      case when role_grant.approved_by is not null
        then jsonb_build_object('id', role_grant.approved_by, 'name', approver.name) end as approved_by,
      case
        when role_grant.expires_at <= now() then 'ended'
        when role_grant.approved_at is not null then 'counts'
        when role_grant.granted_at <= now() - ${pendingDays} * interval '1 day' then 'ended'
        else 'pending'
      end as state
    from identity.role_grant
    join identity.person on person.id = role_grant.person_id
    left join identity.person as granter on granter.id = role_grant.granted_by
    left join identity.person as approver on approver.id = role_grant.approved_by
    where role_grant.organisation = ${organisation} and role_grant.withdrawn_at is null
    order by (role_grant.approved_at is null) desc, role_grant.id
    limit 500`
}

export type NewGrant = {
  personId: string
  organisation: string
  role: string
  grantedBy: string
  /** Undefined: it waits for somebody's approval. */
  approvedBy?: string
  /** `2031-01-31`: to the end of that day in the time zone; empty for no end. */
  endsOn?: string
  timeZone?: string
  services?: string[] | null
  centsMax?: number | null
}

/** Grants a role. Undefined where the person has it, or waits for it, already. */
export async function insertGrant(sql: Sql, grant: NewGrant): Promise<number | undefined> {
  const { personId, organisation, role } = grant
  await sql`
    update identity.role_grant
    set withdrawn_by = 'expiry', withdrawn_at = now()
    where person_id = ${personId} and organisation = ${organisation} and role = ${role} and withdrawn_at is null
      and (expires_at <= now() or (approved_at is null and granted_at <= now() - ${pendingDays} * interval '1 day'))`
  const [row] = await sql<{ id: number }[]>`
    insert into identity.role_grant
      (person_id, organisation, role, granted_by, approved_by, approved_at, expires_at, services, cents_max)
    values (${personId}, ${organisation}, ${role}, ${grant.grantedBy}, ${grant.approvedBy ?? null},
            case when ${grant.approvedBy !== undefined} then now() end,
            ((${grant.endsOn || null})::date + 1)::timestamp at time zone ${grant.timeZone ?? 'UTC'},
            ${grant.services ?? null}, ${grant.centsMax ?? null})
    on conflict (person_id, organisation, role) where withdrawn_at is null do nothing
    returning id::int as id`
  return row?.id
}

export type KnownGrant = { personId: string; role: string; grantedBy: string; state: Grant['state'] }

/** A grant of this organisation that was not withdrawn; that of another organisation is not found. */
export async function findGrant(sql: Sql, organisation: string, id: number): Promise<KnownGrant | undefined> {
  const [row] = await sql<KnownGrant[]>`
    select person_id, role, granted_by,
      case
        when expires_at <= now() then 'ended'
        when approved_at is not null then 'counts'
        when granted_at <= now() - ${pendingDays} * interval '1 day' then 'ended'
        else 'pending'
      end as state
    from identity.role_grant
    where id = ${id} and organisation = ${organisation} and withdrawn_at is null`
  return row
}

/** False if somebody was faster. The table itself refuses who granted it, and whom it is for. */
export async function approveGrant(sql: Sql, id: number, approvedBy: string): Promise<boolean> {
  const { count } = await sql`
    update identity.role_grant
    set approved_by = ${approvedBy}, approved_at = now()
    where id = ${id} and approved_at is null and withdrawn_at is null
      and granted_at > now() - ${pendingDays} * interval '1 day'`
  return count > 0
}

/** Counts from the next request of whoever held it, on any process. False if somebody was faster. */
export async function withdrawGrant(sql: Sql, id: number, withdrawnBy: string): Promise<boolean> {
  const { count } = await sql`
    update identity.role_grant
    set withdrawn_by = ${withdrawnBy}, withdrawn_at = now()
    where id = ${id} and withdrawn_at is null`
  return count > 0
}

/** Roles that wait for this person to accept them. */
export async function listOffers(
  sql: Sql,
  personId: string,
): Promise<{ id: number; organisation: string; role: string }[]> {
  return sql<{ id: number; organisation: string; role: string }[]>`
    select id::int as id, organisation, role
    from identity.role_grant
    where person_id = ${personId} and role = 'owner' and approved_at is null and withdrawn_at is null
      and granted_at > now() - ${pendingDays} * interval '1 day'
    order by id
    limit 50`
}
