import { after } from 'node:test'
import type { Browser } from 'playwright-core'
import { launchChromium } from '../../src/modules/estimates/print/chromium.ts'

/** Chromium from npm, closed with the test file. */
export async function aBrowser(): Promise<Browser> {
  const browser = await launchChromium()
  after(() => browser.close())
  return browser
}
