// The page that asks before somebody signs in elsewhere, in a real browser: on a phone, without JavaScript, and out again.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { actingIn } from '../../../../test/acting.ts'
import { aBrowser } from '../../../../test/browser/browser.ts'
import { examine } from '../../../../test/browser/examine.ts'
import { aListeningSite } from '../../../../test/relying-party.ts'
import { insertClient } from '../provider/clients.sql.ts'
import { reservePlatform, startForeignPlatform } from '../testing/foreign-platform.ts'

const first = await aListeningSite()
const { site, sql, installation } = first
const browser = await aBrowser()

/** A shop on a site of its own, to which the platform sends people on at once. */
const shop = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<h1>The shop</h1>'))
await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve))
after(() => shop.close())
const shopUri = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/callback`
const reserved = await reservePlatform()
const secret = 'a secret of the platform'
await insertClient(sql, installation.vault, {
  id: 'neighbourland',
  name: { en: 'Neighbourland', 'zh-Hant': '鄰國' },
  metadata: {
    redirect_uris: [reserved.redirectUri],
    token_endpoint_auth_method: 'client_secret_basic',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
  },
  secret,
  channel: 'neighbourland',
  state: 'live',
})
const platform = await startForeignPlatform(reserved, { issuer: `${site}/id`, id: 'neighbourland', secret }, shopUri)
const query = new URLSearchParams({
  client_id: 'shop',
  response_type: 'code',
  scope: 'openid',
  redirect_uri: shopUri,
  code_challenge: 'a'.repeat(43),
  code_challenge_method: 'S256',
  state: 'x',
})

for (const answer of ['refuse', 'agree'])
  test(`a browser without JavaScript that answers ${answer} is back at the shop, through three sites`, async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } })
    const page = await context.newPage()
    const refused: string[] = []
    page.on('console', (message) => refused.push(message.text()))
    await page.goto(`${platform.issuer}/auth?${query}`)
    await page.locator('button[name=person][value=ada-quay]').click()
    await page.waitForURL(/\/link$/)
    await page.locator(`button[value=${answer}]`).click()
    await page.waitForURL(`${shopUri}?**`).catch((error: Error) => assert.fail([error.message, ...refused].join('\n')))
    assert.equal(await page.locator('h1').textContent(), 'The shop')
    assert.equal(new URL(page.url()).searchParams.has('code'), answer === 'agree')
    await context.close()
  })

test('who is linked is led from signing in to the shop at once', async () => {
  const page = await browser.newPage()
  await page.goto(`${platform.issuer}/auth?${query}`)
  await page.locator('button[name=person][value=ada-quay]').click()
  await page.waitForURL(`${shopUri}?**`)
  assert.equal(await page.locator('h1').textContent(), 'The shop')
  await page.close()
})

test('the pages of links are for everybody: narrow, dark, by keyboard, with a screen reader', async () => {
  const context = await browser.newContext({ reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.goto(`${platform.issuer}/auth?${query}`)
  await page.locator('button[name=person][value=ben-ledger]').click()
  await page.waitForURL(/\/link$/)
  const link = page.url()
  for (const [prefix, language] of [
    ['eng', 'en'],
    ['han', 'zh-Hant'],
    ['jian', 'zh-Hans'],
  ] as const) {
    const { wrong } = await examine(page, link.replace('/eng/', `/${prefix}/`), language, 200)
    assert.deepEqual(wrong, [], language)
  }
  await page.locator('button[value=agree]').click()
  await page.waitForURL(`${shopUri}?**`)
  const { wrong, text } = await examine(page, `${site}/eng/account/channels`, 'en', 200)
  assert.deepEqual(wrong, [])
  assert.match(text, /You sign in there with this account/)
  await page.locator('form[action$="/unlink"] button').click()
  await page.waitForURL(`${site}/eng/account/channels?done=channel-unlinked`)
  assert.match((await page.locator('main').textContent())!, /Nothing is linked/)
  await context.close()
})

test('an officer reads what another asked of a channel on a phone, and approves it', async () => {
  const { somebody, post } = actingIn(first)
  const anOfficer = () => somebody({ organisation: 'tally-office', roles: ['platform-officer'] })
  const [asks, approves] = [await anOfficer(), await anOfficer()]
  const form = { protocol: 'openid', address: 'https://login.example', clientId: 'praya', open: '1' }
  await post(asks, '/office/channels/farshore', form)
  const context = await browser.newContext({ reducedMotion: 'reduce' })
  const [name, value] = approves.headers.cookie.split('=')
  await context.addCookies([{ name: name!, value: value!, url: site }])
  const page = await context.newPage()
  for (const [prefix, language] of [
    ['eng', 'en'],
    ['han', 'zh-Hant'],
  ] as const)
    for (const path of ['/office/channels', '/office/channels/farshore']) {
      const { wrong } = await examine(page, `${site}/${prefix}${path}`, language, 200)
      assert.deepEqual(wrong, [], `${language} ${path}`)
    }
  await page.goto(`${site}/eng/office/channels/farshore`)
  await page.getByRole('button', { name: 'Approve' }).click()
  await page.waitForURL(`${site}/eng/office/channels/farshore?done=channel-change-approved`)
  assert.equal(await page.getByRole('heading', { name: 'A change waits for approval' }).count(), 0)
  await context.close()
})
