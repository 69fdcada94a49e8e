import { type ReadTile, tilePath, tileWidth } from './tiles.rules.ts'

/**
 * Reads full tiles once and keeps the `tilesMax` that were asked for last, with the hashes that were computed over them: about
 * 60 kB each. They never change; a partial one may be gone tomorrow and is read each time.
 */
export function keepTiles(read: ReadTile, tilesMax: number): ReadTile {
  const kept = new Map<string, ReturnType<ReadTile>>()
  return (tile) => {
    if (tile.width < tileWidth) return read(tile)
    const path = tilePath(tile)
    const hashes = kept.get(path) ?? read(tile)
    hashes.catch(() => kept.delete(path))
    kept.delete(path)
    kept.set(path, hashes)
    if (kept.size > tilesMax) kept.delete(kept.keys().next().value!)
    return hashes
  }
}
