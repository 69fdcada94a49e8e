// A boat from its registration to its freezing, as officers and residents have it: without a script, and in every language.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { start } from '#test'
import { actingIn } from '../../../../test/acting.ts'
import { aBrowser } from '../../../../test/browser/browser.ts'
import { barriers } from '../../../../test/browser/examine.ts'
import { boatsIn } from '../testing/registers.ts'

const browser = await aBrowser()
const started = await start()
const { app } = started
await app.listen({ port: 0, host: '127.0.0.1' })
const site = `http://127.0.0.1:${(app.server.address() as { port: number }).port}`

const { somebody } = actingIn(started)
const { registrar, judge, propose, codeOf } = boatsIn(started)
const ada = await somebody({ level: 2 })
const ben = await somebody({ level: 2 })

/** A browser of somebody on a narrow phone, without a script but where axe must run. */
async function browserOf(headers?: { cookie: string }, javaScriptEnabled = false): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 320, height: 640 } })
  const [name, value] = headers?.cookie.split('=') ?? []
  if (name && value) await context.addCookies([{ name, value, url: site }])
  return context.newPage()
}

const officer = await browserOf(registrar)
const court = await browserOf(judge)
const first = await browserOf(ada.headers)
const second = await browserOf(ben.headers)
const anybody = await browserOf()

/** What the code of a proposal is: the letter says it. */
async function codeFor(page: Page): Promise<string> {
  await page.getByRole('link', { name: /^The letter with the code/ }).click()
  const code = (await page.innerText('.letter-code')).trim()
  assert.match(code, /^[2-9A-Z]{5}(-[2-9A-Z]{5}){3}$/)
  await page.getByRole('link', { name: 'Back to the item' }).click()
  return code
}

async function takeOver(page: Page, code: string): Promise<void> {
  await page.goto(`${site}/eng/ledger/holdings`)
  await page.fill('#code', code.toLowerCase())
  await page.getByRole('button', { name: 'See what it leads to' }).click()
  assert.match(await page.innerText('main'), /Gull/)
  await page.getByRole('button', { name: 'Approve, and take it over' }).click()
}

const number = await register()
const status = `/ledger/registers/boats/items/${number}`
const verdict = async () => {
  // The page is kept for a second for whoever is not signed in.
  await anybody.goto(`${site}/eng${status}?at=${Math.random()}`)
  return (await anybody.innerText('.verdict h2')).trim()
}

/** An officer finds the way from the page of logs to the form, mends what is wrong with it, and has a number. */
async function register(): Promise<string> {
  await officer.goto(`${site}/eng/ledger`)
  await officer.getByRole('link', { name: 'Registers of your organisation' }).click()
  await officer.getByRole('link', { name: 'Register of boats' }).click()
  await officer.getByRole('link', { name: 'New boat: Register' }).click()
  await officer.fill('[name="field.name"]', 'Gull')
  await officer.fill('[name="field.length"]', 'long')
  await officer.getByRole('button', { name: 'Register' }).click()
  assert.deepEqual(await officer.locator('.error-summary li').allInnerTexts(), [
    'Fill in “Hull number”.',
    '“Length in metres” is no number. Write digits, with a point where there are decimals.',
  ])
  assert.equal(await officer.inputValue('[name="field.name"]'), 'Gull')
  await officer.fill('[name="field.hull"]', 'H 77')
  await officer.fill('[name="field.length"]', '9.5')
  await officer.getByRole('button', { name: 'Register' }).click()
  assert.match(await officer.innerText('.banner'), /It took effect/)
  return /BT-\w{5}-\w{5}/.exec(await officer.innerText('h1'))![0]
}

test('a boat is handed over, passes on, is frozen by the court, and everybody sees how it stands', async () => {
  assert.equal(await verdict(), 'Registered')
  await officer.getByRole('link', { name: 'Hand over to its first owner' }).click()
  await officer.getByRole('button', { name: 'Hand over to its first owner' }).click()
  const code = await codeFor(officer)
  await takeOver(first, code)
  assert.match(await first.innerText('.banner'), /has taken effect/)
  await first.getByRole('link', { name: 'Gull' }).click()
  assert.match(await first.innerText('main'), /Held by\s+you/)

  await first.getByRole('link', { name: 'Transfer' }).click()
  await first.getByRole('button', { name: 'Transfer' }).click()
  // Where the letter with the code is.
  assert.match(await first.innerText('.banner'), /waits now for those/)
  const other = await codeFor(first)
  await takeOver(second, other)
  assert.match(await second.innerText('.banner'), /waits for others now/)
  await officer.goto(`${site}/eng/office/ledger/registers`)
  assert.match(await officer.innerText('main table'), /Gull[\s\S]*Transfer/)
  await officer.getByRole('link', { name: 'Gull' }).click()
  await officer.getByRole('link', { name: 'Approve Transfer' }).click()
  assert.match(await officer.innerText('main'), /cannot be taken back/)
  await officer.getByRole('button', { name: 'Approve' }).click()
  assert.match(await officer.innerText('.banner'), /It took effect/)
  await first.goto(`${site}/eng${status}/steps`)
  assert.match(await first.innerText('main'), /Nothing in this register waits for you/)
  await second.goto(`${site}/eng/ledger/holdings`)
  assert.match(await second.innerText('main table'), /Gull/)

  await court.goto(`${site}/eng/office/ledger/registers/boats`)
  await court.fill('#find', number.toLowerCase().replaceAll('-', ' '))
  await court.getByRole('button', { name: 'Find' }).click()
  await court.getByRole('link', { name: 'Freeze' }).click()
  assert.match(await court.innerText('main'), /disadvantage of whoever holds/)
  await court.getByRole('button', { name: 'Freeze' }).click()
  assert.equal(await court.locator('.error-summary li').count(), 2)
  await court.fill('[name="field.order"]', 'HCA 1/2031')
  await court.fill('#reason', 'By order')
  await court.getByRole('button', { name: 'Freeze' }).click()
  assert.match(await court.innerText('.banner'), /It took effect/)
  assert.equal(await verdict(), 'Frozen')
  const history = await anybody.innerText('main table')
  assert.match(history, /Frozen[\s\S]*Court[\s\S]*Transferred[\s\S]*Owner, New owner and Registry/)
  assert.doesNotMatch(await anybody.innerText('main'), /H 77|HCA|By order|Somebody/)
})

test('the pages of parties have no barriers and fit a phone, in every language, empty, full and with mistakes', async () => {
  const wrong: string[] = []
  const look = async (page: Page, name: string) => {
    const found = await barriers(page, { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] })
    wrong.push(...found.map((each) => `${name}: ${each}`))
    const width = await page.evaluate(() => globalThis.document.documentElement.scrollWidth)
    if (width > 321) wrong.push(`${name} is ${width} wide`)
  }
  // The court releases it, and the registry proposes what needs a letter.
  await propose(number, judge, 'release', 'court', { reason: 'Settled' })
  const waiting = await propose(number, registrar, 'transfer', 'registry')
  const code = await codeOf(waiting.leaf)
  const office = '/office/ledger/registers'
  const [officer, court, first, second] = await Promise.all(
    [registrar, judge, ada.headers, ben.headers].map((headers) => browserOf(headers, true)),
  )
  if (!officer || !court || !first || !second) throw new Error('No browser')
  const pages: [Page, string][] = [
    [officer, office],
    [officer, `${office}/boats`],
    [officer, `${status}/steps`],
    [court, `${status}/steps/new?step=freeze`],
    [second, '/ledger/holdings'],
    [officer, `${status}/proposals/${waiting.leaf}?answer=refused`],
    [officer, `${status}/proposals/${waiting.leaf}/letter`],
    [officer, `${office}/boats/items/${number}/erase`],
  ]
  for (const language of ['eng', 'han', 'jian']) {
    for (const [page, path] of pages) {
      await page.goto(`${site}/${language}${path}`)
      await look(page, `${language} ${path}`)
    }
    await officer.goto(`${site}/${language}${office}/berth-licences/new?step=issue`)
    await officer.click('#send')
    await officer.waitForSelector('.error-summary')
    await look(officer, `${language} issue with mistakes`)
    await first.goto(`${site}/${language}/ledger/holdings`)
    await first.fill('#code', 'AAAAA')
    await first.click('main form button')
    await first.waitForSelector('.error-summary')
    await look(first, `${language} a wrong code`)
    await first.fill('#code', code)
    await first.click('main form button')
    await first.waitForSelector('.verdict')
    await look(first, `${language} a code`)
  }
  assert.deepEqual(wrong, [])
})
