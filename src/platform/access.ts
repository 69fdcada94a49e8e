import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Level } from './person.ts'
import { type Problem, problem } from './problem.ts'
import { allScopes, scopesOfRoute } from './tokens.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** `public`, `signed-in`, or the permission that a person must hold: `estimates:import-document`. */
    access?: string
    /** How sure we must be of who asks. Whoever falls short is led to prove more, and back (RFC 9470). */
    level?: Level
    /** How long ago at most the person proved to be there. */
    freshSeconds?: number
    /** A protocol that other sites may post to by its own rules, and answer for. */
    anySite?: boolean
    /** The audit events of an unsafe route: `estimates.document-imported`; `none` where nothing changes, with the reason beside it. */
    event?: string | readonly string[]
  }
}

export const eventsOf = (config: { event?: string | readonly string[] } | undefined) => [config?.event ?? []].flat()

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Denies by default: a route without `access`, with a permission or an event that no module declares, or an
 * unsafe one without `event` stops the start of the program. Then guards every request.
 */
export function addAccess(
  app: FastifyInstance,
  permissions: ReadonlySet<string>,
  events: ReadonlySet<string>,
  now: () => Date,
): void {
  app.addHook('onRoute', ({ method, url, config }) => {
    const access = config?.access
    const route = `${method} ${url}`
    if (!access) throw new Error(`${route} does not say who may use it: give it config.access`)
    if (access !== 'public' && access !== 'signed-in' && !permissions.has(access))
      throw new Error(`${route} asks for ${access}, which no module declares in "permissions"`)
    const stray = scopesOfRoute(config).find((scope) => scope !== 'own' && !allScopes.has(scope))
    if (stray) throw new Error(`${route} takes tokens of ${stray}, which no module declares in "scopes"`)
    const unknown = eventsOf(config).find((each) => each !== 'none' && !events.has(each))
    if (unknown) throw new Error(`${route} causes ${unknown}, which no module declares in "events"`)
    if ([method].flat().some((each) => !safeMethods.has(each)) && !config?.event)
      throw new Error(`${route} changes something but names no audit event: give it config.event`)
  })

  app.addHook('onRequest', (request, _, done) => done(refusalOf(request, now)))
}

function refusalOf(request: FastifyRequest, now: () => Date): Problem | undefined {
  const { access, level = 1, freshSeconds = Infinity, anySite } = request.routeOptions.config ?? {}
  const otherSite = anySite || safeMethods.has(request.method) ? undefined : refusalOfOtherSites(request)
  if (otherSite || access === undefined || access === 'public') return otherSite
  const { person } = request
  if (!person) return problem('not-signed-in')
  if (access !== 'signed-in' && !person.permissions.includes(access)) return problem('not-allowed', { detail: access })
  if (person.level < level) return problem('level-too-low', { values: { level } })
  if (now().getTime() - Date.parse(person.authenticatedAt) > freshSeconds * 1000) return problem('sign-in-too-old')
  return undefined
}

/**
 * A browser tells where a request comes from, by Sec-Fetch-Site or at least by Origin; what tells nothing is no browser
 * and carries no cookie of anybody.
 */
function refusalOfOtherSites({ headers, host }: FastifyRequest): Problem | undefined {
  const site = headers['sec-fetch-site']
  const same =
    site !== undefined
      ? site === 'same-origin' || site === 'none'
      : headers.origin === undefined || hostOf(headers.origin) === host
  return same ? undefined : problem('cross-site', { detail: `by ${site === undefined ? 'Origin' : 'Sec-Fetch-Site'}` })
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}
