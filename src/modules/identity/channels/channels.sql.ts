import { createHash } from 'node:crypto'
import type { Installation, Level, Sql } from '#platform'
import { deleteSessions } from '../sessions/sessions.sql.ts'
import type { Sm2Key } from './sm2.ts'

type Vault = Installation['vault']

/** How a channel is reached. Secrets are open only in here. */
export type Connection = {
  id: string
  protocol: 'openid' | 'envelope'
  /** The issuer of an OpenID Provider, or the page that answers with an envelope. */
  address: string
  clientId: string
  secret?: string
  /** SM2, PEM. */
  peerKey?: string
  signingKey?: Sm2Key
  open: boolean
  changedAt: string
}

/** A person on the way to another platform. */
export type Order = { channel: string; next: string; nonce: string; verifier: string }

/** Who came back, as the other platform says. */
export type Foreign = { subject: string; level: string; name?: string }

export const orderMinutes = 10
const bindingsMax = 100

export const sha256 = (text: string) => createHash('sha256').update(text).digest()

type ConnectionRow = Omit<Connection, 'secret' | 'peerKey' | 'signingKey'> & {
  secret: Buffer | null
  peerKey: string | null
  signingKey: Buffer | null
}

/** Every channel that an operator has set up. */
export async function listConnections(sql: Sql, vault: Vault): Promise<Connection[]> {
  const rows = await sql<ConnectionRow[]>`
    select id, protocol, address, client_id, secret, peer_key, signing_key, open, changed_at
    from identity.channel
    order by id
    limit 100`
  return rows.map(({ secret, peerKey, signingKey, ...row }) => ({
    ...row,
    ...(secret && { secret: vault.open('channel', secret, `channel/${row.id}/secret`).toString() }),
    ...(peerKey && { peerKey }),
    ...(signingKey && {
      signingKey: JSON.parse(vault.open('channel', signingKey, `channel/${row.id}/signing-key`).toString()) as Sm2Key,
    }),
  }))
}

export async function findConnection(sql: Sql, vault: Vault, id: string): Promise<Connection | undefined> {
  return (await listConnections(sql, vault)).find((each) => each.id === id)
}

/** Sets a channel up, or changes it. A secret or key that is not given stays as it is. */
export async function upsertConnection(
  sql: Sql,
  vault: Vault,
  { id, protocol, address, clientId, secret, peerKey, signingKey, open }: Omit<Connection, 'changedAt'>,
  changedBy: string,
): Promise<void> {
  const seal = (what: string, text: string | undefined) =>
    text === undefined ? null : vault.seal('channel', text, `channel/${id}/${what}`)
  await sql`
    insert into identity.channel (id, protocol, address, client_id, secret, peer_key, signing_key, open, changed_by)
    values (${id}, ${protocol}, ${address}, ${clientId}, ${seal('secret', secret)}, ${peerKey ?? null},
            ${seal('signing-key', signingKey && JSON.stringify(signingKey))}, ${open}, ${changedBy})
    on conflict (id) do update
    set protocol = excluded.protocol, address = excluded.address, client_id = excluded.client_id,
        secret = coalesce(excluded.secret, channel.secret), peer_key = coalesce(excluded.peer_key, channel.peer_key),
        signing_key = coalesce(channel.signing_key, excluded.signing_key), open = excluded.open,
        changed_at = now(), changed_by = excluded.changed_by`
}

/** Sends somebody on the way. `state` comes back through the browser, `browser` is what its cookie holds. */
export async function insertOrder(
  sql: Sql,
  vault: Vault,
  state: string,
  browser: string,
  { channel, next, nonce, verifier }: Order,
): Promise<void> {
  const secrets = vault.seal('channel-order', JSON.stringify({ nonce, verifier }), channel)
  await sql`
    insert into identity.channel_order (id, channel, browser, secrets, next, expires_at)
    values (${sha256(state)}, ${channel}, ${sha256(browser)}, ${secrets}, ${next},
            now() + ${orderMinutes} * interval '1 minute')`
}

/** The order of this browser under this state, which is used up by the asking; undefined where there is none. */
export async function useOrder(
  sql: Sql,
  vault: Vault,
  channel: string,
  state: string,
  browser: string,
): Promise<Order | undefined> {
  const [row] = await sql<{ secrets: Buffer; next: string }[]>`
    update identity.channel_order
    set used_at = now()
    where id = ${sha256(state)} and channel = ${channel} and browser = ${sha256(browser)} and used_at is null
      and expires_at > now()
    returning secrets, next`
  if (!row) return undefined
  const secrets = JSON.parse(vault.open('channel-order', row.secrets, channel).toString()) as {
    nonce: string
    verifier: string
  }
  return { channel, next: row.next, ...secrets }
}

/** Keeps who came back until the person says which account that is. */
export async function holdForeign(sql: Sql, vault: Vault, channel: string, state: string, foreign: Foreign) {
  await sql`
    update identity.channel_order
    set returned = ${vault.seal('channel-returned', JSON.stringify(foreign), channel)}
    where id = ${sha256(state)}`
}

/** Who came back in this browser and is waiting, if the ten minutes are not over. */
export async function findForeign(
  sql: Sql,
  vault: Vault,
  channel: string,
  browser: string,
): Promise<{ id: Buffer; next: string; foreign: Foreign } | undefined> {
  const [row] = await sql<{ id: Buffer; next: string; returned: Buffer }[]>`
    select id, next, returned
    from identity.channel_order
    where browser = ${sha256(browser)} and channel = ${channel} and returned is not null and expires_at > now()
    order by expires_at desc
    limit 1`
  if (!row) return undefined
  const foreign = JSON.parse(vault.open('channel-returned', row.returned, channel).toString()) as Foreign
  return { id: row.id, next: row.next, foreign }
}

/** Ends an order. False if another request has ended it first. */
export async function deleteOrder(sql: Sql, id: Buffer): Promise<boolean> {
  return (await sql`delete from identity.channel_order where id = ${id}`).count > 0
}

/** A job: those who never came back. */
export async function deleteExpiredOrders(sql: Sql): Promise<void> {
  await sql`delete from identity.channel_order where expires_at < now()`
}

/** One binding, as its person sees it. */
export type Binding = {
  id: string
  channel: string
  direction: 'inbound' | 'outbound'
  level: string
  boundAt: string
  usedAt: string
}

/** Whose account this subject of the channel is bound to, and by which binding. */
export async function findBoundPerson(
  sql: Sql,
  channel: string,
  subject: Buffer,
): Promise<{ personId: string; bindingId: string } | undefined> {
  const [row] = await sql<{ personId: string; bindingId: string }[]>`
    select binding.person_id, binding.id as binding_id
    from identity.channel_binding as binding
    join identity.person on person.id = binding.person_id
    where binding.channel = ${channel} and binding.subject = ${subject} and binding.direction = 'inbound'
      and binding.unbound_at is null and person.closed_at is null`
  return row
}

type NewBinding = { channel: string; personId: string; subject: Buffer; level: string; knownAt: Date }

/** Binds, and returns the binding. A subject that is bound already violates `channel_binding_inbound_once`. */
export async function insertInboundBinding(
  sql: Sql,
  { channel, personId, subject, level, knownAt }: NewBinding,
): Promise<string> {
  const [row] = await sql<[{ id: string }]>`
    insert into identity.channel_binding (channel, direction, person_id, subject, level, known_at)
    values (${channel}, 'inbound', ${personId}, ${subject}, ${level}, ${knownAt})
    returning id`
  return row.id
}

/** Notes that a binding was used, at which of their levels. */
export async function useBinding(sql: Sql, channel: string, subject: Buffer, level: string): Promise<void> {
  await sql`
    update identity.channel_binding
    set used_at = now(), level = ${level}
    where channel = ${channel} and subject = ${subject} and unbound_at is null`
}

/** What a person has bound, newest first. */
export async function listBindings(sql: Sql, personId: string): Promise<Binding[]> {
  return sql<Binding[]>`
    select id, channel, direction, level, bound_at, used_at
    from identity.channel_binding
    where person_id = ${personId} and unbound_at is null
    order by bound_at desc
    limit ${bindingsMax}`
}

/** Unlinks. Returns what ended; undefined if nothing of this person did. */
export async function unbind(sql: Sql, personId: string, id: string): Promise<Binding | undefined> {
  const [row] = await sql<Binding[]>`
    update identity.channel_binding
    set unbound_at = now()
    where id = ${id} and person_id = ${personId} and unbound_at is null
    returning id, channel, direction, level, bound_at, used_at`
  return row
}

const proofYears = 1

/**
 * What the other platform says of the person counts as a proof for a year from when it was last said. A level that sank
 * over there sinks here.
 */
export async function setChannelProof(sql: Sql, personId: string, organisation: string, level: Level): Promise<void> {
  await sql`
    update identity.proof
    set withdrawn_at = now()
    where person_id = ${personId} and method = 'channel' and organisation = ${organisation} and withdrawn_at is null
      and (level <> ${level} or expires_at < now() + ${proofYears} * interval '1 year' - interval '30 days')`
  if (level > 1)
    await sql`
      insert into identity.proof (person_id, level, method, organisation, expires_at)
      select ${personId}, ${level}, 'channel', ${organisation}, now() + ${proofYears} * interval '1 year'
      where not exists (
        select from identity.proof
        where person_id = ${personId} and method = 'channel' and organisation = ${organisation} and withdrawn_at is null)`
}

/** What the other platform said of the person counts no more. */
export async function withdrawChannelProof(sql: Sql, personId: string, organisation: string): Promise<void> {
  await sql`
    update identity.proof
    set withdrawn_at = now()
    where person_id = ${personId} and method = 'channel' and organisation = ${organisation} and withdrawn_at is null`
}

/** After unlinking: what was proven over there counts no more, and browsers that came in by it are signed out. */
export async function endChannelTrust(sql: Sql, personId: string, organisation: string): Promise<void> {
  await withdrawChannelProof(sql, personId, organisation)
  await deleteSessions(sql, sql`person_id = ${personId} and methods @> array['fed']`)
}
