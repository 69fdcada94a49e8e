import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Installation } from '#platform'
import { powersOf } from '../developers/powers.ts'
import { problem } from '../problems.ts'
import { type Client, findClient, insertClientError } from '../provider/clients.sql.ts'
import { provenKey } from '../provider/proven-key.ts'
import type { OpenProvider } from '../provider/provider.ts'

/** The scope of a service’s own token (client credentials) that lets it ask for forms. */
const fillingScope = 'filling'

/**
 * The client whose access token a request carries: a token of its own for this installation’s address with the scope
 * `filling`, as a bearer (RFC 6750, §2.1), or bound to a key that the request proves (RFC 9449, §7.1). Refuses with 401 and
 * 403 and says so in `www-authenticate`.
 */
export async function getFillingClient(
  { sql, address }: Installation,
  provider: OpenProvider,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Client> {
  const header = /^(Bearer|DPoP) ([A-Za-z0-9._~+/-]{20,500}=*)$/i.exec(request.headers.authorization ?? '')
  const [, scheme = 'Bearer', value = ''] = header ?? []
  const open = await provider.get()
  const token = value ? await open.ClientCredentials.find(value) : undefined
  const htu = `${address}${request.routeOptions.url}`
  const refuse = (error: string) =>
    reply.header('www-authenticate', `${scheme} realm="${open.issuer}", error="${error}", scope="${fillingScope}"`)
  const good =
    token?.isValid &&
    [token.aud].flat().includes(address) &&
    // One that is bound to a certificate needs the proxy’s word for it, which is not asked here.
    token['x5t#S256'] === undefined &&
    (token as { jkt?: string }).jkt === (await provenKey(open, request, { scheme, value, htu, use: 'filling' }))
  if (!good) {
    refuse('invalid_token')
    throw problem('filling-token')
  }
  const client = await findClient(sql, token.clientId!)
  if (!client || client.state === 'suspended') throw problem('filling-token')
  if (token.scope?.split(' ').includes(fillingScope)) return client
  refuse('insufficient_scope')
  // A token without the scope is given to whoever may not have it (RFC 6749, §3.3): that it is so is told here.
  const powers = powersOf(client)
  const approved = !powers || powers.includes('filling')
  const reason = approved ? 'the token does not have the scope filling' : 'forms are not approved for this client'
  const refused = { route: 'filling', error: 'insufficient_scope', reason, request: request.id, proven: true }
  await insertClientError(sql, client.id, { ...refused, personId: undefined })
  throw problem(approved ? 'filling-scope' : 'filling-unapproved')
}
