import { createHash, type KeyObject } from 'node:crypto'
import * as asn1 from 'asn1js'
import * as pkijs from 'pkijs'
import { octets } from './cms.ts'
import { signDer } from './keys.ts'
import { oids } from './oids.ts'

export type Extension = { id: string; critical?: boolean; value: asn1.BaseBlock }

/** Parts of a distinguished name in their order. */
export type Name = readonly (readonly [type: keyof typeof nameTypes, value: string])[]

const nameTypes = { O: '2.5.4.10', CN: '2.5.4.3', serialNumber: '2.5.4.5' } as const

/** RFC 5280, appendix A.1: of each part of a name. */
export const nameMax = 64

const cut = (text: string) => [...text].slice(0, nameMax).join('')

/** Whether a certificate was made out to this name. */
export function isMadeOutTo(certificate: Uint8Array, name: string): boolean {
  const { subject } = pkijs.Certificate.fromBER(certificate as BufferSource)
  return subject.typesAndValues.some(({ type, value }) => type === nameTypes.CN && value.valueBlock.value === cut(name))
}

/** A name whose parts are cut where they are too long, one below the other. */
function nameBlock(name: Name): pkijs.RelativeDistinguishedNames {
  const parts = name.map(([type, text]) => {
    const value = cut(text)
    const written = type === 'serialNumber' ? new asn1.PrintableString({ value }) : new asn1.Utf8String({ value })
    const pair = new asn1.Sequence({ value: [new asn1.ObjectIdentifier({ value: nameTypes[type] }), written] })
    return new asn1.Set({ value: [pair] })
  })
  // Read back, as the library would write all parts beside each other in one.
  return pkijs.RelativeDistinguishedNames.fromBER(new asn1.Sequence({ value: parts }).toBER(false))
}

export type ToCertify = {
  /** In hex. */
  serial: string
  subject: Name
  /** SubjectPublicKeyInfo in DER. */
  publicKey: Uint8Array
  /** Without one, the certificate is signed by its own key. */
  issuer?: Uint8Array | undefined
  issuerKey: KeyObject
  begins: Date
  ends: Date
  extensions: readonly Extension[]
}

/** A certificate in DER (RFC 5280, §4), signed by ECDSA with SHA-256. */
export function makeCertificate(what: ToCertify): Buffer {
  const above = what.issuer && pkijs.Certificate.fromBER(what.issuer as BufferSource)
  const subject = nameBlock(what.subject)
  const publicKey = pkijs.PublicKeyInfo.fromBER(what.publicKey as BufferSource)
  const certificate = new pkijs.Certificate({
    version: 2,
    serialNumber: integer(what.serial),
    signature: ecdsa(),
    issuer: above ? above.subject : subject,
    subject,
    notBefore: new pkijs.Time({ type: 0, value: what.begins }),
    notAfter: new pkijs.Time({ type: 0, value: what.ends }),
    subjectPublicKeyInfo: publicKey,
    extensions: [
      ...what.extensions,
      { id: '2.5.29.14', value: octets(keyIdOf(publicKey)) },
      ...(above ? [authorityKeyId(above)] : []),
    ].map(written),
    signatureAlgorithm: ecdsa(),
  })
  certificate.signatureValue = bits(signDer(what.issuerKey, Buffer.from(certificate.encodeTBS().toBER(false))))
  return Buffer.from(certificate.toSchema(true).toBER(false))
}

const ecdsa = () => new pkijs.AlgorithmIdentifier({ algorithmId: oids.ecdsaSha256 })
const bits = (bytes: Uint8Array) => new asn1.BitString({ valueHex: Uint8Array.from(bytes).buffer })
export const integer = (hex: string) => new asn1.Integer({ valueHex: Uint8Array.from(Buffer.from(hex, 'hex')).buffer })

/** SHA-1 of the key, as RFC 5280, §4.2.1.2 proposes: a name, which nothing trusts. */
export const keyIdOf = (key: pkijs.PublicKeyInfo): Buffer =>
  createHash('sha1').update(Buffer.from(key.subjectPublicKey.valueBlock.valueHexView)).digest()

const authorityKeyId = (issuer: pkijs.Certificate): Extension => ({
  id: '2.5.29.35',
  value: new pkijs.AuthorityKeyIdentifier({ keyIdentifier: octets(keyIdOf(issuer.subjectPublicKeyInfo)) }).toSchema(),
})

const written = ({ id, critical = false, value }: Extension) =>
  new pkijs.Extension({ extnID: id, critical, extnValue: value.toBER(false) })

/** Bits of KeyUsage (RFC 5280, §4.2.1.3). */
const usageBits = { digitalSignature: 0, nonRepudiation: 1, keyCertSign: 5, cRLSign: 6 } as const

/** The extensions used here (RFC 5280, §4.2.1), each by what it says. */
export const extension = {
  /** An authority with so many others below it at most; or none. */
  basicConstraints: (below: number | undefined): Extension => ({
    id: '2.5.29.19',
    critical: true,
    value: new pkijs.BasicConstraints(below === undefined ? {} : { cA: true, pathLenConstraint: below }).toSchema(),
  }),
  keyUsage: (...uses: (keyof typeof usageBits)[]): Extension => {
    const byte = uses.reduce((sum, use) => sum | (0x80 >> usageBits[use]), 0)
    const unusedBits = 7 - Math.max(...uses.map((use) => usageBits[use]))
    const value = new asn1.BitString({ unusedBits, valueHex: Uint8Array.of(byte).buffer })
    return { id: '2.5.29.15', critical: true, value }
  },
  /** For this purpose and no other. */
  onlyFor: (purpose: string): Extension => ({
    id: '2.5.29.37',
    critical: true,
    value: new pkijs.ExtKeyUsage({ keyPurposes: [purpose] }).toSchema(),
  }),
  policy: (policy: string): Extension => ({
    id: '2.5.29.32',
    value: new asn1.Sequence({
      value: [new asn1.Sequence({ value: [new asn1.ObjectIdentifier({ value: policy })] })],
    }),
  }),
  /** Where the list of revoked certificates is. */
  revocationList: (url: string): Extension => ({
    id: '2.5.29.31',
    value: new pkijs.CRLDistributionPoints({
      distributionPoints: [new pkijs.DistributionPoint({ distributionPoint: [urlName(url)] })],
    }).toSchema(),
  }),
  /** Where the issuer’s certificate is, and whom to ask about one (RFC 5280, §4.2.2.1). */
  issuerAccess: (issuer: string, ocsp: string): Extension => ({
    id: '1.3.6.1.5.5.7.1.1',
    value: new pkijs.InfoAccess({
      accessDescriptions: [
        new pkijs.AccessDescription({ accessMethod: '1.3.6.1.5.5.7.48.2', accessLocation: urlName(issuer) }),
        new pkijs.AccessDescription({ accessMethod: '1.3.6.1.5.5.7.48.1', accessLocation: urlName(ocsp) }),
      ],
    }).toSchema(),
  }),
  /** A second key of the same person (ITU-T X.509, §9.8.2). */
  secondKey: (publicKey: Uint8Array): Extension => ({
    id: oids.subjectAltPublicKeyInfo,
    value: asn1.fromBER(publicKey as BufferSource).result as asn1.BaseBlock,
  }),
}

const urlName = (value: string) => new pkijs.GeneralName({ type: 6, value })

/** SubjectPublicKeyInfo of the second key, if the certificate has one. */
export function secondKeyOf(certificate: Uint8Array): Buffer | undefined {
  const { extensions = [] } = pkijs.Certificate.fromBER(certificate as BufferSource)
  const found = extensions.find(({ extnID }) => extnID === oids.subjectAltPublicKeyInfo)
  return found && Buffer.from(found.extnValue.valueBlock.valueHexView)
}

export type ToList = {
  issuer: Uint8Array
  issuerKey: KeyObject
  at: Date
  until: Date
  revoked: readonly { serial: string; revokedAt: string }[]
}

/** A list of revoked certificates in DER (RFC 5280, §5). Its number is the second in which it was made. */
export function makeRevocationList({ issuer, issuerKey, at, until, revoked }: ToList): Buffer {
  const above = pkijs.Certificate.fromBER(issuer as BufferSource)
  const number = new asn1.Integer({ value: Math.floor(at.getTime() / 1000) })
  const list = new pkijs.CertificateRevocationList({
    version: 1,
    signature: ecdsa(),
    issuer: above.subject,
    thisUpdate: new pkijs.Time({ type: 0, value: at }),
    nextUpdate: new pkijs.Time({ type: 0, value: until }),
    ...(revoked.length > 0 && {
      revokedCertificates: revoked.map(
        ({ serial, revokedAt }) =>
          new pkijs.RevokedCertificate({
            userCertificate: integer(serial),
            revocationDate: new pkijs.Time({ type: 0, value: new Date(revokedAt) }),
          }),
      ),
    }),
    crlExtensions: new pkijs.Extensions({
      extensions: [authorityKeyId(above), { id: '2.5.29.20', value: number }].map(written),
    }),
    signatureAlgorithm: ecdsa(),
  })
  // What is signed is the first of the three parts (RFC 5280, §5.1).
  const [toSign] = list.toSchema(true).valueBlock.value
  list.signatureValue = bits(signDer(issuerKey, Buffer.from(toSign!.toBER(false))))
  return Buffer.from(list.toSchema(true).toBER(false))
}

/** A certificate as text (RFC 7468, §5). */
export const asPem = (der: Uint8Array): string =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(der)
    .toString('base64')
    .replace(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----\n`
