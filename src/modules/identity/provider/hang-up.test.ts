// Clients that are gone in the middle of a request: no failure of ours, so that nobody is woken for them.
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import { aListeningSite } from '../../../../test/relying-party.ts'
import { untilReceiving } from '../../../../test/waiting.ts'

type Line = { level: number; msg: string }
const lines: Line[] = []
const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) })
const { app, site } = await aListeningSite({ log })

// biome-ignore format: matrix
const cases: [how: string, end: (socket: ReturnType<typeof connect>) => unknown][] = [
  ['closes its connection', (socket) => socket.destroy()],
  ['resets its connection', (socket) => socket.resetAndDestroy()],
  ['ends its half',         (socket) => socket.end()],
]

for (const [how, end] of cases)
  for (const path of ['/id/token', '/id/request'])
    test(`a client that ${how} in the middle of ${path} is told of as that`, async () => {
      lines.length = 0
      const socket = connect(Number(new URL(site).port), '127.0.0.1').on('error', () => {})
      const type = 'content-type: application/x-www-form-urlencoded'
      socket.write(`POST ${path} HTTP/1.1\r\nhost: localhost\r\n${type}\r\ncontent-length: 5000\r\n\r\nclient_id=`)
      await untilReceiving(app.server)
      end(socket)
      const said = (msg: string) => lines.filter((line) => line.msg === msg)
      for (let tries = 0; tries < 500 && said('The client hung up').length === 0; tries++) await pause(20)
      assert.equal(said('The client hung up').length, 1, JSON.stringify(lines))
      assert.deepEqual(
        lines.filter(({ level }) => level > 30),
        [],
      )
    })
