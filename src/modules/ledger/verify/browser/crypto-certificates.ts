// In the place of `node:crypto` where a certificate checks its time stamp: what crypto.ts has, and what the check of a token
// uses beside it. Certificates are read by pkijs as at the server; signatures are checked by noble, on the curves that it has.
import { p256, p384, p521 } from '@noble/curves/nist.js'
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import * as asn1 from 'asn1js'
import * as pkijs from 'pkijs'
import { asBuffer, Buffer } from './buffer.ts'
import { type createPublicKey, verify as verifyNote } from './crypto.ts'

export {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  randomBytes,
  sign,
} from './crypto.ts'

const hashes = { sha256, sha384, sha512 }
type HashName = keyof typeof hashes

/** RFC 5480, §2.1.1.1: the curves by their identifiers. */
const curves: Readonly<Record<string, typeof p256>> = {
  '1.2.840.10045.3.1.7': p256,
  '1.3.132.0.34': p384,
  '1.3.132.0.35': p521,
}

export const createHash = (name: HashName) => ({
  update: (bytes: Uint8Array) => ({ digest: () => asBuffer(hashes[name](new Uint8Array(bytes))) }),
})

/** Nothing here is secret. */
export const timingSafeEqual = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0

/**
 * As crypto.ts for what signs notes, which names no hash; else ECDSA in DER (RFC 5758, §3.2). Throws for a key of another kind,
 * as Node.js does: then nobody here can tell.
 */
export function verify(
  how: HashName | null,
  message: Uint8Array,
  key: pkijs.PublicKeyInfo | ReturnType<typeof createPublicKey>,
  signature: Uint8Array,
): boolean {
  if (!(key instanceof pkijs.PublicKeyInfo)) return verifyNote(null, message, key, signature)
  const parameters = key.algorithm.algorithmParams
  const curve = parameters instanceof asn1.ObjectIdentifier && curves[parameters.valueBlock.toString()]
  if (!curve || how === null) throw new Error('A key of another kind')
  const point = new Uint8Array(key.subjectPublicKey.valueBlock.valueHexView)
  const hashed = hashes[how](new Uint8Array(message))
  try {
    // As OpenSSL: either of the two signatures that fit.
    return curve.verify(new Uint8Array(signature), hashed, point, { prehash: false, format: 'der', lowS: false })
  } catch {
    return false
  }
}

const extendedKeyUsage = '2.5.29.37'
const commonName = '2.5.4.3'
const hashOfEcdsa: Readonly<Record<string, HashName>> = {
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
}

/** The part of it that the check of a time stamp uses. */
export class X509Certificate {
  readonly raw: Uint8Array
  readonly #read: pkijs.Certificate

  constructor(bytes: Uint8Array) {
    this.raw = bytes
    this.#read = pkijs.Certificate.fromBER(new Uint8Array(bytes))
  }
  get publicKey(): pkijs.PublicKeyInfo {
    return this.#read.subjectPublicKeyInfo
  }
  /** As Node.js calls it: the purposes, by their identifiers. */
  get keyUsage(): string[] | undefined {
    const found = this.#read.extensions?.find(({ extnID }) => extnID === extendedKeyUsage)?.parsedValue
    return found instanceof pkijs.ExtKeyUsage ? found.keyPurposes : undefined
  }
  get subject(): string {
    const name = this.#read.subject.typesAndValues.find(({ type }) => type === commonName)
    return name ? `CN=${name.value.valueBlock.value}` : ''
  }
  get validFromDate(): Date {
    return this.#read.notBefore.value
  }
  get validToDate(): Date {
    return this.#read.notAfter.value
  }
  checkIssued(issuer: X509Certificate): boolean {
    return this.#read.issuer.isEqual(issuer.#read.subject)
  }
  verify(key: pkijs.PublicKeyInfo): boolean {
    const how = hashOfEcdsa[this.#read.signatureAlgorithm.algorithmId]
    const signature = new Uint8Array(this.#read.signatureValue.valueBlock.valueHexView)
    return how !== undefined && verify(how, new Uint8Array(this.#read.tbsView), key, signature)
  }
}
