import type { Equation } from './equations.ts'

/**
 * A lost number as a weighted sum of numbers that are known: `Σ terms / by`. The keys are cell positions. A cell that was
 * recovered by rounding stands for itself, as rounding cannot be undone.
 */
export type Form = { by: bigint; terms: ReadonlyMap<number, bigint> }

export const itself = (cell: number): Form => ({ by: 1n, terms: new Map([[cell, 1n]]) })
export const nothing: Form = { by: 1n, terms: new Map() }

export function plus(one: Form, other: Form, times: bigint): Form {
  const by = lcm(one.by, other.by)
  const terms = new Map<number, bigint>()
  for (const [cell, weight] of one.terms) terms.set(cell, weight * (by / one.by))
  for (const [cell, weight] of other.terms) {
    const sum = (terms.get(cell) ?? 0n) + weight * times * (by / other.by)
    if (sum === 0n) terms.delete(cell)
    else terms.set(cell, sum)
  }
  return { by, terms }
}

/** `form / -by`: what a variable is, when `by` of it and `form` make nothing. */
export function solvedFor(form: Form, by: bigint): Form {
  const negate = by > 0n ? -1n : 1n
  const terms = new Map([...form.terms].map(([cell, weight]) => [cell, weight * negate]))
  return { by: form.by * (by > 0n ? by : -by), terms }
}

/** The size of a form, and whether it is a whole number of millionths: a value that is not cannot be a printed figure. */
export function sizeOfForm({ by, terms }: Form, sizeOf: (cell: number) => bigint): bigint | undefined {
  let sum = 0n
  for (const [cell, weight] of terms) sum += weight * sizeOf(cell)
  return sum % by === 0n ? sum / by : undefined
}

/** Left side less right side, as weights of cells. */
export function weightsOf({ claimed, terms }: Equation): Map<number, bigint> {
  const weights = new Map([[claimed, 1n]])
  for (const { cell, sign } of terms) weights.set(cell, (weights.get(cell) ?? 0n) - BigInt(sign))
  return weights
}

export function gcd(one: bigint, other: bigint): bigint {
  let [large, small] = [one < 0n ? -one : one, other < 0n ? -other : other]
  while (small > 0n) [large, small] = [small, large % small]
  return large
}

const lcm = (one: bigint, other: bigint) => (one / gcd(one, other)) * other
