import { createHash, randomBytes } from 'node:crypto'
import type { Level, Sql, Text } from '#platform'

/** A signed-in browser, as its person sees it. */
export type Session = {
  handle: string
  device: string | null
  methods: string[]
  createdAt: string
  authenticatedAt: string
  expiresAt: string
}

export const sessionSeconds = 12 * 60 * 60
const sessionsMax = 100

/** What stands in the table for the token of a cookie. */
export const keyOf = (token: string) => createHash('sha256').update(token).digest('hex')

export type SessionRow = {
  handle: string
  id: string
  name: Text
  organisation: string | null
  onBehalfOf: { id: string; name: Text } | null
  level: Level
  authenticatedAt: string
  methods: string[]
  /** Every role in the organisation for which the person acts now. */
  roles: string[]
}

/**
 * Who holds the token, with what counts this instant: roles, proofs and mandates that ended are gone at once. Made-up
 * people are nobody where the installation is no demonstration.
 */
export async function findSession(sql: Sql, token: string, demonstration: boolean): Promise<SessionRow | undefined> {
  const [row] = await sql<SessionRow[]>`
    select session.handle, person.id, person.name, session.organisation,
      case when other.id is not null then jsonb_build_object('id', other.id, 'name', other.name) end as on_behalf_of,
      least(session.level_max, (
        select coalesce(max(proof.level), 1)
        from identity.proof
        where proof.person_id = person.id and proof.withdrawn_at is null and proof.expires_at > now())) as level,
      session.authenticated_at, session.methods,
      array(
        select role_grant.role
        from identity.role_grant
        where role_grant.person_id = person.id and role_grant.organisation = session.organisation
          and role_grant.approved_at is not null and role_grant.withdrawn_at is null
          and coalesce(role_grant.expires_at > now(), true)
        order by role_grant.role) as roles
    from identity.session
    join identity.person on person.id = session.person_id
    left join identity.person as other on other.id = session.on_behalf_of
    where session.id = ${keyOf(token)} and session.expires_at > now() and person.closed_at is null
      and (${demonstration} or not person.demonstration)`
  return row
}

export type NewSession = {
  personId: string
  /** The most that this way of signing in can carry. */
  levelMax: Level
  methods: readonly string[]
  device?: string | undefined
  organisation?: string | undefined
  passkeyId?: string | undefined
}

/** Begins a session and returns the unsigned token. The token is new each time, so an old cookie gains nothing by it. */
export async function insertSession(sql: Sql, session: NewSession): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await sql`
    insert into identity.session (id, person_id, level_max, methods, device, organisation, passkey_id, expires_at)
    values (${keyOf(token)}, ${session.personId}, ${session.levelMax}, ${session.methods as string[]},
            ${session.device?.slice(0, 300) ?? null}, ${session.organisation ?? null},
            ${session.passkeyId ?? null}, now() + ${sessionSeconds} * interval '1 second')`
  return token
}

/**
 * Keeps that the person of a session proved again to be there, under a new token, so that one that was seen before is worth
 * nothing after. Undefined if the session has ended.
 */
export async function renewSession(
  sql: Sql,
  before: string,
  { levelMax, methods, passkeyId }: Pick<NewSession, 'levelMax' | 'methods' | 'passkeyId'>,
): Promise<string | undefined> {
  const token = randomBytes(32).toString('base64url')
  const { count } = await sql`
    update identity.session
    set id = ${keyOf(token)}, level_max = ${levelMax}, methods = ${methods as string[]},
      passkey_id = ${passkeyId ?? null}, authenticated_at = now()
    where id = ${keyOf(before)} and expires_at > now()`
  return count > 0 ? token : undefined
}

/** Ends the session of this token. False if it had ended already. */
export async function deleteSession(sql: Sql, token: string): Promise<boolean> {
  return (await sql`delete from identity.session where id = ${keyOf(token)}`).count > 0
}

/** Where a person is signed in, newest first. */
export async function listSessions(sql: Sql, personId: string): Promise<Session[]> {
  return sql<Session[]>`
    select handle, device, methods, created_at, authenticated_at, expires_at
    from identity.session
    where person_id = ${personId} and expires_at > now()
    order by created_at desc
    limit ${sessionsMax}`
}

/** Ends one session of a person, wherever it is. False if there is none. */
export async function endSession(sql: Sql, personId: string, handle: string): Promise<boolean> {
  return (await sql`delete from identity.session where person_id = ${personId} and handle = ${handle}`).count > 0
}

/** Ends every session of a person but the one named. Returns how many there were. */
export async function endOtherSessions(sql: Sql, personId: string, handle: string): Promise<number> {
  return (await sql`delete from identity.session where person_id = ${personId} and handle::text <> ${handle}`).count
}

/** A job: rows of sessions that ended. */
export async function deleteExpiredSessions(sql: Sql): Promise<void> {
  await sql`delete from identity.session where expires_at < now()`
}

/** How many people are signed in, each counted once however many browsers they use. */
export async function countSessions(sql: Sql): Promise<number> {
  const [row] = await sql<[{ people: number }]>`
    select count(distinct person_id) as people
    from identity.session
    where expires_at > now()`
  return row.people
}

/** The organisations for which a person has a role now. */
export async function listOrganisationsOf(sql: Sql, personId: string): Promise<string[]> {
  const rows = await sql<{ organisation: string }[]>`
    select distinct organisation
    from identity.role_grant
    where person_id = ${personId} and approved_at is not null and withdrawn_at is null
      and coalesce(expires_at > now(), true)
    order by organisation
    limit 100`
  return rows.map(({ organisation }) => organisation)
}
