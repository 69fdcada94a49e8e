import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { exportJWK, generateKeyPair } from 'jose'
import * as client from 'openid-client'
import { aClient, discover, headingOf } from '../../../../test/logins.ts'
import { aBrowserAt, aListeningSite, formOf } from '../../../../test/relying-party.ts'
import { listAlerts } from '../testing/alerts.sql.ts'

const first = await aListeningSite()
const { site, sql } = first

// CIBA Core 1.0, §4: where each service knows people by names of its own, it shows its keys at an address and signs with them.
const { publicKey, privateKey } = await generateKeyPair('ES256')
const key = { ...(await exportJWK(publicKey)), kid: 'of-the-test', alg: 'ES256' }
const keys = createServer((_, response) => {
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ keys: [key] }))
})
await new Promise<void>((resolve) => keys.listen(0, '127.0.0.1', resolve))
after(() => keys.close())
const byKey = {
  token_endpoint_auth_method: 'private_key_jwt',
  token_endpoint_auth_signing_alg: 'ES256',
  jwks_uri: `http://127.0.0.1:${(keys.address() as AddressInfo).port}/jwks`,
  redirect_uris: [],
  response_types: [],
}
await aClient(first, 'counter', { ...byKey, grant_types: ['urn:openid:params:grant-type:ciba', 'refresh_token'] }, {})
await aClient(first, 'other')
const config = await discover(site, 'counter', client.PrivateKeyJwt({ key: privateKey, kid: 'of-the-test' }))
await sql`insert into identity.inbox (person_id, code) values ('ada-quay', 'ABCDEFGH23'), ('ben-ledger', 'ABCDEFGH24')`

const begin = (more: Record<string, string> = {}, by = config) =>
  client.initiateBackchannelAuthentication(by, {
    scope: 'openid profile',
    login_hint: 'abcde-fgh23',
    binding_message: 'Window 4, paper 17',
    ...more,
  })

/** A browser of a made-up person. */
async function aPerson(person = 'ada-quay') {
  const browser = aBrowserAt(site)
  await browser.post('/eng/sign-in', { person, next: '/account' })
  return browser
}
const ada = await aPerson()

/** The page of the only request that waits for this person. */
async function open(browser = ada) {
  const { text } = await browser.open('/eng/account/requests')
  const found = /\/account\/requests\/([0-9a-f]{64})/.exec(text)
  assert.ok(found, headingOf(text))
  return browser.open(`/eng${found[0]}`)
}

test('staff begin at their counter, the person compares the words and agrees, and the service knows who it is', async () => {
  const begun = await begin()
  const waiting = client.pollBackchannelAuthenticationGrant(config, { ...begun, interval: 1 })
  assert.match(
    (await ada.open('/eng/account')).text,
    /Staff wait for your answer[\s\S]*href="\/eng\/account\/requests"/,
  )
  const page = await open()
  assert.match(page.text, /Window 4, paper 17/)
  assert.ok(!page.text.includes(begun.auth_req_id))
  const done = await ada.agree(page)
  assert.match(done.text, /You answered what staff asked of you/)
  assert.doesNotMatch((await ada.open('/eng/account')).text, /Staff wait for your answer/)
  const tokens = await waiting
  const claims = tokens.claims()!
  assert.equal(claims.acr, 'urn:praya:level:1')
  const info = await client.fetchUserInfo(config, tokens.access_token, claims.sub)
  assert.equal(info.name, 'Ada Quay')
  const again = await ada.agree(page)
  assert.equal(again.status, 410)
  await assert.rejects(client.pollBackchannelAuthenticationGrant(config, { ...begun, interval: 1 }), {
    error: 'invalid_grant',
  })
})

test('a refusal reaches the staff', async () => {
  const begun = await begin()
  const page = await open()
  await ada.post(page.url, { answer: 'refuse' })
  await assert.rejects(client.pollBackchannelAuthenticationGrant(config, { ...begun, interval: 1 }), {
    error: 'access_denied',
  })
})

test('of two windows that answer at once, one does', async () => {
  await begin()
  const page = await open()
  const answers = await Promise.all([ada.agree(page), ada.post(page.url, { answer: 'refuse' }), ada.agree(page)])
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 410, 410])
})

test('nobody answers for somebody else, nor without having looked', async () => {
  const begun = await begin()
  const page = await open()
  const ben = await aPerson('ben-ledger')
  assert.equal((await ben.open(page.url)).status, 410)
  assert.equal((await ben.agree(page)).status, 410)
  assert.equal((await ada.post(page.url, { answer: 'agree', version: 'made up' })).status, 409)
  assert.equal(
    (await ada.post(page.url, [...formOf(page.text), ['answer', 'agree']], { origin: 'https://evil.example' })).status,
    403,
  )
  assert.equal((await aBrowserAt(site).open(page.url)).url.pathname, '/eng/sign-in')
  await assert.rejects(
    client.genericGrantRequest(config, 'urn:openid:params:grant-type:ciba', { auth_req_id: begun.auth_req_id }),
    { error: 'authorization_pending' },
  )
  await ada.post(page.url, { answer: 'refuse' })
})

test('the person is told, and answers at most three requests at once', async () => {
  const alerts = async () => (await listAlerts(sql, 'ben-ledger')).filter((kind) => kind === 'sign-in-asked').length
  for (let each = 0; each < 3; each++) await begin({ login_hint: 'ABCDEFGH24' })
  assert.equal(await alerts(), 3)
  await assert.rejects(begin({ login_hint: 'ABCDEFGH24' }), { error: 'access_denied' })
})

const wrong: [string, Record<string, string>, string][] = [
  ['nobody', { login_hint: 'ZZZZZZZZ22' }, 'unknown_user_id'],
  ['a book instead of a code', { login_hint: 'A'.repeat(5000) }, 'unknown_user_id'],
  ['no words to compare', { binding_message: '' }, 'invalid_binding_message'],
  ['words that are markup', { binding_message: '<b>Window</b>' }, 'invalid_binding_message'],
  ['words as long as a letter', { binding_message: 'Window '.repeat(20) }, 'invalid_binding_message'],
  ['a code of the person’s own', { user_code: '1234' }, 'invalid_request'],
  ['two names for the person', { login_hint_token: 'abc' }, 'invalid_request'],
]
for (const [name, more, error] of wrong)
  test(`a request with ${name} is refused as ${error}`, async () => {
    await assert.rejects(begin(more), { error })
  })

test('a client that may not do so begins nothing', async () => {
  const other = await discover(site, 'other')
  await assert.rejects(begin({}, other), { error: 'invalid_request' })
})

test('a request for a higher level leads the person to prove more first', async () => {
  await begin({ acr_values: 'urn:praya:level:2' })
  const { text } = await ada.open('/eng/account/requests')
  const page = await ada.open(/\/eng\/account\/requests\/[0-9a-f]{64}/.exec(text)![0])
  assert.match(page.url.pathname, /\/sign-in\/again$/)
})
