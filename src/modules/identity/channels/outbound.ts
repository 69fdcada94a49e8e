import type { Client } from 'oidc-provider'
import { acrOf, type Installation, type Level, type Person } from '#platform'
import type { Client as KeptClient } from '../provider/clients.sql.ts'
import { channels, oursOf, theirsOf } from './definitions.ts'
import { findOutboundLevel, useOutboundBinding } from './outbound.sql.ts'

type Means = Pick<Installation, 'sql' | 'pack'>

/**
 * Where a person must go before they sign in to a platform that is a channel: to link the two, or to prove more if their
 * level stands for none over there. Undefined for every other client, and for who is linked; that is then a use of it.
 */
export async function linkStep(
  { sql, pack }: Means,
  uid: string,
  client: Pick<KeptClient, 'channel'>,
  person: Person,
): Promise<string | undefined> {
  if (client.channel === null) return undefined
  const channel = pack.find(channels, client.channel)
  const level = channel && theirsOf(channel, person.level)
  if (!level || (await findOutboundLevel(sql, person.id, client.channel)) === undefined)
    return `/sign-in/services/${uid}/link`
  await useOutboundBinding(sql, person.id, client.channel, level)
  return undefined
}

type Known = { id: string; level: Level; salt: Buffer | null }

/**
 * What a platform that is a channel is told beside who the person is: their level as it names levels, and no more than is
 * proven now, nor than the sign-in carried from which the token comes. Nothing for other clients.
 */
export async function channelClaims(
  { sql, pack }: Means,
  client: Client | undefined,
  account: Known,
  acr: string | undefined,
): Promise<{ channel_level?: string }> {
  const channel = client?.channel === undefined ? undefined : pack.find(channels, String(client.channel))
  if (!channel) return {}
  const told = await findOutboundLevel(sql, account.id, channel.id)
  const carried = ([1, 2, 3] as const).find((level) => acrOf(level) === acr) ?? oursOf(channel, told ?? '') ?? 1
  const level = theirsOf(channel, Math.min(carried, account.level) as Level)
  return level === undefined ? {} : { channel_level: level }
}
