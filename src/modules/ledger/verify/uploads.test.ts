// Files that anybody sends to /verify: how much of them a process holds, and what happens beyond.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import { start } from '#test'
import { untilReceiving } from '../../../../test/waiting.ts'
import { documentBytesMax } from './uploads.ts'

const logged: string[] = []
const log = pino({ level: 'warn' }, { write: (line: string) => void logged.push(line) })
const { app } = await start({ behindProxy: true, log })
const address = await app.listen({ port: 0, host: '127.0.0.1' })

const boundary = 'edge'
const head = (name: string) =>
  `--${boundary}\r\ncontent-disposition: form-data; name="${name}"; filename="f"\r\ncontent-type: application/octet-stream\r\n\r\n`
/** A form that is being sent: from which address, and what of it so far. */
function sends(ip: string, piece: Uint8Array | string): { sent: ClientRequest; answered: Promise<number> } {
  const sent = request(`${address}/verify`, {
    method: 'POST',
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'x-forwarded-for': ip,
      accept: 'text/html',
    },
  })
  const answered = once(sent, 'response').then(
    ([response]) => {
      ;(response as IncomingMessage).resume()
      return (response as IncomingMessage).statusCode!
    },
    () => 0,
  )
  sent.on('error', () => {})
  sent.write(head('document'))
  sent.write(piece)
  return { sent, answered }
}
const end = ({ sent }: ReturnType<typeof sends>) => sent.end(`\r\n--${boundary}--\r\n`)

test('one address sends two forms at once, and the next is told to wait until one is done', async () => {
  const first = [sends('10.0.0.1', 'a'), sends('10.0.0.1', 'b')]
  await untilReceiving(app.server, 2)
  assert.equal(await sends('10.0.0.1', 'c').answered, 503)
  const other = sends('10.0.0.2', 'd')
  end(other)
  assert.equal(await other.answered, 200)
  for (const each of first) end(each)
  assert.deepEqual(await Promise.all(first.map(({ answered }) => answered)), [200, 200])
  const again = sends('10.0.0.1', 'e')
  end(again)
  assert.equal(await again.answered, 200)
})

test('of many who send large files at once a process holds three, and goes on when they hang up', async () => {
  const large = Buffer.alloc(documentBytesMax - 1000, 'x')
  const all = Array.from({ length: 6 }, (_, at) => sends(`10.0.1.${at}`, large))
  const answers: number[] = []
  for (const { answered } of all) void answered.then((status) => answers.push(status))
  // Three are refused; the others wait for the end of their form.
  for (let tries = 0; answers.length < 3 && tries < 1500; tries += 1) await pause(20)
  await pause(500)
  assert.deepEqual(answers, [503, 503, 503])
  for (const { sent } of all) sent.destroy()
  const next = async () => {
    const again = sends('10.0.1.9', large)
    end(again)
    return again.answered
  }
  let status = await next()
  for (let tries = 0; status !== 200 && tries < 50; tries += 1) {
    await pause(100)
    status = await next()
  }
  assert.equal(status, 200)
  assert.ok(!logged.some((line) => line.includes('aborted')), 'whoever hangs up is no failure of ours')
  // Of whoever was refused in the middle and is gone nothing is read, so that the file would end a minute later.
  app.server.closeAllConnections()
})
