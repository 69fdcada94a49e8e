import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import type { Sql } from '#platform'
import { checkLog } from '../fsck/fsck.ts'
import { findLog, listLogKeys } from '../log/logs.sql.ts'
import type { Sequencer } from '../log/sequencer.ts'
import { readOwn } from '../log/served.ts'
import { findBundle, findIndexes } from '../log/tiles.sql.ts'
import { parseVerifierKey } from '../notes/keys.rules.ts'
import { openByPolicy, type Policy, policyOfKey } from '../notes/policy.rules.ts'
import { bundlesOf, unpackBundle } from '../tree/tiles.rules.ts'
import { emptyRoot, grow, type Hash, hashLeaf, isSame, newTree, rootOf } from '../tree/tree.rules.ts'
import { countParts, countUnderWay, listActs, listSeen } from './history.sql.ts'

/** How entries are compared: by their octets. */
export const keyOf = (entry: Uint8Array): string => Buffer.from(entry).toString('latin1')

/**
 * Ticks until nothing waits for a log, which takes few ticks once nobody has a transaction under way: a server that has not
 * noticed yet that a caller is gone holds the log for it.
 */
export async function untilInOrder(sql: Sql, name: string, sequencer: Pick<Sequencer, 'tick'>): Promise<void> {
  const { id } = (await findLog(sql, name))!
  for (let tries = 0; tries < 1000 && (await countUnderWay(sql)) > 0; tries += 1) await pause(5)
  for (let ticks = 0; ticks < 8; ticks += 1) {
    await sequencer.tick()
    if ((await countParts(sql, id)).pending === 0) return
  }
  assert.fail(`entries of ${name} wait for ever`)
}

/**
 * Judges the whole state of a log for which nothing is under way, and returns the place of each entry. It is clean by fsck;
 * every checkpoint that anybody could ever see is of the one history that stands; what stands is what was done, each once;
 * and nothing of another time is left in any table.
 */
export async function judgeHistory(sql: Sql, name: string): Promise<Map<string, number>> {
  const row = (await findLog(sql, name))!
  const size = row.size
  const policies = (await listLogKeys(sql, row.id)).map(({ vkey }) => policyOfKey(parseVerifierKey(vkey)))
  assert.equal(policies.length, 2, 'a log has two keys')
  for (const policy of policies) {
    const { findings, checkpoint, isWhole } = await checkLog(readOwn(sql, name), { policy, where: name })
    assert.deepEqual(findings, [])
    assert.equal(isWhole, true)
    assert.equal(checkpoint.size, BigInt(size))
  }
  assert.deepEqual(await countParts(sql, row.id), { pending: 0, leaves: size, hashes: size, entries: size })

  const entries: Uint8Array[] = []
  for (const tile of bundlesOf(BigInt(size))) {
    const bundle = await findBundle(sql, row.id, tile)
    entries.push(...unpackBundle(bundle!.entries, tile))
  }
  const places = new Map(entries.map((entry, at) => [keyOf(entry), at]))
  assert.equal(places.size, size, 'each entry is in the log once')
  const acts = (await listActs(sql, name)).map(keyOf)
  assert.deepEqual(
    { lost: acts.filter((act) => !places.has(act)), invented: places.size - acts.length },
    { lost: [], invented: 0 },
  )
  const leaves = entries.map(hashLeaf)
  assert.deepEqual(await findIndexes(sql, row.id, leaves), new Map(leaves.map((_, at) => [at, at])))

  await judgeSeen(sql, row.id, { leaves, policies })
  return places
}

/**
 * Each checkpoint of a log that was ever visible is signed by its keys, is of the history that stands, and none is smaller
 * or of an earlier time than one before it.
 */
async function judgeSeen(sql: Sql, log: number, { leaves, policies }: { leaves: Hash[]; policies: Policy[] }) {
  const tree = newTree()
  const roots: Hash[] = [emptyRoot]
  for (const leaf of leaves) {
    grow(tree, leaf)
    roots.push(rootOf(tree))
  }
  const last = { sequenced: -1n, published: -1n, time: -1n }
  const seen = await listSeen(sql, log)
  for (const row of seen) {
    for (const kind of ['sequenced', 'published'] as const)
      for (const policy of policies) {
        const { checkpoint, logs } = openByPolicy(row[kind], policy)
        const size = checkpoint.size
        const root = roots[Number(size)]
        assert.ok(root && isSame(checkpoint.root, root), `a checkpoint of ${size} is of another history`)
        assert.ok(size >= last[kind], `a checkpoint of ${size} came after one of ${last[kind]}`)
        last[kind] = size
        const time = logs[0]?.time
        if (kind === 'published' || time === undefined) continue
        assert.ok(time >= last.time, `the time of the checkpoint of ${size} went back`)
        last.time = time
      }
    assert.equal(last.sequenced, BigInt(row.size), 'a log is as large as it signed for')
    assert.ok(last.published <= last.sequenced, 'nothing is published that is not in order')
  }
  assert.equal(last.sequenced, BigInt(leaves.length), 'the last checkpoint is of all')
}
