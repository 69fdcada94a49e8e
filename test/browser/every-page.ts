// Every page of a government, in every language, in a real browser.
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { start } from '#test'
import { modules } from '../../src/modules.ts'
import { type Address, addressesOf } from './addresses.ts'
import { aBrowser } from './browser.ts'
import { examine, textOf } from './examine.ts'

const squeezed = (text: string) => text.replace(/\s+/g, ' ').trim()

type Spoken = { language: string; address: string }

/** One of so many equal parts of the pages. */
type Share = { at: number; of: number }

/** The pages of the government of `pack`, its languages, and what is wrong with all its pages, or a share of them, in one language. */
export async function everyPage(pack: string) {
  const browser = await aBrowser()
  const { site, addresses, languages, aContext } = await anInstallation(pack, browser)
  async function examineIn({ language, address: prefix }: Spoken, share: Share = { at: 0, of: 1 }): Promise<string[]> {
    const wrong: string[] = []
    const chosen = addresses.filter((_, at) => at % share.of === share.at)
    for (const signedIn of [false, true]) {
      const waiting = chosen.filter((each) => each.signedIn === signedIn)
      const context = await aContext(signedIn)
      // Two pages at a time: the browser draws one while the other is examined.
      const lane = async () => {
        const page = await context.newPage()
        for (let each = waiting.shift(); each; each = waiting.shift())
          wrong.push(...(await compare(page, each, `${site}/${prefix}${each.path}`, language)))
      }
      await Promise.all([lane(), lane()])
      await context.close()
    }
    return wrong
  }
  return { languages, pages: addresses.length, examineIn }
}

/** A government that listens, with the addresses of its pages. */
async function anInstallation(pack: string, browser: Browser) {
  const started = await start({ pack })
  const { app, installation, as } = started
  await app.listen({ port: 0, host: '127.0.0.1' })
  const site = `http://127.0.0.1:${(app.server.address() as { port: number }).port}`
  const headers = await as(...modules.flatMap((module) => Object.keys(module.permissions ?? {})))
  const [name, value] = headers.cookie.split('=') as [string, string]
  const aContext = async (signedIn: boolean): Promise<BrowserContext> => {
    const context = await browser.newContext({ reducedMotion: 'reduce' })
    if (signedIn) await context.addCookies([{ name, value, url: site }])
    // This page asks again by itself, which would take it away while it is examined.
    await context.route(/\/print$/, async (route) => {
      const response = await route.fetch()
      const { refresh: _, ...headers } = response.headers()
      await route.fulfill({ response, headers })
    })
    return context
  }
  const { languages } = installation.pack.government
  return { site, languages, addresses: await addressesOf(started, headers), aContext }
}

async function compare(
  page: Page,
  { status: wanted, path }: Address,
  url: string,
  language: string,
): Promise<string[]> {
  const { wrong, text } = await examine(page, url, language, wanted)
  const sent = await page.context().request.get(url, { headers: { accept: 'text/html' } })
  const plain = await textOf(page, await sent.text())
  // The number of the request is another each time; live figures may have moved on.
  const still = (each: string) => squeezed(each).replace(/[0-9a-f]{8}-[0-9a-f-]{27}|\d[\d:.,]*/g, '#')
  if (still(plain) !== still(text)) wrong.push('says something else without JavaScript')
  return wrong.map((each) => `${path}: ${each}`)
}
