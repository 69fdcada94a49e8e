import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { start } from '#test'
import { ada, base, dora, ebb, html, startProving } from '../../../../test/proving.ts'
import { findLastAlert } from '../testing/alerts.sql.ts'
import { listProofs } from './proofs.sql.ts'

const first = await startProving()
const { app, sql, register, newcomer, post, get, type, prove, outcomeOf, levelOf } = first
const second = await start({ ...first.options, beside: first })

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
  assert.match(String(register.lastHeaders['content-digest']), /^sha-256=:.{44}:$/)
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
  const before = register.asked
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
  assert.equal(register.asked, before)
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
  const before = register.asked
  const twice = await Promise.all([app, second.app].map((to) => post(`${base}/check`, who, { version }, to)))
  assert.deepEqual(
    twice.map(({ headers }) => headers.location),
    [`/eng${base}/result`, `/eng${base}/result`],
  )
  assert.equal(register.asked, before + 1)
  assert.equal((await listProofs(sql, who.id)).length, 1)
  const old = await type(who, dora)
  await post(`${base}/name`, who, { family: 'Somebody', given: 'Else' })
  const stale = await post(`${base}/check`, who, { version: old })
  assert.equal(stale.statusCode, 409)
  assert.match(stale.body, /Somebody/)
  assert.equal(register.asked, before + 1)
})

test('nobody who is not signed in sees or asks anything', async () => {
  for (const url of ['/account/level', base, `${base}/check`, '/account/level/counter', '/office/identity/counter'])
    assert.equal((await app.inject({ url })).statusCode, 401, url)
  const before = register.asked
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
  assert.equal(register.asked, before)
})
