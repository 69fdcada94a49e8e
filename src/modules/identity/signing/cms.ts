import { createHash, type KeyObject, X509Certificate } from 'node:crypto'
import * as asn1 from 'asn1js'
import * as pkijs from 'pkijs'
import { signDer } from './keys.ts'
import { oids } from './oids.ts'

/** Who signs: certificates in DER, the chain from the issuer upwards without the root. */
export type Signer = { certificate: Uint8Array; chain: readonly Uint8Array[]; key: KeyObject }

export type ToSign = {
  signer: Signer
  /** SHA-256 of the content. */
  digest: Uint8Array
  /** Signed together with its signature: a time stamp's content. Without it the signature is detached. */
  content?: { type: string; bytes: Uint8Array }
  /** What the signer’s clock said. Not in a PDF, which has an entry of its own for it (EN 319 142-1, §6.3). */
  signingTime?: Date
  /** Whether the certificates are put in, for whoever has not got them. */
  withCertificates?: boolean
}

/**
 * Makes SignedData (RFC 5652, §5) by ECDSA and SHA-256, with the attributes that CAdES demands of its baseline
 * (EN 319 122-1, §6.3): content type, digest, and which certificate was meant.
 */
export function signCms({ signer, digest, content, signingTime, withCertificates = true }: ToSign): pkijs.SignedData {
  const certificate = pkijs.Certificate.fromBER(signer.certificate as BufferSource)
  const attributes = [
    attribute(oids.contentType, new asn1.ObjectIdentifier({ value: content?.type ?? oids.data })),
    ...(signingTime ? [attribute(oids.signingTime, new asn1.UTCTime({ valueDate: signingTime }))] : []),
    attribute(oids.messageDigest, octets(digest)),
    attribute(oids.signingCertificateV2, certificateReference(signer.certificate)),
  ]
  const signedAttrs = new pkijs.SignedAndUnsignedAttributes({ type: 0, attributes: inOrder(attributes) })
  const signature = signDer(signer.key, signedBytes(signedAttrs))
  const info = new pkijs.SignerInfo({
    version: 1,
    sid: new pkijs.IssuerAndSerialNumber({ issuer: certificate.issuer, serialNumber: certificate.serialNumber }),
    digestAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: oids.sha256 }),
    signedAttrs,
    signatureAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: oids.ecdsaSha256 }),
    signature: octets(signature),
  })
  return new pkijs.SignedData({
    version: content ? 3 : 1,
    digestAlgorithms: [new pkijs.AlgorithmIdentifier({ algorithmId: oids.sha256 })],
    encapContentInfo: new pkijs.EncapsulatedContentInfo({
      eContentType: content?.type ?? oids.data,
      ...(content && { eContent: octets(content.bytes) }),
    }),
    ...(withCertificates && {
      certificates: [signer.certificate, ...signer.chain].map((der) => pkijs.Certificate.fromBER(der as BufferSource)),
    }),
    signerInfos: [info],
  })
}

/** The octets over which the signer’s time stamp is taken (RFC 3161, appendix A). */
export const signatureValueOf = (signed: pkijs.SignedData): Buffer =>
  Buffer.from(signed.signerInfos[0]!.signature.valueBlock.valueHexView)

/** Puts a token beside the signature that it stamps. */
export function addTimestamp(signed: pkijs.SignedData, token: Uint8Array): void {
  const { result } = asn1.fromBER(token as BufferSource)
  signed.signerInfos[0]!.unsignedAttrs = new pkijs.SignedAndUnsignedAttributes({
    type: 1,
    attributes: [new pkijs.Attribute({ type: oids.timestampToken, values: [result] })],
  })
}

/** ContentInfo in DER. */
export function encodeCms(signed: pkijs.SignedData): Buffer {
  const content = new pkijs.ContentInfo({ contentType: oids.signedData, content: signed.toSchema(true) })
  return Buffer.from(content.toSchema().toBER(false))
}

/** RFC 5652, §5.4: attributes are signed as the SET OF that they are, not under the tag by which they are carried. */
export function signedBytes(attributes: pkijs.SignedAndUnsignedAttributes): Buffer {
  // What was read is signed as it was written, which may not be how it would be written here.
  const { encodedValue } = attributes
  const bytes = Buffer.from(encodedValue.byteLength > 0 ? encodedValue : attributes.toSchema().toBER(false))
  bytes[0] = 0x31
  return bytes
}

/** DER wants the members of a SET OF in the order of their octets (X.690, §11.6). */
function inOrder(attributes: pkijs.Attribute[]): pkijs.Attribute[] {
  const encoded = attributes.map((each) => ({ each, der: Buffer.from(each.toSchema().toBER(false)) }))
  return encoded.sort((one, other) => Buffer.compare(one.der, other.der)).map(({ each }) => each)
}

const attribute = (type: string, value: asn1.BaseBlock) => new pkijs.Attribute({ type, values: [value] })

/** RFC 5035, §4: SHA-256 of the certificate, the default that is not written; so that another cannot take its place. */
function certificateReference(certificate: Uint8Array): asn1.Sequence {
  const reference = new asn1.Sequence({ value: [octets(createHash('sha256').update(certificate).digest())] })
  return new asn1.Sequence({ value: [new asn1.Sequence({ value: [reference] })] })
}

export const octets = (bytes: Uint8Array) =>
  new asn1.OctetString({ valueHex: Uint8Array.from(bytes).buffer as ArrayBuffer })

/** SHA-256 of a certificate, by which its key is sealed and people compare it. */
export const fingerprintOf = (certificate: Uint8Array): string =>
  new X509Certificate(Buffer.from(certificate)).fingerprint256.replaceAll(':', '').toLowerCase()
