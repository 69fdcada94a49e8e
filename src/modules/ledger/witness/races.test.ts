// What a witness promises when many ask at once, of one process or of two on one database.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { encodeUtf8 } from '../notes/encoding.rules.ts'
import { parseVerifierKey, printVerifierKey } from '../notes/keys.rules.ts'
import { openCheckpoint } from '../notes/open.rules.ts'
import { aSigner } from '../testing/keys.ts'
import { entryAt } from '../testing/logs.ts'
import { forkAt, growth, idOf, leavesOf, send, textOf, watch } from './testing/asking.ts'
import { evidenceAbout, keptOf } from './testing/kept.sql.ts'
import { evidenceOfKindMax } from './witness.sql.ts'

const clocks = [new Date('2026-11-27T08:00:00Z'), new Date('2026-11-27T07:00:00Z')]
const one = await start({ now: () => clocks[0]! })
const other = await start({ now: () => clocks[1]!, beside: { urls: one.urls } })
const { sql } = one
const apps = [one.app, other.app]
let made = 0
async function watched() {
  made += 1
  const log = aSigner(`example.com/raced-${made}`)
  await watch(sql, log)
  return log
}
const keysOf = async (app: (typeof apps)[number]) =>
  ((await app.inject('/ledger/witness.json')).json() as { keys: { vkey: string }[] }).keys.map(({ vkey }) => vkey)

test('of two processes that make the first keys at once, both sign with the same', async () => {
  const [ours, theirs, again] = await Promise.all([keysOf(one.app), keysOf(other.app), keysOf(other.app)])
  assert.deepEqual(ours, theirs)
  assert.deepEqual(ours, again)
})

for (const grown of [0, 3])
  test(`of 20 forks of one size that come at once to two processes after ${grown} entries, exactly one is cosigned`, async () => {
    const log = await watched()
    if (grown > 0) await send(one.app, growth(log, 0, leavesOf(grown)))
    const forks = Array.from({ length: 20 }, (_, at) =>
      leavesOf(grown + 5, (leaf) => (leaf < grown ? entryAt(leaf) : Buffer.from(`${at} ${leaf}`))),
    )
    const answers = await Promise.all(forks.map((leaves, at) => send(apps[at % 2]!, growth(log, grown, leaves))))
    const statuses = answers.map(({ statusCode }) => statusCode)
    assert.deepEqual(statuses.toSorted(), [200, ...Array(19).fill(409)])
    const won = statuses.indexOf(200)
    const keys = (await keysOf(one.app)).map(parseVerifierKey)
    const { checkpoint } = openCheckpoint(encodeUtf8(`${textOf(log, forks[won]!)}\n${answers[won]!.body}`), keys)
    const kept = (await keptOf(sql, log.key.name))!
    assert.ok(kept.root.equals(checkpoint.root))
    // Each of the others is one more history that the log signed.
    const evidence = await evidenceAbout(sql, log.key.name)
    assert.deepEqual([...new Set(evidence.map(({ kind }) => kind))], ['split-view'])
    assert.ok(evidence.length === 19 && evidence.length <= evidenceOfKindMax)
  })

test('sizes that come at once in any order are cosigned in an order that only grows', async () => {
  const log = await watched()
  const all = leavesOf(40)
  const cosigned: number[] = []
  await Promise.all(
    Array.from({ length: 12 }, async (_, worker) => {
      for (let turn = 0; turn < 12; turn += 1) {
        const app = apps[(worker + turn) % 2]!
        const size = 1 + ((worker * 7 + turn * 3) % 40)
        const known = Number((await send(app, growth(log, 0, leavesOf(0)))).body.trim()) || 0
        if (size < known) continue
        const answer = await send(app, growth(log, known, all.slice(0, size)))
        assert.ok([200, 409].includes(answer.statusCode), answer.body)
        if (answer.statusCode === 200) cosigned.push(size)
      }
    }),
  )
  assert.ok(cosigned.length > 3)
  assert.equal((await keptOf(sql, log.key.name))?.size, `${Math.max(...cosigned)}`)
  assert.equal((await evidenceAbout(sql, log.key.name)).length, 0)
})

test('one checkpoint that comes twenty times at once is cosigned each time, at no earlier second than before', async () => {
  const log = await watched()
  const leaves = leavesOf(9)
  await send(one.app, growth(log, 0, leaves))
  const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => send(apps[at % 2]!, growth(log, 9, leaves))))
  const keys = (await keysOf(one.app)).map(parseVerifierKey)
  for (const { statusCode, body } of answers) {
    assert.equal(statusCode, 200)
    // The clock of the second process is an hour behind.
    const { signed } = openCheckpoint(encodeUtf8(`${textOf(log, leaves)}\n${body}`), keys)
    assert.equal(signed[0]!.time, BigInt(clocks[0]!.getTime() / 1000))
  }
  const published = await other.app.inject(`/ledger/witness/${idOf(log.key.name)}/checkpoint`)
  assert.equal(openCheckpoint(published.rawPayload, keys).checkpoint.size, 9n)
})

test('a process that remembers an earlier time than another has told since tells the later one', async () => {
  const log = await watched()
  const leaves = leavesOf(3)
  const times: (bigint | undefined)[] = []
  // The clock of the first of them is an hour behind.
  for (const app of [other.app, one.app, other.app]) {
    const { statusCode, body } = await send(app, growth(log, times.length === 0 ? 0 : 3, leaves))
    assert.equal(statusCode, 200, body)
    const keys = (await keysOf(one.app)).map(parseVerifierKey)
    times.push(openCheckpoint(encodeUtf8(`${textOf(log, leaves)}\n${body}`), keys).signed[0]!.time)
  }
  const [ahead, behind] = clocks.map((clock) => BigInt(clock.getTime() / 1000))
  assert.deepEqual(times, [behind, ahead, ahead])
})

test('a key that was taken from a log counts no longer, in a process that remembers it neither', async () => {
  const [log, second] = [await watched(), aSigner(`example.com/raced-${made}`)]
  await watch(sql, second)
  assert.equal((await send(one.app, growth(second, 0, leavesOf(3)))).statusCode, 200)
  await sql`update ledger.watched_log set vkeys = ${[printVerifierKey(log.key)]} where origin = ${log.key.name}`
  assert.equal((await send(one.app, growth(second, 3, leavesOf(4)))).statusCode, 403)
  assert.equal((await send(one.app, growth(log, 3, leavesOf(4)))).statusCode, 200)
})

test('a history that forked before what was cosigned is cosigned by neither process', async () => {
  const log = await watched()
  await send(one.app, growth(log, 0, leavesOf(20)))
  const forks = await Promise.all(
    Array.from({ length: 10 }, (_, at) => send(apps[at % 2]!, growth(log, 20, leavesOf(21 + at, forkAt(7))))),
  )
  assert.deepEqual(
    forks.map(({ statusCode }) => statusCode),
    Array(10).fill(422),
  )
  assert.equal((await keptOf(sql, log.key.name))?.size, '20')
})
