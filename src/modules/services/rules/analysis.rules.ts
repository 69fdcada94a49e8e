import type { Compiled } from './compile.rules.ts'
import { type Abstract, abstractOf, type Dimension, dimensionsOf } from './representatives.rules.ts'
import { openFrame, runOf } from './run.rules.ts'
import type { Value } from './types.rules.ts'

/** Values at which something happens, by what is read or calculated there. */
export type Example = readonly { readonly what: string; readonly value: Value }[]

/**
 * What a condition can give. What is not listed cannot happen, whatever people answer; `exact` says that all that is listed does
 * happen, each at its example. Without it a condition may still give less than is listed.
 */
export type Outcomes = {
  readonly outcomes: readonly ('true' | 'false' | 'null')[]
  readonly exact: boolean
  readonly examples: { readonly [outcome: string]: Example }
}

/** In words that a definition is judged by; `unknown` where this analysis cannot tell. */
export type Verdict = 'always true' | 'true where answered' | 'always false' | 'never true' | 'varies' | 'unknown'

/** Combinations of values that one condition is tried at. */
const combinationsMax = 50_000

const unknown: Outcomes = { outcomes: ['true', 'false', 'null'], exact: false, examples: {} }

/**
 * Tries a condition at one value of every kind that it can tell apart, of everything that it reads, and of all their combinations.
 * What it does with them beyond comparing with values that are written is taken for something that may be anything. Where that makes
 * more than `most` combinations, nothing is known.
 */
export function analyse({ node, text }: Pick<Compiled, 'node' | 'text'>, most = combinationsMax): Outcomes {
  const abstract: Abstract = abstractOf(node, text)
  const dimensions = dimensionsOf(abstract)
  const combinations = dimensions.reduce((product, { values }) => product * values.length, 1)
  if (combinations > most) return unknown
  const run = runOf(abstract.node)
  const frame = openFrame(0)
  const examples: Record<string, Example> = {}
  for (const values of combine(dimensions)) {
    const outcome = String(run(values, frame))
    examples[outcome] ??= exampleOf(dimensions, values)
  }
  const outcomes = (['true', 'false', 'null'] as const).filter((each) => Object.hasOwn(examples, each))
  return { outcomes, exact: abstract.exact, examples }
}

export function verdictOf({ outcomes, exact }: Outcomes): Verdict {
  const has = (outcome: 'true' | 'false' | 'null') => outcomes.includes(outcome)
  if (!has('false')) {
    if (!has('null')) return 'always true'
    if (has('true')) return exact ? 'true where answered' : 'unknown'
  }
  if (!has('true')) return has('null') ? 'never true' : 'always false'
  return exact ? 'varies' : 'unknown'
}

/** All combinations, in one object that changes from one to the next. */
function* combine(dimensions: readonly Dimension[]): Generator<Record<string, Value>> {
  const values: Record<string, Value> = {}
  const at = dimensions.map(() => 0)
  for (const { name, values: possible } of dimensions) values[name] = possible[0]!
  for (;;) {
    yield values
    let digit = 0
    for (; digit < dimensions.length; digit += 1) {
      const { name, values: possible } = dimensions[digit]!
      at[digit] = (at[digit]! + 1) % possible.length
      values[name] = possible[at[digit]!]!
      if (at[digit] !== 0) break
    }
    if (digit === dimensions.length) return
  }
}

const exampleOf = (dimensions: readonly Dimension[], values: Record<string, Value>): Example =>
  dimensions.map(({ name, what }) => ({ what, value: values[name]! }))
