import { Fault, type FaultCode } from '../faults.ts'
import type { Checkpoint } from '../notes/checkpoint.rules.ts'
import { noteBytesMax } from '../notes/note.rules.ts'
import { type Accepted, openByPolicy, type Policy } from '../notes/policy.rules.ts'
import { isConsistent } from '../tree/proofs.rules.ts'
import {
  bundlesOf,
  consistencyByTiles,
  hashOfFullTile,
  type Tile,
  tilePath,
  tileWidth,
  unpackTile,
} from '../tree/tiles.rules.ts'
import { emptyRoot, grow, type Hash, hashLeaf, isSame, joinPeaks, newTree } from '../tree/tree.rules.ts'
import { type Read, readBundle, tilesBy } from './read.ts'

export type Asked = {
  policy: Policy
  /** A checkpoint of before, opened by the same policy: the log must begin with it. */
  since?: Checkpoint
  /** For the sentence that says that there is no log. */
  where: string
  onProgress?: (entries: bigint, size: bigint) => void
  /** Takes the entries in order, as far as each is what the log holds a hash of. */
  onEntries?: (entries: readonly Uint8Array[]) => void
}

/** What was found: nothing, or where the log is wrong. It is looked at to its end unless too much is. */
export type Report = Accepted & { findings: readonly Fault[]; isWhole: boolean }

export const findingsMax = 20
/** Of bundles and their tiles at a time. Of each only hashes are kept, at most 256, unless somebody asks for the entries. */
const readsAhead = 8

/** What makes a log wrong. Any other fault of a server says nothing about the log, and ends the check. */
const wrongs: readonly FaultCode[] = ['read-missing', 'read-large', 'tile-length', 'bundle-short', 'bundle-long']

/**
 * Reads everything of a log and computes it again: C2SP tlog-tiles, with the checkpoint first, so that nothing is read
 * that its log did not sign for. Throws a fault where nothing could be checked.
 */
export async function checkLog(read: Read, { policy, since, where, onProgress, onEntries }: Asked): Promise<Report> {
  const bytes = await read('checkpoint', noteBytesMax)
  if (!bytes) throw new Fault('no-checkpoint', { where })
  const accepted = openByPolicy(bytes, policy)
  const { checkpoint } = accepted
  const check: Check = { read, size: checkpoint.size, rows: [], findings: [] }
  if (since && since.size > check.size)
    check.findings.push(new Fault('rolled-back', { size: `${check.size}`, earlier: `${since.size}` }))
  for await (const row of ahead(bundlesOf(check.size), (tile) => readRow(read, tile, onEntries !== undefined))) {
    await takeRow(check, row)
    if (check.findings.length === 0) onEntries?.(row.entries)
    onProgress?.(row.tile.index * BigInt(tileWidth) + BigInt(row.tile.width), check.size)
    if (check.findings.length >= findingsMax) return { ...accepted, findings: check.findings, isWhole: false }
  }
  const root = await finish(check)
  if (root && !isSame(root, checkpoint.root)) check.findings.push(new Fault('root-differs', { size: `${check.size}` }))
  if (since) await checkHistory(check, checkpoint, since)
  return { ...accepted, findings: check.findings, isWhole: true }
}

type Check = {
  read: Read
  size: bigint
  /** By level, the tile that is being filled from below. What cannot be known is undefined. */
  rows: { index: bigint; hashes: (Hash | undefined)[] }[]
  findings: Fault[]
}

/** A tile of the lowest level, and the entries that its hashes are of. */
type Row = { tile: Tile; served: Hash[] | Fault; computed: Hash[] | Fault; entries: readonly Uint8Array[] }

async function readRow(read: Read, tile: Tile, isWanted: boolean): Promise<Row> {
  const bundle: Tile = { ...tile, level: 'entries' }
  let entries: readonly Uint8Array[] = []
  const [served, computed] = await Promise.all([
    readHashes(read, { ...tile, level: 0 }),
    orFault(async () => {
      const unpacked = await readBundle(read, bundle)
      if (isWanted) entries = unpacked
      return unpacked.map(hashLeaf)
    }),
  ])
  return { tile: { ...tile, level: 0 }, served, computed, entries }
}

const readHashes = (read: Read, tile: Tile): Promise<Hash[] | Fault> =>
  orFault(async () => unpackTile(await tilesBy(read)(tile), tile))

async function orFault<Result>(work: () => Promise<Result>): Promise<Result | Fault> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Fault && wrongs.includes(error.code)) return error
    throw error
  }
}

/** Compares the entries with their hashes, and hands the hashes up: as served, so that each place is judged by itself. */
async function takeRow(check: Check, { tile, served, computed }: Row): Promise<void> {
  for (const each of [computed, served]) if (each instanceof Fault) check.findings.push(each)
  if (!(served instanceof Fault) && !(computed instanceof Fault)) {
    const wrong = served.flatMap((hash, at) => (isSame(hash, computed[at]!) ? [] : [at]))
    if (wrong.length > 0)
      check.findings.push(
        new Fault('entry-differs', {
          index: `${tile.index * BigInt(tileWidth) + BigInt(wrong[0]!)}`,
          bundle: tilePath({ ...tile, level: 'entries' }),
          tile: tilePath(tile),
          count: wrong.length,
        }),
      )
  }
  const best = served instanceof Fault ? computed : served
  const hashes = best instanceof Fault ? Array<undefined>(tile.width).fill(undefined) : best
  check.rows[0] = { index: tile.index, hashes }
  await raise(check, 0)
}

/** Hands the hash of a full row to the level above, which may become full by it. */
async function raise(check: Check, level: number): Promise<void> {
  const row = check.rows[level]!
  if (row.hashes.length < tileWidth) return
  const known = row.hashes.every((hash) => hash !== undefined)
  check.rows[level] = { index: row.index + 1n, hashes: [] }
  check.rows[level + 1] ??= { index: 0n, hashes: [] }
  const above = check.rows[level + 1]!
  above.hashes.push(known ? hashOfFullTile(row.hashes as Hash[]) : undefined)
  if (above.hashes.length < tileWidth) return
  await compareRow(check, level + 1)
  await raise(check, level + 1)
}

/** Compares a row above the lowest with its tile; the tile fills in what could not be known from below. */
async function compareRow(check: Check, level: number): Promise<void> {
  const row = check.rows[level]!
  const tile: Tile = { level, index: row.index, width: row.hashes.length }
  const served = await readHashes(check.read, tile)
  if (served instanceof Fault) {
    check.findings.push(served)
    return
  }
  for (const [at, hash] of row.hashes.entries()) {
    if (!hash || isSame(hash, served[at]!)) continue
    const below = { level: level - 1, index: row.index * BigInt(tileWidth) + BigInt(at), width: tileWidth }
    check.findings.push(new Fault('tile-differs', { path: tilePath(tile), at: at + 1, below: tilePath(below) }))
  }
  row.hashes = served
}

/** The root over what is left on each level, the highest first; undefined where something is not known. */
async function finish(check: Check): Promise<Hash | undefined> {
  if (check.size === 0n) return emptyRoot
  const peaks: Hash[] = []
  for (let level = 0; level < check.rows.length; level += 1) {
    const { hashes } = check.rows[level]!
    if (hashes.length === 0) continue
    if (level > 0) await compareRow(check, level)
    const row = newTree()
    for (const hash of check.rows[level]!.hashes) {
      if (!hash) return undefined
      grow(row, hash)
    }
    peaks.unshift(...row.peaks)
  }
  return joinPeaks(peaks)
}

/** Whether the log begins with what it had before. By tiles that are wrong themselves nothing can be shown of it. */
async function checkHistory(check: Check, { size, root }: Checkpoint, since: Checkpoint): Promise<void> {
  if (since.size > size || since.size === 0n) return
  const proof = await orFault(() => consistencyByTiles(since.size, size, tilesBy(check.read)))
  if (!(proof instanceof Fault) && isConsistent(since, { size, root }, proof)) return
  const code = check.findings.length > 0 ? 'history-unknown' : 'history-differs'
  check.findings.push(new Fault(code, { earlier: `${since.size}` }))
}

/** Works on the next few while one is waited for, and gives the results in order. */
async function* ahead<Item, Result>(items: Iterable<Item>, work: (item: Item) => Promise<Result>) {
  const begun: Promise<Result>[] = []
  for (const item of items) {
    const one = work(item)
    // Whoever waits for it hears of it; until then it is no bug that nobody does.
    one.catch(() => {})
    begun.push(one)
    if (begun.length >= readsAhead) yield await begun.shift()!
  }
  for (const one of begun) yield await one
}
