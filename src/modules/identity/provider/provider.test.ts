import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as client from 'openid-client'
import { aBrowserAt, aListeningSite } from '../../../../test/relying-party.ts'
import { insertClient } from './clients.sql.ts'

const first = await aListeningSite()
const { site, sql, installation } = first
const issuer = `${site}/id`
const redirectUri = 'https://service.example/callback'
await insertClient(sql, installation.vault, {
  id: 'tide-tables',
  name: { en: 'Tide tables', 'zh-Hant': '潮汐表' },
  metadata: {
    redirect_uris: [redirectUri],
    post_logout_redirect_uris: ['https://service.example/'],
    token_endpoint_auth_method: 'client_secret_basic',
    grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
    response_types: ['code'],
  },
  secret: 'a secret of the test alone',
  state: 'live',
})

const discover = (id = 'tide-tables', secret = 'a secret of the test alone') =>
  client.discovery(new URL(issuer), id, secret, undefined, { execute: [client.allowInsecureRequests] })

/** Goes through a login as a made-up person, and returns where the browser is led with the code. */
async function login(config: client.Configuration, more: Record<string, string> = {}, browser = aBrowserAt(site)) {
  const verifier = client.randomPKCECodeVerifier()
  const state = client.randomState()
  const nonce = client.randomNonce()
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: 'openid profile offline_access',
    prompt: 'consent',
    state,
    nonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...more,
  })
  let page = await browser.open(url)
  if (page.url.pathname.endsWith('/sign-in'))
    page = await browser.post('/eng/sign-in', { person: 'ada-quay', next: page.url.searchParams.get('next')! })
  if (page.url.origin === site) {
    assert.match(page.text, /Tide tables at https:\/\/service\.example asks who you are/, page.text.slice(0, 3000))
    page = await browser.agree(page)
  }
  const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce }
  return { back: page.url, checks, browser, page }
}

test('a client that we did not write signs a person in, refreshes, asks who it is, and signs out', async () => {
  const config = await discover()
  const { back, checks, browser } = await login(config)
  const tokens = await client.authorizationCodeGrant(config, back, checks)
  const claims = tokens.claims()!
  assert.equal(claims.acr, 'urn:praya:level:1')
  assert.deepEqual(claims.amr, ['demo'])
  assert.ok(Number.isInteger(claims.auth_time))
  assert.notEqual(claims.sub, 'ada-quay')
  const info = await client.fetchUserInfo(config, tokens.access_token, claims.sub)
  assert.equal(info.name, 'Ada Quay')
  const again = await client.refreshTokenGrant(config, tokens.refresh_token!)
  assert.notEqual(again.refresh_token, tokens.refresh_token)
  const logout = client.buildEndSessionUrl(config, {
    id_token_hint: tokens.id_token!,
    post_logout_redirect_uri: 'https://service.example/',
  })
  const asked = await browser.open(logout)
  const [, xsrf] = /name="xsrf" value="([^"]+)"/.exec(asked.text)!
  const [, action] = /<form method="post" action="([^"]+)"/.exec(asked.text)!
  const left = await browser.post(action!, { xsrf: xsrf!, logout: 'yes' })
  assert.equal(left.url.href.split('?')[0], 'https://service.example/')
  assert.equal((await browser.open('/account')).url.pathname, '/eng/sign-in')
})
