/** What a page asks of this site while it is printed. */
export type Answer = { status: number; headers: Record<string, string>; body: Buffer }

const timeoutMs = 60_000
const origin = 'http://praya.internal'

/**
 * A page of this site as a tagged PDF with bookmarks. Every request of the browser is answered by `answer` and none leaves
 * the process, so that it works before the program listens, behind any proxy, and reaches nothing else.
 */
export async function printPage(path: string, footer: string, answer: (path: string) => Promise<Answer>): Promise<Buffer> {
  // Loaded only here: a program that prints nothing should not hold them in memory.
  const [{ default: chromium }, { chromium: playwright }] = await Promise.all([import('@sparticuz/chromium'), import('playwright-core')])
  // One process for each tab, as one process for all of them dies with its first tab.
  const args = chromium.args.filter((arg) => arg !== '--single-process' && arg !== '--no-zygote')
  const browser = await playwright.launch({ executablePath: await chromium.executablePath(), args, timeout: timeoutMs })
  try {
    const page = await browser.newPage({ colorScheme: 'light', javaScriptEnabled: false })
    page.setDefaultTimeout(timeoutMs)
    await page.route('**/*', async (route) => {
      const url = new URL(route.request().url())
      if (url.origin !== origin) return route.abort()
      return route.fulfill(await answer(url.pathname + url.search))
    })
    const response = await page.goto(origin + path, { waitUntil: 'networkidle' })
    if (response?.status() !== 200) throw new Error(`The page to print answered ${response?.status()}`)
    await page.emulateMedia({ media: 'print', colorScheme: 'light' })
    return await page.pdf({
      format: 'A4',
      tagged: true,
      outline: true,
      printBackground: true,
      displayHeaderFooter: true,
      headerTemplate: '<span></span>',
      footerTemplate: `<div style="width:100%;padding:0 18mm;font:7pt sans-serif;color:#4a5a66;text-align:right">${footer} <span class="pageNumber"></span> / <span class="totalPages"></span></div>`,
      margin: { top: '20mm', right: '18mm', bottom: '22mm', left: '18mm' },
    })
  } finally {
    await browser.close()
  }
}
