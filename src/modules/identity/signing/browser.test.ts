// Signing in a real browser, with an authenticator that it simulates itself: what a person sees, and what they take away.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { start } from '#test'
import { aBrowser } from '../../../../test/browser/browser.ts'
import { barriers } from '../../../../test/browser/examine.ts'
import { proveLevel } from './testing/proofs.sql.ts'
import { aPdf, ask } from './testing/signers.ts'

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
const started = await start({ demonstration: false, address: site })
const { app, sql } = started
await app.listen({ port, host: '127.0.0.1' })

/** A browser of somebody with a passkey, whose document was compared with the register. */
async function aPerson() {
  const page = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage()
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true } as const
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: { ...options, isUserVerified: true, automaticPresenceSimulation: true },
  })
  await page.goto(`${site}/eng/sign-in/new`)
  await page.fill('input[name="name"]', 'Mei Tide')
  await page.click('main form button')
  await page.waitForURL('**/sign-in/new/passkey?**')
  await page.click('form.passkey button')
  await page.waitForSelector('.codes')
  const [{ id } = { id: '' }] = await sql<{ id: string }[]>`
    select id from identity.person where not demonstration order by created_at desc limit 1`
  await proveLevel(sql, started.installation, id, { level: 2, family: 'Tide', given: 'Mei' })
  return { page, id, cdp, authenticatorId }
}

const mainOf = async (page: Page) => (await page.textContent('main')) ?? ''
const download = async (page: Page, label: RegExp) => {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: label }).click()])
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) }
}

/** Chooses files on the page that checks signatures. */
async function check(page: Page, files: Record<string, { name: string; bytes: Buffer }>) {
  await page.goto(`${site}/eng/sign/verify`)
  for (const [field, { name, bytes }] of Object.entries(files))
    await page.setInputFiles(`input[name="${field}"]`, { name, mimeType: 'application/octet-stream', buffer: bytes })
  await Promise.all([page.waitForLoadState(), page.click('main form button')])
  await page.waitForSelector('main section')
  return mainOf(page)
}

test('a person compares the words, signs with a passkey, takes the files away, and anybody checks them', async () => {
  const { page, id } = await aPerson()
  const contract = Buffer.from('The lamps of the pier are lit at dusk.\n')
  const hash = createHash('sha256').update(contract).digest('hex')
  const asked = await ask(started, { documentName: 'Lamp contract', hash, summary: 'Amount: $500', person: id })
  await page.goto(asked.address)
  for (const word of [...asked.words.flat().map(({ en }) => en), 'Amount', '$500'])
    assert.ok((await mainOf(page)).includes(word), word)
  assert.deepEqual(await barriers(page), [])
  await page.check('input[name="dual"]')
  await page.click('form.passkey button')
  await page.waitForSelector('.downloads')
  assert.match(await mainOf(page), /You signed this document/)
  assert.deepEqual(await barriers(page), [])
  const p7s = await download(page, /Signature \(/)
  assert.equal(p7s.name, 'Lamp contract.p7s')
  const both = await download(page, /Both/)
  await page.goto(`${site}/eng/account/signatures`)
  assert.match(await mainOf(page), /Lamp contract/)
  assert.deepEqual(await barriers(page), [])
  const document = { name: 'contract.txt', bytes: contract }
  assert.match(await check(page, { signature: p7s, document }), /The signature is good[\s\S]*Mei Tide/)
  assert.deepEqual(await barriers(page), [])
  assert.match(await check(page, { signature: both, document }), /It holds too/)
  const other = { name: 'contract.txt', bytes: Buffer.from('The lamps stay dark.\n') }
  assert.match(await check(page, { signature: p7s, document: other }), /not what was signed/)
})

test('a person sends a PDF of their own, signs it, and gets it back signed', async () => {
  const { page } = await aPerson()
  await page.goto(`${site}/eng/sign/new`)
  assert.deepEqual(await barriers(page), [])
  await page.setInputFiles('input[name="file"]', {
    name: 'Lease.pdf',
    mimeType: 'application/pdf',
    buffer: await aPdf(),
  })
  await page.click('main form button')
  await page.waitForSelector('form.passkey')
  assert.match(await mainOf(page), /Lease\.pdf[\s\S]*Pages: 1;/)
  await page.click('form.passkey button')
  await page.waitForSelector('.downloads')
  const signed = await download(page, /PDF/)
  assert.equal(signed.name, 'Lease-signed.pdf')
  assert.match(await check(page, { signature: signed }), /The signature is good/)
})

test('who cannot be verified by the device is told so, and nothing is signed', async () => {
  const { page, id, cdp, authenticatorId } = await aPerson()
  const asked = await ask(started, { documentName: 'Lease', hash: 'ab'.repeat(32), person: id })
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
  await page.goto(asked.address)
  await page.click('form.passkey button')
  await page.waitForSelector('[data-passkey-says]:not([hidden])')
  assert.equal((await sql`select 1 from identity.signature where request_id = ${asked.id}`).length, 0)
})
