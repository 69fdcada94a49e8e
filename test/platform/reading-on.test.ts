// Bodies that are answered before they end: that their senders hear of it, how long they are read, and what follows them.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import multipart from '@fastify/multipart'
import Fastify from 'fastify'
import { start } from '#test'
import { addReadingOn } from '../../src/platform/bodies.ts'
import { aModule, problem } from './probe.tsx'

const megabyte = Buffer.alloc(1_000_000, '%')
const answers: string[] = []
const module = aModule(async (app) => {
  const open = { config: { access: 'public', event: 'none' } } as const
  app.post('/probe/upload', open, async (request) => {
    for await (const part of request.files())
      for await (const _ of part.file) throw problem('refused', { values: { what: 'the rest' } })
  })
  app.post('/probe/said', open, async ({ body }) => {
    answers.push((body as { word: string }).word)
    return { heard: answers.length }
  })
})
const { app } = await start({ modules: [module] })
await app.listen({ port: 0, host: '127.0.0.1' })
const { port } = app.server.address() as AddressInfo

const head = (path: string, headers: readonly string[]) =>
  [`POST ${path} HTTP/1.1`, 'host: a', 'accept: application/json', ...headers, '', ''].join('\r\n')
const said = (word: string) => {
  const body = JSON.stringify({ word })
  return head('/probe/said', ['content-type: application/json', `content-length: ${body.length}`]) + body
}

async function open(to = port): Promise<Socket> {
  const socket = connect(to, '127.0.0.1')
  await once(socket, 'connect')
  return socket.on('error', () => {})
}
/** Writes, and does not go on before it was taken. */
const write = (socket: Socket, what: string | Buffer) =>
  new Promise<void>((resolve) => socket.write(what, () => resolve()))

/** What comes until it has this, or the connection ends. */
async function hears(socket: Socket, what: RegExp): Promise<string> {
  let all = ''
  return new Promise((resolve) => {
    socket.on('data', (piece) => {
      all += piece
      if (what.test(all)) resolve(all)
    })
    socket.once('close', () => resolve(all))
  })
}
const cutOff = (socket: Socket) =>
  new Promise<void>((resolve) => (socket.destroyed ? resolve() : socket.once('close', () => resolve())))

const upload = 'content-type: multipart/form-data; boundary=x'
const ofFile = '--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n'
const length = `content-length: ${20_000_000 + ofFile.length}`
const refused: [name: string, path: string, headers: string[], status: number][] = [
  ['a file that is refused in the middle', '/probe/upload', [upload, length], 409],
  [
    'a file that is refused in the middle, on a connection that is to close',
    '/probe/upload',
    [upload, length, 'connection: close'],
    409,
  ],
  ['a body that is too large by what it says', '/probe/said', ['content-type: application/json', length], 413],
  ['a body of a kind that is not taken', '/probe/said', ['content-type: text/csv', length], 415],
  [
    'a body at an address that is none',
    '/probe/none',
    ['content-type: application/json', length, 'connection: close'],
    413,
  ],
]
for (const [name, path, headers, status] of refused)
  test(`${name} is answered to whoever sends 20 MB of it and only then reads`, async () => {
    const socket = await open()
    const began = performance.now()
    await write(socket, head(path, headers) + ofFile)
    for (let sent = 0; sent < 20; sent += 1) await write(socket, megabyte)
    const answer = await hears(socket, /\r\n\r\n/)
    assert.match(answer, new RegExp(`^HTTP/1.1 ${status} `))
    assert.ok(performance.now() - began < 2000, `${performance.now() - began} ms`)
    if (headers.includes('connection: close')) await cutOff(socket)
    else {
      // All of it was read: the next request on the same connection is the next one.
      void socket.write(said('next'))
      assert.match(await hears(socket, /heard/), /^HTTP\/1.1 200 /)
      socket.destroy()
    }
  })

test('a body of unknown length is answered once it is too large, and read to its end', async () => {
  const socket = await open()
  await write(socket, head('/probe/said', ['content-type: application/json', 'transfer-encoding: chunked']))
  for (let sent = 0; sent < 20; sent += 1)
    for (const piece of ['f4240\r\n', megabyte, '\r\n']) await write(socket, piece)
  void socket.write(`0\r\n\r\n${said('after chunks')}`)
  const answer = await hears(socket, /heard/)
  assert.deepEqual(answer.match(/HTTP\/1.1 \d+/g), ['HTTP/1.1 413', 'HTTP/1.1 200'])
  socket.destroy()
})

test('nothing that a refused body holds is taken for a request, and what follows it is, once', async () => {
  const socket = await open()
  const inside = said('smuggled')
  const before = answers.length
  const body = inside.repeat(Math.ceil(2_000_000 / inside.length))
  const refusing = head('/probe/said', ['content-type: application/json', `content-length: ${body.length}`])
  void socket.write(refusing + body + said('follows'))
  const all = await hears(socket, /heard/)
  assert.deepEqual(all.match(/HTTP\/1.1 \d+/g), ['HTTP/1.1 413', 'HTTP/1.1 200'])
  await pause(50)
  assert.deepEqual(answers.slice(before), ['follows'])
  socket.destroy()
})

/** A server with limits that a test can wait for, whose every upload is refused after its first octets. */
async function withLimits(limits: { octetsMax: number; ms: number }) {
  const small = Fastify()
  const seen: IncomingMessage[] = []
  await small.register(multipart)
  addReadingOn(small, limits)
  small.post('/', async (request, reply) => {
    seen.push(request.raw)
    for await (const part of request.files())
      for await (const _ of part.file) return reply.code(409).send({ refused: true })
  })
  await small.listen({ port: 0, host: '127.0.0.1' })
  return { small, seen, socket: await open((small.server.address() as AddressInfo).port) }
}
const endless = head('/', [upload, 'content-length: 900000000']) + ofFile

test('whoever never reads and never ends is cut off when it has sent enough, and nothing of it was kept', async () => {
  const { small, seen, socket } = await withLimits({ octetsMax: 5_000_000, ms: 60_000 })
  let sent = 0
  await write(socket, endless)
  let keptMax = 0
  while (!socket.destroyed && sent < 200) {
    await Promise.race([write(socket, megabyte), cutOff(socket)])
    keptMax = Math.max(keptMax, seen[0]?.readableLength ?? 0)
    sent += 1
  }
  assert.ok(sent >= 5 && sent < 60, `${sent} MB`)
  assert.ok(seen[0]!.socket.bytesRead < 7_000_000, `${seen[0]!.socket.bytesRead} octets`)
  assert.ok(keptMax < 500_000, `${keptMax} octets`)
  await small.close()
})

test('whoever drips hears at once, and is cut off after a time', async () => {
  const { small, socket } = await withLimits({ octetsMax: 5_000_000, ms: 400 })
  await write(socket, `${endless}%`)
  const began = performance.now()
  const dripping = setInterval(() => socket.write('%'), 20)
  assert.match(await hears(socket, /refused/), /^HTTP\/1.1 409 /)
  const heard = performance.now() - began
  assert.ok(heard < 350, `${heard} ms`)
  await cutOff(socket)
  clearInterval(dripping)
  const lasted = performance.now() - began
  assert.ok(lasted >= 300 && lasted < 2000, `${lasted} ms`)
  await small.close()
})

test('whoever stops does not wait for senders whose answer was sent', async () => {
  const { small, socket } = await withLimits({ octetsMax: 5_000_000, ms: 60_000 })
  await write(socket, `${endless}%`)
  await hears(socket, /refused/)
  const began = performance.now()
  await small.close()
  assert.ok(performance.now() - began < 5000)
})
