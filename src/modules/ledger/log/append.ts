import type { Sql } from '#platform'
import { entryBytesMax, packBundle, tileWidth } from '../tree/tiles.rules.ts'
import { type Hash, hashLeaf } from '../tree/tree.rules.ts'
import { insertPending } from './pending.sql.ts'

/**
 * Promises 1 to 256 entries of up to 65,535 octets to the log of this name, in the caller’s transaction: they are in the log
 * exactly if what they tell of has happened, and within `sequenceEveryMs` of its commit while nothing fails. Returns the
 * hash of each leaf, by which its place is found then. What the log has already keeps its first place. Throws where there
 * is no such log.
 */
export async function append(sql: Sql, log: string, entries: readonly Uint8Array[]): Promise<Hash[]> {
  if (entries.length < 1 || entries.length > tileWidth)
    throw new RangeError(`1 to ${tileWidth} entries are appended at a time`)
  if (entries.some(({ length }) => length > entryBytesMax))
    throw new RangeError(`An entry has ${entryBytesMax} octets at most`)
  const kept = await insertPending(sql, log, { width: entries.length, entries: packBundle(entries) })
  if (!kept) throw new Error(`There is no log ${log}`)
  return entries.map(hashLeaf)
}
