import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createServer } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { exportJWK, generateKeyPair } from 'jose'
import * as client from 'openid-client'
import { pino } from 'pino'
import { aClient, discover, headingOf } from '../../../../test/logins.ts'
import { aBrowserAt, aListeningSite, formOf } from '../../../../test/relying-party.ts'
import { startJobs } from '../../../platform/jobs.ts'
import type { NewClient } from '../provider/clients.sql.ts'
import { listAlerts } from '../testing/alerts.sql.ts'
import { pingJob, tellServiceOfAnswer } from './ping.ts'

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
/** A client at which staff begin. */
async function aCounter(id: string, metadata: Record<string, unknown> = {}, more: Partial<NewClient> = {}) {
  const grants = { grant_types: ['urn:openid:params:grant-type:ciba', 'refresh_token'] }
  await aClient(first, id, { ...byKey, ...grants, ...metadata }, more)
  return discover(site, id, client.PrivateKeyJwt({ key: privateKey, kid: 'of-the-test' }))
}
const config = await aCounter('counter')
await aClient(first, 'other')
await sql`
  insert into identity.inbox (person_id, code)
  values ('ada-quay', 'ABCDEFGH23'), ('ben-ledger', 'ABCDEFGH24'), ('cleo-harbour', 'ABCDEFGH25'),
    ('dan-pier', 'ABCDEFGH26')`

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

test('who agrees keeps a receipt with the words that were compared, and finds it from the account', async () => {
  await begin({ binding_message: 'Window 6, paper 3' })
  const done = await ada.agree(await open())
  const [, receipt] = /href="(\/eng\/account\/consents\/[0-9a-f-]{36})"/.exec(done.text)!
  const { text } = await ada.open(receipt!)
  assert.match(text, /Window 6, paper 3/)
  assert.match(text, /Name by which you are addressed, as you wrote it/)
  const account = await ada.open('/eng/account')
  assert.match(account.text, new RegExp(`You answered what staff asked of you <a href="${receipt}"`))
})

test('the person reads that a service is in trial use, and of one in use does not', async () => {
  const trial = await aCounter('trial', {}, { state: 'sandbox' })
  for (const [by, warns] of [
    [trial, true],
    [config, false],
  ] as const) {
    await begin({}, by)
    const page = await open()
    assert.equal(page.text.includes('In trial use'), warns)
    await ada.post(page.url, { answer: 'refuse' })
  }
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

test('a high-risk client is answered only once a session that a phone began is confirmed', async () => {
  const careful = await aCounter('careful', {}, { highRisk: true })
  const dan = await aPerson('dan-pier')
  await sql`update identity.session set methods = '{demo,mca}' where person_id = 'dan-pier'`
  await begin({ login_hint: 'abcde-fgh26' }, careful)
  const led = await open(dan)
  assert.match(led.url.pathname, /\/sign-in\/again$/)
  const request = led.url.searchParams.get('next')!
  assert.match((await dan.post(`/eng${request}`, { answer: 'agree' })).url.pathname, /\/sign-in\/again$/)
  const page = await dan.post('/eng/sign-in/again', { level: '1', next: request })
  assert.match((await dan.agree(page)).text, /You answered what staff asked of you/)
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

const askedOf = async (person: string) =>
  (await listAlerts(sql, person)).filter((kind) => kind === 'sign-in-asked').length

/** Begins as many requests at the same instant; how many were let. */
async function beginAtOnce(count: number, by: client.Configuration, hint: string): Promise<number> {
  const begun = await Promise.allSettled(Array.from({ length: count }, () => begin({ login_hint: hint }, by)))
  for (const each of begun)
    if (each.status === 'rejected') assert.equal((each.reason as { error: string }).error, 'access_denied')
  return begun.filter(({ status }) => status === 'fulfilled').length
}

test('of many requests of one service at the same instant three reach the person, who is told of each', async () => {
  assert.equal(await beginAtOnce(8, config, 'ABCDEFGH24'), 3)
  assert.equal(await askedOf('ben-ledger'), 3)
  assert.equal(await beginAtOnce(1, config, 'ABCDEFGH24'), 0)
})

test('no service takes the place of another, and all together call a person ten times at most', async () => {
  const counters = await Promise.all(['window-1', 'window-2', 'window-3', 'window-4'].map((id) => aCounter(id)))
  assert.equal(await beginAtOnce(4, counters[0]!, 'ABCDEFGH25'), 3)
  assert.equal(await beginAtOnce(1, counters[1]!, 'ABCDEFGH25'), 1)
  const more = await Promise.all(counters.map((by) => beginAtOnce(3, by, 'ABCDEFGH25')))
  assert.equal(more[0], 0)
  assert.equal(
    more.reduce((sum, count) => sum + count, 4),
    10,
  )
  assert.equal(await askedOf('cleo-harbour'), 10)
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

// The end of a service that is told must be secure (CIBA Core 1.0, §4), also on this machine.
const pem = execFileSync(
  'openssl',
  'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout - -days 1 -subj /CN=localhost -addext subjectAltName=DNS:localhost'.split(
    ' ',
  ),
  { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
)
setDefaultCACertificates([...getCACertificates('default'), pem.slice(pem.indexOf('-----BEGIN CERTIFICATE'))])

/** A client in ping mode, and what it was told; `statuses` are its first answers. */
async function aToldCounter(id: string, statuses: number[] = []) {
  const told: { authorization: string | undefined; body: unknown }[] = []
  const service = createSecureServer({ key: pem, cert: pem }, async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    told.push({ authorization: request.headers.authorization, body: JSON.parse(body) })
    response.writeHead(statuses.shift() ?? 204).end()
  })
  await new Promise<void>((resolve) => service.listen(0, resolve))
  after(() => service.close())
  const config = await aCounter(id, {
    backchannel_token_delivery_mode: 'ping',
    backchannel_client_notification_endpoint: `https://localhost:${(service.address() as AddressInfo).port}/answered`,
  })
  return { config, told }
}

const token = 'token-of-the-counter'
const pings = () => sql<{ payload: unknown }[]>`
  select job.payload
  from graphile_worker._private_jobs as job
  join graphile_worker._private_tasks as task on task.id = job.task_id
  where task.identifier = ${pingJob}`
const takeTokens = (by: client.Configuration, { auth_req_id }: { auth_req_id: string }) =>
  client.genericGrantRequest(by, 'urn:openid:params:grant-type:ciba', { auth_req_id })

test('a service in ping mode is told of the answer by the token that it named, again where it did not take it', async () => {
  const counter = await aToldCounter('told', [503])
  const begun = await begin({ client_notification_token: token }, counter.config)
  await ada.agree(await open())
  const written = await sql`
    select payload::text from identity.provider_record
    union all select payload::text from graphile_worker._private_jobs`
  for (const { payload } of written)
    assert.ok(!String(payload).includes(token) && !String(payload).includes(begun.auth_req_id))
  assert.equal((await pings()).length, 1)
  const jobs = { [pingJob]: { run: tellServiceOfAnswer } }
  const worker = await startJobs(first.database, first.installation, jobs, pino({ level: 'silent' }))
  const end = performance.now() + 20_000
  while ((await pings()).length > 0 && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 50))
  await worker.stop()
  const expected = { authorization: `Bearer ${token}`, body: { auth_req_id: begun.auth_req_id } }
  assert.deepEqual(counter.told, [expected, expected])
  assert.ok((await takeTokens(counter.config, begun)).access_token)
})

test('a service in ping mode is told of a refusal too, and not where it asked by itself meanwhile', async () => {
  const counter = await aToldCounter('told-too')
  const begun = await begin({ client_notification_token: token }, counter.config)
  const page = await open()
  assert.equal((await pings()).length, 0)
  await ada.post(page.url, { answer: 'refuse' })
  const { payload } = (await pings())[0]!
  await tellServiceOfAnswer(first.installation, payload)
  assert.equal(counter.told.length, 1)
  await assert.rejects(takeTokens(counter.config, begun), { error: 'access_denied' })
  await tellServiceOfAnswer(first.installation, payload)
  assert.equal(counter.told.length, 1)
  await assert.rejects(begin({}, counter.config), { error: 'invalid_request' })
})

test('a service that asks by itself is not told', async () => {
  const before = (await pings()).length
  await begin()
  await ada.agree(await open())
  assert.equal((await pings()).length, before)
})

test('a request for a higher level leads the person to prove more first', async () => {
  await begin({ acr_values: 'urn:praya:level:2' })
  const { text } = await ada.open('/eng/account/requests')
  const page = await ada.open(/\/eng\/account\/requests\/[0-9a-f]{64}/.exec(text)![0])
  assert.match(page.url.pathname, /\/sign-in\/again$/)
})
