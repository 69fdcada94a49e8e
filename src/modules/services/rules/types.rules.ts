import { type Text, texts } from '#platform'

/*
 * What values conditions and rules know. Dates are written as ISO 8601 says, 2026-11-28, and so compared letter by letter; durations
 * are whole months or whole days, as DMN 1.5 keeps the two apart (§10.3.2.3.7, §10.3.2.3.8).
 */
export type Type =
  | { readonly kind: 'text' }
  /** One of these texts; `written` where it stands in the expression itself, so that nothing is known of what else it may be. */
  | { readonly kind: 'choice'; readonly values: readonly string[]; readonly written?: boolean }
  | { readonly kind: 'number'; readonly whole?: boolean; readonly min?: number; readonly max?: number }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'date' }
  | { readonly kind: 'months' }
  | { readonly kind: 'days' }
  | { readonly kind: 'list'; readonly of: Type }
  | { readonly kind: 'group'; readonly fields: Names }
  | { readonly kind: 'null' }
export type Kind = Type['kind']

/** The names that an expression may use, with what each holds. Every one may be null: a question that nobody answered yet. */
export type Names = { readonly [name: string]: Type }

export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value }

/** The answers of a person, as they were kept. What is not of the type of its name is read as null. */
export type Values = { readonly [name: string]: unknown }

export const limits = {
  /** Letters of one expression. */
  expression: 1000,
  /** How deep the tree of an expression may be. */
  depth: 120,
  complaints: 20,
  /** Steps of one evaluation: about one for each operator, and for each thing of a list. */
  steps: 100_000,
  /** Things of a list, whether it is read or made. */
  list: 10_000,
  /** Letters of a text, whether it is read or made. */
  text: 10_000,
  /** Digits of a number that is written; a double holds so many of any number. */
  digits: 15,
  rows: 500,
  columns: 20,
} as const

/** Thrown where one evaluation would be more work, or make more, than `limits` allows. Nothing has changed by then. */
export class RulesExceeded extends Error {
  override name = 'RulesExceeded'
  readonly limit: 'steps' | 'list' | 'text'
  constructor(limit: 'steps' | 'list' | 'text') {
    super(`An evaluation went beyond its limit of ${limits[limit]} (${limit})`)
    this.limit = limit
  }
}

const wordsOfKinds = texts({
  text: { en: 'a text', 'zh-Hant': '文字' },
  choice: { en: 'a choice', 'zh-Hant': '選項' },
  number: { en: 'a number', 'zh-Hant': '數字' },
  boolean: { en: 'a condition (true or false)', 'zh-Hant': '條件（true 或 false）' },
  date: { en: 'a date', 'zh-Hant': '日期' },
  months: { en: 'a duration in months', 'zh-Hant': '以月計的時間長度' },
  days: { en: 'a duration in days', 'zh-Hant': '以日計的時間長度' },
  list: { en: 'a list', 'zh-Hant': '清單' },
  group: { en: 'a group of fields', 'zh-Hant': '一組欄位' },
  null: { en: 'null', 'zh-Hant': '空值（null）' },
})
export const wordOfKind = (kind: Kind): Text => wordsOfKinds[kind]
/** A text that stands in an expression is a choice of one value here, and a text to whoever wrote it. */
export const wordOf = (type: Type): Text => wordsOfKinds[type.kind === 'choice' && type.written ? 'text' : type.kind]

export const isText = ({ kind }: Type): boolean => kind === 'text' || kind === 'choice'
export const isOrdered = ({ kind }: Type): boolean =>
  kind === 'number' || kind === 'date' || kind === 'months' || kind === 'days'
export const isScalar = ({ kind }: Type): boolean => kind !== 'list' && kind !== 'group'

/** Whether values of both types can be equal at all: texts and choices are both texts, and null stands beside everything. */
export function areComparable(one: Type, other: Type): boolean {
  if (one.kind === 'null' || other.kind === 'null') return true
  return isScalar(one) && (one.kind === other.kind || (isText(one) && isText(other)))
}

/** The type of what may be either; undefined where there is none. */
export function unify(one: Type, other: Type): Type | undefined {
  if (one.kind === 'null') return other
  if (other.kind === 'null') return one
  if (one.kind === 'choice' && other.kind === 'choice')
    return {
      kind: 'choice',
      values: [...new Set([...one.values, ...other.values])],
      ...(one.written && other.written && { written: true }),
    }
  if (isText(one) && isText(other)) return { kind: 'text' }
  if (one.kind === 'number' && other.kind === 'number') {
    const whole = one.whole === true && other.whole === true
    return {
      kind: 'number',
      ...(whole && { whole }),
      ...(one.min !== undefined && other.min !== undefined && { min: Math.min(one.min, other.min) }),
      ...(one.max !== undefined && other.max !== undefined && { max: Math.max(one.max, other.max) }),
    }
  }
  if (one.kind === 'list' && other.kind === 'list') {
    const of = unify(one.of, other.of)
    return of && { kind: 'list', of }
  }
  if (one.kind === 'group' && other.kind === 'group') return one.fields === other.fields ? one : undefined
  return one.kind === other.kind ? one : undefined
}

/** Whether whatever is of the one type may stand where the other is expected. */
export function fits(one: Type, expected: Type): boolean {
  if (one.kind === 'null') return true
  if (one.kind === 'choice' && expected.kind === 'choice')
    return one.values.every((each) => expected.values.includes(each))
  if (one.kind === 'choice') return expected.kind === 'text'
  if (one.kind === 'list' && expected.kind === 'list') return fits(one.of, expected.of)
  if (one.kind === 'group') return one === expected
  return one.kind === expected.kind
}
