import type { Problem } from '#platform'
import type { Register } from './definitions.ts'
import { problem } from './problems.ts'
import type { Values } from './sealed.ts'
import { readValues, type ValueMistake } from './values.rules.ts'

/** What a step asks for, of what a program sent; refuses a step that is not there, and values that are wrong. */
export function valuesOf(
  register: Register,
  { step: id, isNew, typed }: { step: string; isNew: boolean; typed: Readonly<Record<string, string | undefined>> },
): Values {
  const step = register.steps.find((each) => each.id === id)
  if (!step || (step.from.length === 0) !== isNew) throw problem('step-not-open')
  const read = readValues(register, step, typed)
  if ('values' in read) return read.values
  throw refusalOfValues(read.mistakes)
}

/** What a program is told of values that are wrong. */
export const refusalOfValues = (mistakes: readonly ValueMistake[]): Problem =>
  problem('step-values', { errors: mistakes.map(({ field, wrong }) => ({ pointer: `#/${field}`, detail: wrong })) })
