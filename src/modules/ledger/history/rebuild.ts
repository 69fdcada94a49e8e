import type { Database } from '#platform'
import { readEntries } from '../explorer/entries.ts'
import { findLog } from '../log/logs.sql.ts'
import { hashesOf } from '../log/served.ts'
import { rootByTiles, tileWidth } from '../tree/tiles.rules.ts'
import { type Growing, grow, type Hash, isSame } from '../tree/tree.rules.ts'
import { findIndexedLog, listAllKeys, listAllNodes, listRoots } from './index.sql.ts'
import { keyOfEntry } from './key.rules.ts'
import { parseRoot } from './root-entry.rules.ts'
import { type Change, emptyPlace, growTrie, hashIndex, hashKey, type Nodes, valueOfTree } from './trie.rules.ts'

export type Rebuilt = {
  roots: number
  keys: number
  size: number
  /** The first few roots that are not what the entries make of them. */
  different: { version: number; size: number }[]
  /** Keys whose row does not hold what the entries say, or that are missing or too many. */
  keysDifferent: number
  nodesDifferent: number
}

const nameOf = (hash: Uint8Array) => Buffer.from(hash).toString('hex')
const namedMax = 20
const rootsAtOnce = 500

/**
 * Reads the entries of a log in order and computes its index anew, in one snapshot: each root that the index ever had is
 * compared, and at the end every key. Undefined where no index is kept of the log.
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
    let root: Hash = emptyPlace
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
        root = growTrie(nodes, root, { changes, keyAt: (place) => keys.get(nameOf(place)) }).root
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
    for (let after: Buffer = Buffer.alloc(0); ; ) {
      const rows = await listAllKeys(transaction, indexed.log, after)
      for (const { key, count, peaks } of rows) {
        const computed = trees.get(key.toString('hex'))?.tree
        trees.delete(key.toString('hex'))
        if (computed?.size !== BigInt(count) || !isSame(Buffer.concat(computed.peaks), peaks))
          rebuilt.keysDifferent += 1
      }
      if (rows.length === 0) break
      after = rows.at(-1)!.key
    }
    rebuilt.keysDifferent += trees.size
    for (let after: Buffer = Buffer.alloc(0); ; ) {
      const rows = await listAllNodes(transaction, indexed.log, after)
      for (const { path, pair } of rows) {
        const computed = nodes.get(nameOf(path))
        nodes.delete(nameOf(path))
        if (!computed || !isSame(Buffer.concat(computed), pair)) rebuilt.nodesDifferent += 1
      }
      if (rows.length === 0) break
      after = rows.at(-1)!.path
    }
    rebuilt.nodesDifferent += nodes.size
    return rebuilt
  })
