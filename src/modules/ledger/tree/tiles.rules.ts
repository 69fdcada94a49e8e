import { Fault } from '../faults.ts'
import { consistencyRanges, inclusionRanges, type Node, nodesOf, type Range } from './proofs.rules.ts'
import {
  emptyRoot,
  type Growing,
  grow,
  type Hash,
  hashBytes,
  hashPairs,
  joinPeaks,
  rootOfLeaves,
} from './tree.rules.ts'

/** C2SP tlog-tiles, Merkle Tree: a full tile is 256 hashes wide, and each of them stands for a full tile below. */
export const tileWidth = 256
const heightOfTile = 8
export const tileBytesMax = tileWidth * hashBytes

/** C2SP tlog-tiles, Log Entries: a length of two octets before each entry. */
export const entryBytesMax = 65_535
export const bundleBytesMax = tileWidth * (2 + entryBytesMax)

/** One tile of hashes, or one bundle of entries. `width` is 256 unless it is partial. */
export type Tile = { level: number | 'entries'; index: bigint; width: number }

/** C2SP tlog-tiles, Parameters: `tile/<L>/<N>[.p/<W>]`, N in groups of three digits. */
export function tilePath({ level, index, width }: Tile): string {
  const digits = index.toString()
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g)!
  const named = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/')
  return `tile/${level}/${named}${width === tileWidth ? '' : `.p/${width}`}`
}

const pathPattern =
  /^tile\/(?<level>0|[1-9]\d?|entries)\/(?<groups>(?:x\d{3}\/){0,6}\d{3})(?:\.p\/(?<width>[1-9]\d{0,2}))?$/

/** The tile that a path names; undefined for a path in any other spelling, so that one tile has one address. */
export function parseTilePath(path: string): Tile | undefined {
  const { level, groups, width } = pathPattern.exec(path)?.groups ?? {}
  if (level === undefined || groups === undefined) return undefined
  const tile: Tile = {
    level: level === 'entries' ? level : Number(level),
    index: BigInt(groups.replace(/[x/]/g, '')),
    width: width === undefined ? tileWidth : Number(width),
  }
  if (tile.level !== 'entries' && tile.level > 63) return undefined
  return tilePath(tile) === path ? tile : undefined
}

/** Every tile of hashes of a tree, from the lowest level up. A list of them may not fit anywhere: take one after the other. */
export const tilesOf = (size: bigint): Generator<Tile> => newTiles(0n, size)

/** Every bundle of the entries of a tree. */
export const bundlesOf = (size: bigint): Generator<Tile> => newBundles(0n, size)

/** C2SP tlog-tiles, Partial Tiles: what a tree has after it grew from `before` to `after`, and had not before. */
export function* newTiles(before: bigint, after: bigint): Generator<Tile> {
  for (let level = 0; after >> shiftOf(level) > 0n; level += 1) {
    const shift = shiftOf(level)
    yield* rowFrom(level, before >> shift, after >> shift)
  }
}

export const newBundles = (before: bigint, after: bigint): Generator<Tile> => rowFrom('entries', before, after)

/** Tiles of one level, of which `before` hashes were there and `after` are. */
function* rowFrom(level: Tile['level'], before: bigint, after: bigint): Generator<Tile> {
  if (before >= after) return
  const width = BigInt(tileWidth)
  for (let index = before / width; index * width < after; index += 1n) yield tileAt(level, index, after)
}

const shiftOf = (level: number) => BigInt(level * heightOfTile)

function tileAt(level: Tile['level'], index: bigint, hashes: bigint): Tile {
  const left = hashes - index * BigInt(tileWidth)
  return { level, index, width: left > BigInt(tileWidth) ? tileWidth : Number(left) }
}

/** What a tile goes on with: `hashes` from the place `start` in it. */
export type TilePiece = { level: number; index: bigint; start: number; hashes: Hash[] }

/**
 * Adds leaves to a tree, in place, and says what its tiles go on with. Nothing of the tree before is read but its peaks: the
 * hash that stands for a full tile is that of the subtree which its last hash completes.
 */
export function growTiles(tree: Growing, leaves: readonly Hash[]): TilePiece[] {
  const before = tree.size
  const rows: Hash[][] = []
  const take = (hash: Hash, height: number) => {
    if (height % heightOfTile !== 0) return
    rows[height / heightOfTile] ??= []
    rows[height / heightOfTile]!.push(hash)
  }
  for (const leaf of leaves) {
    take(leaf, 0)
    grow(tree, leaf, take)
  }
  return rows.flatMap((hashes, level) =>
    piecesOf(before >> shiftOf(level), hashes).map(({ index, start, items }) => ({
      level,
      index,
      start,
      hashes: items,
    })),
  )
}

/** What each tile or bundle gets of a row that goes on with `items` after the first `before`. */
export function piecesOf<Item>(before: bigint, items: readonly Item[]) {
  const pieces: { index: bigint; start: number; items: Item[] }[] = []
  let start = Number(before % BigInt(tileWidth))
  let index = before / BigInt(tileWidth)
  for (let at = 0; at < items.length; index += 1n) {
    const piece = items.slice(at, at + tileWidth - start)
    pieces.push({ index, start, items: piece })
    at += piece.length
    start = 0
  }
  return pieces
}

/** A tile of hashes side by side, if it is exactly as long as its width says. */
export function tileOf(bytes: Uint8Array, tile: Tile): Uint8Array {
  if (bytes.length !== tile.width * hashBytes)
    throw new Fault('tile-length', { path: tilePath(tile), bytes: bytes.length, expected: tile.width * hashBytes })
  return bytes
}

/** The hashes of a tile, one by one. */
export const unpackTile = (bytes: Uint8Array, tile: Tile): Hash[] =>
  Array.from({ length: tileOf(bytes, tile).length / hashBytes }, (_, at) =>
    bytes.subarray(at * hashBytes, (at + 1) * hashBytes),
  )

export const packTile = (hashes: readonly Hash[]): Uint8Array => Buffer.concat(hashes)

/** C2SP tlog-tiles, Log Entries: 1 to 256 entries, each after its length. */
export function packBundle(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length < 1 || entries.length > tileWidth) throw new RangeError('A bundle holds 1 to 256 entries')
  return Buffer.concat(
    entries.flatMap((entry) => {
      if (entry.length > entryBytesMax) throw new RangeError(`An entry has ${entryBytesMax} octets at most`)
      const length = Buffer.alloc(2)
      length.writeUInt16BE(entry.length)
      return [length, entry]
    }),
  )
}

/** The entries of a bundle: as many as its width says, and not an octet more. */
export function unpackBundle(bytes: Uint8Array, tile: Tile): Uint8Array[] {
  const entries: Uint8Array[] = []
  let at = 0
  while (entries.length < tile.width) {
    const end = at + 2 <= bytes.length ? at + 2 + bytes[at]! * 256 + bytes[at + 1]! : undefined
    if (end === undefined || end > bytes.length)
      throw new Fault('bundle-short', { path: tilePath(tile), entries: entries.length, width: tile.width })
    entries.push(bytes.subarray(at + 2, end))
    at = end
  }
  if (at < bytes.length) throw new Fault('bundle-long', { path: tilePath(tile), width: tile.width })
  return entries
}

/** The one hash that stands for a full tile on the level above. */
export function hashOfFullTile(hashes: readonly Hash[]): Hash {
  if (hashes.length !== tileWidth) throw new RangeError('Only a full tile has a hash on the level above')
  return rootOfLeaves(hashes)
}

/** Gives the hashes of a tile side by side; whoever offers it answers for where they come from. */
export type ReadTile = (tile: Tile) => Promise<Uint8Array>

/** The root of a tree by its tiles. */
export const rootByTiles = async (size: bigint, read: ReadTile): Promise<Hash> =>
  size === 0n ? emptyRoot : rootOfRange({ start: 0n, end: size }, size, read)

/** A tree of `size` as far as it has grown, by its tiles: from there it can go on. */
export const treeByTiles = async (size: bigint, read: ReadTile): Promise<Growing> => ({
  size,
  peaks: await Promise.all(nodesOf({ start: 0n, end: size }).map((node) => rootOfNode(node, size, read))),
})

/** A proof that the entry `index` is in a tree, by its tiles. */
export const inclusionByTiles = (index: bigint, size: bigint, read: ReadTile): Promise<Hash[]> =>
  Promise.all(inclusionRanges(index, size).map((range) => rootOfRange(range, size, read)))

/** A proof that a tree grew from `earlier` to `later`, by the tiles of the later one. */
export const consistencyByTiles = (earlier: bigint, later: bigint, read: ReadTile): Promise<Hash[]> =>
  Promise.all(consistencyRanges(earlier, later).map((range) => rootOfRange(range, later, read)))

const rootOfRange = async (range: Range, size: bigint, read: ReadTile): Promise<Hash> =>
  joinPeaks(await Promise.all(nodesOf(range).map((node) => rootOfNode(node, size, read))))

/** A perfect subtree lies within one tile: that of the highest level that its height reaches. */
async function rootOfNode({ height, index }: Node, size: bigint, read: ReadTile): Promise<Hash> {
  const level = Math.floor(height / heightOfTile)
  const width = 2 ** (height % heightOfTile)
  const first = index * BigInt(width)
  const tile = tileAt(level, first / BigInt(tileWidth), size >> shiftOf(level))
  const row = rowOver(await read(tile), height % heightOfTile)
  const at = (Number(first % BigInt(tileWidth)) / width) * hashBytes
  return row.subarray(at, at + hashBytes)
}

/** Rows over the hashes of a tile, kept as long as the tile is: whoever keeps it hashes it once. */
const rows = new WeakMap<Uint8Array, Uint8Array[]>()

/** The roots of the perfect subtrees of a height in a tile, side by side; what is left over at its end is not one. */
function rowOver(tile: Uint8Array, height: number): Uint8Array {
  const known = rows.get(tile) ?? [tile]
  rows.set(tile, known)
  for (let each = known.length; each <= height; each += 1) known.push(hashPairs(known[each - 1]!))
  return known[height]!
}
