// What departments let other systems know: signed, in order, at least once, and only where it may go.
import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { test } from 'node:test'
import { Webhook, WebhookVerificationError } from 'standardwebhooks'
import { Compile } from 'typebox/compile'
import { sessionSecret, start } from '#test'
import { sendApplication } from '../testing/cases.ts'
import { aReceiver, type Taken } from '../testing/receiver.ts'
import { deleteOld, sendDue } from './send.ts'
import { type Kind, kinds, Payload } from './types.ts'

// The peer compares with the clock of the machine.
let now = new Date()
const begun = now
const started = await start({ now: () => now })
const { app, sql, installation, asPerson } = started
const as = (id: string, ...permissions: string[]) =>
  asPerson({ id, organisation: 'tide-station', permissions, level: 3 })
const editor = as('officer-eve', 'services:edit-service')
const officer = as('officer-finn', 'services:work-case')
const ada = asPerson({ id: 'ada-quay' })
const path = '/office/services/webhooks'
const minute = 60_000
const hour = 60 * minute
const later = (ms: number) => {
  now = new Date(now.getTime() + ms)
}

type Headers = { cookie: string }
const post = (url: string, payload: object = {}, headers: Headers = editor) =>
  app.inject({ method: 'POST', url, headers: { ...headers, accept: 'application/json' }, payload })
const get = async (url: string, headers: Headers = editor) =>
  (await app.inject({ url, headers: { ...headers, accept: 'application/json' } })).json()

/** A receiver, and a webhook that leads to it. Those of tests before are removed. */
async function aWebhook({ takes = kinds }: { takes?: readonly Kind[] } = {}) {
  for (const { id } of (await get(path)).webhooks) await post(`${path}/${id}/remove`)
  const receiver = await aReceiver()
  const body = { token: randomUUID(), address: receiver.url, kinds: takes, services: ['tide-grant'] }
  const added = await post(path, body)
  assert.equal(added.statusCode, 201, added.body)
  const { id, secret } = added.json()
  const read = () => get(`${path}/${id}`)
  return { receiver, id, secret, own: `${path}/${id}`, read, deliveries: async () => (await read()).deliveries }
}
const typeOf = ({ body }: Taken) => JSON.parse(body).type
const idOf = ({ headers }: Taken) => headers['webhook-id']
const verify = (secret: string, { body, headers }: Taken) =>
  new Webhook(secret).verify(body, headers as Record<string, string>)

async function act(reference: string, what: string, payload: object = {}) {
  const at = `/office/services/cases/${reference}`
  const { number } = await get(at, officer)
  const done = await post(`${at}/${what}`, { token: randomUUID(), seen: number, ...payload }, officer)
  assert.equal(done.statusCode, 200, done.body)
}

test('every step of a case is told in its order, signed as the peer verifies, and names nobody', async () => {
  const { receiver, secret, deliveries } = await aWebhook()
  const reference = await sendApplication(started)
  await act(reference, 'claim')
  await act(reference, 'questions', { text: 'Who leads the rowing?' })
  const own = await get(`/services/cases/${reference}`, ada)
  const replied = await post(
    `/services/cases/${reference}/reply`,
    { token: randomUUID(), seen: own.number, text: 'Ada.' },
    ada,
  )
  assert.equal(replied.statusCode, 200, replied.body)
  await act(reference, 'steps/assess', { 'answer.assessment': 'Sound.' })
  const { number } = await get(`/services/cases/${reference}`, ada)
  await post(`/services/cases/${reference}/withdrawal`, { token: randomUUID(), seen: number }, ada)
  await sendDue(installation)
  assert.deepEqual(receiver.taken.map(typeOf), [
    'application.sent',
    'reply.asked',
    'reply.given',
    'case.state-changed',
    'case.withdrawn',
  ])
  const shape = Compile(Payload)
  for (const message of receiver.taken) {
    const payload = verify(secret, message)
    assert.ok(shape.Check(payload))
    assert.deepEqual(Object.keys(payload), ['type', 'timestamp', 'data'])
    assert.deepEqual(Object.keys(payload.data), ['reference', 'service', 'state', 'path'])
    assert.equal(payload.data.path, `/office/services/cases/${reference}`)
    assert.doesNotMatch(message.body, /ada|quay|ebb|rowing|sound/i)
  }
  assert.ok((await deliveries()).every(({ state }: { state: string }) => state === 'delivered'))
  const [first, changed] = [receiver.taken[0]!, receiver.taken[3]!]
  assert.notEqual(JSON.parse(first.body).data.state, JSON.parse(changed.body).data.state)

  // What was changed on its way, or comes again much later, the peer refuses.
  assert.throws(() => verify(secret, { ...first, body: first.body.replace('sent', 'gone') }), WebhookVerificationError)
  const old = { ...first.headers, 'webhook-timestamp': String(Math.floor(now.getTime() / 1000) - 600) }
  assert.throws(() => verify(secret, { ...first, headers: old }), WebhookVerificationError)
})

test('a webhook hears of what it takes and of its services alone, and a decision is told once', async () => {
  const { receiver } = await aWebhook({ takes: ['decision.taken', 'case.state-changed'] })
  const page = await app.inject({ url: `/eng${path}`, headers: { ...editor, accept: 'text/html' } })
  assert.match(page.body, /Tide grant for groups/, 'a service goes by its name')
  const other = await post(path, { token: randomUUID(), address: receiver.url, kinds, services: ['tide-grant'] })
  await sql`update services.webhook set services = '{ferry-pass}' where id = ${other.json().id}`
  await sendApplication(started)
  const reference = await sendApplication(started)
  const decider = as('officer-cora', 'services:work-case', 'services:decide-case')
  await act(reference, 'claim')
  await act(reference, 'steps/assess', { 'answer.assessment': 'Sound.' })
  const at = `/office/services/cases/${reference}`
  for (const [what, payload] of [
    ['claim', {}],
    ['steps/refuse', { reasons: ['only-equipment'] }],
  ] as const) {
    const { number: seen } = await get(at, decider)
    const done = await post(`${at}/${what}`, { token: randomUUID(), seen, ...payload }, decider)
    assert.equal(done.statusCode, 200, done.body)
  }
  await sendDue(installation)
  assert.deepEqual(receiver.taken.map(typeOf), ['case.state-changed', 'decision.taken'])
})

test('what is not written into a case is not told', async () => {
  const { receiver, deliveries } = await aWebhook()
  const failing = sql.begin(async (transaction) => {
    await sendApplication({
      sql: Object.assign(transaction, {
        begin: (work: (sql: typeof transaction) => unknown) => work(transaction),
      }) as never,
      installation,
    })
    throw new Error('The transaction fails')
  })
  await assert.rejects(failing, /The transaction fails/)
  await sendDue(installation)
  assert.deepEqual([receiver.taken.length, await deliveries()], [0, []])
})

test('a secret that is changed signs with the one before for a day', async () => {
  const { receiver, secret, own } = await aWebhook()
  const rotated = (await post(`${own}/rotate`)).json().secret
  assert.notEqual(rotated, secret)
  await post(`${own}/test`)
  await sendDue(installation)
  for (const each of [secret, rotated])
    assert.equal((verify(each, receiver.taken[0]!) as { type: string }).type, 'webhook.test')

  later(25 * hour)
  await post(`${own}/test`)
  await sendDue(installation)
  const signatures = String(receiver.taken[1]!.headers['webhook-signature']).split(' ')
  assert.equal(signatures.length, 1)
  now = begun
  const again = await aWebhook()
  assert.doesNotMatch(JSON.stringify(await again.read()), /whsec_/)
})

type Failing = {
  name: string
  answer: (typeof aReceiver extends () => Promise<infer R> ? R : never)['answer']
  result: string
}
const failing: Failing[] = [
  { name: 'answers 500', answer: (response) => response.writeHead(500).end(), result: '500' },
  {
    name: 'leads elsewhere',
    answer: (response) => response.writeHead(307, { location: '/other' }).end(),
    result: '307',
  },
  { name: 'never answers', answer: () => {}, result: 'ETIMEDOUT' },
  { name: 'hangs up', answer: (response) => response.destroy(), result: 'ECONNRESET' },
  {
    name: 'sends its headers letter by letter',
    answer: (response) => response.socket!.write('HTTP/1.1 200 OK\r\nx: '),
    result: 'ETIMEDOUT',
  },
]
for (const { name, answer, result } of failing)
  test(`a receiver that ${name} is asked again, with the same identifier and body`, async () => {
    const { receiver, deliveries } = await aWebhook()
    const answers = receiver.answer
    receiver.answer = answer
    await sendApplication(started)
    await sendDue(installation, { timeoutMs: 300 })
    await sendDue(installation)
    const [waiting] = await deliveries()
    assert.deepEqual([waiting.state, waiting.tries, waiting.lastResult], ['waiting', 1, result])
    receiver.answer = answers
    later(2 * minute)
    await sendDue(installation)
    assert.equal((await deliveries())[0].state, 'delivered')
    const [first, second, more] = receiver.taken
    assert.deepEqual([idOf(second!), second!.body, more], [idOf(first!), first!.body, undefined])
    assert.ok(receiver.taken.every(({ path }) => path === '/praya'))
    now = begun
  })

test('of a huge answer no more is read than its status', async () => {
  const { receiver, deliveries } = await aWebhook()
  let written = 0
  const closed = new Promise<void>((done) => {
    receiver.answer = (response) => {
      const chunk = Buffer.alloc(1_000_000)
      const more = () => {
        if (response.destroyed || written > 500) return
        written += 1
        response.write(chunk, more)
      }
      response.on('close', done)
      more()
    }
  })
  await sendApplication(started)
  await sendDue(installation)
  await closed
  assert.equal((await deliveries())[0].state, 'delivered')
  assert.ok(written < 100, `${written} MB`)
})

test('messages of one case keep their order through failures, and another case does not wait for them', async () => {
  const { receiver } = await aWebhook()
  const answers = receiver.answer
  const reference = await sendApplication(started)
  await act(reference, 'claim')
  await act(reference, 'questions', { text: 'Who leads?' })
  receiver.answer = (response, { body }) => {
    response.statusCode = body.includes(reference) ? 503 : 200
    response.end()
  }
  await sendDue(installation)
  later(70_000)
  const other = await sendApplication(started)
  await sendDue(installation)
  later(70_000)
  await sendDue(installation)
  const told = receiver.taken.map(({ body }) => JSON.parse(body)).map(({ type, data }) => `${type} ${data.reference}`)
  assert.ok(told.includes(`application.sent ${other}`), told.join())
  assert.ok(!told.includes(`reply.asked ${reference}`), told.join())
  receiver.answer = answers
  later(2 * hour)
  await sendDue(installation)
  assert.deepEqual(receiver.taken.slice(-2).map(typeOf), ['application.sent', 'reply.asked'])
  now = begun
})

test('after 72 hours a message is given up, the desk says so, and it can be sent again', async () => {
  const { receiver, own, deliveries } = await aWebhook()
  const answers = receiver.answer
  receiver.answer = (response) => response.writeHead(500).end()
  await sendApplication(started)
  for (let tried = 0; tried < 20; tried++) {
    await sendDue(installation)
    const [{ state, nextAt }] = await deliveries()
    if (state === 'given-up') break
    now = new Date(nextAt)
  }
  const [given] = await deliveries()
  assert.equal(given.state, 'given-up')
  assert.equal(now.getTime() - begun.getTime(), 72 * hour)
  assert.ok(given.tries >= 8 && given.tries <= 11, String(given.tries))
  for (const url of [path, own]) {
    const page = await app.inject({ url: `/eng${url}`, headers: { ...editor, accept: 'text/html' } })
    assert.match(page.body, /Messages could not be delivered/)
  }
  const both = as('officer-both', 'services:work-case', 'services:edit-service')
  assert.equal((await get('/office/services', both)).undelivered, 1)
  assert.equal((await get('/office/services', officer)).undelivered, 0)

  receiver.answer = answers
  const count = receiver.taken.length
  assert.equal((await post(`${own}/deliveries/${given.id}/send-again`)).statusCode, 303)
  await sendDue(installation)
  assert.equal((await deliveries())[0].state, 'delivered')
  assert.deepEqual([receiver.taken.length, idOf(receiver.taken.at(-1)!)], [count + 1, given.id])
  later(31 * 24 * hour)
  await deleteOld(installation)
  assert.deepEqual(await deliveries(), [])
  now = begun
})

test('a pause holds messages back, and an address that is gone pauses its webhook', async () => {
  const { receiver, own, read } = await aWebhook()
  await post(`${own}/pause`)
  await sendApplication(started)
  await sendDue(installation)
  assert.equal(receiver.taken.length, 0)
  await post(`${own}/resume`)
  await sendDue(installation)
  assert.equal(receiver.taken.length, 1)
  receiver.answer = (response) => response.writeHead(410).end()
  await post(`${own}/test`)
  await sendDue(installation)
  const { webhook } = await read()
  assert.deepEqual([webhook.pauseReason, webhook.waiting], ['gone', 1])
  const [row] =
    await sql`select actor from platform.audit_event where event = 'services.webhook-paused' order by id desc`
  assert.equal(row!.actor, 'system')
})

test('two processes send each message once', async () => {
  const beside = await start({ beside: { urls: started.urls }, now: () => now })
  const { receiver } = await aWebhook()
  receiver.answer = (response) => void setTimeout(() => response.end(), 5)
  for (let sent = 0; sent < 12; sent++) await sendApplication(started)
  await Promise.all([sendDue(installation), sendDue(beside.installation), sendDue(installation)])
  await sendDue(installation)
  const ids = receiver.taken.map(idOf)
  assert.deepEqual([ids.length, new Set(ids).size], [12, 12])
})

test('a process that is killed before it could note a delivery leaves it to the next, with the same identifier', async () => {
  const { receiver, deliveries } = await aWebhook()
  await sendApplication(started)
  const answers = receiver.answer
  const given = { urls: started.urls, secret: sessionSecret, now }
  const child = fork(
    new URL('../../../../test/running/sending-webhooks.ts', import.meta.url),
    [JSON.stringify(given)],
    {
      execArgv: process.execArgv.filter((each) => !each.startsWith('--test')),
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  )
  const ended = once(child, 'exit')
  receiver.answer = () => void child.kill('SIGKILL')
  assert.deepEqual(await ended, [null, 'SIGKILL'])
  receiver.answer = answers
  await sendDue(installation)
  assert.equal(receiver.taken.length, 1, 'its lease still runs')
  later(2 * minute)
  await sendDue(installation)
  const [first, second] = receiver.taken
  assert.deepEqual([receiver.taken.length, idOf(second!), second!.body], [2, idOf(first!), first!.body])
  assert.equal((await deliveries())[0].state, 'delivered')
  now = begun
})

test('webhooks of another department are not there, and only an editor of services adds one', async () => {
  const { own } = await aWebhook()
  const stranger = asPerson({
    id: 'officer-far',
    organisation: 'harbour',
    permissions: ['services:edit-service'],
    level: 3,
  })
  for (const url of ['', '/rotate', '/pause', '/remove', '/test'])
    assert.equal(
      (url ? await post(`${own}${url}`, {}, stranger) : await app.inject({ url: own, headers: stranger })).statusCode,
      404,
    )
  const body = { token: randomUUID(), address: 'https://hook.example/', kinds, services: ['tide-grant'] }
  const foreign = await post(path, body, stranger)
  assert.deepEqual([foreign.statusCode, foreign.json().errors[0].pointer], [422, '/services'])
  assert.equal((await post(path, body, officer)).statusCode, 403)
  const twice = [await post(path, body), await post(path, body)]
  assert.deepEqual(
    twice.map(({ statusCode }) => statusCode),
    [201, 303],
  )
})

test('a form with mistakes comes back with what was typed', async () => {
  const sent = await app.inject({
    method: 'POST',
    url: `/eng${path}`,
    headers: {
      ...editor,
      accept: 'text/html',
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
    },
    payload: `token=${randomUUID()}&address=ftp%3A%2F%2Fold.example&kinds=case.withdrawn`,
  })
  assert.equal(sent.statusCode, 422)
  assert.match(sent.body, /value="ftp:\/\/old.example"/)
  assert.match(sent.body, /href="#address"/)
  assert.match(sent.body, /Choose at least one service/)
})
