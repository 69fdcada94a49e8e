import type { Installation, Sql } from '#platform'
import { readEntries } from '../explorer/entries.ts'
import { append } from '../log/append.ts'
import { findLog } from '../log/logs.sql.ts'
import { hashesOf } from '../log/served.ts'
import { findIndexes } from '../log/tiles.sql.ts'
import { rootByTiles, tileWidth } from '../tree/tiles.rules.ts'
import { type Growing, grow, type Hash, hashBytes, hashLeaf } from '../tree/tree.rules.ts'
import {
  type IndexedLog,
  insertIndexed,
  insertRoot,
  listKeys,
  listNeighbours,
  listNewestRoots,
  listNodes,
  lockIndexedLog,
  type MapRoot,
  updateScanned,
  upsertKeys,
  upsertNodes,
} from './index.sql.ts'
import { keyOfEntry } from './key.rules.ts'
import { printRoot } from './root-entry.rules.ts'
import { amongNeighbours, emptyPlace, growTrie, hashIndex, hashKey, pathOf, valueOfTree } from './trie.rules.ts'

/** In one go: what is more follows when its root is published. */
const entriesMax = 65_536
const keyedMax = 2048
/** An index says up to where it is complete at least as often, also where nothing is new in it. */
const freshMs = 10 * 60_000

/**
 * Takes what is new in the published part of a log into its index, and appends the new root to the output log, in one
 * transaction. Nothing is done while the root before is not published, so that what is served is the newest root or the one before
 * it; of several processes one does it at a time.
 */
export const growIndex = ({ sql, now }: Pick<Installation, 'sql' | 'now'>, name: string): Promise<void> =>
  sql.begin(async (transaction) => {
    const indexed = await lockIndexedLog(transaction, name)
    if (!indexed) return
    const [last] = await listNewestRoots(transaction, indexed.log, 1)
    if (last && !(await isPublished(transaction, indexed, last))) return
    const { scanned, keyed } = await readNew(transaction, indexed)
    const at = now()
    const isDue = !last || (scanned > last.size && at.getTime() - Date.parse(last.madeAt) >= freshMs)
    if (keyed.length === 0 && !isDue) {
      if (scanned > indexed.scanned) await updateScanned(transaction, indexed.log, { scanned, depth: 0 })
      return
    }
    const version = (last?.version ?? 0) + 1
    const grown = await growBy(transaction, indexed, { keyed, version, root: last?.root ?? emptyPlace })
    const row = (await findLog(transaction, name))!
    const root = await rootByTiles(BigInt(scanned), (tile) => hashesOf(transaction, row, tile))
    const inHex = (hash: Hash) => Buffer.from(hash).toString('hex')
    const entry = printRoot({ log: indexed.origin, map: inHex(grown.root), root: inHex(root), size: scanned })
    const kept = { version, size: scanned, root: Buffer.from(grown.root), leaf: Buffer.from(hashLeaf(entry)), entry }
    await insertRoot(transaction, indexed.log, { ...kept, madeAt: at })
    await updateScanned(transaction, indexed.log, { scanned, depth: grown.depth })
    await append(transaction, indexed.outputName, [entry])
  })

/** Whether the output log serves a root. */
export async function isPublished(sql: Sql, { outputName }: Pick<IndexedLog, 'outputName'>, root: MapRoot) {
  const log = (await findLog(sql, outputName))!
  const index = (await findIndexes(sql, log.id, [root.leaf])).get(0)
  return index !== undefined && index < (log.publishedSize ?? 0)
}

type Keyed = { key: Hash; index: number }

/** What is new in the log, as far as is taken in one go: up to where it was read, and what of it bears a key. */
async function readNew(sql: Sql, { log, scanned, publishedSize }: IndexedLog) {
  const keyed: Keyed[] = []
  const end = Math.min(publishedSize, scanned + entriesMax)
  let at = scanned
  while (at < end && keyed.length < keyedMax) {
    const next = Math.min(end, (Math.floor(at / tileWidth) + 1) * tileWidth)
    for (const [place, entry] of (await readEntries(sql, { id: log }, at, next)).entries()) {
      const key = keyOfEntry(entry)
      if (key) keyed.push({ key, index: at + place })
    }
    at = next
  }
  return { scanned: at, keyed }
}

/** Writes keys, their entries, and the nodes on their ways; returns the new root of the trie. */
async function growBy(
  sql: Sql,
  { log, depth }: IndexedLog,
  { keyed, version, root }: { keyed: readonly Keyed[]; version: number; root: Hash },
) {
  if (keyed.length === 0) return { root, depth: 0 }
  const trees = new Map<string, Growing>()
  const keys = [...new Map(keyed.map(({ key }) => [nameOf(key), key])).values()]
  for (const { key, count, peaks } of await listKeys(sql, log, keys))
    trees.set(nameOf(key), { size: BigInt(count), peaks: hashesIn(peaks) })
  const fresh = keys.filter((key) => !trees.has(nameOf(key)))
  for (const { key, index } of keyed) {
    const tree = trees.get(nameOf(key)) ?? { size: 0n, peaks: [] }
    trees.set(nameOf(key), tree)
    grow(tree, hashIndex(BigInt(index)))
  }
  const changes = keys.map((key) => ({ key, place: hashKey(key, valueOfTree(trees.get(nameOf(key))!)) }))
  const neighbours = await listNeighbours(sql, log, fresh)
  const nodes = await listNodes(sql, log, { paths: pathsOf(keys, depth), version })
  const grown = growTrie(nodes, root, { changes, keyAt: amongNeighbours(neighbours) })
  await upsertKeys(
    sql,
    log,
    keys.map((key) => {
      const { size, peaks } = trees.get(nameOf(key))!
      return { key: Buffer.from(key), count: Number(size), peaks: Buffer.concat(peaks) }
    }),
  )
  await insertIndexed(sql, log, keyed)
  await upsertNodes(sql, log, { nodes: grown.grown, version })
  return grown
}

const nameOf = (key: Hash) => Buffer.from(key).toString('hex')

/** Every place on the ways of keys where a node can be, each once. */
export function pathsOf(keys: readonly Hash[], depth: number): Buffer[] {
  const paths = new Map<string, Buffer>()
  for (const key of keys)
    for (let at = 0; at < depth; at += 1) {
      const path = pathOf(key, at)
      paths.set(path.toString('latin1'), path)
    }
  return [...paths.values()]
}

const hashesIn = (octets: Buffer): Hash[] =>
  Array.from({ length: octets.length / hashBytes }, (_, at) => octets.subarray(at * hashBytes, (at + 1) * hashBytes))
