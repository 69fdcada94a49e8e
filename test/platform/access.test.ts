import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Routes } from '#platform'
import { start } from '#test'
import { aModule, probe } from './probe.tsx'

const { app, sql, as } = await start({ modules: [probe] })
const html = { accept: 'text/html' }

const refusesToStart = (config: object | undefined, method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE') => {
  const routes: Routes = async (app) => {
    app.route({ method, url: '/probe/new', ...(config && { config }), handler: async () => ({}) })
  }
  return start({ modules: [aModule(routes)] }).then(
    () => 'starts',
    (error: Error) => error.message,
  )
}

test('an application with a route of unclear access does not start', async () => {
  // biome-ignore format: matrix
  const cases = [
    ['GET',    undefined,                                           'GET /probe/new does not say who may use it: give it config.access'],
    ['GET',    {},                                                  'GET /probe/new does not say who may use it: give it config.access'],
    ['GET',    { access: '' },                                      'GET /probe/new does not say who may use it: give it config.access'],
    ['GET',    { access: 'probe:eat-note' },                        'GET /probe/new asks for probe:eat-note, which no module declares in "permissions"'],
    ['POST',   { access: 'public' },                                'POST /probe/new changes something but names no audit event: give it config.event'],
    ['PUT',    { access: 'public' },                                'PUT /probe/new changes something but names no audit event: give it config.event'],
    ['PATCH',  { access: 'public' },                                'PATCH /probe/new changes something but names no audit event: give it config.event'],
    ['DELETE', { access: 'signed-in' },                             'DELETE /probe/new changes something but names no audit event: give it config.event'],
    ['POST',   { access: 'signed-in', event: 'probe.note-eaten' },   'POST /probe/new causes probe.note-eaten, which no module declares in "events"'],
    ['POST',   { access: 'signed-in', event: 'probe.note-written' }, 'starts'],
    ['POST',   { access: 'public', event: 'none' },                 'starts'],
    ['GET',    { access: 'probe:read-note' },                       'starts'],
  ] as const
  for (const [method, config, outcome] of cases) assert.equal(await refusesToStart(config, method), outcome)
})

test('every route is open exactly to those whom its access names', async () => {
  const nobody = {}
  const anybody = await as()
  const reader = await as('probe:read-note')
  const writer = await as('probe:write-note')
  // biome-ignore format: matrix
  const cases = [
    // address          nobody  anybody  reader  writer
    ['/probe/open',       200,    200,     200,    200],
    ['/probe/mine',       401,    200,     200,    200],
    ['/probe/notes',      401,    403,     200,    403],
    ['/probe/none',       404,    404,     404,    404],
  ] as const
  for (const [url, ...statuses] of cases)
    for (const [index, headers] of [nobody, anybody, reader, writer].entries()) {
      assert.equal((await app.inject({ url, headers })).statusCode, statuses[index], `${url} for person ${index}`)
      assert.equal((await app.inject({ url, method: 'HEAD', headers })).statusCode, statuses[index], `HEAD ${url}`)
    }
})

test('the refusal names its kind, and a browser is led to the sign-in and back', async () => {
  const bare = await app.inject({ url: '/probe/mine' })
  assert.equal(bare.json().type, '/problems/platform.not-signed-in')
  const reader = await app.inject({ url: '/probe/notes', headers: await as() })
  assert.equal(reader.json().type, '/problems/platform.not-allowed')
  assert.ok(!reader.body.includes('probe:read-note'), 'what is missing is for the log alone')

  const browser = await app.inject({ url: '/han/probe/mine?of=1&in=2', headers: html })
  assert.equal(browser.statusCode, 303)
  assert.equal(browser.headers.location, `/sign-in?next=${encodeURIComponent('/probe/mine?of=1&in=2')}`)
})

test('an act is done only if it comes from a page of this site, or from no browser', async () => {
  const writer = await as('probe:write-note')
  // biome-ignore format: matrix
  const cases = [
    // Sec-Fetch-Site  Origin                        outcome
    ['same-origin',    'http://praya.example',        201],
    ['same-origin',    undefined,                     201],
    ['same-origin',    'https://evil.example',        201], // The browser itself says so; no page can write this header.
    ['none',           undefined,                     201],
    ['same-site',      'http://other.praya.example',  403],
    ['same-site',      undefined,                     403],
    ['cross-site',     'https://evil.example',        403],
    ['cross-site',     'http://praya.example',        403],
    ['cross-site',     undefined,                     403],
    ['strange',        undefined,                     403],
    ['',               undefined,                     403],
    [undefined,        undefined,                     201],
    [undefined,        'http://praya.example',        201],
    [undefined,        'https://praya.example',       201],
    [undefined,        'http://praya.example:8080',   403],
    [undefined,        'https://evil.example',        403],
    [undefined,        'http://praya.example.evil',   403],
    [undefined,        'null',                        403],
    [undefined,        '',                            403],
  ] as const
  for (const [site, origin, status] of cases) {
    const headers = {
      ...writer,
      host: 'praya.example',
      ...(site !== undefined && { 'sec-fetch-site': site }),
      ...(origin !== undefined && { origin }),
    }
    const subject = `note/${site}/${origin}`
    const response = await app.inject({ method: 'POST', url: '/probe/notes', headers, payload: { subject } })
    assert.equal(response.statusCode, status, `${site} ${origin}`)
    if (status === 403) assert.equal(response.json().type, '/problems/platform.cross-site')
    const kept = await sql`select 1 from platform.audit_event where subject = ${subject}`
    assert.equal(kept.length, status === 201 ? 1 : 0, `${site} ${origin} leaves a trace`)
  }
})

test('an act for a person without the permission leaves no trace', async () => {
  const response = await app.inject({
    method: 'POST',
    url: '/probe/notes',
    headers: await as('probe:read-note'),
    payload: { subject: 'note/forbidden' },
  })
  assert.equal(response.json().type, '/problems/platform.not-allowed')
  assert.equal((await sql`select 1 from platform.audit_event where subject = 'note/forbidden'`).length, 0)
})

test('behind a proxy the host that people see counts, and the address that the proxy saw', async () => {
  const behind = await start({ modules: [probe], behindProxy: true, requestsPerMinuteMax: 3 })
  const headers = {
    ...(await behind.as('probe:write-note')),
    host: 'inside:8080',
    'x-forwarded-host': 'praya.example',
    origin: 'https://praya.example',
  }
  const act = { method: 'POST', url: '/probe/notes', headers, payload: { subject: 'note/proxy' } } as const
  assert.equal((await behind.app.inject(act)).statusCode, 201)

  // A client may write anything into the header; the proxy adds the true address at its end.
  const statuses = []
  for (const forged of ['1.1.1.1', '2.2.2.2', '3.3.3.3', '4.4.4.4']) {
    const forwarded = { 'x-forwarded-for': `${forged}, 203.0.113.9` }
    statuses.push((await behind.app.inject({ url: '/probe/open', headers: forwarded })).statusCode)
  }
  assert.deepEqual(statuses, [200, 200, 200, 429])
})

test('a route is as sure of who asks as it demands, and says what would be enough', async () => {
  const routes: Routes = async (app) => {
    const shape = { summary: 'For the proven' }
    app.get('/probe/proven', { config: { access: 'signed-in', level: 2 }, schema: shape }, async () => ({}))
    app.get('/probe/fresh', { config: { access: 'signed-in', freshSeconds: 300 }, schema: shape }, async () => ({}))
  }
  const now = Date.parse('2026-01-05T09:00:00Z')
  const { app, asPerson } = await start({ modules: [aModule(routes)], now: () => new Date(now) })
  const ago = (seconds: number) => new Date(now - seconds * 1000).toISOString()
  const acr = 'acr_values="urn:praya:level'
  // biome-ignore format: matrix
  const cases = [
    // address          level  signed in         status  challenge
    ['/probe/proven',   1,     ago(0),           401,    `${acr}:2"`],
    ['/probe/proven',   2,     ago(1_000_000),   200,    undefined],
    ['/probe/proven',   3,     ago(0),           200,    undefined],
    ['/probe/fresh',    3,     ago(301),         401,    `${acr}:1", max_age=300`],
    ['/probe/fresh',    1,     ago(299),         200,    undefined],
  ] as const
  for (const [url, level, authenticatedAt, status, challenge] of cases) {
    const headers = asPerson({ id: 'p-1', level, authenticatedAt })
    const response = await app.inject({ url, headers })
    assert.equal(response.statusCode, status, `${url} at ${level}`)
    const told = challenge && `Bearer error="insufficient_user_authentication", ${challenge}`
    assert.equal(response.headers['www-authenticate'], told)
    if (status === 200) continue
    const browser = await app.inject({ url: `/eng${url}?a=1`, headers: { ...headers, ...html } })
    const wanted = url === '/probe/proven' ? 2 : 1
    assert.equal(browser.headers.location, `/sign-in/again?level=${wanted}&next=${encodeURIComponent(`${url}?a=1`)}`)
  }
})
