// A notarisation as a person has it: the form without a script, and the certificate opened as a file, with no network.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { BrowserContextOptions } from 'playwright-core'
import { judgeTimestamp } from '#identity'
import { asPerson, start } from '#test'
import { aBrowser } from '../../../../test/browser/browser.ts'
import { barriers } from '../../../../test/browser/examine.ts'

const browser = await aBrowser()
const { app } = await start()
await app.listen({ port: 0, host: '127.0.0.1' })
const site = `http://127.0.0.1:${(app.server.address() as { port: number }).port}`
const folder = await mkdtemp(join(tmpdir(), 'praya-certificate-'))
after(() => rm(folder, { recursive: true, force: true }))

const officer = asPerson({ id: 'an-officer', organisation: 'tide-station', permissions: ['ledger:notarise'], level: 2 })
const document = { name: 'lamp.txt', mimeType: 'text/plain', buffer: Buffer.from('I owe you one lamp.\n') }
const another = { ...document, buffer: Buffer.from('I owe you two lamps.\n') }

/** A browser of the officer. */
async function office(options: BrowserContextOptions = {}) {
  const context = await browser.newContext(options)
  const [name, value] = officer.cookie.split('=') as [string, string]
  await context.addCookies([{ name, value, url: site }])
  return context.newPage()
}

/** What an officer without JavaScript takes away. */
async function aCertificate(): Promise<string> {
  const page = await office({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } })
  await page.goto(`${site}/eng/office/ledger/notarise`)
  await page.fill('#title', 'Lamp')
  await page.setInputFiles('#file', document)
  await page.click('main form button')
  const link = page.getByRole('link', { name: 'Take the certificate away', exact: true })
  await link.waitFor()
  const [file] = await Promise.all([page.waitForEvent('download'), link.click()])
  assert.match(file.suggestedFilename(), /^harbour-\d+\.html$/)
  const text = await file.createReadStream().then((stream) => stream.toArray())
  await page.goto(`${site}/eng/office/ledger/notarise`)
  assert.match((await page.textContent('main table')) ?? '', /Lamp/)
  return Buffer.concat(text).toString()
}
const certificate = await aCertificate()

test('the pages of an officer have no barriers and fit a phone, in every language, with mistakes as well', async () => {
  const page = await office({ viewport: { width: 320, height: 640 } })
  const look = async (name: string) => {
    assert.deepEqual(await barriers(page, { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] }), [])
    assert.ok((await page.evaluate(() => globalThis.document.documentElement.scrollWidth)) <= 321, name)
  }
  for (const language of ['eng', 'han', 'jian']) {
    await page.goto(`${site}/${language}/office/ledger/notarise`)
    await look(language)
    await page.click('main form button')
    await page.waitForSelector('.error-summary')
    assert.equal(await page.locator('.error-summary li').count(), 2)
    await look(`${language} with mistakes`)
    await page.goto(`${site}/${language}/office/ledger/notarise`)
    await page.click('main table a')
    await page.waitForSelector('main a[href$="/certificate"]')
    await look(`${language} one`)
    await page.click('main a[href$="/erase"]')
    await page.waitForSelector('.button--harm')
    await look(`${language} erase`)
  }
})

test('in a demonstration a made-up officer signs in and finds the way from the page of logs', async () => {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
  await page.goto(`${site}/eng/sign-in?next=%2Fledger`)
  await page.click('button[value="lena-seal"]')
  await page.click('main a[href$="/office/ledger/notarise"]')
  assert.match(await page.innerText('main'), /You act for Tide Station\./)
})

/** Opens a certificate from a file, where every request but that for the file is refused and noted. */
async function opened(html: string, options: BrowserContextOptions = {}) {
  const path = join(folder, 'certificate.html')
  await writeFile(path, html)
  const context = await browser.newContext({ offline: true, ...options })
  const asked: string[] = []
  const errors: string[] = []
  await context.route(/^(?!file:)/, (route) => {
    asked.push(route.request().url())
    return route.abort()
  })
  const page = await context.newPage()
  page.on('pageerror', ({ message }) => errors.push(message))
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  await page.goto(pathToFileURL(path).href)
  const check = async (file: typeof document, language = 'en') => {
    await page.check(`#in-${language}`)
    await page.setInputFiles(`#document-${language}`, file)
    await page.click(`#says-${language} form button`)
    await page.waitForSelector(`#answer-${language} .verdict`)
    return (await page.innerText(`#answer-${language}`)).replace(/\s+/g, ' ')
  }
  return { page, check, asked, errors }
}

test('a certificate says of the document that it is the one, of another that it is not, in every language and offline', async () => {
  const { check, asked, errors } = await opened(certificate)
  assert.match(
    await check(document),
    /^Proved: this document is the one that entry \d+ of Harbour log .*Entered by Tide Station/,
  )
  assert.match(await check(another), /^This is another document\./)
  assert.match(await check(document, 'zh-Hant'), /^已證明：這份文件正是港口日誌條目/)
  assert.match(await check(another, 'zh-Hant'), /^文件不符/)
  assert.match(await check(document, 'zh-Hans'), /^已证明/)
  assert.deepEqual([asked, errors], [[], []])
})

test('a certificate says when its entry was stamped and by whom, and hands out offline what openssl checks that by', async () => {
  const { page, asked, errors } = await opened(certificate)
  assert.match(
    await page.innerText('#says-en'),
    /Time stamp\s+\d+ \w+ \d{4}, \d\d:\d\d, by Government of Testland Time Stamps/,
  )
  const names: string[] = []
  for (const link of await page.locator('#says-en a[download]').all()) {
    const [file] = await Promise.all([page.waitForEvent('download'), link.click()])
    await file.saveAs(join(folder, file.suggestedFilename()))
    names.push(file.suggestedFilename())
  }
  const [reply, entry, authority] = names as [string, string, string]
  const args = ['ts', '-verify', '-in', reply, '-data', entry, '-CAfile', authority]
  const judged = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' })
  if (!judged.error) assert.match(judged.stdout, /Verification: OK/, judged.stderr)
  assert.deepEqual([asked, errors], [[], []])
})

type Carried = Record<'token' | 'entry' | 'root', string | null>

/** What a certificate says of its time stamp when it opens, after `change` did something to what it carries. */
async function stampOf(change: (stamp: Carried) => Partial<Carried>, language = 'en') {
  const changed = certificate.replaceAll(/data-stamp="([^"]*)"/g, (_, json: string) => {
    const stamp = JSON.parse(json.replaceAll('&quot;', '"').replaceAll('&amp;', '&'))
    return `data-stamp="${JSON.stringify({ ...stamp, ...change(stamp) })
      .replaceAll('&', '&amp;')
      .replaceAll('"', '&quot;')}"`
  })
  const { page, asked, errors } = await opened(changed)
  await page.check(`#in-${language}`)
  const says = (await page.innerText(`#says-${language} [data-stamp]`)).trim()
  assert.deepEqual([asked, errors], [[], []])
  return says
}
const flipped = (base64: string, at: number) => {
  const bytes = Buffer.from(base64, 'base64')
  bytes[at < 0 ? bytes.length + at : at]! ^= 1
  return bytes.toString('base64')
}

test('a certificate checks its time stamp where it is opened, by what it is over, who signed it and who vouches for them', async () => {
  assert.match(
    await stampOf(() => ({})),
    /^Checked here: this entry was there by \d+ \w+ \d{4}, \d\d:\d\d\. Government of Testland Time Stamps says so/,
  )
  assert.match(await stampOf(() => ({}), 'zh-Hant'), /^已在此查核：條目在 \d{4} 年.*由試驗國政府時間戳記機構證明/)
  const fails = /^The time stamp in this file is not one over its entry, or was changed/
  assert.match(await stampOf((stamp) => ({ entry: flipped(stamp.entry!, 20) })), fails, 'another entry')
  assert.match(await stampOf((stamp) => ({ token: flipped(stamp.token!, -5) })), fails, 'another signature')
  // The time in it, which is what was signed.
  const later = (token: string) => {
    const bytes = Buffer.from(token, 'base64')
    bytes[/\d{14}Z/.exec(bytes.toString('latin1'))!.index + 3]! ^= 1
    return bytes.toString('base64')
  }
  assert.match(await stampOf((stamp) => ({ token: later(stamp.token!) })), fails, 'another time')
  const unknown =
    /^Checked here: the time stamp holds, of .* by Government of Testland Time Stamps\. Whether that authority/
  assert.match(await stampOf(() => ({ root: null })), unknown, 'nobody vouches')
  const other = await start()
  const { certificates } = (await other.app.inject('/signing/ca.json')).json()
  const strangers = await Promise.all(
    certificates.map(async ({ id }: { id: string }) => (await other.app.inject(`/signing/ca/${id}.pem`)).body),
  )
  for (const pem of strangers)
    assert.match(await stampOf(() => ({ root: Buffer.from(pem).toString('base64') })), unknown)
})

test('a time stamp that was made by RSA is not judged in a certificate, and not called wrong', async (t) => {
  const run = (...args: string[]) => spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' })
  if (run('version').error) return t.skip('openssl is not installed')
  const at = join(folder, 'tsa.cnf')
  await writeFile(
    at,
    `[req]\ndistinguished_name=d\nx509_extensions=e\nprompt=no\n[d]\nCN=RSA Time\n[e]\nextendedKeyUsage=critical,timeStamping
[tsa]\ndefault_tsa=t\n[t]\nserial=${join(folder, 'serial')}\nsigner_digest=sha256\ndigests=sha256\ndefault_policy=1.2.3\n`,
  )
  run('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'rsa.key', '-out', 'rsa.pem', '-config', at)
  const [, json] = /data-stamp="([^"]*)"/.exec(certificate)!
  const { entry } = JSON.parse(json!.replaceAll('&quot;', '"').replaceAll('&amp;', '&'))
  await writeFile(join(folder, 'rsa.entry'), Buffer.from(entry, 'base64'))
  run('ts', '-query', '-data', 'rsa.entry', '-sha256', '-cert', '-out', 'rsa.tsq', '-config', at)
  const made = ['-signer', 'rsa.pem', '-inkey', 'rsa.key', '-out', 'rsa.token', '-token_out', '-config', at]
  const reply = run('ts', '-reply', '-queryfile', 'rsa.tsq', ...made)
  const token = await readFile(join(folder, 'rsa.token')).catch(() => assert.fail(reply.stderr))
  assert.equal(judgeTimestamp(token, Buffer.from(entry, 'base64'), []).outcome, 'unknown', 'the server can tell')
  assert.match(
    await stampOf(() => ({ token: token.toString('base64') })),
    /^The time stamp is signed in a way that is not checked here/,
  )
})

test('a certificate whose proof or keys were changed proves nothing', async () => {
  const size = /\/harbour\n(\d+)\n/.exec(certificate)![1]!
  const key = /log localhost:8080\/ledger\/logs\/harbour\+[0-9a-f]{8}\+[\w+/=]+/
  const changed: [string, string, RegExp][] = [
    [
      'another size',
      certificate.replace(`/harbour\n${size}\n`, `/harbour\n${Number(size) + 1}\n`),
      /^Not proved: the signature/,
    ],
    ['another place', certificate.replace(/\nindex \d+\n/, '\nindex 7\n'), /^Not proved: the proof in this file/],
    ['no proof', certificate.replace('c2sp.org/tlog-proof@v1', 'nothing'), /is none any more/],
    ['a key that is none', certificate.replaceAll(new RegExp(key, 'g'), 'log x'), /^The policy below cannot be read/],
  ]
  for (const [name, html, says] of changed) {
    assert.notEqual(html, certificate, name)
    assert.match(await (await opened(html)).check(document), says, name)
  }
})

test('a certificate lets no other script run, and asks nobody for anything', async () => {
  const html = certificate.replace(
    '</main>',
    '<script>globalThis.ran = true</script><img src="http://127.0.0.1:9/a"></main>',
  )
  const { page, asked } = await opened(html)
  assert.equal(await page.evaluate(() => 'ran' in globalThis), false)
  assert.deepEqual(asked, [])
  assert.doesNotMatch(certificate, /<(link|img|iframe)\b|<script[^>]+src|@import|url\(/)
})

test('a document can be dropped on a certificate, which has no barriers on a phone in either theme', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const { page } = await opened(certificate, { viewport: { width: 320, height: 640 }, colorScheme })
    await page.evaluate((text) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([text], 'lamp.txt'))
      globalThis.document.body.dispatchEvent(
        new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }),
      )
    }, document.buffer.toString())
    await page.waitForSelector('#answer-en .verdict')
    assert.match(await page.innerText('#answer-en h2'), /^Proved: this document/)
    assert.ok((await page.evaluate(() => globalThis.document.documentElement.scrollWidth)) <= 321)
    assert.deepEqual(await barriers(page, { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] }), [])
  }
})

test('without JavaScript a certificate says so, and shows its proof and keys', async () => {
  const { page } = await opened(certificate, { javaScriptEnabled: false })
  assert.match(await page.innerText('#says-en'), /JavaScript, which is off here/)
  assert.equal(await page.innerText('details summary'), 'The proof and the keys as text (C2SP tlog-proof, tlog-policy)')
  await page.check('#in-zh-Hans')
  assert.equal(await page.innerText('details summary'), '证明及密钥原文（C2SP tlog-proof、tlog-policy）')
  await page.click('details summary')
  assert.match(await page.innerText('#proof'), /^c2sp\.org\/tlog-proof@v1\n/)
})
