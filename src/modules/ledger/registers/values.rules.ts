import type { Register, RegisterStep } from './definitions.ts'
import type { Values } from './sealed.ts'

export type ValueMistake = { field: string; wrong: 'missing' | 'too-long' | 'no-date' | 'no-number' }

export const textMaxDefault = 200
export const reasonMax = 1000

/** What a step asks for, as it was typed, or what is wrong with it. What it does not ask for is left out. */
export function readValues(
  { fields }: Pick<Register, 'fields'>,
  step: RegisterStep,
  typed: Readonly<Record<string, string | undefined>>,
): { values: Values } | { mistakes: ValueMistake[] } {
  const mistakes: ValueMistake[] = []
  const values: Record<string, string> = {}
  for (const id of step.fields ?? []) {
    const { kind, max = textMaxDefault, required } = fields.find((each) => each.id === id)!
    const value = (typed[id] ?? '').replace(/\r\n/g, '\n').trim()
    const wrong = value === '' ? (required ? 'missing' : undefined) : wrongOf(kind, value, max)
    if (wrong) mistakes.push({ field: id, wrong })
    else if (value !== '') values[id] = value
  }
  const reason = (typed.reason ?? '').trim()
  if (step.reason && reason === '') mistakes.push({ field: 'reason', wrong: 'missing' })
  if ([...reason].length > reasonMax) mistakes.push({ field: 'reason', wrong: 'too-long' })
  return mistakes.length > 0 ? { mistakes } : { values }
}

function wrongOf(kind: 'text' | 'date' | 'number', value: string, max: number): ValueMistake['wrong'] | undefined {
  if (kind === 'date') return isDate(value) ? undefined : 'no-date'
  if (kind === 'number') return /^-?\d{1,15}(\.\d{1,6})?$/.test(value) ? undefined : 'no-number'
  return [...value].length > max || /[^\P{C}\n]/u.test(value) ? 'too-long' : undefined
}

/** A day of the calendar, as 2026-02-28. */
const isDate = (text: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true
