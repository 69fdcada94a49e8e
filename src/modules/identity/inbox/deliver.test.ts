import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { start } from '#test'
import { mailServer, readMail, selfSigned } from '../../../../test/mail-server.ts'
import { deliver, pauses } from './deliver.ts'
import { type NewMessage, sendAlert, sendMessage } from './messages.ts'
import { confirmMailAddress } from './notifications.sql.ts'

const server = await mailServer()
const url = `smtp://127.0.0.1:${server.state.port}`
const from = 'inbox@praya.example'
const options = { mail: { url, from }, publicUrl: 'https://praya.example' }
const first = await start(options)
const second = await start({ ...options, beside: first })
const { app, sql, asPerson, installation } = first
const ada = asPerson({ id: 'ada-quay' })
const address = 'ada.secret@mail.example'
const letter: NewMessage = {
  vault: installation.vault,
  personId: 'ada-quay',
  organisation: 'tide-station',
  title: { en: 'Your lamp licence 7741 was refused', 'zh-Hant': '你的燈牌照不獲批准' },
  body: { en: 'Because of the tide.', 'zh-Hant': '因為潮汐。' },
  reference: 'TS/7741',
}
const send = (more: Partial<NewMessage> = {}) => sql.begin((each) => sendMessage(each, { ...letter, ...more }))
const post = (path: string, payload: object = {}, headers: Record<string, string> = ada) =>
  app.inject({ method: 'POST', url: `/eng/account/notifications/${path}`, headers, payload })
const queue = async () => [
  ...(await sql`select state, tries, failure from identity.notification order by created_at, id`),
]
const due = () => sql`update identity.notification set next_try_at = now() where state = 'queued'`
const clear = async () => {
  await sql`delete from identity.notification`
  await sql`delete from identity.mail_code`
  server.received.length = 0
  server.state.refuse = undefined
}
/** An installation with another mail server. */
const by = (mail: string) => ({ ...installation, mail: { url: mail, from } })

test('an address gets nothing but a code until that code is typed; then mail goes there', async () => {
  await send()
  assert.equal((await post('address', { address })).statusCode, 303)
  await send()
  await deliver(installation)
  assert.equal(server.received.length, 1)
  const { text, headers } = readMail(server.received[0]!.raw)
  const [code] = /\b\d{6}\b/.exec(text)!
  assert.doesNotMatch(headers, /List-Unsubscribe/i)
  assert.equal((await post('code', { code })).statusCode, 303)
  await send()
  await deliver(installation)
  assert.deepEqual(
    server.received.map(({ from: sender, to }) => [sender, to]),
    [
      [from, [address]],
      [from, [address]],
    ],
  )
  await clear()
})

test('a mail names the department and the inbox, and nothing of what was written or of the person', async () => {
  await send()
  await sql.begin((each) =>
    sendAlert(each, { personId: 'ada-quay', kind: 'new-device', values: { device: 'Browser on a tablet' } }),
  )
  await deliver(installation)
  const mails = server.received.map(({ raw }) => ({ raw, ...readMail(raw) }))
  assert.equal(mails.length, 2)
  assert.ok(mails.some(({ text }) => text.includes('You have a message from Tide Station in your inbox.')))
  for (const { raw, text, headers } of mails) {
    assert.equal(text.split('https://praya.example/eng/account/inbox').length - 1, 3, text)
    for (const word of ['licence', '7741', 'refused', 'Because', '潮汐', 'ada-quay', 'Ada Quay', 'tablet', 'device'])
      assert.ok(!(raw + text + headers).includes(word), word)
    assert.match(headers, /^Auto-Submitted: auto-generated$/m)
    assert.match(headers, /^Message-ID: <[0-9a-f-]{36}@praya\.example>$/m)
    assert.match(headers, /^List-Unsubscribe: <https:\/\/praya\.example\/eng\/unsubscribe\/[A-Za-z0-9_-]+>$/m)
    assert.match(headers, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m)
    assert.match(headers, /^Content-Type: multipart\/alternative/m)
  }
  await clear()
})

test('two processes that drain one outbox send each mail once', async () => {
  for (let each = 0; each < 12; each++) await send()
  await Promise.all([deliver(installation), deliver(second.installation), deliver(installation)])
  const ids = server.received.map(({ raw }) => /^Message-ID: (.*)$/m.exec(raw)![1])
  assert.deepEqual([ids.length, new Set(ids).size], [12, 12])
  await clear()
})

test('what cannot be sent now is tried again, later each time, and then given up', async () => {
  await send()
  server.state.refuse = 451
  await deliver(installation)
  assert.deepEqual(await queue(), [{ state: 'queued', tries: 1, failure: '451' }])
  await deliver(installation)
  assert.deepEqual((await queue())[0]?.tries, 1, 'not before its time')
  for (let each = 0; each < pauses.length; each++) {
    await due()
    await deliver(installation)
  }
  assert.deepEqual(await queue(), [{ state: 'given-up', tries: pauses.length + 1, failure: '451' }])
  assert.equal(server.received.length, 0)
  await clear()
})

test('a mail that was tried again keeps its Message-ID', async () => {
  await send()
  const [{ id }] = await sql<[{ id: string }]>`select id from identity.notification`
  server.state.refuse = 421
  await deliver(installation)
  server.state.refuse = undefined
  await due()
  await deliver(installation)
  assert.match(server.received[0]!.raw, new RegExp(`^Message-ID: <${id}@praya\\.example>`, 'm'))
  await clear()
})

test('an address that the server refuses for good is given up at once, and the others still go', async () => {
  await send()
  server.state.refuse = 550
  await deliver(installation)
  assert.deepEqual(await queue(), [{ state: 'given-up', tries: 1, failure: '550' }])
  server.state.refuse = undefined
  await send()
  await deliver(installation)
  assert.equal(server.received.length, 1)
  await clear()
})

test('where no server answers or the login is refused, one mail is tried and the rest wait untouched', async () => {
  const closed = await mailServer()
  await closed.close()
  const strict = await mailServer({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: (_, __, done) => done(Object.assign(new Error('no'), { responseCode: 535 })),
  })
  const cases = [
    [`smtp://127.0.0.1:${closed.state.port}`, 'ESOCKET'],
    [`smtp://user:wrong@127.0.0.1:${strict.state.port}`, '535'],
  ] as const
  for (const [mail, failure] of cases) {
    for (let each = 0; each < 3; each++) await send()
    await deliver(by(mail))
    const tried = (await queue()).filter(({ tries }) => tries > 0)
    assert.deepEqual(tried, [{ state: 'queued', tries: 1, failure }])
    await clear()
  }
})

test('mail goes through TLS to a server whose certificate is known, and to no other', async () => {
  const pair = await selfSigned('localhost')
  const secure = await mailServer({ secure: true, ...pair })
  const starts = await mailServer({ ...pair })
  const before = getCACertificates('default')
  for (const [mail, box] of [
    [`smtps://localhost:${secure.state.port}`, secure],
    [`smtp://localhost:${starts.state.port}?requireTLS=true`, starts],
  ] as const) {
    await send()
    await deliver(by(mail))
    assert.deepEqual([box.received.length, (await queue())[0]?.state], [0, 'queued'])
    setDefaultCACertificates([...before, pair.cert])
    await due()
    await deliver(by(mail))
    setDefaultCACertificates(before)
    assert.deepEqual([box.received.length, (await queue())[0]?.state], [1, 'sent'])
    await clear()
  }
})

test('without a mail server mails wait, and go once there is one', async () => {
  await send()
  await deliver({ ...installation, mail: undefined })
  assert.deepEqual(await queue(), [{ state: 'queued', tries: 0, failure: null }])
  await deliver(installation)
  assert.equal(server.received.length, 1)
  await clear()
})

test('the link of a mail turns off that sender for whoever presses it, and looking at it turns off nothing', async () => {
  await send()
  await deliver(installation)
  const link = new URL(/<(https:[^>]+unsubscribe[^>]+)>/.exec(readMail(server.received[0]!.raw).headers)![1]!)
  const far = { 'sec-fetch-site': 'cross-site', 'content-type': 'application/x-www-form-urlencoded' }
  const press = (path: string) =>
    app.inject({ method: 'POST', url: path, headers: far, payload: 'List-Unsubscribe=One-Click' })
  const looked = await app.inject({ url: link.pathname, headers: { accept: 'text/html' } })
  assert.equal(looked.statusCode, 200)
  assert.doesNotMatch(looked.body, /ada/i)
  await send()
  assert.equal((await queue()).length, 2)
  assert.equal((await press(`${link.pathname.slice(0, -3)}AAA`)).json().type, '/problems/identity.no-such-link')
  for (let each = 0; each < 2; each++) assert.equal((await press(link.pathname)).statusCode, 200)
  await send()
  await send({ service: 'lamps' })
  assert.equal((await queue()).length, 2, 'nothing more of this sender')
  await send({ organisation: 'counting-house' })
  await sql.begin((each) => sendAlert(each, { personId: 'ada-quay', kind: 'mandate-ended' }))
  assert.equal((await queue()).length, 4, 'others and alerts still come')
  await clear()
})

test('an address that was taken away gets no message, not even one that was queued, and is told of just that', async () => {
  await send({ organisation: 'counting-house' })
  assert.equal((await post('address/removal')).statusCode, 303)
  await deliver(installation)
  assert.deepEqual(await queue(), [
    { state: 'given-up', tries: 1, failure: 'address' },
    { state: 'sent', tries: 1, failure: null },
  ])
  assert.match(readMail(server.received[0]!.raw).text, /Something about your account changed/)
  await clear()
})

test('the server of this test speaks SMTP to anybody, so that silence would be ours', async () => {
  const greeting = await new Promise<string>((resolve) => {
    const socket = connect(server.state.port, '127.0.0.1').once('data', (data) => {
      resolve(data.toString())
      socket.destroy()
    })
  })
  assert.match(greeting, /^220 /)
})

test('whose address is replaced or taken away is told there, and of what was waiting; the new one gets none of it', async () => {
  const confirm = () => confirmMailAddress(sql, 'ada-quay')
  const letters = () => server.received.map(({ to: [to] }) => to)
  await sql`delete from identity.mail_address`
  await clear()
  await post('address', { address: 'old@mail.example' })
  await confirm()
  await sql`delete from identity.notification`
  await sql.begin((each) => sendAlert(each, { personId: 'ada-quay', kind: 'recovery-codes-made' }))
  assert.equal((await post('address', { address: 'new@mail.example' })).statusCode, 303)
  const rows = await sql<{ text: string }[]>`select notification::text as text from identity.notification`
  assert.ok(!rows.some(({ text }) => text.includes('mail.example')))
  await deliver(installation)
  assert.deepEqual(letters().sort(), ['new@mail.example', 'old@mail.example', 'old@mail.example'])
  assert.deepEqual(
    server.received
      .filter(({ to: [to] }) => to === 'new@mail.example')
      .map(({ raw }) => /\b\d{6}\b/.test(readMail(raw).text)),
    [true],
    'a code alone',
  )

  await confirm()
  await clear()
  assert.equal((await post('address/removal')).statusCode, 303)
  await deliver(installation)
  assert.deepEqual(letters(), ['new@mail.example'])
  assert.equal((await sql`select 1 from identity.notification where former_address is not null`).length, 0)
  await post('address', { address: 'third@mail.example' })
  await post('address/removal')
  await due()
  await deliver(installation)
  assert.deepEqual(letters(), ['new@mail.example'], 'an address that nobody confirmed is told nothing')
  await clear()
})
