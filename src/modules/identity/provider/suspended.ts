import type { KoaContextWithOIDC } from 'oidc-provider'
import type { Sql } from '#platform'
import { type Client, findClient } from './clients.sql.ts'

/** As its developer finds it among the refusals. */
export const suspendedReason = 'the client is suspended'

/** As which client a request asks, whether or not there is one. */
function namedIn(ctx: KoaContextWithOIDC): string | undefined {
  const { params, body } = ctx.oidc
  const given = [params?.client_id, ctx.query.client_id, body?.client_id, userOf(ctx.get('authorization'))]
  return given.find((id): id is string => typeof id === 'string' && /^[A-Za-z0-9][A-Za-z0-9._-]{2,99}$/.test(id))
}

/** The user of HTTP basic authentication, which is encoded as in a form (RFC 6749, §2.3.1). */
const userOf = (header: string): string | null => {
  const [, value = ''] = /^Basic ([A-Za-z0-9+/]{4,2000}={0,2})$/i.exec(header) ?? []
  const [user = ''] = Buffer.from(value, 'base64').toString().split(':')
  return new URLSearchParams(`user=${user.replaceAll('&', '')}`).get('user')
}

/**
 * The client of a request that was refused as that of none, where it is suspended: to the library such a client is not
 * there. Undefined for every other.
 */
export async function findSuspended(
  sql: Sql,
  ctx: KoaContextWithOIDC,
  error: string | undefined,
): Promise<Client | undefined> {
  const id = error === 'invalid_client' && !ctx.oidc.client ? namedIn(ctx) : undefined
  const client = id && (await findClient(sql, id))
  return client && client.state === 'suspended' ? client : undefined
}
