import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Fault } from '../faults.ts'
import { type Read, readBundle, readFolder, tilesBy } from '../fsck/read.ts'
import { noteBytesMax } from '../notes/note.rules.ts'
import { type Accepted, openByPolicy, type Policy } from '../notes/policy.rules.ts'
import {
  growTiles,
  newBundles,
  packBundle,
  packTile,
  type Tile,
  tilePath,
  tilesOf,
  tileWidth,
  treeByTiles,
  unpackTile,
} from '../tree/tiles.rules.ts'
import { type Hash, hashLeaf, isSame, rootOf } from '../tree/tree.rules.ts'

export type Copied = Accepted & { before: bigint }

/**
 * Brings a folder to the newest checkpoint of a log, as any web server can serve it (C2SP tlog-tiles). Only entries are read:
 * every hash is computed here, from what the folder holds, and the checkpoint is written last, when all leads to its root.
 * So the folder is a whole log at any moment, also where this ends in the middle. Throws the fault where the log is not what
 * it was, or not what it signs; the newer checkpoint is then kept beside the older one as `checkpoint.refused`.
 */
export async function copyLog(
  read: Read,
  folder: string,
  {
    policy,
    where,
    onProgress,
  }: { policy: Policy; where: string; onProgress?: (entries: bigint, size: bigint) => void },
): Promise<Copied> {
  const bytes = await read('checkpoint', noteBytesMax)
  if (!bytes) throw new Fault('no-checkpoint', { where })
  const accepted = openByPolicy(bytes, policy)
  const { size, root } = accepted.checkpoint
  const own = readFolder(folder)
  const held = await own('checkpoint', noteBytesMax)
  const earlier = held ? openByPolicy(held, policy).checkpoint : undefined
  const before = earlier?.size ?? 0n
  try {
    if (before > size) throw new Fault('rolled-back', { size: `${size}`, earlier: `${before}` })
    const tree = await treeByTiles(before, tilesBy(own))
    if (earlier && !isSame(rootOf(tree), earlier.root)) throw new Fault('copy-damaged', { folder })
    await growTo(size)
    // Where the first entries are others than before, the root is another one too: those of before are kept in it.
    if (!isSame(rootOf(tree), root))
      throw before > 0n
        ? new Fault('history-differs', { earlier: `${before}` })
        : new Fault('root-differs', { size: `${size}` })
    await writeDurably(join(folder, 'checkpoint'), bytes)
    return { ...accepted, before }

    function writeTile(tile: Tile, hashes: readonly Hash[]): Promise<void> {
      return writeDurably(join(folder, tilePath(tile)), packTile(hashes))
    }

    /** Bundle by bundle, so that a log of any size is copied in the memory of one. */
    async function growTo(size: bigint): Promise<void> {
      const edge = new Map<number, readonly Hash[]>()
      for (const tile of tilesOf(before))
        if (tile.width < tileWidth) edge.set(Number(tile.level), unpackTile(await tilesBy(own)(tile), tile))
      for (const bundle of newBundles(before, size)) {
        const entries = await readBundle(read, bundle)
        const known = bundle.index === tree.size / BigInt(tileWidth) ? Number(tree.size % BigInt(tileWidth)) : 0
        const grown = growTiles(tree, entries.slice(known).map(hashLeaf))
        await writeDurably(join(folder, tilePath(bundle)), packBundle(entries))
        for (const { level, index, hashes } of grown) {
          const whole = [...(edge.get(level) ?? []), ...hashes]
          edge.set(level, whole.length === tileWidth ? [] : whole)
          if (whole.length === tileWidth) await writeTile({ level, index, width: tileWidth }, whole)
        }
        onProgress?.(tree.size, size)
      }
      for (const tile of tilesOf(size)) if (tile.width < tileWidth) await writeTile(tile, edge.get(Number(tile.level))!)
    }
  } catch (error) {
    if (error instanceof Fault && /^(rolled-back|history-differs|root-differs)$/.test(error.code))
      await writeDurably(join(folder, 'checkpoint.refused'), bytes)
    throw error
  }
}

/** On disk under its name as a whole, or not at all. */
async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const aside = `${path}.${process.pid}`
  await mkdir(dirname(path), { recursive: true })
  await writeFile(aside, bytes, { flush: true })
  await rename(aside, path)
}
