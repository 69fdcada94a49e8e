import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { start } from '#test'
import { getCode } from './inbox.sql.ts'

const first = await start()
const second = await start({ beside: first })
const { app, sql, as, asPerson } = first
const permissions = ['identity:send-message']
const cora = asPerson({ id: 'cora-post', organisation: 'tide-station', permissions })
const other = asPerson({ id: 'ben-ledger', organisation: 'tally-office', permissions })
const ada = asPerson({ id: 'ada-quay' })
const html = { accept: 'text/html' }
const code = (await getCode(sql, 'ada-quay', 'ABCDE23456'))!
const sending = {
  recipients: [{ person: 'ada-quay' }, { person: 'ben-ledger' }] as object[],
  title: { en: 'High water', 'zh-Hant': '漲潮' },
  body: { en: 'The tide is high on Friday.', 'zh-Hant': '星期五漲潮。' },
}
const send = (payload: object, { key = randomUUID() as string, by = cora, where = app } = {}) =>
  where.inject({ method: 'POST', url: '/messages', headers: { ...by, 'idempotency-key': key }, payload })
const messages = async () => (await sql`select 1 from identity.message`).length
const form = {
  key: 'form-1',
  inbox: `${code.slice(0, 5)}-${code.slice(5).toLowerCase()}`,
  titleEn: 'Low <water>',
  titleHant: '退潮',
  bodyEn: 'Mind the step.',
  bodyHant: '小心梯級。',
}
const submit = (fields: Record<string, string>, headers: Record<string, string> = cora) =>
  app.inject({
    method: 'POST',
    url: '/eng/office/messages',
    headers: { ...html, 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams(fields).toString(),
  })

test('a sending reaches everybody once, however often and on however many processes it is repeated', async () => {
  const before = await messages()
  const answers = await Promise.all(
    [app, second.app, app, second.app].map((where) => send(sending, { key: 'tide-1', where })),
  )
  for (const answer of answers) {
    assert.equal(answer.statusCode, 201, answer.body)
    assert.deepEqual(answer.json(), answers[0]!.json())
  }
  assert.equal(await messages(), before + 2)
  const acts = await sql`select 1 from platform.audit_event where event = 'identity.messages-sent'`
  assert.equal(acts.length, 1)
})

test('the same key with other content is refused; the same key of another department is another key', async () => {
  const before = await messages()
  const wrong = await send({ ...sending, title: { en: 'Other', 'zh-Hant': '其他' } }, { key: 'tide-1' })
  assert.deepEqual([wrong.statusCode, wrong.json().type], [409, '/problems/identity.key-of-another-sending'])
  assert.equal(await messages(), before)
  assert.equal((await send(sending, { key: 'tide-1', by: other })).statusCode, 201)
  assert.equal(await messages(), before + 2)
})

const long = 'x'.repeat(201)
// biome-ignore format: matrix
const refused = [
  ['an unknown recipient',    { recipients: [{ person: 'ada-quay' }, { person: 'nobody' }] },      422, '/recipients/1'],
  ['an unknown inbox code',   { recipients: [{ inbox: 'ZZZZZ22222' }] },                           422, '/recipients/0'],
  ['somebody named twice',    { recipients: [{ person: 'ada-quay' }, { inbox: code }] },           422, '/recipients/1'],
  ['nobody',                  { recipients: [] },                                                 400, undefined],
  ['1,001 recipients',        { recipients: Array(1001).fill({ person: 'ada-quay' }) },           400, undefined],
  ['a title without Chinese', { title: { en: 'x' } },                                             400, undefined],
  ['a title too long',        { title: { en: long, 'zh-Hant': '一' } },                            400, undefined],
  ['a link to another site',  { link: '//evil.example' },                                         400, undefined],
  ['a link with a scheme',    { link: 'javascript:alert(1)' },                                    400, undefined],
] as const
for (const [what, change, status, pointer] of refused)
  test(`a sending with ${what} is refused, and nobody gets it`, async () => {
    const before = await messages()
    const response = await send({ ...sending, ...change })
    assert.equal(response.statusCode, status, response.body)
    if (pointer) assert.equal(response.json().errors[0].pointer, pointer)
    assert.equal(await messages(), before)
  })

test('who may not send, sends nothing; nor does an officer of no department, or anybody without a key', async () => {
  const before = await messages()
  assert.equal((await send(sending, { by: ada })).statusCode, 403)
  const stranger = await send(sending, { by: await as('identity:send-message') })
  assert.equal(stranger.json().type, '/problems/identity.no-organisation')
  const keyless = await app.inject({ method: 'POST', url: '/messages', headers: cora, payload: sending })
  assert.equal(keyless.statusCode, 400)
  assert.equal(await messages(), before)
})

test('the sender learns when a message was read where a receipt was asked, and not otherwise', async () => {
  for (const receipt of [true, false]) {
    const sent = (
      await send({ ...sending, recipients: [{ person: 'ada-quay' }], receipt, acknowledgement: true })
    ).json()
    const [message] = sent.messages
    await app.inject({ url: `/account/inbox/${message}`, headers: ada })
    await app.inject({ method: 'POST', url: `/account/inbox/${message}/acknowledgement`, headers: ada })
    const look = (by: Record<string, string>) => app.inject({ url: `/messages/${sent.id}`, headers: by })
    const [known] = (await look(cora)).json().receipts
    assert.deepEqual([known.message, known.readAt !== null, known.acknowledgedAt !== null], [message, receipt, true])
    assert.equal((await look(other)).statusCode, 404)
    const [line] = (await app.inject({ url: '/office/messages', headers: cora })).json().sent
    assert.deepEqual([line.read, line.acknowledged, line.readAt !== null], [receipt ? 1 : null, 1, receipt])
  }
})

test('the form sends to an inbox code, once for a double click, and lists it with what was typed escaped', async () => {
  const before = await messages()
  for (let each = 0; each < 2; each++) assert.equal((await submit(form)).statusCode, 303)
  assert.equal(await messages(), before + 1)
  const page = await app.inject({ url: '/eng/office/messages', headers: { ...cora, ...html } })
  assert.match(page.body, /Low &lt;water>/)
  // On a phone the head of the table is not seen, so each cell says its own.
  assert.match(page.body, /<td class="numeric" data-label="Recipients">/)
})

for (const [field, wrong, said] of [
  ['inbox', 'ZZZZZ-22222', 'No open inbox has this code.'],
  ['inbox', ' ', 'Write the inbox code of the person.'],
  ['titleEn', ' ', 'Write the title in English.'],
  ['titleHant', '\u200b', 'Write the title in Chinese.'],
  ['bodyEn', '…', 'Write the message in English.'],
  ['bodyHant', '', 'Write the message in Chinese.'],
] as const)
  test(`the form with the ${field} ${JSON.stringify(wrong)} comes back with what was typed, and sends nothing`, async () => {
    const before = await messages()
    const response = await submit({ ...form, key: randomUUID(), [field]: wrong })
    assert.equal(response.statusCode, 422)
    assert.ok(response.body.includes(`<a href="#${field}">${said}`), response.body)
    assert.match(response.body, /<title>Error: /)
    if (field !== 'bodyEn') assert.match(response.body, /Mind the step\./)
    assert.equal(await messages(), before)
  })

test('a page of another site cannot send in an officer’s name', async () => {
  const before = await messages()
  assert.equal(
    (await submit({ ...form, key: randomUUID() }, { ...cora, 'sec-fetch-site': 'cross-site' })).statusCode,
    403,
  )
  assert.equal(await messages(), before)
})
