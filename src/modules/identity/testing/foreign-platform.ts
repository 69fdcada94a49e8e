import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after } from 'node:test'
import { Provider } from 'oidc-provider'
import * as client from 'openid-client'

/** Where a shop, which trusts the foreign platform and does not know us, has its people come back. */
export const shopUri = 'https://shop.example/callback'

/** The address of a platform that is still to be started, for its client here to name. */
export async function reservePlatform() {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { server, issuer, redirectUri: `${issuer}/back` }
}

type Reserved = Awaited<ReturnType<typeof reservePlatform>>
type Upstream = { issuer: string; id: string; secret: string; more?: Record<string, string> }

/**
 * Another government’s platform, run for real: an OpenID Provider for its own shops, whose people sign in with their account
 * here, by a client that we did not write.
 */
export async function startForeignPlatform(
  { server, issuer, redirectUri }: Reserved,
  upstream: Upstream,
  shopAddress = shopUri,
) {
  const config = await client.discovery(new URL(upstream.issuer), upstream.id, upstream.secret, undefined, {
    execute: [client.allowInsecureRequests],
  })
  const begun = new Map<string, { verifier: string; nonce: string }>()
  const tokens: Awaited<ReturnType<typeof client.authorizationCodeGrant>>[] = []
  /** What is asked for beside the usual, as a level. */
  const asking: { more: Record<string, string> } = { more: {} }
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'shop', client_secret: 'a secret of the shop', redirect_uris: [shopAddress] }],
    claims: { openid: ['sub', 'acr'] },
    acrValues: ['low', 'middle', 'good', 'high', 'A', 'B'],
    cookies: { keys: ['of a test alone'], short: { path: '/' } },
    features: { devInteractions: { enabled: false } },
    findAccount: async (_, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    loadExistingGrant: async ({ oidc }) => {
      const grant = new provider.Grant({ clientId: oidc.client!.clientId, accountId: oidc.session!.accountId! })
      grant.addOIDCScope('openid')
      await grant.save()
      return grant
    },
  })

  async function toUpstream(uid: string, response: ServerResponse) {
    const [verifier, nonce] = [client.randomPKCECodeVerifier(), client.randomNonce()]
    begun.set(uid, { verifier, nonce })
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope: 'openid offline_access',
      state: uid,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...asking.more,
    })
    response.writeHead(303, { location: url.href }).end()
  }

  async function back(url: URL, request: IncomingMessage, response: ServerResponse) {
    const state = url.searchParams.get('state') ?? ''
    const { verifier, nonce } = begun.get(state)!
    const merge = { mergeWithLastSubmission: false }
    if (url.searchParams.has('error')) {
      const error = url.searchParams.get('error')!
      return provider.interactionFinished(request, response, { error, error_description: 'over there' }, merge)
    }
    const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true }
    const set = await client.authorizationCodeGrant(config, url, checks)
    tokens.push(set)
    const claims = set.claims()!
    const { sub } = claims
    const acr = String(claims.channel_level)
    return provider.interactionFinished(request, response, { login: { accountId: sub, acr, remember: false } }, merge)
  }

  const answer = provider.callback()
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url!, issuer)
    const uid = /^\/interaction\/([\w-]+)$/.exec(url.pathname)?.[1]
    if (!uid && url.pathname !== '/back') return void answer(request, response)
    const done = uid ? toUpstream(uid, response) : back(url, request, response)
    done.catch((error: Error) => response.writeHead(500).end(String(error)))
  })

  const shop = await client.discovery(new URL(issuer), 'shop', 'a secret of the shop', undefined, {
    execute: [client.allowInsecureRequests],
  })
  return { issuer, config, shop, tokens, asking }
}
