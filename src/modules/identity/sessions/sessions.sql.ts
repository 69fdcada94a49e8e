import { createHash, randomBytes } from 'node:crypto'
import { type Installation, type Level, queueJob, type Sql, type Text } from '#platform'
import { provenLevelOf } from '../people/people.sql.ts'

/** A signed-in browser, as its person sees it. */
export type Session = {
  handle: string
  device: string | null
  methods: string[]
  createdAt: string
  authenticatedAt: string
  expiresAt: string
  /** Opened by a passkey, or a link, that counts as known. */
  known: boolean
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
  /** Its name, where it is a company. */
  companyName: Text | null
  onBehalfOf: { id: string; name: Text } | null
  level: Level
  authenticatedAt: string
  methods: string[]
  /** Whether a recovery code opened it, and nothing known has confirmed it since. */
  recovered: boolean
  /** Every role in the organisation for which the person acts now. */
  roles: string[]
  /** What each of them, or the mandate, is limited to; null for who acts for themselves. */
  limits: { role?: string; services: string[] | null; centsMax: number | null }[] | null
}

/** The roles of `person` in an organisation that count now, with their limits; beside `company`, where it is one. */
export const heldRoles = (sql: Sql, organisation: ReturnType<Sql>) => sql`
  select array_agg(role_grant.role order by role_grant.role) as roles,
    jsonb_agg(jsonb_build_object(
      'role', role_grant.role, 'services', role_grant.services, 'centsMax', role_grant.cents_max)) as limits
  from identity.role_grant
  where role_grant.person_id = person.id and role_grant.organisation = ${organisation}
    and role_grant.approved_at is not null and role_grant.withdrawn_at is null
    and coalesce(role_grant.expires_at > now(), true)
    and company.closed_at is null`

/**
 * Who holds the token, with what counts this instant: roles, proofs and mandates that ended are gone at once, and with the
 * last of them the name in which was acted. Made-up people are nobody where the installation is no demonstration. What a
 * company’s people may do for it, they may once it is verified.
 */
export async function findSession(sql: Sql, token: string, demonstration: boolean): Promise<SessionRow | undefined> {
  const [row] = await sql<SessionRow[]>`
    select session.handle, person.id, person.name,
      case when held.roles is not null then session.organisation end as organisation,
      case when held.roles is not null then company.name end as company_name,
      case when other.id is not null then jsonb_build_object('id', other.id, 'name', other.name) end as on_behalf_of,
      least(session.level_max, ${provenLevelOf(sql, sql`person.id`)}) as level,
      session.authenticated_at, session.methods, session.recovered,
      coalesce(held.roles, '{}') as roles,
      case
        when other.id is not null
        then jsonb_build_array(jsonb_build_object('services', mandate.services, 'centsMax', null))
        when held.roles is null then null
        when company.id is not null and company.verified_at is null then '[]'
        else held.limits
      end as limits
    from identity.session
    join identity.person on person.id = session.person_id
    left join identity.organisation as company on company.id = session.organisation
    left join lateral (${heldRoles(sql, sql`session.organisation`)}) as held on true
    left join identity.mandate on mandate.principal_id = session.on_behalf_of and mandate.agent_id = person.id
      and mandate.accepted_at is not null and mandate.withdrawn_at is null
      and mandate.begins_at <= now() and mandate.expires_at > now()
    left join identity.person as other on other.id = mandate.principal_id and other.closed_at is null
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
  bindingId?: string | undefined
  /** Whether what it comes of was recovered; by a recovery code it always is. */
  recovered?: boolean | undefined
}

/** Begins a session and returns the unsigned token. The token is new each time, so an old cookie gains nothing by it. */
export async function insertSession(sql: Sql, session: NewSession): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await sql`
    insert into identity.session
      (id, person_id, level_max, methods, device, organisation, passkey_id, binding_id, recovered, expires_at)
    values (${keyOf(token)}, ${session.personId}, ${session.levelMax}, ${session.methods as string[]},
            ${session.device?.slice(0, 300) ?? null}, ${session.organisation ?? null},
            ${session.passkeyId ?? null}, ${session.bindingId ?? null},
            ${session.recovered ?? session.methods.includes('otp')}, now() + ${sessionSeconds} * interval '1 second')`
  return token
}

/**
 * Keeps that the person of a session proved again to be there, under a new token, so that one that was seen before is worth
 * nothing after. Undefined if the session has ended. One that was recovered stays so until a passkey confirms it that is
 * known: one that was added in it meanwhile proves nothing more.
 */
export async function renewSession(
  sql: Sql,
  before: string,
  { levelMax, methods, passkeyId, now }: Pick<NewSession, 'levelMax' | 'methods' | 'passkeyId'> & { now: Date },
): Promise<string | undefined> {
  const token = randomBytes(32).toString('base64url')
  const { count } = await sql`
    update identity.session
    set id = ${keyOf(token)}, level_max = ${levelMax}, methods = ${methods as string[]},
      passkey_id = ${passkeyId ?? null}, binding_id = null, authenticated_at = now(),
      recovered = recovered and not exists (
        select from identity.passkey
        where passkey.id = ${passkeyId ?? null} and known_at <= ${now} and locked_at is null and removed_at is null)
    where id = ${keyOf(before)} and expires_at > now()`
  return count > 0 ? token : undefined
}

/** Ends the session of this token. False if it had ended already. */
export async function deleteSession(sql: Sql, token: string): Promise<boolean> {
  return (await deleteSessions(sql, sql`id = ${keyOf(token)}`)) > 0
}

/** Whether a session is as good as before a recovery: no code opened it, nor a passkey or link that is too new. */
const isKnown = (sql: Sql, now: Date) => sql`
  (not session.recovered and coalesce(greatest(
    (select known_at from identity.passkey where passkey.id = session.passkey_id),
    (select known_at from identity.channel_binding where channel_binding.id = session.binding_id)) <= ${now}, false))`

/** Where a person is signed in, newest first. */
export async function listSessions(sql: Sql, personId: string, now: Date): Promise<Session[]> {
  return sql<Session[]>`
    select handle, device, methods, created_at, authenticated_at, expires_at, ${isKnown(sql, now)} as known
    from identity.session
    where person_id = ${personId} and expires_at > now()
    order by created_at desc
    limit ${sessionsMax}`
}

/** Ends one session of a person, wherever it is. False if there is none. */
export async function endSession(sql: Sql, personId: string, handle: string): Promise<boolean> {
  return (await deleteSessions(sql, sql`person_id = ${personId} and handle = ${handle}`)) > 0
}

/**
 * Ends every session of a person but the one named, and every browser that waits for their phone to sign it in. Returns how
 * many sessions there were. In the caller’s transaction, and in this order: a browser that goes on meanwhile has its session
 * before, and loses it here.
 */
export async function endOtherSessions(sql: Sql, personId: string, handle: string): Promise<number> {
  await sql`
    delete from identity.phone_order
    where person_id = ${personId} and finished_at is null`
  return deleteSessions(sql, sql`person_id = ${personId} and handle::text <> ${handle}`)
}

/** The same for a session that itself is new after a recovery: those that are known stay, and so do those who wait. */
export async function endOtherNewSessions(sql: Sql, personId: string, handle: string, now: Date): Promise<number> {
  return deleteSessions(sql, sql`person_id = ${personId} and handle::text <> ${handle} and not ${isKnown(sql, now)}`)
}

/** Tells one service that a person signed out (OpenID Connect Back-Channel Logout 1.0). */
export const logoutJob = 'identity.tell-service-of-logout'
export type Logout = { personId: string; clientId: string; sid: string }

/**
 * Ends the sessions that fit, and has every service told that was signed in to by them and wants to know: in one
 * transaction, so that none ends untold. Returns how many there were.
 */
export async function deleteSessions(sql: Sql, which: ReturnType<Sql>): Promise<number> {
  if ('begin' in sql) return (sql as Installation['sql']).begin((transaction) => deleteSessions(transaction, which))
  // What the provider keeps of a session goes with it, and is seen here as it was before.
  const rows = await sql<(Logout & { handle: string })[]>`
    with ended as (
      delete from identity.session where ${which} returning handle
    )
    select ended.handle, record.account_id as person_id, client.id as client_id, entry.value ->> 'sid' as sid
    from ended
    left join identity.provider_record as record on record.session_handle = ended.handle and record.model = 'Session'
    left join jsonb_each(record.payload -> 'authorizations') as entry on true
    left join identity.client on client.id = entry.key and client.metadata ? 'backchannel_logout_uri'`
  for (const { personId, clientId, sid } of rows)
    if (clientId !== null) await queueJob(sql, logoutJob, { personId, clientId, sid })
  return new Set(rows.map(({ handle }) => handle)).size
}

/** A job: sessions whose time is over. */
export async function deleteExpiredSessions(sql: Sql): Promise<void> {
  await deleteSessions(sql, sql`expires_at < now()`)
}

/** How many people are signed in, each counted once however many browsers they use. */
export async function countSessions(sql: Sql): Promise<number> {
  const [row] = await sql<[{ people: number }]>`
    select count(distinct person_id) as people
    from identity.session
    where expires_at > now()`
  return row.people
}

/** The organisations for which the person `id` has a role now. */
export const organisationsOf = (sql: Sql, id: ReturnType<Sql>) => sql`
  select distinct role_grant.organisation
  from identity.role_grant
  left join identity.organisation as company on company.id = role_grant.organisation
  where role_grant.person_id = ${id} and role_grant.approved_at is not null
    and role_grant.withdrawn_at is null and coalesce(role_grant.expires_at > now(), true)
    and company.closed_at is null
  order by role_grant.organisation`

export async function listOrganisationsOf(sql: Sql, personId: string): Promise<string[]> {
  const rows = await sql<{ organisation: string }[]>`
    ${organisationsOf(sql, sql`${personId}`)}
    limit 100`
  return rows.map(({ organisation }) => organisation)
}
