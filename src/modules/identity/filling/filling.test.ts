import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as client from 'openid-client'
import { redirectUri } from '../../../../test/logins.ts'
import { aBrowserAt, aListeningSite, formOf } from '../../../../test/relying-party.ts'
import { aPersonAt, aService, type Service, signIn, type Visitor } from '../../../../test/service.ts'
import postgres from '../../../platform/driver.ts'
import { saveDeclared } from '../profile/declared.sql.ts'
import { prove } from '../testing/proven.ts'
import { deleteExpiredFillings } from './filling.sql.ts'

const first = await aListeningSite()
const { site, sql, installation } = first
const state = 'browser-of-the-visitor'
const purpose = { en: 'To book a berth', 'zh-Hant': '預約泊位' }

let services = 0
/** A service with a token of its own, as its backend gets one. */
async function newService() {
  const service = await aService(first, `berths-${++services}`)
  const { access_token: token } = await client.clientCredentialsGrant(service.config, {
    scope: 'filling',
    resource: site,
  })
  return { ...service, token }
}
type Filler = Awaited<ReturnType<typeof newService>>
async function visitor(fields: Record<string, string> = { email: 'ada@quay.example', phone_number: '+99923456789' }) {
  const who = await aPersonAt(first)
  for (const [field, value] of Object.entries(fields)) await saveDeclared(sql, installation, who.id, { field, value })
  return who
}
async function post(path: string, token: string | undefined, body: object) {
  const response = await fetch(`${site}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  })
  const data = (await response.json()) as { type?: string; address?: string; claims?: object; verified_claims?: object }
  return { status: response.status, headers: response.headers, data }
}
type Fields = { name: string; essential?: boolean; verified?: boolean }[]
const order = ({ token }: Filler, fields: Fields = [{ name: 'email' }], more: object = {}) =>
  post('/filling', token, { fields, purpose, redirect_uri: redirectUri, state, ...more })
async function addressFor(service: Filler, fields?: Fields): Promise<string> {
  const { status, data } = await order(service, fields)
  assert.equal(status, 201, JSON.stringify(data))
  return data.address!
}
const collect = ({ token }: Filler, code: string | null) => post('/filling/values', token, { code })
const outcome = async (asked: Promise<{ status: number; data: { type?: string } }>) => {
  const { status, data } = await asked
  return [status, data.type?.replace('/problems/', '')]
}
const receiptsOf = ({ id }: Visitor) => sql<{ fields: string[]; collected: boolean; receipt: { purpose: string } }[]>`
  select fields, collected_at is not null as collected, receipt from identity.sharing where person_id = ${id}`
const orders = async () =>
  (await sql<{ all: string }[]>`select filling_order::text as all from identity.filling_order`).map(({ all }) => all)

test('a service is told what a person ticked, once, and nothing by which to know them', async () => {
  const service = await newService()
  const who = await visitor()
  const page = await who.browser.open(
    await addressFor(service, [{ name: 'email', essential: true }, { name: 'phone_number' }, { name: 'name' }]),
  )
  for (const seen of [/Fill in a form of Tide tables/, /“To book a berth”/, /ada@quay\.example/, /\+99923456789/])
    assert.match(page.text, seen)
  const back = await who.browser.agree(page, ['phone_number', 'name'])
  assert.equal(`${back.url.origin}${back.url.pathname}`, redirectUri)
  assert.deepEqual([...back.url.searchParams.keys()].toSorted(), ['code', 'iss', 'state'])
  assert.deepEqual([back.url.searchParams.get('state'), back.url.searchParams.get('iss')], [state, `${site}/id`])
  const { status, data, headers } = await collect(service, back.url.searchParams.get('code'))
  assert.deepEqual([status, data], [200, { claims: { email: 'ada@quay.example' } }])
  assert.equal(headers.get('cache-control'), 'no-store')
  assert.doesNotMatch(`${back.url} ${JSON.stringify(data)}`, new RegExp(`${who.id}|"sub"`))
  const [receipt] = await receiptsOf(who)
  assert.deepEqual(
    [receipt!.fields, receipt!.collected, receipt!.receipt.purpose],
    [['email'], true, 'To book a berth'],
  )
  assert.deepEqual([...(await sql`select 1 from identity.consent where person_id = ${who.id}`)], [])
})

test('a verified field comes with who verified it and when, and no number that was not asked for', async () => {
  const service = await newService()
  const who = await visitor()
  await prove(sql, installation, who.id)
  const page = await who.browser.open(
    await addressFor(service, [{ name: 'birthdate', verified: true, essential: true }]),
  )
  const back = await who.browser.agree(page)
  const { data } = await collect(service, back.url.searchParams.get('code'))
  const { verification, claims } = data.verified_claims as {
    verification: { trust_framework: string; assurance_level: string }
    claims: object
  }
  assert.deepEqual([data.claims, claims], [{}, { birthdate: '1990-05-17' }])
  assert.deepEqual([verification.trust_framework, verification.assurance_level], ['tl_quay', 'urn:praya:level:2'])
  assert.doesNotMatch(JSON.stringify(data), /T00000116|Quay"/)
})

test('what waits stands in the database only sealed', async () => {
  const service = await newService()
  const who = await visitor()
  const address = await addressFor(service)
  const handle = address.split('/').at(-1)!
  const page = await who.browser.open(address)
  const code = (await who.browser.agree(page)).url.searchParams.get('code')!
  const rows = (await orders()).join('\n')
  const hexOf = (text: string) => Buffer.from(text).toString('hex')
  for (const secret of [handle, code, 'ada@quay.example', 'To book a berth', state, redirectUri])
    assert.ok(!rows.includes(secret) && !rows.includes(hexOf(secret)), secret)
})

test('a person signs in on the way and comes back to the form; a missing field is filled in, and ticks are kept', async () => {
  const service = await newService()
  const address = await addressFor(service, [{ name: 'boat_name', essential: true }, { name: 'name' }])
  const browser = aBrowserAt(site)
  const signIn = await browser.open(address)
  assert.equal(signIn.url.pathname, '/eng/sign-in')
  const form = await browser.post('/eng/sign-in', { person: 'ada-quay', next: signIn.url.searchParams.get('next')! })
  const early = await browser.agree(form)
  assert.equal(early.status, 422)
  const version = formOf(form.text).filter(([name]) => name === 'version')
  const field = await browser.post(form.url, [...version, ['fill', 'boat_name']])
  const next = field.url.searchParams.get('next')!
  const filled = await browser.post(field.url.pathname, { value: 'Petrel', next })
  assert.match(filled.text, /Petrel/)
  assert.match(filled.text, /<h2[^>]*>You changed a field of your profile</)
  const back = await browser.agree(filled)
  const { data } = await collect(service, back.url.searchParams.get('code'))
  assert.deepEqual(data.claims, { boat_name: 'Petrel' })
})

test('who refuses sends nothing but the refusal, and the form is over', async () => {
  const service = await newService()
  const who = await visitor()
  const page = await who.browser.open(await addressFor(service))
  const back = await who.browser.post(page.url, { answer: 'refuse' })
  assert.deepEqual([back.url.searchParams.get('error'), back.url.searchParams.get('code')], ['access_denied', null])
  assert.equal((await who.browser.agree(page)).status, 410)
  assert.equal((await receiptsOf(who)).length, 0)
})

test('a code is good once, for its own service, and another’s try does not spoil it', async () => {
  const [service, other] = [await newService(), await newService()]
  const who = await visitor()
  const page = await who.browser.open(await addressFor(service))
  const code = (await who.browser.agree(page)).url.searchParams.get('code')
  assert.deepEqual(await outcome(collect(other, code)), [400, 'identity.filling-code'])
  const both = await Promise.all([collect(service, code), collect(service, code)])
  assert.deepEqual(both.map(({ status }) => status).toSorted(), [200, 400])
  assert.deepEqual(await outcome(collect(service, code)), [400, 'identity.filling-code'])
})

test('of two tabs, one answer counts and the other is told so; there is one receipt and one code', async () => {
  const service = await newService()
  const who = await visitor()
  const page = await who.browser.open(await addressFor(service))
  const answers = await Promise.all([who.browser.agree(page), who.browser.agree(page)])
  assert.deepEqual(answers.map(({ url, status }) => (url.searchParams.has('code') ? 'code' : status)).toSorted(), [
    410,
    'code',
  ])
  assert.equal((await receiptsOf(who)).length, 1)
})

test('of agreeing and refusing at the same moment one counts, and what is kept is what was said', async () => {
  const service = await newService()
  for (let round = 0; round < 6; round++) {
    const who = await visitor()
    const page = await who.browser.open(await addressFor(service))
    const answers = [() => who.browser.agree(page), () => who.browser.post(page.url, { answer: 'refuse' })]
    const [one, other] = await Promise.all((round % 2 ? answers : answers.toReversed()).map((answer) => answer()))
    const agreed = [one!, other!].some(({ url }) => url.searchParams.has('code'))
    const refused = [one!, other!].some(({ url }) => url.searchParams.has('error'))
    assert.deepEqual([agreed !== refused, (await receiptsOf(who)).length], [true, agreed ? 1 : 0])
  }
})

test('a value that changed meanwhile is seen before it is sent', async () => {
  const service = await newService()
  const who = await visitor()
  const page = await who.browser.open(await addressFor(service))
  await saveDeclared(sql, installation, who.id, { field: 'email', value: 'other@quay.example' })
  const again = await who.browser.agree(page)
  assert.equal(again.status, 409)
  assert.match(again.text, /other@quay\.example/)
  assert.equal((await receiptsOf(who)).length, 0)
})

test('what another person saw cannot be agreed to by this one, and each sends their own', async () => {
  const service = await newService()
  const [who, other] = [await visitor(), await visitor({ email: 'ben@quay.example' })]
  const address = await addressFor(service)
  const page = await who.browser.open(address)
  assert.equal((await other.browser.agree(page)).status, 409)
  assert.doesNotMatch((await other.browser.open(address)).text, /ada@quay/)
  assert.equal((await aBrowserAt(site).agree(page)).status, 401)
})

// biome-ignore format: matrix
const forgeries: readonly [what: string, fields: [string, string][], headers: Record<string, string> | undefined, status: number][] = [
  ['with a field not asked for',           [['field', 'phone_number']], undefined,                                400],
  ['from a page of another site',          [],                          { origin: 'https://elsewhere.example' }, 403],
  ['from a page that hides where it is',   [],                          { origin: 'null' },                      403],
]
for (const [what, fields, headers, status] of forgeries)
  test(`an answer, ${what}, is refused with ${status}, and nothing is sent`, async () => {
    const service = await newService()
    const who = await visitor()
    const page = await who.browser.open(await addressFor(service))
    const answer = await who.browser.post(page.url, [...formOf(page.text), ...fields, ['answer', 'agree']], headers)
    assert.equal(answer.status, status)
    assert.equal((await receiptsOf(who)).length, 0)
  })

test('with nothing ticked nothing is sent, and the person is told what to do', async () => {
  const service = await newService()
  const who = await visitor()
  const page = await who.browser.open(await addressFor(service))
  const answer = await who.browser.agree(page, ['email'])
  assert.equal(answer.status, 400)
  assert.match(answer.text, /Go back and tick what you want to send, or refuse/)
  assert.equal((await receiptsOf(who)).length, 0)
})

// biome-ignore format: matrix
const wrong: readonly [what: string, fields: Fields, more: object, outcome: [number, string]][] = [
  ['a return address that is not registered', [{ name: 'email' }], { redirect_uri: 'https://elsewhere.example/callback' }, [400, 'identity.filling-address']],
  ['a return address with more at its end',   [{ name: 'email' }], { redirect_uri: `${redirectUri}?more` },               [400, 'identity.filling-address']],
  ['a field that nobody has',                 [{ name: 'shoe_size' }], {},                                               [400, 'identity.filling-field']],
  ['a verified field that no document has',   [{ name: 'email', verified: true }], {},                                   [400, 'identity.filling-field']],
  ['the same field twice',                    [{ name: 'email' }, { name: 'email' }], {},                                [400, 'identity.filling-field']],
  ['no fields',                               [], {},                                                                    [400, 'platform.invalid-value']],
  ['more fields than fifty',                  Array(51).fill({ name: 'email' }), {},                                     [400, 'platform.invalid-value']],
  ['no state',                                [{ name: 'email' }], { state: undefined },                                 [400, 'platform.invalid-value']],
  ['a state of two kilobytes',                [{ name: 'email' }], { state: 'x'.repeat(2000) },                          [400, 'platform.invalid-value']],
  ['a purpose with a control character',      [{ name: 'email' }], { purpose: { en: 'To\u0007 book', 'zh-Hant': '預約' } }, [400, 'platform.invalid-value']],
  ['something that is not documented',        [{ name: 'email' }], { sub: 'ada-quay' },                                  [400, 'platform.invalid-value']],
]
for (const [what, fields, more, expected] of wrong)
  test(`a form with ${what} is refused and nothing waits`, async () => {
    const service = await newService()
    assert.deepEqual(await outcome(order(service, fields, more)), expected)
    assert.equal((await sql`select 1 from identity.filling_order where client_id = ${service.id}`).length, 0)
  })

test('a form takes a token of scope filling for this address, of a client that is not suspended', async () => {
  const service = await newService()
  const other: Service = service
  const without = await client.clientCredentialsGrant(other.config, { resource: site })
  const elsewhere = await client.clientCredentialsGrant(other.config, {})
  const body = { fields: [{ name: 'email' }], purpose, redirect_uri: redirectUri, state }
  // biome-ignore format: matrix
  const tokens: [what: string, token: string | undefined, outcome: [number, string]][] = [
    ['none',                 undefined,              [401, 'identity.filling-token']],
    ['nonsense',             'x'.repeat(43),         [401, 'identity.filling-token']],
    ['without the scope',    without.access_token,   [403, 'identity.filling-scope']],
    ['without the resource', elsewhere.access_token, [401, 'identity.filling-token']],
  ]
  for (const [what, token, expected] of tokens) {
    const asked = post('/filling', token, body)
    assert.deepEqual(await outcome(asked), expected, what)
    assert.match((await asked).headers.get('www-authenticate')!, /^Bearer realm=/)
    assert.deepEqual(await outcome(post('/filling/values', token, { code: 'x'.repeat(43) })), expected, what)
  }
  await sql`update identity.client set state = 'suspended' where id = ${service.id}`
  assert.deepEqual(await outcome(order(service)), [401, 'identity.filling-token'])
})

test('a token that signs a person in asks for no form', async () => {
  const service = await newService()
  const who = await visitor()
  const { tokens } = await signIn(service, who.browser, { scope: 'openid profile' })
  assert.deepEqual(await outcome(order({ ...service, token: tokens.access_token })), [401, 'identity.filling-token'])
})

test('forms that nobody answered and values that nobody collected are gone after their time', async () => {
  const service = await newService()
  const who = await visitor()
  const [waiting, agreed] = [await addressFor(service), await addressFor(service)]
  const page = await who.browser.open(waiting)
  const code = (await who.browser.agree(await who.browser.open(agreed))).url.searchParams.get('code')
  const owner = postgres(first.urls.owner, { max: 1 })
  await owner`update identity.filling_order set expires_at = now() - interval '1 second' where client_id = ${service.id}`
  await owner.end()
  assert.equal((await who.browser.open(waiting)).status, 410)
  assert.equal((await who.browser.agree(page)).status, 410)
  assert.deepEqual(await outcome(collect(service, code)), [400, 'identity.filling-code'])
  await deleteExpiredFillings(sql)
  assert.equal((await sql`select 1 from identity.filling_order where client_id = ${service.id}`).length, 0)
  assert.deepEqual(
    (await receiptsOf(who)).map(({ collected }) => collected),
    [false],
  )
  assert.match((await who.browser.open('/eng/account/sharing')).text, /Not collected, so nothing was told/)
})

test('the receipt is in the account, in the language in which it was read', async () => {
  const service = await newService()
  const who = await visitor()
  const address = await addressFor(service)
  const page = await who.browser.open(address.replace('/filling/', '/han/filling/'))
  assert.match(page.text, /服務所述用途：「預約泊位」/)
  await who.browser.agree(page)
  const [{ id }] = await sql<[{ id: string }]>`select id from identity.sharing where person_id = ${who.id}`
  const receipt = await who.browser.open(`/eng/account/sharing/${id}`)
  assert.match(receipt.text, /lang="zh-Hant"[\s\S]*電郵地址（由你填寫）/)
  assert.match(receipt.text, /預約泊位/)
  assert.doesNotMatch(receipt.text, /ada@quay/)
})

test('a closed account keeps no fields, agrees to nothing, and what was not collected is gone', async () => {
  const service = await newService()
  const who = await visitor()
  await signIn(service, who.browser, { scope: 'openid email' })
  const code = (await who.browser.agree(await who.browser.open(await addressFor(service)))).url.searchParams.get('code')
  const closed = await who.browser.post('/eng/account/close', { sure: 'yes' })
  assert.equal(closed.url.pathname, '/eng/sign-in/closed')
  assert.deepEqual(await outcome(collect(service, code)), [400, 'identity.filling-code'])
  const [left] = await sql<[{ fields: number; consents: number }]>`
    select
      (select count(*)::int from identity.declared_field where person_id = ${who.id}) as fields,
      (select count(*)::int from identity.consent where person_id = ${who.id} and withdrawn_at is null) as consents`
  assert.deepEqual({ ...left }, { fields: 0, consents: 0 })
})
