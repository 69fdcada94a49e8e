import type { FastifyRequest } from 'fastify'
import type { KoaContextWithOIDC } from 'oidc-provider'

/** How long a request of a client waits for its person. */
export const interactionSeconds = 30 * 60

/**
 * A cookie for each request of a client, by its identifier, so that two services opened at once in one browser do not
 * disturb each other. An address that somebody else sent is worth nothing in a browser that did not ask.
 */
const nameOf = (uid: string) => `praya_request_${uid}`

/** Keeps in the browser that it began this request. */
export function bindToBrowser(ctx: KoaContextWithOIDC, uid: string, secure: boolean): void {
  const maxAge = interactionSeconds * 1000
  // Pages of interactions have the language before their address.
  ctx.cookies.set(nameOf(uid), '1', { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge })
}

export const isBoundTo = ({ cookies }: FastifyRequest, uid: string): boolean => cookies[nameOf(uid)] === '1'

export const unbind = (ctx: KoaContextWithOIDC, uid: string): void =>
  void ctx.cookies.set(nameOf(uid), null, { path: '/' })
