import type { Sql } from '#platform'
import { deleteSessions } from '../sessions/sessions.sql.ts'

/** A passkey, as its person sees it. */
export type Passkey = {
  id: string
  handle: string
  name: string
  transports: string[]
  synced: boolean
  aaguid: string
  createdAt: string
  knownAt: string
  lastUsedAt: string | null
  lockedAt: string | null
}

export const passkeysMax = 50

const columns = (sql: Sql) =>
  sql`id, handle, name, transports, synced, aaguid, created_at, known_at, last_used_at, locked_at`

/** The passkeys of a person that were not removed, oldest first; locked ones too. */
export async function listPasskeys(sql: Sql, personId: string): Promise<Passkey[]> {
  return sql<Passkey[]>`
    select ${columns(sql)}
    from identity.passkey
    where person_id = ${personId} and removed_at is null
    order by created_at, id
    limit ${passkeysMax}`
}

export async function findPasskey(sql: Sql, personId: string, handle: string): Promise<Passkey | undefined> {
  const [passkey] = await sql<Passkey[]>`
    select ${columns(sql)}
    from identity.passkey
    where person_id = ${personId} and handle = ${handle} and removed_at is null`
  return passkey
}

export type NewPasskey = {
  id: string
  personId: string
  publicKey: Uint8Array
  counter: number
  transports: readonly string[]
  synced: boolean
  backedUp: boolean
  aaguid: string
  name: string
  createdAt: Date
  knownAt: Date
}

/** Adds a passkey and returns its handle. Undefined if some account has, or had, one of this identifier. */
export async function insertPasskey(sql: Sql, passkey: NewPasskey): Promise<string | undefined> {
  const [row] = await sql<{ handle: string }[]>`
    insert into identity.passkey
      (id, person_id, public_key, counter, transports, synced, backed_up, aaguid, name, created_at, known_at)
    values (${passkey.id}, ${passkey.personId}, ${Buffer.from(passkey.publicKey)}, ${passkey.counter},
            ${passkey.transports as string[]}, ${passkey.synced}, ${passkey.backedUp}, ${passkey.aaguid},
            ${passkey.name}, ${passkey.createdAt}, ${passkey.knownAt})
    on conflict (id) do nothing
    returning handle`
  return row?.handle
}

/**
 * Keeps what an assertion told. False if the counter did not grow, or the passkey was locked or removed: another assertion
 * came in between.
 */
export async function recordUse(
  sql: Sql,
  { id, counter, backedUp, now }: { id: string; counter: number; backedUp: boolean; now: Date },
): Promise<boolean> {
  const { count } = await sql`
    update identity.passkey
    set counter = ${counter}, backed_up = ${backedUp}, last_used_at = ${now}
    where id = ${id} and removed_at is null and locked_at is null
      and (counter < ${counter} or (counter = 0 and ${counter}::bigint = 0))`
  return count > 0
}

/** Locks a passkey of which there is a copy, and ends every session that it opened. False if it was locked already. */
export async function lockPasskey(sql: Sql, id: string, now: Date): Promise<boolean> {
  const { count } = await sql`
    update identity.passkey
    set locked_at = ${now}
    where id = ${id} and locked_at is null`
  await deleteSessions(sql, sql`passkey_id = ${id}`)
  return count > 0
}

export async function renamePasskey(sql: Sql, personId: string, handle: string, name: string): Promise<boolean> {
  const { count } = await sql`
    update identity.passkey
    set name = ${name}
    where person_id = ${personId} and handle = ${handle} and removed_at is null`
  return count > 0
}

/** Takes a passkey from its person and ends what it opened elsewhere. False if there is none. */
export async function removePasskey(
  sql: Sql,
  { personId, handle, here, now }: { personId: string; handle: string; here: string; now: Date },
): Promise<boolean> {
  const [removed] = await sql<{ id: string }[]>`
    update identity.passkey
    set removed_at = ${now}
    where person_id = ${personId} and handle = ${handle} and removed_at is null
    returning id`
  if (!removed) return false
  await deleteSessions(sql, sql`passkey_id = ${removed.id} and handle::text <> ${here}`)
  return true
}

/** Under a lock on the person, so that of two who take the last two ways in, one is told of the other. */
export async function countWaysIn(sql: Sql, personId: string): Promise<{ passkeys: number; codes: number }> {
  await sql`select 1 from identity.person where id = ${personId} for update`
  const [counted] = await sql<[{ passkeys: number; codes: number }]>`
    select
      (select count(*) from identity.passkey
       where passkey.person_id = ${personId} and removed_at is null and locked_at is null) as passkeys,
      (select count(*) from identity.recovery_code
       where recovery_code.person_id = ${personId} and used_at is null and withdrawn_at is null) as codes`
  return counted
}

/**
 * Whether a passkey is too new for what is high-risk: it was added in the last day by somebody who had come in with a
 * recovery code, or with such a passkey. One that is gone or locked counts as new.
 */
export async function isNewDevice(sql: Sql, credentialId: string, now: Date): Promise<boolean> {
  const [known] = await sql`
    select 1
    from identity.passkey
    where id = ${credentialId} and removed_at is null and locked_at is null and known_at <= ${now}`
  return known === undefined
}

/**
 * The same of a session, for whoever asks for a high-risk scope in it: true if a recovery code opened it, or a passkey or a
 * link that is too new. Undefined if it ended, or was opened in another way, which says itself what it may carry.
 */
export async function isNewSession(sql: Sql, sessionHandle: string, now: Date): Promise<boolean | undefined> {
  const [session] = await sql<{ passkeyId: string | null; recovered: boolean; knownLink: boolean | null }[]>`
    select session.passkey_id, session.recovered,
      binding.known_at <= ${now} and binding.unbound_at is null as known_link
    from identity.session
    left join identity.channel_binding as binding on binding.id = session.binding_id
    where session.handle = ${sessionHandle} and session.expires_at > now()`
  if (!session) return undefined
  if (session.recovered) return true
  if (session.passkeyId === null && session.knownLink !== null) return !session.knownLink
  return session.passkeyId === null ? undefined : isNewDevice(sql, session.passkeyId, now)
}

/** How long what a recovery code opened is new. */
export const coolOffMs = 24 * 60 * 60 * 1000

/**
 * From when a passkey that is added in this session is known: a day later where the session was recovered, and never before
 * what opened the session is. Otherwise whoever found a code would add one, sign in with it, and add another that is known.
 */
export async function knownFrom(sql: Sql, sessionHandle: string, now: Date): Promise<Date> {
  const later = new Date(now.getTime() + coolOffMs)
  const [session] = await sql<{ recovered: boolean; knownAt: string | null }[]>`
    select session.recovered, greatest(passkey.known_at, binding.known_at) as known_at
    from identity.session
    left join identity.passkey on passkey.id = session.passkey_id
    left join identity.channel_binding as binding on binding.id = session.binding_id
    where session.handle = ${sessionHandle}`
  // It ended meanwhile: nobody knows any more what it was.
  if (!session) return later
  const instants = [session.recovered ? later : now, new Date(session.knownAt ?? now)]
  return new Date(Math.max(...instants.map((each) => each.getTime())))
}
