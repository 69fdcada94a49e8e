import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
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
import { createRegister } from './made-up-register.ts'
import { listProofs } from './proofs.sql.ts'

const register = createRegister(await loadPackOrThrow('testland', modules), undefined).listen(0, '127.0.0.1')
await once(register, 'listening')
after(() => register.close())
const url = `http://127.0.0.1:${(register.address() as AddressInfo).port}/`
const { app, sql, asPerson, urls } = await start({ populationRegister: { url } })

const html = { accept: 'text/html' }
type Headers = Record<string, string>
const send = (path: string, headers: Headers, payload: object) =>
  app.inject({ method: 'POST', url: `/eng${path}`, headers: { ...html, ...headers }, payload })
const base = '/office/identity/counter'

async function newcomer() {
  const id = `p-${randomUUID().slice(0, 8)}`
  await insertPerson(sql, id, { en: 'New Comer', 'zh-Hant': '新人' })
  return { id, headers: cookieOf(await insertSession(sql, { personId: id, levelMax: 3, methods: ['hwk', 'user'] })) }
}
type Somebody = Awaited<ReturnType<typeof newcomer>>

/** The officer of the pack, signed in as the pack says. */
async function officer() {
  const response = await app.inject({ method: 'POST', url: '/sign-in', payload: { person: 'cora-stamp' } })
  return { cookie: response.headers['set-cookie']!.toString().split(';')[0]! }
}
const cora = await officer()

async function codeOf({ headers }: Somebody): Promise<string> {
  await send('/account/level/counter', headers, {})
  return (await app.inject({ url: '/account/level/counter', headers })).json().code
}
async function visitOf(who: Somebody, by: Headers = cora): Promise<string> {
  const response = await send(base, by, { code: (await codeOf(who)).toLowerCase().replace('-', ' ') })
  assert.equal(response.statusCode, 303)
  return response.headers.location!.replace('/eng', '')
}
const seen = {
  kind: 'quay-pass',
  number: 'T0000077 3',
  family: 'Tide',
  given: 'Ebb',
  'born-year': '1966',
  'born-month': '6',
  'born-day': '6',
  looked: ['genuine', 'face', 'present'],
}
const levelOf = async ({ headers }: Somebody) =>
  (await app.inject({ url: '/account/level', headers })).json().sessionLevel
const actsOn = async (who: Somebody) => [
  ...(await sql`
    select event, actor, organisation from platform.audit_event where subject = ${`person/${who.id}`} order by id`),
]

beforeEach(async () => {
  await sql`update identity.identity_document set released_at = now() where released_at is null`
})

test('an officer finds the account by the code, sees the person, and records level 3 under both names', async () => {
  const who = await newcomer()
  const visit = await visitOf(who)
  const page = await app.inject({ url: `/eng${visit}`, headers: { ...html, ...cora } })
  assert.match(page.body, /New Comer/)
  const response = await send(visit, cora, seen)
  assert.equal(response.headers.location, `/eng${base}?done=proven-at-counter`)
  assert.equal(await levelOf(who), 3)
  const [proof] = await listProofs(sql, who.id)
  assert.deepEqual([proof?.level, proof?.method, proof?.organisation], [3, 'counter', 'counting-house'])
  assert.deepEqual(await actsOn(who), [
    { event: 'identity.counter-code-issued', actor: who.id, organisation: null },
    { event: 'identity.counter-visit-opened', actor: 'cora-stamp', organisation: 'counting-house' },
    { event: 'identity.proven-at-counter', actor: 'cora-stamp', organisation: 'counting-house' },
  ])
  assert.deepEqual(await listAlerts(sql, who.id), ['level-changed'])
  assert.deepEqual(await listAlerts(sql, 'cora-stamp'), [])
  // The code is used up, and so is the visit.
  assert.equal((await send(visit, cora, seen)).statusCode, 409)
  assert.equal((await listProofs(sql, who.id)).length, 1)
})

test('two clicks of the officer record one proof', async () => {
  const who = await newcomer()
  const visit = await visitOf(who)
  const both = await Promise.all([send(visit, cora, seen), send(visit, cora, seen)])
  assert.deepEqual(both.map(({ statusCode }) => statusCode).sort(), [303, 409])
  assert.equal((await listProofs(sql, who.id)).length, 1)
})

test('what the officer has not seen, or does not match, is not recorded', async () => {
  const who = await newcomer()
  const visit = await visitOf(who)
  // biome-ignore format: matrix
  const cases = [
    ['nothing ticked',     { ...seen, looked: [] },                         /Tick all three/],
    ['two of three',       { ...seen, looked: ['genuine', 'face'] },        /Tick all three/],
    ['one thing thrice',   { ...seen, looked: ['face', 'face', 'face'] },   /Tick all three/],
    ['wrong check digit',  { ...seen, number: 'T00000774' },                /check digit does not fit/],
    ['another birth date', { ...seen, 'born-day': '7' },                    /does not find these together/],
    ['another name',       { ...seen, given: 'Flow' },                      /does not find these together/],
    ['no birth date',      { ...seen, 'born-day': '' },                     /Write the date of birth/],
    ['somebody deceased',  { ...seen, number: 'T00000554', given: 'Old', 'born-year': '1931', 'born-month': '1', 'born-day': '1' }, /cancelled or that its holder has died/],
  ] as const
  for (const [what, form, sentence] of cases) {
    const response = await send(visit, cora, form)
    assert.equal(response.statusCode, 422, what)
    assert.match(response.body, sentence, what)
  }
  assert.equal((await listProofs(sql, who.id)).length, 0)
  assert.equal((await send(visit, cora, seen)).statusCode, 303)
})

test('a document of another account is refused at the counter too', async () => {
  const [first, other] = [await newcomer(), await newcomer()]
  await send(await visitOf(first), cora, seen)
  const response = await send(await visitOf(other), cora, seen)
  assert.equal(response.statusCode, 422)
  assert.match(response.body, /Another account holds this document/)
  assert.ok(!response.body.includes(first.id))
  assert.equal(await levelOf(other), 1)
})

test('from a document of another account an officer finds the proof that holds it, and nothing of whose it is', async () => {
  const [first, other] = [await newcomer(), await newcomer()]
  await send(await visitOf(first), cora, seen)
  const [proof] = await listProofs(sql, first.id)
  const path = `/office/identity/proofs/${proof!.reference}`
  const shown = async () =>
    (await sql`select 1 from platform.audit_event where event = 'identity.document-held-shown'`).length
  const before = await shown()
  const visit = await visitOf(other)

  // Cora may withdraw proofs; whoever may not is told whom to ask.
  const led = await send(visit, cora, seen)
  assert.match(led.body, new RegExp(`<a href="/eng${path}">${proof!.reference}</a>`))
  const permissions = ['identity:prove-at-counter']
  const told = await send(visit, asPerson({ id: 'o-9', level: 3, permissions }), seen)
  assert.match(told.body, new RegExp(`<li>${proof!.reference}</li>`))
  assert.match(told.body, /Tell these references to a proof supervisor/)
  for (const { body } of [led, told]) assert.ok(!body.includes(first.id))
  assert.equal(await shown(), before + 2)
  const [act] = await sql`
    select actor, subject, detail from platform.audit_event 
    where event = 'identity.document-held-shown' and subject = ${path.slice(1)} order by id limit 1`
  assert.deepEqual({ ...act }, { actor: 'cora-stamp', subject: path.slice(1), detail: { visitor: other.id } })

  assert.equal((await send(`${path}/withdraw`, cora, { reason: 'wrong-person' })).statusCode, 303)
  assert.equal((await send(visit, cora, seen)).statusCode, 303)
  assert.equal(await levelOf(other), 3)
  assert.equal(await levelOf(first), 1)
  assert.doesNotMatch((await send(await visitOf(first), cora, { ...seen, given: 'Flow' })).body, /What holds this/)
})

test('a proof that has ended still holds its document, and is withdrawn to release it', async () => {
  const [first, other] = [await newcomer(), await newcomer()]
  await send(await visitOf(first), cora, seen)
  const [proof] = await listProofs(sql, first.id)
  const owner = postgres(urls.owner, { max: 1, onnotice: () => {} })
  await owner`
    update identity.proof
    set proven_at = now() - interval '2 days', expires_at = now() - interval '1 day'
    where person_id = ${first.id}`
  await owner.end()
  const visit = await visitOf(other)
  assert.match((await send(visit, cora, seen)).body, new RegExp(proof!.reference))
  const path = `/office/identity/proofs/${proof!.reference}`
  const page = await app.inject({ url: `/eng${path}`, headers: { ...html, ...cora } })
  assert.match(page.body, /Withdrawing it releases the document/)
  assert.equal((await send(`${path}/withdraw`, cora, { reason: 'wrong-person' })).statusCode, 303)
  assert.equal((await send(visit, cora, seen)).statusCode, 303)
  const after = await app.inject({ url: `/eng${path}`, headers: { ...html, ...cora } })
  assert.match(after.body, /does not count any more/)
})

test('an officer refuses with a reason, which the person sees', async () => {
  const who = await newcomer()
  const visit = await visitOf(who)
  assert.equal((await send(`${visit}/refuse`, cora, {})).statusCode, 422)
  assert.equal((await send(`${visit}/refuse`, cora, { reason: 'constructor' })).statusCode, 422)
  assert.equal((await send(`${visit}/refuse`, cora, { reason: 'face-differs' })).statusCode, 303)
  assert.equal((await send(visit, cora, seen)).statusCode, 409)
  const page = await app.inject({ url: '/eng/account/level', headers: { ...html, ...who.headers } })
  assert.match(page.body, /photograph and the person could not be matched/)
  assert.equal((await actsOn(who)).at(-1)!.event, 'identity.refused-at-counter')
})

test('nobody proves themselves', async () => {
  const id = 'cora-stamp'
  const code = await codeOf({ id, headers: cora })
  const response = await send(base, cora, { code })
  assert.equal(response.statusCode, 403)
  assert.match(response.body, /Nobody proves themselves/)
  const [visit] = await sql`select id from identity.counter_code where person_id = ${id} and used_at is null`
  assert.equal((await send(`${base}/${visit!.id}`, cora, seen)).statusCode, 403)
  await assert.rejects(
    sql`update identity.counter_code set officer = ${id}, used_at = now(), outcome = 'proven' where person_id = ${id}`,
    { code: '23514' },
  )
})

test('only a code that is good now leads to an account', async () => {
  const who = await newcomer()
  const old = await codeOf(who)
  await sql`update identity.counter_code set used_at = now(), outcome = 'replaced' where person_id = ${who.id}`
  const code = await codeOf(who)
  assert.notEqual(code, old)
  // biome-ignore format: matrix
  const cases = [
    ['replaced',       old,                  422],
    ['empty',          '',                   422],
    ['a letter less',  code.slice(0, -1),    422],
    ['made up',        'AAAA-AAAA',          422],
    ['never used',     'O0I1-L0O0',          422],
    ['SQL',            "' or true --",       422],
    ['full width',     [...code].map((each) => (each === '-' ? each : String.fromCharCode(each.charCodeAt(0) + 0xfee0))).join(''), 303],
    ['as printed',     code,                 303],
  ] as const
  for (const [what, written, status] of cases)
    assert.equal((await send(base, cora, { code: written })).statusCode, status, what)
  for (const [written, said] of [
    [' ', 'Write the code that the person brings.'],
    ['AAAA-AAAA', 'No code like this is good now.'],
  ] as const) {
    const { body } = await send(base, cora, { code: written })
    assert.ok(body.includes(`<a href="#code">${said}`), body)
  }
  // Two clicks show one code.
  assert.equal(await codeOf(who), code)
})

test('who lacks the permission, or was never compared with a register, opens no account at a counter', async () => {
  const who = await newcomer()
  const code = await codeOf(who)
  const permissions = ['identity:prove-at-counter']
  // biome-ignore format: matrix
  const cases = [
    ['an officer of level 2',     asPerson({ id: 'o-2', level: 2, permissions }),                                 303],
    ['an officer of level 1',     asPerson({ id: 'o-1', level: 1, permissions }),                                 401],
    ['another permission',        asPerson({ id: 'o-3', level: 3, permissions: ['identity:withdraw-proof'] }),    403],
    ['a resident',                who.headers,                                                                   403],
    ['nobody',                    {} as Headers,                                                                 401],
  ] as const
  for (const [what, headers, status] of cases)
    assert.equal((await send(base, headers as Headers, { code })).statusCode, status, what)
})

test('an officer whose role is withdrawn proves nobody from the next request on', async () => {
  const who = await newcomer()
  const visit = await visitOf(who)
  await sql`
    update identity.role_grant
    set withdrawn_by = 'admin', withdrawn_at = now()
    where person_id = 'cora-stamp' and role = 'counter-officer'`
  assert.equal((await send(visit, cora, seen)).statusCode, 403)
  assert.equal((await listProofs(sql, who.id)).length, 0)
  await sql`
    insert into identity.role_grant (person_id, organisation, role, granted_by, approved_by, approved_at)
    values ('cora-stamp', 'counting-house', 'counter-officer', 'admin', 'other', now())`
})

test('a withdrawn proof is gone at the next request, its document is free, and the trail names who and why', async () => {
  const who = await newcomer()
  await send(await visitOf(who), cora, seen)
  const [proof] = await listProofs(sql, who.id)
  const path = `/office/identity/proofs/${proof!.reference}`
  assert.equal(
    (await send('/office/identity/proofs', cora, { reference: proof!.reference.toLowerCase() })).headers.location,
    `/eng${path}`,
  )
  assert.equal((await send(`${path}/withdraw`, cora, {})).statusCode, 422)
  assert.equal((await send(`${path}/withdraw`, who.headers, { reason: 'wrong-person' })).statusCode, 403)
  assert.equal(await levelOf(who), 3)
  const both = await Promise.all([1, 2].map(() => send(`${path}/withdraw`, cora, { reason: 'wrong-person' })))
  assert.deepEqual(
    both.map(({ statusCode }) => statusCode),
    [303, 303],
  )
  assert.equal(await levelOf(who), 1)
  const acts = (await actsOn(who)).filter(({ event }) => event === 'identity.proof-withdrawn')
  assert.deepEqual(acts, [{ event: 'identity.proof-withdrawn', actor: 'cora-stamp', organisation: 'counting-house' }])
  assert.deepEqual(await listAlerts(sql, who.id), ['level-changed', 'proof-withdrawn'])
  assert.deepEqual((await findLastAlert(sql, who.id, 'proof-withdrawn'))?.alertValues, { level: 1 })
  assert.equal((await send('/office/identity/proofs', cora, { reference: 'P-999999999999' })).statusCode, 303)
  assert.equal((await app.inject({ url: '/office/identity/proofs/P-999999', headers: cora })).statusCode, 404)
  // Whom it belongs to can use it.
  const holder = await newcomer()
  assert.equal((await send(await visitOf(holder), cora, seen)).statusCode, 303)
})

test('not even the application can change how a level was reached', async () => {
  await assert.rejects(sql`update identity.proof set level = 3`, { code: '42501' })
  await assert.rejects(sql`update identity.proof set expires_at = now() + interval '9 years'`, { code: '42501' })
  await assert.rejects(sql`delete from identity.proof`, { code: '42501' })
  await assert.rejects(sql`update identity.identity_document set person_id = 'cora-stamp'`, { code: '42501' })
})
