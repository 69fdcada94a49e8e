import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { actingIn, refusal, type Somebody } from '../../../../test/acting.ts'
import { findLastAlert, listAlerts } from '../testing/alerts.sql.ts'

const first = await start()
const { app, sql } = first
const { somebody, post, get, codeOf, events } = actingIn(first)
const officer = await somebody({ organisation: 'counting-house', roles: ['company-officer'] })
const form = { kind: 'company', number: 'T12345', english: 'Pier Company', chinese: '碼頭公司' }

type Listed = { id: string; number: string; name: { en: string }; declaredAt: string }
const listed = async (id: string) =>
  (await get(officer, '/office/organisations'))
    .json<{ organisations: Listed[] }>()
    .organisations.find((each) => each.id === id)
type Mine = { id: string; verified: boolean; refused: string | null; own: boolean }
const mine = async (who: Somebody) =>
  (await get(who, '/account/acting')).json<{ organisations: Mine[] }>().organisations
const act = (what: string, id: string, payload: object, by = officer) =>
  post(by, `/office/organisations/${id}/${what}`, payload)
const page = async (who: Somebody, url: string, language = 'eng') =>
  (await app.inject({ url: `/${language}${url}`, headers: { ...who.headers, accept: 'text/html' } })).body

/** Somebody who registered a company, with what an officer sees of it. */
async function declared(values: object = {}) {
  const owner = await somebody()
  assert.equal(refusal(await post(owner, '/account/organisations', { ...form, ...values })), '303')
  const { id } = (await mine(owner))[0]!
  return { owner, id, seen: (await listed(id))!.declaredAt }
}

test('what does not agree with the register is refused with a reason, which its owner reads and corrects', async () => {
  const { owner, id, seen } = await declared()
  assert.match(await page(officer, `/office/organisations/${id}/refuse`), /Pier Company[\s\S]*T12345/)
  for (const reason of [undefined, '', 'constructor', 'no-such'])
    assert.equal(refusal(await act('refuse', id, { seen, reason })), '422', reason)
  assert.deepEqual(await listAlerts(sql, owner.id), [])
  assert.equal(refusal(await act('refuse', id, { seen, reason: 'name-differs' })), '303')
  assert.equal(await listed(id), undefined, 'it waits no more')
  assert.equal(refusal(await act('verify', id, { seen })), 'identity.organisation-not-found')
  assert.deepEqual((await mine(owner))[0], { ...(await mine(owner))[0], verified: false, refused: 'name-differs' })
  assert.deepEqual(await listAlerts(sql, owner.id), ['organisation-refused'])
  assert.equal((await findLastAlert(sql, owner.id, 'organisation-refused'))?.undoPath, `/account/organisations/${id}`)
  for (const url of ['/account/acting', `/account/organisations/${id}`]) {
    assert.match(await page(owner, url), /Under this number the register has another name/, url)
    assert.match(await page(owner, url, 'han'), /登記冊上這個號碼屬另一名稱/, url)
  }

  const wrong = await post(owner, `/account/organisations/${id}`, { ...form, number: '1' })
  assert.deepEqual([wrong.statusCode, wrong.json().mistakes, wrong.json().declared.id], [422, ['number'], id])
  const corrected = { ...form, english: 'Piers Company' }
  assert.equal(refusal(await post(owner, `/account/organisations/${id}`, corrected)), '303')
  const again = (await listed(id))!
  assert.equal(again.name.en, 'Piers Company')
  assert.equal((await mine(owner))[0]!.refused, null)
  assert.equal(refusal(await act('verify', id, { seen: again.declaredAt })), '303')
  assert.equal(refusal(await post(owner, `/account/organisations/${id}`, form)), 'identity.organisation-not-found')
  assert.equal(
    refusal(await post(owner, `/account/organisations/${id}/withdraw`)),
    'identity.organisation-not-found',
    'what is verified is not taken back',
  )
})

test('an officer verifies or refuses what they saw, and nothing that was corrected since', async () => {
  const { owner, id, seen } = await declared({ number: 'T22222' })
  await post(owner, `/account/organisations/${id}`, { ...form, number: 'T33333' })
  const before = await events('identity.organisation-verified')
  for (const stale of [seen, undefined, 'x']) {
    assert.equal(refusal(await act('verify', id, { seen: stale })), 'identity.organisation-changed')
    const refused = await act('refuse', id, { seen: stale, reason: 'number-unknown' })
    assert.equal(refusal(refused), 'identity.organisation-changed')
  }
  assert.equal(await events('identity.organisation-verified'), before)
  assert.equal((await mine(owner))[0]!.verified, false)
  assert.equal(refusal(await act('verify', id, { seen: (await listed(id))!.declaredAt })), '303')
})

test('an owner withdraws what nobody verified, with every role in it, and may register it again', async () => {
  const { owner, id } = await declared({ number: 'T44444' })
  const member = await somebody()
  await post(owner, '/account/acting', { as: `organisation/${id}` })
  await post(owner, `/office/organisations/${id}/people`, { code: await codeOf(member), role: 'member' })
  assert.equal((await mine(member))[0]!.own, false, 'a member does not correct it')
  for (const who of [member, await somebody(), officer])
    for (const url of [`/account/organisations/${id}`, `/account/organisations/${id}/withdraw`])
      assert.equal(refusal(await post(who, url, form)), 'identity.organisation-not-found')
  assert.match(await page(owner, '/account/acting'), new RegExp(`href="/eng/account/organisations/${id}"`))
  assert.equal(refusal(await post(owner, `/account/organisations/${id}/withdraw`)), '303')
  for (const who of [owner, member]) assert.deepEqual(await mine(who), [])
  assert.equal(await listed(id), undefined)
  assert.deepEqual(await listAlerts(sql, member.id), ['role-granted', 'role-withdrawn'])
  assert.equal(refusal(await post(owner, '/account/organisations', { ...form, number: 'T44444' })), '303')
  assert.equal(
    refusal(await post(owner, '/account/organisations', { ...form, number: 'T44444' })),
    'identity.organisation-declared-already',
  )
  const other = { ...form, number: 'T44445' }
  assert.equal(refusal(await post(owner, '/account/organisations', other)), '303')
  const [, second] = await mine(owner)
  const taken = await post(owner, `/account/organisations/${second!.id}`, { ...other, number: 'T44444' })
  const numbers = await sql<{ number: string }[]>`
    select number from identity.organisation where declared_by = ${owner.id} and closed_at is null order by number`
  assert.equal(new Set(numbers.map(({ number }) => number)).size, 2)
  assert.ok(['303', 'identity.organisation-declared-already'].includes(refusal(taken)))
})

test('nobody refuses their own registration, and no stranger refuses any', async () => {
  const own = await somebody({ organisation: 'counting-house', roles: ['company-officer'] })
  await post(own, '/account/organisations', { ...form, number: 'T55555' })
  const id = (await mine(own)).find(({ verified }) => !verified)!.id
  const { declaredAt: seen } = (await listed(id))!
  assert.equal(refusal(await act('refuse', id, { seen, reason: 'not-yours' }, own)), 'identity.needs-another')
  const stranger = await somebody()
  assert.equal(refusal(await act('refuse', id, { seen, reason: 'not-yours' }, stranger)), 'platform.not-allowed')
  assert.equal(refusal(await get(stranger, `/office/organisations/${id}/refuse`)), 'platform.not-allowed')
  await assert.rejects(
    sql`update identity.organisation set refused_by = ${own.id}, refused_at = now(), refused_reason = 'x' where id = ${id}`,
    /organisation_refused_by_another/,
  )
  await assert.rejects(
    sql`update identity.organisation set refused_by = 'x', refused_at = now() where id = ${id}`,
    /organisation_refused_with_reason/,
  )
  assert.equal(refusal(await act('refuse', id, { seen, reason: 'not-yours' })), '303')
})
