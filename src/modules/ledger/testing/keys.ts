import { generateKeyPairSync } from 'node:crypto'
import { type KeyKind, makeSigner, type Signer } from '../notes/keys.rules.ts'

/** Somebody who signs. */
export const aSigner = (name = 'example.com/log', kind: KeyKind = 'ed25519'): Signer =>
  makeSigner(
    name,
    kind,
    kind === 'ml-dsa-44-cosignature'
      ? generateKeyPairSync('ml-dsa-44').privateKey
      : generateKeyPairSync('ed25519').privateKey,
  )

/** Why tests of ML-DSA are left out; false where this Node.js has it. */
export function missingLattice(): string | false {
  try {
    generateKeyPairSync('ml-dsa-44')
    return false
  } catch {
    return 'this Node.js has no ML-DSA: it comes with 24.7'
  }
}
