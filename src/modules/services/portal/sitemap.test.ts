// What programs that read the web are told: every public page in every language, and what to leave alone.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { filesOf, indexOf, robotsOf, sitemapOf } from './sitemap.rules.ts'

const address = 'https://praya.example'
const { app, installation } = await start({ publicUrl: address })
const site = { site: installation.pack.government, address }
const locations = (xml: string) => [...xml.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, each]) => each!)

test('the sitemap has every public page of services in each language, and each of them answers', async () => {
  const { body, headers } = await app.inject({ url: '/sitemap.xml' })
  assert.match(String(headers['content-type']), /^application\/xml/)
  const all = locations(body)
  for (const prefix of ['eng', 'han', 'jian'])
    assert.ok(all.includes(`${address}/${prefix}/services/tide-grant`), prefix)
  assert.equal(new Set(all).size, all.length)
  for (const each of all.filter((_, at) => at % 3 === 0)) {
    const { statusCode } = await app.inject({ url: each.slice(address.length), headers: { accept: 'text/html' } })
    assert.equal(statusCode, 200, each)
  }
  // As many links to other languages for each page as the head of that page has, and to the same addresses.
  const page = await app.inject({ url: '/han/services/tide-grant', headers: { accept: 'text/html' } })
  const entry = body.split('\n').find((line) => line.includes('/han/services/tide-grant</loc>'))!
  const links = (text: string) => [...text.matchAll(/hreflang="([^"]+)" href="([^"]+)"/g)].map(([, to, at]) => [to, at])
  assert.deepEqual(links(entry), links(page.body.slice(0, page.body.indexOf('</head>'))))
  assert.match(entry, /<lastmod>\d{4}-\d\d-\d\d<\/lastmod>/)
  assert.match(page.body, /<link rel="canonical" href="https:\/\/praya\.example\/han\/services\/tide-grant"/)
})

test('a site without an address of its own says no other in its pages', async () => {
  const { app: bare } = await start()
  const { body } = await bare.inject({ url: '/eng/services', headers: { accept: 'text/html' } })
  assert.match(body, /hreflang="zh-Hant" href="\/han\/services"/)
  assert.doesNotMatch(body, /rel="canonical"/)
})

test('very many pages are divided into files that hold each page once, and what stands in them is escaped', () => {
  const pages = Array.from({ length: 10 }, (_, at) => ({ path: `/services/s${at}?a=1&b='<x>` }))
  const files = filesOf(site.site, pages.length, 9)
  assert.equal(files, 4)
  const all = Array.from({ length: files }, (_, at) => sitemapOf(site, pages, at + 1, 9))
  const found = all.flatMap(locations)
  assert.deepEqual([found.length, new Set(found).size], [30, 30])
  for (const each of all) {
    assert.ok(locations(each).length <= 9)
    assert.doesNotMatch(
      each.replaceAll(/<\/?(urlset|url|loc|xhtml:link|\?xml)[^<>]*>/g, ''),
      /[<>]|&(?!amp;|lt;|gt;|apos;)/,
    )
  }
  assert.equal(locations(indexOf(address, files)).at(-1), `${address}/sitemap.xml?file=4`)
})

test('a demonstration is left alone; elsewhere only what is of one person or of officers', async () => {
  const { body } = await app.inject({ url: '/robots.txt' })
  assert.equal(body, robotsOf(site, installation.demonstration))
  assert.equal(robotsOf(site, true), 'User-agent: *\nDisallow: /\n')
  const open = robotsOf(site, false)
  for (const path of ['/account', '/han/office', '/eng/services/*/apply'])
    assert.match(open, new RegExp(`^Disallow: ${path.replace('*', '\\*')}$`, 'm'))
  assert.doesNotMatch(open, /^Disallow: (\/|\/services)$/m)
  assert.match(open, /^Sitemap: https:\/\/praya\.example\/sitemap\.xml$/m)
  assert.equal((await app.inject({ url: '/sitemap.xml?file=99' })).statusCode, 404)
})
