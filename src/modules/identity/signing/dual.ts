import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { latticeKeyOf } from './authority.ts'
import { checkCms } from './cms-check.ts'

/**
 * Two signatures over one hash: CMS by ECDSA, and ML-DSA-44 (FIPS 204), which withstands quantum computers. The second is
 * over a statement that names the hash, the certificate and the first signature, so that neither can be put to another.
 */
export type Dual = Static<typeof Dual>
export const Dual = Type.Object(
  {
    format: Type.Literal('praya-dual-signature'),
    version: Type.Literal(1),
    sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    cms: Type.String({ maxLength: 140_000 }),
    mlDsa44: Type.Object({
      publicKey: Type.String({ maxLength: 2000 }),
      signature: Type.String({ maxLength: 4000 }),
    }),
  },
  { additionalProperties: false },
)

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** The statement, in UTF-8 with a line feed after each line. docs/standards/signatures.md. */
const statementOf = (hash: string, certificate: Uint8Array, cms: Uint8Array) =>
  Buffer.from(`praya dual signature 1\nsha-256 ${hash}\ncertificate ${sha256(certificate)}\ncms ${sha256(cms)}\n`)

export function makeDual(hash: string, cms: Uint8Array, certificate: Uint8Array, key: KeyObject): Dual {
  return {
    format: 'praya-dual-signature',
    version: 1,
    sha256: hash,
    cms: Buffer.from(cms).toString('base64'),
    mlDsa44: {
      publicKey: createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64'),
      signature: sign(null, statementOf(hash, certificate, cms), key).toString('base64'),
    },
  }
}

/** Undefined for what is no such container. */
export function readDual(bytes: Uint8Array): Dual | undefined {
  try {
    const read: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'))
    return Value.Check(Dual, read) ? read : undefined
  } catch {
    return undefined
  }
}

/**
 * Whether the second signature holds for a document: made by the key that the certificate of the first one names beside
 * its own. `unreadable` where this Node.js knows no ML-DSA.
 */
export function checkDual(dual: Dual, document: Uint8Array): 'holds' | 'changed' | 'broken' | 'unreadable' {
  if (sha256(document) !== dual.sha256) return 'changed'
  const cms = Buffer.from(dual.cms, 'base64')
  const { certificate } = checkCms(cms, (hash) => createHash(hash).update(document).digest())
  if (!certificate) return 'broken'
  try {
    const named = latticeKeyOf(certificate.raw)
    const given = Buffer.from(dual.mlDsa44.publicKey, 'base64')
    if (!named?.export({ type: 'spki', format: 'der' }).equals(given)) return 'broken'
    const statement = statementOf(dual.sha256, certificate.raw, cms)
    return verify(null, statement, named, Buffer.from(dual.mlDsa44.signature, 'base64')) ? 'holds' : 'broken'
  } catch {
    return 'unreadable'
  }
}
