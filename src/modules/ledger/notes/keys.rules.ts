import { createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto'
import { Fault } from '../faults.ts'
import { decodeBase64, encodeBase64, encodeUtf8, hasControls } from './encoding.rules.ts'

/** What a key signs, and how. C2SP signed-note, Signature types, and tlog-cosignature, Format. */
export type KeyKind = 'ed25519' | 'ed25519-cosignature' | 'ml-dsa-44-cosignature'

type Shape = { type: number; keyBytes: number; signatureBytes: number; spki: string }

// `spki` is SubjectPublicKeyInfo (RFC 8410, RFC 9881) up to the key itself, which has the same length each time.
const ed25519 = { keyBytes: 32, signatureBytes: 64, spki: '302a300506032b6570032100' }
export const kinds: Readonly<Record<KeyKind, Shape>> = {
  ed25519: { type: 1, ...ed25519 },
  'ed25519-cosignature': { type: 4, ...ed25519 },
  'ml-dsa-44-cosignature': {
    type: 6,
    keyBytes: 1312,
    signatureBytes: 2420,
    spki: '30820532300b06096086480165030403110382052100',
  },
}

/** As each kind is called by those who made it. */
export const kindNames: Readonly<Record<KeyKind, string>> = {
  ed25519: 'Ed25519',
  'ed25519-cosignature': 'Ed25519',
  'ml-dsa-44-cosignature': 'ML-DSA-44',
}

/** By whom a note may be signed: name and id tell which line is theirs. */
export type VerifierKey = { name: string; id: Uint8Array; kind: KeyKind; publicKey: Uint8Array }

/** A key that signs: the public half as others know it, and the private one. */
export type Signer = { key: VerifierKey; privateKey: KeyObject }

export const keyIdBytes = 4

/** C2SP signed-note, Format: not empty, neither a space of Unicode nor a plus; and nothing that a note may not hold. */
export const isKeyName = (name: string): boolean =>
  /^[^\p{White_Space}+]+$/u.test(name) && !hasControls(name) && name.isWellFormed()

/** C2SP signed-note, Signatures: the first octets of SHA-256 over name, line feed, type and key. */
export const keyIdOf = (name: string, kind: KeyKind, publicKey: Uint8Array): Uint8Array =>
  hash('sha256', Buffer.concat([encodeUtf8(`${name}\n`), Buffer.of(kinds[kind].type), publicKey]), 'buffer').subarray(
    0,
    keyIdBytes,
  )

export function makeVerifierKey(name: string, kind: KeyKind, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name)) throw new Fault('key-name', { name })
  if (publicKey.length !== kinds[kind].keyBytes) throw new Fault('key-length', { name })
  return { name, id: keyIdOf(name, kind, publicKey), kind, publicKey }
}

/** The signer whose public half others know by `name`. */
export function makeSigner(name: string, kind: KeyKind, privateKey: KeyObject): Signer {
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
  const prefix = Buffer.from(kinds[kind].spki, 'hex')
  if (!spki.subarray(0, prefix.length).equals(prefix)) throw new Error(`This private key is none for ${kind}`)
  return { key: makeVerifierKey(name, kind, spki.subarray(prefix.length)), privateKey }
}

const vkeyCharactersMax = 4096

/** C2SP signed-note, Verifier keys: `<name>+<id>+<key>`, where the id must be the one that follows from the rest. */
export function parseVerifierKey(text: string): VerifierKey {
  const [, name, id, encoded] = /^([^+]+)\+([0-9a-fA-F]{8})\+([A-Za-z0-9+/=]+)$/.exec(text) ?? []
  if (name === undefined || id === undefined || encoded === undefined || text.length > vkeyCharactersMax)
    throw new Fault('vkey-form')
  const bytes = decodeBase64(encoded)
  if (!bytes || bytes.length < 2 || !isKeyName(name)) throw new Fault('vkey-form')
  const kind = (Object.keys(kinds) as KeyKind[]).find((each) => kinds[each].type === bytes[0])
  if (!kind) throw new Fault('vkey-type', { name, type: bytes[0]! })
  const key = makeVerifierKey(name, kind, bytes.subarray(1))
  if (!Buffer.from(id, 'hex').equals(key.id)) throw new Fault('vkey-id', { name })
  return key
}

export const printVerifierKey = ({ name, id, kind, publicKey }: VerifierKey): string =>
  [name, Buffer.from(id).toString('hex'), encodeBase64(Buffer.concat([Buffer.of(kinds[kind].type), publicKey]))].join(
    '+',
  )

/** The identifiers of keys, as they stand in the second part of each verifier key: a whole one is long. */
export const printKeyIds = (vkeys: readonly string[]): string => vkeys.map((vkey) => vkey.split('+')[1]).join(' ')

export const isSameKey = (one: VerifierKey, other: VerifierKey): boolean =>
  printVerifierKey(one) === printVerifierKey(other)

/** Whether `signature` is one by this key over exactly these octets. */
export const holds = (key: VerifierKey, message: Uint8Array, signature: Uint8Array): boolean =>
  verify(null, message, publicKeyOf(key), signature)

/** Made once for each key that is held on to, as the making takes as long as a fourth of a check by Ed25519. */
const publicKeys = new WeakMap<VerifierKey, KeyObject>()

function publicKeyOf(key: VerifierKey): KeyObject {
  const known = publicKeys.get(key)
  if (known) return known
  const { kind, publicKey, name } = key
  const der = Buffer.concat([Buffer.from(kinds[kind].spki, 'hex'), publicKey])
  try {
    const made = createPublicKey({ key: der, format: 'der', type: 'spki' })
    publicKeys.set(key, made)
    return made
  } catch {
    // A Node.js before 24.7 has no ML-DSA. Nothing is claimed of a signature that nobody could look at.
    throw new Fault('key-unusable', { name, kind })
  }
}

export const signBytes = ({ privateKey }: Signer, message: Uint8Array): Uint8Array => sign(null, message, privateKey)

/** The same in another thread: by ML-DSA it takes a millisecond, in which this one answers others. */
export const signBytesAside = ({ privateKey }: Signer, message: Uint8Array): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    sign(null, message, privateKey, (error, made) => (error ? reject(error) : resolve(made)))
  })
