import type { Installation, Sql, Text } from '#platform'
import { type Connection, findConnection, upsertConnection } from './channels.sql.ts'
import { generateSm2Key } from './sm2.ts'

type Vault = Installation['vault']

/** How an officer wants a channel to be reached. A secret or key that is not given stays as it is. */
export type NewChange = Pick<Connection, 'id' | 'protocol' | 'address' | 'clientId' | 'secret' | 'peerKey' | 'open'> & {
  askedBy: string
}

/** A change that waits for another officer, without the secret. */
export type Change = {
  id: string
  protocol: Connection['protocol']
  address: string
  clientId: string
  hasSecret: boolean
  peerKey: string | null
  open: boolean
  askedBy: { id: string; name: Text }
  askedAt: string
}

/** Asks for a change, in the place of one that waits. In the caller’s transaction. */
export async function insertChange(sql: Sql, vault: Vault, change: NewChange): Promise<void> {
  const { id: channel, secret, peerKey } = change
  const sealed = secret === undefined ? null : vault.seal('channel', secret, `channel/${channel}/secret`)
  // Of two officers who ask at once, the later one’s waits.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`identity.channel/${channel}`}, 0))`
  await sql`
    update identity.channel_change
    set approved = false, decided_by = ${change.askedBy}, decided_at = now(), secret = null
    where channel = ${channel} and decided_at is null`
  await sql`
    insert into identity.channel_change (channel, protocol, address, client_id, secret, peer_key, open, asked_by)
    values (${channel}, ${change.protocol}, ${change.address}, ${change.clientId}, ${sealed}, ${peerKey ?? null},
            ${change.open}, ${change.askedBy})`
}

/** The change of a channel that waits for another officer. */
export async function findWaitingChange(sql: Sql, channel: string): Promise<Change | undefined> {
  const [row] = await sql<Change[]>`
    select change.id, change.protocol, change.address, change.client_id, change.secret is not null as has_secret,
      change.peer_key, change.open, change.asked_at,
      jsonb_build_object('id', person.id, 'name', person.name) as asked_by
    from identity.channel_change as change
    join identity.person on person.id = change.asked_by
    where change.channel = ${channel} and change.decided_at is null`
  return row
}

/** The channels of which a change waits. */
export async function listWaitingChannels(sql: Sql): Promise<string[]> {
  const rows = await sql<{ channel: string }[]>`
    select channel
    from identity.channel_change
    where decided_at is null
    order by channel
    limit 100`
  return rows.map(({ channel }) => channel)
}

type Decision = { change: string; channel: string; by: string; approved: boolean }

/**
 * Approves a change, by which the channel is reached from now on, or refuses it. In the caller’s transaction. `own`: who
 * asked for it does not approve it; they may take it back. `gone`: it was decided, or another was asked for since.
 */
export async function decideChange(
  sql: Sql,
  vault: Vault,
  { change, channel, by, approved }: Decision,
): Promise<{ askedBy: string } | 'own' | 'gone'> {
  type Row = Omit<NewChange, 'id' | 'secret' | 'peerKey'> & { secret: Buffer | null; peerKey: string | null }
  const [row] = await sql<Row[]>`
    select protocol, address, client_id, secret, peer_key, open, asked_by
    from identity.channel_change
    where id = ${change} and channel = ${channel} and decided_at is null
    for update`
  if (!row) return 'gone'
  const { askedBy, secret, peerKey, ...connection } = row
  if (approved && askedBy === by) return 'own'
  await sql`
    update identity.channel_change
    set approved = ${approved}, decided_by = ${by}, decided_at = now(), secret = null
    where id = ${change}`
  if (!approved) return { askedBy }
  const values = {
    ...connection,
    id: channel,
    ...(secret && { secret: vault.open('channel', secret, `channel/${channel}/secret`).toString() }),
    ...(peerKey && { peerKey }),
    ...(connection.protocol === 'envelope' && { signingKey: generateSm2Key() }),
  }
  await upsertConnection(sql, vault, values, askedBy)
  return { askedBy }
}

/** Opens or closes a channel as it is. */
export async function openChannel(sql: Sql, channel: string, open: boolean, changedBy: string): Promise<void> {
  await sql`
    update identity.channel
    set open = ${open}, changed_at = now(), changed_by = ${changedBy}
    where id = ${channel} and open <> ${open}`
}

/** Whether a form asks for nothing but to open or close the channel as it is. */
export async function isUnchanged(
  sql: Sql,
  vault: Vault,
  asked: Omit<NewChange, 'askedBy' | 'open'>,
): Promise<boolean> {
  const before = await findConnection(sql, vault, asked.id)
  return (
    before !== undefined &&
    before.protocol === asked.protocol &&
    before.address === asked.address &&
    before.clientId === asked.clientId &&
    asked.secret === undefined &&
    (asked.peerKey ?? before.peerKey) === before.peerKey
  )
}

/** Whoever set a channel up or approved how it is reached could have it say anything of themselves. */
export async function isOwnChannel(sql: Sql, channel: string, personId: string): Promise<boolean> {
  const [row] = await sql`
    select 1
    where exists (
        select from identity.channel
        where id = ${channel} and changed_by = ${personId})
      or exists (
        select from identity.channel_change
        where channel = ${channel} and approved and ${personId} in (asked_by, decided_by))`
  return row !== undefined
}

/** Whom to tell that a channel is reached otherwise: those who are linked by it, after this one in their order. */
export async function listLinked(sql: Sql, channel: string, after: string, limit: number): Promise<string[]> {
  const rows = await sql<{ personId: string }[]>`
    select distinct person_id
    from identity.channel_binding
    where channel = ${channel} and direction = 'inbound' and unbound_at is null and person_id > ${after}
    order by person_id
    limit ${limit}`
  return rows.map(({ personId }) => personId)
}
