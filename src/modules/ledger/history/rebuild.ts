import type { Database, Sql } from '#platform'
import { readEntries } from '../explorer/entries.ts'
import { findLog } from '../log/logs.sql.ts'
import { hashesOf } from '../log/served.ts'
import { rootByTiles, tileWidth } from '../tree/tiles.rules.ts'
import { type Growing, grow, type Hash, isSame, newTree, rootOf } from '../tree/tree.rules.ts'
import { findIndexedLog, type IndexedRow, listAllIndexed, listAllKeys, listAllNodes, listRoots } from './index.sql.ts'
import { keyOfEntry } from './key.rules.ts'
import { parseRoot } from './root-entry.rules.ts'
import {
  type Change,
  emptyPlace,
  growTrie,
  hashIndex,
  hashKey,
  type Nodes,
  type Pair,
  valueOfTree,
} from './trie.rules.ts'

export type Rebuilt = {
  roots: number
  keys: number
  size: number
  /** The first few roots that are not what the entries make of them. */
  different: { version: number; size: number }[]
  /** Keys whose rows do not hold what the entries say, or that are missing or too many. */
  keysDifferent: number
  /** Nodes of the same, as they are or as they were one root before; where only their depth is wrong, one. */
  nodesDifferent: number
}

const nameOf = (hash: Uint8Array) => Buffer.from(hash).toString('hex')
const namedMax = 20
const rootsAtOnce = 500

/**
 * Reads the entries of a log in order and computes its index anew, in one snapshot: each root that the index ever had is
 * compared, and at the end everything from which lookups are answered: every key with its entries, and every node. Undefined
 * where no index is kept of the log.
 */
export const rebuildIndex = (
  sql: Database['sql'],
  name: string,
  onProgress: (done: number, all: number) => void,
): Promise<Rebuilt | undefined> =>
  sql.begin('isolation level repeatable read read only', async (transaction) => {
    const indexed = await findIndexedLog(transaction, name)
    if (!indexed) return undefined
    const row = (await findLog(transaction, name))!
    const nodes: Nodes = new Map()
    const trees = new Map<string, { key: Hash; tree: Growing }>()
    const rebuilt: Rebuilt = { roots: 0, keys: 0, size: 0, different: [], keysDifferent: 0, nodesDifferent: 0 }
    /** By the hash of its place, now or before. */
    const keys = new Map<string, Hash>()
    const kept: Kept = new Map()
    let root: Hash = emptyPlace
    let depth = 0
    for (let after = 0; ; ) {
      const batch = await listRoots(transaction, indexed.log, after, rootsAtOnce)
      for (const said of batch) {
        const touched = new Set<string>()
        while (rebuilt.size < said.size) {
          const end = Math.min(said.size, (Math.floor(rebuilt.size / tileWidth) + 1) * tileWidth)
          for (const entry of await readEntries(transaction, row, rebuilt.size, end)) {
            const key = keyOfEntry(entry)
            if (key) {
              const name = nameOf(key)
              const known = trees.get(name) ?? { key, tree: { size: 0n, peaks: [] } }
              trees.set(name, known)
              grow(known.tree, hashIndex(BigInt(rebuilt.size)))
              touched.add(name)
            }
            rebuilt.size += 1
          }
          onProgress(rebuilt.size, indexed.scanned)
        }
        const changes: Change[] = [...touched].map((name) => {
          const { key, tree } = trees.get(name)!
          return { key, place: hashKey(key, valueOfTree(tree)) }
        })
        const grown = growTrie(nodes, root, { changes, keyAt: (place) => keys.get(nameOf(place)) })
        root = grown.root
        depth = Math.max(depth, grown.depth)
        for (const [path, pair] of grown.grown)
          kept.set(path, { since: said.version, pair, before: kept.get(path)?.pair })
        for (const { key, place } of changes) keys.set(nameOf(place), key)
        const log = await rootByTiles(BigInt(said.size), (tile) => hashesOf(transaction, row, tile))
        const entry = parseRoot(said.entry)
        const isRight =
          isSame(root, said.root) &&
          entry?.map === nameOf(root) &&
          entry.root === nameOf(log) &&
          entry.size === said.size &&
          entry.log === row.origin
        if (!isRight && rebuilt.different.length < namedMax)
          rebuilt.different.push({ version: said.version, size: said.size })
        rebuilt.roots += 1
        after = said.version
      }
      if (batch.length < rootsAtOnce) break
    }
    rebuilt.keys = trees.size
    rebuilt.keysDifferent = await differentKeys(transaction, indexed.log, trees)
    rebuilt.nodesDifferent = await differentNodes(transaction, indexed.log, kept)
    if (rebuilt.nodesDifferent === 0 && indexed.depth !== depth) rebuilt.nodesDifferent = 1
    return rebuilt
  })

type Trees = ReadonlyMap<string, { tree: Growing }>

/** How many keys are not as computed, by their own rows or by those of their entries. */
async function differentKeys(sql: Sql, log: number, computed: Trees): Promise<number> {
  const right = new Set<string>()
  const wrong = new Set<string>()
  for (let after: Buffer = Buffer.alloc(0); ; ) {
    const rows = await listAllKeys(sql, log, after)
    for (const { key, count, peaks } of rows) {
      const tree = computed.get(nameOf(key))?.tree
      const isSameTree = tree?.size === BigInt(count) && isSame(Buffer.concat(tree.peaks), peaks)
      ;(isSameTree ? right : wrong).add(nameOf(key))
    }
    if (rows.length === 0) break
    after = rows.at(-1)!.key
  }
  // The entries are those over which the peaks are: another one, or none in its place, leads to others.
  const trees = new Map<string, Growing>()
  for (let after: IndexedRow = { key: Buffer.alloc(0), index: -1 }; ; ) {
    const rows = await listAllIndexed(sql, log, after)
    for (const { key, index } of rows) {
      const tree = trees.get(nameOf(key)) ?? newTree()
      trees.set(nameOf(key), tree)
      grow(tree, hashIndex(BigInt(index)))
    }
    if (rows.length === 0) break
    after = rows.at(-1)!
  }
  for (const [name, { tree }] of computed) {
    const indexed = trees.get(name)
    const isSameTree = indexed?.size === tree.size && isSame(rootOf(indexed), rootOf(tree))
    if (!right.has(name) || !isSameTree) wrong.add(name)
  }
  return wrong.size
}

type Kept = Map<string, { since: number; pair: Pair; before: Pair | undefined }>

/** How many nodes are not as computed, also as they were before the newest root that touched them. */
async function differentNodes(sql: Sql, log: number, computed: Kept): Promise<number> {
  let [different, found] = [0, 0]
  for (let after: Buffer = Buffer.alloc(0); ; ) {
    const rows = await listAllNodes(sql, log, after)
    for (const { path, since, pair, before } of rows) {
      const node = computed.get(nameOf(path))
      if (node) found += 1
      const isSamePair = node && isSame(Buffer.concat(node.pair), pair) && node.since === since
      const wasSame = node?.before ? before && isSame(Buffer.concat(node.before), before) : !before
      if (!isSamePair || !wasSame) different += 1
    }
    if (rows.length === 0) return different + computed.size - found
    after = rows.at(-1)!.path
  }
}
