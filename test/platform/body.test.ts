// Bodies that come slowly: how much of them a process holds, and of one address.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { start } from '#test'
import { untilReceiving } from '../waiting.ts'
import { probe } from './probe.tsx'

const { app, as } = await start({ modules: [probe], behindProxy: true })
const address = await app.listen({ port: 0, host: '127.0.0.1' })
const writer = await as('probe:write-note')
const note = JSON.stringify({ subject: 'a' })

/** A note of which the beginning alone is sent yet. */
function begins(ip: string, length: number): { sent: ClientRequest; answered: Promise<number> } {
  const sent = request(`${address}/probe/notes`, {
    method: 'POST',
    headers: { ...writer, 'content-type': 'application/json', 'content-length': length, 'x-forwarded-for': ip },
  })
  sent.on('error', () => {})
  const answered = once(sent, 'response').then(
    ([response]) => {
      ;(response as IncomingMessage).resume()
      return (response as IncomingMessage).statusCode!
    },
    () => 0,
  )
  sent.write(note.slice(0, 5))
  return { sent, answered }
}
/** A whole note. */
async function sends(ip: string): Promise<number> {
  const { sent, answered } = begins(ip, note.length)
  sent.end(note.slice(5))
  return answered
}

test('one address holds 64 megabytes of bodies that do not end; others go on, and it does when it lets go', async () => {
  const slow = Array.from({ length: 64 }, () => begins('10.0.0.1', 1_000_000))
  await untilReceiving(app.server, slow.length)
  assert.equal(await sends('10.0.0.1'), 503)
  assert.equal(await sends('10.0.0.2'), 201)
  for (const { sent } of slow) sent.destroy()
  for (let tries = 0; (await sends('10.0.0.1')) !== 201 && tries < 100; tries += 1) await pause(50)
  for (let each = 0; each < 3; each += 1) assert.equal(await sends('10.0.0.1'), 201)
})

test('what was refused unread counts no more either', async () => {
  const large = 'x'.repeat(900_000)
  for (let each = 0; each < 80; each += 1) {
    const { status } = await fetch(`${address}/probe/notes`, {
      method: 'POST',
      headers: { ...writer, 'content-type': 'text/csv', 'x-forwarded-for': '10.0.0.4' },
      body: large,
    })
    assert.equal(status, 415)
  }
  assert.equal(await sends('10.0.0.4'), 201)
})

test('what was read counts no more, however often an address sends', async () => {
  for (let each = 0; each < 200; each += 1) assert.equal(await sends('10.0.0.3'), 201)
  const slow = begins('10.0.0.3', note.length)
  await pause(100)
  slow.sent.end(note.slice(5))
  assert.equal(await slow.answered, 201)
})
