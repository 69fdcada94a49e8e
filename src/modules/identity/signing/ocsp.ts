import { createHash, type KeyObject } from 'node:crypto'
import * as asn1 from 'asn1js'
import * as pkijs from 'pkijs'
import type { AuthorityRow } from './authority.sql.ts'
import { keyIdOf } from './certificates.ts'
import { octets } from './cms.ts'
import { signDer } from './keys.ts'
import { oids } from './oids.ts'

const certificatesMax = 10
const hashNames: Readonly<Record<string, string>> = { [oids.sha1]: 'sha1', [oids.sha256]: 'sha256' }
/** OCSPResponseStatus (RFC 6960, §4.2.1). */
const statuses = { successful: 0, malformedRequest: 1, unauthorized: 6 } as const

export type StatusQuery = { asked: pkijs.CertID[]; nonce: pkijs.Extension | undefined } | 'malformedRequest'

/** Reads an OCSPRequest. Whether the one who asks signed it does not matter: everybody gets the same answer. */
export function readStatusQuery(bytes: Uint8Array): StatusQuery {
  try {
    const { tbsRequest } = pkijs.OCSPRequest.fromBER(bytes as BufferSource)
    const asked = tbsRequest.requestList.map(({ reqCert }) => reqCert)
    const nonce = tbsRequest.requestExtensions?.find(({ extnID }) => extnID === oids.ocspNonce)
    // RFC 9654, §2.1: a nonce of 128 octets at most.
    const nonceFits = !nonce || nonce.extnValue.valueBlock.valueHexView.length <= 130
    return asked.length > 0 && asked.length <= certificatesMax && nonceFits ? { asked, nonce } : 'malformedRequest'
  } catch {
    return 'malformedRequest'
  }
}

type Means = {
  at: Date
  keyOf: (row: AuthorityRow) => KeyObject
  /** Of a certificate that this authority issued. */
  statusOf: (row: AuthorityRow, serial: string) => Promise<{ revokedAt: string | null } | undefined>
}

/** Answers for certificates of one authority, signed by that authority itself (RFC 6960, §2.2 and §4.2). */
export async function answerStatus(query: StatusQuery, rows: readonly AuthorityRow[], means: Means): Promise<Buffer> {
  if (query === 'malformedRequest') return write(query)
  const issuer = rows.find((row) => row.kind !== 'timestamp' && isIssuer(query.asked[0]!, row))
  if (!issuer) return write('unauthorized')
  const thisUpdate = wholeSecond(means.at)
  const responses: pkijs.SingleResponse[] = []
  for (const certID of query.asked) {
    const serial = Buffer.from(certID.serialNumber.valueBlock.valueHexView).toString('hex')
    const found = isIssuer(certID, issuer) ? await statusFor(issuer, serial, rows, means) : undefined
    responses.push(new pkijs.SingleResponse({ certID, certStatus: statusBlock(found), thisUpdate }))
  }
  const { subjectPublicKeyInfo } = pkijs.Certificate.fromBER(issuer.certificate as BufferSource)
  const tbsResponseData = new pkijs.ResponseData({
    // By the hash of its key; the library puts the tag around it.
    responderID: octets(keyIdOf(subjectPublicKeyInfo)),
    producedAt: thisUpdate,
    responses,
    ...(query.nonce && { responseExtensions: [query.nonce] }),
  })
  const basic = new pkijs.BasicOCSPResponse({
    tbsResponseData,
    signatureAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: oids.ecdsaSha256 }),
  })
  const toSign = Buffer.from(tbsResponseData.toSchema(true).toBER(false))
  tbsResponseData.tbsView = Uint8Array.from(toSign)
  basic.signature = new asn1.BitString({ valueHex: Uint8Array.from(signDer(means.keyOf(issuer), toSign)).buffer })
  return write('successful', Buffer.from(basic.toSchema().toBER(false)))
}

/** The root issues to the authority alone, which has no table of revoked certificates. */
async function statusFor(issuer: AuthorityRow, serial: string, rows: readonly AuthorityRow[], means: Means) {
  if (issuer.kind === 'issuing') return means.statusOf(issuer, serial)
  const below = rows.some(({ issuerId, certificate }) => issuerId === issuer.id && serialOf(certificate) === serial)
  return below ? { revokedAt: null } : undefined
}

const serialOf = (certificate: Uint8Array) =>
  Buffer.from(pkijs.Certificate.fromBER(certificate as BufferSource).serialNumber.valueBlock.valueHexView).toString(
    'hex',
  )

/** RFC 6960, §4.1.1: an issuer is named by the hashes of its name and its key. */
function isIssuer(
  { hashAlgorithm, issuerNameHash, issuerKeyHash }: pkijs.CertID,
  { certificate }: AuthorityRow,
): boolean {
  const name = hashNames[hashAlgorithm.algorithmId]
  if (!name) return false
  const { subject, subjectPublicKeyInfo } = pkijs.Certificate.fromBER(certificate as BufferSource)
  const hashOf = (bytes: Uint8Array) => createHash(name).update(bytes).digest()
  const key = subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView
  return (
    hashOf(Buffer.from(subject.toSchema().toBER(false))).equals(issuerNameHash.valueBlock.valueHexView) &&
    hashOf(key).equals(issuerKeyHash.valueBlock.valueHexView)
  )
}

/** Times are written without fractions (RFC 5280, §4.1.2.5.2). */
const wholeSecond = (at: Date) => new Date(Math.floor(at.getTime() / 1000) * 1000)

/** CertStatus: good, revoked since then, or not known here. */
function statusBlock(found: { revokedAt: string | null } | undefined): asn1.BaseBlock {
  if (!found) return tagged(2, false)
  if (found.revokedAt === null) return tagged(0, false)
  return tagged(1, true, [new asn1.GeneralizedTime({ valueDate: wholeSecond(new Date(found.revokedAt)) })])
}

const tagged = (tagNumber: number, constructed: boolean, value: asn1.BaseBlock[] = []): asn1.BaseBlock =>
  constructed
    ? new asn1.Constructed({ idBlock: { tagClass: 3, tagNumber }, value })
    : new asn1.Primitive({ idBlock: { tagClass: 3, tagNumber } })

function write(status: keyof typeof statuses, basic?: Buffer): Buffer {
  const response = new pkijs.OCSPResponse({
    responseStatus: new asn1.Enumerated({ value: statuses[status] }),
    ...(basic && {
      responseBytes: new pkijs.ResponseBytes({ responseType: oids.ocspBasic, response: octets(basic) }),
    }),
  })
  return Buffer.from(response.toSchema().toBER(false))
}
