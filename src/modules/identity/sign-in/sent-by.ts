import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { type Installation, Text } from '#platform'
import { findFilling } from '../filling/filling.sql.ts'
import { findClient } from '../provider/clients.sql.ts'
import { uidIn } from '../provider/interaction.rules.ts'
import { isBoundTo } from '../provider/interaction-cookie.ts'
import type { Asking } from './sign-in.sql.ts'

/** A service that sent a browser here. */
export type Service = Static<typeof Service>
export const Service = Type.Object({
  name: Text,
  organisation: Type.Union([Text, Type.Null()]),
  origin: Type.String(),
  sandbox: Type.Boolean(),
})

/** The request of a service that this browser is in the middle of, and that waits at `next`: nobody else is told of it. */
export function uidOf(request: FastifyRequest, next: string): string | undefined {
  const uid = uidIn(next)
  return uid !== undefined && isBoundTo(request, uid) ? uid : undefined
}

/** A service as the person reads of it. */
export const serviceOf = (
  { pack }: Pick<Installation, 'pack'>,
  { name, organisation, state, redirectUri }: Asking,
): Service => ({
  name,
  organisation: pack.organisations.find(({ id }) => id === organisation)?.name ?? null,
  origin: new URL(redirectUri).origin,
  sandbox: state === 'sandbox',
})

/** The service whose form waits at `next`, which whoever has its link may know; null where none does. */
export async function findFormService(installation: Installation, next: string): Promise<Service | null> {
  const handle = /^\/filling\/([\w-]{20,60})$/.exec(next)?.[1]
  const filling = handle && (await findFilling(installation.sql, installation, handle))
  const client = filling && (await findClient(installation.sql, filling.clientId))
  if (!filling || !client || client.state === 'suspended') return null
  return serviceOf(installation, { ...client, redirectUri: filling.redirect_uri })
}
