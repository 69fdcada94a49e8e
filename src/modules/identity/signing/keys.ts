import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import type { Vault } from '#platform'

const purpose = 'signing-key'

/** A new key for ECDSA on P-256. */
export const newKey = (): KeyObject => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey

/** A new key for ML-DSA-44 (FIPS 204), or undefined where this Node.js has none. */
export function newLatticeKey(): KeyObject | undefined {
  try {
    return generateKeyPairSync('ml-dsa-44').privateKey
  } catch {
    return undefined
  }
}

/** PKCS #8, sealed for `context` alone. */
export const sealKey = (vault: Vault, key: KeyObject, context: string): Buffer =>
  vault.seal(purpose, key.export({ type: 'pkcs8', format: 'der' }), context)

/** Throws when the key was sealed for something else, or was changed since. */
export function openKey(vault: Vault, sealed: Uint8Array, context: string): KeyObject {
  const plain = vault.open(purpose, sealed, context)
  try {
    return createPrivateKey({ key: plain, type: 'pkcs8', format: 'der' })
  } finally {
    plain.fill(0)
  }
}

/** SubjectPublicKeyInfo (RFC 5280, §4.1.2.7) of a private key. */
export const publicKeyOf = (key: KeyObject): Buffer =>
  createPublicKey(key).export({ type: 'spki', format: 'der' }) as Buffer

/** ECDSA with SHA-256 in DER, as CMS and OCSP carry it (RFC 5758, §3.2). */
export const signDer = (key: KeyObject, data: Uint8Array): Buffer => sign('sha256', data, key)

/** A serial number that nobody can guess: positive, 16 octets at most (RFC 5280, §4.1.2.2), in hex. */
export function newSerial(): string {
  const bytes = randomBytes(16)
  // Neither negative nor shorter than it looks.
  bytes[0] = (bytes[0]! & 0x3f) | 0x40
  return bytes.toString('hex')
}
