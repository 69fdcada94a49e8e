// Registers that forms take answers from: the made-up ones of a demonstration, and real ones that misbehave.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { start } from '#test'
import { findEntry } from './find-entry.ts'

const asked: { url: string; token: string | undefined }[] = []
let listener: RequestListener = (_, response) => response.writeHead(500).end()
const server = createServer((request, response) => {
  asked.push({ url: request.url!, token: request.headers.authorization })
  listener(request, response)
}).listen(0, '127.0.0.1')
await once(server, 'listening')
after(() => {
  server.closeAllConnections()
  server.close()
})
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/registers/`
const { app } = await start({ sources: { url, token: 'a-token-of-the-test', timeoutMs: 200 } })

const asOf = '2030-01-01T00:00:00Z'
const entry = { code: 'TS-1234', name: 'High Tide School', head: 'Ms Wave' }
const answer =
  (body: unknown, status = 200): RequestListener =>
  (_, response) =>
    void response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body))
const unavailable = { name: 'Problem', code: 'services.source-unavailable' }

test('a register is asked by the name of the source, with the token, and gives the fields that are declared', async () => {
  listener = answer({ entry: { ...entry, telephone: '1234' }, asOf })
  const found = await findEntry(app, 'schools', 'ts 1234')
  assert.deepEqual(found?.entry, entry)
  assert.equal(found.asOf, asOf)
  assert.equal(found.source.title.en, 'Register of schools')
  assert.deepEqual(asked.at(-1), { url: '/registers/schools', token: 'Bearer a-token-of-the-test' })
})

test('a key under which nothing is held is no fault, and one that is none is not asked for', async () => {
  listener = answer({ entry: null, asOf })
  assert.equal(await findEntry(app, 'schools', 'TS-9999'), undefined)
  const before = asked.length
  for (const key of ['', '  ', 'x'.repeat(101)]) assert.equal(await findEntry(app, 'schools', key), undefined)
  assert.equal(asked.length, before)
})

test('a register that is down, slow, huge or talks nonsense lets the person type, after two tries at most', async () => {
  // biome-ignore format: matrix
  const cases: readonly [what: string, tries: number, RequestListener][] = [
    ['broken off',             2, (request) => request.socket.destroy()],
    ['silent',                 2, () => {}],
    ['begun and never ended',  2, (_, response) => void response.write('{')],
    ['no JSON',                1, answer('found')],
    ['empty',                  1, answer('')],
    ['another shape',          1, answer({ entry: ['High Tide School'], asOf })],
    ['numbers',                1, answer({ entry: { ...entry, name: 5 }, asOf })],
    ['no day',                 1, answer({ entry })],
    ['another entry',          1, answer({ entry: { ...entry, code: 'TS-2345' }, asOf })],
    ['an entry without a key', 1, answer({ entry: { name: 'High Tide School' }, asOf })],
    ['huge',                   1, answer({ entry, asOf, more: 'x'.repeat(100_000) })],
    ['not there',              1, answer({ entry: null, asOf }, 404)],
    ['an error',               1, answer({ entry, asOf }, 500)],
    ['busy',                   2, answer('', 503)],
    ['refusing the token',     1, answer('', 401)],
    ['leading elsewhere',      2, (_, response) => void response.writeHead(307, { location: 'http://127.0.0.1:9/' }).end()],
  ]
  for (const [what, tries, misbehaving] of cases) {
    listener = misbehaving
    const before = asked.length
    await assert.rejects(findEntry(app, 'schools', 'TS-1234'), unavailable, what)
    assert.equal(asked.length - before, tries, what)
  }
  // A register that comes back is asked a second time, and believed.
  let first = true
  listener = (request, response) => {
    if (first) response.writeHead(503).end()
    else answer({ entry, asOf })(request, response)
    first = false
  }
  assert.deepEqual((await findEntry(app, 'schools', 'TS-1234'))?.entry, entry)
})

test('a register that says it is made up is believed in a demonstration alone', async () => {
  const { app: real } = await start({ demonstration: false, sources: { url, timeoutMs: 200 } })
  listener = answer({ entry, asOf, madeUp: true })
  assert.ok(await findEntry(app, 'schools', 'TS-1234'))
  await assert.rejects(findEntry(real, 'schools', 'TS-1234'), unavailable)
})

test('a demonstration without a register asks its own port, which answers nobody else', async () => {
  const { app: own } = await start()
  await assert.rejects(findEntry(own, 'schools', 'TS-1234'), unavailable, 'nothing listens yet')
  await own.listen({ port: 0, host: '127.0.0.1' })
  const found = await findEntry(own, 'schools', 'ts1234')
  assert.deepEqual(found?.entry, entry)
  assert.equal(await findEntry(own, 'schools', 'TS-0000'), undefined)
  const send = (headers: Record<string, string> = {}) =>
    own.inject({ method: 'POST', url: '/office/sources/schools', headers, payload: { key: 'TS-1234' } })
  assert.equal((await send()).statusCode, 404)
  assert.equal((await send({ authorization: 'Bearer guess' })).statusCode, 404)

  const { app: closed } = await start({ demonstration: false })
  await closed.listen({ port: 0, host: '127.0.0.1' })
  await assert.rejects(findEntry(closed, 'schools', 'TS-1234'), unavailable)
})
