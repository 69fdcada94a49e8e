// A decision by keyboard, without a script, in four pages from the queue; and what its person reads, without barriers.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { start } from '#test'
import { aBrowser } from '../../../../test/browser/browser.ts'
import { barriers } from '../../../../test/browser/examine.ts'
import { pdfFile } from '../testing/bad-files.ts'
import { sendApplication } from '../testing/cases.ts'

const browser = await aBrowser()
const started = await start()
const { app, asPerson } = started
await app.listen({ port: 0, host: '127.0.0.1' })
const site = `http://127.0.0.1:${(app.server.address() as { port: number }).port}`
const both = ['services:work-case', 'services:decide-case']
const officer = (id: string) => asPerson({ id, organisation: 'tide-station', permissions: both, level: 3 })
const [cora, dina] = [officer('officer-cora'), officer('officer-dina')]
const ada = asPerson({ id: 'ada-quay' })

/** A browser of somebody on a narrow phone, without a script but where axe must run. */
async function browserOf({ cookie }: { cookie: string }, javaScriptEnabled = false): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 320, height: 640 } })
  const [name, value] = cookie.split('=') as [string, string]
  await context.addCookies([{ name, value, url: site }])
  return context.newPage()
}

/** Goes with the Tab key to the control of this name, and presses a key on it. */
async function press(page: Page, name: string | RegExp, key = 'Enter'): Promise<void> {
  const wanted = page
    .getByRole('button', { name })
    .or(page.getByRole('link', { name }))
    .or(page.getByLabel(name))
    .first()
  for (let tabs = 0; tabs < 120; tabs += 1) {
    await page.keyboard.press('Tab')
    if (await wanted.evaluate((element) => element === element.ownerDocument.activeElement)) {
      await page.keyboard.press(key)
      return
    }
  }
  assert.fail(`The keyboard does not reach ${name}`)
}

test('an officer decides by keyboard within four pages of the queue', async () => {
  await sendApplication(started)
  const page = await browserOf(cora)
  let pages = 0
  page.on('framenavigated', () => {
    pages += 1
  })
  await page.goto(`${site}/eng/office/services`)
  await press(page, 'Take the next case')
  await page.getByText('You have this case.').waitFor()
  await press(page, 'Refuse')
  await page.getByRole('heading', { name: 'Refuse' }).waitFor()
  await press(page, 'Equipment alone is not paid for.', 'Space')
  await press(page, 'Refuse')
  await page.getByText('Why it was decided so').waitFor()
  assert.equal(pages, 4)
  assert.match(await page.innerText('main'), /Refused/)
})

test('what is wrong in a form is said beside its field, and what was written is kept', async () => {
  const reference = await sendApplication(started)
  const page = await browserOf(cora)
  await page.goto(`${site}/eng/office/services/cases/${reference}`)
  await page.getByRole('button', { name: 'Take this case' }).click()
  await page.getByRole('link', { name: 'Pass to the head of grants' }).click()
  await page.getByRole('button', { name: 'Pass to the head of grants' }).click()
  assert.match(await page.title(), /^Error: /)
  assert.match(await page.innerText('.error-summary'), /Answer this: Assessment/)
  await page.getByLabel('Assessment').fill('Sound.')
  await page.getByRole('button', { name: 'Pass to the head of grants' }).click()
  await page.getByRole('link', { name: /^Grant/ }).click()
  await page.getByLabel('Amount granted').fill('50000')
  await page.getByRole('button', { name: 'Propose: Grant' }).click()
  assert.match(await page.innerText('.field--error'), /40,000 or less/)
  assert.equal(await page.getByLabel('Amount granted').inputValue(), '50000')
  await page.getByLabel('Amount granted').fill('12,000')
  await page.getByRole('button', { name: 'Propose: Grant' }).click()
  assert.match(await page.innerText('main'), /Another officer must approve it/)

  const other = await browserOf(dina)
  await other.goto(`${site}/eng/office/services/cases/${reference}`)
  await other.getByRole('button', { name: 'Approve' }).click()
  assert.match(await other.innerText('main'), /Granted/)

  const own = await browserOf(ada)
  await own.goto(`${site}/eng/account/applications`)
  await own.locator('tr', { hasText: reference }).getByRole('link').click()
  assert.match(await own.innerText('.verdict'), /Granted[\s\S]*What happens next[\s\S]*Hold your activities/)
  const letter = await own.getByRole('link', { name: 'Letter of the grant (PDF)' }).getAttribute('href')
  const pdf = await app.inject({ url: letter!, headers: ada })
  assert.equal(pdf.headers['content-type'], 'application/pdf')
  const text = spawnSync('pdftotext', ['-', '-'], { input: pdf.rawPayload, encoding: 'utf8' })
  if (text.error) return
  const said = text.stdout.replace(/\s+/g, ' ')
  assert.match(said, /grants XTS 12,000 to Friends of the Ebb/)
  assert.match(said, /Our reference: TG-\S+ \d+ \w+ \d{4} The Tide Station/, 'a letter bears a day and no hour')
})

test('an officer corrects an answer, and the person reads what it was, what it is and why', async () => {
  const reference = await sendApplication(started)
  const office = await browserOf(cora)
  await office.goto(`${site}/eng/office/services/cases/${reference}`)
  await office.getByRole('button', { name: 'Take this case' }).click()
  await office.getByRole('link', { name: 'Correct When was the group founded?' }).click()
  assert.match(await office.innerText('main'), /As it stands now: 1 May 2019/)
  await office.getByLabel('Year').fill('2091')
  await office.getByRole('button', { name: 'Correct the answer' }).click()
  assert.match(await office.title(), /^Error: /)
  assert.match(await office.innerText('.error-summary'), /Write why you correct it/)
  assert.equal(await office.getByLabel('Year').inputValue(), '2091')
  await office.getByLabel('Year').fill('2018')
  await office.getByLabel('Why, and how you know').fill('The deed that you brought says so.')
  await office.getByRole('button', { name: 'Correct the answer' }).click()
  assert.match(await office.innerText('main'), /1 May 2018[\s\S]*Corrected by the department/)
  const own = await browserOf(ada)
  await own.goto(`${site}/eng/services/cases/${reference}`)
  assert.match(await own.innerText('main'), /1 May 2019 → 1 May 2018[\s\S]*The deed that you brought says so\./)
})

/** Chooses a file for an answer. */
const choose = (page: Page, name: string) =>
  page.getByLabel('File', { exact: true }).setInputFiles({
    ...{ name, mimeType: 'application/pdf' },
    buffer: Buffer.from(pdfFile({ catalog: `/Lang (${name})` })),
  })

test('an officer asks for files, and the person answers with two of them, without a script', async () => {
  const reference = await sendApplication(started)
  const office = await browserOf(cora)
  await office.goto(`${site}/eng/office/services/cases/${reference}`)
  await office.getByRole('button', { name: 'Take this case' }).click()
  await office.getByText('Ask the person something').click()
  await office.getByLabel('Question to the person').fill('Which pier is it?')
  await office.getByLabel('Ask for files as well').check()
  await office.getByRole('button', { name: 'Send the question' }).click()
  assert.match(await office.innerText('main'), /A question was asked, and files/)

  const own = await browserOf(ada)
  await own.goto(`${site}/eng/services/cases/${reference}`)
  const answer = own.getByLabel('Your answer')
  await answer.fill('Pier 4,\nbeside the clock')
  await choose(own, 'Plan.pdf')
  await own.getByRole('button', { name: 'Upload' }).click()
  assert.match(await own.innerText('main'), /Ready to go with the answer\s+Plan\.pdf/)
  assert.equal(await answer.inputValue(), 'Pier 4,\nbeside the clock')
  await choose(own, 'Wrong.pdf')
  await own.getByRole('button', { name: 'Upload' }).click()
  await answer.fill('Pier 4')
  await own.getByRole('button', { name: 'Take away Wrong.pdf' }).click()
  assert.equal(await answer.inputValue(), 'Pier 4')
  await own.getByRole('button', { name: 'Upload' }).click()
  assert.match(await own.innerText('.error-summary'), /Choose a file first/)
  assert.equal(await answer.inputValue(), 'Pier 4')
  await choose(own, 'View.pdf')
  await own.getByRole('button', { name: 'Send the answer' }).click()
  const said = await own.innerText('main')
  assert.match(said, /The question was answered[\s\S]*Pier 4[\s\S]*Plan\.pdf[\s\S]*View\.pdf/)
  assert.doesNotMatch(said, /Wrong\.pdf|Your answer/)

  await office.reload()
  assert.match(await office.innerText('main'), /The question was answered[\s\S]*Pier 4[\s\S]*Plan\.pdf[\s\S]*View\.pdf/)
})

test('no page of a case has barriers, in any language', async () => {
  const reference = await sendApplication(started)
  const post = (url: string, headers: object, payload: object) =>
    app.inject({ method: 'POST', url, headers: headers as Record<string, string>, payload })
  const at = `/office/services/cases/${reference}`
  await post(`${at}/claim`, cora, {})
  await post(`${at}/steps/assess`, cora, { seen: 3, 'answer.assessment': 'Sound.' })
  await post(`${at}/steps/grant`, cora, { seen: 4, 'answer.amount_granted': '12000', reasons: ['within-limit'] })
  const asked = await sendApplication(started)
  await post(`/office/services/cases/${asked}/claim`, cora, {})
  await post(`/office/services/cases/${asked}/questions`, cora, { seen: 3, text: 'When?', files: 'yes' })
  const ready = await browserOf(ada)
  await ready.goto(`${site}/eng/services/cases/${asked}`)
  await choose(ready, 'A plan with a rather long name of the pier.pdf')
  await ready.getByRole('button', { name: 'Upload' }).click()
  await post(`/services/cases/${asked}/complaint`, ada, { text: 'Slow.' })
  const { applications } = (await app.inject({ url: '/account/applications', headers: ada })).json()
  const mistyped = await sendApplication(started)
  await post(`/office/services/cases/${mistyped}/claim`, cora, {})
  const pages: [path: string, headers: { cookie: string }][] = [
    ['/office/services', dina],
    ['/office/services/figures', dina],
    ['/office/services/cases?whose=free', dina],
    [at, dina],
    [`/office/services/cases/${asked}`, cora],
    [`/office/services/cases/${mistyped}`, cora],
    [`/office/services/cases/${mistyped}/corrections/founded_on`, cora],
    [`/office/services/cases/${mistyped}/corrections/topics`, cora],
    [`/services/cases/${asked}`, ada],
    ['/account/applications', ada],
    [`/applications/${applications[0].id}/sent`, ada],
  ]
  for (const [path, headers] of pages) {
    const page = await browserOf(headers, true)
    for (const language of ['eng', 'han', 'jian']) {
      const answered = await page.goto(`${site}/${language}${path}`)
      assert.equal(answered?.status(), 200, path)
      const width = await page.evaluate(() => document.documentElement.scrollWidth)
      assert.ok(width <= 321, `${path} is ${width} px wide`)
      const rules = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] } as const
      assert.deepEqual(await barriers(page, { ...rules, values: [...rules.values] }), [], `${language}${path}`)
    }
    await page.context().close()
  }
})
