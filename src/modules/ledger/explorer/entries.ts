import type { Sql } from '#platform'
import { type Envelope, parseEnvelope } from '../entries/envelope.rules.ts'
import type { LogRow } from '../log/logs.sql.ts'
import { findBundle } from '../log/tiles.sql.ts'
import { decodeUtf8 } from '../notes/encoding.rules.ts'
import { parseStep, type RulesEntry, type StepEntry } from '../registers/step-entry.rules.ts'
import { tileWidth, unpackBundle } from '../tree/tiles.rules.ts'
import { hashLeaf } from '../tree/tree.rules.ts'

/** An entry as it is shown: what it says where it is an envelope, else its octets. */
export type ShownEntry = {
  index: number
  leaf: string
  bytes: number
  /** Null where it is no text in UTF-8. */
  text: string | null
  envelope: Envelope | null
  /** What it says of a register, where it is an entry of one. */
  ofRegister: StepEntry | RulesEntry | null
}

/** The octets of the entries from `start` up to `end`, which is not one of them, of a log that has as many. */
export async function readEntries(
  sql: Sql,
  log: Pick<LogRow, 'id'>,
  start: number,
  end: number,
): Promise<Uint8Array[]> {
  const entries: Uint8Array[] = []
  for (let at = start; at < end; ) {
    const index = Math.floor(at / tileWidth)
    const upTo = Math.min(end, (index + 1) * tileWidth)
    const bundle = await findBundle(sql, log.id, { index: BigInt(index), width: upTo - index * tileWidth })
    if (!bundle) throw new Error(`The log has no bundle ${index} of ${upTo - index * tileWidth}`)
    const whole = unpackBundle(bundle.entries, { level: 'entries', index: BigInt(index), width: bundle.width })
    entries.push(...whole.slice(at % tileWidth, upTo - index * tileWidth))
    at = upTo
  }
  return entries
}

export function showEntry(index: number, entry: Uint8Array): ShownEntry {
  return {
    index,
    leaf: Buffer.from(hashLeaf(entry)).toString('hex'),
    bytes: entry.length,
    text: decodeUtf8(entry) ?? null,
    envelope: parseEnvelope(entry) ?? null,
    ofRegister: parseStep(entry) ?? null,
  }
}
