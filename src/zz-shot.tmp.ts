import { mkdirSync } from 'node:fs'
import chromium from '@sparticuz/chromium'
import { chromium as playwright } from 'playwright-core'
const [port = '8471', out = '/tmp/pub/shots', ...specs] = process.argv.slice(2)
mkdirSync(out, { recursive: true })
const browser = await playwright.launch({ executablePath: await chromium.executablePath(), args: chromium.args.filter((a) => a !== '--single-process' && a !== '--no-zygote'), headless: true })
for (const spec of specs) {
  // path|width|scheme|name|clipHeight|clipY
  const [path = '/', width = '1440', scheme = 'light', name = 'x', height = '', y = '0', click = ''] = spec.split('|')
  const page = await browser.newPage({ viewport: { width: Number(width), height: 1000 }, colorScheme: scheme as 'light', deviceScaleFactor: 1 })
  if (process.env.COOKIE) await page.context().addCookies([{ name: 'praya_session', value: process.env.COOKIE, domain: '127.0.0.1', path: '/' }])
  await page.goto(`http://127.0.0.1:${port}${path}`, { waitUntil: 'networkidle' })
  if (click) { await page.locator(click).first().click(); await page.waitForTimeout(200) }
  const total = await page.evaluate(() => document.documentElement.scrollHeight)
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  console.log(name, total, 'overflow', overflow)
  if (process.env.PRINT) await page.emulateMedia({ media: 'print' })
  if (height) await page.screenshot({ path: `${out}/${name}.png`, clip: { x: 0, y: Number(y), width: Number(width), height: Math.min(Number(height), total - Number(y)) }, fullPage: true })
  else await page.screenshot({ path: `${out}/${name}.png` })
  await page.close()
}
await browser.close()
