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

type Signing = Pick<Installation, 'now'> & { signersOf: (sql: Sql, log: LogRow) => Promise<readonly Signer[]> }
type Means = Pick<Installation, 'sql'> &
  Signing & {
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
    const { size } = await growLog(transaction, log, distinctOf(rows), { now, signersOf })
    const deleted = await deletePending(transaction, log.id, rows)
    if (deleted !== rows.length) throw new Error(`Entries of the log ${name} were taken by somebody else`)
    return {
      ...{ size, added: size - log.size },
      more: sumOf(rows, ({ width }) => width) >= entriesMax || sumOf(rows, ({ entries }) => entries.length) >= bytesMax,
    }
  })
}

type Promised = { entry: Uint8Array; leaf: Hash }

/** Puts entries, each once, after those that a log has, in the transaction that has its row locked; returns what it is then. */
export async function growLog(
  transaction: Sql,
  log: LogRow,
  promised: readonly Promised[],
  { now, signersOf }: Signing,
): Promise<LogRow> {
  const asked = promised.map(({ leaf }) => leaf)
  const places = await insertLeaves(transaction, log.id, log.size, asked)
  if (places.length === 0) return log
  const entries = places.map((place) => promised[place]!.entry)
  const tree = treeOf(log)
  const tiles = growTiles(
    tree,
    places.map((place) => asked[place]!),
  )
  const bundles = piecesOf(BigInt(log.size), entries).map(({ index, start, items }) => ({
    ...{ index, start, width: items.length },
    entries: packBundle(items),
  }))
  // Nobody may learn that a clock went back from a time that does.
  const at = new Date(Math.max(now().getTime(), Date.parse(log.sequencedAt ?? '') || 0))
  const head = { origin: log.origin, size: tree.size, root: rootOf(tree), at }
  // Signed before anything is written. Were keys still being read while a statement fails, the one that writes the
  // checkpoint would come after the `rollback`.
  const sequenced = Buffer.from(signCheckpoint(await signersOf(transaction, log), head))
  const grown = { size: Number(tree.size), peaks: Buffer.concat(tree.peaks), sequenced }
  const [isWritten] = await Promise.all([
    updateLog(transaction, log.id, log.size, { ...grown, sequencedAt: at }),
    growBundles(transaction, log.id, bundles),
    growTileRows(transaction, log.id, tiles),
  ])
  if (!isWritten) throw new Error(`The log ${log.name} grew while its row was locked`)
  return { ...log, ...grown, sequencedAt: at.toISOString() }
}

/** What waits, each entry once, in the order in which they were promised. */
function distinctOf(rows: readonly Pending[]): Promised[] {
  const distinct = new Map<string, Promised>()
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
