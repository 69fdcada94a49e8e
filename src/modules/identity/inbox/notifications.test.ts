import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { type NewMessage, sendAlert, sendMessage } from './messages.ts'
import { isPublicAddress, isPushEndpoint } from './push.rules.ts'

const first = await start()
const second = await start({ beside: first })
const { app, sql, asPerson, installation } = first
const ada = asPerson({ id: 'ada-quay' })
const ben = asPerson({ id: 'ben-ledger' })
const html = { accept: 'text/html' }
const here = '/eng/account/notifications'
const post = (path: string, payload: object = {}, { by = ada, where = app } = {}) =>
  where.inject({ method: 'POST', url: `${here}/${path}`, headers: by, payload })
const read = async (by = ada) => (await app.inject({ url: '/account/notifications', headers: by })).json()
const forget = async () => {
  await sql`delete from identity.mail_address`
  await sql`delete from identity.mail_code`
  await sql`delete from identity.notification`
}
/** As the person reads it in the demonstration's own mailbox. */
const mailedCode = async (by = ada) => {
  const { mails } = (await app.inject({ url: '/account/outbox', headers: by })).json()
  return /\b\d{6}\b/.exec(mails[0].text)![0]
}
const other = (code: string, by = 1) => String((Number(code) + by) % 1_000_000).padStart(6, '0')

for (const address of [
  '',
  'ada',
  'ada@',
  '@mail.example',
  'ada@mail',
  'ada@mail.example, eve@mail.example',
  'ada@mail.example\r\nBcc: eve@mail.example',
  'Ada <ada@mail.example>',
  '"a b"@mail.example',
  'ada@[127.0.0.1]',
  'ada@mail..example',
  'ädä@mail.example',
  `${'a'.repeat(250)}@mail.example`,
])
  test(`${JSON.stringify(address).slice(0, 50)} is no address, and nothing is sent`, async () => {
    const response = await app.inject({
      method: 'POST',
      url: `${here}/address`,
      headers: { ...ada, ...html },
      payload: { address },
    })
    assert.equal(response.statusCode, 422, response.body)
    assert.match(response.body, /<a href="#address"/)
    assert.equal((await sql`select 1 from identity.notification`).length, 0)
    assert.equal((await sql`select 1 from identity.mail_address`).length, 0)
  })

test('an address counts once its code is typed, and neither lies readable in the database', async () => {
  await post('address', { address: ' Ada@Mail.example ' })
  const code = await mailedCode()
  assert.deepEqual((await read()).address, { text: 'Ada@Mail.example', confirmed: false, waits: true })
  const [row] = await sql<[{ text: string }]>`select mail_address::text as text from identity.mail_address`
  for (const word of ['Mail.example', code])
    for (const form of [word, Buffer.from(word).toString('hex')]) assert.ok(!row.text.includes(form))
  assert.equal((await post('code', { code: `${code.slice(0, 3)} ${code.slice(3)}` })).statusCode, 303)
  assert.deepEqual((await read()).address, { text: 'Ada@Mail.example', confirmed: true, waits: false })
  assert.equal((await post('code', { code })).statusCode, 422, 'a code is good once')
  await forget()
})

test('five guesses end a code, also when they come at once on two processes', async () => {
  await post('address', { address: 'ada@mail.example' })
  const code = await mailedCode()
  const guesses = Array.from({ length: 12 }, (_, at) =>
    post('code', { code: other(code, at + 1) }, { where: at % 2 ? app : second.app }),
  )
  for (const { statusCode } of await Promise.all(guesses)) assert.equal(statusCode, 422)
  const [{ tries }] = await sql<[{ tries: number }]>`select tries from identity.mail_address`
  assert.equal(tries, 5)
  assert.equal((await post('code', { code })).statusCode, 422, 'the right one is too late')
  assert.equal((await read()).address.confirmed, false)
  await forget()
})

test('a code is good for half an hour, for its person alone, and not after another was sent', async () => {
  await post('address', { address: 'ada@mail.example' })
  const code = await mailedCode()
  assert.equal((await post('code', { code }, { by: ben })).statusCode, 422)
  await sql`update identity.mail_address set code_expires_at = now() - interval '1 second'`
  assert.equal((await post('code', { code })).statusCode, 422)
  await post('address', { address: 'ada@mail.example' })
  const next = await mailedCode()
  if (next !== code) assert.equal((await post('code', { code })).statusCode, 422)
  assert.equal((await post('code', { code: next })).statusCode, 303)
  await forget()
})

test('nobody floods an address with codes: three a day to one address, five an hour from one person', async () => {
  const ask = (address: string, by = ada, where = app) => post('address', { address }, { by, where })
  const same = await Promise.all(
    [app, second.app, app, second.app, app].map((where, at) =>
      ask(at % 2 ? 'VICTIM@mail.example' : 'victim@mail.example', at % 2 ? ada : ben, where),
    ),
  )
  assert.deepEqual(same.map(({ statusCode }) => statusCode).sort(), [303, 303, 303, 429, 429])
  await forget()
  const statuses: number[] = []
  for (let each = 0; each < 6; each++) statuses.push((await ask(`a${each}@mail.example`)).statusCode)
  assert.deepEqual(statuses, [303, 303, 303, 303, 303, 429])
  await forget()
})

test('a choice for a service counts before that for its sender, and that before the one for all', async () => {
  await post('address', { address: 'ada@mail.example' })
  await post('code', { code: await mailedCode() })
  const message: NewMessage = {
    vault: installation.vault,
    personId: 'ada-quay',
    organisation: 'tide-station',
    title: { en: 'x', 'zh-Hant': '一' },
    body: { en: 'x', 'zh-Hant': '一' },
  }
  /** Which of three things are mailed: of the sender, of its service, an alert. */
  const mailed = async () => {
    await sql`delete from identity.notification`
    const count = async () => (await sql`select 1 from identity.notification where channel = 'mail'`).length
    const counts = [0]
    await sql.begin((each) => sendMessage(each, message))
    counts.push(await count())
    await sql.begin((each) => sendMessage(each, { ...message, service: 'lamps' }))
    counts.push(await count())
    await sql.begin((each) => sendAlert(each, { personId: 'ada-quay', kind: 'mandate-ended' }))
    counts.push(await count())
    return counts.slice(1).map((number, at) => number - counts[at]!)
  }
  const choose = (...mail: string[]) => post('preferences', { mail, push: [] })
  const [sender, service] = ['tide-station', 'tide-station/lamps']
  assert.deepEqual(await mailed(), [1, 1, 1], 'all are on unless the person says otherwise')
  // biome-ignore format: matrix
  const cases = [
    // mail is on for               sender, service, alerts
    [['all', 'alerts', sender, service], [1, 1, 1]],
    [['all', 'alerts', sender],          [1, 0, 1]],
    [['all', 'alerts', service],         [0, 1, 1]],
    [['all', sender, service],           [1, 1, 0]],
    [[],                                 [0, 0, 0]],
    [['alerts'],                         [0, 0, 1]],
  ] as const
  for (const [on, expected] of cases) {
    assert.equal((await choose(...on)).statusCode, 303)
    assert.deepEqual(await mailed(), expected, on.join(' '))
  }
  await sql.begin((each) => sendMessage(each, { ...message, service: 'tide-grant' }))
  const page = await read()
  const named = page.preferences.find((each: { sender: string }) => each.sender === 'tide-station/tide-grant')
  assert.deepEqual(
    [named.name.en, named.name['zh-Hant']],
    ['Tide Station: Tide grant for groups', '潮汐站：團體潮汐資助'],
  )
  await choose('all', 'alerts', 'somebody-else')
  assert.equal((await sql`select 1 from identity.notification_preference where sender = 'somebody-else'`).length, 0)
  await forget()
})

test('what stays as it was follows the choice for all senders', async () => {
  const message = {
    organisation: 'counting-house',
    title: { en: 'x', 'zh-Hant': '一' },
    body: { en: 'x', 'zh-Hant': '一' },
  }
  await sql.begin((each) => sendMessage(each, { ...message, vault: installation.vault, personId: 'ben-ledger' }))
  await post(
    'preferences',
    { mail: ['alerts', 'counting-house'], push: ['all', 'alerts', 'counting-house'] },
    { by: ben },
  )
  const { preferences } = await read(ben)
  assert.deepEqual(
    preferences.map((each: { sender: string; mail: boolean }) => [each.sender, each.mail]),
    [
      ['all', false],
      ['alerts', true],
      ['counting-house', false],
    ],
  )
  // People read what holds for all others after those that are named.
  const { body } = await first.app.inject({
    url: '/eng/account/notifications',
    headers: { ...ben, accept: 'text/html' },
  })
  const senders = [...body.matchAll(/<th scope="row">([^<]+)/g)].map(([, name]) => name)
  assert.deepEqual(senders, ['Your account here', 'Counting House', 'All other departments'])
})

test('the outbox is shown in a demonstration alone, one’s own mails to oneself', async () => {
  await post('address', { address: 'ada@mail.example' })
  const officer = await first.as('identity:read-outbox')
  const office = await app.inject({ url: '/office/outbox', headers: officer })
  assert.equal(office.json().lines.length, 1)
  assert.doesNotMatch(office.body, /ada-quay|ada@|"\d{6}"/)
  assert.equal((await app.inject({ url: '/office/outbox', headers: ada })).statusCode, 403)
  assert.deepEqual((await app.inject({ url: '/account/outbox', headers: ben })).json().mails, [])
  const real = await start({ demonstration: false })
  for (const url of ['/office/outbox', '/account/outbox'])
    assert.equal((await real.app.inject({ url, headers: officer })).json().type, '/problems/identity.no-outbox')
  await forget()
})

// biome-ignore format: matrix
const endpoints = [
  ['https://push.example.net/send/abc',    true],
  ['https://fcm.googleapis.com/fcm/send/x', true],
  ['http://push.example.net/send',         false],
  ['https://push.example.net:8443/send',   false],
  ['https://user@push.example.net/send',   false],
  ['https://127.0.0.1/send',               false],
  ['https://2130706433/send',              false],
  ['https://0x7f.1/send',                  false],
  ['https://[::1]/send',                   false],
  ['https://[::ffff:10.0.0.1]/send',       false],
  ['https://localhost/send',               false],
  ['https://metadata.internal/send',       false],
  ['https://printer.local/send',           false],
  ['https://database/send',                false],
  ['ftp://push.example.net/send',          false],
  ['file:///etc/passwd',                   false],
  ['',                                     false],
] as const
const keys = {
  p256dh: Buffer.concat([Buffer.of(4), Buffer.alloc(64, 1)]).toString('base64url'),
  auth: Buffer.alloc(16).toString('base64url'),
}

test('a push subscription leads to a public push service, and nowhere else', async () => {
  for (const [endpoint, good] of endpoints) {
    assert.equal(isPushEndpoint(endpoint), good, endpoint)
    const response = await post('push', { endpoint, keys })
    assert.equal(response.statusCode, good ? 201 : 422, endpoint)
  }
  assert.equal((await post('push', { endpoint: endpoints[0][0], keys: { ...keys, auth: 'AAAA' } })).statusCode, 422)
  const rows = await sql<{ text: string }[]>`select each::text as text from identity.push_subscription as each`
  assert.equal(rows.length, 2)
  for (const { text } of rows)
    assert.ok(!text.includes('push.example') && !text.includes(Buffer.from('push.example').toString('hex')))
  const [{ id }] = (await read()).push.subscriptions
  await post(`push/${id}/removal`, {}, { by: ben })
  assert.equal((await read()).push.subscriptions.length, 2, 'nobody stops the browser of another')
  await post(`push/${id}/removal`)
  assert.equal((await read()).push.subscriptions.length, 1)
})

// biome-ignore format: matrix
const machines = [
  ['93.184.215.14', true], ['2606:2800:21f::1', true],
  ['127.0.0.1', false], ['10.1.2.3', false], ['172.31.0.1', false], ['192.168.1.1', false], ['169.254.169.254', false],
  ['100.64.0.1', false], ['0.0.0.0', false], ['224.0.0.1', false], ['255.255.255.255', false], ['::1', false], ['::', false],
  ['fe80::1', false], ['fd00::1', false], ['::ffff:93.184.215.14', false], ['64:ff9b::7f00:1', false], ['2002:7f00:1::', false],
  ['2001:db8::1', false], ['ff02::1', false], ['localhost', false], ['', false],
] as const
test('only machines on the public internet are connected to', () => {
  for (const [address, good] of machines) assert.equal(isPublicAddress(address), good, address)
})
