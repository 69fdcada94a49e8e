// What a register lets happen, through HTTP: who may, what takes effect when, and that the tiles say the same.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { pino } from 'pino'
import { asPerson, start } from '#test'
import { actingIn } from '../../../../test/acting.ts'
import { openSequencer } from '../log/sequencer.ts'
import { issueApiKey } from '../programs/api-keys.ts'
import { insertQuota } from '../quotas/quotas.sql.ts'
import { openOfPartyMax } from './fold.rules.ts'
import { readNumber } from './numbers.rules.ts'
import { compareLog } from './replay.ts'
import { findCode } from './sealed.ts'
import type { ItemData } from './types.ts'

const { app, sql, installation } = await start()
const sequencer = openSequencer(installation, pino({ level: 'silent' }))
const { company, somebody } = actingIn({ app, sql })
const permissions = ['ledger:keep-register']
const officer = (id: string, organisation: string) => asPerson({ id, organisation, permissions, level: 3 })
const registrar = officer('registrar', 'tide-station')
const second = officer('second-registrar', 'tide-station')
const judge = officer('judge', 'counting-house')
const ada = await somebody({ level: 2 })
const ben = await somebody({ level: 2 })

type Headers = Record<string, string>
type Body = Record<string, string>
const post = (url: string, by: Headers, payload: Body) =>
  app.inject({
    method: 'POST',
    url: `/ledger/registers/${url}`,
    headers: by,
    payload: { token: randomUUID(), ...payload },
  })
type Done = { number: string; leaf: string; tookEffect: boolean }
async function done(answer: ReturnType<typeof post>): Promise<Done> {
  const { statusCode, body } = await answer
  assert.equal(statusCode, 201, body)
  return JSON.parse(body) as Done
}
const refused = async (answer: ReturnType<typeof post>, status: number, code: string) => {
  const { statusCode, body } = await answer
  assert.equal(statusCode, status, body)
  assert.equal(JSON.parse(body).type, `/problems/ledger.${code}`)
}
const begin = (fields: Body = {}) =>
  post('boats/items', registrar, {
    ...{ step: 'register', party: 'registry', 'field.name': 'Gull', 'field.hull': randomUUID().slice(0, 13) },
    ...fields,
  })
const step = (number: string, by: Headers, step: string, party: string, more: Body = {}) =>
  post(`boats/items/${number}/steps`, by, { step, party, ...more })
const answer = (number: string, by: Headers, proposal: string, party: string, more: Body = {}) =>
  post(`boats/items/${number}/proposals/${proposal}`, by, { party, answer: 'approved', ...more })
const codeOf = async (leaf: string) => (await findCode(sql, installation, Buffer.from(leaf, 'hex')))!
const stateOf = async (number: string) => {
  const [row] = await sql<{ state: string | null; holder: string | null; open: number }[]>`
    select state, holder, jsonb_array_length(folded -> 'open') as open from ledger.item where number = ${number}`
  return row!
}
/** A boat that somebody holds. */
async function held(by: { id: string; headers: Headers } = ada): Promise<string> {
  const { number } = await done(begin())
  const { leaf } = await done(step(number, registrar, 'hand-over', 'registry'))
  await done(answer(number, by.headers, leaf, 'buyer', { code: await codeOf(leaf) }))
  return number
}
/** The tiles say what the tables say. */
async function holds(): Promise<void> {
  await sequencer.tick()
  const compared = (await compareLog(installation, 'harbour'))!
  assert.deepEqual([compared.broken, compared.different, compared.findings], [[], [], []])
}

test('an item begins by the step of its registry, with a number that says nothing and bears a slip', async () => {
  const { number, tookEffect } = await done(begin())
  assert.equal(tookEffect, true)
  assert.match(number, /^BT-[0-9A-Z]{5}-[0-9A-Z]{5}$/)
  assert.equal(readNumber(number.toLowerCase().replaceAll('-', ' ')), number)
  assert.equal(readNumber(number.replace(/.$/, (last) => (last === '2' ? '3' : '2'))), undefined)
  assert.deepEqual({ ...(await stateOf(number)) }, { state: 'registered', holder: null, open: 0 })
  await holds()
})

test('a transfer needs whoever holds it, whoever takes it and the registry, in any order, and then takes effect once', async () => {
  const number = await held()
  assert.equal((await stateOf(number)).holder, ada.id)
  const { leaf, tookEffect } = await done(step(number, ada.headers, 'transfer', 'owner'))
  assert.equal(tookEffect, false)
  await refused(answer(number, ada.headers, leaf, 'owner'), 409, 'approved-before')
  assert.equal((await done(answer(number, registrar, leaf, 'registry'))).tookEffect, false)
  await refused(answer(number, ben.headers, leaf, 'buyer', { code: 'AAAAA-AAAAA-AAAAA-AAAAA' }), 403, 'not-a-party')
  const code = await codeOf(leaf)
  await refused(answer(number, ada.headers, leaf, 'buyer', { code }), 409, 'taker-holds-already')
  assert.equal((await stateOf(number)).holder, ada.id)
  assert.equal((await done(answer(number, ben.headers, leaf, 'buyer', { code }))).tookEffect, true)
  assert.deepEqual({ ...(await stateOf(number)) }, { state: 'registered', holder: ben.id, open: 0 })
  await refused(answer(number, second, leaf, 'registry'), 409, 'proposal-closed')
  await refused(step(number, ada.headers, 'transfer', 'owner'), 403, 'not-a-party')
  await holds()
})

test('a court may have an item transferred without its owner, and freeze it alone; two registrars freeze it together', async () => {
  const number = await held()
  const order = { 'field.order': 'HCA 1/2031', reason: 'By order' }
  const { leaf } = await done(step(number, judge, 'transfer', 'court'))
  await done(answer(number, registrar, leaf, 'registry'))
  await done(answer(number, ben.headers, leaf, 'buyer', { code: await codeOf(leaf) }))
  assert.equal((await stateOf(number)).holder, ben.id)
  await done(step(number, judge, 'freeze', 'court', order))
  assert.equal((await stateOf(number)).state, 'frozen')
  await refused(step(number, ben.headers, 'transfer', 'owner'), 409, 'step-not-open')
  await refused(step(number, registrar, 'release', 'registry', { reason: 'x' }), 403, 'not-a-party')
  await done(step(number, judge, 'release', 'court', { reason: 'Settled' }))
  const frozen = await done(step(number, registrar, 'freeze', 'registry', order))
  assert.equal(frozen.tookEffect, false)
  await refused(answer(number, registrar, frozen.leaf, 'registry'), 409, 'approved-before')
  assert.equal((await done(answer(number, second, frozen.leaf, 'registry'))).tookEffect, true)
  await holds()
})

test('a field that need not be filled in can be emptied, and what a program leaves out stays', async () => {
  const { number } = await done(begin({ 'field.length': '9.5' }))
  const shown = async () => {
    const { body } = await app.inject({ url: `/ledger/registers/boats/items/${number}.json` })
    return (JSON.parse(body) as ItemData).fields.map(({ id, value }) => `${id} ${value}`)
  }
  await done(step(number, registrar, 'survey', 'registry'))
  assert.deepEqual(await shown(), ['name Gull', 'length 9.5'])
  await done(step(number, registrar, 'survey', 'registry', { 'field.length': '' }))
  assert.deepEqual(await shown(), ['name Gull'])
  await refused(step(number, ada.headers, 'rename', 'owner', { 'field.name': ' ' }), 422, 'step-values')
  await holds()
})

test('a reason is a thousand characters at most, also of an answer', async () => {
  const { number } = await done(begin())
  const { leaf } = await done(step(number, registrar, 'freeze', 'registry', { reason: 'x', 'field.order': '1' }))
  for (const reason of ['x'.repeat(1001), 'a\u0007b'])
    await refused(answer(number, second, leaf, 'registry', { reason }), 422, 'step-values')
  await done(answer(number, second, leaf, 'registry', { reason: '字'.repeat(1000) }))
})

test('two directors of a company dispose of what it holds, and a member of it cannot', async () => {
  const organisation = await company()
  const one = await somebody({ organisation, roles: ['owner'] })
  const other = await somebody({ organisation, roles: ['owner'] })
  const member = await somebody({ organisation, roles: ['member'] })
  const number = await held(one)
  assert.deepEqual({ ...(await stateOf(number)) }, { state: 'registered', holder: organisation, open: 0 })
  await refused(step(number, member.headers, 'transfer', 'owner'), 403, 'not-a-party')
  const { leaf } = await done(step(number, one.headers, 'transfer', 'owner'))
  await done(answer(number, registrar, leaf, 'registry'))
  assert.equal((await done(answer(number, ben.headers, leaf, 'buyer', { code: await codeOf(leaf) }))).tookEffect, false)
  assert.equal((await done(answer(number, other.headers, leaf, 'owner'))).tookEffect, true)
  assert.equal((await stateOf(number)).holder, ben.id)
  await holds()
})

test('what a department holds its officers for registers dispose of, and no other officer', async () => {
  const organisation = 'counting-house'
  const keeper = await somebody({ organisation, roles: ['register-officer'], level: 3 })
  const other = await somebody({ organisation, roles: ['budget-officer'], level: 3 })
  const { number } = await done(begin())
  const { leaf } = await done(step(number, registrar, 'hand-over', 'registry'))
  const code = await codeOf(leaf)
  await refused(answer(number, other.headers, leaf, 'buyer', { code }), 403, 'not-a-party')
  await done(answer(number, keeper.headers, leaf, 'buyer', { code }))
  await refused(step(number, other.headers, 'transfer', 'owner'), 403, 'not-a-party')
  await done(step(number, keeper.headers, 'transfer', 'owner'))
})

test('what takes effect closes every other proposal of the item, and so does whoever refuses one', async () => {
  const number = await held()
  const renaming = await done(step(number, ada.headers, 'rename', 'owner', { 'field.name': 'Tern' }))
  const transfer = await done(step(number, ada.headers, 'transfer', 'owner'))
  const code = await codeOf(transfer.leaf)
  assert.equal((await stateOf(number)).open, 2)
  await done(answer(number, registrar, renaming.leaf, 'registry'))
  assert.equal((await stateOf(number)).open, 0)
  await refused(answer(number, ben.headers, transfer.leaf, 'buyer', { code }), 409, 'proposal-closed')
  const again = await done(step(number, ada.headers, 'rename', 'owner', { 'field.name': 'Skua' }))
  await done(answer(number, registrar, again.leaf, 'registry', { answer: 'refused', reason: 'Taken' }))
  await refused(answer(number, second, again.leaf, 'registry'), 409, 'proposal-closed')
  await holds()
})

test('no two items share what must be theirs alone, whatever its spelling', async () => {
  await done(begin({ 'field.hull': 'HK 77' }))
  await refused(begin({ 'field.hull': ' hk  77' }), 409, 'value-taken')
  await refused(begin({ 'field.hull': 'ＨＫ 77' }), 409, 'value-taken')
  await holds()
})

test('a form that is sent twice at once is one entry, and with something else it is refused', async () => {
  const form = { token: randomUUID(), 'field.hull': randomUUID().slice(0, 13) }
  const answers = await Promise.all(Array.from({ length: 4 }, () => done(begin(form))))
  assert.equal(new Set(answers.map(({ number }) => number)).size, 1)
  await refused(begin({ ...form, 'field.name': 'Other' }), 409, 'step-form-reused')
})

test('an entry tells nobody who acted or what they wrote, and erasing makes it unguessable', async () => {
  const number = await held()
  const [row] = await sql<{ entries: string }[]>`
    select string_agg(convert_from(entry, 'UTF8'), ' ') as entries from ledger.step where number = ${number}`
  assert.doesNotMatch(row!.entries, new RegExp(`Gull|registrar|${ada.id}`))
  const [whole] = await sql<{ rows: string }[]>`
    select string_agg(encode(content, 'escape'), ' ') as rows from ledger.step where number = ${number}`
  assert.doesNotMatch(whole!.rows, /Gull/)
})

test('of many who act on one item at the same instant each is judged by what the one before left', async () => {
  const number = await held()
  const all = await Promise.all(
    Array.from({ length: openOfPartyMax }, (_, at) =>
      step(number, ada.headers, 'rename', 'owner', { 'field.name': `Name ${at}` }),
    ),
  )
  for (const { statusCode } of all) assert.equal(statusCode, 201)
  const leaves = all.map(({ body }) => (JSON.parse(body) as Done).leaf)
  const answered = await Promise.all(leaves.map((leaf) => answer(number, registrar, leaf, 'registry')))
  assert.deepEqual(answered.map(({ statusCode }) => statusCode).sort(), [201, ...Array(openOfPartyMax - 1).fill(409)])
  await holds()
})

test('a table that was changed past the log is found by replay', async () => {
  const number = await held()
  await holds()
  await sql`update ledger.item set folded = jsonb_set(folded, '{state}', '"scrapped"') where number = ${number}`
  const compared = (await compareLog(installation, 'harbour'))!
  assert.deepEqual(compared.different, [{ register: 'boats', number }])
  await sql`update ledger.item set folded = jsonb_set(folded, '{state}', '"registered"') where number = ${number}`
})

test('a holder or a field that was changed past the log is found by replay, and whoever is said to have acted', async () => {
  const number = await held()
  await done(
    answer(
      number,
      registrar,
      (await done(step(number, ada.headers, 'rename', 'owner', { 'field.name': 'Tern' }))).leaf,
      'registry',
    ),
  )
  await holds()
  const [{ content: before } = { content: null }] = await sql<{ content: Buffer }[]>`
    select content from ledger.item where number = ${number}`
  const found = async () => (await compareLog(installation, 'harbour'))!.different.map((each) => each.number)
  const forged = installation.vault.seal('ledger-item', JSON.stringify({ name: 'Gull' }), `item/boats/${number}`)
  const changes: [what: string, change: () => Promise<unknown>, back: () => Promise<unknown>][] = [
    [
      'the holder',
      () => sql`update ledger.item set holder = ${ben.id} where number = ${number}`,
      () => sql`update ledger.item set holder = ${ada.id} where number = ${number}`,
    ],
    [
      'what it holds',
      () => sql`update ledger.item set content = ${forged} where number = ${number}`,
      () => sql`update ledger.item set content = ${before} where number = ${number}`,
    ],
    [
      'who acted',
      () =>
        sql`update ledger.step set acted_by = ${ben.id} where number = ${number} and acted_by = ${ada.id} and place = 4`,
      () =>
        sql`update ledger.step set acted_by = ${ada.id} where number = ${number} and acted_by = ${ben.id} and place = 4`,
    ],
  ]
  for (const [what, change, back] of changes) {
    await change()
    assert.deepEqual(await found(), [number], what)
    await back()
    assert.deepEqual(await found(), [], `${what}, put back`)
  }
})

test('a program of an organisation takes steps by a key for the register, once for each word, and never where several people must', async () => {
  const { text } = await issueApiKey(sql, {
    ...{ organisation: 'tide-station', name: 'Boats', scopes: ['step:boats'], createdBy: 'system', days: 1 },
  })
  const word = randomUUID()
  const call = (url: string, payload: object, key = text, token = randomUUID() as string) =>
    app.inject({
      ...{ method: 'POST', url: `/ledger/registers/${url}`, payload },
      headers: { authorization: `Bearer ${key}`, 'idempotency-key': token },
    })
  const form = { step: 'register', party: 'registry', fields: { name: 'Auk', hull: 'AUK 1' } }
  const begun = await Promise.all([call('boats/steps', form, text, word), call('boats/steps', form, text, word)])
  for (const { statusCode, body } of begun) assert.equal(statusCode, 201, body)
  const { number } = begun[0].json<Done>()
  assert.equal(begun[1].json<Done>().number, number)
  const freeze = { number, step: 'freeze', party: 'registry', reason: 'x', fields: { order: '1' } }
  // Whoever has the key of a program may be one of the two people already.
  const { leaf } = await done(step(number, registrar, 'freeze', 'registry', { reason: 'x', 'field.order': '1' }))
  const approve = { number, proposal: leaf, party: 'registry', answer: 'approved' }
  for (const alone of [await call('boats/steps', freeze), await call('boats/answers', approve)])
    assert.equal(alone.json<{ type: string }>().type, '/problems/ledger.not-for-programs')
  assert.equal((await stateOf(number)).state, 'registered')
  await done(answer(number, second, leaf, 'registry'))
  assert.equal((await stateOf(number)).state, 'frozen')
  // biome-ignore format: a table
  const refusals: [url: string, payload: object, key: string, status: number][] = [
    ['storms/steps', { step: 'begin', party: 'tide-station', fields: { subject: 'x' } }, text,             403],
    ['boats/steps',  form,                                                               text.slice(0, -1), 401],
    ['boats/steps',  { ...freeze, party: 'owner', step: 'transfer', fields: {} },        text,             403],
    ['boats/steps',  { ...form, fields: { name: 'Auk' } },                               text,             422],
    ['boats/steps',  { ...form, step: 'freeze' },                                        text,             409],
  ]
  for (const [url, payload, key, status] of refusals)
    assert.equal((await call(url, payload, key)).statusCode, status, url)
  await holds()
})

test('what a program writes into a register counts against the quota of its organisation', async () => {
  const organisation = 'counting-house'
  const { text, key } = await issueApiKey(sql, {
    ...{ organisation, name: 'Orders', scopes: ['step:boats'], createdBy: 'system', days: 1 },
  })
  const { number } = await done(begin())
  const token = randomUUID()
  const freeze = (token: string = randomUUID()) =>
    app.inject({
      ...{ method: 'POST', url: '/ledger/registers/boats/steps' },
      payload: { number, step: 'freeze', party: 'court', reason: 'x', fields: { order: '1' } },
      headers: { authorization: `Bearer ${text}`, 'idempotency-key': token },
    })
  await insertQuota(sql, { organisation, entries: 1, octets: 100_000, by: 'test', at: new Date() })
  assert.equal((await freeze(token)).statusCode, 201)
  const used = await sql<{ entries: string; octets: string }[]>`
    select entries, octets from ledger.usage where api_key = ${key.id}`
  assert.deepEqual([used.length, Number(used[0]!.entries)], [1, 1])
  assert.ok(Number(used[0]!.octets) > 300)
  const refused = await freeze()
  assert.deepEqual([refused.statusCode, refused.json().type], [429, '/problems/ledger.quota-reached'])
  assert.ok(Number(refused.headers['retry-after']) > 0)
})

test('nobody else may: not a stranger, not an officer of elsewhere, not somebody of whom nothing is proven', async () => {
  const number = await held()
  await refused(step(number, ben.headers, 'transfer', 'owner'), 403, 'not-a-party')
  await refused(step(number, judge, 'rename', 'registry', { 'field.name': 'X' }), 403, 'not-a-party')
  await refused(step(number, registrar, 'transfer', 'buyer'), 403, 'not-a-party')
  const weak = await somebody({ level: 1 })
  assert.equal((await step(number, weak.headers, 'transfer', 'owner')).statusCode, 401)
  const stranger = asPerson({ id: 'clerk', organisation: 'tide-station', permissions: [], level: 3 })
  await refused(step(number, stranger, 'freeze', 'registry', { reason: 'x', 'field.order': '1' }), 403, 'not-a-party')
})
