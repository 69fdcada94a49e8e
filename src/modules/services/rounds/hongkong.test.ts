// Maker in China of the pack of Hong Kong from the admitted entries to those who go to the national contest.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { start } from '#test'
import { getCase, openEvent, readWhole } from '../cases/write.ts'
import { sendApplication } from '../testing/cases.ts'
import { settleRound } from './rounds.ts'

const now = new Date('2027-05-03T02:00:00Z')
const started = await start({ pack: 'hongkong', now: () => now })
const { app, sql, installation, asPerson } = started
const service = 'maker-in-china-entry'
const officer = (id: string) =>
  asPerson({ id, organisation: 'dpo', permissions: ['services:work-case', 'services:decide-case'], level: 3 })
const [olga, omar] = [officer('officer-olga'), officer('officer-omar')]
type Headers = { cookie: string }
const judges = Array.from({ length: 5 }, (_, at) => asPerson({ id: `judge-${at}` }))
const chair = asPerson({ id: 'judge-chair' })
const office = `/office/services/rounds/${service}`
const get = async (url: string, headers: Headers) =>
  (await app.inject({ url, headers: { ...headers, accept: 'application/json' } })).json()
async function post(url: string, payload: object, headers: Headers) {
  const sent = await app.inject({ method: 'POST', url, headers: { ...headers, accept: 'application/json' }, payload })
  assert.ok(sent.statusCode < 400, `${url}: ${sent.body}`)
  return sent
}
async function take(reference: string, step: string, payload: object = {}, by = olga) {
  const at = `/office/services/cases/${reference}`
  const seen = async () => (await get(at, by)).number
  if ((await get(at, by)).line.claimedBy === null)
    await post(`${at}/claim`, { token: randomUUID(), seen: await seen() }, by)
  await post(`${at}/steps/${step}`, { token: randomUUID(), seen: await seen(), ...payload }, by)
}
/** Opens a round with so many judges, has each entry marked as it is worth, and closes it by two people. */
async function judge(round: string, count: number, worth: (reference: string) => number, answers: object = {}) {
  const panel = judges.slice(0, count)
  for (const [role, who] of [...panel.map((each) => ['assessor', each] as const), ['chair', chair] as const]) {
    const { code } = (await post(`${office}/invite`, { token: randomUUID(), round, role }, olga)).json()
    await post('/rounds/join', { code }, who)
  }
  await post(`${office}/open`, { round }, olga)
  for (const who of panel)
    for (const { id, reference, state } of (await get('/rounds', who)).sheets) {
      if (state !== 'undeclared') continue
      await post(`/rounds/sheets/${id}/declare`, { conflict: 'no' }, who)
      const mark = `${worth(reference)}`
      const marks = { 'mark.technology': mark, 'mark.market': mark, 'mark.mainland': mark }
      await post(`/rounds/sheets/${id}`, { act: 'lock', ...marks }, who)
    }
  await post(`/rounds/chair/${service}/2027/${round}/close`, {}, chair)
  await post(`${office}/confirm`, { round, ...answers }, omar)
  await settleRound(installation, { service, edition: 2027, round })
}
const stateOf = async (reference: string) => {
  const [row] = await sql<[{ state: string }]>`select state from services.case where reference = ${reference}`
  return row.state
}

test('what judges find moves the entries of Maker in China, and two officers send the first to the national contest', async () => {
  const entries: string[] = []
  for (let at = 0; at < 11; at++) {
    const answers = { project_title: `Project ${at}`, contest_company: `Company ${at}` }
    const reference = await sendApplication(started, { service, answers, person: `p-${at}` })
    entries.push(reference)
    await take(reference, 'admit')
  }
  // Day and place of the final are written once, by whoever confirms, and stand in what each of the ten is told.
  const final = { minutes: '8', where: 'Cyberport, 14:00', 'on-day': '1', 'on-month': '6', 'on-year': '2027' }
  await judge(
    'paper',
    3,
    (reference) => 10 - Math.min(9, entries.indexOf(reference)) + (reference === entries[10] ? -1 : 0),
    Object.fromEntries(Object.entries(final).map(([name, value]) => [`promotes.answer.pitch_${name}`, value])),
  )
  assert.deepEqual(await Promise.all(entries.map(stateOf)), [...Array(10).fill('final'), 'not-chosen'])
  for (const reference of entries.slice(0, 10)) {
    const whole = await readWhole(sql, installation, await getCase(sql, reference))
    const told = whole.events.findLast(({ kind }) => kind === 'message-sent')!
    const { text } = openEvent<'message-sent'>(installation, reference, told)
    assert.match(text.en, /final on 1 June 2027: Cyberport, 14:00\. You have 8 minutes/)
  }
  await judge('final', 5, (reference) => 9 - entries.indexOf(reference))
  const placed = [...Array(3).fill('placed'), ...Array(8).fill('not-chosen')]
  assert.deepEqual(await Promise.all(entries.map(stateOf)), placed)

  const [first] = entries as [string, ...string[]]
  await take(first, 'champion', { reasons: ['won'] })
  const at = `/office/services/cases/${first}`
  const { proposal } = await get(at, omar)
  await post(
    `${at}/proposals/${proposal.number}`,
    { token: randomUUID(), seen: (await get(at, omar)).number, answer: 'approved' },
    omar,
  )
  assert.equal(await stateOf(first), 'national')
  const told = await sql<{ data: { message: string } }[]>`
    select data from services.case_event where reference = ${entries[10]!} and kind = 'message-sent' order by number desc limit 1`
  assert.match(JSON.stringify(told[0]!.data), /not-chosen/)
})
