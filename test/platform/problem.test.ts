import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import type { FastifyReply } from 'fastify'
import { type Language, Problem, type Routes, say } from '#platform'
import { start } from '#test'
import { allProblems } from '../../src/platform/problem.ts'
import { aModule, NotePage, probe, probeRoutes, problem } from './probe.tsx'

const { app, as } = await start({ modules: [probe] })
const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
const writer = await as('probe:write-note')
const large = JSON.stringify({ subject: 'x'.repeat(1_000_001) })
const json = { 'content-type': 'application/json' }

// biome-ignore format: matrix
const refusals = [
  // what                     method   address                headers                                       body        status  code
  ['no such page',            'GET',  '/probe/none',          {},                                           undefined,  404, 'platform.not-found'],
  ['no such prefix',          'GET',  '/xx/probe/open',       {},                                           undefined,  404, 'platform.not-found'],
  ['no such method',          'POST', '/probe/open',          {},                                           undefined,  404, 'platform.not-found'],
  ['an address cut short',    'GET',  '/probe/%E0%A4%A',      {},                                           undefined,  404, 'platform.not-found'],
  ['a lone per cent sign',    'GET',  '/%',                   {},                                           undefined,  404, 'platform.not-found'],
  ['two slashes',             'GET',  '//probe/open',         {},                                           undefined,  404, 'platform.not-found'],
  ['a long parameter',        'GET',  `/problems/${'a'.repeat(300)}`, {},                                   undefined,  404, 'platform.not-found'],
  ['a long address',          'GET',  `/probe/open?${'a'.repeat(4096)}`, {},                                undefined,  400, 'platform.invalid-request'],
  ['a refusal of a module',   'GET',  '/probe/refusal',       {},                                           undefined,  409, 'probe.refused'],
  ['a bug',                   'GET',  '/probe/bug',           {},                                           undefined,  500, 'platform.went-wrong'],
  ['a bug in the database',   'GET',  '/probe/database',      {},                                           undefined,  500, 'platform.went-wrong'],
  ['no session',              'POST', '/probe/notes',         {},                                           undefined,  401, 'platform.not-signed-in'],
  ['from elsewhere',          'POST', '/probe/notes',         { 'sec-fetch-site': 'cross-site' },           undefined,  403, 'platform.cross-site'],
  ['no body',                 'POST', '/probe/notes',         { ...writer },                                undefined,  400, 'platform.invalid-value'],
  ['an empty body',           'POST', '/probe/notes',         { ...writer, ...json },                       '',         400, 'platform.invalid-request'],
  ['broken JSON',             'POST', '/probe/notes',         { ...writer, ...json },                       '{"a":',    400, 'platform.invalid-request'],
  ['JSON that poisons',       'POST', '/probe/notes',         { ...writer, ...json },                       '{"__proto__":{"a":1},"subject":"a"}', 400, 'platform.invalid-request'],
  ['a wrong shape',           'POST', '/probe/notes',         { ...writer, ...json },                       '{"subject":["a","b"]}', 400, 'platform.invalid-value'],
  ['too long a text',         'POST', '/probe/notes',         { ...writer, ...json },                       JSON.stringify({ subject: 'a'.repeat(101) }), 400, 'platform.invalid-value'],
  ['U+0000',                  'POST', '/probe/notes',         { ...writer, ...json },                       '{"subject":"a\\u0000b"}', 400, 'platform.invalid-request'],
  ['U+0000 inside JSON',      'POST', '/probe/notes',         { ...writer, ...json },                       '{"subject":"a","text":"\\u0000"}', 400, 'platform.invalid-request'],
  ['half a character',        'POST', '/probe/notes',         { ...writer, ...json },                       '{"subject":"a","text":"\\ud800"}', 400, 'platform.invalid-request'],
  ['too large a body',        'POST', '/probe/notes',         { ...writer, ...json },                       large,      413, 'platform.too-large'],
  ['another kind of body',    'POST', '/probe/notes',         { ...writer, 'content-type': 'text/csv' },    'a,b',      415, 'platform.unsupported-type'],
  ['a broken kind of body',   'POST', '/probe/notes',         { ...writer, 'content-type': '///' },         'a,b',      415, 'platform.unsupported-type'],
] as const

test('every refusal, mistake and bug has one shape as data: RFC 9457', async () => {
  for (const [what, method, url, headers, payload, status, code] of refusals) {
    const response = await app.inject({
      method,
      url,
      headers: { ...headers },
      ...(payload !== undefined && { payload }),
    })
    assert.equal(response.statusCode, status, `${what}: ${response.body}`)
    assert.equal(response.headers['content-type'], 'application/problem+json; charset=utf-8', what)
    const body = response.json()
    const { errors: _, ...members } = body
    assert.deepEqual(Object.keys(members).sort(), ['instance', 'status', 'title', 'type'], what)
    assert.equal(body.type, `/problems/${code}`, what)
    assert.equal(body.status, status, what)
    assert.match(body.instance, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, what)
    assert.ok(!/[{}]/.test(body.title), `${what} leaves a place unfilled: ${body.title}`)
    assert.ok(!response.body.includes('Chan Tai Man'), `${what} repeats what a bug said`)
    assert.ok(!response.body.includes('for the log'), `${what} tells what is for the log`)
  }
})

test('every refusal, mistake and bug is a page in the language of its address', async () => {
  const prefixes = [
    ['/eng', 'en'],
    ['/han', 'zh-Hant'],
    ['/jian', 'zh-Hans'],
  ] as const
  for (const [what, method, url, headers, payload, status, code] of refusals)
    for (const [prefix, language] of prefixes) {
      if (code === 'platform.not-signed-in' || url.startsWith('//')) continue
      const given = { ...headers, ...html }
      const response = await app.inject({
        method,
        url: prefix + url,
        headers: given,
        ...(payload !== undefined && { payload }),
      })
      assert.equal(response.statusCode, status, `${what} at ${prefix}`)
      assert.equal(response.headers['content-type'], 'text/html; charset=utf-8', what)
      assert.match(response.body, new RegExp(`<html [^>]*lang="${language}"`), what)
      const start = say(allProblems.get(code)!.title, language as Language).split('{')[0]!
      assert.ok(response.body.includes(start), `${what} in ${language} does not begin with “${start}”`)
      assert.ok(!response.body.includes('Chan Tai Man'), what)
    }
})

test('what cannot be read is told in the language of the person, and not in the words of a library', async () => {
  const broken = { method: 'POST', url: '/han/probe/notes', headers: { ...writer, ...json }, payload: '{"a":' } as const
  assert.equal((await app.inject(broken)).json().title, '無法讀取這項要求：內容與所報的格式不符。請更正後再送出。')
  const long = await app.inject(`/eng/probe/open?${'a'.repeat(4096)}`)
  assert.equal(long.json().title, 'This request cannot be read: its address is too long. Correct it and send it again.')
})

test('a value that a route does not take is named, for people in their language and for programs by its place', async () => {
  const send = (payload: object, more = {}) =>
    app.inject({ method: 'POST', url: '/probe/notes', headers: { ...writer, ...more }, payload })
  const long = (await send({ subject: 'a'.repeat(101) })).json()
  assert.equal(long.title, 'The value of “subject” is not one that this address takes. Correct it and try again.')
  assert.deepEqual(long.errors, [{ pointer: '/subject', detail: 'must NOT have more than 100 characters' }])
  assert.deepEqual(
    (await send({})).json().errors.map(({ pointer }: { pointer: string }) => pointer),
    ['/subject'],
  )
  const page = await app.inject({
    method: 'POST',
    url: '/han/probe/notes',
    headers: { ...writer, ...html },
    payload: { subject: 'a'.repeat(101) },
  })
  assert.match(page.body, /「subject」的值不符合這個網址的要求/)
  assert.ok(!page.body.includes('must NOT'), 'words of a validator are no words for a person')
})

test('a form with a boundary that is too long, or with more parts than it may have, is told what is wrong with it', async () => {
  const routes: Routes = async (app) => {
    // Nothing is kept: this only reads.
    const upload = { config: { access: 'public', event: 'none' }, schema: { summary: 'Reads parts' } }
    app.post('/probe/upload', upload, async (request) => {
      for await (const part of request.parts()) if (part.type === 'file') await part.toBuffer()
    })
  }
  const { app } = await start({ modules: [aModule(routes)] })
  const send = async (count: number, boundary: string, more = '') => {
    const part = `--${boundary}\r\ncontent-disposition: form-data; name="a"${more}\r\n\r\nx\r\n`
    const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` }
    const payload = `${part.repeat(count)}--${boundary}--\r\n`
    const response = await app.inject({ method: 'POST', url: '/probe/upload', headers, payload })
    return `${response.statusCode} ${response.statusCode === 200 ? '' : response.json().type}`
  }
  assert.equal(await send(4, 'b', '; filename="a"'), '200 ')
  assert.equal(await send(5, 'b', '; filename="a"'), '413 /problems/platform.too-many-parts')
  assert.equal(await send(51, 'b'), '413 /problems/platform.too-many-parts')
  assert.equal(await send(61, 'b'), '413 /problems/platform.too-many-parts')
  assert.equal(await send(1, 'b'.repeat(300)), '400 /problems/platform.invalid-request')
})

test('what finds no room is told so, by the database or by the disk, and may be tried again', async () => {
  const routes: Routes = async (app) => {
    const open = (summary: string) => ({ config: { access: 'public' }, schema: { summary } })
    app.get('/probe/full-table', open('Breaks'), async () =>
      app.sql.unsafe("do $$ begin raise exception 'no room' using errcode = '53100'; end $$"),
    )
    app.get('/probe/full-disk', open('Breaks'), async () => {
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
    })
  }
  const { app } = await start({ modules: [aModule(routes)] })
  for (const url of ['/probe/full-table', '/probe/full-disk']) {
    const response = await app.inject(url)
    assert.equal(response.statusCode, 503)
    assert.equal(response.json().type, '/problems/platform.disk-full')
  }
})

test('the type of every problem leads to a page that explains it', async () => {
  for (const [code, { status, title }] of allProblems) {
    const data = await app.inject({ url: `/problems/${code}` })
    assert.deepEqual(data.json(), { code, status, title: title.en.replace(/\{\w+\}/g, '…') })
    const page = await app.inject({ url: `/han/problems/${code}`, headers: html })
    assert.equal(page.statusCode, 200, code)
  }
  assert.equal((await app.inject({ url: '/problems/platform.unheard-of' })).statusCode, 404)
})

test('an answer never carries a request number that the client made up', async () => {
  const headers = { 'x-request-id': 'forged', 'request-id': 'forged' }
  const [one, other] = [await app.inject({ url: '/%', headers }), await app.inject({ url: '/%', headers })]
  assert.notEqual(one.json().instance, 'forged')
  assert.notEqual(one.json().instance, other.json().instance)
})

test('what cannot be read as HTTP at all gets an answer and a closed connection, and the server lives on', async () => {
  const routes: Routes = async (app) => {
    await app.register(probeRoutes)
    const home = { config: { access: 'public' }, schema: { summary: 'Home' } }
    app.get('/', home, async (_, reply) => reply.page({ text: 'home' }, NotePage))
  }
  const { app } = await start({ modules: [aModule(routes)] })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const address = app.server.address() as { port: number }
  const say = (text: string) =>
    new Promise<string>((resolve) => {
      let heard = ''
      const socket = connect(address.port, '127.0.0.1', () => socket.write(text))
      socket.on('data', (data) => {
        heard += data
      })
      socket.on('close', () => resolve(heard))
      socket.on('error', () => resolve(heard))
    })
  assert.match(await say('nonsense\r\n\r\n'), /^HTTP\/1\.1 400 /)
  assert.match(await say(`GET /${'a'.repeat(20_000)} HTTP/1.1\r\nhost: a\r\n\r\n`), /^HTTP\/1\.1 431 /)
  const star = (method: string) =>
    say(`${method} * HTTP/1.1\r\nhost: a\r\naccept: text/html\r\nconnection: close\r\n\r\n`)
  for (const method of ['GET', 'OPTIONS']) assert.match(await star(method), /^HTTP\/1\.1 404 /)
  assert.match(
    await say('QUERY /han/probe/open HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n'),
    /^HTTP\/1\.1 400 [\s\S]*內容與所報的格式不符。請更正後再送出。/,
  )
  assert.match(await say('GET /probe/open HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n'), /^HTTP\/1\.1 200 /)
  assert.match(
    await say(
      'GET http://evil.example/probe/open HTTP/1.1\r\nhost: a\r\naccept: text/html\r\nconnection: close\r\n\r\n',
    ),
    /^HTTP\/1\.1 302 [\s\S]*\r\nlocation: \/eng\/probe\/open\r\n/,
  )
})

test('a page that refuses leads on: to the list of what there is, or back to the page of the form', async () => {
  const routes: Routes = async (app) => {
    const lost = new Problem('probe.lost', 404, { en: 'It is not here.', 'zh-Hant': '不在這裏。' })
    const open = { config: { access: 'public' }, schema: { summary: 'Lamps' } }
    const found = async (_: unknown, reply: FastifyReply) => reply.page({ text: 'lamps' }, NotePage)
    app.get('/probe/lamps', open, found)
    app.get('/probe/lamps/:id', open, async ({ params }, reply) => {
      if ((params as { id: string }).id === 'none') throw problem('refused', { values: { what: 'this' } })
      return found({}, reply)
    })
    app.get('/probe/lone/:id', open, async () => {
      throw lost
    })
    for (const url of ['/probe/lamps/:id/glass/:pane', '/probe/lamps/step'])
      app.get(url, open, async () => {
        throw lost
      })
    const light = { config: { access: 'public', event: 'none' }, schema: { summary: 'Lights a lamp' } }
    for (const url of ['/probe/lamps/:id/light', '/probe/lamps/:id', '/probe/lone/:id/light'])
      app.post(url, light, async () => {
        throw problem('refused', { values: { what: 'this' } })
      })
  }
  const { app } = await start({ modules: [aModule(routes)] })
  // biome-ignore format: matrix
  const ways = [
    // what is asked for             the link, if there is one
    ['GET',  '/probe/lamps/9/glass/1', '<a href="/eng/probe/lamps">See the list</a>'],
    ['GET',  '/probe/lamps/step',      '<a href="/eng/probe/lamps">Go back to the page</a>'],
    ['GET',  '/probe/lone/9',          undefined],
    ['GET',  '/probe/lamps/none',      undefined],
    ['GET',  '/probe/nowhere/9',       undefined],
    ['POST', '/probe/lamps/9/light',   '<a href="/eng/probe/lamps/9">Go back to the page</a>'],
    ['POST', '/probe/lamps/9',         '<a href="/eng/probe/lamps/9">Go back to the page</a>'],
    ['POST', '/probe/lone/9/light',    '<a href="/eng/probe/lone/9">Go back to the page</a>'],
  ] as const
  for (const [method, url, link] of ways) {
    const { body } = await app.inject({ method, url: `/eng${url}?why=so`, headers: html })
    const found = /<a [^>]*>(?:See the list|Go back to the page)<\/a>/.exec(body)?.[0]
    assert.equal(found, link, `${method} ${url}`)
  }
})
