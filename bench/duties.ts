import { randomBytes } from 'node:crypto'
import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server'
import type { Provider } from 'oidc-provider'
import { sealClientCredentials } from '../src/modules/identity/provider/sealed-tokens.ts'
import { softwareAuthenticator } from '../src/modules/identity/testing/authenticator.ts'
import postgres from '../src/platform/driver.ts'
import { openVault } from '../src/platform/vault.ts'

/**
 * The least that must be done besides what oidc-provider does in memory. For each step of a login, if it is with a passkey and
 * on disk: one passkey verified, and eight statements of one row each, of which five write. As few as any order of the steps
 * allows: a request is kept, a challenge is kept, a passkey is read, a session is kept, the request is read and its code
 * kept, the code is read and its tokens are kept. For a token by client credentials, which any process must know: a seal.
 * All of it in a process that holds the modules of this program.
 */
export async function openDuties(databaseUrl: string) {
  await import('../src/modules.ts')
  const sql = postgres(databaseUrl, { onnotice: () => {} })
  await sql`create table if not exists public.bench_record (id text primary key, payload jsonb not null)`
  const payload = sql.json({ of: randomBytes(300).toString('hex') })
  const keep = (id: string) => sql`
    insert into public.bench_record (id, payload) values (${id}, ${payload})
    on conflict (id) do update set payload = excluded.payload`
  const read = (id: string) => sql`select payload from public.bench_record where id = ${id}`
  const verify = await passkey()
  const fresh = () => randomBytes(16).toString('hex')
  const duties: Record<string, () => Promise<unknown>> = {
    auth: () => keep(fresh()),
    'login page': () => keep(fresh()),
    login: async () => {
      await read('passkey')
      await verify()
      await keep(fresh())
    },
    'auth/:uid': async () => {
      await read('request')
      await keep(fresh())
    },
    'code for tokens': async () => {
      await read('code')
      await keep(fresh())
    },
  }
  return {
    ofStep: async (step: string): Promise<void> => void (await duties[step]?.()),
    sealTokens: (provider: Provider) =>
      sealClientCredentials(provider, openVault('what seals tokens of the bench alone')),
  }
}

/** Verifies one answer of an authenticator in software, again and again. */
async function passkey() {
  const origin = 'http://localhost:8000'
  const device = softwareAuthenticator(origin)
  const challenge = randomBytes(32).toString('base64url')
  const user = { id: randomBytes(16).toString('base64url') }
  const made = device.create({ challenge, rp: { id: 'localhost' }, user })
  const expected = { expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: 'localhost' }
  const { registrationInfo } = await verifyRegistrationResponse({ response: made as never, ...expected })
  const response = device.get({ challenge, rpId: 'localhost' }) as never
  return async () => {
    const { verified } = await verifyAuthenticationResponse({
      response,
      credential: registrationInfo!.credential,
      requireUserVerification: true,
      ...expected,
    })
    if (!verified) throw new Error('The passkey was not verified')
  }
}
