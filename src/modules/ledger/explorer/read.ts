import type { Installation, Sql } from '#platform'
import { findNote } from '../anchor/shown.sql.ts'
import { findLog, type LogRow } from '../log/logs.sql.ts'
import { hashesOf } from '../log/served.ts'
import { findIndexes } from '../log/tiles.sql.ts'
import { parseVerifierKey } from '../notes/keys.rules.ts'
import { problem } from '../problems.ts'
import { printExtra } from '../proofs/extra.rules.ts'
import { printProof } from '../proofs/proof.rules.ts'
import { inclusionByTiles } from '../tree/tiles.rules.ts'
import type { Hash } from '../tree/tree.rules.ts'
import { type DescribedCheckpoint, describeCheckpoint } from './checkpoint.rules.ts'
import { readEntries, type ShownEntry, showEntry } from './entries.ts'
import { type KnownLog, listKnownLogs } from './known.ts'

/** A log of which a checkpoint is published, as a page shows it. */
export type OpenLog = {
  row: LogRow & { published: Buffer }
  known: KnownLog
  checkpoint: DescribedCheckpoint
  size: number
}

export async function getLog(installation: Pick<Installation, 'pack'> & { sql: Sql }, name: string): Promise<OpenLog> {
  const row = await findLog(installation.sql, name)
  const known = row && (await listKnownLogs(installation)).find((each) => each.name === name)
  if (!row?.published || !known) throw problem('log-not-found')
  const vkeys = [...known.keys, ...known.witnesses.map(({ vkey }) => vkey)]
  const checkpoint = describeCheckpoint(row.published, vkeys.map(parseVerifierKey))
  return { row: { ...row, published: row.published }, known, checkpoint, size: Number(checkpoint.size) }
}

export const entriesOfPage = 25

/** The entries before `before`, the newest first. */
export async function readPage(sql: Sql, { row, size }: OpenLog, before: number): Promise<ShownEntry[]> {
  const end = Math.min(before, size)
  const start = Math.max(0, end - entriesOfPage)
  const entries = await readEntries(sql, row, start, end)
  return entries.map((entry, at) => showEntry(start + at, entry)).reverse()
}

/** The octets of one entry that is published. */
export async function getEntry(sql: Sql, { row, size }: OpenLog, index: number): Promise<Uint8Array> {
  const [entry] = index < size ? await readEntries(sql, row, index, index + 1) : []
  if (!entry) throw problem('entry-not-found')
  return entry
}

/** Where a leaf is in what is published. What is in order and not published yet is not there for anybody. */
export async function findPublished(sql: Sql, { row, size }: OpenLog, leaf: Hash): Promise<number | undefined> {
  const index = (await findIndexes(sql, row.id, [leaf])).get(0)
  return index !== undefined && index < size ? index : undefined
}

/**
 * The proof of an entry as everybody gets it: with the entry, where that is a text, and without a salt; against the newest
 * checkpoint, or the anchored one of this size.
 */
export async function provePublished(
  installation: Pick<Installation, 'sql' | 'pack'>,
  { log: name, index, size }: { log: string; index: number; size?: number | undefined },
): Promise<Uint8Array> {
  const { sql } = installation
  const log = await getLog(installation, name)
  const entry = await getEntry(sql, log, index)
  const note = size !== undefined && size > index ? await findNote(sql, log.row.id, size) : undefined
  if (size !== undefined && !note) throw problem('checkpoint-not-anchored')
  const extra = showEntry(index, entry).text === null ? undefined : printExtra({ entry })
  return makeProof(sql, log, index, extra, note && { size: size!, note })
}

/**
 * C2SP tlog-proof that the entry at this place is in the log, against its newest checkpoint or `earlier`, which is one of this
 * log that holds the entry.
 */
export async function makeProof(
  sql: Sql,
  { row, checkpoint }: OpenLog,
  place: number,
  extra?: Uint8Array,
  earlier?: { size: number; note: Uint8Array },
): Promise<Uint8Array> {
  const index = BigInt(place)
  const size = earlier ? BigInt(earlier.size) : checkpoint.size
  const hashes = await inclusionByTiles(index, size, (tile) => hashesOf(sql, row, tile))
  return printProof({ index, hashes, checkpoint: earlier?.note ?? row.published, ...(extra && { extra }) })
}
