// WebAuthn in a real browser, with an authenticator that it simulates itself: the DevTools protocol's domain WebAuthn.
import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { test } from 'node:test'
import type { CDPSession, Page } from 'playwright-core'
import { start } from '#test'
import { aBrowser } from '../../../../test/browser/browser.ts'
import { barriers } from '../../../../test/browser/examine.ts'

/** Passkeys belong to an origin, so the installation must know its port before it listens. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

const port = await freePort()
const site = `http://localhost:${port}`
const browser = await aBrowser()
const { app, sql } = await start({ demonstration: false, address: site })
await app.listen({ port, host: '127.0.0.1' })

type Device = { page: Page; cdp: CDPSession; authenticatorId: string }
type Held = { credentialId: string; signCount: number; privateKey: string; rpId: string; userHandle: string }

/** A browser of somebody new, on a device that checks its person, or says that it cannot. */
async function aDevice({ verifies = true, holds = true } = {}): Promise<Device> {
  const page = await (await browser.newContext()).newPage()
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  if (!holds) return { page, cdp, authenticatorId: '' }
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: verifies,
      automaticPresenceSimulation: true,
    },
  })
  return { page, cdp, authenticatorId }
}

const credentialsOf = async ({ cdp, authenticatorId }: Device) =>
  (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials as Held[]
const pathOf = (page: Page) => new URL(page.url()).pathname
const mainOf = async (page: Page) => (await page.textContent('main')) ?? ''
const count = async (table: 'person' | 'session') => (await sql`select 1 from ${sql(`identity.${table}`)}`).length

/** Opens an account as a person does, page by page. */
async function openAccount(device: Device, name = 'Mei Tide') {
  const { page } = device
  await page.goto(`${site}/eng/sign-in/new`)
  await page.fill('input[name="name"]', name)
  await page.click('main form button')
  await page.waitForURL('**/sign-in/new/passkey?**')
  await page.click('form.passkey button')
  await page.waitForSelector('.codes')
  return page.locator('.codes code').allTextContents()
}

async function signOut(page: Page) {
  await page.goto(`${site}/eng/account`)
  await page.click('form[action$="/sign-out"] button')
  await page.waitForURL('**/eng/sign-out')
}

/** Without the question that waits in the field, which this authenticator would answer by itself. */
async function signIn(page: Page, next = '/account') {
  await page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = async () => false
  })
  await page.goto(`${site}/eng/sign-in?next=${next}`)
  await page.click('form.passkey button >> nth=0')
}

test('a person opens an account by name and passkey, is shown ten codes, and is signed in', async () => {
  const device = await aDevice()
  const { page } = device
  await page.goto(`${site}/eng/sign-in`)
  assert.deepEqual(await barriers(page), [])
  const codes = await openAccount(device)
  assert.equal(codes.length, 10)
  assert.deepEqual(await barriers(page), [])
  const [credential] = await credentialsOf(device)
  assert.equal(credential!.rpId, 'localhost')
  await page.click('main .buttons a')
  await page.waitForURL('**/eng/account')
  assert.equal(pathOf(page), '/eng/account')
  assert.match(await mainOf(page), /Mei Tide/)
  assert.deepEqual(await barriers(page), [])
})

test('a passkey that the browser finds by itself signs its person in, and leads where they were going', async () => {
  const device = await aDevice()
  await openAccount(device)
  await signOut(device.page)
  await signIn(device.page, '/account/devices')
  await device.page.waitForURL('**/eng/account/devices')
  assert.match(await mainOf(device.page), /Last used/)
  assert.deepEqual(await barriers(device.page), [])
})

test('a passkey is offered in the suggestions of the field, and chosen there signs its person in', async () => {
  const device = await aDevice()
  const { page } = device
  await openAccount(device)
  await signOut(page)
  await page.goto(`${site}/eng/sign-in?next=/account`)
  await page.waitForURL('**/eng/account')
  assert.match(await mainOf(page), /Mei Tide/)
})

test('a device that does not check its person opens no account and signs nobody in', async () => {
  const device = await aDevice()
  const { page, cdp, authenticatorId } = device
  await openAccount(device)
  await signOut(page)
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
  const before = { person: await count('person'), session: await count('session') }
  await signIn(page)
  await page.waitForSelector('[data-passkey-says="cancelled"]:not([hidden])')

  // A page that was tampered with asks the device for less; the server does not take it.
  await page.evaluate(() => {
    const form = document.querySelector<HTMLFormElement>('form[data-passkey-options]')!
    const options = JSON.parse(form.dataset.passkeyOptions!)
    form.dataset.passkeyOptions = JSON.stringify({ ...options, userVerification: 'discouraged' })
    form.requestSubmit()
  })
  await page.waitForSelector('.error-summary')
  assert.match(await page.title(), /^Error: /)
  assert.match((await page.textContent('.error-summary')) ?? '', /did not check that it is you/)
  assert.deepEqual(await barriers(page), [])

  const weak = await aDevice({ verifies: false })
  await weak.page.goto(`${site}/eng/sign-in/new`)
  await weak.page.fill('input[name="name"]', 'Weak Lock')
  await weak.page.click('main form button')
  await weak.page.waitForURL('**/sign-in/new/passkey?**')
  await weak.page.click('form.passkey button')
  await weak.page.waitForSelector('.passkey__says:not([hidden])')
  assert.deepEqual({ person: await count('person'), session: await count('session') }, before)
})

test('a copy of an authenticator is refused by its counter, and so is the first one from then on', async () => {
  const device = await aDevice()
  const { page, cdp, authenticatorId } = device
  await openAccount(device)
  const [copied] = await credentialsOf(device)
  for (let each = 0; each < 2; each++) {
    await signOut(page)
    await signIn(page)
    await page.waitForURL('**/eng/account')
  }
  const [original] = await credentialsOf(device)
  assert.ok(original!.signCount > copied!.signCount)
  await signOut(page)

  const { credentialId } = copied!
  await cdp.send('WebAuthn.removeCredential', { authenticatorId, credentialId })
  await cdp.send('WebAuthn.addCredential', { authenticatorId, credential: { ...copied!, isResidentCredential: true } })
  const before = await count('session')
  await signIn(page)
  await page.waitForSelector('.error-summary')
  assert.match((await page.textContent('.error-summary')) ?? '', /there seems to be a copy/)

  await cdp.send('WebAuthn.removeCredential', { authenticatorId, credentialId })
  await cdp.send('WebAuthn.addCredential', {
    authenticatorId,
    credential: { ...original!, isResidentCredential: true },
  })
  await signIn(page)
  await page.waitForSelector('.error-summary')
  assert.equal(await count('session'), before)
  const locked = await sql`select 1 from identity.passkey where locked_at is not null`
  assert.equal(locked.length, 1)
})

test('what a passkey signs for another origin of the same domain is refused', async () => {
  const device = await aDevice()
  const { page } = device
  await openAccount(device)
  await signOut(page)
  const { passkey } = await (await fetch(`${site}/sign-in.json`)).json()
  const evil = `http://localhost:${port === 65535 ? port - 1 : port + 1}`
  await page.route(`${evil}/**`, (route) => route.fulfill({ contentType: 'text/html', body: '<h1>Win</h1>' }))
  await page.goto(`${evil}/win`)
  const response = await page.evaluate(async (options) => {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options)
    const credential = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential
    return JSON.stringify(credential.toJSON())
  }, passkey.options)
  const before = await count('session')
  const answer = await fetch(`${site}/sign-in/passkey`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ challenge: passkey.id, response }),
    redirect: 'manual',
  })
  assert.equal(answer.status, 422)
  assert.equal((await answer.json()).type, '/problems/identity.passkey-refused')
  assert.equal(answer.headers.get('set-cookie'), null)
  assert.equal(await count('session'), before)
})

test('a browser without passkeys, one without JavaScript and a device without a key are told what to do', async () => {
  const old = await aDevice({ holds: false })
  await old.page.addInitScript(() => Reflect.deleteProperty(globalThis, 'PublicKeyCredential'))
  await old.page.goto(`${site}/han/sign-in`)
  await old.page.waitForSelector('[data-passkey-says="unsupported"]:not([hidden])')
  assert.equal(await old.page.locator('form.passkey button:visible').count(), 0)
  assert.match((await old.page.textContent('[data-passkey-says="unsupported"]')) ?? '', /不支援通行密鑰/)

  const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
  await plain.goto(`${site}/eng/sign-in`)
  assert.match(await mainOf(plain), /needs JavaScript/)
  await plain.click('form.passkey button >> nth=0')
  await plain.waitForSelector('.error-summary')
  assert.match(await plain.title(), /^Error: /)
  await plain.click('a[href$="/sign-in/new"]')
  await plain.waitForSelector('input[name="name"]')
  assert.match((await plain.textContent('main > :first-child')) ?? '', /cannot open an account[\s\S]*another browser/)
  await plain.goBack()
  await plain.click('a[href$="/sign-in/recovery"]')
  await plain.waitForSelector('input[name="code"]')
  await plain.fill('input[name="code"]', 'not a code')
  await plain.click('main form button')
  await plain.waitForSelector('.field--error')
  assert.match((await plain.textContent('.error-summary')) ?? '', /not right, or was used/)

  const empty = await aDevice()
  await signIn(empty.page)
  await empty.page.waitForSelector('[data-passkey-says="cancelled"]:not([hidden])')
  assert.deepEqual(await barriers(empty.page), [])
})

test('a person who lost the device comes in by a code without JavaScript, adds a passkey, and waits a day to remove the old one', async () => {
  const device = await aDevice()
  const codes = await openAccount(device)
  const found = await aDevice()
  const { page } = found
  await page.goto(`${site}/eng/sign-in/recovery`)
  await page.fill('input[name="code"]', codes[0]!)
  await page.click('main form button')
  await page.waitForURL('**/eng/account')
  assert.match(await mainOf(page), /You signed in with a recovery code/)
  await page.click('main .banner a')
  await page.waitForURL('**/account/devices/add')
  assert.deepEqual(await barriers(page), [])
  await page.click('form.passkey button')
  await page.waitForURL('**/eng/account/devices?done=passkey-added')
  assert.equal(await page.locator('.devices li').count(), 2)
  assert.match(await mainOf(page), /You have 9 left/)
  await page.click('.devices li:first-child a')
  await page.waitForSelector('#remove')
  assert.deepEqual(await barriers(page), [])
  assert.equal(await page.locator('form[action$="/remove"]').count(), 0)
  assert.match(await mainOf(page), /This must wait, as a recovery code was used/)

  // Whoever has the old one comes in with it, and can stop what the code began.
  await signIn(device.page)
  await device.page.waitForURL('**/eng/account')
  await device.page.goto(`${site}/eng/account/devices`)
  assert.match(await mainOf(device.page), /A recovery code was used to get into this account/)
  await device.page.click('form[action$="/devices/stop"] button')
  await device.page.waitForSelector('.codes, .panel, main')
  await device.page.goto(`${site}/eng/account/devices`)
  assert.equal(await device.page.locator('.devices li').count(), 1)
  await page.goto(`${site}/eng/account`)
  assert.match(page.url(), /sign-in/)
})
