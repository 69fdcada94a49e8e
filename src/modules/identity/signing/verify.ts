import { createHash } from 'node:crypto'
import type { Installation, Sql } from '#platform'
import { type AuthorityRow, findCertificate, listAuthorities } from './authority.sql.ts'
import { type CmsCheck, checkCms, checkToken, type DigestOf } from './cms-check.ts'
import { checkDual, readDual } from './dual.ts'
import { commonName, isIssuedBy } from './judge-timestamp.ts'
import type { PdfReader } from './pdf-reader.ts'
import type { Upload } from './uploads.ts'
import type { Finding } from './verify.page.tsx'

type Means = Pick<Installation, 'now'> & { sql: Sql; pdf: PdfReader }

/** Why nothing can be said of the files at all. */
export type VerifyMistake =
  | 'missing'
  | 'too-large'
  | 'signature-too-large'
  | 'document-missing'
  | 'no-signature'
  | 'only-time-stamps'
  | 'unreadable'

/**
 * What is parsed by the process that serves, which does nothing else meanwhile, in octets: a file that is a signature, and
 * all signatures in a PDF together. The largest that is made here has 150,000, and 50 of a PDF have 820,000.
 */
const signatureBytesMax = 500_000
const signaturesBytesMax = 1_000_000

/**
 * What can be said of every signature in what somebody brought: a signed PDF; or a signature (.p7s, or our container of
 * two) with its document. Whatever cannot be checked is said to be so, and never that it is wrong.
 */
export async function findingsOf(
  means: Means,
  { signature, document }: { signature: Upload; document: Upload | undefined },
): Promise<{ findings: Finding[]; unread: number } | { mistake: VerifyMistake }> {
  const rows = await listAuthorities(means.sql)
  const { bytes } = signature
  if (Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-')) {
    const read = await means.pdf.signatures(bytes)
    if (!read) return { mistake: 'unreadable' }
    const { signatures, unread } = read
    const signed = signatures.filter(({ kind }) => kind === 'signature')
    if (signed.length === 0 && unread === 0)
      return { mistake: signatures.length === 0 ? 'no-signature' : 'only-time-stamps' }
    let parsed = 0
    const findings = await Promise.all(
      signed.map(async ({ cms, digests, range, later }): Promise<Finding> => {
        parsed += cms.length
        if (parsed > signaturesBytesMax)
          return { ...nobody, outcome: 'cannot-check', reason: 'large', later, dual: null }
        const check = checkCms(cms, (hash) => (digests[hash] ? Buffer.from(digests[hash], 'hex') : undefined))
        const finding = { ...(await judge(means, rows, check)), later, dual: null }
        // Bytes that no signature covers could say anything.
        if (range === 'odd') return { ...finding, outcome: 'cannot-check', reason: 'odd' }
        // What is seen now is not what was signed, however good the signature is.
        return finding.outcome === 'valid' && later === 'content' ? { ...finding, outcome: 'earlier' } : finding
      }),
    )
    return { findings, unread }
  }
  if (bytes.length > signatureBytesMax) return { mistake: 'signature-too-large' }
  if (!document) return { mistake: 'document-missing' }
  const digestOf: DigestOf = (hash) => createHash(hash).update(document.bytes).digest()
  const container = readDual(bytes)
  const check = checkCms(container ? Buffer.from(container.cms, 'base64') : fromPem(bytes), digestOf)
  const finding = await judge(means, rows, check)
  const dual = container ? checkDual(container, document.bytes) : null
  return { findings: [{ ...finding, later: 'nothing', dual }], unread: 0 }
}

/** As `openssl cms -outform PEM` writes it, or DER as it is. */
function fromPem(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes.subarray(0, 200_000)).toString('latin1')
  const inside = /-----BEGIN (?:PKCS7|CMS)-----([\sA-Za-z0-9+/=]+)-----END/.exec(text)?.[1]
  return inside ? Buffer.from(inside, 'base64') : bytes
}

type Judged = Omit<Finding, 'later' | 'dual'>
const nobody = { signer: null, serial: null, at: null, time: 'none', reason: null } as const

/** Who signed and when, as far as this installation can vouch for it. */
async function judge({ sql, now }: Means, rows: readonly AuthorityRow[], check: CmsCheck): Promise<Judged> {
  if (check.outcome === 'unreadable') return { ...nobody, outcome: 'cannot-check', reason: 'unreadable' }
  if (check.outcome !== 'holds') return { ...nobody, outcome: check.outcome }
  const certificate = check.certificate!
  const { time, at } = timeOf(rows, check)
  const serial = certificate.serialNumber.toLowerCase()
  const judged = { signer: commonName(certificate), serial, at, time, reason: null }
  if (time === 'broken') return { ...judged, outcome: 'broken' }
  const issuer = rows.find((row) => row.kind === 'issuing' && isIssuedBy(certificate, row.certificate))
  if (!issuer) return { ...judged, outcome: 'unknown-signer' }
  const known = await findCertificate(sql, issuer.id, serial)
  // Signed by our authority and not in its table: the table is older than the certificate, as after a restored backup.
  if (!known) return { ...judged, outcome: 'cannot-check', reason: 'certificate' }
  // Without a time that somebody vouches for, only what still counts now can be vouched for.
  const when = time === 'proven' ? Date.parse(at!) : now().getTime()
  if (known.revokedAt && Date.parse(known.revokedAt) <= when)
    return time === 'proven'
      ? { ...judged, outcome: 'revoked' }
      : { ...judged, outcome: 'cannot-check', reason: 'time' }
  if (when < certificate.validFromDate.getTime()) return { ...judged, outcome: 'expired' }
  if (when > certificate.validToDate.getTime())
    return time === 'proven'
      ? { ...judged, outcome: 'expired' }
      : { ...judged, outcome: 'cannot-check', reason: 'time' }
  return { ...judged, outcome: 'valid' }
}

/** `proven` by a time stamp of ours; by one of an authority that is not known here; only stated by the signer; or wrong. */
function timeOf(rows: readonly AuthorityRow[], { token, signature, statedAt }: CmsCheck) {
  if (!token) return { time: statedAt ? ('stated' as const) : ('none' as const), at: statedAt ?? null }
  const stamp = checkToken(token, { bytes: signature! })
  if (stamp.outcome === 'unreadable') return { time: 'unknown' as const, at: statedAt ?? null }
  if (stamp.outcome !== 'holds') return { time: 'broken' as const, at: null }
  const { certificate, at } = stamp
  const own = rows.some((row) => row.kind === 'timestamp' && row.certificate.equals(certificate!.raw))
  const inTime =
    Date.parse(at!) >= certificate!.validFromDate.getTime() && Date.parse(at!) <= certificate!.validToDate.getTime()
  return { time: own && inTime ? ('proven' as const) : ('unknown' as const), at: at! }
}
