import { nearest } from '#platform'
import { type Complaints, listed, sentences } from './complaints.rules.ts'
import { monthsBetween } from './dates.rules.ts'
import { add, type Rounding, round } from './decimals.rules.ts'
import { isLiteral, type Node, type Place } from './nodes.rules.ts'
import {
  areComparable,
  isText,
  type Kind,
  limits,
  RulesExceeded,
  type Type,
  unify,
  type Value,
  wordOf,
} from './types.rules.ts'

/** What one evaluation works with: the things that its loops have in hand, and the steps that it may still take. */
export type Frame = { readonly locals: Value[]; steps: number }

/** Takes steps of an evaluation, and ends it when there are none left. */
export function spend(frame: Frame, steps: number): void {
  frame.steps -= steps
  if (frame.steps < 0) throw new RulesExceeded('steps')
}

/** A text that was made, which may be too long to go on with. */
export function bounded(text: string): string {
  if (text.length > limits.text) throw new RulesExceeded('text')
  return text
}

/**
 * A function of the closed list (DMN 1.5, §10.3.4). `check` tells the type of what it gives, or complains; `run` gets values of the
 * types that were checked, or null.
 */
export type Function = {
  readonly usage: string
  readonly least: number
  readonly most: number
  readonly check: (
    given: readonly Node[],
    wrong: (node: Node, wanted: Kind) => undefined,
    complaints: Complaints,
  ) => Type | undefined
  readonly run: (given: readonly Value[], frame: Frame) => Value
}

const whole = { kind: 'number', whole: true, min: 0 } as const satisfies Type
const number = { kind: 'number' } as const satisfies Type
const truth = { kind: 'boolean' } as const satisfies Type
const text = { kind: 'text' } as const satisfies Type

export const isWhole = (type: Type): boolean => type.kind === 'number' && type.whole === true

const isOf = (node: Node, kind: Kind) =>
  node.type.kind === kind || node.type.kind === 'null' || (kind === 'text' && isText(node.type))

/** A function of values of these kinds, in this order; null where one of them is. */
function plain(
  usage: string,
  kinds: readonly Kind[],
  gives: Type,
  run: (given: readonly never[], frame: Frame) => Value,
): Function {
  return {
    usage,
    least: kinds.length,
    most: kinds.length,
    check: (given, wrong) => {
      const bad = kinds.flatMap((kind, at) => (isOf(given[at]!, kind) ? [] : [wrong(given[at]!, kind)]))
      return bad.length > 0 ? undefined : gives
    },
    run: (given, frame) => (given.includes(null) ? null : run(given as readonly never[], frame)),
  }
}

/** A function of one list, or of its things one by one; null where the list is empty or has null in it. */
function overList(
  name: string,
  kinds: readonly Kind[],
  run: (list: readonly Value[], frame: Frame) => Value,
): Function {
  return {
    usage: `${name}(list)`,
    least: 1,
    most: limits.expression,
    check: (given, wrong) => {
      const [first] = given
      const things =
        given.length === 1 && first!.type.kind === 'list' ? [first!.type.of] : given.map(({ type }) => type)
      const together = things.reduce<Type | undefined>((one, other) => one && unify(one, other), { kind: 'null' })
      if (!together || (together.kind !== 'null' && !kinds.includes(together.kind))) return wrong(first!, kinds[0]!)
      if (together.kind === 'null') return number
      return name === 'sum' ? { kind: 'number', ...(isWhole(together) && { whole: true }) } : together
    },
    run: (given, frame) => {
      const list = given.length === 1 && (Array.isArray(given[0]) || given[0] === null) ? given[0] : given
      if (list === null || (list as readonly Value[]).length === 0) return null
      spend(frame, (list as readonly Value[]).length)
      return (list as readonly Value[]).includes(null) ? null : run(list as readonly Value[], frame)
    },
  }
}

const best = (isBetter: (one: Value, other: Value) => boolean) => (list: readonly Value[]) =>
  list.reduce((one, other) => (isBetter(other, one) ? other : one))

/** What a search in a text may cost is its length times that of what is looked for. */
const search = (name: string, find: (text: string, part: string) => boolean): Function =>
  plain(`${name}(text, part)`, ['text', 'text'], truth, ([text, part]: readonly string[], frame) => {
    spend(frame, (text!.length * part!.length) >> 10)
    return find(text!, part!)
  })

const rounded = (name: 'floor' | 'ceiling'): Function =>
  plain(`${name}(number)`, ['number'], { kind: 'number', whole: true }, ([value]: readonly number[]) =>
    round(value!, 0, name satisfies Rounding),
  )

const appended: Function = {
  usage: 'append(list, value)',
  least: 2,
  most: limits.expression,
  check: ([list, ...added], wrong, complaints) => {
    if (!isOf(list!, 'list')) return wrong(list!, 'list')
    let of: Type = list!.type.kind === 'list' ? list!.type.of : { kind: 'null' }
    for (const each of added) {
      const together = unify(of, each.type)
      if (!together) return complaints.at(each.at, sentences.branches, { one: wordOf(of), other: wordOf(each.type) })
      of = together
    }
    return { kind: 'list', of }
  },
  run: ([list, ...added], frame) => {
    if (list === null) return null
    const all = [...(list as readonly Value[]), ...added]
    spend(frame, all.length)
    if (all.length > limits.list) throw new RulesExceeded('list')
    return all
  },
}

const contained: Function = {
  usage: 'list contains(list, value)',
  least: 2,
  most: 2,
  check: ([list, value], wrong, complaints) => {
    if (!isOf(list!, 'list')) return wrong(list!, 'list')
    const of: Type = list!.type.kind === 'list' ? list!.type.of : { kind: 'null' }
    if (areComparable(of, value!.type)) return complainOfChoice(of, value!, complaints) ? undefined : truth
    return complaints.at(value!.at, sentences.notComparable, { one: wordOf(value!.type), other: wordOf(of) })
  },
  run: ([list, value], frame) => {
    if (list === null) return null
    spend(frame, (list as readonly Value[]).length)
    return (list as readonly Value[]).includes(value!)
  },
}

export const functions: Readonly<Record<string, Function>> = {
  count: plain('count(list)', ['list'], whole, ([list]: readonly (readonly Value[])[]) => list!.length),
  sum: overList('sum', ['number'], (list) => {
    let sum: number | null = 0
    for (const each of list) if (sum !== null) sum = add(sum, each as number)
    return sum
  }),
  min: overList(
    'min',
    ['number', 'date'],
    best((one, other) => one! < other!),
  ),
  max: overList(
    'max',
    ['number', 'date'],
    best((one, other) => one! > other!),
  ),
  'list contains': contained,
  append: appended,
  contains: search('contains', (text, part) => text.includes(part)),
  'starts with': search('starts with', (text, part) => text.startsWith(part)),
  'ends with': search('ends with', (text, part) => text.endsWith(part)),
  'string length': plain('string length(text)', ['text'], whole, ([text]: readonly string[], frame) => {
    spend(frame, text!.length >> 5)
    let letters = 0
    for (const _ of text!) letters += 1
    return letters
  }),
  'upper case': plain('upper case(text)', ['text'], text, ([text]: readonly string[], frame) => {
    spend(frame, text!.length >> 5)
    return bounded(text!.toUpperCase())
  }),
  'lower case': plain('lower case(text)', ['text'], text, ([text]: readonly string[], frame) => {
    spend(frame, text!.length >> 5)
    return bounded(text!.toLowerCase())
  }),
  not: plain('not(condition)', ['boolean'], truth, ([value]: readonly boolean[]) => !value),
  abs: plain('abs(number)', ['number'], { kind: 'number', min: 0 }, ([value]: readonly number[]) => Math.abs(value!)),
  floor: rounded('floor'),
  ceiling: rounded('ceiling'),
  'round half up': {
    ...plain('round half up(number, 2)', ['number', 'number'], number, ([value, digits]: readonly number[]) =>
      round(value!, digits!, 'half up'),
    ),
    check: ([value, digits], wrong, complaints) => {
      if (!isOf(value!, 'number')) return wrong(value!, 'number')
      const given = isLiteral(digits!) ? digits!.value : undefined
      if (typeof given === 'number' && Number.isInteger(given) && given >= 0 && given <= limits.digits) return number
      return complaints.at(digits!.at, sentences.digitsNeeded, { most: limits.digits })
    },
  },
  'years and months duration': plain(
    'years and months duration(from, to)',
    ['date', 'date'],
    { kind: 'months' },
    ([from, to]: readonly string[]) => monthsBetween(from!, to!),
  ),
}
export const functionNames: readonly string[] = Object.keys(functions)

/** Complains of a value that a choice has not, or of two choices without a common value; says whether it did. */
export function complainOfChoice(
  type: Type,
  { type: other, at }: { type: Type; at: Place },
  complaints: Complaints,
): boolean {
  if (type.kind !== 'choice' || other.kind !== 'choice') return false
  if ((type.written && other.written) || other.values.some((each) => type.values.includes(each))) return false
  const [few, many] = other.written ? [other.values, type.values] : [type.values, other.values]
  const [value] = few
  if (few.length > 1) complaints.at(at, sentences.neverEqual)
  else {
    const near = nearest(value!, many)
    if (near) complaints.at(at, sentences.nearValue, { value: value!, near })
    else complaints.at(at, sentences.noSuchValue, { value: value!, values: listed(many) })
  }
  return true
}
