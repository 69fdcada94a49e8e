import { lookup } from 'node:dns'
import { request as requestInClear } from 'node:http'
import { request as requestSecurely } from 'node:https'
import type { LookupFunction } from 'node:net'
import { literalOf, mayReach, type Reach } from './webhooks.rules.ts'

/** How long an address has to take a message, from the first look at its name to the status of its answer. */
export const waitMs = 10_000

export type Lookup = typeof lookup

/** The status of an answer, or the code of what failed instead of one. */
export type Posted = { status: number } | { failure: string }

/**
 * Sends a message. The connection is made to the very address that was looked at, so that a name cannot lead elsewhere between the look
 * and the call. No redirect is followed, and nothing of the answer is read but its status. `resolve` is another way to look names up.
 */
export function postMessage(
  url: URL,
  { headers, body }: { headers: Record<string, string>; body: string },
  reach: Reach,
  { resolve = lookup, timeoutMs = waitMs }: { resolve?: Lookup; timeoutMs?: number } = {},
): Promise<Posted> {
  const literal = literalOf(url)
  // A host that is an address is never looked up, so that it is judged here.
  if (literal && !mayReach(literal, url.protocol, reach)) return Promise.resolve({ failure: 'ENOTALLOWED' })
  const checked: LookupFunction = (hostname, options, done) =>
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, '')
      const [first] = addresses
      if (!first || !addresses.every(({ address }) => mayReach(address, url.protocol, reach)))
        return done(Object.assign(new Error('Not an address for messages'), { code: 'ENOTALLOWED' }), '')
      return options.all ? done(null, addresses) : done(null, first.address, first.family)
    })
  const send = url.protocol === 'http:' ? requestInClear : requestSecurely
  const signal = AbortSignal.timeout(timeoutMs)
  return new Promise((done) => {
    const options = { method: 'POST', headers, lookup: checked, agent: false as const, signal }
    const sent = send(url, options, (response) => {
      done({ status: response.statusCode ?? 0 })
      response.destroy()
    })
    sent.on('error', (error: Error & { code?: string }) => {
      done({ failure: signal.aborted ? 'ETIMEDOUT' : String(error.code ?? 'unknown').slice(0, 60) })
    })
    sent.end(body)
  })
}
