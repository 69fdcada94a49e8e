import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exportJWK, generateKeyPair } from 'jose'
import * as client from 'openid-client'
import { actingIn, refusal, type Somebody } from '../../../../test/acting.ts'
import { aListeningSite } from '../../../../test/relying-party.ts'
import { letPass } from '../../../../test/time.ts'
import { prove } from '../testing/proven.ts'

const started = await aListeningSite()
const { site, sql, app, installation } = started
const { somebody, session, post, get, events } = actingIn(started)
const ann = await somebody({ level: 1 })
const office = 'counting-house'
const officer = await somebody({ organisation: office, roles: ['client-officer'] })
const other = await somebody({ organisation: office, roles: ['client-officer'] })
const keptMs = 2100

const pair = await generateKeyPair('ES256')
const keys = JSON.stringify({ ...(await exportJWK(pair.publicKey)), kid: 'key' })
const asked = { organisation: 'Tides Limited', purpose: 'People see when the tide is high at their pier.' }

async function register(who: Somebody = ann, more: object = {}) {
  const form = { nameEn: 'Tide tables', kind: 'key', keys, addresses: 'https://tides.example/callback', ...more }
  const answer = await post(who, '/developers/clients', form)
  assert.equal(answer.statusCode, 303, answer.body)
  const path = String(answer.headers.location).replace(/^\/\w+|\?.*$/g, '')
  return { path, office: path.replace('developers', 'office'), id: path.split('/').at(-1)! }
}

/** What an officer sends after looking at the page. */
async function decisionOn(path: string, answer: 'approve' | 'refuse', reason = '', by = officer) {
  const { requests, client } = (await get(by, path)).json()
  return { request: requests[0].id, seen: client.changedAt, answer, reason }
}
const stateOf = async (path: string) => (await get(ann, path)).json().client
const inboxOf = async (who: Somebody) => (await get(who, '/account/inbox')).json().messages

test('an approved client is live, with the powers that were asked for, and its developer reads so', async () => {
  const { path, office, id } = await register()
  assert.equal((await post(ann, `${path}/approval`, { ...asked, powers: 'filling' })).statusCode, 303)
  assert.equal((await get(officer, '/office/clients')).json().waiting[0].clientId, id)
  assert.equal((await post(officer, `${office}/decision`, await decisionOn(office, 'approve'))).statusCode, 303)
  const { state, powers, highRisk } = await stateOf(path)
  assert.deepEqual([state, powers, highRisk], ['live', ['filling'], true])
  const [message] = await inboxOf(ann)
  assert.match(message.title.en, /Tide tables is approved/)

  letPass(keptMs)
  const config = await client.discovery(
    new URL(`${site}/id`),
    id,
    undefined,
    client.PrivateKeyJwt({ key: pair.privateKey, kid: 'key' }),
    { execute: [client.allowInsecureRequests] },
  )
  const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair())
  const token = await client.clientCredentialsGrant(config, { scope: 'filling', resource: site }, { DPoP })
  assert.deepEqual([token.scope, token.token_type], ['filling', 'dpop'])
  // What was approved is this and no more: a form may ask for an address, and not for the number of a document.
  const order = (name: string) => {
    const body = JSON.stringify({
      fields: [{ name }],
      redirect_uri: 'https://tides.example/callback',
      state: client.randomState(),
      purpose: { en: 'Tides at your pier', 'zh-Hant': '碼頭潮汐' },
    })
    const headers = new Headers({ 'content-type': 'application/json' })
    const url = new URL(`${site}/filling`)
    return client.fetchProtectedResource(config, token.access_token, url, 'POST', body, headers, { DPoP })
  }
  assert.equal((await order('email')).status, 201)
  const withheld = await order('document_number')
  assert.deepEqual(
    [withheld.status, ((await withheld.json()) as { type: string }).type],
    [403, '/problems/identity.filling-withheld'],
  )
  await assert.rejects(client.clientCredentialsGrant(config, { scope: 'filling', resource: site }), {
    error: 'invalid_grant',
  })
})

test('the number of a document is asked for by no client before an officer approved that, verified or not', async () => {
  const { id, path } = await register()
  const config = await client.discovery(
    new URL(`${site}/id`),
    id,
    undefined,
    client.PrivateKeyJwt({ key: pair.privateKey, kid: 'key' }),
    { execute: [client.allowInsecureRequests] },
  )
  const verification = { trust_framework: null }
  // biome-ignore format: matrix
  const claims: [Record<string, unknown>, before: string, after: string][] = [
    [{ userinfo: { email: null } },                                                                       'taken',         'taken'],
    [{ userinfo: { document_number: null } },                                                             'access_denied', 'taken'],
    [{ id_token: { document_number: { essential: true } } },                                              'access_denied', 'taken'],
    [{ userinfo: { verified_claims: [{ verification, claims: { family_name: null } }, { verification, claims: { document_number: null } }] } }, 'access_denied', 'taken'],
    [{ userinfo: { verified_claims: { verification, claims: { document_number: null } } } },              'access_denied', 'taken'],
  ]
  const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair())
  const outcome = (asked: object) =>
    client
      .buildAuthorizationUrlWithPAR(
        config,
        {
          redirect_uri: 'https://tides.example/callback',
          scope: 'openid',
          claims: JSON.stringify(asked),
          code_challenge: 'x'.repeat(43),
          code_challenge_method: 'S256',
        },
        { DPoP },
      )
      .then(
        () => 'taken',
        (error: { error?: string }) => error.error ?? String(error),
      )
  for (const [asked, before] of claims) assert.equal(await outcome(asked), before, JSON.stringify(asked))
  const { errors } = (await get(ann, `${path}/errors`)).json()
  assert.equal(errors[0].fix.at, 'approval')
  await sql`update identity.client set powers = '{document}', high_risk = true where id = ${id}`
  letPass(keptMs)
  for (const [asked, , after] of claims) assert.equal(await outcome(asked), after, JSON.stringify(asked))
})

test('nobody approves their own client, through whichever door', async () => {
  const own = { ...officer, headers: officer.headers }
  const { path, office } = await register(own)
  await post(own, `${path}/approval`, asked)
  assert.equal((await get(own, office)).json().own, true)
  const before = await events('identity.client-approved')
  for (const answer of ['approve', 'refuse'] as const) {
    const decision = await decisionOn(office, answer, 'because')
    assert.equal(refusal(await post(own, `${office}/decision`, decision)), 'identity.needs-another')
  }
  assert.equal(await events('identity.client-approved'), before)
  const [request] = await sql`select id from identity.client_request where asked_by = ${own.id}`
  await assert.rejects(
    sql`
      update identity.client_request
      set decided_by = asked_by, decided_at = now(), approved = true
      where id = ${request!.id}`,
    /client_request_decided_by_another/,
  )
  assert.equal(
    (await post(other, `${office}/decision`, await decisionOn(office, 'approve', '', other))).statusCode,
    303,
  )
})

test('only officers with the permission see and decide; everybody else is refused, and nothing changes', async () => {
  const { path, office } = await register()
  await post(ann, `${path}/approval`, asked)
  const decision = await decisionOn(office, 'approve')
  const platform = await somebody({ organisation: 'tally-office', roles: ['platform-officer'] })
  for (const who of [ann, platform, await somebody()]) {
    for (const page of ['/office/clients', office])
      assert.equal(refusal(await get(who, page)), 'platform.not-allowed', page)
    for (const send of ['decision', 'suspend', 'resume'])
      assert.equal(refusal(await post(who, `${office}/${send}`, { ...decision, reason: 'x' })), 'platform.not-allowed')
  }
  const cross = await app.inject({
    method: 'POST',
    url: `${office}/decision`,
    headers: { ...officer.headers, 'sec-fetch-site': 'cross-site' },
    payload: decision,
  })
  assert.equal(refusal(cross), 'platform.cross-site')
  assert.equal((await stateOf(path)).state, 'sandbox')
  // An officer is no developer of it.
  assert.equal(refusal(await get(officer, path)), 'identity.client-not-found')
  assert.equal(refusal(await post(officer, `${path}/secret`)), 'identity.client-not-found')
})

test('an officer who has not proven level 2 neither sees nor decides', async () => {
  const { path, office } = await register()
  await post(ann, `${path}/approval`, asked)
  const decision = await decisionOn(office, 'approve')
  const weak = await somebody({ organisation: 'counting-house', roles: ['client-officer'], level: 1 })
  for (const page of ['/office/clients', office])
    assert.equal(refusal(await get(weak, page)), 'platform.level-too-low', page)
  for (const send of ['decision', 'suspend', 'resume'])
    assert.equal(refusal(await post(weak, `${office}/${send}`, { ...decision, reason: 'x' })), 'platform.level-too-low')
  assert.equal((await stateOf(path)).state, 'sandbox')
})

test('what is approved is what the officer saw: a client that changed meanwhile is not', async () => {
  const { path, office } = await register()
  await post(ann, `${path}/approval`, asked)
  const decision = await decisionOn(office, 'approve')
  const form = { nameEn: 'Tax refunds', addresses: 'https://tides.example/callback' }
  assert.equal((await post(ann, `${path}/change`, form)).statusCode, 303)
  assert.equal(refusal(await post(officer, `${office}/decision`, decision)), 'identity.client-other-state')
  assert.equal((await stateOf(path)).state, 'sandbox')
  assert.equal((await get(officer, office)).json().requests[0].decidedAt, null, 'it still waits')
})

test('two officers at once decide once', async () => {
  const { path, office } = await register()
  await post(ann, `${path}/approval`, asked)
  const decision = await decisionOn(office, 'approve')
  const all = await Promise.all([officer, other, officer].map((by) => post(by, `${office}/decision`, decision)))
  assert.deepEqual(all.map(refusal).sort(), ['303', 'identity.client-request-gone', 'identity.client-request-gone'])
})

test('a refusal needs a reason, which the developer reads, who may then ask again', async () => {
  const { path, office } = await register()
  await post(ann, `${path}/approval`, asked)
  assert.equal(refusal(await post(ann, `${path}/approval`, asked)), 'identity.client-other-state', 'one at a time')
  assert.deepEqual(
    (await post(officer, `${office}/decision`, await decisionOn(office, 'refuse', ' '))).json().mistakes,
    ['reason'],
  )
  await post(officer, `${office}/decision`, await decisionOn(office, 'refuse', 'Say who runs it'))
  assert.equal((await stateOf(path)).state, 'sandbox')
  const [message] = await inboxOf(ann)
  assert.match(message.title.en, /was not approved/)
  assert.equal((await get(ann, path)).json().request.reason, 'Say who runs it')
  assert.equal((await post(ann, `${path}/approval`, asked)).statusCode, 303)
})

test('what is asked for is complete, and of high risk only for a client with its own key', async () => {
  const key = await register()
  const secret = await register(ann, { kind: 'secret' })
  const local = await register(ann, { addresses: 'http://localhost:3000/callback' })
  // biome-ignore format: matrix
  const cases = [
    [key,    { ...asked, organisation: ' ' },               ['organisation']],
    [key,    { ...asked, organisation: 'x'.repeat(161) },   ['organisation']],
    [key,    { ...asked, purpose: 'Tides' },                ['purpose']],
    [key,    {},                                            ['organisation', 'purpose']],
    [key,    { ...asked, powers: ['everything'] },          ['powers']],
    [key,    { ...asked, powers: '__proto__' },             ['powers']],
    [secret, { ...asked, powers: ['filling'] },             ['key']],
    [local,  asked,                                         ['address']],
  ] as const
  for (const [{ path }, form, mistakes] of cases) {
    const answer = await post(ann, `${path}/approval`, form)
    assert.deepEqual([answer.statusCode, answer.json().mistakes], [422, mistakes], JSON.stringify(form))
  }
  assert.equal(
    (await post(ann, `${secret.path}/approval`, asked)).statusCode,
    303,
    'to sign people in, a secret is enough',
  )
})

test('a live client keeps its name and its host', async () => {
  const { path, office } = await register()
  await post(ann, `${path}/approval`, asked)
  await post(officer, `${office}/decision`, await decisionOn(office, 'approve'))
  const change = (form: object) => post(ann, `${path}/change`, { nameEn: 'Tide tables', ...form })
  // biome-ignore format: matrix
  const cases = [
    [{ addresses: 'https://tides.example/other' },                         null],
    [{ addresses: 'https://tides.example/other', nameEn: 'Tax refunds' },  'nameEn'],
    [{ addresses: 'https://other.example/callback' },                      'addresses'],
    [{ addresses: 'http://localhost:3000/callback' },                      'addresses'],
  ] as const
  for (const [form, field] of cases) {
    const answer = await change(form)
    if (field === null) assert.equal(answer.statusCode, 303)
    else assert.equal(answer.json().mistakes[0].field, field, JSON.stringify(form))
  }
  assert.deepEqual((await get(ann, path)).json().addresses, ['https://tides.example/other'])
})

test('officers read who the developer is by the name that a document proves', async () => {
  const { office } = await register()
  const developer = async () => (await get(officer, office)).json().developer.en
  const { name } = (await get(ann, '/account')).json().person
  assert.equal(await developer(), name.en)
  await prove(sql, installation, ann.id)
  assert.equal(await developer(), `Ada Quay (addressed as ${name.en})`)
})

test('pages say of a client what was approved, and what approval would bring', async () => {
  const { path, office } = await register()
  const page = async ({ headers }: Somebody, url: string) =>
    (await app.inject({ url: `/eng${url}`, headers: { ...headers, accept: 'text/html' } })).body
  assert.match(await page(officer, office), /not yet: it is for trials alone/)
  assert.doesNotMatch(await page(officer, office), /it signs people in/)
  assert.match(await page(ann, path), /lets it leave the sandbox/)
  const change = await page(ann, `${path}/change`)
  const { values } = (await get(ann, `${path}/change`)).json()
  assert.equal(values.nameHant, '', 'what was written once is not written twice')
  assert.match(change, new RegExp(`<a href="/eng${path}">Tide tables</a>`))
  await post(ann, `${path}/approval`, asked)
  await post(officer, `${office}/decision`, await decisionOn(office, 'approve'))
  assert.match(await page(officer, office), /none: it signs people in/)
  assert.doesNotMatch(await page(ann, path), /leave the sandbox/)
})

test('whom an officer stopped, no developer starts', async () => {
  const { path, office } = await register()
  assert.deepEqual((await post(officer, `${office}/suspend`, { reason: ' ' })).json().mistakes, ['suspendReason'])
  await post(ann, `${path}/suspend`)
  assert.equal((await post(officer, `${office}/suspend`, { reason: 'People were misled' })).statusCode, 303)
  assert.equal(refusal(await post(ann, `${path}/resume`)), 'identity.client-other-state')
  assert.equal((await stateOf(path)).state, 'suspended')
  assert.match((await inboxOf(ann))[0].title.en, /is suspended/)
  assert.equal((await post(officer, `${office}/resume`)).statusCode, 303)
  assert.equal((await stateOf(path)).state, 'sandbox')
})

test('an officer who acts for no organisation decides nothing', async () => {
  const { path, office } = await register()
  await post(ann, `${path}/approval`, asked)
  const decision = await decisionOn(office, 'approve')
  const alone = { ...officer, headers: await session(officer.id) }
  assert.equal(refusal(await post(alone, `${office}/decision`, decision)), 'platform.not-allowed')
  assert.equal((await stateOf(path)).state, 'sandbox')
})
