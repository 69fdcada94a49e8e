import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { start } from '#test'
import { actingIn } from '../../../../test/acting.ts'
import { cookieOf } from '../../../../test/start.ts'
import { insertPerson } from '../people/people.sql.ts'
import { bindDocument, insertProof } from '../proofing/proofs.sql.ts'
import { insertSession } from '../sessions/sessions.sql.ts'
import { prove } from '../testing/proven.ts'
import { standardFields } from './fields.rules.ts'

const { app, sql, installation } = await start()
const html = { accept: 'text/html' }
const path = '/account/profile'

async function somebody() {
  const id = `p-${randomUUID().slice(0, 8)}`
  await insertPerson(sql, id, { en: 'Ada Quay', 'zh-Hant': '岸阿達' })
  return { id, headers: cookieOf(await insertSession(sql, { personId: id, levelMax: 3, methods: ['hwk', 'user'] })) }
}
type Somebody = Awaited<ReturnType<typeof somebody>>
const save = ({ headers }: Somebody, field: string, payload: object, accept: object = html) =>
  app.inject({ method: 'POST', url: `/eng${path}/${field}`, headers: { ...headers, ...accept }, payload })
const lineOf = async ({ headers }: Somebody, name: string) => {
  const { fields } = (await app.inject({ url: path, headers })).json()
  return fields.find((each: { name: string }) => each.name === name)
}

const day = (year: string, month: string, date: string) => ({
  'value-year': year,
  'value-month': month,
  'value-day': date,
})
// biome-ignore format: matrix
const cases: readonly [field: string, typed: object, outcome: { value: string } | { mistake: RegExp }][] = [
  ['family_name',  { value: '  Quay \t the  Elder ' },              { value: 'Quay the Elder' }],
  ['family_name',  { value: '' },                                   { mistake: /Write something here/ }],
  ['family_name',  { value: ' - ' },                                { mistake: /Write something here/ }],
  ['family_name',  { value: 'x'.repeat(121) },                      { mistake: /longer than 120 characters/ }],
  ['given_name',   { value: '阿達' },                                { value: '阿達' }],
  ['birthdate',    day('1990', '5', '17'),                          { value: '1990-05-17' }],
  ['birthdate',    day('2990', '5', '17'),                          { mistake: /Write the date of birth/ }],
  ['birthdate',    day('1990', '2', '30'),                          { mistake: /Write the date of birth/ }],
  ['email',        { value: 'ada@quay.example' },                   { value: 'ada@quay.example' }],
  ['email',        { value: 'ada@@quay' },                          { mistake: /no email address/ }],
  ['email',        { value: 'ada@quay.example\r\nbcc: x@y.example' }, { mistake: /no email address/ }],
  ['phone_number', { value: '2345-6789' },                          { value: '+99923456789' }],
  ['phone_number', { value: '+852 2345 6789' },                     { value: '+85223456789' }],
  ['phone_number', { value: 'call me' },                            { mistake: /no telephone number/ }],
  ['phone_number', { value: '+1234567890123456' },                  { mistake: /no telephone number/ }],
  ['address',      { value: ' 1 Quay Street \r\n\r\nTestland ' },   { value: '1 Quay Street\nTestland' }],
  ['address',      { value: 'a\n'.repeat(9) },                      { mistake: /eight lines at most/ }],
  ['moored_on',    day('2031', '12', '1'),                          { value: '2031-12-01' }],
  ['moored_on',    day('2031', '13', '1'),                          { mistake: /no day of the calendar/ }],
  ['lamp_colour',  { value: 'green' },                              { value: 'green' }],
  ['lamp_colour',  { value: 'ultraviolet' },                        { mistake: /Choose one of the list/ }],
]
for (const [field, typed, outcome] of cases) {
  const result = 'value' in outcome ? 'is kept' : 'is refused in a sentence, and what was there stays'
  test(`${field}: ${JSON.stringify(typed).slice(0, 60)} ${result}`, async () => {
    const who = await somebody()
    const response = await save(who, field, typed)
    if ('value' in outcome) {
      assert.equal(response.statusCode, 303, response.body)
      assert.equal((await lineOf(who, field)).value, outcome.value)
    } else {
      assert.equal(response.statusCode, 422)
      assert.match(response.body, outcome.mistake)
      assert.equal((await lineOf(who, field)).value, null)
    }
  })
}

test('what a person wrote stands in the database only sealed, for this person and this field', async () => {
  const who = await somebody()
  await save(who, 'email', { value: 'ada@quay.example' })
  const [row] = await sql<{ sealed: Buffer; all: string }[]>`
    select sealed, declared_field::text as all from identity.declared_field where person_id = ${who.id}`
  assert.ok(!row!.sealed.includes('quay') && !row!.all.includes('quay'))
  assert.throws(() => installation.vault.open('profile-field', row!.sealed, `person/${who.id}/address`))
  const events = await sql`select detail::text as detail from platform.audit_event where actor = ${who.id}`
  assert.deepEqual([...events], [{ detail: '{"field": "email"}' }])
})

test('a field is taken away, and that is repeated without harm', async () => {
  const who = await somebody()
  await save(who, 'email', { value: 'ada@quay.example' })
  for (const _ of [1, 2]) assert.equal((await save(who, 'email/remove', {})).statusCode, 303)
  assert.equal((await lineOf(who, 'email')).value, null)
  assert.equal((await sql`select 1 from identity.declared_field where person_id = ${who.id}`).length, 0)
})

test('what a document proves goes before what was written, says by whom, and cannot be written over', async () => {
  const who = await somebody()
  await save(who, 'family_name', { value: 'Invented' })
  assert.equal((await lineOf(who, 'family_name')).verification, null)
  await prove(sql, installation, who.id)
  const { value, verification } = await lineOf(who, 'family_name')
  assert.equal(value, 'Quay')
  assert.equal(verification.organisation, 'counting-house')
  const refused = await save(who, 'family_name', { value: 'Other' }, { accept: 'application/json' })
  assert.equal(refused.statusCode, 409)
  assert.equal(refused.json().type, '/problems/identity.field-verified')
  await sql`update identity.proof set withdrawn_at = now() where person_id = ${who.id}`
  assert.deepEqual(
    [(await lineOf(who, 'family_name')).value, (await lineOf(who, 'document_number')).value],
    ['Invented', null],
  )
})

for (const field of ['document_number', 'name', 'sub', 'no_such_field'])
  test(`nobody writes ${field} of themselves`, async () => {
    const refused = await save(await somebody(), field, { value: 'x' }, { accept: 'application/json' })
    assert.equal(refused.statusCode, 404)
    assert.equal(refused.json().type, '/problems/identity.field-not-found')
  })

test('another site cannot write a field, nor lead away from here afterwards', async () => {
  const who = await somebody()
  const foreign = await save(who, 'email', { value: 'eve@elsewhere.example' }, { origin: 'https://elsewhere.example' })
  assert.equal(foreign.statusCode, 403)
  for (const next of ['//elsewhere.example', 'https://elsewhere.example', '/\\elsewhere.example'])
    assert.equal((await save(who, 'email', { value: 'ada@quay.example', next })).statusCode, 400)
  assert.equal((await lineOf(who, 'email')).value, null)
  const back = await save(who, 'email', { value: 'ada@quay.example', next: '/account?before=7' })
  assert.equal(back.headers.location, '/eng/account?before=7&done=field-changed')
})

test('the pages show every field that can be written, in both languages', async () => {
  const who = await somebody()
  await save(who, 'address', { value: '1 Quay <Street>\nTestland' })
  for (const address of ['eng', 'han']) {
    const list = await app.inject({ url: `/${address}${path}`, headers: { ...who.headers, ...html } })
    assert.match(list.body, /1 Quay &lt;Street>/)
    for (const { name } of standardFields.filter((each) => each.declared)) {
      const url = `/${address}${path}/${name}`
      assert.ok(list.body.includes(`href="${url}"`), url)
      assert.equal((await app.inject({ url, headers: { ...who.headers, ...html } })).statusCode, 200, url)
    }
  }
})

test('the number of a document stands on the profile as it is printed', async () => {
  const hongkong = await start({ pack: 'hongkong' })
  const person = await actingIn(hongkong).somebody({ level: 1 })
  const bears = { number: 'ZZ0000085', born: '1990-05-17', family: 'Sample', given: 'Lau' }
  const bound = await bindDocument(hongkong.sql, hongkong.installation, person.id, { kind: 'identity-card', ...bears })
  assert.ok('documentId' in bound)
  const proof = { personId: person.id, level: 2, method: 'register', months: 12, documentId: bound.documentId } as const
  await insertProof(hongkong.sql, proof)
  const { body } = await hongkong.app.inject({
    url: '/en/account/profile',
    headers: { ...person.headers, accept: 'text/html' },
  })
  assert.match(body, /ZZ000008\(5\)/)
})
