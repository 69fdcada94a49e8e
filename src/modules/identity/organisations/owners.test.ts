// Who owns a company, and what its owners are told.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { actingIn, refusal, type Somebody } from '../../../../test/acting.ts'
import postgres from '../../../platform/driver.ts'
import { insertClient } from '../provider/clients.sql.ts'
import { listAlerts } from '../testing/alerts.sql.ts'

const first = await start()
const second = await start({ beside: first })
const { sql, app } = first
const { somebody, company, post, get, codeOf, events, switchTo, verify } = actingIn(first)
const nowOf = async (who: Somebody) => (await get(who, '/account/acting')).json().now

test('a company passes to another owner once that person accepts, and not before', async () => {
  const [owner, heir, stranger] = [await somebody(), await somebody(), await somebody()]
  await post(owner, '/account/organisations', { kind: 'company', number: 'T55555', english: 'Ferry' })
  const [company] = (await get(owner, '/account/acting')).json().organisations as { id: string }[]
  await switchTo(owner, `organisation/${company!.id}`)
  const people = `/office/organisations/${company!.id}/people`
  await post(owner, people, { code: await codeOf(heir), role: 'owner' })
  const grants = (await get(owner, people)).json().grants as { id: number; person: { id: string } }[]
  const idOf = (who: Somebody) => grants.find(({ person }) => person.id === who.id)!.id
  const offer = { organisation: company!.id, grant: idOf(heir) }
  assert.equal(refusal(await post(owner, `${people}/${idOf(owner)}/withdraw`)), 'identity.last-owner')
  assert.equal(refusal(await post(owner, `${people}/${offer.grant}/approve`)), 'identity.grant-not-pending')
  assert.equal(refusal(await post(stranger, '/account/acting/accept', offer)), 'identity.grant-not-found')
  assert.equal(refusal(await post(owner, '/account/acting/accept', offer)), 'identity.grant-not-found')
  assert.equal(refusal(await switchTo(heir, `organisation/${company!.id}`)), 'identity.may-not-act-so')
  const before = await events('identity.ownership-accepted')
  const both = await Promise.all([app, second.app].map((each) => post(heir, '/account/acting/accept', offer, each)))
  assert.deepEqual(both.map(refusal).sort(), ['303', 'identity.grant-not-pending'])
  assert.equal(await events('identity.ownership-accepted'), before + 1)
  assert.deepEqual(await listAlerts(sql, heir.id), ['role-offered', 'role-granted'])
  assert.equal(refusal(await post(owner, `${people}/${idOf(owner)}/withdraw`)), '303')
  assert.equal((await nowOf(owner)).organisation, null)
})

test('whoever owns a company is told that it is verified, once, and nobody else', async () => {
  const [owner, partner, asked, member] = [await somebody(), await somebody(), await somebody(), await somebody()]
  const officer = await somebody({ organisation: 'counting-house', roles: ['company-officer'] })
  const form = { kind: 'company', number: 'T66666', english: 'Pier' }
  await post(owner, '/account/organisations', form)
  const [company] = (await get(owner, '/account/acting')).json().organisations as { id: string }[]
  await switchTo(owner, `organisation/${company!.id}`)
  const people = `/office/organisations/${company!.id}/people`
  for (const who of [partner, asked]) await post(owner, people, { code: await codeOf(who), role: 'owner' })
  await post(owner, people, { code: await codeOf(member), role: 'member' })
  const grants = (await get(owner, people)).json().grants as { id: number; person: { id: string } }[]
  const { id: grant } = grants.find(({ person }) => person.id === partner.id)!
  assert.equal(refusal(await post(partner, '/account/acting/accept', { organisation: company!.id, grant })), '303')

  const both = [await verify(officer, company!.id), await verify(officer, company!.id)]
  assert.deepEqual(both.map(refusal), ['303', 'identity.organisation-not-found'])
  const told = await Promise.all([owner, partner, asked, member, officer].map(({ id }) => listAlerts(sql, id)))
  assert.deepEqual(told, [
    ['organisation-verified'],
    ['role-offered', 'role-granted', 'organisation-verified'],
    ['role-offered'],
    ['role-granted'],
    [],
  ])
  const page = (language: string) =>
    app.inject({ url: `/${language}/account/inbox`, headers: { ...owner.headers, accept: 'text/html' } })
  assert.match((await page('eng')).body, /A company or association of yours was verified/)
  assert.match((await page('han')).body, /你的公司或社團已獲核實/)
})

test('an owner has no limits, and one who had them before is held to them and gives nobody more', async () => {
  const id = await company()
  const people = `/office/organisations/${id}/people`
  const [owner, limited] = [
    await somebody({ organisation: id, roles: ['owner'] }),
    await somebody({ organisation: id, roles: ['owner'] }),
  ]
  for (const service of ['lamps', 'boats'])
    await insertClient(sql, first.installation.vault, {
      ...{ id: service, name: { en: service, 'zh-Hant': service }, metadata: {}, state: 'live' },
    })
  const give = async (who: Somebody, form: object) => {
    const grantee = await somebody()
    return post(who, people, { code: await codeOf(grantee), ...form })
  }
  for (const more of [{ services: 'lamps' }, { money: '100' }]) {
    const refused = await give(owner, { role: 'owner', ...more })
    assert.deepEqual([refused.statusCode, refused.json().mistakes], [422, Object.keys(more)])
    assert.equal(refusal(await give(owner, { role: 'member', ...more })), '303')
  }
  const before = postgres(first.urls.owner, { max: 1 })
  await before`update identity.role_grant set services = '{lamps}', cents_max = 10000 where person_id = ${limited.id}`
  await before.end()
  const more = 'identity.more-than-yours'
  for (const [form, outcome] of [
    [{ role: 'owner' }, more],
    [{ role: 'member' }, more],
    [{ role: 'member', services: 'lamps' }, more],
    [{ role: 'member', services: 'boats', money: '50' }, more],
    [{ role: 'member', services: 'lamps', money: '500' }, more],
    [{ role: 'member', services: 'lamps', money: '50' }, '303'],
  ] as const)
    assert.equal(refusal(await give(limited, form)), outcome, JSON.stringify(form))
})

test('no owner puts another out by the help of one whom they brought for it', async () => {
  const id = await company()
  const people = `/office/organisations/${id}/people`
  const [ann, ben, dan] = [
    await somebody({ organisation: id, roles: ['owner'] }),
    await somebody({ organisation: id, roles: ['owner'] }),
    await somebody(),
  ]
  const grantOf = async (who: Somebody) =>
    ((await get(ann, people)).json().grants as { id: number; person: { id: string } }[]).find(
      ({ person }) => person.id === who.id,
    )!.id
  const withdraw = async (by: Somebody, of: Somebody) =>
    refusal(await post(by, `${people}/${await grantOf(of)}/withdraw`))
  const join = async () => {
    assert.equal(refusal(await post(ann, people, { code: await codeOf(dan), role: 'owner' })), '303')
    const offer = { organisation: id, grant: await grantOf(dan) }
    assert.equal(refusal(await post(dan, '/account/acting/accept', offer)), '303')
    assert.equal(refusal(await switchTo(dan, `organisation/${id}`)), '303')
  }
  await join()
  assert.deepEqual(await listAlerts(sql, ben.id), ['owner-added'])
  assert.deepEqual(await listAlerts(sql, ann.id), [])
  const tooNew = 'identity.owners-too-new'
  assert.deepEqual(
    [await withdraw(ann, ben), await withdraw(dan, ben), await withdraw(dan, ann)],
    Array(3).fill(tooNew),
  )
  // Whoever was there before can still say no to them.
  assert.equal(await withdraw(ben, dan), '303')
  await join()
  const later = postgres(first.urls.owner, { max: 1 })
  const ago = (days: number) => later`
    update identity.role_grant
    set granted_at = now() - ${days} * interval '1 day', approved_at = now() - ${days} * interval '1 day'
    where person_id = ${dan.id} and withdrawn_at is null`
  await ago(29)
  assert.equal(await withdraw(ann, ben), tooNew)
  await ago(30)
  await later.end()
  assert.equal(await withdraw(ann, ben), '303')
})
