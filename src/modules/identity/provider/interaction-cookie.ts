import type { FastifyRequest } from 'fastify'
import type { KoaContextWithOIDC } from 'oidc-provider'

/** How long a request of a client waits for its person. */
export const interactionSeconds = 30 * 60

/**
 * A cookie for each request of a client, by its identifier, so that two services opened at once in one browser do not
 * disturb each other: one cookie for all would lose what the other of two at the same time adds. An address that somebody
 * else sent is worth nothing in a browser that did not ask.
 */
const prefix = 'praya_request_'
const nameOf = (uid: string) => `${prefix}${uid}`

/** Requests that one browser can be in the middle of. All their cookies go with every page, and headers have an end. */
const requestsMax = 10
/** Cookies that one answer takes back: of its headers proxies read some kilobytes. */
const forgottenMax = 20

/** Keeps in the browser that it began this request, and lets it forget the oldest where there are too many. */
export function bindToBrowser(ctx: KoaContextWithOIDC, uid: string, secure: boolean): void {
  // RFC 6265, §5.4: a browser sends them in the order in which they were made.
  const before = ctx
    .get('cookie')
    .split('; ')
    .flatMap((each) => (each.startsWith(prefix) ? [each.slice(prefix.length).split('=')[0]!] : []))
    .filter((each) => /^[\w-]{1,60}$/.test(each))
  const tooMany = Math.max(0, before.length - requestsMax + 1)
  for (const each of before.slice(0, Math.min(tooMany, forgottenMax))) unbind(ctx, each)
  const maxAge = interactionSeconds * 1000
  // Pages of interactions have the language before their address.
  ctx.cookies.set(nameOf(uid), '1', { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge })
}

export const isBoundTo = ({ cookies }: FastifyRequest, uid: string): boolean => cookies[nameOf(uid)] === '1'

export const unbind = (ctx: KoaContextWithOIDC, uid: string): void =>
  void ctx.cookies.set(nameOf(uid), null, { path: '/' })
