import type { VerifierKey } from '../notes/keys.rules.ts'
import { parseNote, printNote } from '../notes/note.rules.ts'
import { isSame } from '../tree/tree.rules.ts'
import { parseProof, printProof } from './proof.rules.ts'

/** ISO/IEC 18004, table 7: the octets that the largest code holds, at the lowest level of error correction. */
export const codeBytesMax = 2953

/**
 * The same proof (C2SP tlog-proof) with the Ed25519 signature of its log alone, so that it fits a QR code: one by ML-DSA-44
 * has 2,420 octets. Who asks for witnesses takes the whole one. Undefined where no such signature by `keys` is in it, or where
 * it is too long still.
 */
export function compactProof(bytes: Uint8Array, keys: readonly VerifierKey[]): Uint8Array | undefined {
  const proof = parseProof(bytes)
  const { text, signatures } = parseNote(proof.checkpoint)
  const own = signatures.find(({ name, id }) =>
    keys.some((key) => key.kind === 'ed25519' && key.name === name && isSame(key.id, id)),
  )
  if (!own) return undefined
  const compact = printProof({ ...proof, checkpoint: printNote({ text, signatures: [own] }) })
  return compact.length <= codeBytesMax ? compact : undefined
}
