import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, beforeEach, test } from 'node:test'
import { start } from '#test'
import { loadPackOrThrow } from '../../../../test/pack.ts'
import { cookieOf } from '../../../../test/start.ts'
import { modules } from '../../../modules.ts'
import postgres from '../../../platform/driver.ts'
import { insertPerson } from '../people/people.sql.ts'
import { insertSession } from '../sessions/sessions.sql.ts'
import { findLastAlert, listAlerts } from '../testing/alerts.sql.ts'
import { provenFields, verifiedNameOf } from './claims.ts'
import { warnOfEndingProofs } from './jobs.ts'
import { createRegister } from './made-up-register.ts'
import { insertProof, listProofs } from './proofs.sql.ts'

/** The other department: the made-up register over real HTTP, until a test lets it misbehave. */
const honest = createRegister(await loadPackOrThrow('testland', modules), 'a-token-of-the-test')
let misbehave: RequestListener | undefined
let asked = 0
let lastHeaders: Record<string, unknown> = {}
const other = createServer((request, response) => {
  asked += 1
  lastHeaders = request.headers
  if (misbehave) return misbehave(request, response)
  return void honest.emit('request', request, response)
}).listen(0, '127.0.0.1')
await once(other, 'listening')
after(() => {
  other.closeAllConnections()
  other.close()
})
const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}/`
const populationRegister = { url, token: 'a-token-of-the-test', timeoutMs: 300 }
const { app, sql, installation, urls } = await start({ populationRegister, behindProxy: true })
const second = await start({ populationRegister, behindProxy: true, beside: { urls } as never })

const owner = postgres(urls.owner, { max: 1, onnotice: () => {} })
after(() => owner.end())

const html = { accept: 'text/html' }
let network = 0

/** Somebody with an account, in a network of their own, with a session of the real kind. */
async function newcomer(levelMax: 1 | 2 | 3 = 3) {
  const id = `p-${randomUUID().slice(0, 8)}`
  await insertPerson(sql, id, { en: 'New Comer', 'zh-Hant': '新人' })
  const token = await insertSession(sql, { personId: id, levelMax, methods: ['hwk', 'user'] })
  network += 1
  return { id, headers: { ...cookieOf(token), 'x-forwarded-for': `198.51.${network >> 8}.${network & 255}` } }
}
type Somebody = Awaited<ReturnType<typeof newcomer>>

const post = (url: string, { headers }: Pick<Somebody, 'headers'>, form: Record<string, string | string[]>, to = app) =>
  to.inject({ method: 'POST', url: `/eng${url}`, headers: { ...html, ...headers }, payload: form })
const get = (url: string, { headers }: Pick<Somebody, 'headers'>) => app.inject({ url, headers })
const base = '/account/level/document'

const ada = { kind: 'quay-pass', number: 'T0000011(6)', family: 'Quay', given: 'Ada', born: '1990-05-17' }
const dora = { kind: 'quay-pass', number: 't0000044x', family: 'OPIER SMITH', given: 'dora', born: '2000-02-29' }
const ebb = { kind: 'quay-pass', number: 'T00000773', family: 'Tide', given: 'Ebb', born: '1966-06-06' }

async function type(who: Somebody, { kind, number, family, given, born }: typeof ada, next?: string) {
  const [year, month, day] = born.split('-') as [string, string, string]
  const steps = [
    [base, { kind, number, ...(next && { next }) }],
    [`${base}/name`, { family, given }],
    [`${base}/birth-date`, { 'born-year': year, 'born-month': month, 'born-day': day }],
  ] as const
  for (const [url, form] of steps) assert.equal((await post(url, who, form)).statusCode, 303, url)
  return (await get(`${base}/check`, who)).json().version as string
}

async function prove(who: Somebody, document: typeof ada, next?: string) {
  const version = await type(who, document, next)
  return post(`${base}/check`, who, { version })
}
const outcomeOf = async (who: Somebody) => (await get(`${base}/result`, who)).json().outcome
const levelOf = async (who: Pick<Somebody, 'headers'>) => (await get('/account/level', who)).json().sessionLevel
const tries = async (who: Somebody) => (await sql`select 1 from identity.proof_try where person_id = ${who.id}`).length
beforeEach(async () => {
  await sql`update identity.identity_document set released_at = now() where released_at is null`
  await sql`delete from identity.proof_try`
})

test('a person of level 1 walks through the pages and reaches level 2, with a trace and a proof that ends', async () => {
  const who = await newcomer()
  assert.equal(await levelOf(who), 1)
  const response = await prove(who, ada)
  assert.equal(response.headers.location, `/eng${base}/result`)
  assert.equal(await outcomeOf(who), 'match')
  const { level, sessionLevel, proofs } = (await get('/account/level', who)).json()
  assert.deepEqual([level, sessionLevel, proofs.length, proofs[0].method], [2, 2, 1, 'register'])
  assert.match(proofs[0].reference, /^P-\d{6}$/)
  const [left] = await sql`
    select extract(year from age(expires_at, proven_at))::int as years from identity.proof where person_id = ${who.id}`
  assert.equal(left?.years, 1)
  const acts = await sql`select event, detail from platform.audit_event where actor = ${who.id}`
  assert.deepEqual([...acts], [{ event: 'identity.document-proven', detail: { outcome: 'match' } }])
  assert.deepEqual((await findLastAlert(sql, who.id, 'level-changed'))?.alertValues, { level: 2 })
  assert.match(String(lastHeaders['content-digest']), /^sha-256=:.{44}:$/)
})

test('who was sent to prove more comes back to where they were', async () => {
  const who = await newcomer()
  const page = await app.inject({ url: '/eng/account/level?next=/account%3Fa=1', headers: { ...html, ...who.headers } })
  assert.match(page.body, /level\/document\?next=%2Faccount%3Fa%3D1/)
  for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example']) {
    assert.equal((await get(`/account/level?next=${encodeURIComponent(next)}`, who)).statusCode, 400, next)
    assert.equal((await post(base, who, { kind: ada.kind, number: ada.number, next })).statusCode, 400, next)
  }
})

for (const next of ['/account?a=1', '/account/organisations', '/account/mandates', '/sign/new'])
  test(`who proved a document on the way to ${next} is led there, where it is said first`, async () => {
    const who = await newcomer()
    const { headers } = await prove(who, ada, next)
    assert.ok(String(headers.location).startsWith(`/eng${next}`), headers.location)
    const page = await app.inject({ url: String(headers.location), headers: { ...html, ...who.headers } })
    assert.match(page.body, /<h2[^>]*>You proved your identity document<[\s\S]*<h1/)
  })

test('what does not match proves nothing, and nobody is told which part was right', async () => {
  // biome-ignore format: matrix
  const cases = [
    ['another birth date',  { ...ebb, born: '1966-06-07' },       'no-match'],
    ['another name',        { ...ebb, given: 'Flow' },            'no-match'],
    ['a number of nobody',  { ...ebb, number: 'T0000132X' },      'no-match'],
    ['another kind',        { ...ebb, kind: 'lamp-card', number: 'L000026' }, 'no-match'],
    ['somebody deceased',   { kind: 'quay-pass', number: 'T00000554', family: 'Tide', given: 'Old', born: '1931-01-01' },  'not-current'],
    ['a cancelled pass',    { kind: 'quay-pass', number: 'T00000669', family: 'Tide', given: 'Lost', born: '1999-09-09' }, 'not-current'],
  ] as const
  const pages = new Set<string>()
  for (const [what, document, outcome] of cases) {
    const who = await newcomer()
    await prove(who, document)
    assert.equal(await outcomeOf(who), outcome, what)
    assert.equal((await listProofs(sql, who.id)).length, 0, what)
    if (outcome === 'no-match') {
      const page = await app.inject({ url: `/eng${base}/result`, headers: { ...html, ...who.headers } })
      pages.add(/<main[\s\S]*<\/main>/.exec(page.body)![0])
    }
  }
  assert.equal(pages.size, 1)
  assert.equal((await sql`select 1 from identity.identity_document where released_at is null`).length, 0)
})

test('mistakes in the form come back with what was typed, and ask nobody', async () => {
  const who = await newcomer()
  const before = asked
  const number = await post(base, who, { kind: 'quay-pass', number: 'T00000117' })
  assert.equal(number.statusCode, 422)
  assert.match(number.body, /check digit does not fit/)
  assert.match(number.body, /value="T00000117"/)
  assert.equal((await post(base, who, { kind: 'passport', number: 'T00000116' })).statusCode, 422)
  assert.equal((await post(base, who, {})).statusCode, 422)
  assert.equal((await post(`${base}/name`, who, { family: ' ', given: '-' })).statusCode, 422)
  assert.equal(
    (await post(`${base}/birth-date`, who, { 'born-year': '2001', 'born-month': '2', 'born-day': '29' })).statusCode,
    422,
  )
  assert.equal((await get(`${base}/check`, who)).headers.location?.endsWith(base), true)
  assert.equal(asked, before)
})

test('a document that is bound to an open account is refused in another, without telling whose it is', async () => {
  const [first, other] = [await newcomer(), await newcomer()]
  await prove(first, ebb)
  await prove(other, ebb)
  assert.equal(await outcomeOf(other), 'taken')
  const page = await app.inject({ url: `/eng${base}/result`, headers: { ...html, ...other.headers } })
  assert.match(page.body, /sign in to it with a passkey or a recovery code/)
  assert.ok(!page.body.includes(first.id))
  assert.equal(await levelOf(other), 1)
  // An account that is closed gives it free.
  await sql`update identity.person set closed_at = now() where id = ${first.id}`
  await prove(other, ebb)
  assert.equal(await outcomeOf(other), 'match')
})

test('of two accounts that prove one document at once, one has it', async () => {
  const both = [await newcomer(), await newcomer()]
  const versions = await Promise.all(both.map((who) => type(who, ebb)))
  await Promise.all(
    both.map((who, at) => post(`${base}/check`, who, { version: versions[at]! }, at ? second.app : app)),
  )
  const outcomes = await Promise.all(both.map(outcomeOf))
  assert.deepEqual(outcomes.sort(), ['match', 'taken'])
  assert.equal((await sql`select 1 from identity.identity_document where released_at is null`).length, 1)
})

test('an account stays that of one person: a document of somebody born on another day is refused', async () => {
  const who = await newcomer()
  await prove(who, ada)
  await prove(who, ebb)
  assert.equal(await outcomeOf(who), 'other-person')
  // Another document of the same person is welcome.
  await prove(who, { ...ada, kind: 'lamp-card', number: 'L000018' })
  assert.equal(await outcomeOf(who), 'match')
})

test('whoever clicks twice asks once, and whoever changed it in another window is shown it again', async () => {
  const who = await newcomer()
  const version = await type(who, dora)
  const before = asked
  const twice = await Promise.all([app, second.app].map((to) => post(`${base}/check`, who, { version }, to)))
  assert.deepEqual(
    twice.map(({ headers }) => headers.location),
    [`/eng${base}/result`, `/eng${base}/result`],
  )
  assert.equal(asked, before + 1)
  assert.equal((await listProofs(sql, who.id)).length, 1)
  const old = await type(who, dora)
  await post(`${base}/name`, who, { family: 'Somebody', given: 'Else' })
  const stale = await post(`${base}/check`, who, { version: old })
  assert.equal(stale.statusCode, 409)
  assert.match(stale.body, /Somebody/)
  assert.equal(asked, before + 1)
})

const answer =
  (body: string, status = 200): RequestListener =>
  (_, response) =>
    response.writeHead(status).end(body)

test('a register that is down, slow, huge or talks nonsense proves nothing, counts no try and can be asked again', async () => {
  const whole = '["number","born","family","given"]'
  // biome-ignore format: matrix
  const cases: readonly [string, RequestListener][] = [
    ['broken off',             (request) => request.socket.destroy()],
    ['silent',                 () => {}],
    ['begun and never ended',  (_, response) => void response.write('{')],
    ['no JSON',                answer('match')],
    ['another shape',          answer('{"answer":"yes"}')],
    ['a list',                 answer('[{"answer":"match"}]')],
    ['empty',                  answer('')],
    ['a match of a part',      answer('{"answer":"match","matched":["number","born"]}')],
    ['a match of nothing',     answer('{"answer":"match"}')],
    ['a match twice of one',   answer('{"answer":"match","matched":["born","born","born","born"]}')],
    ['huge',                   answer(`{"answer":"match","matched":${whole},"x":"${'x'.repeat(100_000)}"}`)],
    ['an error',               answer('{"answer":"match"}', 500)],
    ['busy',                   answer('', 503)],
    ['refusing the token',     answer('', 401)],
    ['leading elsewhere',      (_, response) => response.writeHead(307, { location: 'http://127.0.0.1:9/' }).end()],
  ]
  const who = await newcomer()
  for (const [what, listener] of cases) {
    misbehave = listener
    const before = asked
    await prove(who, ada)
    misbehave = undefined
    assert.equal(await outcomeOf(who), 'unavailable', what)
    assert.ok(asked - before <= 2, `${what} is asked ${asked - before} times`)
  }
  other.closeAllConnections()
  assert.equal((await listProofs(sql, who.id)).length, 0)
  const again = (await get(`${base}/check`, who)).json()
  assert.equal(again.number, 'T00000116')
  await post(`${base}/check`, who, { version: again.version })
  assert.equal(await outcomeOf(who), 'match')
})

test('a demonstration says which made-up documents would do, and each of them does as it stands there', async () => {
  const { kinds, demonstration } = (await get(base, await newcomer())).json()
  const { own, documents } = demonstration
  assert.equal(own, false)
  assert.equal(documents.length, 6, 'those that are neither cancelled nor of somebody who has died')
  for (const { document, number, names, born } of documents) {
    const who = await newcomer()
    const { kind } = kinds.find(({ name }: { name: { en: string } }) => name.en === document.en)
    await prove(who, { kind, number, ...names[0], born })
    assert.equal(await outcomeOf(who), 'match', number)
  }
  const page = await app.inject({ url: `/eng${base}`, headers: { ...html, ...(await newcomer()).headers } })
  assert.match(
    page.body,
    /Nobody here has a real document.*Quay pass[^<]* T00000116: family name Quay, given names Ada, born 17 May 1990/i,
  )
})

test('where there is no demonstration, no document is named', async () => {
  const real = await start({ populationRegister, demonstration: false })
  const id = 'real-newcomer'
  await insertPerson(real.sql, id, { en: 'Real', 'zh-Hant': '真' })
  const headers = cookieOf(await insertSession(real.sql, { personId: id, levelMax: 3, methods: ['test'] }))
  const { demonstration } = (await real.app.inject({ url: base, headers })).json()
  assert.deepEqual(demonstration, { own: false, documents: [] })
})

test('a register that says it is made up is believed in a demonstration alone', async () => {
  const real = await start({ populationRegister, demonstration: false })
  const id = 'p-real'
  await insertPerson(real.sql, id, { en: 'Real', 'zh-Hant': '真' })
  const who = {
    id,
    headers: { ...cookieOf(await insertSession(real.sql, { personId: id, levelMax: 3, methods: [] })) },
  }
  await real.app.inject({
    method: 'POST',
    url: base,
    headers: who.headers,
    payload: { kind: ada.kind, number: ada.number },
  })
  await real.app.inject({
    method: 'POST',
    url: `${base}/name`,
    headers: who.headers,
    payload: { family: 'Quay', given: 'Ada' },
  })
  const born = { 'born-year': '1990', 'born-month': '5', 'born-day': '17' }
  await real.app.inject({ method: 'POST', url: `${base}/birth-date`, headers: who.headers, payload: born })
  const { version } = (await real.app.inject({ url: `${base}/check`, headers: who.headers })).json()
  await real.app.inject({ method: 'POST', url: `${base}/check`, headers: who.headers, payload: { version } })
  const result = await real.app.inject({ url: `${base}/result`, headers: who.headers })
  assert.equal(result.json().outcome, 'unavailable')
  assert.equal((await listProofs(real.sql, id)).length, 0)
  const own = await real.app.inject({
    method: 'POST',
    url: '/office/population-register',
    payload: { ...ada, number: 'T00000116' },
  })
  assert.equal(own.statusCode, 404)
})

test('without a setting a demonstration serves the made-up register on its own port, to itself alone', async () => {
  const own = await start()
  await own.app.listen({ port: 0, host: '127.0.0.1' })
  const signedIn = await own.app.inject({ method: 'POST', url: '/sign-in', payload: { person: 'ada-quay' } })
  const headers = { cookie: signedIn.headers['set-cookie']!.toString().split(';')[0]! }
  const send = (url: string, payload: object) => own.app.inject({ method: 'POST', url, headers, payload })
  const page = await own.app.inject({ url: `/eng${base}`, headers: { ...headers, ...html } })
  assert.match(page.body, /T00000116/)
  await send(base, { kind: ada.kind, number: ada.number })
  await send(`${base}/name`, { family: '岸', given: '阿達' })
  await send(`${base}/birth-date`, { 'born-year': '1990', 'born-month': '5', 'born-day': '17' })
  const { version } = (await own.app.inject({ url: `${base}/check`, headers })).json()
  await send(`${base}/check`, { version })
  assert.equal((await own.app.inject({ url: `${base}/result`, headers })).json().outcome, 'match')
  const stranger = await own.app.inject({
    method: 'POST',
    url: '/office/population-register',
    payload: { ...ada, number: 'T00000116' },
  })
  assert.equal(stranger.statusCode, 404)
})

test('nobody finds a birth date by trying, from one account or one network', async () => {
  const who = await newcomer()
  for (let day = 1; day <= 5; day++) await prove(who, { ...ebb, born: `1966-06-1${day}` })
  const before = asked
  const sixth = await prove(who, ebb)
  assert.equal(sixth.statusCode, 429)
  assert.match(sixth.body, /Try again tomorrow, or go to a counter/)
  assert.equal(asked, before)
  assert.equal(await tries(who), 5)

  // The /64 of a subscriber is one network, and every other is another.
  const crowd = await newcomer()
  crowd.headers['x-forwarded-for'] = '2001:db8:1:2::1'
  await prove(crowd, { ...ebb, number: 'T0000132X' })
  await owner`
    insert into identity.proof_try (person_id, document_lookup, address_lookup, outcome)
    select person_id, sha256(number::text::bytea), address_lookup, 'no-match'
    from generate_series(1, 19) as series (number), identity.proof_try
    where person_id = ${crowd.id}`
  const fresh = await newcomer()
  fresh.headers['x-forwarded-for'] = '2001:db8:1:2:ffff::9'
  assert.equal((await prove(fresh, ebb)).statusCode, 429)
  fresh.headers['x-forwarded-for'] = '2001:db8:1:3::9'
  assert.equal((await prove(fresh, ebb)).statusCode, 303)
})

test('strangers who try a document shut out themselves and not its holder', async () => {
  const strangers: Somebody[] = []
  for (let at = 0; at < 10; at++) {
    const stranger = await newcomer()
    await prove(stranger, { ...ebb, born: `1966-07-${10 + at}` })
    strangers.push(stranger)
  }
  // Who failed before, from this account or network, may not go on.
  assert.equal((await prove(strangers[0]!, ebb)).statusCode, 429)
  const accomplice = await newcomer()
  accomplice.headers['x-forwarded-for'] = strangers[1]!.headers['x-forwarded-for']
  assert.equal((await prove(accomplice, ebb)).statusCode, 429)
  // The holder, who has not failed, may; and once bound they are asked nothing of this.
  const holder = await newcomer()
  assert.equal((await prove(holder, ebb)).statusCode, 303)
  assert.equal(await outcomeOf(holder), 'match')
  await sql`
    insert into identity.proof_try (person_id, document_lookup, address_lookup, outcome)
    select person_id, document_lookup, sha256(number::text::bytea), 'no-match'
    from generate_series(1, 100) as series (number),
      (select person_id, document_lookup from identity.proof_try where person_id = ${strangers[0]!.id} limit 1) as one`
  assert.equal((await prove(await newcomer(), ebb)).statusCode, 429)
  assert.equal((await prove(holder, ebb)).statusCode, 303)
  assert.equal(await outcomeOf(holder), 'match')
})

test('a proof that ended or was withdrawn counts no more at the next request, and is told of before it ends', async () => {
  const who = await newcomer()
  await insertProof(sql, { personId: who.id, level: 3, method: 'counter', months: 12 })
  assert.equal(await levelOf(who), 3)
  await owner`update identity.proof set expires_at = now() + interval '5 days' where person_id = ${who.id}`
  await warnOfEndingProofs(installation)
  await warnOfEndingProofs(installation)
  const warned =
    await sql`select 1 from platform.audit_event where event = 'identity.proof-ending' and subject = ${`person/${who.id}`}`
  assert.equal(warned.length, 1)
  assert.deepEqual(await listAlerts(sql, who.id), ['level-ending'])
  assert.equal((await get('/account/level', who)).json().endsSoon, true)
  await owner`
    update identity.proof
    set proven_at = now() - interval '2 days', expires_at = now() - interval '1 second'
    where person_id = ${who.id}`
  assert.equal(await levelOf(who), 1)
  const [proof] = (await get('/account/level', who)).json().proofs
  assert.equal(proof.state, 'ended')
})

for (const [level, first, second] of [
  [1, /^Reach level 2 here/, /^Reach level 3 with a code/],
  [2, /^Reach level 3 with a code/, /^You have reached this level/],
  [3, /^You have reached this level/, /^You have reached this level/],
] as const)
  test(`at level ${level} the page offers first what leads higher, and says what was reached`, async () => {
    const who = await newcomer(3)
    if (level !== 1) await insertProof(sql, { personId: who.id, level, method: 'counter', months: 12 })
    const page = await app.inject({ url: '/eng/account/level', headers: { ...html, ...who.headers } })
    const lines = [...page.body.matchAll(/<li><a href="\/eng\/account\/level\/[^<]*<\/a><span>([^<]*)/g)].map(
      (each) => each[1]!,
    )
    assert.match(lines[0]!, first)
    assert.match(lines[1]!, second)
  })

test('a session that can carry less than was proven says so', async () => {
  const who = await newcomer(1)
  await insertProof(sql, { personId: who.id, level: 2, method: 'register', months: 12 })
  const page = await app.inject({ url: '/eng/account/level', headers: { ...html, ...who.headers } })
  assert.match(page.body, /carries level 1 at most/)
})

test('what is proven of a person is told with who verified it, and how; what ended is not', async () => {
  const who = await newcomer()
  assert.deepEqual(await provenFields(sql, installation, who.id), [])
  await prove(who, dora)
  const fields = await provenFields(sql, installation, who.id)
  assert.deepEqual(
    fields.map(({ field, value, verifiedBy, method }) => [field, value, verifiedBy, method]),
    [
      ['family-name', 'OPIER SMITH', 'counting-house', 'register'],
      ['given-name', 'dora', 'counting-house', 'register'],
      ['birth-date', '2000-02-29', 'counting-house', 'register'],
      ['document-number', 'T0000044X', 'counting-house', 'register'],
      ['document-kind', 'quay-pass', 'counting-house', 'register'],
    ],
  )
  assert.deepEqual(await verifiedNameOf(sql, installation, who.id), { family: 'OPIER SMITH', given: 'dora' })
  await sql`update identity.proof set withdrawn_at = now(), withdrawn_by = 'x', withdrawn_reason = 'own-wish' where person_id = ${who.id}`
  assert.deepEqual(await provenFields(sql, installation, who.id), [])
})

test('a copy of the whole database gives away no number, birth date or name, in any usual disguise', async () => {
  const [proven, failed, typing] = [await newcomer(), await newcomer(), await newcomer()]
  await prove(proven, dora)
  await prove(failed, { ...ebb, born: '1967-08-09' })
  await type(typing, { ...dora, number: 'T00000888' })
  const tables = await sql<{ name: string }[]>`
    select format('%I.%I', table_schema, table_name) as name
    from information_schema.tables
    where table_schema in ('platform', 'identity', 'estimates', 'services', 'graphile_worker') and table_type = 'BASE TABLE'`
  let dump = ''
  for (const { name } of tables)
    for (const { row } of await owner.unsafe<{ row: string }[]>(`select t::text as row from ${name} as t`))
      dump += `${row}\n`
  dump = dump.toLowerCase()
  assert.ok(dump.includes(proven.id))
  const hash = (algorithm: string, text: string) => createHash(algorithm).update(text).digest()
  for (const [number, kind] of [
    ['T0000044X', 'quay-pass'],
    ['T00000773', 'quay-pass'],
    ['T00000888', 'quay-pass'],
  ] as const) {
    const digits = number.replace(/\D/g, '')
    const forms = [
      number,
      number.toLowerCase(),
      digits.slice(-6) + (number.endsWith('X') ? 'x' : ''),
      `${kind} ${number}`,
    ]
    const plain = [
      number,
      [...number].reverse().join(''),
      Buffer.from(number).toString('hex'),
      Buffer.from(number).toString('base64'),
    ]
    const hashed = ['sha256', 'md5', 'sha1', 'sha512'].flatMap((algorithm) =>
      forms.flatMap((form) => [hash(algorithm, form).toString('hex'), hash(algorithm, form).toString('base64')]),
    )
    for (const each of [...plain, ...hashed]) assert.ok(!dump.includes(each.toLowerCase()), `${number} as ${each}`)
  }
  for (const each of ['2000-02-29', '1967-08-09', 'OPIER', '1966-06-06'])
    assert.ok(!dump.includes(each.toLowerCase()), each)
})

test('nobody who is not signed in sees or asks anything', async () => {
  for (const url of ['/account/level', base, `${base}/check`, '/account/level/counter', '/office/identity/counter'])
    assert.equal((await app.inject({ url })).statusCode, 401, url)
  const before = asked
  const response = await app.inject({ method: 'POST', url: `${base}/check`, payload: { version: randomUUID() } })
  assert.equal(response.statusCode, 401)
  const foreign = { ...(await newcomer()).headers, 'sec-fetch-site': 'cross-site' }
  const act = await app.inject({
    method: 'POST',
    url: `${base}/check`,
    headers: foreign,
    payload: { version: randomUUID() },
  })
  assert.equal(act.statusCode, 403)
  assert.equal(asked, before)
})

test('this page and signing in lead to the same places and refuse the same', async () => {
  const who = await newcomer()
  const nexts = [
    '/',
    '/a?b=%E6%B5%B7',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/\t/x',
    '/海',
    '',
    `/${'a'.repeat(5000)}`,
  ]
  for (const next of nexts) {
    const query = `?next=${encodeURIComponent(next)}`
    const [here, there] = [await get(`/account/level${query}`, who), await get(`/sign-in${query}`, who)]
    assert.equal(here.statusCode, there.statusCode, JSON.stringify(next))
  }
})
