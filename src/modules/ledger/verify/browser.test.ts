// The page that checks proofs and the page of a log, as a person has them: in a real browser.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { drawCode } from '#identity'
import { start } from '#test'
import { aBrowser } from '../../../../test/browser/browser.ts'
import { barriers } from '../../../../test/browser/examine.ts'
import { listKnownLogs } from '../explorer/known.ts'
import { append } from '../log/append.ts'
import { parseVerifierKey, printVerifierKey } from '../notes/keys.rules.ts'
import { compactProof } from '../proofs/compact.rules.ts'
import { printExtra } from '../proofs/extra.rules.ts'
import { parseProof, printProof } from '../proofs/proof.rules.ts'
import { aSigner } from '../testing/keys.ts'
import { aProof, aSalt, notarised } from '../testing/proofs.ts'

const browser = await aBrowser()
const { app, sql, installation } = await start()
// The rules of registers wait for their places, too; here stands only what these tests enter.
await sql`delete from ledger.pending`
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
    await page.click('details:has(#policy) > summary')
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

/** A picture of codes as they stand on paper: side by side, and as a telephone sees them. */
async function aPicture(texts: readonly string[], style = ''): Promise<Buffer> {
  const page = await (await browser.newContext({ viewport: { width: 1400, height: 900 } })).newPage()
  const drawn = texts.map((text) => drawCode(text, 'low'))
  const svgs = drawn.map(
    ({ size, path }) => `<svg viewBox="0 0 ${size} ${size}" width="560" style="margin:40px"><path d="${path}"/></svg>`,
  )
  await page.setContent(`<body style="background:#f4f1ea;${style}">${svgs.join('')}</body>`)
  const picture = await page.screenshot({ type: 'jpeg', quality: 60 })
  await page.context().close()
  return picture
}
const address = 'http://localhost:8080/ledger/logs/harbour/entries/0'
const keys = (await listKnownLogs(installation)).find(({ name }) => name === 'harbour')!.keys
const compact = Buffer.from(compactProof(proof, keys.map(parseVerifierKey))!).toString()

async function withCode(picture: Buffer | undefined, files: Files, address = 'eng') {
  const page = await (await browser.newContext()).newPage()
  const asked: string[] = []
  await page.goto(`${site}/${address}/verify`)
  // A font that comes when the fold opens, on a slow machine, tells nothing of the files.
  page.on('request', (request) => {
    if (request.resourceType() !== 'font') asked.push(`${request.method()} ${request.url()}`)
  })
  await page.click('details:has(#code) > summary')
  if (picture) await page.setInputFiles('#picture', { name: 'a.jpg', mimeType: 'image/jpeg', buffer: picture })
  if (files.document)
    await page.setInputFiles('#document', { name: 'a', mimeType: 'application/octet-stream', buffer: files.document })
  return { page, asked }
}
const answerOf = async (page: Page) => {
  await page.waitForSelector('.verdict')
  return (await page.innerText('.verdict')).replace(/\s+/g, ' ')
}
const submit = async (page: Page) => {
  await page.click('form.verify button[type="submit"]')
  return answerOf(page)
}

test('a picture of codes is read in the browser: the proof in one shows the document, and nothing is sent', async () => {
  const turned = 'transform:rotate(6deg) scale(.9);filter:blur(.6px) contrast(.85)'
  for (const picture of [await aPicture([address, compact]), await aPicture([compact], turned)]) {
    const { page, asked } = await withCode(picture, { document })
    assert.match(await submit(page), /^Proved: this document is the one that entry 0 of Harbour log/)
    assert.deepEqual(asked, [`GET ${site}/verify/codes.js`])
  }
})

test('an address in a code is asked of this site alone, and one of another site is asked of nobody', async () => {
  const own = await withCode(await aPicture([address]), {})
  assert.match(await submit(own.page), /^The proof is good: its entry is entry 0 of Harbour log/)
  assert.deepEqual(own.asked.slice(1), [`GET ${site}/ledger/logs/harbour/entries/0/proof`])
  const other = await withCode(await aPicture(['https://log.example/ledger/logs/harbour/entries/0']), { document })
  assert.match(
    await submit(other.page),
    /^This code leads to another site, https:\/\/log\.example, which was not asked/,
  )
  assert.deepEqual(other.asked, [`GET ${site}/verify/codes.js`])
  const none = await withCode(await aPicture([]), { document })
  assert.match(await submit(none.page), /^No code was found in the picture/)
})

test('a dropped picture with a code of ours is a proof, and any other picture is a document', async () => {
  for (const [picture, says] of [
    [await aPicture([compact]), /^The proof is good/],
    [await aPicture(['WIFI:S:pier;;']), /^A document alone shows nothing/],
  ] as const) {
    const { page } = await withCode(undefined, {})
    await page.evaluate((base64) => {
      const transfer = new DataTransfer()
      const bytes = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0))
      transfer.items.add(new File([bytes], 'a.jpg', { type: 'image/jpeg' }))
      const drop = new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true })
      globalThis.document.body.dispatchEvent(drop)
    }, picture.toString('base64'))
    assert.match(await answerOf(page), says)
  }
})

test('the camera reads a code and is turned off; without one a sentence says what to do', async () => {
  const { page } = await withCode(undefined, { document })
  await page.click('[data-camera]')
  assert.match(await answerOf(page), /^No camera could be used/)
  await page.evaluate(
    async (base64) => {
      const picture = new Image()
      picture.src = `data:image/jpeg;base64,${base64}`
      await picture.decode()
      const canvas = globalThis.document.createElement('canvas')
      Object.assign(canvas, { width: picture.width, height: picture.height })
      const draw = () => canvas.getContext('2d')!.drawImage(picture, 0, 0)
      setInterval(draw, 50)
      const stream = canvas.captureStream()
      navigator.mediaDevices.getUserMedia = async () => stream
      Object.assign(globalThis, { stream })
    },
    (await aPicture([compact])).toString('base64'),
  )
  await page.click('[data-camera]')
  await page.waitForSelector('.verdict .mark--holds')
  assert.match(await answerOf(page), /^Proved: this document/)
  const states = await page.evaluate(() =>
    (globalThis as unknown as { stream: MediaStream }).stream.getTracks().map(({ readyState }) => readyState),
  )
  assert.deepEqual(states, ['ended'])
  assert.equal(await page.isVisible('[data-viewfinder]'), false)
})

test('the fields for codes have no barriers on a phone, and without a script the text alone is asked for', async () => {
  const page = await (await browser.newContext({ viewport: { width: 320, height: 640 } })).newPage()
  for (const language of ['eng', 'han', 'jian']) {
    await page.goto(`${site}/${language}/verify`)
    await page.click('details:has(#code) > summary')
    assert.deepEqual(await barriers(page, { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] }), [])
    assert.ok((await page.evaluate(() => globalThis.document.documentElement.scrollWidth)) <= 321)
  }
  const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
  await plain.goto(`${site}/eng/verify`)
  await plain.click('details:has(#code) > summary')
  assert.deepEqual([await plain.isVisible('#picture'), await plain.isVisible('#code')], [false, true])
  await plain.fill('#code', address)
  await plain.click('form.verify button:not([type="button"])')
  assert.match((await plain.innerText('.verdict')).trim(), /^The proof is good/)
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
