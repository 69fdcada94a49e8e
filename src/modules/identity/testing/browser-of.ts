// What a browser with a passkey does, step by step through the pages' own data. For tests.
import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { softwareAuthenticator } from './authenticator.ts'

type Started = { app: FastifyInstance; installation: { address: string } }
type Held = ReturnType<typeof softwareAuthenticator>
type Asked<Options> = { id: string; options: Options }
type Creation = Parameters<Held['create']>[0]
type Request = Parameters<Held['get']>[0]

/** What a browser holds after an answer: the session that it was given. */
export function sessionOf(response: { cookies: readonly { name: string; value: string }[] }) {
  const cookie = response.cookies.find(({ name }) => name === 'praya_session')
  return cookie && { cookie: `praya_session=${encodeURIComponent(cookie.value)}` }
}

/** Each person comes from somewhere else. */
export const anAddress = () => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`

/** The page of a passkey to create, after the name. */
export async function beginAccount({ app }: Started, name = 'Mei Tide') {
  const named = await app.inject({ method: 'POST', url: '/sign-in/new', payload: { name }, remoteAddress: anAddress() })
  assert.equal(named.statusCode, 303, named.body)
  const page = await app.inject({ url: String(named.headers.location).replace('passkey?', 'passkey.json?') })
  return page.json().passkey as Asked<Creation>
}

/** Opens an account as a person does: name, passkey, codes. Returns what the person and the browser then hold. */
export async function openAccount(started: Started, { name = 'Mei Tide', authenticator = aDevice(started) } = {}) {
  const { id: challenge, options } = await beginAccount(started, name)
  const response = JSON.stringify(authenticator.create(options))
  const opened = await started.app.inject({
    method: 'POST',
    url: '/sign-in/new/passkey',
    payload: { challenge, response },
  })
  assert.equal(opened.statusCode, 200, opened.body)
  const personId = Buffer.from(options.user.id, 'base64url').toString()
  const codes = opened.json().codes as string[]
  return {
    personId,
    authenticator,
    codes,
    credentialId: authenticator.credentials.at(-1)!.id,
    headers: sessionOf(opened)!,
  }
}

export const aDevice = ({ installation }: Started, options = {}) => softwareAuthenticator(installation.address, options)

/** The challenge of the sign-in page. */
export async function askToSignIn({ app }: Started) {
  return (await app.inject({ url: '/sign-in.json' })).json().passkey as Asked<Request>
}

/** Signs in with the last passkey of a device, or answers wrongly where a test asks for it. */
export async function signInWith(
  started: Started,
  authenticator: Held,
  answering: Parameters<Held['get']>[1] = {},
  { headers = {}, next = '/' }: { headers?: Record<string, string>; next?: string } = {},
) {
  const { id: challenge, options } = await askToSignIn(started)
  const response = JSON.stringify(authenticator.get(options, answering))
  return started.app.inject({
    method: 'POST',
    url: '/sign-in/passkey',
    headers,
    payload: { challenge, response, next },
  })
}
