import type { FastifyRequest } from 'fastify'
import type { Provider } from 'oidc-provider'
import { allScopes, type IdentifyToken, type Installation, type Level, type Person, scopesOfRoute } from '#platform'
import { powersOf } from '../developers/powers.ts'
import { problem } from '../problems.ts'
import { permissionsOf } from '../roles.ts'
import { limitsOf } from '../sessions/sessions.ts'
import { findClient } from './clients.sql.ts'
import { levelsIn } from './interaction.rules.ts'
import { provenKey } from './proven-key.ts'
import { providerOf } from './provider.ts'
import { openClientCredentials } from './sealed-tokens.ts'
import { pairwiseOf } from './subject.ts'
import { findTokenPerson } from './token-person.sql.ts'
import { beginWork } from './work.ts'

type Sent = { scheme: string; value: string }

/** What is asked of a token, of a person’s and of a program’s own. */
type Token = {
  isValid: boolean
  aud?: string | string[] | undefined
  'x5t#S256'?: string | undefined
  jkt?: string | undefined
}

/**
 * Whom an access token of this installation’s provider stands for: the person who agreed, in the name in which they did, or the
 * program of a department for itself. What counts is asked at each request, so that whatever is taken back is gone at once. One
 * statement more than a session costs.
 */
export const identifyToken = (installation: Installation): IdentifyToken => {
  const { sql, vault } = installation

  /** Meant for us, whole, and sent by whoever holds the key to which it is bound. */
  async function isGood(open: Provider, request: FastifyRequest, token: Token, sent: Sent): Promise<boolean> {
    if (!token.isValid || ![token.aud].flat().includes(installation.address)) return false
    // One that is bound to a certificate needs the proxy’s word for it, which is not asked here.
    if (token['x5t#S256'] !== undefined) return false
    const htu = `${installation.address}${request.originalUrl.split('?')[0]}`
    return token.jkt === (await provenKey(open, request, { ...sent, htu, use: 'api' }))
  }

  async function programOf(open: Provider, request: FastifyRequest, sent: Sent) {
    const token = await open.ClientCredentials.find(sent.value)
    if (!token || !(await isGood(open, request, token, sent))) return undefined
    const client = await findClient(sql, token.clientId!)
    if (!client || client.state === 'suspended' || !mayActByTokens(client)) return undefined
    const { organisation } = client
    const program = {
      ...{ id: `client/${client.id}`, name: client.name, methods: ['client'], level: 1 as Level },
      authenticatedAt: new Date(token.iat! * 1000).toISOString(),
    }
    return {
      scopes: scopesOf(token),
      // What a person’s own token does no program does by itself, nor one that belongs to no department.
      personFor: (scope: string): Person | undefined => {
        const permissions = allScopes.get(scope)?.permissions
        const token = { scope, client: client.id }
        return permissions && organisation !== null ? { ...program, organisation, permissions, token } : undefined
      },
    }
  }

  async function personOf(open: Provider, request: FastifyRequest, sent: Sent) {
    const { token, session } = await beginWork(() => findWithSession(open, sent.value)).answer
    if (!token || !(await isGood(open, request, token, sent))) return undefined
    const found = await findTokenPerson(sql, token.accountId, token.clientId!, installation.demonstration)
    if (!found || !mayActByTokens(found.client)) return undefined
    const { id, name, organisation, companyName, level, roles, limits, scopes: agreed } = found
    request.actingLimits = limitsOf(limits)
    const held = permissionsOf(roles)
    const [carried = 1] = levelsIn([session?.acr])
    return {
      scopes: scopesOf(token).filter((scope) => agreed.includes(scope)),
      personFor: (scope: string): Person => ({
        ...{ id, name, methods: session?.amr ?? [], level: Math.min(level, carried) as Level },
        ...(organisation && { organisation }),
        ...(companyName && { companyName }),
        permissions: held.filter((each) => allScopes.get(scope)?.permissions?.includes(each)),
        // Without the session in which it was given nobody knows when the person was there last.
        authenticatedAt: new Date((session?.loginTs ?? 0) * 1000).toISOString(),
        token: { scope, client: token.clientId! },
      }),
    }
  }

  return async (request, reply, sent) => {
    const scopes = scopesOfRoute(request.routeOptions.config)
    const refuse = (error: string, more = '') =>
      reply.header(
        'www-authenticate',
        `${sent.scheme} error="${error}"${more}, resource_metadata="${installation.address}${metadataPath}"`,
      )
    if (scopes.length === 0) {
      refuse('insufficient_scope')
      throw problem('token-not-taken')
    }
    const open = await providerOf(installation).get()
    const own = openClientCredentials(vault, sent.value)
    const found = own ? await programOf(open, request, sent) : await personOf(open, request, sent)
    if (!found) {
      refuse('invalid_token')
      throw problem('token-invalid')
    }
    const people = scopes.flatMap((scope) => (found.scopes.includes(scope) ? (found.personFor(scope) ?? []) : []))
    // Of several scopes that the token has, the one that allows something beyond what is the person’s own.
    const person = people.find(({ permissions }) => permissions.length > 0) ?? people[0]
    if (person) return person
    const scope = scopes.join(' ')
    refuse('insufficient_scope', `, scope="${scope}"`)
    throw problem('token-scope', { values: { scope } })
  }
}

/**
 * The name of a person for whoever asks: for a program with an access token the `sub` by which its client knows them, or would; for
 * somebody who is here themselves the identifier of this installation.
 */
export async function subjectOf(installation: Installation, { token }: Person, personId: string): Promise<string> {
  if (!token) return personId
  const client = await (await providerOf(installation).get()).Client.find(token.client)
  if (!client) throw new Error(`${token.client} asked by a token and is no client`)
  return pairwiseOf(installation)(undefined as never, personId, client)
}

/** Where it stands what this installation takes tokens for, and from whom (RFC 9728, §3). */
export const metadataPath = '/.well-known/oauth-protected-resource'

export const resourceMetadata = ({ address: resource }: Installation) => ({
  ...{ resource, authorization_servers: [`${resource}/id`], scopes_supported: [...allScopes.keys()] },
  bearer_methods_supported: ['header'],
  dpop_signing_alg_values_supported: ['ES256', 'PS256', 'EdDSA', 'Ed25519'],
})

/** The token, and the session in which it was given, which came along with it. */
async function findWithSession(open: Provider, value: string) {
  const token = await open.AccessToken.find(value)
  const uid = token?.sessionUid
  const session = uid ? await open.Session.findByUid(uid) : undefined
  return { token, session: session as { acr?: string; amr?: string[]; loginTs?: number } | undefined }
}

const scopesOf = ({ scope = '' }: { scope?: string | undefined }) =>
  scope.split(' ').filter((each) => allScopes.has(each))

/** Whether a client was approved for the interfaces of modules; one that the operator wrote stands for itself. */
const mayActByTokens = (client: Parameters<typeof powersOf>[0]) => powersOf(client)?.includes('acts') ?? true
