/*
 * The peers of bench/identity.ts: oidc-provider on its memory adapter, with its own pages for trials as login and consent.
 * As it comes; with `guarded` behind what every request to Praya passes: the address's language, limits for each address,
 * headers, metrics; with `dutiful` and a database behind the same, doing at each step the least that a login with a passkey
 * on disk must do besides. The others say how much of the difference is none of identity's.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair } from 'jose'
import { type KoaContextWithOIDC, Provider } from 'oidc-provider'
import { openDuties } from './duties.ts'
import { guardedHttp } from './guarded.ts'

type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>

const [kind, databaseUrl] = process.argv.slice(2)
const duties = kind === 'dutiful' ? await openDuties(databaseUrl!) : undefined
let answer: Answer
const { listen, server } = kind === undefined ? openPlain() : await openGuarded()
await listen()
const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const { privateKey } = await generateKeyPair('ES256', { extractable: true })
const provider = new Provider(address, {
  clients: [
    {
      client_id: 'bench',
      client_secret: 'a secret of the bench alone',
      redirect_uris: ['https://service.example/callback'],
      grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
      id_token_signed_response_alg: 'ES256',
    },
  ],
  jwks: { keys: [{ ...(await exportJWK(privateKey)), use: 'sig', alg: 'ES256' }] } as never,
  enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
  cookies: { keys: ['of the bench alone'] },
  claims: { openid: ['sub'], profile: ['name'] },
  findAccount: async (_, id) => ({ accountId: id, claims: async () => ({ sub: id, name: 'Ada Quay' }) }),
  features: {
    devInteractions: { enabled: true },
    clientCredentials: { enabled: true },
    introspection: { enabled: true },
  },
  pkce: { required: () => true },
  // Like Praya, the dutiful one asks nobody who agreed before: its login is of as many requests.
  ...(kind === 'dutiful' && {
    loadExistingGrant: async ({ oidc }: KoaContextWithOIDC) => {
      const grant = new oidc.provider.Grant({ clientId: oidc.client!.clientId, accountId: oidc.session!.accountId! })
      grant.addOIDCScope('openid')
      await grant.save()
      return grant
    },
  }),
})
answer = provider.callback()
duties?.sealTokens(provider)
process.send!(address)

function openPlain() {
  const server = createServer((request, response) => void answer(request, response))
  return { server, listen: () => new Promise<void>((done) => void server.listen(0, '127.0.0.1', done)) }
}

/** As Praya puts them on what the library answers. */
const headersOfAnswers = ['x-content-type-options', 'x-frame-options', 'referrer-policy']

async function openGuarded() {
  // Nothing asks the database here.
  const app = await guardedHttp(undefined)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_, __, done) => done(null))
  app.route({
    method: ['GET', 'POST'],
    url: '/*',
    config: { access: 'public', event: 'none', anySite: true },
    handler: async (request, reply) => {
      reply.hijack()
      for (const name of headersOfAnswers) reply.raw.setHeader(name, reply.getHeader(name)!)
      await duties?.ofStep(String(request.headers['x-step']))
      await answer(request.raw, reply.raw)
    },
  })
  return { server: app.server, listen: () => app.listen({ port: 0, host: '127.0.0.1' }) }
}
