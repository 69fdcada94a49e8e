import { decodeUtf8, encodeUtf8 } from '../notes/encoding.rules.ts'
import type { NewEntry } from './types.ts'

/** An entry as it stands in a log: who says it, and when it came. */
export type Envelope = NewEntry & { org: string; time: string; v: 1 }

/**
 * The octets of an entry: JSON in the one spelling of RFC 8785, as its members are in the order of their names, and hold
 * printable ASCII and one small number alone.
 */
export function printEnvelope({ commitment, kind, org, prev, schema, time, v }: Envelope): Buffer {
  return encodeUtf8(
    JSON.stringify({ commitment, kind, org, ...(prev && { prev }), ...(schema && { schema }), time, v }),
  )
}

/** What an entry says; undefined for one that is no envelope, or one in another spelling. */
export function parseEnvelope(entry: Uint8Array): Envelope | undefined {
  const text = decodeUtf8(entry)
  if (text === undefined) return undefined
  try {
    const read = JSON.parse(text) as Envelope
    if (read?.v !== 1 || !printEnvelope(read).equals(entry)) return undefined
    const { commitment, kind, org, time, prev = '', schema = '' } = read
    // A log of others may hold anything in this place, which a page would show.
    return [commitment, kind, org, time, prev, schema].every((each) => typeof each === 'string') ? read : undefined
  } catch {
    return undefined
  }
}

/** RFC 3339, to the second: more would tell of more than the log needs. */
export const secondOf = (now: Date): string => now.toISOString().replace(/\.\d+Z$/, 'Z')
