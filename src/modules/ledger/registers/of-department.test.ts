// What another module does with items in the name of a department, in its own transaction.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { pino } from 'pino'
import { asPerson, start } from '#test'
import { openSequencer } from '../log/sequencer.ts'
import { beginItem, type Ended, endItem, reinstateItem } from './of-department.ts'
import { compareLog } from './replay.ts'

const { app, sql, installation } = await start()
const sequencer = openSequencer(installation, pino({ level: 'silent' }))
const permissions = ['ledger:keep-register']
const registrar = asPerson({ id: 'registrar', organisation: 'tide-station', permissions, level: 3 })

const ordered = (step: string, department = 'tide-station') => ({
  ...{ request: undefined, person: 'officer-tia', department, token: randomUUID(), register: 'berth-licences' },
  ...{ step, party: 'registry' },
})
const begin = async () => {
  const fields = { berth: 'A1', licensee: 'Ada', until: '2099-01-01' }
  return (await sql.begin((one) => beginItem(one, installation, ordered('issue'), { fields }))).number
}
const end = (number: string, department?: string) =>
  sql.begin((one) => endItem(one, installation, ordered('suspend', department), { number, reason: 'x' }))
const reinstate = (number: string, ended: Ended, department?: string) =>
  sql.begin((one) => reinstateItem(one, installation, ordered('reinstate', department), { number, reason: 'x', ended }))
const byHand = async (number: string, step: string) => {
  const payload = { token: randomUUID(), step, party: 'registry', reason: 'x', 'field.until': '2098-01-01' }
  const url = `/ledger/registers/berth-licences/items/${number}/steps`
  const { statusCode, body } = await app.inject({ method: 'POST', url, headers: registrar, payload })
  assert.equal(statusCode, 201, body)
}
const stateOf = async (number: string) => {
  const [row] = await sql<[{ state: string; entries: number }]>`
    select state, (folded -> 'entries')::int as entries from ledger.item where number = ${number}`
  return `${row.state} ${row.entries}`
}
/** The tiles say what the tables say. */
async function requireSame(): Promise<void> {
  await sequencer.tick()
  const compared = (await compareLog(installation, 'harbour'))!
  assert.deepEqual([compared.broken, compared.different, compared.findings], [[], [], []])
}

test('an item is ended once, and reinstated once to the state from which it was ended, and for its department alone', async () => {
  const number = await begin()
  assert.equal(await end(number, 'counting-house'), 'refused')
  const ended = await end(number)
  assert.ok(typeof ended === 'object')
  assert.equal(ended.from, 'valid')
  assert.deepEqual([await end(number), await stateOf(number)], ['over', 'suspended 2'])
  assert.equal(await reinstate(number, ended, 'counting-house'), 'changed')
  assert.equal(await reinstate(number, { ...ended, from: 'suspended' }), 'changed')
  assert.deepEqual(await reinstate(number, ended), { isHeld: false })
  assert.deepEqual([await reinstate(number, ended), await stateOf(number)], ['changed', 'valid 3'])
  await requireSame()
})

test('an item that somebody else changed since is not reinstated, and one that no step is known for is only looked at', async () => {
  const number = await begin()
  const ended = await end(number)
  assert.ok(typeof ended === 'object')
  await byHand(number, 'reinstate')
  const look = { ...ordered('suspend'), step: null }
  assert.equal(await sql.begin((one) => endItem(one, installation, look, { number, reason: '' })), 'refused')
  await byHand(number, 'suspend')
  assert.deepEqual([await reinstate(number, ended), await stateOf(number)], ['changed', 'suspended 4'])
  await requireSame()
})

test('what overtook a transaction that began before keeps it from writing, so that the log tells of both in their order', async () => {
  for (const isSequenced of [false, true]) {
    const number = await begin()
    await sequencer.tick()
    const work = sql.begin(async (one) => {
      // What a case does first gives the transaction its number.
      await one`select pg_current_xact_id()`
      await byHand(number, 'renew')
      if (isSequenced) await sequencer.tick()
      return endItem(one, installation, ordered('suspend'), { number, reason: 'x' })
    })
    if (isSequenced) assert.equal(typeof (await work), 'object')
    else await assert.rejects(work, { code: 'ledger.item-overtaken' })
    assert.equal(await stateOf(number), isSequenced ? 'suspended 3' : 'valid 2')
    await requireSame()
  }
})
