import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { test } from 'node:test'
import { createDeflate, deflateSync } from 'node:zlib'
import { start } from '#test'
import { untilReceiving } from '../../../../test/waiting.ts'
import { openPdfReader, readerLimits } from './pdf-reader.ts'
import { aPdf, form } from './testing/signers.ts'

const megabyte = 1_000_000
const skip = !existsSync('/proc/self/status') && 'only Linux tells what a process takes'

/** As many megabytes of zeros, packed once or twice. */
async function zeros(megabytes: number): Promise<Buffer> {
  const packer = createDeflate({ level: 9 })
  const chunks: Buffer[] = []
  packer.on('data', (chunk: Buffer) => chunks.push(chunk))
  for (let at = 0; at < megabytes; at++) if (!packer.write(Buffer.alloc(megabyte))) await once(packer, 'drain')
  packer.end()
  await once(packer, 'end')
  return Buffer.concat(chunks)
}

type Stream = { data: Buffer; filter: string; type: string }
/** A file of 3 MB or less whose only stream is this, to which `startxref` leads. */
function aFile({ data, filter, type }: Stream): Buffer {
  const begin = '%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n'
  const head = `5 0 obj\n<< ${type} /Root 1 0 R /Filter ${filter} /Length ${data.length} >>\nstream\n`
  const tail = `\nendstream\nendobj\nstartxref\n${begin.length}\n%%EOF\n`
  return Buffer.concat([Buffer.from(begin + head), data, Buffer.from(tail)])
}
const crossReference = '/Type /XRef /Size 6 /W [1 2 1]'

/** The memory of each process that this one started, in megabytes. */
const residentOfChildren = (): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const status = readFileSync(`/proc/${pid}/status`, 'latin1')
        const [, parent, resident] = /PPid:\s+(\d+)[\s\S]*VmRSS:\s+(\d+)/.exec(status) ?? []
        return Number(parent) === process.pid ? [Number(resident) / 1000] : []
      } catch {
        return []
      }
    })

const packed = await zeros(1200)
const bombs: [name: string, file: Buffer][] = [
  ['a cross-reference of zeros', aFile({ data: packed, filter: '/FlateDecode', type: crossReference })],
  [
    'a cross-reference that was packed twice',
    aFile({ data: deflateSync(packed), filter: '[/FlateDecode /FlateDecode]', type: crossReference }),
  ],
  [
    'a cross-reference of runs',
    aFile({
      data: Buffer.alloc(19 * megabyte, 0x81),
      filter: '[/RunLengthDecode /RunLengthDecode]',
      type: crossReference,
    }),
  ],
  [
    'a cross-reference for millions of objects',
    aFile({ data: await zeros(60), filter: '/FlateDecode', type: '/Type /XRef /Size 60000000 /W [1 0 0]' }),
  ],
]
for (const [name, file] of bombs)
  test(`${name} is given up before it takes a gigabyte, and the next file is read`, { skip }, async () => {
    const reader = openPdfReader()
    let most = 0
    const watching = setInterval(() => {
      most = Math.max(most, ...residentOfChildren())
    }, 20)
    assert.deepEqual(await reader.inspect(file), { refusal: 'damaged' })
    clearInterval(watching)
    assert.ok(most > 10 && most < 1000, `${most} MB`)
    assert.deepEqual(await reader.inspect(await aPdf()), { pages: 1, signatures: 0 })
    reader.close()
  })

test('a PDF that takes too long to read is given up, and the next one is read', async () => {
  const impatient = openPdfReader({ ...readerLimits, timeoutMs: 1, atOnce: 1 })
  assert.deepEqual(await impatient.inspect(await aPdf()), { refusal: 'damaged' })
  const patient = openPdfReader({ ...readerLimits, timeoutMs: 60_000, atOnce: 1 })
  const both = await Promise.all([patient.inspect(await aPdf()), patient.inspect(await aPdf())])
  assert.deepEqual(both, [
    { pages: 1, signatures: 0 },
    { pages: 1, signatures: 0 },
  ])
  impatient.close()
  patient.close()
})

test('of many files at once as many are read as may wait, and the others are refused at once', async () => {
  const reader = openPdfReader({ ...readerLimits, atOnce: 1, waiting: 2 })
  const file = await aPdf()
  const asked = await Promise.allSettled(Array.from({ length: 5 }, () => reader.inspect(file)))
  assert.deepEqual(
    asked.map((each) => (each.status === 'fulfilled' ? 'read' : each.reason.code)),
    ['read', 'read', 'read', 'identity.files-busy', 'identity.files-busy'],
  )
  assert.deepEqual(await reader.inspect(file), { pages: 1, signatures: 0 })
  reader.close()
})

test('files are held up to a sum of octets, which is free again when they are done with', async () => {
  const reader = openPdfReader({ ...readerLimits, heldMb: 1 })
  let done = () => {}
  const first = reader.hold(async (take) => {
    take(900_000)
    await new Promise<void>((resolve) => {
      done = resolve
    })
  })
  const second = () => reader.hold(async (take) => take(200_000))
  await assert.rejects(second(), { code: 'identity.files-busy' })
  done()
  await first
  await second()
  const failing = reader.hold(async (take) => {
    take(1_000_000)
    throw new Error('x')
  })
  await assert.rejects(failing, /x/)
  await reader.hold(async (take) => take(1_000_000))
})

test('whoever comes when too much is held is told when to come again; and what broke off is not held', async () => {
  const { app } = await start({ behindProxy: true })
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const file = Buffer.alloc(19 * megabyte, '%')
  const sent = form({ signature: { name: 'a.pdf', bytes: file } })
  const { port } = new URL(address)
  const head = (ip: string) =>
    `POST /sign/verify HTTP/1.1\r\nhost: ${new URL(address).host}\r\nx-forwarded-for: ${ip}\r\naccept: application/json\r\ncontent-type: ${sent.headers['content-type']}\r\ncontent-length: ${sent.payload.length}\r\n\r\n`
  const sockets = await Promise.all(
    Array.from({ length: 7 }, async (_, at) => {
      const socket = connect(Number(port), '127.0.0.1')
      await once(socket, 'connect')
      socket.on('error', () => {})
      socket.write(head(`10.0.0.${at}`))
      // All but the end, or as much as is taken of it.
      await new Promise<void>((resolve) => {
        socket.once('data', () => resolve())
        socket.write(sent.payload.subarray(0, 18 * megabyte), () => resolve())
      })
      return socket
    }),
  )
  const ask = () => app.inject({ method: 'POST', url: '/sign/verify', ...sent })
  const refused = await ask()
  assert.deepEqual([refused.statusCode, refused.headers['retry-after']], [503, '30'])
  assert.match(refused.json<{ type: string }>().type, /identity\.files-busy$/)
  for (const socket of sockets) socket.destroy()
  let again = await ask()
  for (let tries = 0; again.statusCode === 503 && tries < 50; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100))
    again = await ask()
  }
  assert.equal(again.statusCode, 422, again.body)
})

test('one address checks two files at once and keeps nobody else from it, however slowly it sends them', async () => {
  const { app } = await start({ behindProxy: true })
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const sent = form({ signature: { name: 'a.pdf', bytes: await aPdf() } })
  const slow = (ip: string) => {
    const headers = { ...sent.headers, 'content-length': sent.payload.length, 'x-forwarded-for': ip }
    const asked = request(`${address}/sign/verify`, { method: 'POST', headers })
    asked.write(sent.payload.subarray(0, 400))
    return { end: () => asked.end(sent.payload.subarray(400)), answer: once(asked, 'response') }
  }
  const ask = (ip: string) =>
    app.inject({
      method: 'POST',
      url: '/sign/verify',
      payload: sent.payload,
      headers: { ...sent.headers, 'x-forwarded-for': ip },
    })
  const both = [slow('10.0.0.1'), slow('10.0.0.1')]
  await untilReceiving(app.server, 2)
  const refused = await ask('10.0.0.1')
  assert.match(refused.json<{ type: string }>().type, /identity\.files-of-yours$/)
  assert.equal(refused.headers['retry-after'], '30')
  assert.equal((await ask('10.0.0.2')).statusCode, 422)
  for (const { end } of both) end()
  for (const [answer] of await Promise.all(both.map(({ answer }) => answer)))
    assert.equal(answer.resume().statusCode, 422)
  assert.equal((await ask('10.0.0.1')).statusCode, 422)
})
