// Ceilings of kinds of cost that hold for a recipient over a financial year, where a programme says so.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { start } from '#test'
import { type Service, services } from '../definitions/service.ts'
import { sendApplication, tideAnswers } from '../testing/cases.ts'
import { publish } from '../versions/versions.ts'

let now = new Date('2027-02-01T04:00:00Z')
const started = await start({ now: () => now })
const { app, sql, installation, asPerson } = started
const permissions = ['services:work-case', 'services:decide-case']
const officer = (id: string) => asPerson({ id, organisation: 'tide-station', permissions, level: 3 })
const [cora, dina] = [officer('officer-cora'), officer('officer-dina')]
const ada = asPerson({ id: 'ada-quay' })

type Headers = { cookie: string }
const post = (url: string, headers: Headers, payload: object = {}) =>
  app.inject({ method: 'POST', url, headers: { ...headers, accept: 'application/json' }, payload })

/** Publishes the grant with 10,000 for equipment, in a year from April where it says so. */
async function publishKinds(yearFrom?: string): Promise<void> {
  const definition = structuredClone(installation.pack.get(services, 'tide-grant')) as Service
  const grant = definition.apply!.grant!
  const [page] = definition.apply!.form.pages.find(({ repeat }) => repeat?.name === 'activities')!.repeat!.pages
  const option = (id: string) => ({ id, title: { en: id, 'zh-Hant': id === 'fees' ? '費用' : '器材' } })
  page!.questions.push({
    ...{ id: 'cost_kind', title: { en: 'Kind', 'zh-Hant': '類別' }, kind: 'choice' },
    options: [option('equipment'), option('fees')],
  })
  grant.lines.category = 'cost_kind'
  grant.categories = [{ id: 'equipment', mostCents: 1_000_000 }]
  if (yearFrom) grant.yearFrom = yearFrom
  await sql.begin((transaction) => publish(transaction, { definition, now, by: 'officer-ed' }))
}

/** Grants the whole of a plan of so much equipment and so much of fees; the case, and how the approval was answered. */
async function grant(group: string, equipment: number, fees = 0) {
  const activity = (cost_kind: string, cost: number) => ({
    ...{ activity_title: cost_kind, held_on: '2027-05-01', cost: cost * 100, cost_kind },
  })
  const activities = [activity('equipment', equipment), activity('fees', fees)].filter(({ cost }) => cost > 0)
  const reference = await sendApplication(started, { answers: { ...tideAnswers, group_name: group, activities } })
  const at = `/office/services/cases/${reference}`
  const look = async () => (await app.inject({ url: `${at}.json`, headers: cora })).json()
  const act = async (what: string, payload: object = {}, headers = cora) =>
    post(`${at}/${what}`, headers, { token: randomUUID(), seen: (await look()).number, ...payload })
  await act('claim')
  await act('steps/assess', { 'answer.assessment': 'Sound.' })
  const amount = String(equipment + fees)
  const proposed = await act('steps/grant', { 'answer.amount_granted': amount, reasons: ['within-limit'] })
  assert.equal(proposed.statusCode, 200, proposed.body)
  const approved = await act(`proposals/${(await look()).proposal.number}`, { answer: 'approved' }, dina)
  return { reference, said: approved.statusCode === 200 ? 'granted' : String(approved.json().type).split('.').at(-1) }
}
const said = async (...asked: Parameters<typeof grant>) => (await grant(...asked)).said

test('without a year a ceiling of a kind holds for each grant', async () => {
  await publishKinds()
  assert.equal(await said('Each Group', 10_001), 'grant-above-category')
  assert.equal(await said('Each Group', 10_000), 'granted')
  assert.equal(await said('Each Group', 10_000), 'granted')
})

test('with a year it holds for all grants of a recipient in it, also for what is moved, and begins anew in the next', async () => {
  await publishKinds('04-01')
  assert.equal(await said('Year Group', 6_000), 'granted')
  assert.equal(await said('YEAR  group', 4_001), 'grant-above-category')
  // Another recipient, and another kind of cost.
  assert.equal(await said('Other Group', 4_001), 'granted')
  const last = await grant('YEAR  group', 3_000, 2_000)
  assert.equal(last.said, 'granted')
  const own = `/services/cases/${last.reference}/grant`
  assert.equal((await post(`${own}/acceptance`, ada)).statusCode, 200)
  const move = (moved: string) =>
    post(`${own}/virements`, ada, { from: '2', to: '1', 'answer.moved': moved, 'answer.reason': 'A boat.' })
  assert.match((await move('1000.01')).body, /above its ceiling/)
  assert.equal((await move('1000')).statusCode, 200)
  // What waits for an officer counts as if it were approved.
  assert.equal(await said('Year Group', 1), 'grant-above-category')
  now = new Date('2027-03-31T23:59:00Z')
  assert.equal(await said('Year Group', 1), 'grant-above-category')
  now = new Date('2027-04-01T00:00:00Z')
  assert.equal(await said('Year Group', 10_000), 'granted')
  assert.equal(await said('Year Group', 1), 'grant-above-category')
})

test('of two grants at once that are above it together, one is refused', async () => {
  const both = await Promise.all([said('Twin Group', 6_000), said('Twin Group', 6_000)])
  assert.deepEqual(both.sort(), ['grant-above-category', 'granted'])
})
