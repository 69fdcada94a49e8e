import { Fault } from '../faults.ts'
import type { Hash } from '../tree/tree.rules.ts'
import { parseCheckpoint } from './checkpoint.rules.ts'
import { encodeUtf8, uint64 } from './encoding.rules.ts'
import { holds, type Signer, signBytes, signBytesAside, type VerifierKey } from './keys.rules.ts'
import type { NoteSignature } from './note.rules.ts'

const timestampBytes = 8

/** C2SP tlog-cosignature, Format: seconds of POSIX; 0 says nothing of the time. */
export const timestampMax = 2n ** 63n - 1n

/** C2SP tlog-cosignature, Ed25519 signed message: over the whole text, with its extension lines. */
const messageOfText = (text: string, timestamp: bigint): Uint8Array =>
  encodeUtf8(`cosignature/v1\ntime ${timestamp}\n${text}`)

export type Subtree = { origin: string; start: bigint; end: bigint; hash: Hash }

/** C2SP tlog-cosignature, ML-DSA-44 signed message. Of a part of a tree that is not its beginning no time can be told. */
export function messageOfSubtree(
  cosigner: string,
  timestamp: bigint,
  { origin, start, end, hash }: Subtree,
): Uint8Array {
  if (start !== 0n && timestamp !== 0n) throw new RangeError('A subtree that starts after the first leaf has no time')
  return Buffer.concat([
    encodeUtf8('subtree/v1\n\0'),
    shortText(cosigner),
    uint64(timestamp),
    shortText(origin),
    uint64(start),
    uint64(end),
    hash,
  ])
}

/** Cosigns the text of a checkpoint: that as of this second nothing larger of the log is known, and nothing else beside it. */
export function cosign(text: string, signer: Signer, timestamp: bigint): NoteSignature {
  return cosignature(signer.key, timestamp, signBytes(signer, messageAt(signer.key, text, timestamp)))
}

/** The same in another thread where it takes long, for whoever answers others meanwhile. */
export async function cosignAside(text: string, signer: Signer, timestamp: bigint): Promise<NoteSignature> {
  // Ed25519 is quicker than the way to another thread.
  if (signer.key.kind !== 'ml-dsa-44-cosignature') return cosign(text, signer, timestamp)
  return cosignature(signer.key, timestamp, await signBytesAside(signer, messageAt(signer.key, text, timestamp)))
}

function messageAt(key: VerifierKey, text: string, timestamp: bigint): Uint8Array {
  if (timestamp < 0n || timestamp > timestampMax) throw new RangeError('A time has 63 bits')
  return messageFor(key, text, timestamp)
}

const cosignature = ({ name, id }: VerifierKey, timestamp: bigint, made: Uint8Array): NoteSignature => ({
  name,
  id,
  signature: Buffer.concat([uint64(timestamp), made]),
})

/** When the checkpoint was cosigned, in seconds; undefined where the signature is none by this key over this text. */
export function timeOfCosignature(text: string, key: VerifierKey, signature: Uint8Array): bigint | undefined {
  if (signature.length <= timestampBytes) return undefined
  const timestamp = Buffer.from(signature.subarray(0, timestampBytes)).readBigUInt64BE()
  if (timestamp > timestampMax) return undefined
  const made = signature.subarray(timestampBytes)
  return holds(key, messageFor(key, text, timestamp), made) ? timestamp : undefined
}

/** What a cosigner signs. A text that is no checkpoint is never cosigned, by either kind of key. */
function messageFor({ kind, name }: VerifierKey, text: string, timestamp: bigint): Uint8Array {
  const { origin, size, root } = parseCheckpoint(text)
  if (kind === 'ed25519') throw new Error('A key of kind ed25519 signs the text alone')
  if (kind === 'ed25519-cosignature') return messageOfText(text, timestamp)
  return messageOfSubtree(name, timestamp, { origin, start: 0n, end: size, hash: root })
}

/** RFC 8446, §3.4: `opaque <1..2^8-1>`. */
function shortText(text: string): Uint8Array {
  const bytes = encodeUtf8(text)
  if (bytes.length < 1 || bytes.length > 255) throw new Fault('cosignature-name', { name: text })
  return Buffer.concat([Buffer.of(bytes.length), bytes])
}
