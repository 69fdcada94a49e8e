import { decodeUtf8, encodeUtf8 } from '../notes/encoding.rules.ts'
import { entryBytesMax } from '../tree/tiles.rules.ts'

/**
 * What a proof of this installation carries in its `extra` (C2SP tlog-proof, Format): the octets of the entry, and the salt
 * by which its commitment was made. Nobody signed it, so nothing of it is believed: the entry counts if the proof leads
 * from its hash to the signed root, and the salt if the commitment follows from it and the document.
 */
export type Extra = { entry?: Uint8Array; salt?: Uint8Array }

/** As long as the hash, and always the same: HMAC pads shorter keys, so that two of different lengths could be one. */
export const saltBytes = 32

/**
 * Writes `{"entry":"…","salt":"…","v":1}`: the entry as text, the salt in base64url. Throws a `RangeError` for an entry
 * that is no text in UTF-8, or a salt of another length: a proof of such an entry carries no extra, and its file goes apart.
 */
export function printExtra({ entry, salt }: Extra): Uint8Array {
  const text = entry && decodeUtf8(entry)
  if (entry && text === undefined) throw new RangeError('An entry that is no text is not carried by a proof')
  if (salt && salt.length !== saltBytes) throw new RangeError(`A salt has ${saltBytes} octets`)
  return encodeUtf8(
    JSON.stringify({
      ...(text !== undefined && { entry: text }),
      ...(salt && { salt: Buffer.from(salt).toString('base64url') }),
      v: 1,
    }),
  )
}

/** Reads what `printExtra` writes, in any order and spacing; undefined for what is none of it, or of a later version. */
export function parseExtra(bytes: Uint8Array): Extra | undefined {
  const text = decodeUtf8(bytes)
  if (text === undefined) return undefined
  let read: { v?: unknown; entry?: unknown; salt?: unknown }
  try {
    read = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof read !== 'object' || read === null || read.v !== 1) return undefined
  const entry = typeof read.entry === 'string' && read.entry.isWellFormed() ? encodeUtf8(read.entry) : undefined
  if ((read.entry !== undefined && !entry) || (entry && entry.length > entryBytesMax)) return undefined
  const salt = typeof read.salt === 'string' ? decodeSalt(read.salt) : undefined
  if (read.salt !== undefined && !salt) return undefined
  return { ...(entry && { entry }), ...(salt && { salt }) }
}

/** RFC 4648, §5, in the one spelling that an encoder writes. */
function decodeSalt(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.length === saltBytes && bytes.toString('base64url') === text ? bytes : undefined
}
