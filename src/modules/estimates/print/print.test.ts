import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { start } from '#test'

const { app, sql } = await start()
const at = '/estimates/2030-31/7'
const html = { accept: 'text/html' }

/** Asks until the PDF is made. */
async function madePdf(path: string, of = app) {
  for (let tries = 0; tries < 120; tries++) {
    const response = await of.inject({ url: path })
    if (response.statusCode !== 202) return response
    await wait(500)
  }
  throw new Error('The PDF was not made in a minute')
}

test('a person who asks for the PDF is led to its progress at once, in words, and the page looks again by itself', async () => {
  const first = await app.inject({ url: `/eng${at}/head.pdf`, headers: html })
  assert.equal(first.statusCode, 303)
  assert.equal(first.headers.location, `/eng${at}/print`)
  const progress = await app.inject({ url: `/eng${at}/print`, headers: html })
  assert.equal(progress.statusCode, 202)
  assert.equal(progress.headers.refresh, '2')
  assert.match(progress.body, /The PDF is being made/)
})

test('the PDF is tagged, has bookmarks and a language, and holds its fonts', async () => {
  const pdf = await madePdf(`/eng${at}/head.pdf`)
  assert.equal(pdf.statusCode, 200)
  assert.equal(pdf.headers['content-type'], 'application/pdf')
  const bytes = pdf.rawPayload.toString('latin1')
  assert.match(bytes, /^%PDF-/)
  for (const part of ['/StructTreeRoot', '/MarkInfo', '/Outlines', '/Lang (en)'])
    assert.ok(bytes.includes(part), `${part} is missing`)
  assert.match(bytes, /\/FontName\s*\/[A-Z]+\+NotoSansHK/)
})

test('a PDF is made once: asking again, in any number, makes no other', async () => {
  const answers = await Promise.all([1, 2, 3].map(() => madePdf(`/eng${at}/head.pdf`)))
  assert.equal(new Set(answers.map(({ rawPayload }) => rawPayload.toString('base64'))).size, 1)
  const [row] = await sql<[{ count: number }]>`select count(*)::int as count from estimates.print`
  assert.equal(row.count, 1)
  const ready = await app.inject({ url: `/eng${at}/print`, headers: html })
  assert.equal(ready.statusCode, 200)
  assert.match(ready.body, /The PDF is ready/)
})

test('a Chinese PDF holds the Chinese glyphs of its names', async () => {
  const pdf = await madePdf(`/han${at}/head.pdf`)
  const bytes = pdf.rawPayload.toString('latin1')
  assert.ok(bytes.includes('/Lang (zh-Hant)'))
  const title = [...'計算院'].map((sign) => sign.codePointAt(0)!.toString(16).toUpperCase()).join('')
  assert.ok(bytes.includes(title), 'the title of the Head is not among the bookmarks')
})

test('a link in a PDF leads to where people reach the installation, and is no link if nobody said where that is', async () => {
  const hostsOf = async (of: typeof app) => {
    const { rawPayload } = await madePdf(`/eng${at}/head.pdf`, of)
    const links = [...rawPayload.toString('latin1').matchAll(/\/URI\s*\((\w+:\/\/[^/)]*)/g)].map(([, host]) => host)
    return links.filter((host) => host!.includes('praya'))
  }
  const unsaid = await hostsOf(app)
  assert.deepEqual(unsaid, [])
  const { app: told } = await start({ publicUrl: 'https://praya.example/' })
  const said = await hostsOf(told)
  assert.ok(said.length > 5)
  assert.deepEqual([...new Set(said)], ['https://praya.example'])
})
