// What developers and officers see, in a real browser: without barriers, on a phone, in each script.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actingIn, type Somebody } from '../../../../test/acting.ts'
import { aBrowser } from '../../../../test/browser/browser.ts'
import { examine } from '../../../../test/browser/examine.ts'
import { aListeningSite } from '../../../../test/relying-party.ts'

const browser = await aBrowser()
const started = await aListeningSite()
const { site } = started
const { somebody, post } = actingIn(started)
const ann = await somebody({ level: 1 })
const officer = await somebody({ organisation: 'counting-house', roles: ['client-officer'] })
const key = {
  kty: 'EC',
  crv: 'P-256',
  x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
  y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
}

async function register(more: object): Promise<string> {
  const form = { nameEn: 'Tide tables', nameHant: '潮汐表', kind: 'secret', ...more }
  const answer = await post(ann, '/developers/clients', form)
  assert.equal(answer.statusCode, 303, answer.body)
  return String(answer.headers.location).replace(/^\/\w+|\?.*$/g, '')
}
const secret = await register({ addresses: 'http://localhost:3000/callback' })
const own = await register({ kind: 'key', keys: JSON.stringify(key), addresses: 'https://tides.example/callback' })
await post(ann, `${secret}/secret`)
const id = secret.split('/').at(-1)!
await fetch(`${site}/id/token`, {
  method: 'POST',
  headers: { authorization: `Basic ${Buffer.from(`${id}:wrong`).toString('base64')}` },
  body: new URLSearchParams({ grant_type: 'client_credentials' }),
})

async function contextOf(who: Somebody, javaScriptEnabled = true) {
  const context = await browser.newContext({ javaScriptEnabled, reducedMotion: 'reduce' })
  const [name, value] = who.headers.cookie.split('=') as [string, string]
  await context.addCookies([{ name, value, url: site }])
  return context
}

const pages = (all: readonly string[]) => all.map((page) => [ann, page] as const)
const shown: readonly (readonly [Somebody, string])[] = [
  ...pages(['', '/change', '/secret', '/errors', '/delete', '/approval'].map((page) => secret + page)),
  ...pages(['', '/keys', '/approval'].map((page) => own + page)),
]

for (const [language, prefix] of [
  ['en', 'eng'],
  ['zh-Hant', 'han'],
] as const)
  test(`every page of a client in ${language} is without barriers and fits a phone`, async () => {
    const wrong: string[] = []
    for (const javaScript of [true, false]) {
      const context = await contextOf(ann, javaScript)
      for (const [, path] of shown) {
        const page = await context.newPage()
        if (javaScript) wrong.push(...(await examine(page, `${site}/${prefix}${path}`, language, 200)).wrong)
        else assert.equal((await page.goto(`${site}/${prefix}${path}`))!.status(), 200)
        await page.close()
      }
      await context.close()
    }
    assert.deepEqual(wrong, [])
  })

test('a developer registers by keyboard alone, without JavaScript, and finds every mistake beside its field', async () => {
  const context = await contextOf(ann, false)
  const page = await context.newPage()
  await page.goto(`${site}/eng/developers/clients/new`)
  await page.fill('#addresses', 'https://*.tides.example/callback')
  await page.click('main form button[type="submit"]')
  assert.match((await page.locator('.error-summary').textContent())!, /name that people will read/)
  assert.equal(await page.inputValue('#addresses'), 'https://*.tides.example/callback')
  await page.fill('#nameEn', 'Tides at home')
  await page.fill('#addresses', 'http://localhost:3000/callback')
  await page.locator('#kind').focus()
  await page.keyboard.press('Space')
  await page.locator('#signOutAddresses').focus()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/developers\/clients\/c-/)
  assert.match((await page.locator('#client-secret').textContent())!, /^praya_/)
  await context.close()
})

test('a program is copied as it stands', async () => {
  const context = await contextOf(ann)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: site })
  const page = await context.newPage()
  await page.goto(`${site}/eng${secret}`)
  await page.click('[data-copies="typescript-program"]')
  await page.waitForFunction(
    () => document.querySelector('[data-copies="typescript-program"]')!.textContent === 'Copied',
  )
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  assert.equal(copied, await page.locator('#typescript-program').textContent())
  assert.match(copied, /^import \{ createServer \}[\s\S]*listen\(3000/)
  await context.close()
})

test('an officer decides by what the page shows, and the developer reads it', async () => {
  const purpose = 'People see when the tide is high at their pier.'
  await post(ann, `${own}/approval`, { organisation: 'Tides Limited', purpose, powers: 'document' })
  const office = own.replace('developers', 'office')
  const context = await contextOf(officer)
  const page = await context.newPage()
  for (const path of ['/office/clients', office])
    assert.deepEqual((await examine(page, `${site}/eng${path}`, 'en', 200)).wrong, [])
  await page.click('button[value="refuse"]')
  assert.match((await page.locator('.error-summary').textContent())!, /what is to be put right/)
  await page.click('button[value="approve"]')
  await page.waitForURL(`${site}/eng${office}?done=client-approved`)
  assert.match((await page.locator('main').textContent())!, /Live/)
  const mine = await contextOf(ann)
  const inbox = await mine.newPage()
  await inbox.goto(`${site}/eng/account/inbox`)
  assert.match((await inbox.locator('main').textContent())!, /Your client Tide tables is approved/)
  await Promise.all([context.close(), mine.close()])
})
