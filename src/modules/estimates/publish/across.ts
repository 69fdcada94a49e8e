import { checkAcrossYears, type DocumentCheck } from '../check/check.ts'
import type { Head } from '../documents/head.ts'
import { yearAfter } from './years.rules.ts'

/** How the estimate of one year stands against the original estimate that the next year's document prints. */
export type AcrossYears = { head: string; earlier: string; later: string; identities: DocumentCheck['identities']; holds: number; fails: number; unknown: number }

/** For every Head of which two years in a row are loaded, newest first. */
export function acrossYears(heads: readonly Head[]): AcrossYears[] {
  return heads.flatMap((later) => {
    const earlier = heads.find(({ document }) => document.head === later.document.head && yearAfter(document.year) === later.document.year)
    if (!earlier) return []
    const { identities } = checkAcrossYears(earlier.document, later.document, { exceptions: later.exceptions })
    const count = (...outcomes: string[]) => identities.filter(({ outcome }) => outcomes.includes(outcome)).length
    return [
      {
        head: later.document.head,
        earlier: earlier.document.year,
        later: later.document.year,
        identities,
        holds: count('holds', 'rounding', 'explained'),
        fails: count('fails'),
        unknown: count('unknown'),
      },
    ]
  })
}
