// A question is written in a real browser without a script, by keyboard; and no page of the designer has barriers.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { aBrowser } from '../../../../test/browser/browser.ts'
import { barriers } from '../../../../test/browser/examine.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { type Service, services } from '../definitions/service.ts'
import { publish } from '../versions/versions.ts'

const browser = await aBrowser()
const started = await start()
const { app, sql, installation, asPerson } = started
await app.listen({ port: 0, host: '127.0.0.1' })
const site = `http://127.0.0.1:${(app.server.address() as { port: number }).port}`
const edda = asPerson({
  id: 'edda-draft',
  organisation: 'tide-station',
  permissions: ['services:edit-service'],
  level: 3,
})
const own = '/office/services/design/tide-grant'
await app.inject({ method: 'POST', url: own, headers: edda })

async function pageOf(javaScriptEnabled: boolean, width: number) {
  const context = await browser.newContext({ javaScriptEnabled, viewport: { width, height: 800 } })
  const [name, value] = edda.cookie.split('=') as [string, string]
  await context.addCookies([{ name, value, url: site }])
  return context.newPage()
}
const at = (place: string) => `${own}/edit?at=${encodeURIComponent(place)}`

test('a question is written without a script, and Enter saves what is typed', async () => {
  const page = await pageOf(false, 900)
  await page.goto(`${site}/eng${at('/apply/form/pages/1')}`)
  await page.getByRole('button', { name: 'Add: Questions' }).click()
  assert.match(await page.innerText('.error-summary'), /Identifier: This is needed/)
  await page.getByLabel('Identifier').fill('boats')
  await page.getByLabel('Kind').selectOption({ label: 'Number' })
  const title = page.locator('fieldset', { hasText: 'Title' }).first()
  await title.getByLabel('English').fill('How many boats do you have?')
  await title.getByLabel('Traditional Chinese').fill('有多少艘船？')
  await title.getByLabel('English').press('Enter')
  await page.getByText('Saved').waitFor()
  assert.equal(await page.innerText('h1'), 'How many boats do you have?')
  await page.getByRole('link', { name: 'Your group' }).click()
  await page.getByRole('link', { name: 'How many boats do you have?' }).waitFor()
  await page.getByRole('button', { name: 'Remove How many boats do you have?' }).click()
  assert.equal(await page.getByRole('link', { name: 'How many boats do you have?' }).count(), 0)
})

test('no page of the designer has barriers, filled, empty or wrong, in any language', async () => {
  const page = await pageOf(true, 320)
  const wrong = { '/apply/form/pages/1/questions/0/max': 'many' }
  await app.inject({ method: 'POST', url: at('/apply/form/pages/1/questions/0'), headers: edda, payload: wrong })
  await app.inject({
    method: 'POST',
    url: at('/apply/case/rules/0'),
    headers: edda,
    payload: { act: 'add /apply/case/rules/0/rows' },
  })
  const paths = [
    '/office/services/design',
    own,
    `${own}/compare`,
    `${own}/walk`,
    `${own}/import`,
    `${own}/texts`,
    `${own}/texts?show=missing`,
  ]
  const places = [
    '',
    '/apply/form',
    '/apply/form/pages/1/questions/0',
    '/apply/case',
    '/apply/case/rules/0',
    '/apply/case/steps/1',
  ]
  for (const prefix of ['eng', 'han'])
    for (const path of [...paths, ...places.map(at)]) {
      await page.goto(`${site}/${prefix}${path}`)
      assert.deepEqual(await barriers(page), [], path)
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      assert.ok(wide <= 0, `${path} is ${wide} pixels wider than a narrow phone`)
    }
})

test('two versions are merged by keyboard on a phone, and the page of it has no barriers', async () => {
  const question = '/apply/form/pages/1/questions/0/title/en'
  await app.inject({
    method: 'POST',
    url: at('/apply/form/pages/1/questions/0'),
    headers: edda,
    payload: { [question]: 'Mine' },
  })
  const newer = structuredClone(installation.pack.get(services, 'tide-grant')) as Service
  newer.apply!.form.pages[1]!.questions![0]!.title = { en: 'Newer', 'zh-Hant': '較新' }
  newer.title = { en: 'Newer grant', 'zh-Hant': '較新資助' }
  await sql.begin((transaction) => publish(transaction, { definition: newer, now: new Date(), by: 'rune-reader' }))
  catalogueOf(installation).forget()
  const page = await pageOf(true, 320)
  for (const prefix of ['eng', 'han', 'jian']) {
    await page.goto(`${site}/${prefix}${own}/merge`)
    assert.deepEqual(await barriers(page), [], prefix)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    assert.ok(wide <= 0, `${prefix} is ${wide} pixels wider than a narrow phone`)
  }
  await page.goto(`${site}/eng${own}/merge`)
  await page.getByRole('button', { name: 'Merge' }).press('Enter')
  await page.locator('.error-summary').waitFor()
  assert.deepEqual(await barriers(page), [], 'nothing chosen')
})
