import { createHash, timingSafeEqual, verify, X509Certificate } from 'node:crypto'
import * as asn1 from 'asn1js'
import * as pkijs from 'pkijs'
import { signedBytes } from './cms.ts'
import { hashes, oids } from './oids.ts'

/**
 * What is so of a signature by itself, whoever signed: it `holds`; the document is another than the one signed
 * (`changed`); it was not made by the key of its certificate (`broken`); or nobody here can tell (`unreadable`).
 */
export type CmsOutcome = 'holds' | 'changed' | 'broken' | 'unreadable'

export type CmsCheck = {
  outcome: CmsOutcome
  /** Of whom the signature says that they signed. Given where it holds. */
  certificate?: X509Certificate
  /** What the signer’s clock said, which proves nothing. */
  statedAt?: string
  /** The time stamp that it carries. */
  token?: Buffer
  /** The octets that the time stamp must be about. */
  signature?: Buffer
}

/** The hash of what was signed, by the name of the hash in node:crypto. Undefined where it cannot be had. */
export type DigestOf = (hash: string) => Buffer | undefined

/** Checks the first signature of a detached SignedData (RFC 5652, §5.6), with what CAdES demands beside it. */
export function checkCms(cms: Uint8Array, digestOf: DigestOf): CmsCheck {
  const signed = readSigned(cms)
  return signed ? checkSigned(signed, digestOf, oids.data) : { outcome: 'unreadable' }
}

/** Undefined for what is no SignedData. */
function readSigned(cms: Uint8Array): pkijs.SignedData | undefined {
  try {
    const { contentType, content } = pkijs.ContentInfo.fromBER(cms as BufferSource)
    return contentType === oids.signedData ? new pkijs.SignedData({ schema: content }) : undefined
  } catch {
    return undefined
  }
}

function checkSigned(signed: pkijs.SignedData, digestOf: DigestOf, contentType: string): CmsCheck {
  const info = signed.signerInfos[0]
  const found = info && certificateOf(signed, info)
  if (!info?.signedAttrs || !found) return { outcome: 'unreadable' }
  const hash = hashes[info.digestAlgorithm.algorithmId]
  const digest = hash && digestOf(hash.name)
  const how = hash && signatureHash(info.signatureAlgorithm.algorithmId, hash.name)
  if (!digest || how === undefined) return { outcome: 'unreadable' }
  const attributes = info.signedAttrs.attributes
  const said = oneValue(attributes, oids.messageDigest)
  const type = oneValue(attributes, oids.contentType)
  const meant = oneValue(attributes, oids.signingCertificateV2)
  const signature = Buffer.from(info.signature.valueBlock.valueHexView)
  let genuine: boolean
  try {
    genuine = verify(how, signedBytes(info.signedAttrs), found.publicKey, signature)
  } catch {
    return { outcome: 'unreadable' }
  }
  const consistent =
    type instanceof asn1.ObjectIdentifier &&
    type.valueBlock.toString() === contentType &&
    (meant === undefined || refersTo(meant, found))
  if (!genuine || !consistent || !(said instanceof asn1.OctetString)) return { outcome: 'broken' }
  if (!same(Buffer.from(said.valueBlock.valueHexView), digest)) return { outcome: 'changed' }
  const stated = oneValue(attributes, oids.signingTime)
  const token = oneValue(info.unsignedAttrs?.attributes ?? [], oids.timestampToken)
  return {
    outcome: 'holds',
    certificate: found,
    signature,
    ...(stated instanceof asn1.UTCTime && { statedAt: stated.toDate().toISOString() }),
    ...(token && { token: Buffer.from(token.toBER(false)) }),
  }
}

function certificateOf(signed: pkijs.SignedData, info: pkijs.SignerInfo): X509Certificate | undefined {
  const { sid } = info
  if (!(sid instanceof pkijs.IssuerAndSerialNumber)) return undefined
  const all = (signed.certificates ?? []).filter((each) => each instanceof pkijs.Certificate)
  const one = all.find((each) => each.issuer.isEqual(sid.issuer) && each.serialNumber.isEqual(sid.serialNumber))
  try {
    return one && new X509Certificate(Buffer.from(one.toSchema().toBER(false)))
  } catch {
    return undefined
  }
}

/** One value, as RFC 5652, §11 demands of the attributes that are read here. */
function oneValue(attributes: readonly pkijs.Attribute[], type: string): asn1.BaseBlock | undefined {
  const found = attributes.filter((each) => each.type === type)
  return found.length === 1 && found[0]!.values.length === 1 ? found[0]!.values[0] : undefined
}

/** RFC 5035, §4. Hashes other than the default are not compared: the signature itself binds the certificate’s key. */
function refersTo(reference: asn1.BaseBlock, certificate: X509Certificate): boolean {
  const first = (block: asn1.BaseBlock | undefined) =>
    block instanceof asn1.Sequence ? block.valueBlock.value[0] : undefined
  const named = first(first(first(reference)))
  if (!(named instanceof asn1.OctetString)) return true
  return same(Buffer.from(named.valueBlock.valueHexView), createHash('sha256').update(certificate.raw).digest())
}

const same = (one: Buffer, other: Buffer) => one.length === other.length && timingSafeEqual(one, other)

/** The hash that node:crypto is to use for an algorithm of signatures (RFC 5754, RFC 5758, RFC 8419); null where it has its own. */
function signatureHash(algorithm: string, digest: string): string | null | undefined {
  const named: Readonly<Record<string, string | null>> = {
    [oids.ecdsaSha256]: 'sha256',
    [oids.ecdsaSha384]: 'sha384',
    '1.2.840.10045.4.3.4': 'sha512',
    '1.2.840.113549.1.1.1': digest,
    '1.2.840.113549.1.1.11': 'sha256',
    '1.2.840.113549.1.1.12': 'sha384',
    '1.2.840.113549.1.1.13': 'sha512',
    '1.3.101.112': null,
  }
  return named[algorithm]
}

export type TokenCheck = {
  outcome: CmsOutcome
  /** The time that it proves, if its signer is to be believed. */
  at?: string
  certificate?: X509Certificate
  nonce?: asn1.Integer
}

/** Checks a time stamp (RFC 3161, §2.4.2): that it is about `stamped`, a hash or what is to be hashed, and signed for this purpose. */
export function checkToken(token: Uint8Array, stamped: { hash: Uint8Array } | { bytes: Uint8Array }): TokenCheck {
  const signed = readSigned(token)
  const content = signed?.encapContentInfo
  if (!content?.eContent || content.eContentType !== oids.timestampInfo) return { outcome: 'unreadable' }
  const bytes = Buffer.from(content.eContent.getValue())
  const check = checkSigned(signed!, (hash) => createHash(hash).update(bytes).digest(), oids.timestampInfo)
  if (check.outcome !== 'holds') return { outcome: check.outcome }
  // RFC 3161, §2.3: a key that stamps does nothing else.
  if (check.certificate!.keyUsage?.join() !== oids.timeStamping) return { outcome: 'broken' }
  let info: pkijs.TSTInfo
  try {
    info = pkijs.TSTInfo.fromBER(bytes as BufferSource)
  } catch {
    return { outcome: 'unreadable' }
  }
  const { hashAlgorithm, hashedMessage } = info.messageImprint
  const hash = hashes[hashAlgorithm.algorithmId]
  if (!hash || ('hash' in stamped && hash.bytes !== stamped.hash.length)) return { outcome: 'unreadable' }
  const expected = 'hash' in stamped ? Buffer.from(stamped.hash) : createHash(hash.name).update(stamped.bytes).digest()
  if (!same(Buffer.from(hashedMessage.valueBlock.valueHexView), expected)) return { outcome: 'changed' }
  return {
    outcome: 'holds',
    at: info.genTime.toISOString(),
    certificate: check.certificate!,
    ...(info.nonce && { nonce: info.nonce }),
  }
}
