import type { Matches } from '../definitions/matches.ts'
import type { Answers } from '../types.ts'

type One = { readonly reference: string; readonly answers: Answers }

/** How well another case fits: whether one names the other, the share of what is asked for that it has, and what both chose. */
type Fit = { readonly names: boolean; readonly percent: number; readonly shared: readonly string[] }

/**
 * How well a case fits another by what its service is matched by: of each pair the share of the options that were chosen here and
 * there too, by its weight. What was not answered here asks for nothing and does not count. Undefined where nothing fits.
 */
export function fitOf(matches: Matches, mine: One, theirs: One): Fit | undefined {
  const shared: string[] = []
  let [weights, sum] = [0, 0]
  for (const { mine: here, theirs: there, weight } of matches.by) {
    const asked = chosen(mine.answers, here)
    const has = new Set(chosen(theirs.answers, there))
    if (asked.length === 0) continue
    const both = asked.filter((option) => has.has(option))
    shared.push(...both)
    weights += weight
    sum += (weight * both.length) / asked.length
  }
  const names =
    isNamed(mine.answers, matches.names, theirs.reference) || isNamed(theirs.answers, matches.named, mine.reference)
  const percent = weights === 0 ? 0 : Math.round((100 * sum) / weights)
  return names || percent > 0 ? { names, percent, shared: [...new Set(shared)] } : undefined
}

const chosen = (answers: Answers, question: string): string[] =>
  [answers[question] ?? []].flat().filter((each) => typeof each === 'string')

const isNamed = (answers: Answers, question: string | undefined, reference: string): boolean =>
  question !== undefined &&
  String(answers[question] ?? '')
    .toUpperCase()
    .includes(reference)

/** Those that fit, the best first: whoever names the other, then by percent, then by reference. */
export function rank<Each extends { readonly reference: string; readonly fit: Fit }>(all: readonly Each[]): Each[] {
  return all.toSorted(
    (one, other) =>
      Number(other.fit.names) - Number(one.fit.names) ||
      other.fit.percent - one.fit.percent ||
      (one.reference < other.reference ? -1 : 1),
  )
}
