import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Installation } from '#platform'
import { problem } from '../problems.ts'
import { type Client, findClient } from '../provider/clients.sql.ts'
import type { OpenProvider } from '../provider/provider.ts'

/** The scope of a service’s own token (client credentials) that lets it ask for forms. */
export const fillingScope = 'filling'

/**
 * The client whose access token a request carries (RFC 6750, §2.1): a token of its own for this installation’s address,
 * with the scope `filling`. Refuses with 401 and 403 and says so in `www-authenticate`, as RFC 6750, §3 has it.
 */
export async function getFillingClient(
  { sql, address }: Installation,
  provider: OpenProvider,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Client> {
  const [, value = ''] = /^Bearer ([A-Za-z0-9._~+/-]{20,500}=*)$/i.exec(request.headers.authorization ?? '') ?? []
  const { ClientCredentials, issuer } = await provider.get()
  const token = value ? await ClientCredentials.find(value) : undefined
  const bound = token && (token as { jkt?: string }).jkt !== undefined
  // A token that is bound to a key is worth nothing without a proof of that key, and none is read here (RFC 9449, §7.2).
  if (!token?.isValid || ![token.aud].flat().includes(address) || bound || token['x5t#S256'] !== undefined) {
    reply.header('www-authenticate', `Bearer realm="${issuer}", error="invalid_token"`)
    throw problem('filling-token')
  }
  if (!token.scope?.split(' ').includes(fillingScope)) {
    reply.header('www-authenticate', `Bearer realm="${issuer}", error="insufficient_scope", scope="${fillingScope}"`)
    throw problem('filling-scope')
  }
  const client = await findClient(sql, token.clientId!)
  if (!client || client.state === 'suspended') throw problem('filling-token')
  return client
}
