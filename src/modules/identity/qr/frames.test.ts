// What a code shows: for how long it counts, and that nobody else can make it.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { cookieOf, start } from '#test'
import { insertSession } from '../sessions/sessions.sql.ts'
import { showCode } from '../testing/scanning.ts'
import { readFrame, writeFrame } from './frames.rules.ts'

// The clock stands until a test moves it.
let clock = new Date()
const pass = (seconds: number) => {
  clock = new Date(clock.getTime() + seconds * 1000)
}
const { app, sql, installation } = await start({ now: () => clock })
const { vault, address } = installation

/** A phone on which a made-up person is signed in. */
async function aMadeUpPhone() {
  const token = await insertSession(sql, { personId: installation.pack.people[0]!.id, levelMax: 3, methods: ['demo'] })
  return { headers: cookieOf(token) }
}
const open = (headers: Record<string, string>, text: string) =>
  app.inject({
    url: text.replace(address, ''),
    headers: { accept: 'application/json', ...headers },
    remoteAddress: '198.51.100.7',
  })
const typeOf = (response: { body: string }) => JSON.parse(response.body).type?.replace('/problems/identity.', '')

test('a frame lives three seconds, and no longer than the code', async () => {
  // biome-ignore format: matrix
  const cases: [seconds: number, shownAt: number, status: number][] = [
    [0,    0,  303],
    [1,    0,  303],
    [2,    0,  303],
    [2.9,  0,  303],
    [3,    0,  403],
    [3,    1,  303],
    [4,    1,  403],
    [60,   59, 403],
  ]
  const { headers } = await aMadeUpPhone()
  for (const [seconds, shownAt, status] of cases) {
    const browser = await showCode(app)
    pass(shownAt)
    const text = await browser.scan()
    pass(seconds - shownAt)
    const scanned = await open(headers, text)
    assert.equal(scanned.statusCode, status, `shown at ${shownAt}, scanned at ${seconds}: ${scanned.body}`)
    if (status === 403) {
      assert.equal(typeOf(scanned), 'phone-code-dead')
      assert.notEqual((await browser.look()).state, 'claimed')
    }
  }
})

test('a frame that somebody wrote, changed or took from another order is worth nothing', async () => {
  const { headers } = await aMadeUpPhone()
  const browser = await showCode(app)
  pass(1)
  const text = await browser.scan()
  const [order, step, mac] = text.split('?f=')[1]!.split('.') as [string, string, string]
  const other = (await (await showCode(app)).scan()).split('?f=')[1]!.split('.') as [string, string, string]
  const flipped = (mac.startsWith('A') ? 'B' : 'A') + mac.slice(1)
  const at = `${address}/sign-in/scan?f=`
  // biome-ignore format: matrix
  const cases: [what: string, text: string][] = [
    ['an altered MAC',                  `${order}.${step}.${flipped}`],
    ['no MAC',                          `${order}.${step}.`],
    ['a shorter MAC',                   `${order}.${step}.${mac.slice(0, 8)}`],
    ['an altered time',                 `${order}.${Number(step) + 1}.${mac}`],
    ['a time with a zero before it',    `${order}.0${step}.${mac}`],
    ['the MAC of another order',        `${order}.${step}.${other[2]}`],
    ['another order with this MAC',     `${other[0]}.${step}.${mac}`],
    ['an order that there is not',      writeFrame(vault, { order: randomBytes(12).toString('base64url'), step: 1 })],
    ['a frame of a second long ahead',  writeFrame(vault, { order, step: 9 })],
    ['nothing that is a frame',         '../../etc/passwd'],
  ]
  for (const [what, frame] of cases) {
    const scanned = await open(headers, at + encodeURIComponent(frame))
    assert.equal(typeOf(scanned), 'phone-code-dead', what)
  }
  assert.equal((await browser.look()).state, 'waiting')
  assert.equal((await open(headers, text)).statusCode, 303, 'the true frame counts still')
})

test('every bit of the MAC counts', () => {
  const order = randomBytes(12).toString('base64url')
  const text = writeFrame(vault, { order, step: 7 })
  assert.deepEqual(readFrame(vault, text), { order, step: 7 })
  const mac = Buffer.from(text.split('.')[2]!, 'base64url')
  assert.ok(mac.length * 8 >= 64)
  for (let bit = 0; bit < mac.length * 8; bit++) {
    const wrong = Buffer.from(mac)
    wrong[bit >> 3]! ^= 1 << (bit & 7)
    assert.equal(readFrame(vault, `${order}.7.${wrong.toString('base64url')}`), undefined, `bit ${bit}`)
  }
})
