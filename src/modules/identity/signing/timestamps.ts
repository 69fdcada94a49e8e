import { createHash, randomBytes } from 'node:crypto'
import * as asn1 from 'asn1js'
import * as pkijs from 'pkijs'
import type { Installation, Sql } from '#platform'
import { nextTimestampSerial } from './authority.sql.ts'
import { authorityKey, getAuthorities } from './authority.ts'
import { encodeCms, octets, type Signer, signCms } from './cms.ts'
import { checkToken } from './cms-check.ts'
import { hashes, oids } from './oids.ts'

/**
 * Asks for a time stamp (RFC 3161) over a SHA-256 hash: the token in DER. Throws where none can be had, so that nothing
 * is signed without its time.
 */
export type RequestTimestamp = (hash: Uint8Array) => Promise<Buffer>

type Means = Pick<Installation, 'vault' | 'pack' | 'now' | 'address' | 'timestampUrl'>

/** From the authority at PRAYA_TIMESTAMP_URL, else from our own, in the caller's transaction. */
export const timestampsOf = (sql: Sql, means: Means): RequestTimestamp =>
  means.timestampUrl ? fromElsewhere(means.timestampUrl) : (hash) => ownTimestamp(sql, means, hash)

async function ownTimestamp(sql: Sql, means: Means, hash: Uint8Array): Promise<Buffer> {
  const imprint = { algorithm: oids.sha256, hash }
  return makeToken(await openTimestamps(sql, means), { imprint, withCertificates: true })
}

/** What stamps: the clock, the key in use, and a number that no other stamp has. */
export type Stamper = { at: Date; signer: Signer; serial: Buffer }

export async function openTimestamps(sql: Sql, means: Omit<Means, 'timestampUrl'>): Promise<Stamper> {
  const { root: _, timestamp } = await getAuthorities(sql, means)
  const signer = { certificate: timestamp.certificate, chain: [], key: authorityKey(means, timestamp) }
  const serial = Buffer.alloc(16)
  serial.writeBigUInt64BE(BigInt(await nextTimestampSerial(sql)))
  randomBytes(8).copy(serial, 8)
  return { at: means.now(), signer, serial }
}

type ToStamp = {
  imprint: { algorithm: string; hash: Uint8Array }
  nonce?: asn1.Integer | undefined
  withCertificates: boolean
}

/**
 * A token (RFC 3161, §2.4.2). Its time is cut to the second, and its accuracy says so. It claims no order: two processes
 * have two clocks.
 */
export function makeToken({ at, signer, serial }: Stamper, { imprint, nonce, withCertificates }: ToStamp): Buffer {
  const info = new pkijs.TSTInfo({
    version: 1,
    policy: oids.timestampPolicy,
    messageImprint: new pkijs.MessageImprint({
      hashAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: imprint.algorithm }),
      hashedMessage: octets(imprint.hash),
    }),
    serialNumber: positive(serial),
    genTime: new Date(Math.floor(at.getTime() / 1000) * 1000),
    accuracy: new pkijs.Accuracy({ seconds: 1 }),
    ...(nonce && { nonce }),
  })
  const bytes = Buffer.from(info.toSchema().toBER(false))
  const digest = createHash('sha256').update(bytes).digest()
  return encodeCms(signCms({ signer, digest, content: { type: oids.timestampInfo, bytes }, withCertificates }))
}

/** An INTEGER in as few octets as DER wants (X.690, §8.3.2). */
function positive(bytes: Uint8Array): asn1.Integer {
  let start = 0
  while (start < bytes.length - 1 && bytes[start] === 0) start++
  const short = bytes.subarray(start)
  const padded = short[0]! & 0x80 ? Buffer.concat([Buffer.alloc(1), short]) : Buffer.from(short)
  return new asn1.Integer({ valueHex: Uint8Array.from(padded).buffer })
}

/** PKIFailureInfo (RFC 3161, §2.4.2), by its bit. */
const failures = {
  badAlg: 0,
  badRequest: 2,
  badDataFormat: 5,
  unacceptedPolicy: 15,
  unacceptedExtension: 16,
} as const
type Failure = keyof typeof failures

export type Query = { imprint: ToStamp['imprint']; nonce: asn1.Integer | undefined; withCertificates: boolean }

/** Reads a TimeStampReq; what cannot be answered is named as the standard does. */
export function readQuery(bytes: Uint8Array): Query | { failure: Failure } {
  let query: pkijs.TimeStampReq
  try {
    query = pkijs.TimeStampReq.fromBER(bytes as BufferSource)
  } catch {
    return { failure: 'badDataFormat' }
  }
  if (query.version !== 1) return { failure: 'badRequest' }
  if (query.reqPolicy && query.reqPolicy !== policyAsRead) return { failure: 'unacceptedPolicy' }
  if (query.extensions?.length) return { failure: 'unacceptedExtension' }
  const { hashAlgorithm, hashedMessage } = query.messageImprint
  const hash = Buffer.from(hashedMessage.valueBlock.valueHexView)
  const known = hashes[hashAlgorithm.algorithmId]
  if (!known) return { failure: 'badAlg' }
  if (known.bytes !== hash.length) return { failure: 'badDataFormat' }
  return {
    imprint: { algorithm: hashAlgorithm.algorithmId, hash },
    nonce: query.nonce,
    withCertificates: query.certReq === true,
  }
}

/** The library writes a number that is too long for it in its own way. */
const policyAsRead = (
  asn1.fromBER(new asn1.ObjectIdentifier({ value: oids.timestampPolicy }).toBER()).result as asn1.ObjectIdentifier
).valueBlock.toString()

/** TimeStampResp: granted with a token, or refused with a reason. */
export function writeReply(answer: { token: Uint8Array } | { failure: Failure }): Buffer {
  const refused = 'failure' in answer
  const reply = new pkijs.TimeStampResp({
    status: new pkijs.PKIStatusInfo({
      status: refused ? pkijs.PKIStatus.rejection : pkijs.PKIStatus.granted,
      ...(refused && { failInfo: bit(failures[answer.failure]) }),
    }),
    ...(!refused && {
      timeStampToken: new pkijs.ContentInfo({ schema: asn1.fromBER(answer.token as BufferSource).result }),
    }),
  })
  return Buffer.from(reply.toSchema().toBER(false))
}

/** A BIT STRING with one bit, without the zeros behind it (X.690, §11.2.2). */
function bit(number: number): asn1.BitString {
  const bytes = Buffer.alloc(Math.floor(number / 8) + 1)
  bytes[bytes.length - 1] = 0x80 >> (number % 8)
  return new asn1.BitString({ unusedBits: 7 - (number % 8), valueHex: Uint8Array.from(bytes).buffer })
}

const waitMs = 10_000
const replyBytesMax = 50_000

/** From a time stamp authority that somebody else runs (RFC 3161, §3.4). Takes only what answers exactly this question. */
const fromElsewhere =
  (url: string): RequestTimestamp =>
  async (hash) => {
    const nonce = positive(randomBytes(16))
    const query = new pkijs.TimeStampReq({
      version: 1,
      messageImprint: new pkijs.MessageImprint({
        hashAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: oids.sha256 }),
        hashedMessage: octets(hash),
      }),
      nonce,
      certReq: true,
    })
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query' },
      body: new Uint8Array(query.toSchema().toBER(false)),
      signal: AbortSignal.timeout(waitMs),
      redirect: 'error',
    })
    if (!response.ok) throw new Error(`The time stamp authority answered ${response.status}`)
    const body = await response.arrayBuffer()
    if (body.byteLength > replyBytesMax) throw new Error('The time stamp authority answered with too much')
    const reply = pkijs.TimeStampResp.fromBER(body)
    if (reply.status.status > pkijs.PKIStatus.grantedWithMods || !reply.timeStampToken)
      throw new Error(`The time stamp authority refused: status ${reply.status.status}`)
    const token = Buffer.from(reply.timeStampToken.toSchema().toBER(false))
    const checked = checkToken(token, { hash })
    if (checked.outcome !== 'holds') throw new Error(`The time stamp is not one for this hash: ${checked.outcome}`)
    if (!checked.nonce?.isEqual(nonce)) throw new Error('The time stamp answers another question')
    return token
  }
