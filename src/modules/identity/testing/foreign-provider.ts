import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after } from 'node:test'
import { Provider } from 'oidc-provider'

/** Who is sitting at the foreign platform just now. */
export type ForeignPerson = { sub: string; name?: string; acr: string }

/**
 * Another government’s OpenID Provider, run for real on this machine: whoever arrives is signed in as `person` without
 * being asked. Ends with the test file.
 */
export async function startForeignProvider(client: { clientId: string; secret: string; redirectUri: string }) {
  const here: { person: ForeignPerson } = { person: { sub: 'nobody', acr: 'low' } }
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [{ client_id: client.clientId, client_secret: client.secret, redirect_uris: [client.redirectUri] }],
    acrValues: ['low', 'middle', 'good', 'high', 'strange'],
    claims: { openid: ['sub'], profile: ['name'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['of a test alone'] },
    features: { devInteractions: { enabled: false } },
    findAccount: async (_, id) => {
      const { sub: _sub, acr: _acr, ...claims } = here.person
      return { accountId: id, claims: async () => ({ sub: id, ...claims }) }
    },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    loadExistingGrant: async ({ oidc }) => {
      const grant = new provider.Grant({ clientId: oidc.client!.clientId, accountId: oidc.session!.accountId! })
      grant.addOIDCScope('openid profile')
      await grant.save()
      return grant
    },
  })
  const answer = provider.callback()
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!request.url?.startsWith('/interaction/')) return void answer(request, response)
    const { sub, acr } = here.person
    const login = { accountId: sub, acr, amr: ['pwd'], remember: false }
    provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false }).catch(() => {
      response.statusCode = 500
      response.end()
    })
  })
  return { issuer, here, server }
}

/** A browser at the foreign platform: follows its redirects, with its cookies, until one leads away from it. */
export async function passThrough(start: string, issuer: string): Promise<URL> {
  const jar = new Map<string, string>()
  let url = new URL(start)
  for (let step = 0; step < 10; step++) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, { redirect: 'manual', headers: { cookie } })
    for (const each of response.headers.getSetCookie()) {
      const [name, value] = each.split(';')[0]!.split(/=(.*)/s) as [string, string]
      jar.set(name, value)
    }
    const location = response.headers.get('location')
    if (!location) throw new Error(`${url.pathname} answers ${response.status}: ${await response.text()}`)
    url = new URL(location, url)
    if (url.origin !== issuer) return url
  }
  throw new Error('The foreign platform leads in circles')
}
