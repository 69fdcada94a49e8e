import type { FastifyReply, FastifyRequest } from 'fastify'
import { say, type Text } from './languages.ts'
import type { Person } from './person.ts'

/** What a token of this scope lets a program do, and which permissions it can carry at most. Without any it is a person’s alone. */
export type Scope = { text: Text; permissions?: readonly string[] }

/** Every scope of the modules by its name, for the provider, the pages and the OpenAPI document. */
export const allScopes = new Map<string, Scope>()

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * The scope whose access tokens open this route, or each of several; `own` where it reads tokens by itself. Without it a token is
     * refused.
     */
    scope?: string | readonly string[]
  }
}

/** The scopes by which a route is opened. */
export const scopesOfRoute = ({ scope }: { scope?: string | readonly string[] } = {}): readonly string[] =>
  [scope ?? []].flat()

/** Whom an access token stands for on the route of a request (RFC 6750, §2.1; RFC 9449, §7.1). Refuses as RFC 6750, §3.1, says. */
export type IdentifyToken = (
  request: FastifyRequest,
  reply: FastifyReply,
  token: { scheme: string; value: string },
) => Promise<Person>

/** The access token that a request brings; undefined where it brings none, or the route reads it by itself. */
export function tokenOf({ headers, routeOptions }: FastifyRequest): { scheme: string; value: string } | undefined {
  const [, scheme, value] = /^(Bearer|DPoP) +(\S+)$/i.exec(headers.authorization ?? '') ?? []
  return scheme && value && routeOptions.url && routeOptions.config.scope !== 'own' ? { scheme, value } : undefined
}

/** For the OpenAPI document: how a request can be signed. */
export function securitySchemes() {
  const scopes = Object.fromEntries([...allScopes].map(([name, { text }]) => [name, say(text, 'en')]))
  const own = Object.fromEntries(Object.entries(scopes).filter(([name]) => allScopes.get(name)?.permissions))
  const [authorizationUrl, tokenUrl] = ['/id/auth', '/id/token']
  const flows = {
    authorizationCode: { authorizationUrl, tokenUrl, scopes },
    clientCredentials: { tokenUrl, scopes: own },
  }
  return { session: { type: 'apiKey', in: 'cookie', name: 'praya_session' }, token: { type: 'oauth2', flows } } as const
}

/** By what one route is opened, for the OpenAPI document. */
export function securityOf(config: { access?: string; scope?: string | readonly string[] } = {}) {
  const tokens = scopesOfRoute(config).filter((scope) => scope !== 'own')
  return [config.access === 'public' ? {} : { session: [] }, ...tokens.map((scope) => ({ token: [scope] }))]
}
