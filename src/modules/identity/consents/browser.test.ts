// The pages at which people agree, in a real browser: every language, a phone, the keyboard, and without JavaScript.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import * as client from 'openid-client'
import { aBrowser } from '../../../../test/browser/browser.ts'
import { examine } from '../../../../test/browser/examine.ts'
import { aListeningSite } from '../../../../test/relying-party.ts'
import { aPersonAt, aService, requestOf } from '../../../../test/service.ts'
import { saveDeclared } from '../profile/declared.sql.ts'
import { prove } from '../testing/proven.ts'

const browser = await aBrowser()
const first = await aListeningSite()
const { site, sql, installation } = first
/** Where the service is, on this machine: what it is brought. */
const brought: URL[] = []
const its = createServer((request, response) => {
  brought.push(new URL(request.url!, 'http://service'))
  response.setHeader('content-type', 'text/html').end('<h1>Back at the service</h1>')
}).listen(0, '127.0.0.1')
await new Promise((resolve) => its.once('listening', resolve))
after(() => its.close())
const redirectUri = `http://127.0.0.1:${(its.address() as AddressInfo).port}/callback`
const service = await aService(first, 'tide-tables', {
  metadata: {
    redirect_uris: [redirectUri],
    token_endpoint_auth_method: 'client_secret_basic',
    grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
    response_types: ['code'],
  },
})
const who = await aPersonAt(first)
const fields = { email: 'ada@quay.example', address: 'Flat 12\n1 Quay Street\nTestland', boat_name: 'Petrel' }
for (const [field, value] of Object.entries(fields)) await saveDeclared(sql, installation, who.id, { field, value })
await prove(sql, installation, who.id)

const claims = JSON.stringify({
  userinfo: {
    boat_name: { essential: true, purpose: 'To paint it on your licence' },
    verified_claims: { verification: { trust_framework: null }, claims: { birthdate: null } },
  },
})
const request = { redirect_uri: redirectUri, scope: 'openid profile email phone address', claims, prompt: 'consent' }

async function aPage(javaScriptEnabled: boolean) {
  const context = await browser.newContext({
    javaScriptEnabled,
    viewport: { width: 320, height: 640 },
    reducedMotion: 'reduce',
  })
  for (const [name, value] of who.browser.jar) await context.addCookies([{ name, value, url: site }])
  return context.newPage()
}

async function aForm(): Promise<string> {
  const { access_token: token } = await client.clientCredentialsGrant(service.config, {
    scope: 'filling',
    resource: site,
  })
  const answer = await fetch(`${site}/filling`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      fields: [{ name: 'email', essential: true }, { name: 'birthdate', verified: true }, { name: 'phone_number' }],
      purpose: { en: 'To book a berth', 'zh-Hant': '預約泊位' },
      redirect_uri: redirectUri,
      state: 'of-the-visitor',
    }),
  })
  return new URL(((await answer.json()) as { address: string }).address).pathname
}

test('without JavaScript, by the keyboard alone, a person leaves one field out, agrees and is back at the service', async () => {
  const page = await aPage(false)
  const { url } = await requestOf(service, request)
  await page.goto(url.href)
  const email = page.getByLabel('Email address: ada@quay.example')
  assert.ok(await email.isChecked())
  await email.focus()
  await page.keyboard.press('Space')
  await page.getByRole('button', { name: 'Agree and go on' }).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(`${redirectUri}**`)
  assert.ok(brought.at(-1)!.searchParams.has('code'))
  const [{ refused }] = await sql<
    [{ refused: string[] }]
  >`select refused from identity.consent where person_id = ${who.id}`
  assert.ok(refused.includes('email') && !refused.includes('address'))
})

test('without JavaScript a form is sent, and the browser is back at the service with a code', async () => {
  const page = await aPage(false)
  await page.goto(`${site}/eng${await aForm()}`)
  await page.getByRole('button', { name: 'Send this' }).click()
  await page.waitForURL(`${redirectUri}**`)
  const { searchParams } = brought.at(-1)!
  assert.deepEqual([searchParams.has('code'), searchParams.get('state')], [true, 'of-the-visitor'])
})

test('a form that is refused leads back to the service as well', async () => {
  const page = await aPage(true)
  await page.goto(`${site}/eng${await aForm()}`)
  await page.getByRole('button', { name: 'Refuse' }).click()
  await page.waitForURL(`${redirectUri}**`)
  assert.equal(brought.at(-1)!.searchParams.get('error'), 'access_denied')
})

const languages = { eng: 'en', han: 'zh-Hant', jian: 'zh-Hans' }
for (const [address, language] of Object.entries(languages))
  test(`nothing is wrong with the pages of consent in ${language}, for eyes, ears and fingers`, async () => {
    const page = await aPage(true)
    const { url } = await requestOf(service, { ...request, ui_locales: language })
    await page.goto(url.href, { waitUntil: 'networkidle' })
    const question = new URL(page.url()).pathname.replace(/^\/\w+/, '')
    const [{ consent }] = await sql<
      [{ consent: string }]
    >`select id as consent from identity.consent where person_id = ${who.id}`
    const [{ sharing }] = await sql<[{ sharing: string }]>`
      select id as sharing from identity.sharing where person_id = ${who.id} and receipt is not null limit 1`
    const paths = [
      question,
      await aForm(),
      '/account/profile',
      '/account/profile/lamp_colour?next=/account',
      '/account/consents',
      `/account/consents/${consent}`,
      '/account/sharing',
      `/account/sharing/${sharing}`,
    ]
    for (const path of paths) {
      const { wrong } = await examine(page, `${site}/${address}${path}`, language, 200)
      assert.deepEqual(wrong, [], `${address}${path}`)
    }
  })
