import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { brotliDecompressSync } from 'node:zlib'
import type { Routes } from '#platform'
import { start } from '#test'
import identity from '../../src/modules/identity/module.ts'
import { uploadBytesMax } from '../../src/platform/http.ts'
import { keepPages } from '../../src/platform/kept-pages.ts'
import { aModule, NotePage, probe, probeRoutes } from './probe.tsx'

const { app, as } = await start({ modules: [identity, probe] })
const html = { accept: 'text/html' }
const whoOf = (body: string) => /<p id="who">([^<]*)</.exec(body)?.[1]

test('a kept page is made once for everybody, and never holds or reaches a person', async () => {
  const kept = async (url: string, headers: object = {}) =>
    (await app.inject({ url, headers: { ...html, ...headers } })).body
  const person = await as()

  assert.notEqual(whoOf(await kept('/eng/probe/kept', person)), 'nobody', 'made for a person first')
  const first = await kept('/eng/probe/kept')
  assert.equal(whoOf(first), 'nobody', 'what was made for a person is not kept')
  assert.equal(await kept('/eng/probe/kept'), first, 'the second reader gets the first one’s page')

  const mine = await kept('/eng/probe/kept', person)
  assert.notEqual(whoOf(mine), 'nobody', 'a person gets a page of their own')
  assert.equal(await kept('/eng/probe/kept'), first)

  const forged = await kept('/eng/probe/kept', { cookie: 'praya_session=forged' })
  assert.equal(whoOf(forged), 'nobody')

  assert.notEqual(await kept('/han/probe/kept'), first, 'another language is another page')
  assert.notEqual(await kept('/eng/probe/kept?a=1'), first, 'another query is another page')
})

test('pages and style sheets go out compressed to who reads that, and plain to who does not or refuses it', async () => {
  const { body } = await app.inject({ url: '/eng/probe/kept', headers: html })
  const sheet = /href="(\/assets\/[^"]+\.css)"/.exec(body)![1]!
  for (const url of ['/eng/probe/kept', sheet]) {
    const plain = await app.inject({ url, headers: html })
    for (const [accepted, encoding] of [
      ['gzip, deflate, br, zstd', 'br'],
      ['br;q=0.5', 'br'],
      ['gzip, br;q=0', undefined],
      ['gzip', undefined],
      ['', undefined],
    ] as const) {
      const answer = await app.inject({ url, headers: { ...html, 'accept-encoding': accepted } })
      assert.equal(answer.headers['content-encoding'], encoding, `${url}: ${accepted}`)
      assert.match(`${answer.headers.vary}`, /accept-encoding/)
      const read = encoding ? brotliDecompressSync(answer.rawPayload) : answer.rawPayload
      assert.ok(read.equals(plain.rawPayload), `${url}: ${accepted}`)
    }
  }
})

test('nobody gets a page from before its time is twice over: who asks beside the one that makes the next, waits', async (t) => {
  let served = 0
  let next = Promise.resolve()
  const slow: Routes = async (app) => {
    const config = { access: 'public', keepSeconds: 60 }
    app.get('/probe/slow', { config, schema: { summary: 'Takes its time' } }, async (_, reply) => {
      served += 1
      const text = `made ${served}`
      await next
      return reply.page({ text }, NotePage)
    })
  }
  const { app } = await start({ modules: [aModule(slow)] })
  let now = performance.now()
  t.mock.method(performance, 'now', () => now)
  const ask = async () => /made \d/.exec((await app.inject({ url: '/eng/probe/slow', headers: html })).body)?.[0]
  assert.equal(await ask(), 'made 1')

  const answersAfter = async (seconds: number) => {
    now += seconds * 1000
    const gate = Promise.withResolvers<void>()
    next = gate.promise
    const maker = ask()
    const beside = ask()
    await Promise.race([beside, new Promise((resolve) => setTimeout(resolve, 200))])
    gate.resolve()
    return Promise.all([maker, beside])
  }
  assert.deepEqual(await answersAfter(90), ['made 2', 'made 1'])
  assert.deepEqual(await answersAfter(8 * 3600), ['made 3', 'made 3'])
})

test('kept pages give way to newer ones before they hold more than 32 MB, their smaller forms counted', async () => {
  const pages = keepPages()
  const [count, bytes] = [20, 1_000_000]
  for (let at = 0; at < count; at++) pages.put(`page ${at}`, { plain: Buffer.alloc(bytes) }, 60)
  const found = []
  for (let at = 0; at < count; at++) found.push(await pages.find(`page ${at}`, new EventEmitter() as ServerResponse))
  const kept = found.filter((page) => page !== undefined).length
  assert.ok(kept > 10 && 2 * kept * bytes <= 32_000_000, `${kept} pages are kept`)
  assert.ok(found.at(-1) && !found[0], 'the oldest goes first')
  pages.put('too large', { plain: Buffer.alloc(20_000_000) }, 60)
  assert.equal(await pages.find('too large', new EventEmitter() as ServerResponse), undefined)
})

test('a kept page is no data, and data is not kept', async () => {
  await app.inject({ url: '/eng/probe/kept', headers: html })
  const [one, other] = [await app.inject('/eng/probe/kept'), await app.inject('/eng/probe/kept.json')]
  assert.notEqual(one.json().text, other.json().text)
})

test('no cache on the way keeps what was made for a person', async () => {
  const person = await as()
  for (const url of ['/eng/probe/open', '/eng/probe/refusal', '/eng/none', '/probe/plain', '/probe/kept'])
    for (const headers of [{ ...html, ...person }, person]) {
      const response = await app.inject({ url, headers })
      assert.equal(response.headers['cache-control'], 'no-store', url)
    }
  assert.equal((await app.inject({ url: '/eng/probe/open', headers: html })).headers['cache-control'], undefined)
})

test('a cache on the way is told that languages and forms of an answer differ, whatever the answer is', async () => {
  for (const url of ['/eng/probe/open', '/probe/refusal', '/none', '/probe/plain', '/probe/mine', '/probe/kept'])
    for (const headers of [html, {}]) {
      const { vary } = (await app.inject({ url, headers })).headers
      for (const name of ['accept', 'accept-language', 'cookie'])
        assert.ok(String(vary).split(', ').includes(name), `${url} varies by ${vary}`)
    }
})

test('every answer forbids inline script, frames and guessing of types, errors and kept pages included', async () => {
  for (const url of [
    '/eng/probe/open',
    '/eng/probe/kept',
    '/eng/probe/kept',
    '/eng/probe/bug',
    '/none',
    '/%',
    '/healthz',
    '/probe/open.json',
  ]) {
    const { headers } = await app.inject({ url, headers: html })
    const policy = String(headers['content-security-policy'])
    assert.match(policy, /default-src 'none'/, url)
    assert.match(policy, /frame-ancestors 'none'/, url)
    assert.match(policy, /form-action 'self'/, url)
    assert.match(policy, /base-uri 'none'/, url)
    assert.ok(!/unsafe|\*|https?:/.test(policy), `${url} lets in ${policy}`)
    assert.equal(headers['x-content-type-options'], 'nosniff', url)
    assert.equal(headers['x-frame-options'], 'DENY', url)
    assert.equal(headers['referrer-policy'], 'same-origin', url)
    assert.equal(headers['x-powered-by'], undefined, url)
    assert.equal(headers.server, undefined, url)
  }
})

test('what a person typed comes back as text, never as markup', async () => {
  const headers = { ...html, ...(await as('probe:write-note')) }
  const payload = { subject: 'note', text: '</title><script>alert(1)</script><img src=x onerror=alert(1)>' }
  const { body } = await app.inject({ method: 'POST', url: '/eng/probe/notes', headers, payload })
  assert.match(body, /<h1>&lt;\/title>&lt;script>/)
  assert.ok(!body.includes('<script>alert'))

  const query = await app.inject({ url: `/eng/probe/open?a="><script>alert(1)</script>`, headers: html })
  assert.ok(!query.body.includes('<script>alert'))
  assert.ok(!query.body.includes('?a="><'))
})

test('an address may send so many requests in a minute, whatever it asks for, and is told when to return', async () => {
  const limited = await start({ modules: [probe], requestsPerMinuteMax: 4 })
  const ask = (url: string, remoteAddress = '198.51.100.1', headers = {}) =>
    limited.app.inject({ url, remoteAddress, headers })
  assert.deepEqual(
    [await ask('/probe/open'), await ask('/none'), await ask('/%'), await ask('/probe/mine')].map(
      (each) => each.statusCode,
    ),
    [200, 404, 404, 401],
  )
  const refused = await ask('/probe/open')
  assert.equal(refused.statusCode, 429)
  assert.equal(refused.json().type, '/problems/platform.too-many-requests')
  assert.ok(Number(refused.headers['retry-after']) > 0 && Number(refused.headers['retry-after']) <= 60)
  assert.match(refused.json().title, /Try again in \d+ seconds/)
  assert.match((await ask('/han/probe/open', undefined, html)).body, /<h1[^>]*>要求過於頻密/)

  for (let host = 1; host <= 9; host++) await limited.app.askItself('/eng/probe/open')
  assert.equal((await limited.app.askItself('/eng/probe/open')).statusCode, 200, 'the program itself is not counted')
  for (let each = 1; each <= 4; each++) await ask('/eng/probe/kept', '198.51.100.3', html)
  assert.equal((await ask('/eng/probe/kept', '198.51.100.3', html)).statusCode, 429, 'a kept page counts too')
  const gone = Object.assign(new IncomingMessage(new Socket()), { method: 'GET', url: '/probe/open' })
  const answer = new ServerResponse(gone)
  limited.app.routing(gone, answer)
  while (!answer.writableEnded) await new Promise((resolve) => setTimeout(resolve, 5))
  assert.equal(answer.statusCode, 400, 'who is gone already is no bug')

  assert.equal((await ask('/healthz')).statusCode, 200, 'whoever watches the process is not counted')
  assert.equal((await ask('/probe/open', '198.51.100.2')).statusCode, 200, 'other addresses are not touched')
  for (let host = 1; host <= 4; host++) await ask('/probe/open', `2001:db8:1:2::${host}`)
  assert.equal((await ask('/probe/open', '2001:db8:1:2::99')).statusCode, 429, 'one network of IPv6 is one address')
})

test('an upload stops at its limit and says which limit that is', async () => {
  const routes: Routes = async (app) => {
    await app.register(probeRoutes)
    // Nothing is kept: this only reads.
    const upload = { config: { access: 'public', event: 'none' }, schema: { summary: 'Reads a file' } }
    app.post('/probe/upload', upload, async (request) => {
      const part = await request.file()
      return { bytes: (await part!.toBuffer()).length, cut: part!.file.truncated }
    })
  }
  const { app } = await start({ modules: [aModule(routes)] })
  const send = (bytes: number, chunk = 1_000_000) => {
    const head =
      '--b\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\ncontent-type: text/plain\r\n\r\n'
    function* body() {
      yield Buffer.from(head)
      for (let sent = 0; sent < bytes; sent += chunk) yield Buffer.alloc(Math.min(chunk, bytes - sent), 'a')
      yield Buffer.from('\r\n--b--\r\n')
    }
    const headers = { 'content-type': 'multipart/form-data; boundary=b' }
    return app.inject({ method: 'POST', url: '/probe/upload', headers, payload: Readable.from(body()) })
  }
  assert.deepEqual((await send(2_000_000)).json(), { bytes: 2_000_000, cut: false })
  assert.deepEqual((await send(uploadBytesMax)).json(), { bytes: uploadBytesMax, cut: false })
  // What ends exactly at a chunk is cut by the parser without an error, so whoever reads a file asks for `truncated`.
  assert.deepEqual((await send(uploadBytesMax + 1)).json(), { bytes: uploadBytesMax, cut: true })
  const refused = await send(uploadBytesMax + 2_000_000, 700_000)
  assert.equal(refused.json().type, '/problems/platform.too-large')
  assert.match(refused.json().title, /25 MB/)
})
