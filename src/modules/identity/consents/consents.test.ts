import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as client from 'openid-client'
import { redirectUri } from '../../../../test/logins.ts'
import { aBrowserAt, aListeningSite, formOf } from '../../../../test/relying-party.ts'
import { aPersonAt, aService, ask, type Service, signedIn, signIn, type Visitor } from '../../../../test/service.ts'
import { saveDeclared } from '../profile/declared.sql.ts'
import { prove } from '../testing/proven.ts'

const first = await aListeningSite()
const { site, sql, installation } = first

let services = 0
const newService = () => aService(first, `tide-tables-${++services}`)
/** Somebody who wrote some of their fields. */
async function visitor(fields: Record<string, string> = {}): Promise<Visitor> {
  const who = await aPersonAt(first)
  for (const [field, value] of Object.entries(fields)) await saveDeclared(sql, installation, who.id, { field, value })
  return who
}
const claims = (parameter: object) => ({ claims: JSON.stringify(parameter) })
const consentsOf = ({ id }: Visitor) => sql<{ scopes: string[]; fields: string[]; refused: string[] }[]>`
  select scopes, fields, refused
  from identity.consent
  where person_id = ${id} and withdrawn_at is null`
const nothingAgreed = async (who: Visitor) => {
  assert.deepEqual([...(await consentsOf(who))], [])
  assert.deepEqual(
    [
      ...(await sql`select event from platform.audit_event where event = 'identity.consent-given' and actor = ${who.id}`),
    ],
    [],
  )
}

test('each field is shown with the exact value and its source, and only what is ticked is told', async () => {
  const service = await newService()
  const who = await visitor({
    email: 'ada@quay.example',
    phone_number: '+99923456789',
    address: '1 Quay <Street>\nTestland',
  })
  await prove(sql, installation, who.id)
  const { page } = await ask(service, who.browser, { scope: 'openid profile email phone address' })
  for (const seen of [
    /Family name: Quay/,
    /Verified by Counting House on \d+ \w+ \d{4}/,
    /Email address: ada@quay\.example/,
    /As you wrote it; nobody verified it/,
    /Address: 1 Quay &lt;Street>, Testland/,
    /Date of birth: 17 May 1990/,
  ])
    assert.match(page.text, seen)
  const { info, tokens } = await signIn(service, who.browser, { scope: 'openid profile email phone address' }, [
    'email',
    'birthdate',
  ])
  const { sub, ...told } = await info()
  assert.deepEqual(told, {
    name: 'Ada Quay',
    family_name: 'Quay',
    given_name: 'Ada',
    phone_number: '+99923456789',
    phone_number_verified: false,
    address: { formatted: '1 Quay <Street>\nTestland' },
  })
  // Claims of scopes are told at userinfo, not in the ID token (OpenID Connect Core 1.0, §5.4).
  assert.equal(tokens.claims()!.family_name, undefined)
  const [consent] = await consentsOf(who)
  assert.deepEqual(consent!.refused.toSorted(), ['birthdate', 'email'])
})

test('who answered before is not asked again, unless the service asks for more or needs what was left out', async () => {
  const service = await newService()
  const who = await visitor({ email: 'ada@quay.example', phone_number: '+99923456789' })
  await signIn(service, who.browser, { scope: 'openid email' }, ['email'])
  const another = async () => signedIn(first, who.id)
  assert.ok((await ask(service, await another(), { scope: 'openid email' })).page.url.searchParams.has('code'))
  const more = await ask(service, await another(), { scope: 'openid email phone' })
  assert.match(more.page.text, /Telephone number: \+99923456789/)
  const needs = claims({ userinfo: { email: { essential: true } } })
  assert.match((await ask(service, await another(), { scope: 'openid', ...needs })).page.text, /The service needs/)
})

test('a claim that is asked for in one place is told in that place alone', async () => {
  const service = await newService()
  const who = await visitor({ email: 'ada@quay.example', phone_number: '+99923456789', boat_name: 'Petrel' })
  const asked = claims({ id_token: { email: null, boat_name: { essential: true } }, userinfo: { phone_number: null } })
  const { tokens, info } = await signIn(service, who.browser, asked)
  const idToken = tokens.claims()!
  assert.deepEqual([idToken.email, idToken.boat_name, idToken.phone_number], ['ada@quay.example', 'Petrel', undefined])
  const { sub, ...rest } = await info()
  assert.deepEqual(rest, { phone_number: '+99923456789' })
})

const verification = { trust_framework: null }
const wanted = { family_name: null, birthdate: null }
const answered = { trust_framework: 'tl_quay' }
// biome-ignore format: matrix
const verifications: readonly [what: string, request: object, outcome: object | undefined][] = [
  ['the framework alone',              { verification, claims: wanted }, { verification: answered, claims: { family_name: 'Quay', birthdate: '1990-05-17' } }],
  ['our framework by its name',        { verification: { trust_framework: { value: 'tl_quay' } }, claims: { family_name: null } }, { verification: answered, claims: { family_name: 'Quay' } }],
  ['another framework',                { verification: { trust_framework: { value: 'de_aml' } }, claims: wanted }, undefined],
  ['one of several frameworks',        { verification: { trust_framework: { values: ['de_aml', 'tl_quay'] } }, claims: { birthdate: null } }, { verification: answered, claims: { birthdate: '1990-05-17' } }],
  ['a level',                          { verification: { trust_framework: null, assurance_level: { value: 'urn:praya:level:2' } }, claims: { birthdate: null } }, { verification: { ...answered, assurance_level: 'urn:praya:level:2' }, claims: { birthdate: '1990-05-17' } }],
  ['a level that is not reached',      { verification: { trust_framework: null, assurance_level: { value: 'urn:praya:level:3' } }, claims: wanted }, undefined],
  ['a verification of yesterday',      { verification: { trust_framework: null, time: { max_age: 0 } }, claims: wanted }, undefined],
  ['evidence that we do not have',     { verification: { trust_framework: null, evidence: [{ type: { value: 'vouch' } }] }, claims: wanted }, undefined],
  ['a document as evidence',           { verification: { trust_framework: null, evidence: [{ type: { value: 'document' } }] }, claims: { birthdate: null } }, { verification: { ...answered, evidence: [{ type: 'document' }] }, claims: { birthdate: '1990-05-17' } }],
  ['a value that is not theirs',       { verification, claims: { birthdate: { value: '1990-05-18' }, family_name: null } }, { verification: answered, claims: { family_name: 'Quay' } }],
  ['a claim that no document verifies', { verification, claims: { email: null } }, undefined],
  ['a claim that nobody knows',        { verification, claims: { shoe_size: null } }, undefined],
]
for (const [what, request, outcome] of verifications)
  test(`verified claims are asked with ${what}: ${outcome ? 'what fits is told' : 'they are left out'}`, async () => {
    const service = await newService()
    const who = await visitor({ email: 'ada@quay.example' })
    await prove(sql, installation, who.id, { number: `T0000${services.toString().padStart(4, '0')}` })
    const { tokens, info } = await signIn(service, who.browser, claims({ userinfo: { verified_claims: request } }))
    assert.deepEqual((await info()).verified_claims, outcome)
    assert.equal(tokens.claims()!.verified_claims, undefined)
  })

test('of a list of verified claims each element is answered by its own verification, and told in one line of the history', async () => {
  const service = await newService()
  const who = await visitor()
  await prove(sql, installation, who.id, { number: 'T0005555' })
  const level = (number: number) => ({ trust_framework: null, assurance_level: { value: `urn:praya:level:${number}` } })
  const list = [
    { verification: level(2), claims: { family_name: null } },
    { verification: level(3), claims: { birthdate: null } },
    { verification, claims: { family_name: null, given_name: { essential: true } } },
  ]
  const outcome = [
    { verification: { ...answered, assurance_level: 'urn:praya:level:2' }, claims: { family_name: 'Quay' } },
    { verification: answered, claims: { family_name: 'Quay', given_name: 'Ada' } },
  ]
  for (const place of ['userinfo', 'id_token'] as const) {
    const asked = claims({ [place]: { verified_claims: list } })
    const { tokens, info } = await signIn(service, who.browser, { ...asked, prompt: 'consent' })
    const told = place === 'userinfo' ? await info() : tokens.claims()!
    assert.deepEqual(told.verified_claims, outcome, place)
  }
  const [line] = await sql<{ fields: string[] }[]>`
    select fields from identity.sharing where person_id = ${who.id} limit 1`
  assert.deepEqual(line!.fields.toSorted(), ['verified/family_name', 'verified/given_name'])
})

test('a list of verified claims of which none can be met is left out', async () => {
  const service = await newService()
  const who = await visitor()
  await prove(sql, installation, who.id, { number: 'T0005556' })
  const list = [{ verification: { trust_framework: { value: 'de_aml' } }, claims: { family_name: null } }]
  const { info } = await signIn(service, who.browser, claims({ userinfo: { verified_claims: list } }))
  assert.deepEqual(Object.keys(await info()), ['sub'])
})

test('how a document was checked and when is told in the ID token, where that is asked for', async () => {
  const service = await newService()
  const who = await visitor()
  await prove(sql, installation, who.id, { number: 'T0009999' })
  const request = {
    verification: { trust_framework: null, time: null, evidence: [{ type: null, check_details: [{}] }] },
    claims: { document_number: { essential: true } },
  }
  const { tokens } = await signIn(service, who.browser, claims({ id_token: { verified_claims: request } }))
  const told = tokens.claims()!.verified_claims as never as {
    verification: { time: string; evidence: { check_details: object[] }[] }
    claims: object
  }
  assert.deepEqual(told.claims, { document_number: 'T0009999' })
  assert.deepEqual(told.verification.evidence[0]!.check_details, [
    { check_method: 'data', organization: 'Counting House', time: told.verification.time },
  ])
})

test('a person without a proof is told so, may go on, and nothing is said to be verified of them', async () => {
  const service = await newService()
  const who = await visitor({ family_name: 'Invented' })
  const request = claims({
    userinfo: { verified_claims: { verification, claims: { family_name: { essential: true } } } },
  })
  const { page } = await ask(service, who.browser, request)
  assert.match(page.text, /Not verified, so it is not sent/)
  assert.doesNotMatch(page.text, /Invented/)
  const { info } = await signIn(service, who.browser, request)
  assert.deepEqual(Object.keys(await info()), ['sub'])
})

test('a verified claim that was left out is not told, and the plain one stays its own', async () => {
  const service = await newService()
  const who = await visitor()
  await prove(sql, installation, who.id, { number: 'T0008888' })
  const request = claims({ userinfo: { family_name: null, verified_claims: { verification, claims: wanted } } })
  const { info } = await signIn(service, who.browser, request, ['birthdate'])
  const { sub, ...told } = await info()
  assert.deepEqual(told, {
    family_name: 'Quay',
    verified_claims: { verification: answered, claims: { family_name: 'Quay' } },
  })
})

test('who agreed to what they wrote did not agree to what a document proves later, until they see it', async () => {
  const service = await newService()
  const who = await visitor({ family_name: 'Invented' })
  const asks = (essential: boolean) =>
    claims({
      userinfo: {
        family_name: { essential: true },
        verified_claims: { verification, claims: { family_name: { essential } } },
      },
    })
  const { info } = await signIn(service, who.browser, asks(false))
  assert.deepEqual((await consentsOf(who))[0], {
    scopes: ['openid'],
    fields: ['family_name'],
    refused: ['verified/family_name'],
  })
  const [{ sentences }] = await sql<[{ sentences: string[] }]>`
    select array(select jsonb_array_elements_text(receipt -> 'sentences')) as sentences
    from identity.consent where person_id = ${who.id}`
  assert.equal(sentences.at(-1), 'Family name, as you wrote it')
  assert.ok((await ask(service, who.browser, asks(false))).page.url.searchParams.has('code'), 'it was answered')

  await prove(sql, installation, who.id, { number: 'T0006666' })
  assert.equal((await info()).verified_claims, undefined)
  // A service that needs it verified has the person asked again, who now reads by whom.
  const again = await signIn(service, await signedIn(first, who.id), asks(true))
  assert.match(again.asked.text, /<dd>Quay<p[^>]*>Verified by Counting House/)
  assert.deepEqual((await again.info()).verified_claims, { verification: answered, claims: { family_name: 'Quay' } })
  assert.deepEqual([...(await consentsOf(who))[0]!.fields].sort(), ['family_name', 'verified/family_name'])
})

test('a proof that ended is told no more, with the same token', async () => {
  const service = await newService()
  const who = await visitor()
  await prove(sql, installation, who.id, { number: 'T0007777' })
  const { info } = await signIn(
    service,
    who.browser,
    claims({ userinfo: { verified_claims: { verification, claims: wanted } } }),
  )
  assert.ok((await info()).verified_claims)
  await sql`update identity.proof set withdrawn_at = now() where person_id = ${who.id}`
  assert.equal((await info()).verified_claims, undefined)
})

/** What a page says first that follows filling in a field. */
const changedField = /<section class="banner banner--good"[^>]*><h2[^>]*>You changed a field of your profile</

test('a needed field that is missing is filled in on the way, and what was unticked stays unticked', async () => {
  const service = await newService()
  const who = await visitor({ email: 'ada@quay.example' })
  const request = {
    scope: 'openid email',
    ...claims({ userinfo: { phone_number: { essential: true, purpose: 'To call you when the tide turns' } } }),
  }
  const { page, exchange } = await ask(service, who.browser, request)
  assert.match(page.text, /“To call you when the tide turns”/)
  const early = await who.browser.agree(page)
  assert.equal(early.status, 422)
  assert.match(early.text, /<a href="#fill-phone_number">Fill in “Telephone number”, which the service needs/)
  // At the field too, where the button that fills it in is described by it.
  const button = /<button [^>]*id="fill-phone_number"[^>]*aria-describedby="([^"]+)"/
  const [, described] = button.exec(early.text)!
  const [, said] = new RegExp(`<p class="field__error" id="${described}">(.*?)</p>`).exec(early.text)!
  assert.match(said!, /Fill in “Telephone number”/)
  assert.doesNotMatch(page.text, button)
  await nothingAgreed(who)
  const version = formOf(page.text).filter(([name]) => name === 'version')
  const field = await who.browser.post(page.url, [...version, ['fill', 'phone_number']])
  assert.equal(field.url.pathname, '/eng/account/profile/phone_number')
  const next = field.url.searchParams.get('next')!
  assert.doesNotMatch(next, /quay|999/)
  const back = await who.browser.post(field.url.pathname, { value: '2345 6789', next })
  assert.match(back.text, /\+99923456789/)
  assert.match(back.text, changedField)
  assert.ok(!formOf(back.text).some(([name, value]) => name === 'field' && value === 'email'))
  const tokens = await exchange((await who.browser.agree(back)).url)
  const { sub, ...told } = await client.fetchUserInfo(service.config, tokens.access_token, tokens.claims()!.sub)
  assert.deepEqual(told, { phone_number: '+99923456789' })
})

test('a value that changes while the page is open is seen before it is agreed to', async () => {
  const service = await newService()
  const who = await visitor({ email: 'ada@quay.example' })
  const { page } = await ask(service, who.browser, { scope: 'openid email' })
  await saveDeclared(sql, installation, who.id, { field: 'email', value: 'other@quay.example' })
  const again = await who.browser.agree(page)
  assert.equal(again.status, 409)
  assert.match(again.text, /This changed while you looked[\s\S]*other@quay\.example/)
  await nothingAgreed(who)
  assert.ok((await who.browser.agree(again)).url.searchParams.has('code'))
})

const forged: readonly [what: string, fields: readonly [string, string][]][] = [
  ['a field that the service did not ask for', [['field', 'phone_number']]],
  ['a field that nobody has', [['field', 'no_such_field']]],
  ['a name of the agreement itself', [['field', 'verified/family_name']]],
]
for (const [what, fields] of forged)
  test(`${what}, put into the form, is refused and nothing is agreed`, async () => {
    const service = await newService()
    const who = await visitor({ email: 'ada@quay.example', phone_number: '+99923456789' })
    const { page } = await ask(service, who.browser, { scope: 'openid email' })
    const answer = await who.browser.post(page.url, [...formOf(page.text), ...fields, ['answer', 'agree']])
    assert.equal(answer.status, 400)
    await nothingAgreed(who)
  })

test('what a service needs cannot be unticked: agreeing sends it, refusing sends nothing', async () => {
  const service = await newService()
  const who = await visitor({ email: 'ada@quay.example' })
  const request = claims({ userinfo: { email: { essential: true } } })
  const { page } = await ask(service, who.browser, request)
  assert.ok(!page.text.includes('type="checkbox"'))
  const { info } = await signIn(service, who.browser, request, ['email'])
  assert.equal((await info()).email, 'ada@quay.example')
  const other = await newService()
  const asked = await ask(other, who.browser, request)
  const refused = await who.browser.post(asked.page.url, { answer: 'refuse' })
  assert.equal(refused.url.searchParams.get('error'), 'access_denied')
  assert.equal((await consentsOf(who)).length, 1)
})

// biome-ignore format: matrix
const senders: readonly [what: string, headers: Record<string, string>][] = [
  ['a page of another site',          { origin: 'https://elsewhere.example' }],
  ['a page that hides where it is',   { origin: 'null' }],
  ['a sibling site',                  { origin: 'https://service.example', 'sec-fetch-site': 'same-site' }],
]
for (const [what, headers] of senders)
  test(`${what} cannot agree in a person’s browser`, async () => {
    const service = await newService()
    const who = await visitor({ email: 'ada@quay.example' })
    const { page } = await ask(service, who.browser, { scope: 'openid email' })
    const answer = await who.browser.post(page.url, [...formOf(page.text), ['answer', 'agree']], headers)
    assert.equal(answer.status, 403)
    await nothingAgreed(who)
  })

test('a request of one browser is answered in no other, even by the same person', async () => {
  const service = await newService()
  const who = await visitor({ email: 'ada@quay.example' })
  const { page } = await ask(service, who.browser, { scope: 'openid email' })
  const other = await signedIn(first, who.id)
  assert.equal((await other.open(page.url)).status, 410)
  assert.equal((await other.agree(page)).status, 410)
  const stranger = await visitor()
  assert.equal((await stranger.browser.agree(page)).status, 410)
  const nobody = await aBrowserAt(site).agree(page)
  assert.equal(nobody.status, 401)
  await nothingAgreed(who)
})

test('of two tabs, the first answer goes back with a code and the second is told that it is over', async () => {
  const service = await newService()
  const who = await visitor({ email: 'ada@quay.example' })
  const { page } = await ask(service, who.browser, { scope: 'openid email' })
  assert.ok((await who.browser.agree(page)).url.searchParams.has('code'))
  assert.equal((await who.browser.agree(page)).status, 410)
  assert.equal((await consentsOf(who)).length, 1)
})

const big = Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`claim_${at}`, null]))
// biome-ignore format: matrix
const malformed: readonly [what: string, parameter: string][] = [
  ['no JSON',                                '{"userinfo":'],
  ['no object',                              '[]'],
  ['neither place',                          '{"elsewhere":{}}'],
  ['a claim that is text',                   '{"userinfo":{"email":"please"}}'],
  ['essential that is text',                 '{"userinfo":{"email":{"essential":"yes"}}}'],
  ['a purpose with a line break',            '{"userinfo":{"email":{"purpose":"one\\ntwo"}}}'],
  ['a purpose of two characters',            '{"userinfo":{"email":{"purpose":"ab"}}}'],
  ['verified claims without verification',   '{"userinfo":{"verified_claims":{"claims":{"family_name":null}}}}'],
  ['verified claims without a framework',    '{"userinfo":{"verified_claims":{"verification":{},"claims":{"family_name":null}}}}'],
  ['verified claims without claims',         '{"userinfo":{"verified_claims":{"verification":{"trust_framework":null},"claims":{}}}}'],
  ['verified claims as null',                '{"userinfo":{"verified_claims":null}}'],
  ['an empty list of verified claims',       '{"userinfo":{"verified_claims":[]}}'],
  ['a list with one that has no framework',  '{"userinfo":{"verified_claims":[{"verification":{"trust_framework":null},"claims":{"family_name":null}},{"verification":{},"claims":{"birthdate":null}}]}}'],
  ['a negative age',                         '{"userinfo":{"verified_claims":{"verification":{"trust_framework":null,"time":{"max_age":-1}},"claims":{"family_name":null}}}}'],
  ['more claims than fifty',                 JSON.stringify({ userinfo: big })],
  ['more text than eight thousand characters', JSON.stringify({ userinfo: { email: { values: Array(20).fill('x'.repeat(300)) }, phone_number: { values: Array(20).fill('x'.repeat(300)) } } })],
]
/** Pushed, so that its length is the provider's to judge (RFC 9126). */
async function push(service: Service, parameter: string) {
  const answer = await fetch(`${site}/id/request`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${service.id}:a+secret+of+the+test+alone`)}` },
    body: new URLSearchParams({
      redirect_uri: redirectUri,
      client_id: service.id,
      response_type: 'code',
      scope: 'openid',
      code_challenge: 'x'.repeat(43),
      code_challenge_method: 'S256',
      claims: parameter,
    }),
  })
  const { error, error_description: reason } = (await answer.json()) as { error?: string; error_description?: string }
  return { status: answer.status, error, reason }
}
test('claims that nobody knows, members that nobody knows and null are no mistake', async () => {
  const parameter = { userinfo: { shoe_size: null, email: { essential: false, ours: [1] } }, id_token: {} }
  const { status, reason } = await push(await newService(), JSON.stringify(parameter))
  assert.deepEqual([status, reason], [201, undefined])
})
for (const [what, parameter] of malformed)
  test(`a claims parameter with ${what} is an invalid request`, async () => {
    const { status, error, reason } = await push(await newService(), parameter)
    assert.deepEqual([status, error], [400, 'invalid_request'])
    assert.match(reason!, /claims/)
  })

test('the receipt has the sentences, the service’s purpose and the language, and none of the values', async () => {
  const service = await newService()
  const who = await visitor({ email: 'ada@quay.example' })
  await signIn(service, who.browser, claims({ userinfo: { email: { essential: true, purpose: 'To write to you' } } }))
  const [row] = await sql<{ receipt: { sentences: string[]; purpose: string; language: string } }[]>`
    select receipt from identity.consent where person_id = ${who.id}`
  assert.deepEqual(row!.receipt.sentences.at(-1), 'Email address, as you wrote it')
  assert.equal(row!.receipt.purpose, 'Email address: To write to you')
  assert.equal(row!.receipt.language, 'en')
  assert.doesNotMatch(JSON.stringify(row), /quay\.example/)
})

test('discovery says what can be asked', async () => {
  const metadata = (await (await fetch(`${site}/id/.well-known/openid-configuration`)).json()) as Record<
    string,
    unknown
  >
  assert.equal(metadata.claims_parameter_supported, true)
  assert.equal(metadata.verified_claims_supported, true)
  assert.deepEqual(metadata.trust_frameworks_supported, ['tl_quay'])
  for (const claim of [
    'family_name',
    'birthdate',
    'email',
    'address',
    'document_number',
    'boat_name',
    'verified_claims',
  ])
    assert.ok((metadata.claims_supported as string[]).includes(claim), claim)
})

type Line = { way: string; fields: string[] }
const sharingsOf = ({ id }: Visitor) => sql<Line[]>`
  select way, fields from identity.sharing where person_id = ${id} order by at, id`

test('what is told is noted once for each token, and again when it was refreshed', async () => {
  const service: Service = await newService()
  const who = await visitor({ email: 'ada@quay.example' })
  const { tokens, info } = await signIn(service, who.browser, {
    scope: 'openid email offline_access',
    prompt: 'consent',
  })
  assert.deepEqual([...(await sharingsOf(who))], [])
  await info()
  await info()
  assert.deepEqual([...(await sharingsOf(who))], [{ way: 'sign-in', fields: ['email'] }])
  const refreshed = await client.refreshTokenGrant(service.config, tokens.refresh_token!)
  await client.fetchUserInfo(service.config, refreshed.access_token, tokens.claims()!.sub)
  assert.deepEqual(
    [...(await sharingsOf(who))],
    [
      { way: 'sign-in', fields: ['email'] },
      { way: 'refresh', fields: ['email'] },
    ],
  )
})

test('the page is whole in Chinese, and an unknown language of a service changes nothing', async () => {
  const service = await newService()
  const who = await visitor({ email: 'ada@quay.example' })
  const { page } = await ask(service, who.browser, { scope: 'openid email phone', ui_locales: 'zh-Hant' })
  assert.match(page.text, /電郵地址：ada@quay\.example/)
  assert.match(page.text, /由你填寫，未經核實/)
  assert.match(page.text, /服務要求但你未填寫/)
})
