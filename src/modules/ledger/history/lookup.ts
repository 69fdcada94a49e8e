import type { Database, Installation, Sql } from '#platform'
import { getLog, makeProof, type OpenLog } from '../explorer/read.ts'
import { findIndexes } from '../log/tiles.sql.ts'
import { problem } from '../problems.ts'
import { type Hash, isSame } from '../tree/tree.rules.ts'
import { isPublished, pathsOf } from './grow.ts'
import { entriesMax, type History } from './history.rules.ts'
import {
  findIndexedLog,
  findKeyWithin,
  type IndexedLog,
  listIndexed,
  listNewestRoots,
  listNodes,
  type MapRoot,
} from './index.sql.ts'
import { keyOf } from './key.rules.ts'
import {
  type End,
  emptyPlace,
  followKey,
  hashKey,
  pathOf,
  rangeOf,
  rootByWay,
  valueOfIndexes,
  type Way,
} from './trie.rules.ts'

export type Found = { history: History; size: number; madeAt: string; output: OpenLog }

/**
 * Every entry of an item with what shows that it is every, by the newest root that is published: in one snapshot, in which that
 * is the newest of all or the one before.
 */
export const findHistory = (
  { sql, pack }: Pick<Installation, 'pack'> & { sql: Database['sql'] },
  { log, register, item }: { log: string; register: string; item: string },
): Promise<Found> =>
  sql.begin('isolation level repeatable read read only', async (transaction) => {
    const indexed = await findIndexedLog(transaction, log)
    if (!indexed) throw problem('index-not-found')
    let served: MapRoot | undefined
    for (const each of await listNewestRoots(transaction, indexed.log, 2))
      if (!served && (await isPublished(transaction, indexed, each))) served = each
    if (!served) throw problem('index-waiting')
    const output = await getLog({ sql: transaction, pack }, indexed.outputName)
    const place = (await findIndexes(transaction, indexed.output, [served.leaf])).get(0)!
    const key = keyOf(register, item)
    const below = served.size
    const indexes = await listIndexed(transaction, indexed.log, { key, below, limit: entriesMax + 1 })
    if (indexes.length > entriesMax) throw problem('history-too-long', { values: { max: entriesMax } })
    const paths = pathsOf([key], indexed.depth)
    const nodes = await listNodes(transaction, indexed.log, { paths, version: served.version })
    const way = followKey(served.root, key, (depth) => nodes.get(pathOf(key, depth).toString('hex')))
    const entries = indexes.map(BigInt)
    const other = entries.length > 0 ? undefined : await otherAt(transaction, indexed, { key, way, below })
    const own = entries.length > 0 ? { key, value: valueOfIndexes(entries) } : other
    const led = rootByWay(key, way.beside, own)
    // Nobody is given a proof that would not hold.
    if (!led || !isSame(led, served.root))
      throw new Error('The index does not lead to its root: compare it by “ledger index”')
    const proof = await makeProof(transaction, output, place)
    const history = { register, item, entries, beside: way.beside, other, rootEntry: served.entry, proof }
    return { history, size: served.size, madeAt: served.madeAt, output }
  })

/** The one key that stood where an item without entries would, when the log had so many entries. */
async function otherAt(
  sql: Sql,
  { log }: IndexedLog,
  { key, way: { beside, end }, below }: { key: Hash; way: Way; below: number },
): Promise<End> {
  if (isSame(end, emptyPlace)) return undefined
  const other = await findKeyWithin(sql, log, { ...rangeOf(key, beside.length), below })
  const indexes = other ? await listIndexed(sql, log, { key: other, below, limit: entriesMax }) : []
  const value = valueOfIndexes(indexes.map(BigInt))
  if (!other || !isSame(hashKey(other, value), end))
    throw new Error('The index has a place that no key stands for: compare it by “ledger index”')
  return { key: other, value }
}
