// What is high-risk is closed to a phone: no code is shown for it, and a session that a phone began is confirmed first.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as client from 'openid-client'
import { aClient, aRequest, discover, redirectUri } from '../../../../test/logins.ts'
import { aBrowserAt, aListeningSite, formOf } from '../../../../test/relying-party.ts'
import { aPersonAt, aService, requestOf, signedIn } from '../../../../test/service.ts'
import { showCode } from '../testing/scanning.ts'

const first = await aListeningSite()
const { site, sql, app } = first
const byPhone = ['demo', 'mca']

const keys = await client.randomDPoPKeyPair('ES256', { extractable: true })
const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', keys.publicKey)
const jwk = { kty, crv, x, y, kid: 'of-the-test', alg: 'ES256', use: 'sig' }
await aClient(
  first,
  'land-register',
  { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [jwk] } },
  { highRisk: true },
)
const land = await discover(site, 'land-register', client.PrivateKeyJwt({ key: keys.privateKey, kid: 'of-the-test' }))
const ordinary = await aService(first, 'tide-tables')

type Request = { url: URL; exchange: (back: URL) => Promise<{ claims: () => { amr?: unknown } | undefined }> }

/** A request of a client that was marked high-risk. */
async function ofLand(more: Record<string, string> = {}): Promise<Request> {
  const DPoP = client.getDPoPHandle(land, await client.randomDPoPKeyPair('ES256'))
  const { params, checks } = await aRequest(land, more, { scope: 'openid' })
  const url = await client.buildAuthorizationUrlWithPAR(land, params, { DPoP })
  return { url, exchange: (back) => client.authorizationCodeGrant(land, back, checks, undefined, { DPoP }) as never }
}

const documentNumber = JSON.stringify({
  userinfo: { verified_claims: { verification: { trust_framework: null }, claims: { document_number: null } } },
})
// biome-ignore format: matrix
const cases: [what: string, ask: (more?: Record<string, string>) => Promise<Request>, closed: boolean][] = [
  ['a high-risk client',                ofLand,                                                                                 true],
  ['the number of a document',          (more) => requestOf(ordinary, { claims: documentNumber, ...more }) as never,             true],
  ['what is phishing-resistant',        (more) => requestOf(ordinary, { acr_values: 'phrh', ...more }) as never,                 true],
  ['level 3 alone',                     (more) => requestOf(ordinary, { acr_values: 'urn:praya:level:3', ...more }) as never,    true],
  ['an ordinary service',               (more) => requestOf(ordinary, more) as never,                                           false],
]

for (const [what, ask, closed] of cases)
  test(`for ${what} ${closed ? 'no code is shown' : 'a code is shown, and the phone names the service'}`, async () => {
    const browser = aBrowserAt(site)
    const page = await browser.open((await ask()).url)
    const next = page.url.searchParams.get('next')!
    const uid = next.split('/').at(-1)
    for (const each of [
      next,
      `${next}/link`,
      `/eng${next}`,
      `/id/auth/${uid}`,
      `/sign-in?next=${encodeURIComponent(next)}`,
    ]) {
      const shown = await app.inject({ url: `/sign-in/phone.json?next=${encodeURIComponent(each)}` })
      assert.deepEqual([shown.statusCode, shown.json().code === null], closed ? [403, true] : [200, false], each)
    }
    if (closed) return
    const phone = { cookie: (await signedIn(first, 'ada-quay', ['demo'])).cookie() }
    const text = await (await showCode(app, { next })).scan()
    const { origin } = new URL(text)
    const scanned = await app.inject({ url: text.slice(origin.length), headers: phone })
    const path = String(scanned.headers.location)
    const asks = (await app.inject({ url: path, headers: { ...phone, accept: 'application/json' } })).json()
    assert.deepEqual(
      [asks.origin, asks.onwards.name.en, asks.onwards.origin],
      [new URL(site).origin, 'Tide tables', new URL(redirectUri).origin],
    )
    const read = await app.inject({ url: path, headers: { ...phone, accept: 'text/html' } })
    assert.match(read.body, /(Tide tables at |潮汐表（)https:\/\/service\.example/)
  })

test('no code is shown for a high-risk client by its name alone, nor for a form', async () => {
  const { access_token } = await client.clientCredentialsGrant(ordinary.config, { scope: 'filling', resource: site })
  const ordered = await fetch(`${site}/filling`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${access_token}` },
    body: JSON.stringify({
      fields: [{ name: 'name' }],
      purpose: { en: 'To try', 'zh-Hant': '試用' },
      redirect_uri: redirectUri,
      state: 's'.repeat(20),
    }),
  })
  const { address } = (await ordered.json()) as { address: string }
  const form = new URL(address).pathname
  for (const next of ['/id/auth?client_id=land-register&request_uri=urn:a', form]) {
    const shown = await app.inject({ url: `/sign-in/phone.json?next=${encodeURIComponent(next)}` })
    assert.equal(shown.statusCode, 403, next)
  }
  // Whoever came in by a phone for something else confirms before the form is shown, and before it is answered.
  const browser = await signedIn(first, 'ada-quay', byPhone)
  const asked = await browser.open(address)
  assert.match(asked.url.pathname, /\/sign-in\/again$/)
  const again = await browser.post(address, [['answer', 'agree']])
  assert.match(again.url.pathname, /\/sign-in\/again$/)
  const page = await confirm(browser, asked.url)
  assert.match(page.url.pathname, /\/filling\//)
})

type Browser = ReturnType<typeof aBrowserAt>
/** Confirms the session in this browser, as a made-up person does without a passkey. */
const confirm = (browser: Browser, { searchParams }: URL) =>
  browser.post('/eng/sign-in/again', { next: searchParams.get('next')!, level: searchParams.get('level') ?? '1' })

test('a session that a phone began is confirmed in its own browser before a high-risk client is told anything', async () => {
  const browser = await signedIn(first, 'ada-quay', byPhone)
  const { url, exchange } = await ofLand()
  const led = await browser.open(url)
  assert.match(led.url.pathname, /\/sign-in\/again$/)
  assert.match(led.text, /Tide tables/, 'the page names who asks')
  // Nor can the request be answered without.
  const waiting = led.url.searchParams.get('next')!
  const around = await browser.post(waiting, [['answer', 'agree']])
  assert.match(around.url.pathname, /\/sign-in\/again$/)
  assert.equal((await sql`select from identity.consent where client_id = 'land-register'`).length, 0)

  const page = await confirm(browser, led.url)
  assert.ok(formOf(page.text).length > 0, page.url.href)
  const tokens = await exchange((await browser.agree(page)).url)
  assert.deepEqual(tokens.claims()!.amr, ['demo'])
})

test('who agreed before is not signed in silently from a session that a phone began', async () => {
  const known = await signedIn(first, 'ada-quay', ['demo'])
  const once = await known.open((await ofLand()).url)
  if (once.url.origin === site) await known.agree(once)

  const browser = await signedIn(first, 'ada-quay', byPhone)
  // The provider knows the session from a service that is not high-risk.
  const other = await browser.open((await requestOf(ordinary)).url)
  if (other.url.origin === new URL(site).origin) await browser.agree(other)
  const silent = await browser.open((await ofLand({ prompt: 'none' })).url)
  assert.equal(silent.url.searchParams.get('error'), 'login_required')

  const { url, exchange } = await ofLand()
  const led = await browser.open(url)
  assert.match(led.url.pathname, /\/sign-in\/again$/)
  const back = await confirm(browser, led.url)
  const done = back.url.origin === new URL(site).origin ? await browser.agree(back) : back
  assert.deepEqual((await exchange(done.url)).claims()!.amr, ['demo'])
})

test('an ordinary service is told of a session that a phone began, and how it began', async () => {
  const { browser } = await aPersonAt(first, byPhone)
  const { url, exchange } = await requestOf(ordinary)
  const page = await browser.open(url)
  const back = page.url.searchParams.has('code') ? page : await browser.agree(page)
  assert.deepEqual((await exchange(back.url)).claims()!.amr, byPhone)
})
