import { X509Certificate } from 'node:crypto'
import { checkToken } from './cms-check.ts'

/*
 * What may be said of a time stamp without a table. It also runs in browsers, inside certificates of the ledger, and so
 * imports nothing but what reads a token.
 */

/** `unknown`: it holds, and nobody of the given vouches for who signed it. */
export type TimestampOutcome = 'holds' | 'unknown' | 'fails' | 'unreadable'

export type JudgedTimestamp = {
  outcome: TimestampOutcome
  /** ISO 8601 in UTC. Given where it holds. */
  at?: string
  /** The common name in the certificate of whoever signed it. */
  authority: string
}

/**
 * Whether a token (RFC 3161, §2.4.2) is over the hash of `bytes`, is signed by a key that is for time stamps alone, in the time
 * of its certificate, and is vouched for by one of `roots`, in DER. `unreadable` where nobody here can tell, and never `fails`.
 */
export function judgeTimestamp(token: Uint8Array, bytes: Uint8Array, roots: readonly Uint8Array[]): JudgedTimestamp {
  const { outcome, at, certificate } = checkToken(token, { bytes })
  if (outcome !== 'holds') return { outcome: outcome === 'unreadable' ? 'unreadable' : 'fails', authority: '' }
  const authority = commonName(certificate!)
  const when = Date.parse(at!)
  const inTime = when >= certificate!.validFromDate.getTime() && when <= certificate!.validToDate.getTime()
  if (!inTime) return { outcome: 'fails', authority }
  return { outcome: roots.some((root) => isIssuedBy(certificate!, root)) ? 'holds' : 'unknown', at: at!, authority }
}

/** Whether the certificate `issuer`, in DER, signed another. */
export function isIssuedBy(certificate: X509Certificate, issuer: Uint8Array): boolean {
  const above = new X509Certificate(issuer)
  return certificate.checkIssued(above) && certificate.verify(above.publicKey)
}

/** The name in a certificate, without the signs by which Node.js would keep it on one line. */
export function commonName({ subject }: X509Certificate): string {
  const name = /(?:^|\n)CN=(.*)/.exec(subject)?.[1] ?? subject
  return name.replace(/\\(.)/g, '$1').slice(0, 200)
}
