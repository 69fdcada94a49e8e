// A whole application as people make it: with and without scripts, by keyboard alone, on a narrow phone, in three languages.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { start } from '#test'
import { aBrowser } from '../../../../test/browser/browser.ts'
import { barriers } from '../../../../test/browser/examine.ts'
import { pdfFile } from '../testing/bad-files.ts'

const browser = await aBrowser()
const started = await start()
const { app } = started
await app.listen({ port: 0, host: '127.0.0.1' })
const site = `http://127.0.0.1:${(app.server.address() as { port: number }).port}`
const narrow = { width: 320, height: 640 }

async function browserOf(javaScriptEnabled: boolean): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled, viewport: narrow })
  return context.newPage()
}

/** What a person at this page must be told, and where they go on from it. */
type Look = (page: Page, name: string) => Promise<void>

/** From the button to the receipt. Each page is left once with a mistake, or empty, before it is answered. */
async function apply(page: Page, look: Look): Promise<string> {
  const go = (name: string) => page.getByRole('button', { name, exact: true }).click()
  const mistakes = () => page.locator('.error-summary li').allInnerTexts()
  const wrong = async (name: string, expected: string[]) => {
    await go('Continue')
    assert.deepEqual(await mistakes(), expected)
    assert.match(await page.title(), /^Error: /)
    await look(page, `${name} with a mistake`)
  }
  await page.goto(`${site}/eng/services/tide-grant/apply`)
  await look(page, 'before')
  await go('Begin without signing in')
  await look(page, 'tasks')
  await page.getByRole('link', { name: 'What kind of group are you?' }).click()
  await look(page, 'a choice')
  await wrong('a choice', ['Choose an answer to “What kind of group are you?”.'])
  await page.getByLabel('A company').check()
  await go('Continue')
  assert.equal(await page.innerText('h1'), 'Companies cannot get this grant')
  await look(page, 'a way out')
  await page.getByRole('link', { name: 'Change your last answer' }).click()
  await page.getByLabel('An association').check()
  await go('Continue')
  await page.getByLabel('Name of the group').fill('Quay Watchers')
  await page.getByLabel('How many members').fill('some')
  await wrong('two questions', ['“How many members does it have?” must be a whole number, like 12.'])
  assert.equal(await page.getByLabel('Name of the group').inputValue(), 'Quay Watchers')
  await page.getByLabel('How many members').fill('12')
  await go('Continue')
  await page.getByLabel('Day').fill('31')
  await page.getByLabel('Month').fill('2')
  await page.getByLabel('Year').fill('2020')
  await wrong('a day', ['“When was the group founded?” must be a day of the calendar, like 27 3 2027.'])
  await page.getByLabel('Day').fill('1')
  await go('Continue')
  // A section is done.
  await page.getByRole('link', { name: 'What are the activities about?' }).click()
  await page.getByLabel('Warnings').check()
  await page.getByLabel('Boats').check()
  await go('Continue')
  await look(page, 'an empty list')
  await go('Continue')
  assert.deepEqual(await mistakes(), ['Add activity until there are 1, and complete each.'])
  await look(page, 'a list with a mistake')
  await go('Add activity')
  await page.getByLabel('Name of the activity').fill('Drill')
  await page.getByLabel('Day', { exact: true }).fill('1')
  await page.getByLabel('Month').fill('6')
  await page.getByLabel('Year').fill('2035')
  await go('Continue')
  await page.getByLabel('What does it cost?').fill('1,200.50')
  await go('Continue')
  await look(page, 'a list')
  await go('Continue')
  await look(page, 'a file')
  await go('Continue')
  assert.deepEqual(await mistakes(), ['Send a file for “Send the plan of the activities”.'])
  const wrongKind = { name: 'plan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('no pdf at all') }
  await page.setInputFiles('input[type=file]', wrongKind)
  await go('Upload')
  assert.equal((await mistakes()).length, 1)
  await look(page, 'a file that is refused')
  await page.setInputFiles('input[type=file]', { ...wrongKind, buffer: pdfFile() })
  await go('Upload')
  assert.match(await page.innerText('main'), /plan\.pdf/)
  await look(page, 'a file that was sent')
  await go('Continue')
  await go('Continue')
  await page.getByRole('link', { name: 'How we reach you' }).click()
  await page.getByLabel('Your name').fill('Ada Quay')
  await page.getByLabel('Email address').fill('ada')
  await wrong('an address', ['“Email address” must be an email address, like name@example.org.'])
  await page.getByLabel('Email address').fill('ada@example.org')
  await go('Continue')
  await page.getByLabel('Yes').check()
  await go('Continue')
  await look(page, 'answers to check')
  // A change leads back to the answers.
  await page.getByRole('link', { name: 'Change Is the group insured?' }).click()
  await page.getByLabel('No', { exact: true }).check()
  await go('Continue')
  assert.equal(await page.innerText('h1'), 'Check your answers before you send them')
  await go('Send the application')
  assert.deepEqual(await mistakes(), ['Tick the box to say that what you have written is true.'])
  await page.getByLabel('I say so').check()
  await go('Send the application')
  await look(page, 'the receipt')
  return (await page.innerText('.reference')).trim()
}

for (const scripted of [false, true])
  test(`an application is made from the first page to the receipt ${scripted ? 'with' : 'without'} scripts`, async () => {
    const page = await browserOf(scripted)
    const reference = await apply(page, async () => {})
    assert.match(reference, /^TG-[2-9A-Z]{5}-[2-9A-Z]{5}$/)
    // The browser’s own way back leads to what was sent, and sends nothing again.
    await page.goBack()
    await page.goto(page.url())
    assert.match(await page.innerText('main'), new RegExp(reference))
  })

test('no page has barriers or is wider than a phone, in any of its states and languages', async () => {
  const page = await browserOf(true)
  const wrong: string[] = []
  const asked = new Map<string, string>()
  await apply(page, async (page, name) => {
    const here = page.url()
    const found = await barriers(page)
    wrong.push(...found.map((each) => `${name}: ${each}`))
    const width = await page.evaluate(() => globalThis.document.documentElement.scrollWidth)
    if (width > narrow.width + 1) wrong.push(`${name} is ${width} px wide`)
    if (await page.evaluate(() => globalThis.document.querySelectorAll('h1').length !== 1)) wrong.push(`${name}: h1`)
    asked.set(name, here)
  })
  for (const [name, url] of asked)
    for (const language of ['han', 'jian']) {
      // What answers a form has no address of its own in another language: the page is opened as it now is.
      await page.goto(url.replace('/eng/', `/${language}/`))
      const found = await barriers(page)
      wrong.push(...found.map((each) => `${name} in ${language}: ${each}`))
      const main = await page.innerText('main')
      if (!/\p{Script=Han}/u.test(main)) wrong.push(`${name} in ${language} has no Chinese`)
      const width = await page.evaluate(() => globalThis.document.documentElement.scrollWidth)
      if (width > narrow.width + 1) wrong.push(`${name} in ${language} is ${width} px wide`)
    }
  assert.deepEqual(wrong, [])
})

test('by keyboard alone: the summary of mistakes has the focus, leads to the control, and nothing covers what has the focus', async () => {
  const page = await browserOf(true)
  await page.goto(`${site}/eng/services/tide-grant/apply`)
  await page.getByRole('button', { name: 'Begin without signing in' }).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/applications\/[0-9a-f-]+$/)
  await page.getByRole('link', { name: 'What kind of group are you?' }).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/pages\/kind/)
  await page.getByRole('button', { name: 'Continue' }).focus()
  await page.keyboard.press('Enter')
  await page.waitForSelector('.error-summary')
  assert.ok(await page.evaluate(() => globalThis.document.activeElement?.classList.contains('error-summary')))
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  assert.equal(await page.evaluate(() => globalThis.document.activeElement?.getAttribute('name')), 'kind')
  await page.keyboard.press('Space')
  // WCAG 2.2, 2.4.11 and 2.5.8: every stop is seen whole enough, and large enough to be hit.
  for (let stop = 0; stop < 12; stop += 1) {
    const found = await page.evaluate(() => {
      const element = globalThis.document.activeElement as HTMLElement
      const box = element.getBoundingClientRect()
      const above = globalThis.document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
      const inText = getComputedStyle(element).display === 'inline'
      return {
        name: `${element.tagName} ${element.textContent?.slice(0, 20)}`,
        isCovered:
          element !== globalThis.document.body && !!above && !element.contains(above) && !above.contains(element),
        isSmall: !inText && element !== globalThis.document.body && (box.width < 24 || box.height < 24),
      }
    })
    assert.ok(!found.isCovered, `${found.name} is covered`)
    assert.ok(!found.isSmall, `${found.name} is small`)
    await page.keyboard.press('Tab')
  }
})
