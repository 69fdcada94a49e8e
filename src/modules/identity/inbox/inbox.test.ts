import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { start } from '#test'
import postgres from '../../../platform/driver.ts'
import { type AlertKind, alerts, fill } from './alerts.rules.ts'
import { readInboxCode } from './code.rules.ts'
import { countUnread } from './inbox.sql.ts'
import { type NewMessage, sendAlert, sendMessage } from './messages.ts'

const { app, sql, asPerson, installation, urls } = await start()
const { vault } = installation
const html = { accept: 'text/html' }
const ada = asPerson({ id: 'ada-quay' })
const ben = asPerson({ id: 'ben-ledger' })
const secret = 'Your lamp licence 7741 was refused'
const letter: NewMessage = {
  vault,
  personId: 'ada-quay',
  organisation: 'tide-station',
  title: { en: secret, 'zh-Hant': '你的燈牌照不獲批准' },
  body: { en: 'First <b>line</b>.\n\nSecond paragraph.', 'zh-Hant': '第一段。\n\n第二段。' },
  reference: 'TS/7741',
}
const send = (more: Partial<NewMessage> = {}) => sql.begin((each) => sendMessage(each, { ...letter, ...more }))
const get = (url: string, headers: Record<string, string>) => app.inject({ url, headers })
const post = (url: string, headers: Record<string, string>, payload: object = {}) =>
  app.inject({ method: 'POST', url, headers, payload })
const clear = () => asOwner((owner) => owner`truncate identity.message, identity.message_batch, identity.notification`)

/** For what the app itself may not do. */
async function asOwner<Result>(act: (owner: ReturnType<typeof postgres>) => PromiseLike<Result>): Promise<Result> {
  const owner = postgres(urls.owner, { max: 1, onnotice: () => {} })
  try {
    return await act(owner)
  } finally {
    await owner.end()
  }
}

test('a message is there exactly if the transaction that sent it is', async () => {
  await assert.rejects(
    sql.begin(async (each) => {
      await sendMessage(each, letter)
      throw new Error('what it tells of failed')
    }),
  )
  assert.equal(await countUnread(sql, 'ada-quay'), 0)
  await send()
  assert.equal(await countUnread(sql, 'ada-quay'), 1)
  await clear()
})

test('nobody without an open account is written to, and an alert to them is nothing', async () => {
  await assert.rejects(send({ personId: 'nobody' }), { code: 'identity.recipient-not-found' })
  await sql.begin((each) => sendAlert(each, { personId: 'nobody', kind: 'mandate-ended' }))
  assert.equal((await sql`select 1 from identity.message`).length, 0)
})

for (const link of [
  '//evil.example',
  'https://evil.example',
  '/\\evil.example',
  'javascript:alert(1)',
  '/a\nb',
  'x',
  `/${'a'.repeat(400)}`,
])
  test(`a message and an alert never lead to ${JSON.stringify(link).slice(0, 40)}`, async () => {
    await assert.rejects(send({ link }), /this site alone/)
    await assert.rejects(
      sql.begin((each) => sendAlert(each, { personId: 'ada-quay', kind: 'mandate-ended', undo: link })),
      /this site alone/,
    )
    assert.equal((await sql`select 1 from identity.message`).length, 0)
  })

test('a dump of the database shows nothing of what a message says', async () => {
  await send()
  const rows = await sql<{ text: string }[]>`select message::text as text from identity.message as message`
  assert.equal(rows.length, 1)
  // bytea is written in hexadecimal, so that the words are looked for in both forms.
  for (const word of [secret, 'Second paragraph', 'TS/7741'])
    for (const form of [word, Buffer.from(word).toString('hex')]) assert.ok(!rows[0]!.text.includes(form), word)
  await clear()
})

test('opening a message marks it as read once, and the list says what is unread in words and first', async () => {
  const older = await send()
  const newer = await send({ receipt: true })
  await get(`/account/inbox/${newer}`, ada)
  await get(`/account/inbox/${newer}`, ada)
  const list = (await get('/account/inbox', ada)).json()
  assert.deepEqual(
    list.messages.map(({ id, readAt }: { id: string; readAt: string | null }) => [id, readAt !== null]),
    [
      [older, false],
      [newer, true],
    ],
  )
  assert.equal(list.unread, 1)
  const page = await get('/eng/account/inbox', { ...ada, ...html })
  assert.equal(page.body.match(/>Unread</g)?.length, 1)
  const acts = await sql`select 1 from platform.audit_event where event = 'identity.message-read'`
  assert.equal(acts.length, 1)
  await clear()
})

test('neither HEAD nor a prefetch reads a message', async () => {
  const id = await send({ receipt: true })
  await app.inject({ method: 'HEAD', url: `/account/inbox/${id}`, headers: ada })
  await get(`/account/inbox/${id}`, { ...ada, 'sec-purpose': 'prefetch' })
  assert.equal(await countUnread(sql, 'ada-quay'), 1)
  await clear()
})

test('the message of another person is not there, whatever is tried on it', async () => {
  const id = await send({ acknowledgement: true })
  const tries = [
    await get(`/account/inbox/${id}`, ben),
    await post(`/account/inbox/${id}/acknowledgement`, ben),
    await post(`/account/inbox/${id}/place`, ben, { to: 'archive' }),
    await get(`/account/inbox/${randomUUID()}`, ada),
  ]
  for (const response of tries)
    assert.deepEqual([response.statusCode, response.json().type], [404, '/problems/identity.message-not-found'])
  for (const url of ['/account/inbox', `/account/inbox/${id}`])
    assert.equal((await app.inject({ url })).statusCode, 401)
  const [row] = await sql`select read_at, acknowledged_at, archived_at from identity.message`
  assert.deepEqual(row, { readAt: null, acknowledgedAt: null, archivedAt: null })
  await clear()
})

test('what a department writes is text: markup shows as it was typed, paragraphs stand apart', async () => {
  const id = await send({ link: '/services/lamps' })
  const { body } = await get(`/eng/account/inbox/${id}`, { ...ada, ...html })
  assert.match(body, /<p>First &lt;b>line&lt;\/b>.<\/p><p>Second paragraph.<\/p>/)
  assert.match(body, /TS\/7741/)
  assert.match(body, /href="\/eng\/services\/lamps"/)
  await clear()
})

test('a message is acknowledged once, after it was opened, and only where the sender asked', async () => {
  const plain = await send()
  const asked = await send({ acknowledgement: true })
  const say = (id: string) => post(`/account/inbox/${id}/acknowledgement`, ada)
  assert.equal((await say(asked)).json().type, '/problems/identity.message-unread')
  for (const id of [plain, asked]) await get(`/account/inbox/${id}`, ada)
  assert.equal((await say(plain)).statusCode, 404)
  const responses = await Promise.all([say(asked), say(asked), say(asked)])
  for (const { statusCode } of responses) assert.equal(statusCode, 303)
  assert.equal((await sql`select 1 from identity.message where acknowledged_at is not null`).length, 1)
  const acts = await sql`select 1 from platform.audit_event where event = 'identity.message-acknowledged'`
  assert.equal(acts.length, 1)
  await clear()
})

test('the archive takes a message off the list and gives it back', async () => {
  const id = await send()
  const ids = async (query = '') =>
    (await get(`/account/inbox${query}`, ada)).json().messages.map((each: { id: string }) => each.id)
  await post(`/account/inbox/${id}/place`, ada, { to: 'archive' })
  assert.deepEqual([await ids(), await ids('?place=archive')], [[], [id]])
  assert.equal(await countUnread(sql, 'ada-quay'), 0)
  await post(`/account/inbox/${id}/place`, ada, { to: 'inbox' })
  assert.deepEqual([await ids(), await ids('?place=archive')], [[id], []])
  await clear()
})

test('the list is filtered by sender and goes on over pages', async () => {
  for (let each = 0; each < 21; each++) await send()
  await send({ organisation: 'counting-house' })
  const read = async (query: string) => (await get(`/account/inbox?${query}`, ada)).json()
  const all = await read('page=2')
  assert.deepEqual([all.messages.length, all.last], [2, 2])
  const one = await read('sender=counting-house')
  assert.deepEqual([one.messages.length, one.last, one.senders.length], [1, 1, 2])
  assert.equal((await read('sender=nobody')).messages.length, 0)
  await clear()
})

for (const kind of Object.keys(alerts) as AlertKind[])
  test(`the alert ${kind} says what happened and leads to where it is undone`, async () => {
    const values = {
      device: 'Browser on a <phone>',
      left: 9,
      service: alerts[kind].title,
      scope: 'address',
      level: 2,
      days: 60,
      channel: alerts[kind].title,
    }
    await sql.begin((each) => sendAlert(each, { personId: 'ada-quay', kind, values }))
    const [row] = (await get('/account/inbox', ada)).json().messages
    assert.equal(row.kind, 'alert')
    const { body } = await get(`/eng/account/inbox/${row.id}`, { ...ada, ...html })
    assert.ok(body.includes(`href="/eng${alerts[kind].path}"`))
    assert.doesNotMatch(body, /\{\w+\}|<phone>/)
    const { en } = fill(alerts[kind].line, { ...values, other: 'another person', document: 'a document' })
    assert.ok(body.includes(en.replaceAll('<', '&lt;')), en)
    await clear()
  })

test('an alert with a place that nothing fills is a bug and is not sent', async () => {
  await assert.rejects(
    sql.begin((each) => sendAlert(each, { personId: 'ada-quay', kind: 'new-passkey' })),
    /No value for \{device\}/,
  )
  assert.equal(await countUnread(sql, 'ada-quay'), 0)
})

test('everybody has one inbox code, and another when they want; the old one leads nowhere', async () => {
  const code = async () => (await get('/account/inbox', ada)).json().code as string
  const codes = await Promise.all([code(), code(), code()])
  assert.equal(new Set(codes).size, 1)
  assert.match(codes[0]!, /^[2-9A-HJKMNP-Z]{10}$/)
  assert.equal((await post('/account/inbox/code', ada)).statusCode, 303)
  assert.notEqual(await code(), codes[0])
  assert.equal((await sql`select 1 from identity.inbox where code = ${codes[0]!}`).length, 0)
  assert.equal(readInboxCode(' ab2cd-34efg '), 'AB2CD34EFG')
})

test('not even the application can change what was sent, or take it away', async () => {
  await send()
  const changes = [
    () => sql`update identity.message set sealed_content = 'x'`,
    () => sql`update identity.message set sent_at = now()`,
    () => sql`delete from identity.message`,
    () => sql`update identity.message_batch set sent_by = 'nobody'`,
  ]
  for (const change of changes) await assert.rejects(async () => change(), { code: '42501' })
  await clear()
})
