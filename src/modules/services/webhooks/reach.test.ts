// Where messages may go, and that a name cannot lead anywhere else.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aReceiver } from '../testing/receiver.ts'
import { type Lookup, postMessage } from './post.ts'
import { mayReach, nextTry, readAddress } from './webhooks.rules.ts'

const outside = { demonstration: false, inside: false }
const demonstration = { demonstration: true, inside: false }
const inside = { demonstration: false, inside: true }

// biome-ignore format: matrix
const addresses = [
  // address                     public  demonstration  inside
  ['93.184.216.34',              true,   true,   true],
  ['2606:4700::1111',            true,   true,   true],
  ['127.0.0.1',                  false,  true,   false],
  ['127.8.8.8',                  false,  true,   false],
  ['::1',                        false,  true,   false],
  ['10.0.0.1',                   false,  false,  true],
  ['172.16.0.1',                 false,  false,  true],
  ['172.32.0.1',                 true,   true,   true],
  ['192.168.1.1',                false,  false,  true],
  ['fd00::1',                    false,  false,  true],
  ['169.254.169.254',            false,  false,  false],
  ['fe80::1',                    false,  false,  false],
  ['0.0.0.0',                    false,  false,  false],
  ['::',                         false,  false,  false],
  ['100.64.0.1',                 false,  false,  false],
  ['224.0.0.1',                  false,  false,  false],
  ['255.255.255.255',            false,  false,  false],
  ['::ffff:127.0.0.1',           false,  false,  false],
  ['::ffff:10.0.0.1',            false,  false,  false],
  ['::ffff:a00:1',               false,  false,  false],
  ['64:ff9b::a00:1',             false,  false,  false],
  ['2002:a00:1::',               false,  false,  false],
  ['not an address',             false,  false,  false],
] as const
for (const [address, ...expected] of addresses)
  test(`${address} is reached over HTTPS: ${expected.join(', ')}`, () => {
    assert.deepEqual(
      [outside, demonstration, inside].map((reach) => mayReach(address, 'https:', reach)),
      expected,
    )
  })

test('what goes in clear goes to this machine alone, in a demonstration', () => {
  for (const reach of [outside, demonstration, inside])
    for (const address of ['93.184.216.34', '10.0.0.1']) assert.equal(mayReach(address, 'http:', reach), false)
  assert.equal(mayReach('127.0.0.1', 'http:', demonstration), true)
  assert.equal(mayReach('127.0.0.1', 'http:', inside), false)
})

// biome-ignore format: matrix
const typed = [
  // typed                               outside                       demonstration
  ['https://hook.example/a?b=c',         'https://hook.example/a?b=c', 'https://hook.example/a?b=c'],
  [' https://hook.example ',             'https://hook.example/',      'https://hook.example/'],
  ['http://hook.example/',               undefined,                    undefined],
  ['http://localhost:3000/',             undefined,                    'http://localhost:3000/'],
  ['http://127.0.0.1:3000/',             undefined,                    'http://127.0.0.1:3000/'],
  ['https://2130706433/',                undefined,                    'https://127.0.0.1/'],
  ['https://0x7f.1/',                    undefined,                    'https://127.0.0.1/'],
  ['https://[::1]/',                     undefined,                    'https://[::1]/'],
  ['https://[::ffff:127.0.0.1]/',        undefined,                    undefined],
  ['https://169.254.169.254/latest',     undefined,                    undefined],
  ['https://ada:key@hook.example/',      undefined,                    undefined],
  ['https://hook.example/#part',         undefined,                    undefined],
  ['ftp://hook.example/',                undefined,                    undefined],
  ['javascript:alert(1)',                undefined,                    undefined],
  ['hook.example',                       undefined,                    undefined],
  ['',                                   undefined,                    undefined],
] as const
for (const [text, ...expected] of typed)
  test(`“${text}” as the address of a webhook is ${expected[0] ?? 'refused'}`, () => {
    assert.deepEqual(
      [outside, demonstration].map((reach) => readAddress(text, reach)),
      expected,
    )
  })

/** A name service that answers each question with the next of these addresses. */
function names(...answers: string[][]) {
  const asked: string[] = []
  const resolve = ((host: string, _options: unknown, done: (error: null, found: object[]) => void) => {
    asked.push(host)
    const found = answers[Math.min(asked.length, answers.length) - 1]!
    done(
      null,
      found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )
  }) as unknown as Lookup
  return { asked, resolve }
}
const message = { headers: { 'content-length': '2' }, body: '{}' }

test('a name that leads inside is not called, also where one of its addresses is public', async () => {
  const { taken, url } = await aReceiver()
  for (const answers of [['127.0.0.1'], ['93.184.216.34', '127.0.0.1'], []]) {
    const at = new URL(url.replace('127.0.0.1', 'hook.example').replace('http:', 'https:'))
    const posted = await postMessage(at, message, outside, names(answers))
    assert.deepEqual(posted, { failure: 'ENOTALLOWED' })
  }
  assert.equal(taken.length, 0)
})

test('a name is looked up once, and the address that was looked at is the one that is called', async () => {
  const { taken, url } = await aReceiver()
  const service = names(['127.0.0.1'], ['169.254.169.254'])
  const posted = await postMessage(new URL(url.replace('127.0.0.1', 'hook.example')), message, demonstration, service)
  assert.deepEqual([posted, taken.length, service.asked], [{ status: 200 }, 1, ['hook.example']])
})

test('a host that is written as an address is judged as well', async () => {
  const { taken, url } = await aReceiver()
  assert.deepEqual(await postMessage(new URL(url), message, outside), { failure: 'ENOTALLOWED' })
  assert.equal(taken.length, 0)
})

test('pauses grow from a minute to a day, a fifth more or less, and the last try is after 72 hours', () => {
  const since = new Date('2027-01-01T00:00:00Z')
  const minutes = (tries: number, chance: number, at = since) =>
    (nextTry(tries, since, at, chance)!.getTime() - at.getTime()) / 60_000
  assert.deepEqual(
    [1, 2, 3, 4, 5, 6, 7, 50].map((tries) => minutes(tries, 0.5)),
    [1, 4, 16, 64, 256, 1024, 1440, 1440],
  )
  assert.deepEqual([minutes(2, 0), minutes(2, 1)], [3.2, 4.8])
  const hours = (count: number) => new Date(since.getTime() + count * 3_600_000)
  assert.deepEqual(nextTry(9, since, hours(71), 0.5), hours(72))
  assert.equal(nextTry(10, since, hours(72), 0.5), undefined)
})
