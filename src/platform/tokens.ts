import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { say, type Text } from './languages.ts'
import type { Person } from './person.ts'
import { problem } from './problem.ts'

/** What a token of this scope lets a program do, and which permissions it can carry at most. Without any it is a person’s alone. */
export type Scope = { text: Text; permissions?: readonly string[] }

/** Every scope of the modules by its name, for the provider, the pages and the OpenAPI document. */
export const allScopes = new Map<string, Scope>()

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The scope whose access tokens open this route; `own` where it reads tokens by itself. Without it a token is refused. */
    scope?: string
  }
}

/** Whom a token stands for, and the scopes that it has. Undefined for one that is wrong, has ended or was taken back. */
export type IdentifyToken = (
  request: FastifyRequest,
  token: { scheme: string; value: string },
) => Promise<{ scopes: readonly string[]; personFor: (scope: string) => Person | undefined } | undefined>

/**
 * Reads the access token of a request (RFC 6750, §2.1; RFC 9449, §7.1). True where one was sent: then no cookie counts. Refuses as §3.1
 * of RFC 6750 says, and tells where the rest stands (RFC 9728, §5.1).
 */
export async function takeToken(
  request: FastifyRequest,
  reply: FastifyReply,
  identify: IdentifyToken | undefined,
  address: string,
): Promise<boolean> {
  const [, scheme = '', value = ''] = /^(Bearer|DPoP) +(\S+)$/i.exec(request.headers.authorization ?? '') ?? []
  const { scope } = request.routeOptions.config ?? {}
  if (!identify || !scheme || scope === 'own' || request.is404) return false
  const refuse = (error: string, more = '') =>
    reply.header(
      'www-authenticate',
      `${scheme} error="${error}"${more}, resource_metadata="${address}/.well-known/oauth-protected-resource"`,
    )
  if (!scope) {
    refuse('insufficient_scope')
    throw problem('token-not-taken')
  }
  const found = await identify(request, { scheme, value })
  if (!found) {
    refuse('invalid_token')
    throw problem('token-invalid')
  }
  const person = found.scopes.includes(scope) ? found.personFor(scope) : undefined
  if (!person) {
    refuse('insufficient_scope', `, scope="${scope}"`)
    throw problem('token-scope', { values: { scope } })
  }
  request.person = person
  return true
}

/** For the OpenAPI document: how a request can be signed. */
export const securitySchemes = () => ({
  session: { type: 'apiKey', in: 'cookie', name: 'praya_session' },
  token: {
    type: 'oauth2',
    flows: {
      authorizationCode: { authorizationUrl: '/id/auth', tokenUrl: '/id/token', scopes: sentences() },
      clientCredentials: { tokenUrl: '/id/token', scopes: sentences(({ permissions }) => permissions !== undefined) },
    },
  },
})

const sentences = (fits: (scope: Scope) => boolean = () => true) =>
  Object.fromEntries([...allScopes].flatMap(([name, scope]) => (fits(scope) ? [[name, say(scope.text, 'en')]] : [])))

/** By what one route is opened, for the OpenAPI document. */
export function securityOf({ access, scope }: { access?: string; scope?: string } = {}) {
  const tokens = scope && scope !== 'own' ? [{ token: [scope] }] : []
  if (access === 'public') return tokens.length > 0 ? [{}, ...tokens] : undefined
  return [{ session: [] }, ...tokens]
}

/** RFC 9728: what this installation takes tokens for, and from whom. */
export function addResourceMetadata(app: FastifyInstance): void {
  const config = { access: 'public' }
  app.get('/.well-known/oauth-protected-resource', { config, schema: { hide: true } }, async () => {
    const { address: resource } = app.installation
    const scopes = [...allScopes.keys()]
    return {
      ...{ resource, authorization_servers: [`${resource}/id`], scopes_supported: scopes },
      ...{
        bearer_methods_supported: ['header'],
        dpop_signing_alg_values_supported: ['ES256', 'PS256', 'EdDSA', 'Ed25519'],
      },
    }
  })
}
