/*
 * The peers of bench/identity.ts: oidc-provider on its memory adapter, with its own pages for trials as login and consent.
 * As it comes, or with `guarded` behind what every request to Praya passes: the address's language, limits for each
 * address, headers, metrics. The second says how much of the difference is none of identity's.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair } from 'jose'
import { Provider } from 'oidc-provider'
import { pino } from 'pino'
import { createHttp } from '../src/platform/http.ts'

type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>

let answer: Answer
const { listen, server } = process.argv[2] === 'guarded' ? await openGuarded() : openPlain()
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
})
answer = provider.callback()
process.send!(address)

function openPlain() {
  const server = createServer((request, response) => void answer(request, response))
  return { server, listen: () => new Promise<void>((done) => void server.listen(0, '127.0.0.1', done)) }
}

async function openGuarded() {
  const name = { en: 'Bench', 'zh-Hant': '測速' }
  const app = await createHttp({
    site: {
      name,
      site: name,
      tagline: name,
      summary: name,
      languages: [{ language: 'en', address: 'eng', name: 'English' }],
      defaultLanguage: 'en',
      timeZone: 'UTC',
    },
    // Nothing asks it here.
    database: { sql: undefined } as never,
    log: pino({ level: 'warn' }),
    permissions: new Set(),
    events: new Set(),
    now: () => new Date(),
    sessionSecret: 'a secret of the bench alone, and long enough',
    demonstration: false,
    identify: undefined,
    requestsPerMinuteMax: 1_000_000,
    behindProxy: false,
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_, __, done) => done(null))
  app.route({
    method: ['GET', 'POST'],
    url: '/*',
    config: { access: 'public', event: 'none', anySite: true },
    handler: async (request, reply) => {
      reply.hijack()
      const { 'content-security-policy': _, ...headers } = reply.getHeaders()
      for (const [name, value] of Object.entries(headers)) reply.raw.setHeader(name, value as string)
      await answer(request.raw, reply.raw)
    },
  })
  return { server: app.server, listen: () => app.listen({ port: 0, host: '127.0.0.1' }) }
}
