// Who asked for it is told of a new version of a service: once, with what changed, whoever is killed in between.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { services } from '../definitions/service.ts'
import { publish } from '../versions/versions.ts'
import { changesOf } from './changes.rules.ts'
import { tellJob, tellSubscribers } from './tell.ts'

const started = await start()
const { app, sql, installation, asPerson } = started
const definition = installation.pack.list(services).find(({ id }) => id === 'tide-grant')!
const [ada, bo] = [asPerson({ id: 'ada-quay' }), asPerson({ id: 'ben-ledger' })]
const en = (texts: readonly { en: string }[]) => texts.map((each) => each.en)

type Headers = Record<string, string>
const post = (url: string, headers: Headers) =>
  app.inject({ method: 'POST', url, headers: { accept: 'application/json', ...headers } })
const get = async (url: string, headers: Headers) =>
  (await app.inject({ url, headers: { accept: 'application/json', ...headers } })).json()
const inbox = async (headers: Headers) => (await get('/account/inbox', headers)).messages
const publishNext = (change: Partial<typeof definition>) =>
  sql.begin((transaction) =>
    publish(transaction, { definition: { ...definition, ...change }, now: new Date(), by: null }),
  )

test('what changed is said by the parts that a person notices, in the order of the page', () => {
  const fee = { cents: 100 }
  assert.deepEqual(changesOf(definition, definition), [])
  assert.deepEqual(changesOf(definition, { ...definition, keywords: [] }), [])
  assert.deepEqual(en(changesOf(definition, { ...definition, takes: definition.title, fee })), [
    'how long it takes',
    'the fee',
  ])
  const form = { ...definition.apply!.form, pages: [] }
  assert.deepEqual(en(changesOf(definition, { ...definition, apply: { ...definition.apply!, form } })), [
    'the questions of its form',
  ])
  const { apply: _, ...without } = definition
  assert.deepEqual(en(changesOf(definition, without)), ['whether it can be applied for here'])
})

test('whoever subscribed is told of a new version once, and whoever has ended it is not', async () => {
  for (const _ of [1, 2]) assert.equal((await post('/services/tide-grant/subscribe', ada)).statusCode, 200)
  await post('/services/tide-grant/subscribe', bo)
  assert.equal((await get('/services/tide-grant', ada)).subscribed, true)
  assert.equal((await get('/account/subscriptions', ada)).services.length, 1)
  const before = (await inbox(ada)).length
  await post('/services/tide-grant/unsubscribe', bo)
  await tellSubscribers(installation)
  assert.equal((await inbox(ada)).length, before)

  await publishNext({ contact: { en: 'At the new pier.', 'zh-Hant': '新碼頭。' } })
  const [job] = await sql`select count(*)::int as n from graphile_worker.jobs where task_identifier = ${tellJob}`
  assert.ok(job!.n > 0)
  await Promise.all([tellSubscribers(installation), tellSubscribers(installation)])
  await tellSubscribers(installation)
  const [message, ...others] = (await inbox(ada)).slice(0, (await inbox(ada)).length - before)
  assert.deepEqual(others, [])
  const said = await get(`/account/inbox/${message.id}`, ada)
  assert.match(JSON.stringify(said), /What changed: whom to contact/)
})

test('a run that dies in the middle tells nobody twice and leaves nobody out', async () => {
  await post('/services/tide-grant/subscribe', bo)
  await publishNext({ takes: { en: 'A fortnight.', 'zh-Hant': '兩星期。' } })
  const count = async () => [(await inbox(ada)).length, (await inbox(bo)).length]
  const [adas, bos] = (await count()) as [number, number]
  // Seals are made just before a message is written: the second one fails, with its transaction.
  let seals = 0
  const vault = {
    ...installation.vault,
    seal: (...all: Parameters<typeof installation.vault.seal>) => {
      if (++seals === 2) throw new Error('killed')
      return installation.vault.seal(...all)
    },
  }
  await assert.rejects(tellSubscribers({ ...installation, vault }), /killed/)
  const [first, second] = (await count()) as [number, number]
  assert.equal(first - adas + second - bos, 1)
  await tellSubscribers(installation)
  assert.deepEqual(await count(), [adas + 1, bos + 1])
})

test('a person is told of a hundred services at most, and the account ends what it lists', async () => {
  await sql`
    insert into services.subscription (person_id, service, told_number, subscribed_at)
    select 'ada-quay', 'other-' || each, 1, now() from generate_series(1, 99) as each`
  await post('/services/tide-grant/unsubscribe', ada)
  assert.equal((await post('/services/tide-grant/subscribe', ada)).statusCode, 200)
  await post('/services/other-1/unsubscribe?from=account', ada)
  await post('/services/tide-grant/unsubscribe', ada)
  await sql`
    insert into services.subscription (person_id, service, told_number, subscribed_at)
    values ('ada-quay', 'other-1', 1, now()), ('ada-quay', 'other-100', 1, now())`
  assert.equal((await post('/services/tide-grant/subscribe', ada)).json().type, '/problems/services.subscriptions-full')
  assert.equal((await app.inject({ method: 'POST', url: '/services/tide-grant/subscribe' })).statusCode, 401)
})
