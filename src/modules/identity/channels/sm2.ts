import { createPublicKey, type KeyObject } from 'node:crypto'
import { fromBER, Integer, Sequence } from 'asn1js'
import { sm2 } from 'sm-crypto-v2'

/*
 * SM2 signatures with SM3 over the identity string 1234567812345678 (GB/T 32918.2, GM/T 0009-2012 §10), as DER. Not by
 * node:crypto: it signs over an empty identity string and cannot be told another, so that no peer would accept it.
 */
const options = { hash: true, der: true } as const

/** DER of a SubjectPublicKeyInfo for SM2, up to the point itself (GM/T 0009-2012 §7.1, RFC 5480). */
const spkiPrefix = Buffer.from('3059301306072a8648ce3d020106082a811ccf5501822d034200', 'hex')

export type Sm2Key = {
  /** 32 bytes in hexadecimal. */
  privateKey: string
  /** PEM, to hand to the other side. */
  publicKey: string
}

/** A new key pair. */
export function generateSm2Key(): Sm2Key {
  const { privateKey, publicKey } = sm2.generateKeyPairHex()
  const der = Buffer.concat([spkiPrefix, Buffer.from(publicKey, 'hex')])
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' })
  return { privateKey, publicKey: key.export({ format: 'pem', type: 'spki' }) as string }
}

/** The point of an SM2 public key in PEM, uncompressed, in hexadecimal; undefined for anything else. */
export function pointOf(pem: string): string | undefined {
  let key: KeyObject
  try {
    key = createPublicKey(pem)
  } catch {
    return undefined
  }
  const der = key.export({ format: 'der', type: 'spki' })
  const fits = der.length === spkiPrefix.length + 65 && der.subarray(0, spkiPrefix.length).equals(spkiPrefix)
  return fits ? der.subarray(spkiPrefix.length).toString('hex') : undefined
}

/** Signs bytes; the signature is DER. */
export const signSm2 = (bytes: Uint8Array, privateKey: string): Buffer =>
  Buffer.from(sm2.doSignature(bytes, privateKey, options), 'hex')

/** Whether `signature` (DER) is one over `bytes` by the holder of this public key in PEM. Never throws. */
export function verifySm2(bytes: Uint8Array, signature: Uint8Array, publicKey: string): boolean {
  const point = pointOf(publicKey)
  if (!point) return false
  try {
    return isDer(signature) && sm2.doVerifySignature(bytes, Buffer.from(signature).toString('hex'), point, options)
  } catch {
    // Whatever cannot be read as DER, or as numbers on the curve.
    return false
  }
}

/** Two numbers in the one form that DER allows (X.690, §10): the library reads more, so that others could vary a signature. */
function isDer(signature: Uint8Array): boolean {
  const { offset, result } = fromBER(signature)
  if (offset !== signature.length || !(result instanceof Sequence)) return false
  const numbers = result.valueBlock.value
  if (numbers.length !== 2 || !numbers.every((each) => each instanceof Integer)) return false
  const value = numbers.map((each) => Integer.fromBigInt((each as Integer).toBigInt()))
  return Buffer.from(new Sequence({ value }).toBER()).equals(signature)
}
