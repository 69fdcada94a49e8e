// `npm run look`: every page on a phone and on a desktop, in every language, light and dark, as pictures in `.look/`.
// `npm run look -- testland account figures`: of another pack, and only pages whose address holds one of these words.
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { start } from '#test'
import { modules } from '../../src/modules.ts'
import { globalSetup, globalTeardown } from '../global-setup.ts'
import { root } from '../tidy/project.ts'
import { addressesOf } from './addresses.ts'
import { aBrowser } from './browser.ts'

const folder = join(root, '.look')
const forms = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } }

const [pack = 'hongkong', ...words] = process.argv.slice(2)
await globalSetup()
// After all tests: an application drops its database when its test ends.
after(globalTeardown)

test('every page is drawn', async (context) => {
  const started = await start({ pack })
  const { app, installation } = started
  await app.listen({ port: 0, host: '127.0.0.1' })
  const site = `http://127.0.0.1:${(app.server.address() as { port: number }).port}`
  const headers = await started.as(...modules.flatMap((module) => Object.keys(module.permissions ?? {})))
  const [name, value] = headers.cookie.split('=') as [string, string]
  const browser = await aBrowser()
  const addresses = (await addressesOf(started, headers)).filter(
    ({ path }) => words.length === 0 || words.some((word) => path.includes(word)),
  )
  await rm(folder, { recursive: true, force: true })
  for (const [form, viewport] of Object.entries(forms))
    for (const { address } of installation.pack.government.languages)
      for (const colorScheme of ['light', 'dark'] as const) {
        const into = join(folder, form, address, colorScheme)
        await mkdir(into, { recursive: true })
        for (const signedIn of [false, true]) {
          const drawn = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' })
          if (signedIn) await drawn.addCookies([{ name, value, url: site }])
          const page = await drawn.newPage()
          for (const each of addresses) {
            if (each.signedIn !== signedIn) continue
            await page.goto(`${site}/${address}${each.path}`, { waitUntil: 'load' })
            await page.evaluate(() => document.fonts.ready)
            const file = each.path.replace(/[^a-z0-9-]+/gi, '_').replace(/^_|_$/g, '') || 'home'
            await page.screenshot({ path: join(into, `${file}.png`), fullPage: true })
          }
          await drawn.close()
        }
        context.diagnostic(into)
      }
})
