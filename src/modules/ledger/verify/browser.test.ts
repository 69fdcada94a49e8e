// The page that checks proofs and the page of a log, as a person has them: in a real browser.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { start } from '#test'
import { aBrowser } from '../../../../test/browser/browser.ts'
import { barriers } from '../../../../test/browser/examine.ts'
import { append } from '../log/append.ts'
import { printVerifierKey } from '../notes/keys.rules.ts'
import { printExtra } from '../proofs/extra.rules.ts'
import { parseProof, printProof } from '../proofs/proof.rules.ts'
import { aSigner } from '../testing/keys.ts'
import { aProof, aSalt, notarised } from '../testing/proofs.ts'

const browser = await aBrowser()
const { app, sql, installation } = await start()
await app.listen({ port: 0, host: '127.0.0.1' })
const site = `http://127.0.0.1:${(app.server.address() as { port: number }).port}`

const salt = aSalt()
const document = Buffer.from('I owe you one lamp.\n')
const entry = notarised(document, salt)
await append(sql, 'harbour', [entry])

/** The proof of the entry as whoever had it entered keeps it: with the salt. */
async function ownProof(): Promise<Buffer> {
  for (;;) {
    const answer = await app.inject('/ledger/logs/harbour/entries/0/proof')
    if (answer.statusCode === 200)
      return Buffer.from(printProof({ ...parseProof(answer.rawPayload), extra: printExtra({ entry, salt }) }))
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
const proof = await ownProof()
const stranger = aSigner('log.elsewhere')
const theirs = Buffer.from(
  aProof({ entry, signers: [stranger, aSigner('witness.elsewhere', 'ed25519-cosignature')], salt }),
)
const policy = `log ${printVerifierKey(stranger.key)}\nquorum none\n`

type Files = { document?: Buffer; proof?: Buffer; policy?: string }

async function check(page: Page, address: string, { policy, ...files }: Files): Promise<string> {
  await page.goto(`${site}/${address}/verify`)
  for (const [field, buffer] of Object.entries(files))
    await page.setInputFiles(`#${field}`, { name: `a-${field}`, mimeType: 'application/octet-stream', buffer })
  if (policy) {
    await page.click('form.verify summary')
    await page.fill('#policy', policy)
  }
  await page.click('form.verify button[type="submit"]')
  await page.waitForSelector('.verdict')
  return (await page.innerText('.verdict')).replace(/\s+/g, ' ')
}

const cases: readonly [string, Files, RegExp][] = [
  ['the document', { document, proof }, /^Proved: this document is the one that entry 0 of Harbour log/],
  ['another document', { document: Buffer.from('I owe you two lamps.\n'), proof }, /^This is another document\./],
  ['the proof alone', { proof }, /^The proof is good: its entry is entry 0 of Harbour log/],
  ['the document alone', { document }, /^A document alone shows nothing/],
  ['a damaged proof', { document, proof: proof.subarray(0, 200) }, /^The proof is damaged, so nothing can be said/],
  [
    'a changed proof',
    { document, proof: Buffer.from(proof.toString().replace('harbour\n1\n', 'harbour\n2\n')) },
    /forged; do not rely on it/,
  ],
  [
    'a log of others',
    { document, proof: theirs },
    /^Not proved: the proof is of a log that is not among those trusted here/,
  ],
  [
    'a log of others that one trusts',
    { document, proof: theirs, policy },
    /^Proved: .* entry 5 of log\.elsewhere .*Entered by tide-station .*Passed over Signatures by keys that are not known here: 1/,
  ],
  ['a policy that cannot be read', { document, proof, policy: 'trust me' }, /Line 1 of the policy begins with “trust”/],
]

test('a browser says of files what the server says, word for word, in every language, and sends none of them', async () => {
  const scripted = await (await browser.newContext()).newPage()
  const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
  const sent: string[] = []
  scripted.on('request', (request) => {
    if (request.method() !== 'GET' || new URL(request.url()).origin !== site) sent.push(request.url())
  })
  for (const { address } of installation.pack.government.languages)
    for (const [name, files, says] of cases) {
      const here = await check(scripted, address, files)
      assert.equal(here, await check(plain, address, files), `${address}: ${name}`)
      if (address === 'eng') assert.match(here, says, name)
      else assert.match(here, /\p{Script=Han}/u)
    }
  assert.deepEqual(sent, [])
})

test('both files can be dropped at once, in any order, and the answer is told and has no barriers', async () => {
  const page = await (await browser.newContext({ viewport: { width: 320, height: 640 } })).newPage()
  await page.goto(`${site}/eng/verify`)
  const encoded = [document, proof].map((file) => file.toString('base64'))
  await page.evaluate((files) => {
    const transfer = new DataTransfer()
    for (const [at, file] of files.entries())
      transfer.items.add(new File([Uint8Array.from(atob(file), (each) => each.charCodeAt(0))], `file-${at}`))
    globalThis.document.body.dispatchEvent(
      new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }),
    )
  }, encoded)
  await page.waitForSelector('.verdict')
  assert.match(await page.innerText('.verdict h2'), /^Proved: this document/)
  assert.equal(await page.evaluate(() => globalThis.document.activeElement?.id), 'answer')
  assert.ok((await page.evaluate(() => globalThis.document.documentElement.scrollWidth)) <= 321)
  assert.deepEqual(await barriers(page, { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] }), [])
  await page.click('.verdict dl a >> nth=1')
  await page.waitForURL('**/eng/ledger/logs/harbour/entries/0')
})

test('the page of a log follows it, until the reader stops that', async () => {
  const page = await (await browser.newContext()).newPage()
  await page.goto(`${site}/eng/ledger/logs/harbour`)
  const size = () => page.innerText('.log-size')
  assert.equal(await size(), '1')
  await page.waitForResponse('**/harbour.json')
  await append(sql, 'harbour', [Buffer.from('a second one')])
  await page.waitForFunction(() => globalThis.document.querySelector('.log-size')?.textContent === '2')
  assert.equal(await page.locator('[data-live="entries"] tbody tr').count(), 2)
  await page.click('text=Stop following')
  await append(sql, 'harbour', [Buffer.from('a third one')])
  await page.waitForTimeout(2500)
  assert.equal(await size(), '2')
  await page.click('text=Follow live')
  await page.waitForFunction(() => globalThis.document.querySelector('.log-size')?.textContent === '3')
})
