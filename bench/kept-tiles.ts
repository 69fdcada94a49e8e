import type { ReadTile } from '../src/modules/ledger/tree/tiles.rules.ts'

/**
 * Reads tiles once and keeps the `tilesMax` that were asked for last, with the hashes that were computed over them: about 17 kB
 * each. A tile of one width never changes.
 */
export function keepTiles(read: ReadTile, tilesMax: number): ReadTile {
  const kept = new Map<string, ReturnType<ReadTile>>()
  return (tile) => {
    const name = `${tile.level}/${tile.index}/${tile.width}`
    const known = kept.get(name)
    const hashes = known ?? read(tile)
    if (known) kept.delete(name)
    else hashes.catch(() => kept.delete(name))
    kept.set(name, hashes)
    if (kept.size > tilesMax) kept.delete(kept.keys().next().value!)
    return hashes
  }
}
