// What the provider refuses, as tables: requests, codes, tokens, keys and proofs that somebody stole, forged or bent.
import assert from 'node:assert/strict'
import { createHmac, KeyObject, sign } from 'node:crypto'
import { test } from 'node:test'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import * as client from 'openid-client'
import {
  aClient,
  allScopes,
  answerAt,
  aRequest,
  discover,
  login,
  redirectUri,
  secret,
} from '../../../../test/logins.ts'
import { aBrowserAt, aListeningSite, formOf } from '../../../../test/relying-party.ts'

const first = await aListeningSite()
const { site } = first
const issuer = `${site}/id`
const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
const jwk = { ...(await exportJWK(publicKey)), kid: 'of-the-test', alg: 'ES256' }
await aClient(first, 'tide-tables')
await aClient(first, 'other')
const byKey = {
  token_endpoint_auth_method: 'private_key_jwt',
  token_endpoint_auth_signing_alg: 'ES256',
  request_object_signing_alg: 'ES256',
  jwks: { keys: [jwk] },
}
await aClient(first, 'keyed', byKey, {})
await aClient(first, 'bound', { dpop_bound_access_tokens: true })
const config = await discover(site, 'tide-tables')

const now = () => Math.floor(Date.now() / 1000)
const base64url = (value: object | string) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
const basic = (id: string) => `Basic ${Buffer.from(`${id}:${encodeURIComponent(secret)}`).toString('base64')}`

async function token(fields: Record<string, string>, headers: Record<string, string> = {}) {
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { authorization: basic('tide-tables'), ...headers },
  })
  return { status: response.status, body: (await response.json()) as Record<string, string> }
}

/** A code that waits to be exchanged, with what exchanges it. */
async function aCode(id = 'tide-tables') {
  const { url, checks } = await aRequest(await discover(site, id))
  const { back } = await answerAt(site, url)
  return {
    grant_type: 'authorization_code',
    code: back.searchParams.get('code')!,
    redirect_uri: redirectUri,
    code_verifier: checks.pkceCodeVerifier,
  }
}

const userInfo = (accessToken: string, headers: Record<string, string> = {}) =>
  fetch(`${issuer}/me`, { headers: { authorization: `Bearer ${accessToken}`, ...headers } })

test('a code that is used twice is refused, and what came of it ends', async () => {
  const code = await aCode()
  const { body } = await token(code)
  assert.equal((await userInfo(body.access_token!)).status, 200)
  assert.deepEqual((await token(code)).body.error, 'invalid_grant')
  assert.equal((await userInfo(body.access_token!)).status, 401)
  assert.equal((await token({ grant_type: 'refresh_token', refresh_token: body.refresh_token! })).status, 400)
})

test('of two that use one code at once, one at most has tokens', async () => {
  for (let round = 0; round < 5; round++) {
    const code = await aCode()
    const answers = await Promise.all([1, 2, 3, 4].map(() => token(code)))
    assert.ok(answers.filter(({ status }) => status === 200).length <= 1)
    for (const { body } of answers) if (body.access_token) assert.equal((await userInfo(body.access_token)).status, 401)
  }
})

test('a refresh token that was used before ends the whole family', async () => {
  const { tokens } = await login(site, config)
  const stolen = tokens.refresh_token!
  const next = await client.refreshTokenGrant(config, stolen)
  await assert.rejects(client.refreshTokenGrant(config, stolen), { error: 'invalid_grant' })
  await assert.rejects(client.refreshTokenGrant(config, next.refresh_token!), { error: 'invalid_grant' })
  assert.equal((await userInfo(next.access_token)).status, 401)
})

const bentCodes: [string, (code: Record<string, string>) => Record<string, string>][] = [
  ['another verifier', (code) => ({ ...code, code_verifier: client.randomPKCECodeVerifier() })],
  ['no verifier', ({ code_verifier: _, ...code }) => code],
  [
    'the challenge for a verifier',
    (code) => ({ ...code, code_verifier: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM' }),
  ],
  ['another address', (code) => ({ ...code, redirect_uri: 'https://service.example/other' })],
  ['no address', ({ redirect_uri: _, ...code }) => code],
  ['a code that never was', (code) => ({ ...code, code: 'A'.repeat(43) })],
  ['a code as long as a book', (code) => ({ ...code, code: 'A'.repeat(50_000) })],
  ['an array for a code', (code) => ({ ...code, 'code[]': code.code! })],
]
for (const [name, bend] of bentCodes)
  test(`a code is refused with ${name}`, async () => {
    const code = await aCode()
    const { status, body } = await token(bend(code))
    if (name === 'an array for a code') return assert.equal(status, 200)
    assert.ok(status === 400 || status === 413, `${status}`)
    assert.ok(['invalid_grant', 'invalid_request'].includes(body.error!), body.error)
  })

test('a code of one client is nothing to another', async () => {
  const { body } = await token(await aCode(), { authorization: basic('other') })
  assert.equal(body.error, 'invalid_grant')
})

const redirects = [
  'https://service.example/callback/',
  'https://service.example/callback?more=1',
  'https://service.example/callback#part',
  'https://service.example/CALLBACK',
  'https://service.example/callback/../evil',
  'https://service.example/%63allback',
  'https://service.example:8443/callback',
  'http://service.example/callback',
  'https://service.example@evil.example/callback',
  'https://service.example.evil.example/callback',
  'https://evil.example\\@service.example/callback',
  'https://evil.example/callback',
  '//evil.example/callback',
  '/callback',
  'javascript:alert(1)',
  'data:text/html,hello',
  '',
]
for (const address of redirects)
  test(`nobody is led to ${address || 'an empty address'}`, async () => {
    const { url } = await aRequest(config, { redirect_uri: address })
    const response = await fetch(url, { redirect: 'manual' })
    assert.equal(response.status, 400)
    assert.equal(response.headers.get('location'), null)
    const page = await response.text()
    assert.match(page, /This <span class="number">sign-in<\/span> cannot go on|cannot go on/)
    assert.ok(!page.includes('href="https://evil') && !page.includes('javascript:alert'))
  })

const requests: [string, Record<string, string>, string][] = [
  ['no challenge', { code_challenge: '', code_challenge_method: '' }, 'invalid_request'],
  ['a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
  ['tokens in the address', { response_type: 'token' }, 'unsupported_response_type'],
  ['an ID token in the address', { response_type: 'id_token' }, 'unsupported_response_type'],
  ['a request from elsewhere', { request_uri: 'https://evil.example/request.jwt' }, 'request_uri_not_supported'],
  ['claims that are no JSON', { claims: '{' }, 'invalid_request'],
  ['claims of another shape', { claims: '[]' }, 'invalid_request'],
  ['an age below nought', { max_age: '-1' }, 'invalid_request'],
  ['two prompts that cannot be', { prompt: 'none login' }, 'invalid_request'],
]
for (const [name, more, error] of requests)
  test(`a request with ${name} goes back as ${error}`, async () => {
    const { url } = await aRequest(config, more)
    const response = await fetch(url, { redirect: 'manual' })
    const back = response.headers.get('location')
    const { searchParams, hash } = new URL(back ?? site)
    const found = searchParams.get('error') ?? new URLSearchParams(hash.slice(1)).get('error')
    assert.equal(found, error)
    assert.equal(new URL(back!).origin, 'https://service.example')
  })

/** An assertion by which `keyed` authenticates, as `bend` would have it. */
async function assertion(
  bend: (payload: JWTPayload) => JWTPayload = (same) => same,
  header: object = {},
  key = privateKey,
) {
  const payload = { iss: 'keyed', sub: 'keyed', aud: issuer, iat: now(), exp: now() + 60, jti: crypto.randomUUID() }
  return new SignJWT(bend(payload))
    .setProtectedHeader({ alg: 'ES256', kid: 'of-the-test', ...header } as never)
    .sign(key)
}
const byAssertion = async (client_assertion: string) => {
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'keyed',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion,
    }),
  })
  return { status: response.status, error: ((await response.json()) as { error?: string }).error }
}

/** A JWT whose signature is made of what everybody knows: the public key as the secret of an HMAC. */
function confused(payload: object): string {
  const head = base64url({ alg: 'HS256', kid: 'of-the-test' })
  const body = base64url(payload)
  const mac = createHmac('sha256', JSON.stringify(jwk)).update(`${head}.${body}`).digest('base64url')
  return `${head}.${body}.${mac}`
}

/** A JWT that a careful library would not make. */
function byHand(header: object, payload: object): string {
  const text = `${base64url(header)}.${base64url(payload)}`
  const key = { key: KeyObject.from(privateKey as never), dsaEncoding: 'ieee-p1363' as const }
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`
}

const claims = () => ({
  iss: 'keyed',
  sub: 'keyed',
  aud: issuer,
  iat: now(),
  exp: now() + 60,
  jti: crypto.randomUUID(),
})
const stranger = (await generateKeyPair('ES256')).privateKey
const assertions: [string, () => Promise<string> | string][] = [
  ['no signature (alg none)', () => `${base64url({ alg: 'none' })}.${base64url(claims())}.`],
  ['the public key as a secret', () => confused(claims())],
  ['a key of somebody else', () => assertion(undefined, {}, stranger)],
  ['a key that it brings itself', async () => assertion(undefined, { jwk: await exportJWK(publicKey) }, stranger)],
  ['another algorithm in its header', async () => (await assertion()).replace(/^[^.]+/, base64url({ alg: 'PS256' }))],
  ['another audience', () => assertion((payload) => ({ ...payload, aud: 'https://elsewhere.example/id' }))],
  ['no audience', () => assertion(({ aud: _, ...payload }) => payload)],
  ['an end that is past', () => assertion((payload) => ({ ...payload, exp: now() - 120, iat: now() - 300 }))],
  ['no end', () => assertion(({ exp: _, ...payload }) => payload)],
  ['no identifier', () => assertion(({ jti: _, ...payload }) => payload)],
  ['a beginning that is to come', () => assertion((payload) => ({ ...payload, nbf: now() + 600 }))],
  ['the name of another', () => assertion((payload) => ({ ...payload, iss: 'other', sub: 'other' }))],
  ['a critical header that nobody knows', () => byHand({ alg: 'ES256', crit: ['more'], more: 1 }, claims())],
  ['a hundred thousand letters', () => assertion((payload) => ({ ...payload, more: 'A'.repeat(100_000) }))],
  ['two parts', async () => (await assertion()).split('.').slice(0, 2).join('.')],
  ['letters that are none of base64url', async () => `${await assertion()}=!`],
]
for (const [name, make] of assertions)
  test(`a client is not who it says with an assertion that has ${name}`, async () => {
    const { status, error } = await byAssertion(await make())
    assert.ok([400, 401, 413].includes(status), `${status}`)
    assert.ok(['invalid_client', 'invalid_request'].includes(error!), error)
  })

test('an assertion made by hand and well is taken', async () => {
  assert.equal((await byAssertion(byHand({ alg: 'ES256', kid: 'of-the-test' }, claims()))).status, 200)
})

test('an assertion works once', async () => {
  const once = await assertion()
  assert.equal((await byAssertion(once)).status, 200)
  assert.equal((await byAssertion(once)).error, 'invalid_client')
})

const requestObjects: [string, (payload: object) => Promise<string> | string][] = [
  ['no signature', (payload) => `${base64url({ alg: 'none' })}.${base64url(payload)}.`],
  ['the public key as a secret', (payload) => confused(payload)],
  [
    'a key of somebody else',
    (payload) =>
      new SignJWT(payload as JWTPayload).setProtectedHeader({ alg: 'ES256', kid: 'of-the-test' }).sign(stranger),
  ],
]
for (const [name, make] of requestObjects)
  test(`a signed request is refused with ${name}`, async () => {
    const keyed = await discover(site, 'keyed', client.None())
    const { params } = await aRequest(keyed)
    const request = await make({ ...params, client_id: 'keyed', iss: 'keyed', aud: issuer, response_type: 'code' })
    const url = new URL(`${issuer}/auth`)
    url.search = String(new URLSearchParams({ client_id: 'keyed', request, redirect_uri: redirectUri }))
    const response = await fetch(url, { redirect: 'manual' })
    const back = response.headers.get('location')
    const text = back ? new URL(back).searchParams.get('error')! : await response.text()
    assert.match(text, /invalid_request_object/)
  })

const pair = await generateKeyPair('ES256', { extractable: true })
const proofJwk = await exportJWK(pair.publicKey)
type Proof = { claims?: object; header?: object; key?: typeof pair.privateKey }
async function proof(htm: string, htu: string, { claims: more = {}, header = {}, key = pair.privateKey }: Proof = {}) {
  return new SignJWT({ htm, htu, jti: crypto.randomUUID(), iat: now(), ...more } as JWTPayload)
    .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: proofJwk, ...header } as never)
    .sign(key)
}
const boundToken = (DPoP: string) =>
  token({ grant_type: 'client_credentials' }, { authorization: basic('bound'), dpop: DPoP })
const at = `${issuer}/token`

const proofs: [string, () => Promise<string> | string][] = [
  ['made six minutes ago', () => proof('POST', at, { claims: { iat: now() - 360 } })],
  ['made in six minutes', () => proof('POST', at, { claims: { iat: now() + 360 } })],
  ['for another method', () => proof('GET', at)],
  ['for another address', () => proof('POST', `${site}/elsewhere`)],
  ['without an identifier', () => proof('POST', at, { claims: { jti: undefined } })],
  ['of another type', () => proof('POST', at, { header: { typ: 'jwt' } })],
  ['by another key than it shows', () => proof('POST', at, { key: stranger })],
  ['with its private key', async () => proof('POST', at, { header: { jwk: await exportJWK(pair.privateKey) } })],
  ['without a key', () => proof('POST', at, { header: { jwk: undefined } })],
  ['with a secret for a key', () => proof('POST', at, { header: { jwk: { kty: 'oct', k: 'c2VjcmV0' } } })],
  ['without a signature', async () => (await proof('POST', at)).replace(/[^.]+$/, '')],
  ['that is no JWT', () => 'proof'],
]
for (const [name, make] of proofs)
  test(`a proof of possession is refused ${name}`, async () => {
    const { status, body } = await boundToken(await make())
    assert.equal(status, 400)
    assert.ok(['invalid_dpop_proof', 'use_dpop_nonce'].includes(body.error!), body.error)
  })

test('a proof of possession works once, and its token with its key and for its own bytes alone', async () => {
  const once = await proof('POST', at)
  const { body } = await boundToken(once)
  assert.equal(body.token_type, 'DPoP')
  assert.ok(['invalid_dpop_proof', 'invalid_grant'].includes((await boundToken(once)).body.error!))
  assert.equal((await boundToken('')).status, 400)
  const thumbprint = await calculateJwkThumbprint(proofJwk)
  const seen = await client.tokenIntrospection(await discover(site, 'bound'), body.access_token!)
  assert.deepEqual(seen.cnf, { jkt: thumbprint })
})

test('an answer names its issuer, and a client that expects another one refuses it (RFC 9207)', async () => {
  const { url, checks } = await aRequest(config)
  const { back } = await answerAt(site, url)
  assert.equal(back.searchParams.get('iss'), issuer)
  for (const iss of ['https://honest.example', undefined]) {
    const mixed = new URL(back)
    if (iss) mixed.searchParams.set('iss', iss)
    else mixed.searchParams.delete('iss')
    await assert.rejects(client.authorizationCodeGrant(config, mixed, checks))
  }
})

test('a scope that nobody knows gives nothing', async () => {
  const { tokens } = await login(site, config, { scope: `${allScopes} everything` })
  assert.ok(!tokens.scope!.includes('everything'))
})

test('consent is given on our own page, by the browser that was asked', async () => {
  const { url } = await aRequest(config)
  const browser = aBrowserAt(site)
  const page = await browser.open(url)
  const asked = await browser.post('/eng/sign-in', { person: 'ada-quay', next: page.url.searchParams.get('next')! })
  const action = new URL(asked.url.pathname, site)
  const send = (cookie: string, origin?: string) =>
    fetch(action, {
      method: 'POST',
      body: new URLSearchParams([...formOf(asked.text), ['answer', 'agree']]),
      redirect: 'manual',
      headers: { cookie, ...(origin && { origin }) },
    })
  assert.equal((await send(browser.cookie(), 'https://evil.example')).status, 403)
  assert.equal((await send(browser.cookie(), 'null')).status, 403)
  // Another person, signed in elsewhere, is sent the address of this question.
  const victim = aBrowserAt(site)
  await victim.post('/eng/sign-in', { person: 'ben-ledger', next: '/account' })
  const lured = await victim.open(action)
  assert.equal(lured.status, 410)
  assert.equal((await send(victim.cookie(), site)).status, 410)
  const { url: back } = await browser.agree(asked)
  assert.ok(back.searchParams.get('code'))
})

test('a sign-in that somebody else began is not finished for them (session fixation)', async () => {
  const attacker = aBrowserAt(site)
  const { url } = await aRequest(config)
  const page = await attacker.open(url)
  const question = page.url.searchParams.get('next')!
  const victim = aBrowserAt(site)
  for (const [name, value] of attacker.jar) if (name === 'praya_op') victim.jar.set(name, value)
  const led = await victim.open(question)
  assert.equal(led.status, 410)
})

test('after signing out one is led to addresses of the client alone', async () => {
  const { tokens, browser } = await login(site, config)
  for (const address of ['https://evil.example/', '//evil.example', 'https://service.example.evil.example/']) {
    const page = await browser.open(
      client.buildEndSessionUrl(config, { id_token_hint: tokens.id_token!, post_logout_redirect_uri: address }),
    )
    assert.equal(page.status, 400)
    assert.equal(page.url.origin, site)
  }
  const forged = `${base64url({ alg: 'none' })}.${tokens.id_token!.split('.')[1]}.`
  const page = await browser.open(client.buildEndSessionUrl(config, { id_token_hint: forged }))
  assert.equal(page.status, 400)
})

test('an ID token says nothing that anybody else could have signed', async () => {
  const { tokens } = await login(site, config)
  const [, payload] = tokens.id_token!.split('.')
  const response = await fetch(`${issuer}/me`, {
    headers: { authorization: `Bearer ${base64url({ alg: 'none' })}.${payload}.` },
  })
  assert.equal(response.status, 401)
  assert.match(response.headers.get('www-authenticate')!, /invalid_token/)
})

test('a program in a browser asks from the origin of its client alone', async () => {
  const ask = async (origin: string) => {
    const body = new URLSearchParams({ grant_type: 'client_credentials' })
    const headers = { authorization: basic('tide-tables'), origin }
    const response = await fetch(`${issuer}/token`, { method: 'POST', body, headers })
    return [response.status, response.headers.get('access-control-allow-origin')]
  }
  assert.deepEqual(await ask('https://service.example'), [200, 'https://service.example'])
  assert.equal((await ask('https://evil.example'))[0], 400)
})

test('a client that authenticates wrongly is told so, and nothing of the secret is', async () => {
  const { status, body } = await token(
    { grant_type: 'client_credentials' },
    { authorization: `Basic ${Buffer.from('tide-tables:wrong').toString('base64')}` },
  )
  assert.deepEqual([status, body.error], [401, 'invalid_client'])
  const unknown = await token(
    { grant_type: 'client_credentials' },
    { authorization: `Basic ${Buffer.from('nobody-here:wrong').toString('base64')}` },
  )
  assert.deepEqual(unknown.body, body)
})
