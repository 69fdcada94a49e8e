import { type Complaints, sentences } from './complaints.rules.ts'
import { isDate } from './dates.rules.ts'
import { complainOfChoice, isWhole } from './functions.rules.ts'
import { type Comparator, isLiteral, type Node, type Operator } from './nodes.rules.ts'
import { areComparable, isOrdered, isText, type Kind, type Type, wordOf } from './types.rules.ts'

/* What may be compared, what may be calculated with, and what can be read of a value. */

export const comparators: readonly Comparator[] = ['=', '!=', '<', '<=', '>', '>=']

/** Whether values of both may be compared in this way; it complains where they may not. */
export function mayCompare(left: Node, operator: Comparator, right: Node, complaints: Complaints): boolean {
  const [one, other] = [left.type, right.type]
  const words = { one: wordOf(one), other: wordOf(other) }
  const day = [left, right].find((each) => isLiteral(each) && isDate(each.value) && isText(each.type))
  if (day && (one.kind === 'date' || other.kind === 'date')) {
    complaints.at(day.at, sentences.dayAsText, { value: (day as Node & { is: 'literal' }).value as string })
    return false
  }
  if (operator === '=' || operator === '!=') {
    if (areComparable(one, other)) return !complainOfChoice(one, right, complaints)
    complaints.at(right.at, sentences.notComparable, words)
    return false
  }
  const unordered = [one, other].find((each) => !isOrdered(each))
  if (unordered?.kind === 'null') complaints.at(right.at, sentences.nullOrder)
  else if (unordered) complaints.at(right.at, sentences.notOrdered, { one: wordOf(unordered), operator })
  else if (one.kind !== other.kind) complaints.at(right.at, sentences.notComparable, words)
  else return true
  return false
}

/** What calculating gives (DMN 1.5, tables 56 to 59), as far as it stays in whole days and months. */
export function typeOfArithmetic(one: Type, operator: Operator, other: Type): Type | undefined {
  const isSum = operator === '+' || operator === '-'
  const isDuration = ({ kind }: Type) => kind === 'months' || kind === 'days'
  if (one.kind === 'number' && other.kind === 'number')
    return { kind: 'number', ...(operator !== '/' && isWhole(one) && isWhole(other) && { whole: true }) }
  if (operator === '+' && isText(one) && isText(other)) return { kind: 'text' }
  if (operator === '-' && one.kind === 'date' && other.kind === 'date') return { kind: 'days' }
  if (isSum && one.kind === 'date' && isDuration(other)) return one
  if (operator === '+' && isDuration(one) && other.kind === 'date') return other
  if (isSum && isDuration(one) && one.kind === other.kind) return one
  return undefined
}

/** What can be read of dates and durations (DMN 1.5, table 65). */
export const partsOfKinds: Partial<Record<Kind, Record<string, Type>>> = {
  date: {
    year: { kind: 'number', whole: true, min: 1, max: 9999 },
    month: { kind: 'number', whole: true, min: 1, max: 12 },
    day: { kind: 'number', whole: true, min: 1, max: 31 },
    weekday: { kind: 'number', whole: true, min: 1, max: 7 },
  },
  months: { years: { kind: 'number', whole: true }, months: { kind: 'number', whole: true, min: -11, max: 11 } },
  days: { days: { kind: 'number', whole: true } },
}
