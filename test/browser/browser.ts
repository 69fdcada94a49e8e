import { after } from 'node:test'
import type { Browser } from 'playwright-core'

/** Chromium from npm, closed with the test file. */
export async function aBrowser(): Promise<Browser> {
  const [{ default: chromium }, { chromium: playwright }] = await Promise.all([
    import('@sparticuz/chromium'),
    import('playwright-core'),
  ])
  // Made for a function in a cloud; here several pages are open at once.
  const args = chromium.args.filter((arg) => arg !== '--single-process' && arg !== '--no-zygote')
  const browser = await playwright.launch({ executablePath: await chromium.executablePath(), args })
  after(() => browser.close())
  return browser
}
