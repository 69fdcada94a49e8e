import * as client from 'openid-client'
import { problem } from '../problems.ts'
import type { Connection, Foreign, Order } from './channels.sql.ts'

const timeoutSeconds = 5
const keptMs = 10 * 60_000
const kept = new Map<string, { until: number; configuration: Promise<client.Configuration> }>()

const isLoopback = (url: URL) => ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)

/** What the provider says of itself, asked again every ten minutes and after each change of the connection. */
async function discover({ id, address, clientId, secret, changedAt }: Connection): Promise<client.Configuration> {
  const key = `${id} ${address} ${changedAt}`
  const now = performance.now()
  const before = kept.get(key)
  if (before && before.until > now) return before.configuration
  const server = new URL(address)
  // Plain HTTP is for a provider on this machine alone.
  const execute = isLoopback(server) ? [client.allowInsecureRequests] : []
  const configuration = client.discovery(server, clientId, secret, undefined, { execute, timeout: timeoutSeconds })
  kept.clear()
  kept.set(key, { until: now + keptMs, configuration })
  configuration.catch(() => kept.delete(key))
  return configuration
}

/** Where the browser goes: authorisation code with PKCE, state and nonce (RFC 7636, OpenID Connect Core 1.0 §3.1). */
export async function beginOpenId(
  connection: Connection,
  {
    nonce,
    verifier,
    state,
    redirectUri,
    levels,
  }: Order & { state: string; redirectUri: string; levels: readonly string[] },
): Promise<URL> {
  const configuration = await reached(discover(connection))
  return client.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: 'openid profile',
    // Any of them will do; asking makes the provider tell which it was.
    acr_values: levels.toReversed().join(' '),
    state,
    nonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  })
}

/**
 * Who came back. The library checks `state`, `iss` (RFC 9207), the ID token’s signature, audience, nonce and times.
 * Refuses as `channel-refused` what does not hold, and as `channel-away` a provider that cannot be reached.
 */
export async function finishOpenId(
  connection: Connection,
  order: Order,
  state: string,
  returnedTo: URL,
): Promise<Foreign> {
  const configuration = await reached(discover(connection))
  const checks = {
    expectedState: state,
    expectedNonce: order.nonce,
    pkceCodeVerifier: order.verifier,
    idTokenExpected: true,
  }
  const tokens = await reached(client.authorizationCodeGrant(configuration, returnedTo, checks))
  const claims = tokens.claims()!
  const name = typeof claims.name === 'string' ? claims.name.slice(0, 100) : undefined
  return { subject: claims.sub, level: String(claims.acr ?? ''), ...(name && { name }) }
}

/** Says in one of two sentences what went wrong; the library's reason, without what was sent, is for the log. */
async function reached<Result>(asked: Promise<Result>): Promise<Result> {
  try {
    return await asked
  } catch (error) {
    const { code, name } = error as { code?: string; name: string }
    const away =
      /^(OAUTH_TIMEOUT|ECONN|ENOTFOUND|EAI_AGAIN|UND_ERR)/.test(code ?? causeOf(error)) || name === 'TypeError'
    throw problem(away ? 'channel-away' : 'channel-refused', { detail: `${name} ${code ?? ''}` })
  }
}

const causeOf = (error: unknown): string => ((error as { cause?: { code?: string } }).cause?.code ?? '').toString()
