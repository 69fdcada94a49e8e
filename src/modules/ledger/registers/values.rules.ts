import type { Register, RegisterStep } from './definitions.ts'
import type { Values } from './sealed.ts'

export type ValueMistake = { field: string; wrong: 'missing' | 'too-long' | 'no-date' | 'no-number' }

export const textMaxDefault = 200
export const reasonMax = 1000

/**
 * What a step asks for, as it was typed, or what is wrong with it. What it does not ask for is left out, and what was not
 * typed at all; a field that was sent empty is to be empty.
 */
export function readValues(
  { fields }: Pick<Register, 'fields'>,
  step: RegisterStep,
  typed: Readonly<Record<string, string | undefined>>,
): { values: Values } | { mistakes: ValueMistake[] } {
  const mistakes: ValueMistake[] = []
  const values: Record<string, string> = {}
  for (const id of step.fields ?? []) {
    const { kind, max = textMaxDefault, required } = fields.find((each) => each.id === id)!
    const value = typed[id]?.replace(/\r\n/g, '\n').trim()
    const wrong = !value ? (required ? 'missing' : undefined) : wrongOf(kind, value, max)
    if (wrong) mistakes.push({ field: id, wrong })
    else if (value !== undefined) values[id] = value
  }
  if (step.reason && !typed.reason?.trim()) mistakes.push({ field: 'reason', wrong: 'missing' })
  mistakes.push(...mistakesOfReason(typed.reason))
  return mistakes.length > 0 ? { mistakes } : { values }
}

/** What is wrong with a reason that need not be given. */
export const mistakesOfReason = (reason = ''): ValueMistake[] => {
  const wrong = wrongOf('text', reason.replace(/\r\n/g, '\n').trim(), reasonMax)
  return wrong ? [{ field: 'reason', wrong }] : []
}

function wrongOf(kind: 'text' | 'date' | 'number', value: string, max: number): ValueMistake['wrong'] | undefined {
  if (kind === 'date') return isDate(value) ? undefined : 'no-date'
  if (kind === 'number') return /^-?\d{1,15}(\.\d{1,6})?$/.test(value) ? undefined : 'no-number'
  return [...value].length > max || /[^\P{C}\n]/u.test(value) ? 'too-long' : undefined
}

/** A day of the calendar, as 2026-02-28. */
const isDate = (text: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true
