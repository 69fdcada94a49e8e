import { type Static, Type } from 'typebox'
import { decodeUtf8, encodeUtf8 } from '../notes/encoding.rules.ts'

/** A hash or commitment in hexadecimal. */
export const Hex32 = Type.String({ pattern: '^[0-9a-f]{64}$', maxLength: 64 })

/** What a department says of something, without saying what it is: the log cannot forget. */
export type NewEntry = Static<typeof NewEntry>
export const NewEntry = Type.Object(
  {
    kind: Type.String({
      maxLength: 60,
      pattern: '^[a-z]+(-[a-z]+)*$',
      description: 'What happened, as document-notarised',
    }),
    commitment: Type.String({
      ...Hex32,
      description: 'HMAC-SHA-256 of the content, keyed by 32 random octets that you keep: never a plain hash',
    }),
    schema: Type.Optional(
      Type.String({ maxLength: 200, pattern: '^[!-~]+$', description: 'Of what form the content is' }),
    ),
    prev: Type.Optional(Type.String({ ...Hex32, description: 'The leaf of the entry that this one goes on from' })),
  },
  { additionalProperties: false },
)

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
    return read?.v === 1 && printEnvelope(read).equals(entry) ? read : undefined
  } catch {
    return undefined
  }
}
