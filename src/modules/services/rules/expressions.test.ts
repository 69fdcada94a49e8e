import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compile } from './compile.rules.ts'
import { limits, type Names, type Type } from './types.rules.ts'

/* Random expressions of the subset, by the type of what they give, and random answers to evaluate them on. */

export const names = {
  n: { kind: 'number' },
  m: { kind: 'number' },
  t: { kind: 'text' },
  u: { kind: 'text' },
  a: { kind: 'boolean' },
  b: { kind: 'boolean' },
  d: { kind: 'date' },
  e: { kind: 'date' },
  c: { kind: 'choice', values: ['one', 'two', 'three'] },
  numbers: { kind: 'list', of: { kind: 'number' } },
  words: { kind: 'list', of: { kind: 'text' } },
  g: {
    kind: 'group',
    fields: { n: { kind: 'number' }, d: { kind: 'date' }, c: { kind: 'choice', values: ['x', 'y'] } },
  },
  people: {
    kind: 'list',
    of: { kind: 'group', fields: { age: { kind: 'number' }, name: { kind: 'text' }, born: { kind: 'date' } } },
  },
} as const satisfies Names

/** Numbers that a double holds exactly, as a quarter does. */
export const someNumber = fc.integer({ min: -24, max: 24 }).map((quarters) => quarters / 4)
export const someWord = fc.constantFrom('', 'a', 'ab', 'b', 'Ba', 'é', '海旁', '😀a')
export const someDate = fc.constantFrom(
  '2000-02-29',
  '2001-02-28',
  '2000-01-31',
  '2004-12-31',
  '1999-03-01',
  '2023-07-15',
)

/** A value of a type, or null. */
export function someOf(type: Type): fc.Arbitrary<unknown> {
  switch (type.kind) {
    case 'number':
      return fc.option(someNumber)
    case 'text':
      return fc.option(someWord)
    case 'choice':
      return fc.option(fc.constantFrom(...type.values))
    case 'boolean':
      return fc.option(fc.boolean())
    case 'date':
      return fc.option(someDate)
    case 'list':
      return fc.option(fc.array(someOf(type.of), { maxLength: 3 }), { freq: 8 })
    case 'group':
      return type === names.g ? fc.option(valuesOf(type.fields), { freq: 8 }) : valuesOf(type.fields)
    default:
      return fc.constant(null)
  }
}

export const valuesOf = (of: Names): fc.Arbitrary<Record<string, unknown>> =>
  fc.record(Object.fromEntries(Object.entries(of).map(([name, type]) => [name, someOf(type)])))

export const answers = valuesOf(names)

const quoted = (text: string) => JSON.stringify(text)
const written = (number: number) => (number < 0 ? `(${number})` : String(number))

type Tie = (name: string) => fc.Arbitrary<string>
const join = (template: (...parts: string[]) => string, ...parts: fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(...parts).map((each) => template(...each))

/** Expressions of each type. `wide` adds what feelin, or FEEL of other makers, does in another way: see peer.test.ts. */
export function expressions({ wide }: { wide: boolean }): Record<string, fc.Arbitrary<string>> {
  const some = (...all: fc.Arbitrary<string>[]) => fc.oneof({ depthSize: 'small', withCrossShrink: true }, ...all)
  const order = fc.constantFrom('<', '<=', '>', '>=')
  const equal = fc.constantFrom('=', '!=')
  const few = fc.constantFrom('n', 'm', '2', '-1')
  const literalDate = someDate.map((day) => `date("${day}")`)
  const low = fc.integer({ min: -4, max: 0 }).map(written)
  const high = fc.integer({ min: 1, max: 5 }).map(written)
  const tied = fc.letrec<Record<string, string>>((tie) => {
    const of = tie as Tie
    const [number, text, truth, date] = [of('number'), of('text'), of('truth'), of('date')]
    const compared = (kind: fc.Arbitrary<string>) =>
      join((x, y, z) => `${x} ${y} ${z}`, kind, fc.oneof(order, equal), kind)
    const scalars = [number, text, truth, date]
    return {
      number: some(
        fc.constantFrom('n', 'm', 'g.n'),
        someNumber.map(written),
        join((x, op, y) => `(${x} ${op} ${y})`, number, fc.constantFrom('+', '-', '*'), number),
        join((x, y) => `(${x} / ${y})`, number, fc.constantFrom('2', '4', '(-2)', '0')),
        join((x) => `-(${x})`, number),
        join((x, y, z) => `(if ${x} then ${y} else ${z})`, truth, number, number),
        join((x) => `count(${x})`, fc.oneof(of('numbers'), fc.constant('people'), fc.constant('words'))),
        join((f, x) => `${f}(${x})`, fc.constantFrom('sum', 'min', 'max', 'count'), of('numbers')),
        join((f, x, y) => `${f}(${x}, ${y})`, fc.constantFrom('sum', 'min', 'max'), number, number),
        join((f, x) => `${f}(${x})`, fc.constantFrom('abs', 'floor', 'ceiling'), number),
        join((x) => `string length(${x})`, text),
        join((x, y) => `${x}[${y}]`, of('numbers'), fc.constantFrom('1', '2', '-1')),
        join((x, part) => `(${x}).${part}`, date, fc.constantFrom('year', 'month', 'day', 'weekday')),
        join((x, y) => `(${x} - ${y}).days`, date, date),
        ...(wide
          ? [
              join(
                (x, y, part) => `years and months duration(${x}, ${y}).${part}`,
                date,
                date,
                fc.constantFrom('years', 'months'),
              ),
            ]
          : []),
      ),
      text: some(
        fc.constantFrom('t', 'u'),
        someWord.map(quoted),
        join((x, y) => `(${x} + ${y})`, text, text),
        join((f, x) => `${f}(${x})`, fc.constantFrom('upper case', 'lower case'), text),
        join((x, y, z) => `(if ${x} then ${y} else ${z})`, truth, text, text),
        fc.constantFrom('people[1].name', 'words[1]', 'words[-1]'),
      ),
      date: some(
        fc.constantFrom('d', 'e', 'g.d'),
        literalDate,
        someDate.map((day) => `@"${day}"`),
        join((x, op, y) => `(${x} ${op} ${y})`, date, fc.constantFrom('+', '-'), of('duration')),
        join((x, y, z) => `(if ${x} then ${y} else ${z})`, truth, date, date),
      ),
      duration: fc.constantFrom(
        '@"P1M"',
        '@"P1Y2M"',
        'duration("P30D")',
        '@"-P1M"',
        '(@"P1D" + @"P2D")',
        '(@"P1Y" - @"P1M")',
      ),
      numbers: some(
        fc.constantFrom('numbers', 'people.age'),
        join((x, y) => `[${x}, ${y}]`, number, number),
        join((x, y) => `append(${x}, ${y})`, of('numbers'), number),
        join((x, op, y) => `${x}[item ${op} ${y}]`, of('numbers'), order, number),
        join((x, y) => `(for i1 in ${x} return ${y})`, of('numbers'), fc.constantFrom('i1 + 1', 'i1 * n', 'n', '-i1')),
        join((x) => `(for p1 in people[age ${x}] return p1.age)`, fc.constantFrom('> 2', '<= 1', '!= 1')),
        fc.constant('(for k1 in numbers, k2 in numbers return k1 + k2)'),
      ),
      truth: some(
        fc.constantFrom('a', 'b', 'true', 'false'),
        join((x, op, y) => `(${x} ${op} ${y})`, truth, fc.constantFrom('and', 'or'), truth),
        join((x) => `not(${x})`, truth),
        compared(number).map((each) => `(${each})`),
        compared(date).map((each) => `(${each})`),
        join((x, op, y) => `(${x} ${op} ${y})`, text, equal, text),
        join((op, y) => `(c ${op} ${y})`, equal, fc.constantFrom('"one"', '"two"', 'null')),
        ...scalars.map((kind) => join((x, op) => `(${x} ${op} null)`, kind, equal)),
        join((x, y, z) => `(${x} between ${y} and ${z})`, number, low, high),
        join((x, y, z) => `(${x} in [${y}..${z}))`, number, low, high),
        join((x, y, z) => `(${x} in (${y}, > ${z}))`, number, number, high),
        join((x, y) => `(${x} in ${y})`, number, of('numbers')),
        join((x) => `(${x} in (date("2000-02-29"), < date("2000-01-31")))`, date),
        join((f, x, y) => `${f}(${x}, ${y})`, fc.constantFrom('contains', 'starts with', 'ends with'), text, text),
        join((x, y) => `list contains(${x}, ${y})`, of('numbers'), number),
        join((x) => `list contains(words, ${x})`, text),
        join((x, y, z) => `(if ${x} then ${y} else ${z})`, truth, truth, truth),
        fc.constantFrom('(g.c = "x")', '(g = null)', '(numbers = null)', '(c in ("one", "three"))'),
        ...(wide
          ? [
              join(
                (f, x, y) => `(${f} q1 in ${x} satisfies q1 > ${y})`,
                fc.constantFrom('some', 'every'),
                of('numbers'),
                few,
              ),
              join((f, x) => `(${f} q2 in people satisfies q2.age > ${x})`, fc.constantFrom('some', 'every'), few),
              join((x, y, z) => `(${x} in [${y}..${z}])`, number, number, number),
              join((x) => `(count(people[name = ${x}]) > 0)`, text),
              join((x) => `((${x}) = (d - e))`, fc.constantFrom('@"P30D"', 'd - e', 'e - d')),
            ]
          : []),
      ),
    }
  })
  const short = (text: string) => text.length <= limits.expression / 2
  return Object.fromEntries(
    Object.entries(tied).map(([kind, each]) => [kind, (each as fc.Arbitrary<string>).filter(short)]),
  )
}

test('random expressions of the subset are all understood', () => {
  for (const expression of Object.values(expressions({ wide: true })))
    fc.assert(
      fc.property(expression, (text) => {
        const made = compile(text, names)
        assert.ok('compiled' in made, `${text} ${JSON.stringify('complaints' in made && made.complaints)}`)
      }),
      { numRuns: 50, seed: 1 },
    )
})
