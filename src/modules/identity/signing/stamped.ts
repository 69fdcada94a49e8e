import type { Sql } from '#platform'
import { listAuthorities } from './authority.sql.ts'
import { asPem } from './certificates.ts'
import { checkToken } from './cms-check.ts'
import { commonName, isIssuedBy } from './judge-timestamp.ts'

/** What a time stamp says, if it is one over what it is held to. */
export type Timestamp = {
  /** ISO 8601 in UTC. */
  at: string
  /** The common name of the authority that signed it. */
  authority: string
  /** PEM of the certificate that vouches for that authority; null where that is not one of ours, and whoever runs it has it. */
  root: string | null
}

/**
 * Reads a token (RFC 3161, §2.4.2) over the SHA-256 of `bytes`. Throws where it is over something else, does not hold, or
 * was signed by a key that is not for time stamps alone.
 */
export async function readTimestamp(sql: Sql, token: Uint8Array, bytes: Uint8Array): Promise<Timestamp> {
  const { outcome, at, certificate } = checkToken(token, { bytes })
  if (outcome !== 'holds') throw new Error(`The time stamp does not hold: ${outcome}`)
  const root = (await listAuthorities(sql)).find(
    (row) => row.kind === 'root' && isIssuedBy(certificate!, row.certificate),
  )
  return { at: at!, authority: commonName(certificate!), root: root ? asPem(root.certificate) : null }
}
