import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Installation, type Level, type Sql, Text } from '#platform'
import { problem } from '../problems.ts'
import { ChannelId } from '../types.ts'
import { isOwnChannel } from './changes.sql.ts'
import { type Connection, type Foreign, findConnection, setChannelProof } from './channels.sql.ts'
import { type Channel, channels } from './definitions.ts'

export const cookieName = 'praya_channel'
export const Params = Type.Object({ channel: ChannelId })
export const NamedChannel = Type.Object({ id: Type.String(), name: Text, about: Text })

/** A channel of the pack that an operator has opened; refuses as `channel-not-found`. */
export async function getOpen(
  { sql, pack, vault }: Installation,
  id: string,
): Promise<{ channel: Channel; connection: Connection }> {
  const channel = pack.find(channels, id)
  const connection = channel && (await findConnection(sql, vault, id))
  if (!channel || !connection?.open) throw problem('channel-not-found')
  return { channel, connection }
}

/** The keyed hash under which somebody of another platform is known here. */
export const subjectOf = (vault: Installation['vault'], id: string, { subject }: Foreign) =>
  vault.lookup('channel-subject', `${id} ${subject}`)

/** Keeps what the other platform says of a person as a proof, but of the officers who said how it is reached. */
export async function proveByChannel(
  sql: Sql,
  personId: string,
  { id, organisation }: Pick<Channel, 'id' | 'organisation'>,
  level: Level,
): Promise<void> {
  await setChannelProof(sql, personId, organisation, (await isOwnChannel(sql, id, personId)) ? 1 : level)
}

/** What the cookie of this browser holds since it was sent on the way. */
export function browserOf(request: FastifyRequest): string | undefined {
  const { valid, value } = request.unsignCookie(request.cookies[cookieName] ?? '')
  return valid && value ? value : undefined
}
