// No page leads nowhere. Read without a browser: what a link is, the page says itself.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { modules } from '../../src/modules.ts'
import { addressesOf } from './addresses.ts'

for (const pack of ['hongkong', 'testland'])
  test(`${pack}: every link and form of every page leads to an address that answers, and to a part that is there`, async (context) => {
    const started = await start({ pack })
    const { app } = started
    const signedIn = await started.as(...modules.flatMap((module) => Object.keys(module.permissions ?? {})))
    const headers = { accept: 'text/html', ...signedIn }
    const [prefix] = started.installation.pack.government.languages

    const read = new Map<string, Promise<{ status: number; html: string }>>()
    /** What a GET of an address of this site answers; each is asked once. */
    const answerOf = (url: string) => {
      const asked =
        read.get(url) ?? app.inject({ url, headers }).then(({ statusCode: status, body: html }) => ({ status, html }))
      read.set(url, asked)
      return asked
    }

    const wrong = new Set<string>()
    for (const { path, route } of await addressesOf(started, signedIn)) {
      if (route === 'none') continue
      const page = `/${prefix!.address}${path}`
      for (const link of linksIn((await answerOf(page)).html)) {
        const { origin, pathname, search, hash } = new URL(link, `http://here${page}`)
        if (origin !== 'http://here') continue
        const { status, html } = await answerOf(pathname + search)
        if (status >= 400) wrong.add(`${page} leads to ${link}, which answers ${status}`)
        else if (hash && !html.includes(` id="${decodeURIComponent(hash.slice(1))}"`))
          wrong.add(`${page} leads to ${link}, which is not there`)
      }
    }
    context.diagnostic(`${read.size} addresses`)
    assert.deepEqual([...wrong], [])
  })

/** What a person may follow, and where forms that ask lead. */
const linksIn = (html: string) =>
  [...html.matchAll(/<a\b[^>]*? href="([^"]*)"|<form\b(?![^>]* method="post")[^>]*? action="([^"]*)"/g)].map(
    ([, href, action]) => (href ?? action)!.replaceAll('&amp;', '&'),
  )
