// The profile of high-risk clients (FAPI 2.0 Security Profile): pushed requests, keys instead of secrets, bound tokens.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import * as oauth from 'oauth4webapi'
import * as client from 'openid-client'
import { aClient, answerAt, aRequest, discover, redirectUri, secret } from '../../../../test/logins.ts'
import { aListeningSite } from '../../../../test/relying-party.ts'

const first = await aListeningSite()
const { site } = first

async function aKey(alg = 'ES256') {
  const pair = await client.randomDPoPKeyPair(alg, { extractable: true })
  const { kty, crv, x, y } = (await crypto.subtle.exportKey('jwk', pair.publicKey)) as Record<string, string>
  return { ...pair, jwk: { kty, crv, x, ...(y && { y }), kid: 'of-the-test', alg, use: 'sig' } }
}

const own = await aKey()
const byKey = {
  token_endpoint_auth_method: 'private_key_jwt',
  token_endpoint_auth_signing_alg: 'ES256',
  jwks: { keys: [own.jwk] },
}
await aClient(first, 'land-register', byKey, { highRisk: true })
const config = await discover(site, 'land-register', client.PrivateKeyJwt({ key: own.privateKey, kid: 'of-the-test' }))

test('openid-client logs in with a pushed request, DPoP and a key, and its tokens work with that key alone', async () => {
  const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'))
  const { params, checks } = await aRequest(config)
  const url = await client.buildAuthorizationUrlWithPAR(config, params, { DPoP })
  assert.deepEqual([...url.searchParams.keys()].sort(), ['client_id', 'request_uri'])
  const { back } = await answerAt(site, url)
  const tokens = await client.authorizationCodeGrant(config, back, checks, undefined, { DPoP })
  assert.equal(tokens.token_type, 'dpop')
  const { sub } = tokens.claims()!
  assert.equal((await client.fetchUserInfo(config, tokens.access_token, sub, { DPoP })).name, 'Ada Quay')
  const other = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'))
  await assert.rejects(client.fetchUserInfo(config, tokens.access_token, sub, { DPoP: other }))
  await assert.rejects(client.fetchUserInfo(config, tokens.access_token, sub))
  const again = await client.refreshTokenGrant(config, tokens.refresh_token!, undefined, { DPoP })
  assert.equal(again.token_type, 'dpop')
  await assert.rejects(client.refreshTokenGrant(config, again.refresh_token!), { error: 'invalid_grant' })
})

test('oauth4webapi does the same, step by step', async () => {
  const insecure = { [oauth.allowInsecureRequests]: true }
  const issuer = new URL(`${site}/id`)
  const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure))
  const rp: oauth.Client = { client_id: 'land-register' }
  const auth = oauth.PrivateKeyJwt({ key: own.privateKey, kid: 'of-the-test' })
  const DPoP = oauth.DPoP(rp, await oauth.generateKeyPair('ES256'))
  const { params, checks } = await aRequest(config)
  const push = () =>
    oauth.pushedAuthorizationRequest(as, rp, auth, { ...params, response_type: 'code' }, { DPoP, ...insecure })
  const pushed = await oauth.processPushedAuthorizationResponse(as, rp, await push()).catch(async (error) => {
    if (!oauth.isDPoPNonceError(error)) throw error
    return oauth.processPushedAuthorizationResponse(as, rp, await push())
  })
  const url = new URL(as.authorization_endpoint!)
  url.search = String(new URLSearchParams({ client_id: rp.client_id, request_uri: pushed.request_uri }))
  const { back } = await answerAt(site, url)
  const answer = oauth.validateAuthResponse(as, rp, back, checks.expectedState)
  const response = await oauth.authorizationCodeGrantRequest(
    as,
    rp,
    auth,
    answer,
    redirectUri,
    checks.pkceCodeVerifier,
    { DPoP, ...insecure },
  )
  const tokens = await oauth.processAuthorizationCodeResponse(as, rp, response, {
    expectedNonce: checks.expectedNonce,
    requireIdToken: true,
  })
  await oauth.validateApplicationLevelSignature(as, response, insecure)
  const info = await oauth.userInfoRequest(as, rp, tokens.access_token, { DPoP, ...insecure })
  const { sub } = oauth.getValidatedIdTokenClaims(tokens)!
  assert.equal((await oauth.processUserInfoResponse(as, rp, sub, info)).name, 'Ada Quay')
})

test('an ordinary request of a high-risk client is refused at its own address', async () => {
  const { url } = await aRequest(config)
  const response = await fetch(url, { redirect: 'manual' })
  assert.equal(new URL(response.headers.get('location')!).searchParams.get('error'), 'invalid_request')
})

test('a pushed request works once, and for its own client', async () => {
  const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'))
  const { params } = await aRequest(config)
  const url = await client.buildAuthorizationUrlWithPAR(config, params, { DPoP })
  await answerAt(site, url)
  const again = await fetch(url, { redirect: 'manual' })
  assert.equal(again.status, 400)
  await aClient(first, 'curious')
  const fresh = await client.buildAuthorizationUrlWithPAR(config, params, { DPoP })
  fresh.searchParams.set('client_id', 'curious')
  assert.equal((await fetch(fresh, { redirect: 'manual' })).status, 400)
})

test('a signed request (JAR) is read by its signature, and nothing outside of it counts', async () => {
  await aClient(first, 'signed', { ...byKey, require_signed_request_object: true })
  const mine = await discover(site, 'signed', client.PrivateKeyJwt({ key: own.privateKey, kid: 'of-the-test' }))
  const { params, checks } = await aRequest(mine)
  const key = { key: own.privateKey, kid: 'of-the-test' }
  const url = await client.buildAuthorizationUrlWithJAR(mine, params, key)
  const more = new URL(url)
  more.searchParams.set('redirect_uri', 'https://evil.example/callback')
  const { back } = await answerAt(site, more)
  assert.equal(back.host, 'service.example')
  assert.ok((await client.authorizationCodeGrant(mine, back, checks)).id_token)
  const { url: bare } = await aRequest(mine)
  const response = await fetch(bare, { redirect: 'manual' })
  assert.equal(new URL(response.headers.get('location')!).searchParams.get('error'), 'invalid_request')
})

for (const alg of ['ES256', 'Ed25519', 'PS256', 'RS256'])
  test(`an ID token is signed by ${alg} for a client that says so`, async () => {
    const id = `signs-${alg.toLowerCase()}`
    await aClient(first, id, { id_token_signed_response_alg: alg })
    const mine = await client.discovery(
      new URL(`${site}/id`),
      id,
      { client_secret: secret, id_token_signed_response_alg: alg },
      undefined,
      { execute: [client.allowInsecureRequests] },
    )
    const { url, checks } = await aRequest(mine)
    const { back } = await answerAt(site, url)
    const { id_token } = await client.authorizationCodeGrant(mine, back, checks)
    const [header] = id_token!.split('.')
    assert.equal(JSON.parse(Buffer.from(header!, 'base64url').toString()).alg, alg)
  })

test('a client that proves itself by a certificate is believed behind a proxy alone, and its token belongs to that certificate', async () => {
  const behind = await aListeningSite({ behindProxy: true })
  const made = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
    ...['-subj', '/CN=land-register', '-keyout', '/dev/null'],
  ])
  const certificate = new X509Certificate(made.stdout)
  const { kty, crv, x, y } = certificate.publicKey.export({ format: 'jwk' })
  const x5c = [certificate.raw.toString('base64')]
  const bySelf = {
    token_endpoint_auth_method: 'self_signed_tls_client_auth',
    tls_client_certificate_bound_access_tokens: true,
    jwks: { keys: [{ kty, crv, x, y, x5c }] },
  }
  const bySubject = {
    token_endpoint_auth_method: 'tls_client_auth',
    tls_client_auth_subject_dn: 'CN=land-register',
  }
  const headers = {
    'x-forwarded-for': '192.0.2.7',
    'x-forwarded-proto': 'http',
    'x-client-certificate': encodeURIComponent(certificate.toString()),
    'x-client-verify': 'SUCCESS',
    'x-client-subject': 'CN=land-register',
  }
  const ask = async (at: string, client_id: string, more: Record<string, string>) => {
    const body = new URLSearchParams({ grant_type: 'client_credentials', client_id })
    const response = await fetch(`${at}/id/token`, { method: 'POST', body, headers: more })
    return (await response.json()) as { access_token?: string; error?: string }
  }
  for (const each of [first, behind]) {
    await aClient(each, 'by-self', bySelf, {})
    await aClient(each, 'by-subject', bySubject, {})
  }
  for (const id of ['by-self', 'by-subject']) {
    assert.ok((await ask(behind.site, id, headers)).access_token, id)
    assert.equal((await ask(site, id, headers)).error, 'invalid_client', id)
    const { 'x-client-certificate': _, ...without } = headers
    assert.equal((await ask(behind.site, id, without)).error, 'invalid_client', id)
  }
  const { 'x-client-verify': _, ...unverified } = headers
  assert.equal((await ask(behind.site, 'by-subject', unverified)).error, 'invalid_client')
  const named = { ...headers, 'x-client-subject': 'CN=somebody-else' }
  assert.equal((await ask(behind.site, 'by-subject', named)).error, 'invalid_client')
  const { access_token } = await ask(behind.site, 'by-self', headers)
  const introspection = await fetch(`${behind.site}/id/token/introspection`, {
    method: 'POST',
    body: new URLSearchParams({ token: access_token!, client_id: 'by-self' }),
    headers,
  })
  const thumbprint = createHash('sha256').update(certificate.raw).digest('base64url')
  assert.deepEqual(((await introspection.json()) as { cnf: object }).cnf, { 'x5t#S256': thumbprint })
})
