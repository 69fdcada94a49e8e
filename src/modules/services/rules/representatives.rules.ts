import { addDays, dayNumber } from './dates.rules.ts'
import { isLiteral, type Node, partsOf, type Test } from './nodes.rules.ts'
import type { Type, Value } from './types.rules.ts'

/*
 * Whatever a condition compares only with values that are written behaves the same between two of them. So one value of each of
 * them, one between each two, one beyond either end, and null stand for all. That is how a condition can be tried at all values.
 */

/** Something that a condition depends on, and the values that stand for all that it can be. */
export type Dimension = { readonly name: string; readonly what: string; readonly values: readonly Value[] }

/** A condition in which whatever it depends on is a name of its own. */
export type Abstract = {
  readonly node: Node
  readonly seen: ReadonlyMap<string, Seen>
  /** Whether every combination of their values is one that answers can have. */
  readonly exact: boolean
}
type Seen = {
  readonly name: string
  readonly what: string
  readonly type: Type
  readonly isRead: boolean
  readonly constants: Set<Value>
}

type Making = { readonly text: string; readonly seen: Map<string, Seen> }

export function abstractOf(node: Node, text: string): Abstract {
  const making: Making = { text, seen: new Map() }
  const made = abstracted(node, making)
  return { node: made, seen: making.seen, exact: areIndependent([...making.seen.values()]) }
}

const areIndependent = (all: readonly Seen[]): boolean =>
  all.every(({ isRead }) => isRead) && areApart(all.map(({ what }) => what))

/** Answers of different questions may have any values beside each other; a group and its own field may not. */
export const areApart = (paths: readonly string[]): boolean =>
  paths.every((one, at) =>
    paths.every((other, where) => at === where || (one !== other && !other.startsWith(`${one}.`))),
  )

export const dimensionsOf = ({ seen }: Abstract): readonly Dimension[] =>
  [...seen.values()].map(({ name, what, type, constants }) => ({
    name,
    what,
    values: representativesOf(type, constants),
  }))

/** What is told apart is kept as it is; all else becomes a name that may have any value of its type. */
function abstracted(node: Node, making: Making): Node {
  switch (node.is) {
    case 'literal':
      return node
    case 'and':
    case 'or':
      return { ...node, left: abstracted(node.left, making), right: abstracted(node.right, making) }
    case 'if':
      if (node.type.kind !== 'boolean') break
      return {
        ...node,
        test: abstracted(node.test, making),
        yes: abstracted(node.yes, making),
        no: abstracted(node.no, making),
      }
    case 'call':
      if (node.name === 'not') return { ...node, given: node.given.map((each) => abstracted(each, making)) }
      break
    case 'compare': {
      if (isLiteral(node.right)) return { ...node, left: asName(node.left, making, [node.right.value]) }
      if (isLiteral(node.left)) return { ...node, right: asName(node.right, making, [node.left.value]) }
      break
    }
    case 'in': {
      const constants = constantsOf(node.tests)
      if (constants) return { ...node, of: asName(node.of, making, constants) }
    }
  }
  return asName(node, making, [])
}

/** What a value is compared with by tests; undefined where that is calculated. */
export function constantsOf(tests: readonly Test[]): readonly Value[] | undefined {
  const constants: Value[] = []
  for (const test of tests) {
    const nodes = test.is === 'compare' ? [test.with] : test.is === 'range' ? [test.low, test.high] : [test.list]
    for (const each of nodes) {
      if (!isLiteral(each)) return undefined
      if (Array.isArray(each.value)) constants.push(...each.value)
      else constants.push(each.value)
    }
  }
  return constants
}

/** The name that stands for a part; parts that are written alike are one, as the same answers give the same. */
function asName(node: Node, { text, seen }: Making, constants: readonly Value[]): Node {
  if (isLiteral(node)) return node
  const key = keyOf(node)
  const known = seen.get(key)
  const one: Seen = known ?? {
    name: `n${seen.size}`,
    what: node.is === 'read' ? key : text.slice(node.at.from, node.at.to),
    type: node.type,
    isRead: node.is === 'read',
    constants: new Set(),
  }
  if (!known) seen.set(key, one)
  for (const each of constants) if (each !== null) one.constants.add(each)
  // What was read or calculated is of its type already; tried values are read as they are.
  return { is: 'read', names: [one.name], type: looselyTyped(node.type), at: node.at }
}

/** Of numbers and choices, any; representatives are made for the narrow type. */
const looselyTyped = (type: Type): Type =>
  type.kind === 'number' ? { kind: 'number' } : type.kind === 'choice' ? { kind: 'text' } : type

/** What is calculated, written in one way. */
export function keyOf(node: Node): string {
  switch (node.is) {
    case 'literal':
      return `${node.type.kind} ${JSON.stringify(node.value)}`
    case 'read':
      return node.names.join('.')
    case 'local':
      return `$${node.slot}`
    default: {
      const words = Object.entries(node).flatMap(([key, value]) =>
        ['is', 'operator', 'name', 'slot'].includes(key) ? [String(value)] : [],
      )
      const more =
        node.is === 'in' ? [JSON.stringify(node.tests, (key, value) => (key === 'at' ? undefined : value))] : []
      const slots = 'loops' in node ? node.loops.map(({ slot }) => String(slot)) : []
      return `${words.join(' ')}(${[...slots, ...more, ...partsOf(node).map(keyOf)].join(', ')})`
    }
  }
}

/** One value for each that comparing with constants can tell apart, and null. */
export function representativesOf(type: Type, constants: Iterable<Value>): readonly Value[] {
  const sorted = [...new Set(constants)].filter((each) => each !== null)
  switch (type.kind) {
    case 'boolean':
      return [true, false, null]
    case 'choice':
      return [...choices(type.values, new Set(sorted)), null]
    case 'text':
      return [...sorted, otherText(sorted as string[]), null]
    case 'number':
      return [
        ...numbers(
          type,
          (sorted as number[]).sort((one, other) => one - other),
        ),
        null,
      ]
    case 'months':
    case 'days':
      return [
        ...numbers(
          { kind: 'number', whole: true },
          (sorted as number[]).sort((one, other) => one - other),
        ),
        null,
      ]
    case 'date':
      return [...days((sorted as string[]).sort()), null]
    case 'list':
      return [[], null]
    case 'group':
      return [{}, null]
    case 'null':
      return [null]
  }
}

/** Of the values that nothing is compared with, one is as good as another. */
function choices(values: readonly string[], constants: ReadonlySet<Value>): readonly string[] {
  const other = values.find((each) => !constants.has(each))
  return [...values.filter((each) => constants.has(each)), ...(other === undefined ? [] : [other])]
}

function otherText(known: readonly string[]): string {
  let other = 'other'
  while (known.includes(other)) other += '+'
  return other
}

function numbers(
  { whole, min = -Infinity, max = Infinity }: Type & { kind: 'number' },
  constants: readonly number[],
): number[] {
  const made = new Set<number>()
  const add = (number: number) => {
    if (number >= min && number <= max && Number.isFinite(number) && (!whole || Number.isInteger(number)))
      made.add(number)
  }
  for (const each of [...constants, min, max]) add(each)
  for (const [low, high] of pairs([min, ...constants, max])) for (const each of between(low, high)) add(each)
  return [...made]
}

/** Numbers between two others, of which at least one is whole where any is; near the one that is finite. */
function between(low: number, high: number): number[] {
  if (low === -Infinity && high === Infinity) return [0]
  // A double of many digits has no next whole number; half as much or twice as much is another.
  if (low === -Infinity) return [Math.ceil(high) - 1, within(high - Math.abs(high))]
  if (high === Infinity) return [Math.floor(low) + 1, within(low + Math.abs(low))]
  const middle = low / 2 + high / 2
  return [Math.floor(low) + 1, middle, Math.floor(middle)]
}

const within = (number: number) => Math.max(-Number.MAX_VALUE, Math.min(number, Number.MAX_VALUE))

const pairs = <Item>(items: readonly Item[]): [Item, Item][] => items.slice(1).map((item, at) => [items[at]!, item])

function days(constants: readonly string[]): string[] {
  const made = new Set(constants)
  const add = (day: string | null) => {
    if (day !== null) made.add(day)
  }
  if (constants.length === 0) return ['2000-01-01']
  add(addDays(constants[0]!, -1))
  add(addDays(constants.at(-1)!, 1))
  for (const [low, high] of pairs(constants)) if (dayNumber(high) - dayNumber(low) > 1) add(addDays(low, 1))
  return [...made].sort()
}
