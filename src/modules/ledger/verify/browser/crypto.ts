// In the place of `node:crypto` where the rules of this module run in a browser: what they use of it, by noble. The other
// functions are there because a bundle needs their names; a page signs nothing.
import { ed25519 } from '@noble/curves/ed25519.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { ml_dsa44 } from '@noble/post-quantum/ml-dsa.js'
import { asBuffer } from './buffer.ts'

export function hash(_: 'sha256', bytes: Uint8Array, form?: 'buffer' | 'binary'): Uint8Array | string {
  const hashed = asBuffer(sha256(bytes))
  return form === 'binary' ? hashed.toString('binary') : hashed
}

export const createHmac = (_: 'sha256', key: Uint8Array) => ({
  update: (content: Uint8Array) => ({ digest: (form: 'hex') => asBuffer(hmac(sha256, key, content)).toString(form) }),
})

type PublicKey = { bytes: Uint8Array; isLattice: boolean }

// SubjectPublicKeyInfo of each kind has one length, and ends in the key.
const lengths = { ed25519: 44, lattice: 1334 }
const keyBytes = { ed25519: 32, lattice: 1312 }

export function createPublicKey({ key }: { key: Uint8Array }): PublicKey {
  if (key.length === lengths.ed25519) return { bytes: key.subarray(-keyBytes.ed25519), isLattice: false }
  if (key.length === lengths.lattice) return { bytes: key.subarray(-keyBytes.lattice), isLattice: true }
  throw new Error('A key of another kind')
}

export function verify(_: null, message: Uint8Array, { bytes, isLattice }: PublicKey, signature: Uint8Array): boolean {
  try {
    if (isLattice) return ml_dsa44.verify(plain(signature), plain(message), plain(bytes))
    // RFC 8032 as it is written, and as OpenSSL reads it; noble is more lenient unless told.
    return ed25519.verify(plain(signature), plain(message), plain(bytes), { zip215: false })
  } catch {
    // noble throws for octets that are no point or no signature, where Node.js says no.
    return false
  }
}

const plain = (bytes: Uint8Array) => new Uint8Array(bytes)

const notHere = (): never => {
  throw new Error('Nothing is signed in a browser')
}
export const sign = notHere
export const createPrivateKey = notHere
export const generateKeyPairSync = notHere
export const randomBytes = notHere
