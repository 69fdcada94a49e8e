import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import type { InjectOptions } from 'fastify'
import type { Routes } from '#platform'
import { start } from '#test'
import { importRoutesWithin } from '../../src/modules/estimates/documents/import.routes.ts'
import { readerLimits } from '../../src/modules/estimates/documents/reader.ts'
import estimates from '../../src/modules/estimates/module.ts'
import { aText, multipart } from '../../src/modules/estimates/testing/uploads.ts'
import identity from '../../src/modules/identity/module.ts'
import { openLog } from '../../src/platform/log.ts'
import { aModule, probeRoutes } from './probe.tsx'

/** An application whose log is kept, at the most talkative level. */
async function listening() {
  const lines: string[] = []
  const log = openLog('trace', { write: (line) => void lines.push(line) })
  const routes: Routes = async (app) => {
    await app.register(probeRoutes)
    const open = { config: { access: 'public' }, schema: { summary: 'Breaks' } }
    app.get('/probe/unique', open, async ({ query }) => {
      const { name } = query as { name: string }
      await app.sql`insert into identity.person (id, name) values (${name}, '{}'), (${name}, '{}')`
    })
    app.get('/probe/cast', open, async ({ query }) => app.sql`select ${(query as { name: string }).name}::text::int`)
    app.get('/probe/throw', open, async ({ query }) => {
      throw new TypeError(`Cannot send to\n${(query as { name: string }).name}`, {
        cause: new Error((query as { name: string }).name),
      })
    })
    // Nothing is kept: this only reads.
    const upload = { config: { access: 'public', event: 'none' }, schema: { summary: 'Reads a file' } }
    app.post('/probe/upload', upload, async (request) => ({ bytes: (await (await request.file())!.toBuffer()).length }))
    app.get('/probe/twice', open, async (_, reply) => {
      reply.send({})
      reply.send({})
    })
  }
  return { ...(await start({ modules: [identity, aModule(routes)], log })), lines, log }
}

test('whatever goes wrong, the log holds nothing that a person sent or that is known of them', async () => {
  const { app, lines, as } = await listening()
  const headers = await as('probe:write-note')
  const secret = 'ChanTaiMan'
  const session = headers.cookie.slice('praya_session='.length)
  const html = { accept: 'text/html' }
  const requests: InjectOptions[] = [
    { url: `/probe/open?name=${secret}` },
    {
      url: `/tc/probe/open?name=${secret}`,
      headers: { ...html, 'user-agent': secret, referer: `http://x/${secret}`, 'accept-language': secret },
    },
    { url: `/none/${secret}?${secret}=${secret}`, headers: { 'x-request-id': secret } },
    { url: `/%${secret}` },
    { url: `/probe/unique?name=${secret}` },
    { url: `/probe/cast?name=${secret}` },
    { url: `/probe/throw?name=${secret}` },
    { url: `/probe/twice?name=${secret}` },
    { url: `/probe/mine?name=${secret}`, headers: html },
    { url: `/problems/${secret}` },
    { method: 'POST', url: '/probe/notes', headers, payload: { subject: secret, text: secret } },
    { method: 'POST', url: '/probe/notes', headers, payload: { subject: secret.repeat(20) } },
    {
      method: 'POST',
      url: '/probe/notes',
      headers: { ...headers, 'content-type': 'application/json' },
      payload: `{"subject":"${secret}`,
    },
    {
      method: 'POST',
      url: '/probe/notes',
      headers: { ...headers, 'content-type': 'application/json' },
      payload: secret,
    },
    { method: 'POST', url: '/probe/notes', headers: { ...headers, 'content-type': `text/${secret}` }, payload: secret },
    {
      method: 'POST',
      url: '/probe/notes',
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      payload: `name=${secret}`,
    },
    {
      method: 'POST',
      url: '/probe/notes',
      headers: { ...headers, origin: `http://${secret}`, 'sec-fetch-site': 'cross-site' },
      payload: {},
    },
    {
      method: 'POST',
      url: '/probe/upload',
      headers: { ...headers, 'content-type': `multipart/form-data; boundary=${secret}` },
      payload: `--${secret}\r\ncontent-disposition: form-data; name="file"; filename="${secret}"\r\n\r\n${secret}\r\n--${secret}--\r\n`,
    },
    { method: 'POST', url: '/sign-in', payload: { person: secret, next: `/${secret}` } },
    { method: 'POST', url: '/sign-in', payload: { person: 'ben-ledger' } },
  ]
  for (const request of requests) await app.inject(request)
  await new Promise((resolve) => setTimeout(resolve, 50))

  const said = lines.join('')
  assert.ok(lines.length > requests.length, 'it does log')
  for (const personal of [
    secret,
    secret.toLowerCase(),
    session,
    decodeURIComponent(session).split('.')[0]!,
    'Ledger',
    'ben-ledger',
    '簿阿本',
    '127.0.0.1',
  ])
    assert.ok(!said.includes(personal), `the log holds ${personal}: ${lines.find((line) => line.includes(personal))}`)
})

test('a file whose reading breaks off is logged by its size and SHA-256, and nothing that it holds or is called', async () => {
  const lines: string[] = []
  const log = openLog('trace', { write: (line) => void lines.push(line) })
  const routes = importRoutesWithin({ ...readerLimits, timeoutMs: 1 })
  const { app, as } = await start({
    modules: [identity, { ...estimates, routes: [routes], load: async () => {} }],
    log,
  })
  const officer = await as('estimates:import-document')
  const secret = 'ChanTaiMan'
  const { headers, payload } = multipart([aText(secret, `${secret}.txt`)])
  const url = '/estimates/import'
  const response = await app.inject({ method: 'POST', url, headers: { ...headers, ...officer }, payload })
  assert.equal(response.statusCode, 422)
  const said = lines.join('')
  assert.ok(!said.includes(secret), said)
  const { level, why, bytes, sha256 } = lines
    .map((line) => JSON.parse(line))
    .find(({ msg }) => msg === 'A file could not be read')
  const expected = createHash('sha256').update(secret).digest('hex')
  assert.deepEqual([level, why, bytes, sha256], [50, 'too-long', secret.length, expected])
})

test('a request is logged by its route, status and number; a bug by its kind, place and code', async () => {
  const { app, lines } = await listening()
  const response = await app.inject('/probe/cast?name=x')
  const logged = lines.map((line) => JSON.parse(line))
  const failure = logged.find(({ msg }) => msg === 'A request failed')
  assert.equal(failure.reqId, response.json().instance)
  assert.equal(failure.err.name, 'PostgresError')
  assert.equal(failure.err.code, '22P02')
  assert.equal(failure.err.message, 'invalid input syntax for type integer…')
  assert.match(failure.err.stack, /log\.test\.ts/)
  const answer = logged.find(({ msg }) => msg === 'Answered')
  assert.deepEqual([answer.method, answer.route, answer.status], ['GET', '/probe/cast', 500])
})
