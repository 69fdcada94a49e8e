// The Hong Kong ICT Awards from the admitted entries to the published winners: each category has a final of its own.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { start } from '#test'
import { openContest } from '../../../../test/contest.ts'
import { getCase, openEvent, readWhole } from '../cases/write.ts'
import { sendApplication } from '../testing/cases.ts'
import { settleRound } from './rounds.ts'

let now = new Date('2027-05-03T02:00:00Z')
const started = await start({ pack: 'hongkong', now: () => now })
const { sql, installation, asPerson } = started
const service = 'ict-awards-entry'
const { office, officer, olga, get, post, refused, page, form, take, approve, join, mark } = openContest(
  started,
  service,
  ['innovation', 'functionality', 'acceptance', 'benefits', 'quality'],
)
const omar = officer('officer-omar')
const judges = Array.from({ length: 5 }, (_, at) => asPerson({ id: `judge-${at}` }))
const chair = asPerson({ id: 'judge-chair' })
const chaired = (round: string) => `/rounds/chair/${service}/2027/${round}`
const results = `/services/${service}/results/2027`

/** Entries by their names, of which the marks are the last figure. */
const references = new Map<string, string>()
const at = (name: string) => references.get(name)!
const nameOf = (reference: string) => [...references].find(([, each]) => each === reference)![0]
const worth = (reference: string) => Number(nameOf(reference).at(-1))
const categories: Record<string, string[]> = {
  'smart-living': ['Lamp 8', 'Lift 7'],
  fintech: ['Bank 9', 'Bond 8', 'Bill 7', 'Bourse 6', 'Broker 5', 'Budget 5'],
  startup: ['Sail 6'],
}
const statesOf = async (names: readonly string[]) => {
  const rows = await sql<{ reference: string; state: string }[]>`
    select reference, state from services.case where reference in ${sql(names.map(at))}`
  return names.map((name) => rows.find(({ reference }) => reference === at(name))!.state)
}
async function lastMessage(name: string) {
  const whole = await readWhole(sql, installation, await getCase(sql, at(name)))
  const told = whole.events.findLast(({ kind }) => kind === 'message-sent')!
  return openEvent<'message-sent'>(installation, at(name), told).text
}
type Field = { name: string }
type Asked = { way: string; stream: { en: string } | null; entries: number; fields: Field[] }
const askedOf = async (): Promise<Asked[]> => (await get(office, omar)).rounds[0].asked

const finals = {
  fintech: {
    'final_on-day': '7',
    'final_on-month': '6',
    'final_on-year': '2027',
    final_at: '09:30',
    final_where: 'Central <3>',
  },
  startup: {
    'final_on-day': '8',
    'final_on-month': '6',
    'final_on-year': '2027',
    final_at: '14:00',
    final_where: 'Sha Tin',
  },
  'smart-living': {
    'final_on-day': '9',
    'final_on-month': '6',
    'final_on-year': '2027',
    final_at: '18:00',
    final_where: 'Tai Po',
  },
}
/** What a browser sends for some of the streams. */
const typed = (...streams: (keyof typeof finals)[]) => ({
  round: 'assessment',
  'promotes.answer.final_minutes': '10',
  ...Object.fromEntries(
    streams.flatMap((stream) =>
      Object.entries(finals[stream]).map(([name, value]) => [`promotes.${stream}.answer.${name}`, value]),
    ),
  ),
})

test('the chair closes the assessment once a late judge has marked and a tie on the line is decided', async () => {
  for (const [category, names] of Object.entries(categories))
    for (const name of names) {
      const answers = { category, entry_title: name, organisation_name: `${name} Ltd` }
      const reference = await sendApplication(started, { service, answers, person: `p-${references.size}` })
      references.set(name, reference)
      await take(reference, 'admit')
    }
  const early = await form(`${office}/open`, { round: 'assessment' }, olga)
  assert.match(early.body, /Too few judges have accepted for “[A-Z][^”]+”: each entry needs 3/)
  for (const who of judges.slice(0, 3)) await join('assessment', 'assessor', who)
  assert.match((await page(office, olga)).body, /Nobody has accepted to chair this round[\s\S]*Open this round/)
  await join('assessment', 'chair', chair)
  await post(`${office}/open`, { round: 'assessment' }, olga)
  const [late, ...inTime] = judges.slice(0, 3)
  for (const who of inTime) await mark(who, worth)
  assert.match((await page(chaired('assessment'), chair)).body, /Score sheets that are not locked: 9/)
  assert.equal(await refused(`${chaired('assessment')}/close`, {}, chair), 'round-sheets-missing')
  await mark(late!, worth)
  assert.equal(await refused(`${chaired('assessment')}/close`, {}, chair), 'round-tied')
  const tie = { token: randomUUID(), first: at('Budget 5'), reason: 'It helps more people' }
  await post(`${chaired('assessment')}/tie`, tie, chair)
  await post(`${chaired('assessment')}/close`, {}, chair)
})

test('whoever confirms is asked once for all, and once for each category that has an entry in the final', async () => {
  const asked = await askedOf()
  const apart = (stream: string) =>
    ['final_on', 'final_at', 'final_where'].map((id) => `promotes.${stream}.answer.${id}`)
  assert.deepEqual(
    asked.map(({ way, stream, entries, fields }) => [way, stream?.en ?? null, entries, fields.map(({ name }) => name)]),
    [
      ['promotes', null, 8, ['promotes.answer.final_minutes']],
      ['promotes', 'FinTech', 5, apart('fintech')],
      ['promotes', 'ICT Startup', 1, apart('startup')],
      ['promotes', 'Smart Living', 2, apart('smart-living')],
    ],
  )
})

test('nothing is confirmed while the answer of one category is open, and what was typed for the others stays', async () => {
  const confirm = `${office}/confirm`
  const lacking = { ...typed('fintech', 'startup'), 'promotes.smart-living.answer.final_on-day': '31' }
  const { statusCode, body } = await form(
    confirm,
    { ...lacking, 'promotes.smart-living.answer.final_on-month': '6' },
    omar,
  )
  assert.equal(statusCode, 422)
  assert.match(
    body,
    /href="#promotes\.smart-living\.answer\.final_on-day"[^>]*>Smart Living: Write a day of the calendar\./,
  )
  assert.match(body, /href="#promotes\.smart-living\.answer\.final_at"[^>]*>Smart Living: Answer this: Hour/)
  assert.match(
    body,
    /<legend><h4>FinTech \(5\)<\/h4><\/legend>[\s\S]*value="7"[\s\S]*value="Central &lt;3>"[\s\S]*ICT Startup \(1\)/,
  )
  assert.match(body, /Smart Living \(2\)[\s\S]*value="31"/)
  assert.doesNotMatch(body, /Student Innovation \(/)
  assert.match(
    (await form(confirm, lacking, omar, 'tc')).body,
    /智慧生活：請填寫：時間[\s\S]*所有晉級項目（8 個）：邀請參加決賽/,
  )
  assert.match((await form(confirm, lacking, omar, 'sc')).body, /智慧生活：请填写：时间/)
  assert.equal(await refused(confirm, lacking, omar), 'step-incomplete')
  assert.equal((await get(office, omar)).rounds[0].state, 'proposed')
  assert.deepEqual(await statesOf(['Bank 9', 'Lamp 8']), ['assessment', 'assessment'])
})

test('each category is told its own day, hour and place, and who is out hears of no comment that nobody wrote', async () => {
  await post(`${office}/confirm`, typed('fintech', 'startup', 'smart-living'), omar)
  await settleRound(installation, { service, edition: 2027, round: 'assessment' })
  const [out, ...inside] = ['Broker 5', ...references.keys()].filter((name, at) => at === 0 || name !== 'Broker 5')
  assert.deepEqual(await statesOf([out!, ...inside]), ['not-awarded', ...Array(8).fill('final')])
  const told: Record<string, RegExp> = {
    'Bank 9':
      /final of the category FinTech on 7 June 2027 at 09:30\.\n\nPlace: Central <3>\n\nYou have 10 minutes to present\./,
    'Budget 5': /FinTech on 7 June 2027 at 09:30/,
    'Sail 6': /ICT Startup on 8 June 2027 at 14:00\.\n\nPlace: Sha Tin\n\nYou have 10 minutes to present\./,
    'Lift 7': /Smart Living on 9 June 2027 at 18:00\.\n\nPlace: Tai Po/,
  }
  for (const [name, text] of Object.entries(told)) assert.match((await lastMessage(name)).en, text)
  assert.match(
    (await lastMessage('Sail 6'))['zh-Hant'],
    /「資訊科技初創企業」組別的決賽，日期為 2027 年 6 月 8 日，時間為 14:00/,
  )
  const lost = await lastMessage('Broker 5')
  assert.doesNotMatch(`${lost.en} ${lost['zh-Hant']}`, /–|panel says|評審意見/)
  const { noted, notedBy } = (await readWhole(sql, installation, await getCase(sql, at('Sail 6')))).known
  assert.deepEqual(noted, { final_minutes: 10, final_on: '2027-06-08', final_at: '14:00', final_where: 'Sha Tin' })
  assert.equal(notedBy.final_where, 'officer:officer-omar')
})

test('the first of each category is judged by two officers, and winners stand by category from the hour of the results', async () => {
  for (const who of judges) await join('final', 'assessor', who)
  await join('final', 'chair', chair)
  await post(`${office}/open`, { round: 'final' }, olga)
  // Both of Smart Living are alike in the final.
  for (const who of judges) await mark(who, (reference) => (nameOf(reference).startsWith('L') ? 8 : worth(reference)))
  const undecided = (await get(chaired('final'), chair)).undecided
  assert.deepEqual(undecided, [[at('Lamp 8'), at('Lift 7')].sort()])
  await post(`${chaired('final')}/tie`, { token: randomUUID(), first: at('Lift 7'), reason: 'More use' }, chair)
  await post(`${chaired('final')}/close`, {}, chair)
  await post(`${office}/confirm`, { round: 'final' }, omar)
  await settleRound(installation, { service, edition: 2027, round: 'final' })
  assert.deepEqual(await statesOf(['Bank 9', 'Sail 6', 'Lift 7', 'Lamp 8']), [...Array(3).fill('judged'), 'final'])
  const { body } = await page(office, olga)
  assert.match(body, /By the result 3 of 8 cases took a step\. Officers go on with 5 others case by case/)
  await take(at('Lamp 8'), 'award', { reasons: ['outstanding'], 'answer.award_level': 'silver' })
  await approve(at('Lamp 8'), omar)
  assert.deepEqual(await statesOf(['Lamp 8']), ['awarded'])

  assert.equal((await page(results, judges[0]!)).statusCode, 404)
  now = new Date('2027-12-01T10:00:00Z')
  assert.match(
    (await page(results, judges[0]!)).body,
    /FinTech[\s\S]*Bank 9[\s\S]*ICT Startup[\s\S]*Sail 6[\s\S]*Smart Living[\s\S]*Lift 7/,
  )
  assert.match((await page(results, judges[0]!, 'tc')).body, /金融科技[\s\S]*資訊科技初創企業[\s\S]*智慧生活/)
  assert.match((await page(results, judges[0]!, 'sc')).body, /资讯科技初创企业/)
})
