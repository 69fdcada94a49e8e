// Two real browsers: one shows the code, the other is the phone whose camera reads it from a picture of the screen.
import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { test } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import decodeQr from 'qr/decode.js'
import { start } from '#test'
import { aBrowser } from '../../../../test/browser/browser.ts'
import { barriers } from '../../../../test/browser/examine.ts'
import { openAccount } from '../testing/browser-of.ts'

/** Passkeys and codes hold the address, so the installation must know its port before it listens. */
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
const started = await start({ address: site })
const { app, sql } = started
await app.listen({ port, host: '127.0.0.1' })
const camera = await (await browser.newContext()).newPage()

/** The screen; where it loads itself in the very moment, a picture of the next one. */
async function look(page: Page, tries = 5): Promise<Buffer> {
  return page.screenshot({ timeout: 6000 }).catch((error: Error) => {
    if (tries === 0) throw error
    return look(page, tries - 1)
  })
}

/** What a camera reads that is pointed at the screen of `page`. */
async function read(page: Page): Promise<string> {
  const picture = (await look(page)).toString('base64')
  const { width, height, pixels } = await camera.evaluate(async (picture) => {
    const bytes = Uint8Array.from(atob(picture), (each) => each.charCodeAt(0))
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d')!
    context.drawImage(image, 0, 0)
    const { data } = context.getImageData(0, 0, image.width, image.height)
    let pixels = ''
    for (let at = 0; at < data.length; at += 8192) pixels += String.fromCharCode(...data.subarray(at, at + 8192))
    return { width: image.width, height: image.height, pixels: btoa(pixels) }
  }, picture)
  return decodeQr({ width, height, data: new Uint8ClampedArray(Buffer.from(pixels, 'base64')) })
}

/** A phone that is signed in and holds the passkey of a new account, in the authenticator that the browser simulates. */
async function aPhone(): Promise<{ page: Page; personId: string }> {
  const { personId, authenticator, headers } = await openAccount(started)
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
  await signedIn(context, headers)
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  const { id, key, rpId, userHandle, counter } = authenticator.credentials[0]!
  const base64 = (text: string) => Buffer.from(text, 'base64url').toString('base64')
  await cdp.send('WebAuthn.addCredential', {
    authenticatorId,
    credential: {
      credentialId: base64(id),
      isResidentCredential: true,
      rpId,
      privateKey: key.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
      userHandle: base64(userHandle),
      signCount: counter,
    },
  })
  return { page, personId }
}

async function signedIn(context: BrowserContext, { cookie }: { cookie: string }) {
  const [name, value] = cookie.split('=') as [string, string]
  await context.addCookies([{ name, value, url: site }])
}

test('a phone reads the code from the screen, and the browser that shows it is signed in by itself', async () => {
  const phone = await aPhone()
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ colorScheme, viewport: { width: 1280, height: 900 } })
    const computer = await context.newPage()
    await computer.goto(`${site}/eng/sign-in/phone?next=/account`)
    const shown = computer.locator('svg[data-code] path')
    const before = await shown.getAttribute('d')
    await computer.waitForFunction(
      (before) => document.querySelector('svg[data-code] path')?.getAttribute('d') !== before,
      before,
    )
    assert.deepEqual(await barriers(computer), [])
    const module = await computer.evaluate(() => {
      const code = document.querySelector('svg[data-code]') as SVGSVGElement
      return code.getBoundingClientRect().width / code.viewBox.baseVal.width
    })
    assert.ok(module >= 4, `a module is ${module} px wide`)

    // A machine under load may take longer from picture to page than a frame lives: a person points again.
    for (let tries = 0; ; tries++) {
      await phone.page.goto(await read(computer))
      if (/\/sign-in\/scan\/[\w-]+$/.test(phone.page.url())) break
      assert.ok(tries < 20, await phone.page.locator('main').innerText())
    }
    assert.deepEqual(await barriers(phone.page), [])
    assert.match(await phone.page.locator('main').innerText(), new RegExp(`localhost:${port}`))
    const number = await computer.locator('.qr__number').innerText()
    await phone.page.getByLabel('The number on the other screen').fill(number)
    await phone.page.getByRole('button', { name: 'Approve with my passkey' }).click()
    await phone.page.getByRole('heading', { name: 'Approved' }).waitFor()
    await computer.waitForURL(`${site}/eng/account`)
    assert.match(await computer.locator('h1').innerText(), /Mei Tide/)
    await context.close()
  }
  const sessions = await sql`
    select methods
    from identity.session
    where person_id = ${phone.personId} and methods @> '{mca}'`
  assert.deepEqual(
    sessions.map(({ methods }) => methods),
    [
      ['swk', 'user', 'mca'],
      ['swk', 'user', 'mca'],
    ],
  )
})

test('without JavaScript the page loads itself, and its button goes on once the phone has approved', async () => {
  const phone = await aPhone()
  const context = await browser.newContext({ javaScriptEnabled: false })
  const computer = await context.newPage()
  await computer.goto(`${site}/eng/sign-in/phone?next=/account`)
  await computer.getByRole('link', { name: 'The code stands still' }).click()
  for (let tries = 0; ; tries++) {
    await phone.page.goto(await read(computer))
    if (/\/sign-in\/scan\/[\w-]+$/.test(phone.page.url())) break
    assert.ok(tries < 20, await phone.page.locator('main').innerText())
  }
  const number = await computer.locator('.qr__number').innerText()
  await phone.page.getByLabel('The number on the other screen').fill(number)
  await phone.page.getByRole('button', { name: 'Approve with my passkey' }).click()
  await phone.page.getByRole('heading', { name: 'Approved' }).waitFor()
  await computer.getByRole('button', { name: 'Go on' }).click()
  await computer.waitForURL(`${site}/eng/account`)
  await context.close()
})
