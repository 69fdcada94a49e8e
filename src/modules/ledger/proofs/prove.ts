import type { Sql } from '#platform'
import type { OpenLog } from '../explorer/read.ts'
import { hashesOf } from '../log/served.ts'
import { inclusionByTiles } from '../tree/tiles.rules.ts'
import { type Extra, printExtra } from './extra.rules.ts'
import { printProof } from './proof.rules.ts'

/**
 * The proof (C2SP tlog-proof) that the entry `index` is in a log of this installation, against the checkpoint that is served.
 * Throws a `RangeError` where that has no such entry.
 */
export async function proveEntry(sql: Sql, log: OpenLog, index: number, extra?: Extra): Promise<Uint8Array> {
  const hashes = await inclusionByTiles(BigInt(index), log.checkpoint.size, (tile) => hashesOf(sql, log.row, tile))
  const proof = { index: BigInt(index), hashes, checkpoint: log.row.published }
  return printProof({ ...proof, ...(extra && { extra: printExtra(extra) }) })
}
