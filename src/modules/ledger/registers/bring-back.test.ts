// A database is put back to an older state, and a mirror gives back the entries: what the tables of registers hold then, and what
// of an item is said to be lost.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { pino } from 'pino'
import { start } from '#test'
import { actingIn } from '../../../../test/acting.ts'
import postgres from '../../../platform/driver.ts'
import { exportLog, restore } from '../copies/command.ts'
import { findLog } from '../log/logs.sql.ts'
import { openSequencer } from '../log/sequencer.ts'
import { call } from '../testing/calls.ts'
import { boatsIn } from '../testing/registers.ts'
import { replay } from './command.ts'
import { ensureRegister, findRules, getRegister } from './registers.ts'
import type { HoldingsData, ItemData, StepsData } from './types.ts'

const started = await start()
const { app, sql, urls, installation, folder } = started
const owner = postgres(urls.owner, { max: 1, onnotice: () => {} })
after(() => owner.end())
const { tick } = openSequencer(installation, pino({ level: 'silent' }))
const { somebody } = actingIn(started)
const { registrar, judge, boat, propose, answer, codeOf, held } = boatsIn(started)
const boats = getRegister(installation, 'boats')
const mirror = join(folder, 'mirror')
const verb = (command: typeof restore, ...given: string[]) =>
  call(command, given, {}, 'en', (work) => work(installation))
const json = async <Data>(url: string, headers = {}) =>
  (await app.inject({ url: `${url}.json`, headers })).json() as Data
const at = (number: string) => `/ledger/registers/boats/items/${number}`
const text = async (url: string, headers = {}) =>
  (await app.inject({ url, headers: { accept: 'text/html', ...headers } })).body
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
const post = async (url: string, headers: Record<string, string>, payload: object) =>
  await app.inject({ ...{ method: 'POST', url, headers }, payload: { token: randomUUID(), ...payload } })

/** In the order in which they refer to each other. */
const tables = ['bundle', 'tile', 'leaf', 'pending', 'rule_set', 'item', 'item_value', 'step', 'invitation']
async function columnsOf(table: string): Promise<string> {
  const rows = await owner<{ name: string }[]>`
    select column_name as name from information_schema.columns
    where table_schema = 'ledger' and table_name = ${table} and is_generated = 'NEVER'`
  return rows.map(({ name }) => name).join(', ')
}
async function keepState(): Promise<void> {
  for (const table of [...tables, 'log'])
    await owner.unsafe(`create table public.kept_${table} as table ledger.${table}`)
}
/** As a backup of before puts a database back. */
async function putBack(): Promise<void> {
  const columns = await Promise.all(tables.map(columnsOf))
  await owner.begin(async (transaction) => {
    await transaction.unsafe(`truncate ${tables.map((table) => `ledger.${table}`).join(', ')}`)
    for (const [each, table] of tables.entries())
      await transaction.unsafe(`
        insert into ledger.${table} (${columns[each]}) overriding system value
        select ${columns[each]} from public.kept_${table}`)
    await transaction`
      update ledger.log set (size, peaks, sequenced, published, sequenced_at, published_size, behind_at) =
        (select size, peaks, sequenced, published, sequenced_at, published_size, behind_at
         from public.kept_log where kept_log.id = log.id)`
  })
}

const [ada, ben] = [await somebody({ level: 2 }), await somebody({ level: 2 })]
const hull = 'AB-1234'
const touched = await held(ada.headers, { 'field.hull': hull })
const untouched = await held(ada.headers)
await tick()
// A backup takes what was promised and has no place yet, too.
const promised = await held(ada.headers)
await keepState()
const before = (await findLog(sql, 'harbour'))!.size
await tick()
const { leaf } = await propose(touched, ada.headers, 'transfer', 'owner')
await answer(touched, ben.headers, leaf, 'buyer', { code: await codeOf(leaf) })
await answer(touched, registrar, leaf, 'registry')
await tick()
await ensureRegister(installation, { ...boats, openDays: 90 })
const { number: begun } = await boat()
const { leaf: waits } = await propose(begun, registrar, 'hand-over', 'registry')
await ensureRegister(installation, boats)
await tick()
const size = (await findLog(sql, 'harbour'))!.size
assert.equal((await verb(exportLog, 'harbour', mirror)).code, 0)

const listRestored = () => sql<{ detail: object }[]>`
  select detail from platform.audit_event where event = 'ledger.log-restored'`

test('what was written since the backup is refused, and nothing of what came back stands', async () => {
  const written: [what: string, write: () => Promise<unknown>][] = [
    [
      'a step of an item that went on',
      () => propose(touched, registrar, 'freeze', 'registry', { 'field.order': '1', reason: 'x' }),
    ],
    ['an item under rules that others followed', () => boat()],
    ['other rules', () => ensureRegister(installation, { ...boats, openDays: 7 })],
  ]
  for (const [what, write] of written) {
    await putBack()
    await write()
    const versions = (await findRules(sql, 'boats'))!.all.size
    const { code, errors } = await verb(restore, 'harbour', mirror)
    assert.deepEqual(
      [code, /Something was written to harbour since the backup/.test(errors)],
      [1, true],
      `${what}: ${errors}`,
    )
    assert.equal((await findLog(sql, 'harbour'))!.size, before, what)
    assert.equal((await sql`select from ledger.item where is_lost`).length, 0, what)
    assert.equal((await findRules(sql, 'boats'))!.all.size, versions, what)
    assert.equal((await listRestored()).length, 0, what)
  }
})

test('the tables of registers are led to where the log is, with rules, states and steps', async () => {
  await putBack()
  const { code, out, errors } = await verb(restore, 'harbour', mirror)
  assert.equal(code, 0, errors)
  assert.match(out, new RegExp(`had ${before} entries and has ${size} now`))
  assert.deepEqual(
    (await listRestored()).map(({ detail }) => detail),
    [{ before, size }],
  )
  for (const each of ['before anything else is put in order', 'after it']) {
    const compared = await verb(replay, 'harbour')
    assert.equal(compared.code, 0, `${each}: ${compared.out}${compared.errors}`)
    await tick()
  }
  assert.equal((await findLog(sql, 'harbour'))!.size, size, 'what was promised is what came back')
  const rules = (await findRules(sql, 'boats'))!
  assert.equal(rules.all.size, 3)
  await ensureRegister(installation, boats)
  assert.equal((await findRules(sql, 'boats'))!.current, rules.current)
  const rows = await sql<{ number: string; state: string; isLost: boolean; holder: string | null; open: number }[]>`
    select number, state, is_lost, holder, jsonb_array_length(folded -> 'open') as open from ledger.item where register = 'boats'`
  const found = new Map(rows.map(({ number, ...row }) => [number, { ...row }]))
  assert.deepEqual(found.get(touched), { state: 'registered', isLost: true, holder: null, open: 0 })
  assert.deepEqual(found.get(begun), { state: 'registered', isLost: true, holder: null, open: 1 })
  for (const number of [untouched, promised])
    assert.deepEqual(found.get(number), { state: 'registered', isLost: false, holder: ada.id, open: 0 })
})

test('an item that is lost says so in every language, names nobody as its holder, and takes no step', async () => {
  const data = await json<ItemData>(at(touched))
  assert.deepEqual(
    [data.standing.lost, data.standing.erased, data.standing.tone, data.fields],
    [true, false, 'warn', []],
  )
  assert.equal(data.history.at(0)!.title.en, 'Transferred')
  for (const [language, says] of [
    ['eng', /was lost with a database/],
    ['han', /內容因資料庫損毀而缺失/],
    ['jian', /内容因数据库损毁而缺失/],
  ] as const)
    assert.match(await text(`/${language}${at(touched)}`), says)
  const steps = await json<StepsData>(`${at(touched)}/steps`, registrar)
  assert.deepEqual([steps.holder, steps.offers, steps.mayErase], [null, [], true])
  assert.deepEqual(
    steps.entries.map(({ lost, fields }) => [lost, fields === null]),
    [...Array(3).fill([true, true]), ...Array(3).fill([false, false])],
  )
  assert.ok(steps.entries.every(({ lost, by }) => !lost || (by.name === null && !by.me)))
  const page = await text(`/eng${at(touched)}/steps`, registrar)
  assert.match(page, /lost with a database/)
  assert.doesNotMatch(page, /Held by|What you can do now/)
  for (const { headers } of [ada, ben]) {
    const holdings = (await json<HoldingsData>('/ledger/holdings', headers)).items.map(({ number }) => number)
    assert.ok(!holdings.includes(touched))
    assert.equal((await app.inject({ url: `${at(touched)}/steps`, headers })).statusCode, 403)
  }
  const form = await app.inject({ url: `${at(touched)}/steps/new?step=freeze&party=court`, headers: judge })
  const step = { step: 'freeze', party: 'court', 'field.order': '1', reason: 'x' }
  const approval = { party: 'buyer', answer: 'approved', code: 'x' }
  for (const { statusCode, body } of [
    form,
    await post(`${at(touched)}/steps`, judge, step),
    await post(`${at(begun)}/proposals/${waits}`, ada.headers, approval),
  ])
    assert.deepEqual([statusCode, JSON.parse(body).type], [410, '/problems/ledger.item-lost'], body)
  const office = (await app.inject({ url: '/office/ledger/registers.json', headers: registrar })).json()
  assert.deepEqual(office.waiting, [])
})

test('the keeper enters it anew, what is whole goes on, and the log is not forked', async () => {
  const again = await held(ben.headers, { 'field.hull': hull })
  assert.notEqual(again, touched)
  for (const number of [untouched, promised])
    await propose(number, judge, 'freeze', 'court', { 'field.order': '1', reason: 'x' })
  await tick()
  const compared = await verb(replay, 'harbour')
  assert.equal(compared.code, 0, compared.out)
  assert.match(compared.out, /The tables hold exactly what the entries say/)
})

test('what an item that is lost said before can be erased as of any other', async () => {
  const erase = () => post(`/office${at(begun)}/erase`, registrar, {})
  for (const each of [1, 2]) assert.equal((await erase()).statusCode, 303, `time ${each}`)
  const { standing } = await json<ItemData>(at(begun))
  assert.deepEqual([standing.erased, standing.lost], [true, false])
  assert.equal((await verb(replay, 'harbour')).code, 0)
})
