// Maker in China of the pack of Hong Kong from the admitted entries to those who go to the national contest.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { openContest } from '../../../../test/contest.ts'
import { getCase, openEvent, readWhole } from '../cases/write.ts'
import { sendApplication } from '../testing/cases.ts'
import { settleRound } from './rounds.ts'

let now = new Date('2027-05-03T02:00:00Z')
const started = await start({ pack: 'hongkong', now: () => now })
const { sql, installation, asPerson } = started
const service = 'maker-in-china-entry'
const { office, officer, olga, get, post, refused, page, take, approve, join, sheetsOf, mark } = openContest(
  started,
  service,
  ['technology', 'market', 'mainland'],
)
const omar = officer('officer-omar')
const judges = Array.from({ length: 6 }, (_, at) => asPerson({ id: `judge-${at}` }))
const chair = asPerson({ id: 'judge-chair' })
const chaired = (round: string) => `/rounds/chair/${service}/2027/${round}`

/** Opens a round with so many judges and has each entry marked as it is worth. */
async function judge(round: string, count: number, worth: (reference: string) => number) {
  for (const who of judges.slice(0, count)) await join(round, 'assessor', who)
  await join(round, 'chair', chair)
  await post(`${office}/open`, { round }, olga)
  for (const who of judges.slice(0, count)) await mark(who, worth)
}
/** Closes a round by two people. */
async function close(round: string, answers: object = {}) {
  await post(`${chaired(round)}/close`, {}, chair)
  await post(`${office}/confirm`, { round, ...answers }, omar)
  await settleRound(installation, { service, edition: 2027, round })
}
const stateOf = async (reference: string) => {
  const [row] = await sql<[{ state: string }]>`select state from services.case where reference = ${reference}`
  return row.state
}
async function lastMessage(reference: string) {
  const whole = await readWhole(sql, installation, await getCase(sql, reference))
  const told = whole.events.findLast(({ kind }) => kind === 'message-sent')!
  return openEvent<'message-sent'>(installation, reference, told).text
}

const entries: string[] = []
test('a judge who is late with a conflict is followed by another, and the ten best on paper are told day and place of the final', async () => {
  for (let at = 0; at < 11; at++) {
    const answers = { project_title: `Project ${at}`, contest_company: `Company ${at}` }
    const reference = await sendApplication(started, { service, answers, person: `p-${at}` })
    entries.push(reference)
    await take(reference, 'admit')
  }
  const onPaper = (reference: string) =>
    10 - Math.min(9, entries.indexOf(reference)) - (reference === entries[10] ? 1 : 0)
  await judge('paper', 3, onPaper)
  // Found after all sheets were locked, the day before the chair wants to close.
  const [own] = (await sheetsOf(judges[0]!)).filter(({ reference }) => reference === entries[0])
  await post(`/rounds/sheets/${own!.id}/declare`, { conflict: 'yes' }, judges[0]!)
  assert.deepEqual((await get(chaired('paper'), chair)).few, [entries[0]])
  await join('paper', 'assessor', judges[5]!)
  assert.equal(await refused(`${chaired('paper')}/close`, {}, chair), 'round-sheets-missing')
  await mark(judges[5]!, onPaper)
  const final = { minutes: '8', where: 'Cyberport, 14:00', 'on-day': '1', 'on-month': '6', 'on-year': '2027' }
  await close(
    'paper',
    Object.fromEntries(Object.entries(final).map(([name, value]) => [`promotes.answer.pitch_${name}`, value])),
  )
  assert.deepEqual(await Promise.all(entries.map(stateOf)), [...Array(10).fill('final'), 'not-chosen'])
  for (const reference of entries.slice(0, 10))
    assert.match(
      (await lastMessage(reference)).en,
      /final on 1 June 2027: Cyberport, 14:00\. You have 8 minutes to present\./,
    )
  // Nothing stands where a comment would: a round asks nobody for one.
  const lost = await lastMessage(entries[10]!)
  assert.match(lost.en, /was not chosen this time/)
  assert.doesNotMatch(`${lost.en} ${lost['zh-Hant']}`, /–|judges say|評審意見/)
})

test('the first three of the final are placed, two officers send the champion on, and all three are public at the hour', async () => {
  await judge('final', 5, (reference) => 9 - entries.indexOf(reference))
  await close('final')
  const placed = [...Array(3).fill('placed'), ...Array(8).fill('not-chosen')]
  assert.deepEqual(await Promise.all(entries.map(stateOf)), placed)
  const [first] = entries as [string, ...string[]]
  await take(first, 'champion', { reasons: ['won'] })
  await approve(first, omar)
  assert.equal(await stateOf(first), 'national')

  const results = `/services/${service}/results/2027`
  assert.equal((await page(results, olga)).statusCode, 404)
  now = new Date('2027-09-30T10:00:00Z')
  assert.match((await page(results, judges[0]!)).body, /Winners[\s\S]*Project 0[\s\S]*Project 1[\s\S]*Project 2/)
  assert.match((await page(results, judges[0]!, 'sc')).body, /得奖名单/)
})
