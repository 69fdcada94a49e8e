import { checkAcrossYears } from '../check/check.ts'
import type { Head } from '../documents/head.ts'
import type { AcrossYears } from './shapes.ts'
import { yearAfter } from './years.rules.ts'

/** For every Head of which two years in a row are loaded, newest first. */
export function acrossYears(heads: readonly Head[]): AcrossYears[] {
  return heads.flatMap((later) => {
    const earlier = heads.find(
      ({ document }) => document.head === later.document.head && yearAfter(document.year) === later.document.year,
    )
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
