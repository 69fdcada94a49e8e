import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import type { Vault } from '#platform'
import { type KeyKind, makeSigner, type Signer } from './keys.rules.ts'

/** What a key is for: nothing sealed for one opens for the other. */
type Purpose = 'ledger-key' | 'witness-key'

const contextOf = (purpose: Purpose, name: string, kind: KeyKind) => `${purpose}/${name}/${kind}`

/** A new key of this kind, whose public half others know by `name`. Throws where this Node.js has no such keys. */
export const newSigner = (name: string, kind: KeyKind): Signer =>
  makeSigner(
    name,
    kind,
    kind === 'ml-dsa-44-cosignature'
      ? generateKeyPairSync('ml-dsa-44').privateKey
      : generateKeyPairSync('ed25519').privateKey,
  )

/**
 * The private key (PKCS #8), sealed by the vault for its purpose, name and kind. A device that keeps keys to itself stands in the
 * place of this and `openSigner`.
 */
export function sealSigner({ seal }: Pick<Vault, 'seal'>, purpose: Purpose, { key, privateKey }: Signer): Buffer {
  const plain = privateKey.export({ type: 'pkcs8', format: 'der' })
  return seal(purpose, plain, contextOf(purpose, key.name, key.kind))
}

/** The key that `sealSigner` sealed; throws for any other. */
export function openSigner(
  vault: Pick<Vault, 'open'>,
  purpose: Purpose,
  { name, kind, sealed }: { name: string; kind: KeyKind; sealed: Uint8Array },
): Signer {
  const plain = vault.open(purpose, sealed, contextOf(purpose, name, kind))
  try {
    return makeSigner(name, kind, createPrivateKey({ key: plain, type: 'pkcs8', format: 'der' }))
  } finally {
    plain.fill(0)
  }
}
