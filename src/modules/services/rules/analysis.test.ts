import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { workedMs } from '../../../../test/time.ts'
import { analyse, type Verdict, verdictOf } from './analysis.rules.ts'
import { compileCondition } from './compile.rules.ts'
import { answers, expressions, names as manyNames } from './expressions.test.ts'
import { analyseTable } from './table-analysis.rules.ts'
import { compileTable, type Table } from './tables.rules.ts'
import { limits, type Names } from './types.rules.ts'

const seed = Number(process.env.TEST_SEED ?? 20261128)

const names = {
  age: { kind: 'number', whole: true, min: 0, max: 150 },
  fee: { kind: 'number' },
  status: { kind: 'choice', values: ['single', 'married', 'widowed'] },
  town: { kind: 'text' },
  born: { kind: 'date' },
  ready: { kind: 'boolean' },
  sure: { kind: 'boolean' },
  group: { kind: 'group', fields: { fee: { kind: 'number' } } },
  children: { kind: 'list', of: { kind: 'group', fields: { age: { kind: 'number' } } } },
} as const satisfies Names

function found(text: string, of: Names = names) {
  const made = compileCondition(text, of)
  assert.ok('compiled' in made, text)
  return analyse(made.compiled)
}

// biome-ignore format: a table
const verdicts: readonly [text: string, verdict: Verdict][] = [
  ['age >= 18',                                          'varies'],
  ['true',                                               'always true'],
  ['1 > 2',                                              'always false'],
  ['age >= 0',                                           'true where answered'],
  ['age >= 0 or age = null',                             'always true'],
  ['age < 0',                                            'never true'],
  ['age > 17 and age < 18',                              'never true'],
  ['fee > 17 and fee < 18',                              'varies'],
  ['fee > 1e20',                                         'varies'],
  ['fee < -1e20',                                        'varies'],
  ['age > -1000 and age < 1',                            'varies'],
  ['age < 2000 and age > 149',                           'varies'],
  ['age = 17.5',                                         'always false'],
  ['age >= 18 or age < 18',                              'true where answered'],
  ['age > 65 and age < 18',                              'never true'],
  ['age between 65 and 18',                              'never true'],
  ['status = "single" and status = "married"',           'always false'],
  ['status in ("single", "married", "widowed", null)',   'always true'],
  ['status != "single" or status != "married"',          'always true'],
  ['not(status = "single") and status in ("single")',    'always false'],
  ['town = "a" or town != "a"',                          'always true'],
  ['born > date("2000-01-01") and born < date("2000-01-02")', 'never true'],
  ['born > date("2000-01-01") and born < date("2000-01-03")', 'varies'],
  ['ready or not(ready)',                                'true where answered'],
  ['ready and not(ready)',                               'never true'],
  ['if ready then age >= 0 else ready',                  'varies'],
  ['ready = null or ready != null',                      'always true'],
  ['null = age and age > 3',                             'never true'],
  ['fee + 1 > fee',                                      'unknown'],
  ['fee > age',                                          'unknown'],
  ['count(children) >= 0 or ready',                      'unknown'],
  ['count(children) < 0',                                'never true'],
  ['count(children) = 1 and count(children) = 2',        'always false'],
  ['(some child in children satisfies child.age > 3) and age > 65 and age < 18', 'never true'],
  ['fee + 1 > 3 and fee + 1 < 2',                        'never true'],
  ['born + @"P5D" = null and born + @"P5M" != null',     'unknown'],
  ['group = null and group.fee > 3',                     'unknown'],
  ['years and months duration(born, born).years >= 18',  'unknown'],
]

for (const [text, verdict] of verdicts)
  test(`${text}: ${verdict}`, () => {
    assert.equal(verdictOf(found(text)), verdict)
  })

test('each outcome that is said to happen has an example at which it does', () => {
  const text = '(age >= 18 and status != "single") or (fee < 3.5 and ready)'
  const made = compileCondition(text, names)
  assert.ok('compiled' in made)
  const { outcomes, exact, examples } = analyse(made.compiled)
  assert.ok(exact)
  assert.deepEqual([...outcomes].sort(), ['false', 'null', 'true'])
  for (const outcome of outcomes) {
    const values = Object.fromEntries(examples[outcome]!.map(({ what, value }) => [what, value]))
    assert.equal(String(made.compiled.evaluate(values)), outcome)
  }
})

test('beyond the bound of combinations nothing is claimed', () => {
  const many = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`n${at}`, { kind: 'number' as const }]))
  const text = Object.keys(many)
    .map((name) => `${name} > 0`)
    .join(' and ')
  assert.equal(verdictOf(found(`${text} and n0 < 0`, many)), 'unknown')
})

const simple = fc.letrec<Record<string, string>>((tie) => ({
  atom: fc.oneof(
    fc.constantFrom(
      'a',
      'b',
      'c = "one"',
      'c in ("one", "two")',
      'g.c != "x"',
      't = "a"',
      't in ("a", "b")',
      'd > date("2001-02-28")',
      'd <= e',
    ),
    fc.constantFrom(
      'n + m > 1',
      'count(numbers) > 1',
      'numbers = null',
      'g = null',
      'd in [date("2000-01-31")..date("2000-02-29")]',
      'people[1].age > 0',
    ),
    fc
      .tuple(
        fc.constantFrom('n', 'm', 'g.n', 'n + 1'),
        fc.constantFrom('<', '<=', '=', '!=', '>', '>='),
        fc.integer({ min: -3, max: 3 }),
      )
      .map((each) => each.join(' ')),
  ),
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('atom'),
    fc
      .tuple(tie('condition'), fc.constantFrom('and', 'or'), tie('condition'))
      .map(([one, operator, other]) => `((${one}) ${operator} (${other}))`),
    tie('condition').map((one) => `not(${one})`),
    fc
      .tuple(tie('condition'), tie('condition'), tie('condition'))
      .map(([test, one, other]) => `(if ${test} then ${one} else ${other})`),
  ),
}))

for (const [what, condition] of [
  ['conditions of comparisons', simple.condition!],
  ['conditions of the whole subset', expressions({ wide: true }).truth!],
] as const)
  test(`no answers give an outcome that the analysis has ruled out: ${what}`, () => {
    fc.assert(
      fc.property(condition, fc.array(answers, { minLength: 10, maxLength: 10 }), (text, all) => {
        const made = compileCondition(text, manyNames)
        assert.ok('compiled' in made, text)
        const { outcomes, exact, examples } = analyse(made.compiled)
        for (const values of all) {
          const outcome = String(made.compiled.evaluate(values)) as 'true'
          assert.ok(outcomes.includes(outcome), `${text}: ${outcome} ${JSON.stringify(values)}`)
        }
        if (exact)
          for (const outcome of outcomes)
            assert.equal(String(made.compiled.evaluate(nested(examples[outcome]!))), outcome, text)
      }),
      { numRuns: 1500, seed },
    )
  })

/** Answers from an example, in which what is read stands by its path. */
function nested(example: readonly { what: string; value: unknown }[]): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const { what, value } of example) {
    const [first, second] = what.split('.') as [string, string?]
    if (second === undefined) values[first] = value
    else values[first] = { ...(values[first] as object), [second]: value }
  }
  return values
}

const tableOf = (
  inputs: readonly string[],
  rows: readonly (readonly string[])[],
  hit: Table['hit'] = 'unique',
): Table => ({
  hit,
  inputs,
  outputs: {},
  rows: rows.map((when) => ({ when, gives: {} })),
})
function looked(table: Table, of: Names = names) {
  const made = compileTable(table, of)
  assert.ok('compiled' in made, JSON.stringify(made))
  return analyseTable(made.compiled)
}

test('rows that share no value do not overlap, and together leave no gap', () => {
  const findings = looked(
    tableOf(
      ['age', 'status'],
      [
        ['< 18', '-'],
        ['[18..64]', '"single"'],
        ['[18..64]', 'not("single")'],
        ['>= 65', '-'],
      ],
    ),
  )
  assert.deepEqual(findings.overlaps, [])
  assert.deepEqual(findings.gap, { is: 'none' })
  assert.deepEqual(findings.never, [])
  // Whoever did not answer falls through all of them.
  assert.equal(findings.gapWithoutAnswers.is, 'found')
})

test('two rows that both match are found with an example, and a gap with one', () => {
  const findings = looked(
    tableOf(
      ['age', 'status'],
      [
        ['<= 18', '-'],
        ['>= 18', '"single"'],
        ['> 18', '"married"'],
      ],
    ),
  )
  assert.deepEqual(
    findings.overlaps.map(({ rows, certain, example }) => ({ rows, certain, age: example[0]!.value })),
    [{ rows: [0, 1], certain: true, age: 18 }],
  )
  assert.equal(findings.gap.is, 'found')
  assert.equal('example' in findings.gap && findings.gap.example?.[1]?.value, 'widowed')
})

test('between whole numbers there is no gap, and between others there is', () => {
  assert.equal(looked(tableOf(['age'], [['<= 17'], ['>= 18']])).gap.is, 'none')
  assert.equal(looked(tableOf(['fee'], [['<= 17'], ['>= 18']])).gap.is, 'found')
  assert.equal(looked(tableOf(['count(children)'], [['0'], ['1'], ['>= 2']])).gap.is, 'none')
  assert.equal(looked(tableOf(['born'], [['< date("2000-01-01")'], ['>= date("2000-01-01")']])).gap.is, 'none')
})

test('where inputs are calculated, or cells look at other names, what is found is not certain', () => {
  const [overlap] = looked(
    tableOf(
      ['count(children)', 'age'],
      [
        ['> 1', '-'],
        ['> 2', '-'],
      ],
    ),
  ).overlaps
  assert.equal(overlap!.certain, false)
  assert.equal(looked(tableOf(['fee'], [['< age'], ['>= age']])).gap.is, 'unknown')
  assert.equal(looked(tableOf(['fee'], [['< age'], ['>= age']])).overlaps[0]!.certain, false)
  // Kept apart by another input all the same.
  assert.deepEqual(
    looked(
      tableOf(
        ['fee', 'ready'],
        [
          ['< age', 'true'],
          ['>= age', 'false'],
        ],
      ),
    ).overlaps,
    [],
  )
  assert.equal(
    looked(
      tableOf(
        ['fee', 'fee'],
        [
          ['< 1', '-'],
          ['-', '> 1'],
        ],
      ),
    ).overlaps[0]!.certain,
    false,
  )
})

test('a row that nothing can match is found', () => {
  assert.deepEqual(
    looked(
      tableOf(
        ['age', 'status'],
        [
          ['> 200', '-'],
          ['-', '-'],
          ['5.5', '-'],
          ['not(-1)', '-'],
        ],
        'first',
      ),
    ).never,
    [0, 2],
  )
})

test('a choice of very many values costs no more than those that are named', () => {
  const values = Array.from({ length: 250 }, (_, at) => `country-${at}`)
  const many = {
    from: { kind: 'choice', values },
    to: { kind: 'choice', values },
    by: { kind: 'choice', values },
  } as const
  assert.equal(verdictOf(found('from = "country-1" or to = "country-2" or by != "country-3"', many)), 'varies')
  assert.equal(verdictOf(found('from = "country-1" and from != "country-1"', many)), 'always false')
})

test('the largest table is looked at within two seconds', () => {
  const rows = Array.from({ length: limits.rows }, (_, at) => [
    `[${at}..${at + 1})`,
    at % 2 ? '"single"' : 'not("single")',
    '-',
    '>= 5',
  ])
  const made = compileTable(tableOf(['fee', 'status', 'born', 'age'], rows), names)
  assert.ok('compiled' in made)
  const began = workedMs()
  const findings = analyseTable(made.compiled)
  assert.deepEqual(findings.overlaps, [])
  assert.equal(findings.gap.is, 'found')
  assert.ok(workedMs() - began < 2000)
})

const cell = fc.constantFrom('-', '1', '2, 3', '< 2', '>= 2', 'not(1)', '[1..3)', 'null', '> m', 'not(< 0)')
const flag = fc.constantFrom('-', 'true', 'false', 'null', 'not(true)')

test('no answers match two rows, or none, where the analysis has ruled that out', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(cell, flag, cell), { minLength: 1, maxLength: 5 }),
      fc.array(answers, { maxLength: 10 }),
      (rows, all) => {
        const table = tableOf(['n', 'a', 'g.n'], rows, 'collect')
        const made = compileTable(table, manyNames)
        assert.ok('compiled' in made)
        const { overlaps, gap, gapWithoutAnswers, never } = analyseTable(made.compiled)
        for (const values of all) {
          const { matches, inputs } = made.compiled.evaluate(values)
          const matched = matches.map(({ row }) => row)
          for (const row of matched) {
            assert.ok(!never.includes(row))
            for (const other of matched.filter((each) => each > row))
              assert.ok(
                overlaps.some(({ rows: [one, two] }) => one === row && two === other),
                `${row} ${other}`,
              )
          }
          if (matched.length === 0) {
            assert.notEqual(gapWithoutAnswers.is, 'none')
            if (!inputs.includes(null)) assert.notEqual(gap.is, 'none')
          }
        }
        for (const { rows: pair, certain, example } of overlaps)
          if (certain) {
            const matched = made.compiled.evaluate(nested(example)).matches.map(({ row }) => row)
            assert.ok(pair.every((row) => matched.includes(row)))
          }
        for (const each of [gap, gapWithoutAnswers])
          if (each.is === 'found') assert.equal(made.compiled.evaluate(nested(each.example!)).outcome, 'none')
      },
    ),
    { numRuns: 1000, seed },
  )
})
