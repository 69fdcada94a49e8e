import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pino } from 'pino'
import { start } from '../../../../test/start.ts'
import { checkLog } from '../fsck/fsck.ts'
import { parseVerifierKey } from '../notes/keys.rules.ts'
import { openByPolicy, policyOfKey } from '../notes/policy.rules.ts'
import { hashLeaf } from '../tree/tree.rules.ts'
import { append } from './append.ts'
import { findLog, listLogKeys } from './logs.sql.ts'
import { ensureLog } from './logs.ts'
import { openSequencer } from './sequencer.ts'
import { readOwn } from './served.ts'
import { findIndexes, growTileRows, insertLeaves } from './tiles.sql.ts'

const { sql, installation } = await start()
const log = pino({ level: 'silent' })

let made = 0
async function aLog() {
  made += 1
  const name = `log-${made}`
  await ensureLog(installation, name)
  return name
}

/** Everything of a log read and computed again, as anybody would. */
async function check(name: string): Promise<bigint> {
  const row = (await findLog(sql, name))!
  const keys = await listLogKeys(sql, row.id)
  let size = -1n
  for (const { vkey } of keys) {
    const report = await checkLog(readOwn(sql, name), { policy: policyOfKey(parseVerifierKey(vkey)), where: name })
    assert.deepEqual(report.findings, [])
    size = report.checkpoint.size
  }
  assert.equal(keys.length, 2)
  return size
}

const entry = (text: string) => Buffer.from(text)
const indexesOf = async (name: string, entries: Buffer[]) => {
  const found = await findIndexes(sql, (await findLog(sql, name))!.id, entries.map(hashLeaf))
  return entries.map((_, place) => found.get(place))
}

test('a new log has a checkpoint of an empty tree by both of its keys', async () => {
  const name = await aLog()
  await ensureLog(installation, name)
  assert.equal(await check(name), 0n)
  const { origin } = (await findLog(sql, name))!
  assert.equal(origin, `localhost:8080/ledger/logs/${name}`)
})

test('what is appended stands in the log in its order, and each part of it is as it would be made at once', async () => {
  const name = await aLog()
  const sequencer = openSequencer(installation, log)
  let size = 0
  for (const width of [1, 2, 250, 3, 256, 256, 1, 256]) {
    await append(
      sql,
      name,
      Array.from({ length: width }, (_, at) => entry(`entry ${size + at}`)),
    )
    await sequencer.tick()
    size += width
    assert.equal(await check(name), BigInt(size))
  }
  assert.equal(size, 1025)
  const some = [0, 1, 255, 256, 1024]
  const found = await indexesOf(
    name,
    [...some, size].map((at) => entry(`entry ${at}`)),
  )
  assert.deepEqual(found, [...some, undefined])
})

test('what a caller rolled back is not in the log, and what it committed is', async () => {
  const name = await aLog()
  const sequencer = openSequencer(installation, log)
  await assert.rejects(
    sql.begin(async (transaction) => {
      await append(transaction, name, [entry('never')])
      throw new Error('rolled back')
    }),
  )
  // One that is under way while others are put in order, and is committed after them.
  const late = Promise.withResolvers<void>()
  const written = Promise.withResolvers<void>()
  const slow = sql.begin(async (transaction) => {
    await append(transaction, name, [entry('late')])
    written.resolve()
    await late.promise
  })
  await written.promise
  await append(sql, name, [entry('first')])
  await sequencer.tick()
  await sequencer.tick()
  late.resolve()
  await slow
  await sequencer.tick()
  assert.deepEqual(await indexesOf(name, [entry('first'), entry('late'), entry('never')]), [0, 1, undefined])
  assert.equal(await check(name), 2n)
})

test('a leaf that the log has keeps its first place, within one batch and across them', async () => {
  const name = await aLog()
  const sequencer = openSequencer(installation, log)
  await append(sql, name, [entry('a'), entry('b'), entry('a')])
  await append(sql, name, [entry('b'), entry('c')])
  await sequencer.tick()
  await append(sql, name, [entry('c'), entry('a')])
  await sequencer.tick()
  await append(sql, name, [entry('d')])
  await sequencer.tick()
  assert.equal(await check(name), 4n)
  assert.deepEqual(await indexesOf(name, ['a', 'b', 'c', 'd'].map(entry)), [0, 1, 2, 3])
})

test('leaves that only begin as others do are other leaves: each has a place of its own, and is found by its whole hash', async () => {
  const { id } = (await findLog(sql, await aLog()))!
  const aLeaf = (beginning: string, rest: number) =>
    Buffer.concat([Buffer.from(beginning, 'hex'), Buffer.alloc(26, rest)])
  const [one, other, third] = ['000000000001', '000000000002', '000000000003']
  const grow = async (start: number, leaves: Buffer[]) => {
    const places = await insertLeaves(sql, id, start, leaves)
    const hashes = places.map((place) => leaves[place]!)
    await growTileRows(sql, id, [{ level: 0, index: 0n, start, hashes }])
    return places
  }
  assert.deepEqual(await grow(0, [aLeaf(one, 1), aLeaf(other, 1), aLeaf(other, 2)]), [0, 1, 2])
  // One is known, two only begin as what is known, two begin alike, and one is as no other.
  const more = [aLeaf(third, 1), aLeaf(one, 2), aLeaf(other, 2), aLeaf(third, 2), aLeaf(other, 3)]
  assert.deepEqual(await grow(3, more), [0, 3, 1, 4])
  const all = [aLeaf(one, 1), aLeaf(other, 1), aLeaf(other, 2), more[0]!, more[3]!, more[1]!, more[4]!]
  assert.deepEqual(
    [...(await findIndexes(sql, id, [...all, aLeaf(one, 3)]))].toSorted(([a], [b]) => a - b),
    all.map((_, place) => [place, place]),
  )
  assert.deepEqual(await insertLeaves(sql, id, 7, all), [])
})

test('several sequencers at once make one history, in which each entry is once', async () => {
  const name = await aLog()
  const sequencers = Array.from({ length: 4 }, () => openSequencer(installation, log))
  const texts = Array.from({ length: 60 }, (_, at) => `entry ${at}`)
  await Promise.all([
    ...texts.map((text) => append(sql, name, [entry(text)])),
    ...sequencers.flatMap((each) => [each.tick(), each.tick(), each.tick()]),
  ])
  for (const each of sequencers) await each.tick()
  assert.equal(await check(name), 60n)
  assert.equal(new Set(await indexesOf(name, texts.map(entry))).size, 60)
})

test('who waits is told the places by whichever process puts the entries in order', async () => {
  const name = await aLog()
  const [here, there] = [openSequencer(installation, log), openSequencer(installation, log)]
  const leaves = await append(sql, name, [entry('x'), entry('y')])
  const told = here.wait(name, leaves, AbortSignal.timeout(5000))
  await there.tick()
  await here.tick()
  assert.deepEqual(await told, [0, 1])
  const never = here.wait(name, [hashLeaf(entry('nowhere'))], AbortSignal.timeout(20))
  await here.tick()
  assert.deepEqual(await never, [undefined])
})

test('a time in a checkpoint does not go back when the clock does', async () => {
  const name = await aLog()
  const timeNow = async () => {
    const row = (await findLog(sql, name))!
    const [, lattice] = await listLogKeys(sql, row.id)
    return openByPolicy(row.published!, policyOfKey(parseVerifierKey(lattice!.vkey))).logs[0]!.time!
  }
  const before = await timeNow()
  const sequencer = openSequencer({ ...installation, now: () => new Date(Date.now() - 86_400_000) }, log)
  await append(sql, name, [entry('x')])
  await sequencer.tick()
  assert.ok((await timeNow()) >= before)
})

test('entries for no log, too many, or too long are refused', async () => {
  const name = await aLog()
  await assert.rejects(append(sql, 'nowhere', [entry('x')]), /no log nowhere/)
  await assert.rejects(append(sql, name, []), RangeError)
  await assert.rejects(
    append(
      sql,
      name,
      Array.from({ length: 257 }, () => entry('x')),
    ),
    RangeError,
  )
  await assert.rejects(append(sql, name, [Buffer.alloc(65_536)]), RangeError)
})

test('an entry of the greatest length and an empty one are in the log as they are', async () => {
  const name = await aLog()
  await append(sql, name, [Buffer.alloc(65_535, 7), Buffer.alloc(0)])
  await openSequencer(installation, log).tick()
  assert.equal(await check(name), 2n)
})
