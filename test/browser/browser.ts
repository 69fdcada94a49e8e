import { after } from 'node:test'
import type { Browser } from 'playwright-core'
import { launchChromium } from '../../src/platform/print/chromium.ts'

/** A machine that runs other tests beside may be slow, which is not what these tests are about. */
const patienceMs = 90_000

/** Chromium from npm, closed with the test file. */
export async function aBrowser(): Promise<Browser> {
  const browser = await launchChromium()
  const newContext = browser.newContext.bind(browser)
  browser.newContext = async (options) => {
    const context = await newContext(options)
    context.setDefaultTimeout(patienceMs)
    return context
  }
  after(() => browser.close())
  return browser
}
