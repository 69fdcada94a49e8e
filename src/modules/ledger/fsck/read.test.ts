// A log that somebody serves: what is read, and what a server cannot do to us.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { printVerifierKey } from '../notes/keys.rules.ts'
import { policyOfKey } from '../notes/policy.rules.ts'
import { call } from '../testing/calls.ts'
import { lateFaultOf } from '../testing/faults.ts'
import { aSigner } from '../testing/keys.ts'
import { aLog } from '../testing/logs.ts'
import { fsck } from './command.ts'
import { checkLog } from './fsck.ts'
import { readAddress, readFolder } from './read.ts'

const signer = aSigner()
const policy = policyOfKey(signer.key)
const key = printVerifierKey(signer.key)
const files = aLog(signer, 600)

type Answer = (request: IncomingMessage, response: ServerResponse, path: string) => unknown
const serve: Answer = (_, response, path) => {
  const bytes = files.get(path)
  response.writeHead(bytes ? 200 : 404).end(bytes ?? 'nothing')
}
let asked: string[] = []
let answer: Answer = serve
const server = createServer((request, response) => {
  const path = request.url!.replace('/log/', '')
  asked.push(path)
  answer(request, response, path)
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/log`
after(() => {
  server.closeAllConnections()
  server.close()
})

const quick = { timeoutMs: 300, pausesMs: [1, 1] }
const check = (by: Answer, patience = quick) => {
  answer = by
  asked = []
  return checkLog(readAddress(address, patience), { policy, where: address })
}

test('a served log is whole, each file asked for once', async () => {
  answer = serve
  asked = []
  const { code, out } = await call(fsck, [address], { key })
  assert.equal(code, 0)
  assert.match(out, /Each of its 600 entries/)
  assert.deepEqual(asked.toSorted(), [...files.keys()].toSorted())
})

test('a served log may be packed, elsewhere, or busy for a moment', async () => {
  const packed: Answer = (_, response, path) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(files.get(path)!))
  const elsewhere: Answer = (request, response, path) =>
    request.url!.startsWith('/log/')
      ? response.writeHead(302, { location: `/moved/${path}` }).end()
      : serve(request, response, path.replace('/moved/', ''))
  const seen = new Set<string>()
  const busy: Answer = (request, response, path) => {
    if (seen.has(path)) return serve(request, response, path)
    seen.add(path)
    return path.includes('entries') ? request.socket.destroy() : response.writeHead(503).end()
  }
  for (const by of [packed, elsewhere, busy]) assert.deepEqual((await check(by)).findings, [])
})

test('a damaged file that is served is found', async () => {
  const { findings } = await check((request, response, path) => {
    const bytes = Buffer.from(files.get(path) ?? [])
    if (path !== 'tile/entries/001') return serve(request, response, path)
    bytes[7]! ^= 1
    return response.end(bytes)
  })
  assert.deepEqual(
    findings.map(({ code, values }) => [code, values.index]),
    [['entry-differs', '256']],
  )
})

const large = Buffer.alloc(1_048_577)
const bomb = gzipSync(Buffer.alloc(50_000_000))
const endless: Answer = (_, response) => {
  const write = () => response.destroyed || response.write(large, () => setImmediate(write))
  write()
}
const drip: Answer = (_, response) => {
  const timer = setInterval(() => response.write('a'), 20)
  response.on('close', () => clearInterval(timer))
}

test('a server that misbehaves ends the check in a sentence', async () => {
  // biome-ignore format: a table
  const cases = [
    ['a loop',                  (_, response) => response.writeHead(302, { location: '/log/checkpoint' }).end(),     'read-redirects'],
    ['a file of this machine',  (_, response) => response.writeHead(302, { location: 'file:///etc/hostname' }).end(), 'read-redirects'],
    ['no address',              (_, response) => response.writeHead(302, { location: 'http://[' }).end(),            'read-redirects'],
    ['silence',                 () => {},                                                                            'read-slow'],
    ['an octet now and then',   drip,                                                                                'read-slow'],
    ['a large answer',          (_, response) => response.end(large),                                                'read-large'],
    ['an endless answer',       endless,                                                                             'read-large'],
    ['a small one that grows',  (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),  'read-large'],
    ['a broken packing',        (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('no'),  'read-failed'],
    ['a line that is cut',      (request) => request.socket.destroy(),                                               'read-failed'],
    ['a fault of its own',      (_, response) => response.writeHead(500).end(),                                      'read-status'],
    ['a door that is shut',     (_, response) => response.writeHead(403).end(),                                      'read-status'],
    ['nothing',                 (_, response) => response.writeHead(404).end(),                                      'no-checkpoint'],
  ] as const satisfies [string, Answer, string][]
  for (const [what, by, code] of cases) {
    const begun = performance.now()
    await lateFaultOf(code, check(by), what)
    assert.ok(performance.now() - begun < 10_000, `${what} holds us for ${performance.now() - begun} ms`)
  }
})

test('a tile that is too large is a fault of the log, and a server that stops in the middle is none', async () => {
  const { findings } = await check((request, response, path) =>
    path === 'tile/0/001' ? response.end(large) : serve(request, response, path),
  )
  assert.deepEqual(
    findings.map(({ code }) => code),
    ['read-large'],
  )
  const stops = check((request, response, path) =>
    path === 'tile/0/001' ? request.socket.destroy() : serve(request, response, path),
  )
  await lateFaultOf('read-failed', stops)
  assert.equal(asked.filter((path) => path === 'tile/0/001').length, 1 + quick.pausesMs.length, 'it is tried again')
})

test('where nobody listens nothing can be said', async () => {
  await lateFaultOf('read-failed', checkLog(readAddress('http://127.0.0.1:9/', quick), { policy, where: '' }))
  answer = (_, response) => response.writeHead(403).end()
  const { code, errors } = await call(fsck, [address], { key })
  assert.deepEqual([code, errors], [2, 'The server answers 403 to checkpoint.'])
})

test('a file that is too large is not opened, and one that is missing is none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'praya-read-'))
  after(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'checkpoint'), large)
  const read = readFolder(folder)
  await lateFaultOf('read-large', read('checkpoint', 1_048_576))
  assert.equal((await read('checkpoint', 1_048_577))?.length, large.length)
  assert.equal(await read('checkpoint/more', 10), undefined)
  assert.equal(await read('no', 10), undefined)
})

test('a pipe in the place of a file is refused, and nobody waits for its other end', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'praya-log-'))
  after(() => rmSync(folder, { recursive: true, force: true }))
  execFileSync('mkfifo', [join(folder, 'checkpoint')])
  await lateFaultOf('read-failed', readFolder(folder)('checkpoint', 100))
})
