import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { actingIn, type Somebody } from '../../../../test/acting.ts'
import { nameForOthers } from '../people/name-for-others.ts'
import { findPerson } from '../people/people.sql.ts'
import { listAlerts } from '../testing/alerts.sql.ts'
import { prove } from '../testing/proven.ts'

const started = await start()
const { app, sql, installation } = started
const { somebody, post, get } = actingIn(started)
const html = { accept: 'text/html' }
const page = async ({ headers }: Somebody, url: string) =>
  (await app.inject({ url, headers: { ...headers, ...html } })).body
const nameOf = async (who: Somebody) => (await get(who, '/account')).json().person.name
const actsOf = async (who: Somebody) =>
  (await sql<{ event: string }[]>`select event from platform.audit_event where actor = ${who.id}`).map(
    ({ event }) => event,
  )

test('a person changes how they are addressed, in every language at once, and is told so with a way back', async () => {
  const who = await somebody({ level: 1 })
  assert.match(await page(who, '/eng/account/profile'), /href="\/eng\/account\/name"/)
  const sent = await post(who, '/eng/account/name', { name: '  Ada \t von\u0000 Quay ' })
  assert.equal(sent.statusCode, 303, sent.body)
  assert.match(await page(who, String(sent.headers.location)), /You changed how you are addressed/)
  assert.deepEqual(await nameOf(who), { en: 'Ada von Quay', 'zh-Hant': 'Ada von Quay', 'zh-Hans': 'Ada von Quay' })
  assert.deepEqual(await listAlerts(sql, who.id), ['name-changed'])
  assert.deepEqual(await actsOf(who), ['identity.name-changed'])
})

// biome-ignore format: matrix
const refused: readonly [name: string, sentence: RegExp][] = [
  ['',              /Write how you want to be addressed/],
  [' 7 – 9 ',       /Write how you want to be addressed/],
  ['q'.repeat(61),  /Shorten this to 60 characters/],
  ['The  Cοunting House', /That is the name of a part of the government\. Write your own\./],
]
for (const [name, sentence] of refused)
  test(`the name “${name.slice(0, 10)}” is refused in a sentence, and the one before stays`, async () => {
    const who = await somebody({ level: 1 })
    const before = await nameOf(who)
    const headers = { ...who.headers, ...html }
    const sent = await app.inject({ method: 'POST', url: '/eng/account/name', headers, payload: { name } })
    assert.equal(sent.statusCode, 422)
    assert.match(sent.body, sentence)
    assert.deepEqual([await nameOf(who), await actsOf(who)], [before, []])
  })

test('the same name again changes nothing and tells nobody', async () => {
  const who = await somebody({ level: 1 })
  const { en: name } = await nameOf(who)
  assert.equal((await post(who, '/eng/account/name', { name })).statusCode, 303)
  assert.deepEqual([await listAlerts(sql, who.id), await actsOf(who)], [[], []])
})

test('whose identity is proven reads how the name is changed, cannot change it, and can once the proof is withdrawn', async () => {
  const who = await somebody({ level: 2 })
  const before = await nameOf(who)
  const shown = await page(who, '/eng/account/name')
  assert.match(shown, /bring your document to a counter/)
  assert.doesNotMatch(shown, /<input[^>]* name="name"/)
  const sent = await post(who, '/account/name', { name: 'Inland Revenue' })
  assert.equal(sent.json().type, '/problems/identity.name-proven')
  assert.deepEqual([await nameOf(who), await listAlerts(sql, who.id), await actsOf(who)], [before, [], []])
  await sql`update identity.proof set withdrawn_at = now() where person_id = ${who.id}`
  assert.equal((await post(who, '/account/name', { name: 'Ada Quay' })).statusCode, 303)
  assert.equal((await nameOf(who)).en, 'Ada Quay')
})

test('others are shown the name that a document proves, with the chosen one beside it where they differ', async () => {
  // biome-ignore format: matrix
  const cases = [
    ['Ada Quay',              { family: 'Quay', given: 'Ada' },  'Ada Quay'],
    ['QUAY, Ada',             { family: 'Quay', given: 'Ada' },  'Ada Quay'],
    ['Immigration Department', { family: 'Quay', given: 'Ada' }, 'Ada Quay (addressed as Immigration Department)'],
    ['周阿達',                { family: '周', given: '阿達' },    '周阿達'],
  ] as const
  for (const [chosen, bears, shown] of cases) {
    const who = await somebody({ level: 1 })
    await post(who, '/account/name', { name: chosen })
    const person = async () => (await findPerson(sql, who.id))!
    const unproven = await nameForOthers(sql, installation, await person())
    assert.equal(unproven.en, chosen, 'as long as nothing is proven')
    await prove(sql, installation, who.id, { ...bears })
    assert.equal((await nameForOthers(sql, installation, await person())).en, shown)
    const own = await page(who, '/eng/account/name')
    assert.match(own, /nobody compared it with your document/)
    assert.match(own, /Your document bears the name (Ada Quay|周阿達)/)
    await sql`update identity.proof set withdrawn_at = now() where person_id = ${who.id}`
    assert.equal((await nameForOthers(sql, installation, await person())).en, chosen, 'nor once it is withdrawn')
    await sql`update identity.identity_document set released_at = now() where person_id = ${who.id}`
  }
})

test('a made-up person of the demonstration keeps their name', async () => {
  const signedIn = await app.inject({ method: 'POST', url: '/sign-in', payload: { person: 'ada-quay' } })
  const [cookie] = signedIn.cookies
  const who = { id: 'ada-quay', headers: { cookie: `${cookie!.name}=${cookie!.value}` } }
  const sent = await post(who, '/account/name', { name: 'Eve' })
  assert.equal(sent.json().type, '/problems/identity.account-made-up')
  assert.match(await page(who, '/eng/account/name'), /made-up people of this demonstration/)
  assert.equal((await nameOf(who)).en, 'Ada Quay')
})
