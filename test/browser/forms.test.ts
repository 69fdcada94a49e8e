// Acts that people do in pages, in a browser: they work without JavaScript.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { start } from '#test'
import { aBrowser } from './browser.ts'
import { barriers } from './examine.ts'

const browser = await aBrowser()
const { app, sql } = await start()
await app.listen({ port: 0, host: '127.0.0.1' })
const site = `http://127.0.0.1:${(app.server.address() as { port: number }).port}`

/** A browser of somebody new, on a page of the site. */
async function at(path: string, javaScriptEnabled = false) {
  const context = await browser.newContext({ javaScriptEnabled })
  const page = await context.newPage()
  await page.goto(site + path)
  return page
}
const pathOf = (url: string) => url.slice(site.length)

test('who asks for a page of their own is led to the sign-in and back to it, and can leave again', async () => {
  const page = await at('/han/account')
  assert.equal(pathOf(page.url()), '/han/sign-in?next=%2Faccount')
  await page.click('button[value="ben-ledger"]')
  assert.equal(pathOf(page.url()), '/han/account')
  assert.match((await page.textContent('main')) ?? '', /簿阿本/)
  assert.equal(
    (await sql`select 1 from platform.audit_event where event = 'identity.signed-in' and actor = 'ben-ledger'`).length,
    1,
  )

  await page.click('form[action$="/sign-out"] button')
  assert.equal(pathOf(page.url()), '/han/sign-out')
  assert.equal(await page.textContent('h1'), '你已登出')
  await page.goto(`${site}/han/account`)
  assert.match(pathOf(page.url()), /^\/han\/sign-in/)
})

test('a search is a page with an address that can be passed on', async () => {
  const page = await at('/eng/')
  await page.fill('main input[type="search"]', 'tide')
  await page.press('main input[type="search"]', 'Enter')
  assert.equal(pathOf(page.url()), '/eng/search?q=tide')
  assert.ok((await page.locator('main a').count()) > 0)
  assert.equal(await page.inputValue('main input[type="search"]'), 'tide')
})

test('another language is the same page with what was asked', async () => {
  const page = await at('/eng/search?q=tide')
  await page.click('nav.languages a[hreflang="zh-Hans"]')
  assert.equal(pathOf(page.url()), '/jian/search?q=tide')
  assert.equal(await page.getAttribute('html', 'lang'), 'zh-Hans')
  // A bare address leads to the language that was chosen.
  await page.goto(`${site}/services`)
  assert.equal(pathOf(page.url()), '/jian/services')
})

for (const scripted of [false, true])
  test(`an officer imports a Head, reads what was found, and sees it published, ${scripted ? 'with' : 'without'} JavaScript`, async () => {
    const page = await at('/eng/sign-in?next=/estimates/import', scripted)
    await page.click('button[value="ben-ledger"]')
    assert.equal(pathOf(page.url()), '/eng/estimates/import')

    await page.click('main form button[type="submit"]')
    assert.match(await page.title(), /^Error: /)
    assert.ok((await page.locator('.error-summary a').count()) > 0, 'the error leads to its field')
    // What examines a page is a script itself.
    if (scripted) assert.deepEqual(await barriers(page), [])

    const name = scripted ? 'head-071-2025-26.zh-Hant.txt' : 'head-033-2025-26.en.txt'
    const document = new URL(`../../src/modules/estimates/import/documents/${name}`, import.meta.url)
    await page.setInputFiles('input[name="file"]', fileURLToPath(document))
    await page.click('main form button[type="submit"]')
    assert.match(pathOf(page.url()), /^\/eng\/estimates\/imports\/\d+\?outcome=new$/)
    if (scripted) assert.deepEqual(await barriers(page), [])
    await page.goto(`${site}/eng/estimates/2025-26/${scripted ? 71 : 33}`)
    assert.equal(await page.locator('h1').count(), 1)
    const traces =
      await sql`select 1 from platform.audit_event where event = 'estimates.document-imported' and actor = 'ben-ledger'`
    assert.equal(traces.length, scripted ? 2 : 1)
  })

test('a form that another site sends does nothing', async () => {
  const evil = await browser.newContext({ javaScriptEnabled: true })
  const page = await evil.newPage()
  await page.route('http://evil.example/', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<form method="post" action="${site}/eng/sign-in"><button name="person" value="ada-quay">Win</button></form>`,
    }),
  )
  await page.goto('http://evil.example/')
  const before = (await sql`select 1 from identity.session`).length
  await page.click('button')
  assert.match((await page.textContent('h1')) ?? '', /sent from another site/)
  assert.equal((await sql`select 1 from identity.session`).length, before)
  assert.ok(!(await evil.cookies()).some(({ name }) => name === 'praya_session'))
})
