import { addDays, addMonths, dayNumber, dayOf, monthOf, monthsOf, weekdayOf, yearOf, yearsOf } from './dates.rules.ts'
import { add, divide, multiply, subtract } from './decimals.rules.ts'
import { bounded, type Frame, functions, spend } from './functions.rules.ts'
import { type Comparator, isLiteral, type Loop, type Node, partsOf, sizeOf, type Test } from './nodes.rules.ts'
import { readerOf } from './readers.rules.ts'
import { isText, limits, RulesExceeded, type Value, type Values } from './types.rules.ts'

/** An expression made ready. Its values were checked when they were read, and its types when it was compiled. */
export type Run = (values: Values, frame: Frame) => Value
type Truth = boolean | null

export const openFrame = (slots: number): Frame => ({ locals: new Array(slots).fill(null), steps: limits.steps })

/** Where nothing is counted, as the expression has no loop, list or text that grows. */
const noFrame: Frame = { locals: [], steps: Number.POSITIVE_INFINITY }

/** Whether an evaluation can take more steps than the expression has nodes. */
function counts(node: Node): boolean {
  if (node.type.kind === 'list' || node.is === 'call' || node.is === 'filter' || node.is === 'index') return true
  if (node.is === 'some' || node.is === 'every') return true
  return partsOf(node).some(counts)
}

/** An expression made ready for answers; it throws RulesExceeded where one evaluation is too much. */
export function evaluatorOf(node: Node, slots: number): (values: Values) => Value {
  const run = runOf(node)
  return counts(node) ? (values) => run(values, openFrame(slots)) : (values) => run(values, noFrame)
}

/** What depends on nothing is calculated once, when it is compiled. */
export function foldNode(node: Node): Node {
  const parts = partsOf(node)
  if (isLiteral(node) || parts.length === 0 || !parts.every(isLiteral)) return node
  if (node.is === 'for' || node.is === 'some' || node.is === 'every' || node.is === 'filter') return node
  try {
    const value = runOf(node)({}, { locals: [], steps: limits.list })
    const type = node.type.kind === 'text' && typeof value === 'string' ? choiceOf(value) : node.type
    return { is: 'literal', value, type, at: node.at }
  } catch (error) {
    // It is refused when it is evaluated, as everything is that is too much.
    if (error instanceof RulesExceeded) return node
    throw error
  }
}
const choiceOf = (value: string) => ({ kind: 'choice', values: [value], written: true }) as const

export function runOf(node: Node): Run {
  switch (node.is) {
    case 'literal': {
      const { value } = node
      return () => value
    }
    case 'read':
      return runRead(node.names, readerOf(node.type), node.type.kind === 'list')
    case 'local': {
      const { slot } = node
      return (_, frame) => frame.locals[slot]!
    }
    case 'field': {
      const [of, name, read] = [runOf(node.of), node.name, readerOf(node.type)]
      return (values, frame) => {
        const group = of(values, frame)
        return read(group === null ? null : (group as Values)[name])
      }
    }
    case 'part':
      return runPart(runOf(node.of), node.name)
    case 'and':
    case 'or':
      return runLogic(node.is === 'and', runOf(node.left), runOf(node.right))
    case 'compare':
      return runCompare(runOf(node.left), node.operator, node.right)
    case 'in':
      return runIn(runOf(node.of), node.tests)
    case 'arithmetic':
      return runArithmetic(node)
    case 'if': {
      const [test, yes, no] = [runOf(node.test), runOf(node.yes), runOf(node.no)]
      // Null goes the other way, as false does (DMN 1.5, table 49).
      return (values, frame) => (test(values, frame) === true ? yes(values, frame) : no(values, frame))
    }
    case 'some':
    case 'every':
      return runQuantified(node.is === 'some', node.loops, node.test)
    case 'for':
      return runFor(node.loops, node.body)
    case 'filter':
      return runFilter(runOf(node.of), node.slot, node.test)
    case 'index':
      return runIndex(runOf(node.of), runOf(node.index))
    case 'list': {
      const items = node.items.map(runOf)
      return (values, frame) => items.map((item) => item(values, frame))
    }
    case 'call': {
      const [{ run }, given] = [functions[node.name]!, node.given.map(runOf)]
      return (values, frame) =>
        run(
          given.map((each) => each(values, frame)),
          frame,
        )
    }
  }
}

const isGroup = (kept: unknown): kept is Values => typeof kept === 'object' && kept !== null

function runRead(names: readonly string[], read: (kept: unknown) => Value, isList: boolean): Run {
  const [first, second] = names as [string, string?]
  if (isList)
    return (values, frame) => {
      const list = read(names.reduce<unknown>((kept, name) => (isGroup(kept) ? kept[name] : null), values))
      if (list !== null) spend(frame, (list as readonly Value[]).length)
      return list
    }
  if (second === undefined) return (values) => read(values[first])
  if (names.length === 2)
    return (values) => {
      const group = values[first]
      return read(isGroup(group) ? group[second] : null)
    }
  return (values) => read(names.reduce<unknown>((kept, name) => (isGroup(kept) ? kept[name] : null), values))
}

const readParts: Readonly<Record<string, (value: never) => number>> = {
  year: yearOf,
  month: monthOf,
  day: dayOf,
  weekday: weekdayOf,
  years: yearsOf,
  months: monthsOf,
  days: (days: number) => days,
}

function runPart(of: Run, name: string): Run {
  const read = readParts[name]!
  return (values, frame) => {
    const value = of(values, frame)
    return value === null ? null : read(value as never)
  }
}

/** The logic of three values (DMN 1.5, tables 50 and 51). */
function runLogic(isAnd: boolean, left: Run, right: Run): Run {
  const ends = !isAnd
  return (values, frame) => {
    const one = left(values, frame)
    if (one === ends) return ends
    const other = right(values, frame)
    if (other === ends) return ends
    return one === null || other === null ? null : isAnd
  }
}

/**
 * Comparing (DMN 1.5, tables 52 to 54): null equals null alone, and is neither more nor less than anything. Dates are
 * compared as they are written, which is their order.
 */
const comparing: Readonly<Record<Comparator, (one: Value, other: Value) => Truth>> = {
  '=': (one, other) => one === other,
  '!=': (one, other) => one !== other,
  '<': (one, other) => (one === null || other === null ? null : one < other),
  '<=': (one, other) => (one === null || other === null ? null : one <= other),
  '>': (one, other) => (one === null || other === null ? null : one > other),
  '>=': (one, other) => (one === null || other === null ? null : one >= other),
}

/** With a value that is known when compiling, each comparison is a function of its own, which engines make fast. */
const comparingWith: Readonly<Record<Comparator, (left: Run, other: Value) => Run>> = {
  '=': (left, other) => (values, frame) => left(values, frame) === other,
  '!=': (left, other) => (values, frame) => left(values, frame) !== other,
  '<': (left, other) => (values, frame) => {
    const one = left(values, frame)
    return one === null ? null : one < other!
  },
  '<=': (left, other) => (values, frame) => {
    const one = left(values, frame)
    return one === null ? null : one <= other!
  },
  '>': (left, other) => (values, frame) => {
    const one = left(values, frame)
    return one === null ? null : one > other!
  },
  '>=': (left, other) => (values, frame) => {
    const one = left(values, frame)
    return one === null ? null : one >= other!
  },
}

function runCompare(left: Run, operator: Comparator, right: Node): Run {
  if (isLiteral(right) && right.value !== null) return comparingWith[operator](left, right.value)
  const [compare, other] = [comparing[operator], runOf(right)]
  return (values, frame) => compare(left(values, frame), other(values, frame))
}

/** A test made ready, of a value that was calculated before. */
export type RunTest = (value: Value, values: Values, frame: Frame) => Truth

function runTest(test: Test): RunTest {
  if (test.is === 'compare') {
    const compare = comparing[test.operator]
    if (isLiteral(test.with)) {
      const other = test.with.value
      return (value) => compare(value, other)
    }
    const other = runOf(test.with)
    return (value, values, frame) => compare(value, other(values, frame))
  }
  if (test.is === 'among') {
    const list = runOf(test.list)
    return (value, values, frame) => {
      const all = list(values, frame) as readonly Value[] | null
      if (all === null) return null
      spend(frame, all.length)
      return all.includes(value)
    }
  }
  const [low, high] = [runOf(test.low), runOf(test.high)]
  const [above, below] = [comparing[test.withLow ? '>=' : '>'], comparing[test.withHigh ? '<=' : '<']]
  return (value, values, frame) => {
    const one = above(value, low(values, frame))
    if (one === false) return false
    const other = below(value, high(values, frame))
    if (other === false) return false
    return one === null || other === null ? null : true
  }
}

/** Whether one of the tests holds; null where none does and one is not known (DMN 1.5, table 55). */
export function runTests(tests: readonly Test[]): RunTest {
  const literals = tests.flatMap((test) =>
    test.is === 'compare' && test.operator === '=' && isLiteral(test.with) ? [test.with.value] : [],
  )
  // Only values that are known: whether it is one of them is one look.
  if (literals.length === tests.length) {
    const known = new Set(literals)
    return (value) => known.has(value)
  }
  const ready = tests.map(runTest)
  if (ready.length === 1) return ready[0]!
  return (value, values, frame) => {
    let result: Truth = false
    for (const test of ready) {
      const holds = test(value, values, frame)
      if (holds === true) return true
      if (holds === null) result = null
    }
    return result
  }
}

function runIn(of: Run, tests: readonly Test[]): Run {
  const test = runTests(tests)
  return (values, frame) => test(of(values, frame), values, frame)
}

type Calculation = (one: never, other: never) => Value

function calculationOf({ operator, left, right }: Node & { is: 'arithmetic' }): Calculation {
  if (operator === '*') return multiply as Calculation
  if (operator === '/') return divide as Calculation
  if (isText(left.type)) return (one: string, other: string) => bounded(one + other)
  if (left.type.kind === 'date' && right.type.kind === 'date')
    return (one: string, other: string) => dayNumber(one) - dayNumber(other)
  if (left.type.kind === 'date') {
    const later = right.type.kind === 'months' ? addMonths : addDays
    return operator === '+'
      ? (one: string, other: number) => later(one, other)
      : (one: string, other: number) => later(one, -other)
  }
  if (right.type.kind === 'date') {
    const later = left.type.kind === 'months' ? addMonths : addDays
    return (one: number, other: string) => later(other, one)
  }
  return (operator === '+' ? add : subtract) as Calculation
}

function runArithmetic(node: Node & { is: 'arithmetic' }): Run {
  const [left, right, calculate] = [runOf(node.left), runOf(node.right), calculationOf(node)]
  return (values, frame) => {
    const [one, other] = [left(values, frame), right(values, frame)]
    return one === null || other === null ? null : calculate(one as never, other as never)
  }
}

/** Goes through every combination of the lists, the last one fastest; false where one of them is null. */
function loopsOf(loops: readonly Loop[], body: Node): (values: Values, frame: Frame, visit: () => boolean) => boolean {
  const lists = loops.map(({ list }) => runOf(list))
  const [cost, costs] = [sizeOf(body), loops.map(({ list }) => sizeOf(list))]
  const go = (depth: number, values: Values, frame: Frame, visit: () => boolean): 'done' | 'ended' | 'null' => {
    spend(frame, costs[depth]!)
    const list = lists[depth]!(values, frame) as readonly Value[] | null
    if (list === null) return 'null'
    const { slot } = loops[depth]!
    for (const thing of list) {
      spend(frame, cost)
      frame.locals[slot] = thing
      if (depth + 1 < lists.length) {
        const inner = go(depth + 1, values, frame, visit)
        if (inner !== 'done') return inner
      } else if (!visit()) return 'ended'
    }
    return 'done'
  }
  return (values, frame, visit) => go(0, values, frame, visit) !== 'null'
}

/** True as soon as one is, or false as soon as one is not; null where one is not known (DMN 1.5, table 49). */
function runQuantified(isSome: boolean, loops: readonly Loop[], test: Node): Run {
  const [go, holds] = [loopsOf(loops, test), runOf(test)]
  return (values, frame) => {
    let result: Truth = !isSome
    const went = go(values, frame, () => {
      const one = holds(values, frame) as Truth
      if (one === null) result = null
      if (one !== isSome) return true
      result = isSome
      return false
    })
    return went ? result : null
  }
}

function runFor(loops: readonly Loop[], body: Node): Run {
  const [go, make] = [loopsOf(loops, body), runOf(body)]
  return (values, frame) => {
    const made: Value[] = []
    const went = go(values, frame, () => {
      if (made.length >= limits.list) throw new RulesExceeded('list')
      made.push(make(values, frame))
      return true
    })
    return went ? made : null
  }
}

function runFilter(of: Run, slot: number, test: Node): Run {
  const [holds, cost] = [runOf(test), sizeOf(test)]
  return (values, frame) => {
    const list = of(values, frame) as readonly Value[] | null
    return list === null
      ? null
      : list.filter((thing) => {
          spend(frame, cost)
          frame.locals[slot] = thing
          return holds(values, frame) === true
        })
  }
}

/** The first is 1, and the last -1. */
function runIndex(of: Run, index: Run): Run {
  return (values, frame) => {
    const list = of(values, frame) as readonly Value[] | null
    const at = index(values, frame) as number | null
    if (list === null || at === null) return null
    return list[at < 0 ? list.length + at : at - 1] ?? null
  }
}
