import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { after, test } from 'node:test'
import { start } from '#test'
import { untilOneWaits, untilReceiving } from '../../../../test/waiting.ts'
import { modules } from '../../../modules.ts'
import postgres from '../../../platform/driver.ts'
import { aLargeTable, aMapping, aText, multipart } from '../testing/uploads.ts'
import { importRoutes, importRoutesWithin } from './import.routes.ts'
import { type ReaderLimits, readerLimits } from './reader.ts'

type Parts = Parameters<typeof multipart>[0]
const html = { accept: 'text/html' }
const first = await start()
/** Watches the database as nobody else does, and holds what an import needs. */
const other = postgres(first.urls.owner, { max: 1, onnotice: () => {} })
after(() => other.end())

/** The same installation with other limits, and what became of its processes. */
async function within(limits: Partial<ReaderLimits>) {
  const started: number[] = []
  const own = importRoutesWithin({ ...readerLimits, started: (pid) => started.push(pid), ...limits })
  const { app, as } = await start({
    beside: first,
    modules: modules.map((module) => ({
      ...module,
      routes: module.routes.map((routes) => (routes === importRoutes ? own : routes)),
    })),
  })
  const officer = await as('estimates:import-document')
  const send = (parts: Parts, headers: Record<string, string> = {}) => {
    const form = multipart(parts)
    return app.inject({
      method: 'POST',
      url: '/eng/estimates/import',
      headers: { ...form.headers, ...officer, ...headers },
      payload: form.payload,
    })
  }
  return { app, send, started, officer }
}

const state = async () => {
  const [row] = await first.sql<[Record<string, number>]>`
    select (select count(*)::int from estimates.document) as documents, (select count(*)::int from estimates.cell) as cells,
      (select count(*)::int from estimates.import) as imports, (select count(*)::int from estimates.publication) as publications,
      (select count(*)::int from platform.audit_event where event = 'estimates.document-imported') as acts`
  return { ...row }
}

// The second is read whole and then refused for its number of Heads: all of its time is reading.
for (const [rows, status] of [
  [3500, 201],
  [20_000, 422],
] as const)
  test(`while a table of ${rows} rows is read, everybody else is answered as if nothing were`, async () => {
    const { app, send } = await within({})
    // The process is there already, so that the time below is that of the table alone.
    await send([aText('nothing')])
    // Of the processor and not of the clock, which other programs move on too.
    const usedMs = () => {
      const { user, system } = process.cpuUsage()
      return (user + system) / 1000
    }
    const began = usedMs()
    let done = false
    const sent = send([aLargeTable(rows), aMapping()]).finally(() => {
      done = true
    })
    let answered = 0
    let longestMs = 0
    for (let last = began; !done; answered++) {
      assert.equal((await app.inject('/healthz')).statusCode, 200)
      await new Promise((resolve) => setImmediate(resolve))
      const now = usedMs()
      longestMs = Math.max(longestMs, now - last)
      last = now
    }
    const { statusCode, body } = await sent
    assert.equal(statusCode, status, body)
    assert.ok(answered > 20, `${answered} answers`)
    const share = longestMs / (usedMs() - began)
    assert.ok(share < 0.3, `somebody waited for ${(share * 100).toFixed()} % of that time`)
  })

const ends: Record<string, [limits: Partial<ReaderLimits>, parts: Parts, status: number, sentence: RegExp]> = {
  'needs more memory than it may': [
    { heapMb: 90 },
    [aLargeTable(15_000), aMapping()],
    422,
    /needs more memory than the 90 MB .* Divide it/,
  ],
  'takes longer than it may': [
    { timeoutMs: 200 },
    [aLargeTable(15_000), aMapping()],
    422,
    /took longer than 0\.2 seconds.* Divide the file/,
  ],
  'is broken off': [
    { started: (pid) => setTimeout(() => process.kill(pid, 'SIGKILL'), 100) },
    [aText()],
    503,
    /was broken off\. Try again in a minute/,
  ],
}
for (const [name, [limits, parts, status, sentence]] of Object.entries(ends))
  test(`a file whose reading ${name} gets one clear refusal and changes nothing`, async () => {
    const { send } = await within(limits)
    const before = await state()
    const page = await send(parts, html)
    assert.equal(page.statusCode, status)
    assert.match(page.body, sentence)
    assert.match(page.body, /Nothing was changed/)
    assert.equal(page.body.match(/class="error-summary"/g)?.length, 1)
    const data = await send(parts)
    assert.equal(data.statusCode, status)
    assert.match(data.json().type, status === 503 ? /file-not-read$/ : /file-refused$/)
    assert.equal(data.headers['retry-after'], status === 503 ? '60' : undefined)
    assert.deepEqual(await state(), before)
  })

test('what was written already is taken back when the process that reads is killed', async () => {
  const pids: number[] = []
  const { send } = await within({ started: (pid) => pids.push(pid) })
  const before = await state()
  const parts = [aLargeTable(2500), aMapping()].map((part) => ({
    ...part,
    content: String(part.content).replaceAll('Piers', 'Quays'),
  }))
  const holder = postgres(first.urls.owner, { max: 1, onnotice: () => {} })
  const sent = await holder.begin(async (sql) => {
    // Documents are written and cells are not.
    await sql`lock table estimates.cell in share mode`
    const response = send(parts)
    await untilOneWaits(other)
    process.kill(pids[0]!, 'SIGKILL')
    return { response }
  })
  await holder.end()
  const refused = await sent.response
  assert.deepEqual([refused.statusCode, refused.json().type], [503, '/problems/estimates.file-not-read'])
  assert.deepEqual(await state(), before)
  // And the next one has a process of its own.
  assert.equal((await send(parts)).statusCode, 201)
  assert.equal(pids.length, 2)
})

test('of more files than can be read at once some wait, and the others are asked to come again', async () => {
  const { app, send } = await within({ atOnce: 1, waiting: 1 })
  const before = await state()
  const answers = await Promise.all(
    ['a', 'b', 'c'].map((name) => send([{ ...aText(), name: `${name}.txt`, content: 'A letter\n' }])),
  )
  assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [422, 422, 503])
  const late = answers.find(({ statusCode }) => statusCode === 503)!
  assert.match(late.json().title, /Several files are being read at this moment\. Try again in a minute/)
  assert.equal(late.headers['retry-after'], '60')
  assert.deepEqual(await state(), before)
  assert.equal((await send([aText('A letter\n')])).statusCode, 422)
  assert.equal((await app.inject('/healthz')).statusCode, 200)
})

test('a file has its place before it is received, so that no more are held than can be read', async () => {
  const { app, send, officer } = await within({ atOnce: 1, waiting: 0 })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { headers, payload } = multipart([aText('A letter\n')])
  const slow = request({
    port: (app.server.address() as { port: number }).port,
    path: '/eng/estimates/import',
    method: 'POST',
    headers: { ...headers, ...officer, 'content-length': payload.length },
  })
  slow.write(payload.subarray(0, 150))
  const answer = async () => (await send([aText('Another letter\n')])).statusCode
  await untilReceiving(app.server)
  assert.equal(await answer(), 503)
  slow.end(payload.subarray(150))
  const [response] = (await once(slow, 'response')) as [IncomingMessage]
  assert.equal(response.statusCode, 422)
  response.resume()
  assert.equal(await answer(), 422)
})

test('of a form nothing is kept but one file and one mapping', async () => {
  const { send } = await within({})
  const before = await state()
  const twice = await send([aText(), aText('A letter\n')])
  assert.equal(twice.statusCode, 422)
  assert.match(twice.json().title, /more than one file of a kind/)
  const mapping = await send([aText(), { ...aMapping(), content: 'x'.repeat(5_000_000) }])
  assert.match(mapping.json().title, /at most 50 kB/)
  assert.deepEqual(await state(), before)
})

test('a process reads one file after the other, and is gone when nobody comes', async () => {
  const { send, started } = await within({ restMs: 300 })
  await send([aText('A letter\n')])
  await send([aText('Another letter\n')])
  assert.equal(started.length, 1)
  for (let tries = 0; tries < 400 && isAlive(started[0]!); tries++)
    await new Promise((resolve) => setTimeout(resolve, 25))
  assert.ok(!isAlive(started[0]!))
  await send([aText('A letter\n')])
  assert.equal(started.length, 2)
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test('the same file imported at once in two processes is the same as once', async () => {
  const apps = [await within({}), await within({})]
  const before = await state()
  const answers = await Promise.all(apps.map(({ send }) => send([aText()])))
  assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [200, 201])
  assert.equal(answers[0]!.json().import, answers[1]!.json().import)
  const now = await state()
  for (const each of ['documents', 'imports', 'publications', 'acts']) assert.equal(now[each]! - before[each]!, 1, each)
})

test('a file of 200 MB is refused over the network in one sentence, and is never held', async () => {
  const { app, officer, started } = await within({})
  const before = await state()
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as { port: number }
  const { headers, payload } = multipart([aText('')])
  // The file stands between the head of its part and the boundary that ends it.
  const end = payload.lastIndexOf('\r\n--praya')
  const [head, foot] = [payload.subarray(0, end), payload.subarray(end)]
  const sent = request({
    port,
    path: '/eng/estimates/import',
    method: 'POST',
    headers: { ...headers, ...officer, 'content-length': payload.length + 200_000_000 },
  })
  function* body() {
    yield head
    for (let megabyte = 0; megabyte < 200; megabyte++) yield Buffer.alloc(1_000_000, 'a')
    yield foot
  }
  // Whether the rest is taken or not is the server's affair; the answer has come by then.
  pipeline(Readable.from(body()), sent).catch(() => {})
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  const answer = JSON.parse(await text(response))
  sent.destroy()
  assert.equal(response.statusCode, 422)
  assert.equal(answer.title, 'The file is larger than 20 MB, so it was not read. Nothing was changed.')
  assert.deepEqual(started, [])
  assert.deepEqual(await state(), before)
})
