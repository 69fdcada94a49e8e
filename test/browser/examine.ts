// What is wrong with a page, as a person would meet it: on a phone, by keyboard, with a screen reader, in the dark.
import axe, { type RunOnly } from 'axe-core'
import type { Page } from 'playwright-core'

const phone = { width: 320, height: 640 }
const desktop = { width: 1280, height: 900 }
const rules: RunOnly = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }
const contrast: RunOnly = { type: 'rule', values: ['color-contrast'] }
/** Colours, and where the keyboard stops, are the same in every language. */
const once = 'en'

/** What a page told a reader that something is wrong with it. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`script: ${error.message}`))
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText
    // What the page before was still asking for when this one was opened, as one does that follows a log.
    if (why !== 'net::ERR_ABORTED') complaints.push(`request: ${request.url()} ${why}`)
  })
  return complaints
}

/** Opens `url` as a person with JavaScript sees it, and returns everything that is wrong. */
export async function examine(
  page: Page,
  url: string,
  language: string,
  status: number,
): Promise<{ wrong: string[]; text: string }> {
  const wrong: string[] = []
  const complaints = complaintsOf(page)
  await page.setViewportSize(phone)
  const response = await open(page, url)
  await page.evaluate(() => document.fonts.ready)
  // What was being made when the list was written may be there now.
  const answered = response?.status() ?? 0
  if (answered !== status && !(answered < 300 && status < 300)) wrong.push(`answers ${answered}`)
  const found = await page.evaluate(() => ({
    lang: document.documentElement.lang,
    title: document.title,
    headings: document.querySelectorAll('h1').length,
    width: document.documentElement.scrollWidth,
  }))
  const text = await textOf(page)
  if (found.lang !== language) wrong.push(`lang is ${found.lang}`)
  if (!found.title.trim()) wrong.push('there is no title')
  if (found.headings !== 1) wrong.push(`there are ${found.headings} h1`)
  // A pixel more is the rounding of a column's share, and moves nothing.
  if (found.width > phone.width + 1)
    wrong.push(`it is ${found.width} px wide on a phone of ${phone.width}: ${await widest(page)}`)
  if (language === once) wrong.push(...(await keyboard(page)))
  await page.setViewportSize(desktop)
  const wide = await page.evaluate(() => document.documentElement.scrollWidth)
  if (wide > desktop.width + 1)
    wrong.push(`it is ${wide} px wide on a screen of ${desktop.width}: ${await widest(page)}`)
  wrong.push(...(await barriers(page, rules, language === once)))
  if (language === once) {
    await page.emulateMedia({ colorScheme: 'dark' })
    wrong.push(...(await barriers(page, contrast)).map((each) => `in the dark: ${each}`))
    await page.emulateMedia({ colorScheme: 'light' })
  }
  page.removeAllListeners()
  // The browser says so of every answer that is an error; this one is meant to be.
  wrong.push(...complaints.filter((each) => status < 400 || !each.includes(`status of ${status}`)))
  return { wrong, text }
}

/**
 * The words of the content, without those that only a browser without JavaScript shows: as the page stands after its
 * scripts, or of the `html` that the server sent, where none runs.
 */
export const textOf = (page: Page, html?: string): Promise<string> =>
  page.evaluate((sent) => {
    const whole = sent === undefined ? document : new DOMParser().parseFromString(sent, 'text/html')
    const content = whole.querySelector('main')?.cloneNode(true) as HTMLElement | undefined
    for (const each of content?.querySelectorAll('noscript') ?? []) each.remove()
    return content?.textContent ?? ''
  }, html)

/** A machine under load aborts a navigation now and then; the second time it is ours. */
function open(page: Page, url: string) {
  const go = () => page.goto(url, { waitUntil: 'load' })
  return go().catch((error: Error) => {
    if (error.message.includes('ERR_ABORTED')) return go()
    throw error
  })
}

/** Which elements stick out. */
const widest = (page: Page) =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth
    const names = [...document.querySelectorAll('body *')]
      .filter((each) => each.getBoundingClientRect().right > width + 1)
      .map((each) => `${each.tagName.toLowerCase()}.${each.className}`)
    return names.slice(0, 4).join(' ')
  })

export async function barriers(page: Page, runOnly: RunOnly = rules, coloured = true): Promise<string[]> {
  await page.evaluate(axe.source)
  const options = {
    runOnly,
    resultTypes: ['violations' as const],
    rules: coloured ? {} : { 'color-contrast': { enabled: false } },
  }
  const found = await page.evaluate(async (options) => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') }
    return (await axe.run(document, options)).violations
  }, options)
  return found.map(
    ({ id, nodes }) =>
      `axe: ${id} at ${nodes
        .slice(0, 3)
        .map(({ target }) => target.join(' '))
        .join(', ')} (${nodes[0]?.failureSummary?.split('\n')[1]?.trim()})`,
  )
}

/** The first stop is the way to the content; it leads there; every stop can be seen. */
async function keyboard(page: Page): Promise<string[]> {
  const wrong: string[] = []
  const stop = () =>
    page.evaluate(() => {
      const element = document.activeElement as HTMLElement
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
      const box = element.getBoundingClientRect()
      return {
        name: `${element.tagName.toLowerCase()}.${element.className} “${element.textContent?.trim().slice(0, 20)}”`,
        skips: element.getAttribute('href') === '#main',
        ringed: (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) || boxShadow !== 'none',
        shown: box.width > 1 && box.height > 1 && box.bottom > 0 && box.right > 0,
      }
    })
  for (let each = 0; each < 6; each++) {
    await page.keyboard.press('Tab')
    const { name, skips, ringed, shown } = await stop()
    if (each === 0 && !skips) wrong.push(`the first stop of the keyboard is ${name}`)
    if (!ringed) wrong.push(`focus does not show on ${name}`)
    if (!shown) wrong.push(`focus is on ${name}, which is not there to see`)
  }
  await page.locator('a[href="#main"]').first().press('Enter')
  if ((await page.evaluate(() => document.activeElement?.id)) !== 'main')
    wrong.push('the skip link does not lead to the content')
  return wrong
}
