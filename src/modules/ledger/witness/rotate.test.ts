// Other keys for a witness: an overlap in which both cosign, an end, and a loss that every process heeds at once.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import type { Fault } from '../faults.ts'
import { encodeUtf8 } from '../notes/encoding.rules.ts'
import { parseVerifierKey } from '../notes/keys.rules.ts'
import { openCheckpoint } from '../notes/open.rules.ts'
import { aSigner } from '../testing/keys.ts'
import { rotateKeys, witnessJobs } from './keys.ts'
import { growth, leavesOf, send, textOf, watch } from './testing/asking.ts'
import type { Witness } from './types.ts'

let now = new Date('2026-11-27T08:00:00Z')
const one = await start({ now: () => now })
const other = await start({ now: () => now, beside: { urls: one.urls } })
const { sql, installation } = one
const retire = () => witnessJobs['ledger.retire-witness-keys']!.run(installation, undefined)
const shown = async () => (await one.app.inject('/ledger/witness.json')).json() as Witness
const current = async () => (await shown()).keys.map(({ vkey }) => vkey)
const ceremonies = () =>
  sql<{ event: string; keys: string[]; former: string[] }[]>`
    select event, keys, former
    from ledger.ceremony
    where event like 'ledger.witness-keys-%'
    order by id
    limit 20`

const log = aSigner('example.com/rotated')
await watch(sql, log)
let size = 0
/** Which of the keys cosigned the next checkpoint of the log. */
async function cosignedBy(app: typeof one.app, keys: readonly string[]): Promise<string[]> {
  const leaves = leavesOf(size + 1)
  const answer = await send(app, growth(log, size, leaves))
  assert.equal(answer.statusCode, 200, answer.body)
  size += 1
  const note = encodeUtf8(`${textOf(log, leaves)}\n${answer.body}`)
  return keys.filter((vkey) => {
    try {
      return openCheckpoint(note, [parseVerifierKey(vkey)]).signed.length === 1
    } catch {
      return false
    }
  })
}

test('new keys cosign beside the old ones, on every process, until the overlap ends', async () => {
  const old = await current()
  assert.deepEqual(await cosignedBy(one.app, old), old)
  assert.deepEqual(await cosignedBy(other.app, old), old)
  const made = await rotateKeys(installation, { lost: false, overlapDays: 7 })
  assert.deepEqual(await current(), [...made, ...old])
  for (const { app } of [one, other]) assert.deepEqual(await cosignedBy(app, [...made, ...old]), [...made, ...old])
  now = new Date('2026-12-04T07:59:00Z')
  await retire()
  assert.deepEqual(await cosignedBy(other.app, [...made, ...old]), [...made, ...old])
  now = new Date('2026-12-04T08:00:00Z')
  await retire()
  await retire()
  for (const { app } of [one, other]) assert.deepEqual(await cosignedBy(app, [...made, ...old]), made)
  const { keys, former } = await shown()
  assert.deepEqual(
    [keys.map(({ vkey, endsAt }) => [vkey, endsAt]), former.map(({ vkey }) => vkey).toSorted()],
    [made.map((vkey) => [vkey, null]), old.toSorted()],
  )
  assert.deepEqual(
    (await ceremonies()).map(({ event, keys, former }) => [event, keys, former]),
    [
      ['ledger.witness-keys-made', old, []],
      ['ledger.witness-keys-rotated', made, old],
      ['ledger.witness-keys-retired', old, []],
    ],
  )
})

test('lost keys cosign nothing more on any process, and nothing of them is left to sign with', async () => {
  const old = await current()
  assert.deepEqual(await cosignedBy(other.app, old), old)
  const made = await rotateKeys(installation, { lost: true, overlapDays: 30 })
  for (const { app } of [other, one]) assert.deepEqual(await cosignedBy(app, [...made, ...old]), made)
  const [{ count }] = await sql<[{ count: number }]>`select count(*)::int as count from ledger.witness_key`
  assert.equal(count, made.length)
  const { body } = await one.app.inject({ url: '/eng/ledger/witness', headers: { accept: 'text/html' } })
  assert.match(body, /Reported lost/)
  assert.equal((await ceremonies()).at(-1)!.event, 'ledger.witness-keys-lost')
})

test('of two who rotate at once, the second follows the keys of the first', async () => {
  const [first, second] = await Promise.all([
    rotateKeys(installation, { lost: false, overlapDays: 1 }),
    rotateKeys(other.installation, { lost: false, overlapDays: 1 }),
  ])
  assert.deepEqual((await cosignedBy(one.app, [...first, ...second])).toSorted(), [...first, ...second].toSorted())
  now = new Date('2026-12-06T08:00:00Z')
  await retire()
  assert.equal((await cosignedBy(other.app, [...first, ...second])).length, first.length)
})

test('who rotates more often than keys retire is told when to go on, and the witness cosigns as before', async () => {
  const rotate = (lost = false) => rotateKeys(installation, { lost, overlapDays: 30 })
  const refused = async () => {
    for (let times = 0; times < 20; times += 1) await rotate()
  }
  await assert.rejects(refused, ({ code, values }: Fault) => {
    assert.deepEqual([code, values.keys, values.at], ['witness-keys-many', 16, '2027-01-05T08:00:00.000Z'])
    return true
  })
  const all = await current()
  assert.equal(all.length, 16)
  assert.deepEqual((await cosignedBy(other.app, all)).toSorted(), all.toSorted())
  const lost = await rotate(true)
  assert.deepEqual([await current(), await cosignedBy(one.app, [...lost, ...all])], [lost, lost])
})
