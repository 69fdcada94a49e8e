import type { Installation, Sql } from '#platform'
import type { Signer } from '../notes/keys.rules.ts'
import { growTiles, packBundle, piecesOf, unpackBundle } from '../tree/tiles.rules.ts'
import { type Growing, type Hash, hashBytes, hashLeaf, rootOf } from '../tree/tree.rules.ts'
import { type LogRow, lockLog, updateLog } from './logs.sql.ts'
import { signCheckpoint } from './logs.ts'
import { deletePending, listPending, type Pending } from './pending.sql.ts'
import { growBundles, growTileRows, insertLeaves } from './tiles.sql.ts'

/** In one go: what is more follows at once, with a checkpoint of its own. */
const entriesMax = 2048
const bytesMax = 4 * 1024 * 1024

export type Sequenced = { size: number; added: number; more: boolean }

type Means = Pick<Installation, 'sql' | 'now'> & {
  signersOf: (sql: Sql, log: LogRow) => Promise<readonly Signer[]>
  /** What older transactions wrote has been put in order. */
  since: string
}

/**
 * Puts in order what waits for a log: bundles, tiles, leaves and the signed checkpoint are written, and the waiting rows
 * deleted, in one transaction, which stands only if the log still is as it was read. Undefined while somebody else does it.
 * A process that dies at any point of this leaves either nothing of it or all of it.
 */
export async function sequence(name: string, { sql, now, signersOf, since }: Means): Promise<Sequenced | undefined> {
  return sql.begin(async (transaction) => {
    const log = await lockLog(transaction, name)
    if (!log) return undefined
    const rows = await listPending(transaction, log.id, { since, entriesMax, bytesMax })
    if (rows.length === 0) return { size: log.size, added: 0, more: false }
    const promised = distinctOf(rows)
    const asked = promised.map(({ leaf }) => leaf)
    const places = await insertLeaves(transaction, log.id, log.size, asked)
    const entries = places.map((place) => promised[place]!.entry)
    const leaves = places.map((place) => asked[place]!)
    const tree = treeOf(log)
    const tiles = growTiles(tree, leaves)
    const size = Number(tree.size)
    const bundles = piecesOf(BigInt(log.size), entries).map(({ index, start, items }) => ({
      ...{ index, start, width: items.length },
      entries: packBundle(items),
    }))
    // Nobody may learn that a clock went back from a time that does.
    const at = new Date(Math.max(now().getTime(), Date.parse(log.sequencedAt ?? '') || 0))
    const head = { origin: log.origin, size: tree.size, root: rootOf(tree), at }
    // Signed before anything is written. Were keys still being read while a statement fails, the one that writes the
    // checkpoint would come after the `rollback`.
    const grown = size > log.size && {
      ...{ size, peaks: Buffer.concat(tree.peaks), sequencedAt: at },
      sequenced: signCheckpoint(await signersOf(transaction, log), head),
    }
    const [deleted, isWritten] = await Promise.all([
      deletePending(transaction, log.id, rows),
      grown && updateLog(transaction, log.id, log.size, grown),
      grown && growBundles(transaction, log.id, bundles),
      grown && growTileRows(transaction, log.id, tiles),
    ])
    if (grown && !isWritten) throw new Error(`The log ${name} grew while its row was locked`)
    if (deleted !== rows.length) throw new Error(`Entries of the log ${name} were taken by somebody else`)
    return {
      size,
      added: leaves.length,
      more: sumOf(rows, ({ width }) => width) >= entriesMax || sumOf(rows, ({ entries }) => entries.length) >= bytesMax,
    }
  })
}

/** What waits, each entry once, in the order in which they were promised. */
function distinctOf(rows: readonly Pending[]): { entry: Uint8Array; leaf: Hash }[] {
  const distinct = new Map<string, { entry: Uint8Array; leaf: Hash }>()
  for (const { width, entries } of rows)
    for (const entry of unpackBundle(entries, { level: 'entries', index: 0n, width })) {
      const leaf = hashLeaf(entry)
      const key = Buffer.from(leaf).toString('latin1')
      if (!distinct.has(key)) distinct.set(key, { entry, leaf })
    }
  return [...distinct.values()]
}

export function treeOf({ size, peaks }: Pick<LogRow, 'size' | 'peaks'>): Growing {
  const count = peaks.length / hashBytes
  return {
    size: BigInt(size),
    peaks: Array.from({ length: count }, (_, at) => peaks.subarray(at * hashBytes, (at + 1) * hashBytes)),
  }
}

const sumOf = (rows: readonly Pending[], of: (row: Pending) => number) => rows.reduce((sum, row) => sum + of(row), 0)
