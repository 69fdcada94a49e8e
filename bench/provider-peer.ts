/* The peer of bench/identity.ts: oidc-provider on its memory adapter, with its own pages for trials as login and consent. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair } from 'jose'
import { Provider } from 'oidc-provider'

const server = createServer()
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
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
server.on('request', provider.callback())
process.send!(address)
