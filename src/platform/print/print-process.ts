// Prints one page and ends. Started by printer.ts, and told by messages alone.
import { rmSync } from 'node:fs'
import type { Browser, Route } from 'playwright-core'
import { launchChromium } from './chromium.ts'
import type { Answer, Attachment, FromPrinter, ToPrinter } from './printer.ts'

const timeoutMs = 60_000
const internal = 'http://praya.internal'
// As it was at first: now and then Chromium itself dies at its start with a TMPDIR, and needs none for its profile.
const environment = { ...process.env }
const waiting = new Map<number, (answer: Answer | null) => void>()
let asked = 0
let browser: Browser | undefined
let isAlone = false

const tell = (message: FromPrinter) => new Promise<void>((done) => process.send?.(message, () => done()))

// The program that asked is gone, or has what it wanted: without the browser nothing keeps this process.
// Whatever it waits for is answered, so that printing fails and the browser is closed.
process.on('disconnect', () => {
  isAlone = true
  for (const answer of waiting.values()) answer(null)
  void browser?.close()
})
process.on('message', (message: ToPrinter) => {
  if (message.kind === 'answer') {
    waiting.get(message.to)?.(message.answer)
    waiting.delete(message.to)
    return
  }
  // Here stand the browser's profile and what it makes. It goes with this process; after a kill, the program takes it away.
  process.env.TMPDIR = message.folder
  process.on('exit', () => rmSync(message.folder, { recursive: true, force: true, maxRetries: 5 }))
  void print(message)
    .then(
      (pdf) => tell({ kind: 'done', pdf }),
      (error: Error) => tell({ kind: 'failed', why: error.stack ?? error.message }),
    )
    .then(() => process.connected && process.disconnect())
})

function ask(path: string): Promise<Answer | null> {
  if (isAlone) return Promise.resolve(null)
  const id = ++asked
  return new Promise((resolve) => {
    waiting.set(id, resolve)
    void tell({ kind: 'ask', id, path })
  })
}

async function print({ path, footer, site, attachments = [] }: Extract<ToPrinter, { kind: 'print' }>) {
  const { origin } = new URL(site ?? internal)
  browser = await launchChromium({ timeout: timeoutMs, environment })
  try {
    if (isAlone) throw new Error('Nobody waits for this page')
    const page = await browser.newPage({ colorScheme: 'light', javaScriptEnabled: false })
    page.setDefaultTimeout(timeoutMs)
    await page.route('**/*', (route) => answerFromParent(route, origin))
    const response = await page.goto(origin + path, { waitUntil: 'networkidle' })
    if (response?.status() !== 200) throw new Error(`The page to print answered ${response?.status()}`)
    if (!site)
      await page.locator('a[href]:not([href^="#"])').evaluateAll((links, own) => {
        for (const link of links as unknown as { origin: string; removeAttribute(name: string): void }[])
          if (link.origin === own) link.removeAttribute('href')
      }, origin)
    await page.emulateMedia({ media: 'print', colorScheme: 'light' })
    const pdf = await page.pdf({
      format: 'A4',
      tagged: true,
      outline: true,
      printBackground: true,
      displayHeaderFooter: true,
      headerTemplate: '<span></span>',
      footerTemplate: `<div style="width:100%;padding:0 18mm;font:7pt sans-serif;color:#4a5a66;text-align:right">${footer} <span class="pageNumber"></span> / <span class="totalPages"></span></div>`,
      margin: { top: '20mm', right: '18mm', bottom: '22mm', left: '18mm' },
    })
    return attachments.length > 0 ? await attach(pdf, attachments) : pdf
  } finally {
    await browser.close()
  }
}

async function attach(pdf: Uint8Array, attachments: readonly Attachment[]): Promise<Uint8Array> {
  // 20 MB that most pages need not.
  const { PDF } = await import('@libpdf/core')
  const file = await PDF.load(pdf)
  for (const { name, type, about, bytes } of attachments)
    file.addAttachment(name, bytes, { mimeType: type, description: about })
  return file.save()
}

async function answerFromParent(route: Route, origin: string): Promise<void> {
  const url = new URL(route.request().url())
  const answer = url.origin === origin ? await ask(url.pathname + url.search) : null
  return answer ? route.fulfill({ ...answer, body: Buffer.from(answer.body) }) : route.abort()
}
