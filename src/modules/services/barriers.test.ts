// Rounds, grants, sessions, comments, subscriptions and messages in a real browser: on the narrowest phone, in the dark, with what
// people meet there in them, and with what they typed wrong.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { start } from '#test'
import { aBrowser } from '../../../test/browser/browser.ts'
import { barriers } from '../../../test/browser/examine.ts'
import { sendApplication, tideAnswers } from './testing/cases.ts'

const browser = await aBrowser()
const started = await start({ now: () => new Date('2027-02-01T10:00:00Z') })
const { app, asPerson } = started
await app.listen({ port: 0, host: '127.0.0.1' })
const site = `http://127.0.0.1:${(app.server.address() as { port: number }).port}`

type Headers = { cookie: string }
const [work, decide, edit] = ['services:work-case', 'services:decide-case', 'services:edit-service'] as const
const officer = (id: string, ...permissions: string[]) =>
  asPerson({ id, organisation: 'tide-station', permissions, level: 3 })
const finn = officer('officer-finn', work)
const cora = officer('officer-cora', work, decide, edit)
const dina = officer('officer-dina', work, decide)
const ada = asPerson({ id: 'ada-quay' })
const jo = asPerson({ id: 'judge-jo' })

async function post(url: string, headers: Headers, payload: object = {}) {
  const sent = await app.inject({ method: 'POST', url, headers: { ...headers, accept: 'application/json' }, payload })
  assert.ok(sent.statusCode < 400, `${url}: ${sent.body}`)
  return sent.body === '' ? undefined : sent.json()
}
const get = async (url: string, headers: Headers) => (await app.inject({ url: `${url}.json`, headers })).json()

async function aGrant(): Promise<string> {
  const reference = await sendApplication(started, { answers: tideAnswers })
  const at = `/office/services/cases/${reference}`
  const act = async (what: string, headers: Headers, payload: object = {}) =>
    post(`${at}/${what}`, headers, { token: randomUUID(), seen: (await get(at, headers)).number, ...payload })
  await act('claim', finn)
  await act('steps/assess', finn, { 'answer.assessment': 'Sound.' })
  await act('claim', cora)
  await act('steps/grant', cora, { 'answer.amount_granted': '10000', reasons: ['within-limit'] })
  const { proposal } = await get(at, dina)
  await act(`proposals/${proposal.number}`, dina, { answer: 'approved' })
  const own = `/services/cases/${reference}/grant`
  await post(`${own}/acceptance`, ada)
  const move = { token: randomUUID(), from: '1', to: '2', 'answer.moved': '1000', 'answer.reason': 'Boats cost more.' }
  await post(`${own}/virements`, ada, move)
  const claim = { token: randomUUID(), line: '1', 'answer.amount': '1000', 'answer.spent_on': '2027-02-01' }
  await post(`${own}/claims`, ada, claim)
  return reference
}

async function aRound(): Promise<string> {
  const office = '/office/services/rounds/tide-prize'
  for (const name of ['Raft', 'Rope']) {
    const answers = { field: 'boats', idea_name: name, idea: `About ${name}`, inventor: 'Ada Secret' }
    await sendApplication(started, { service: 'tide-prize', answers, person: `p-${name}` })
  }
  for (const role of ['assessor', 'chair']) {
    const { code } = await post(`${office}/invite`, cora, { token: randomUUID(), round: 'first', role })
    await post('/rounds/join', jo, { code })
  }
  await post(`${office}/open`, cora, { round: 'first' })
  const [sheet] = (await get('/rounds', jo)).sheets
  await post(`/rounds/sheets/${sheet.id}/declare`, jo, { conflict: 'no' })
  return sheet.id
}

async function aSession(): Promise<string> {
  const token = randomUUID()
  const day = (id: string, [year, month, date]: string[]) => ({
    [`${id}-day`]: date,
    [`${id}-month`]: month,
    [`${id}-year`]: year,
  })
  const names = { title_en: 'Ebb and flow', title_zh: '潮起潮落', place_en: 'Pier 1', place_zh: '一號碼頭' }
  const days = { ...day('on', ['2027', '3', '1']), ...day('opens_on', ['2027', '1', '1']) }
  const rest = { from: '14:00', until: '16:00', capacity: '7', ...day('closes_on', ['2027', '2', '26']) }
  await post('/office/services/sessions', cora, { token, service: 'tide-course', ...names, ...days, ...rest })
  return token
}

async function pageOf(who: Headers, dark = false) {
  const context = await browser.newContext({
    viewport: { width: 320, height: 640 },
    colorScheme: dark ? 'dark' : 'light',
  })
  const [name, value] = who.cookie.split('=') as [string, string]
  await context.addCookies([{ name, value, url: site }])
  return context.newPage()
}
type Page = Awaited<ReturnType<typeof pageOf>>
async function examine(page: Page, what: string) {
  assert.deepEqual(await barriers(page), [], what)
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  assert.ok(wide <= 0, `${what} is ${wide} pixels wider than a narrow phone`)
}

const [grant, sheet, session] = [await aGrant(), await aRound(), await aSession()]
const comment = { token: randomUUID(), text: 'Where is the pier?', answer: 'inbox' }
const { number } = await post('/services/tide-grant/comment', ada, comment)
await post('/services/tide-grant/subscribe', ada)
const pages: [Headers, string[]][] = [
  [ada, [`/services/cases/${grant}/grant`, '/account/subscriptions', '/services/tide-grant/comment']],
  [jo, ['/rounds', `/rounds/sheets/${sheet}`, '/rounds/chair/tide-prize/2027/first', '/services/comments']],
  [cora, ['/office/services', '/office/services/grants', `/office/services/cases/${grant}/grant`]],
  [cora, ['/office/services/rounds', '/office/services/rounds/tide-prize', '/office/services/messages']],
  [cora, ['/office/services/sessions', `/office/services/sessions/${session}`, '/office/services/sessions/new']],
  [cora, ['/office/services/comments', `/office/services/comments/${number}`]],
]
test('no page of what officers and people do beside cases has barriers, in the light or the dark', async () => {
  for (const [at, [who, paths]] of pages.entries()) {
    const page = await pageOf(who, at % 2 === 1)
    for (const path of paths) {
      // Those of one language by turns: what a page is made of is the same in each.
      await page.goto(`${site}/${at % 2 ? 'han' : 'eng'}${path}`)
      await examine(page, path)
    }
    await page.context().close()
  }
})

test('a judge finds the desk in the account, and slips come back to the page with what was typed', async () => {
  const page = await pageOf(jo)
  await page.goto(`${site}/eng/account`)
  await page.getByRole('link', { name: 'What I judge' }).click()
  await page.getByLabel('Code of the invitation').fill('nonsense')
  await page.getByRole('button', { name: 'Join' }).click()
  assert.match(await page.innerText('.error-summary'), /leads to no invitation/)
  assert.equal(await page.getByLabel('Code of the invitation').inputValue(), 'nonsense')
  await examine(page, 'a wrong code')
  await page.goto(`${site}/eng/rounds`)
  await page
    .getByRole('row', { name: /Say first/ })
    .getByRole('link')
    .click()
  await page.getByRole('button', { name: 'Continue' }).click()
  assert.match(await page.innerText('.error-summary'), /Say whether you have a conflict/)
  await examine(page, 'no answer to the question of a conflict')
  await page.goto(`${site}/eng/rounds/sheets/${sheet}`)
  await page.getByLabel('Use (60%)').fill('11')
  await page.getByRole('button', { name: 'Lock the sheet' }).click()
  assert.match(await page.innerText('.error-summary'), /Use: type a whole number from 0 to 10/)
  assert.equal(await page.getByLabel('Use (60%)').inputValue(), '11')
  await examine(page, 'a mark off the scale')
})
