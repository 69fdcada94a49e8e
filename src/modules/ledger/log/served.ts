import type { Sql } from '#platform'
import { parseTilePath, type Tile, tileOf } from '../tree/tiles.rules.ts'
import { findLog, type LogRow } from './logs.sql.ts'
import { findBundle, findTile } from './tiles.sql.ts'

/** The octets of a tile or bundle of a log; undefined where it has none of this width yet. */
export async function readTile(
  sql: Sql,
  { id, size }: Pick<LogRow, 'id' | 'size'>,
  tile: Tile,
): Promise<Uint8Array | undefined> {
  const { level, index, width } = tile
  // What PostgreSQL has no number for, no log of ours has either.
  if (index > BigInt(size)) return undefined
  if (level !== 'entries') return findTile(sql, id, { level, index, width })
  const bundle = await findBundle(sql, id, { index, width })
  return bundle && firstOf(bundle.entries, width)
}

/** The first entries of a bundle, with their lengths. */
function firstOf(entries: Buffer, width: number): Buffer {
  let end = 0
  for (let count = 0; count < width; count += 1) end += 2 + entries.readUInt16BE(end)
  return entries.subarray(0, end)
}

/** A log of this installation as it is served: `checkpoint` and the paths of C2SP tlog-tiles. */
export const readOwn =
  (sql: Sql, name: string) =>
  async (path: string): Promise<Uint8Array | undefined> => {
    const log = await findLog(sql, name)
    if (!log) return undefined
    if (path === 'checkpoint') return log.published ?? undefined
    const tile = parseTilePath(path)
    return tile && readTile(sql, log, tile)
  }

/** The hashes of one tile of a log, for proofs. Throws where it is not there. */
export async function hashesOf(sql: Sql, log: Pick<LogRow, 'id' | 'size'>, tile: Tile): Promise<Uint8Array> {
  const bytes = await readTile(sql, log, tile)
  if (!bytes) throw new Error(`The log has no tile ${tile.level}/${tile.index} of ${tile.width}`)
  return tileOf(bytes, tile)
}
