import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languages, say } from '#platform'
import { sentences } from './complaints.rules.ts'
import { compileTable, type Table } from './tables.rules.ts'
import { limits, type Names, RulesExceeded } from './types.rules.ts'

const names = {
  age: { kind: 'number', whole: true, min: 0, max: 150 },
  status: { kind: 'choice', values: ['single', 'married', 'widowed'] },
  born: { kind: 'date' },
  children: { kind: 'list', of: { kind: 'group', fields: { age: { kind: 'number' } } } },
  limit: { kind: 'number' },
} as const satisfies Names

const allowance: Table = {
  hit: 'unique',
  inputs: ['age', 'status', 'count(children)'],
  outputs: { amount: { kind: 'number' }, tier: { kind: 'choice', values: ['low', 'high'] } },
  rows: [
    { when: ['< 18', '-', '-'], gives: { amount: '0', tier: 'null' }, reason: 'too-young' },
    { when: ['[18..65)', 'not("widowed")', '-'], gives: { amount: '1000', tier: '"low"' }, reason: 'of-working-age' },
    {
      when: ['[18..65)', '"widowed"', '>= 1'],
      gives: { amount: '500 * count(children)', tier: '"low"' },
      reason: 'alone',
    },
    { when: ['>= 65', '-', '-'], gives: { amount: '3000', tier: '"high"' }, reason: 'old' },
  ],
}

function compiled(table: Table) {
  const made = compileTable(table, names)
  assert.ok('compiled' in made, 'complaints' in made ? JSON.stringify(made.complaints, null, 1) : '')
  return made.compiled
}

test('a table answers with the row that matched, its reason, and what its inputs were', () => {
  const { evaluate, reads } = compiled(allowance)
  assert.deepEqual(evaluate({ age: 40, status: 'widowed', children: [{}, {}] }), {
    outcome: 'matched',
    inputs: [40, 'widowed', 2],
    matches: [{ row: 2, reason: 'alone', outputs: { amount: 1000, tier: 'low' } }],
  })
  assert.deepEqual(reads, ['age', 'children', 'status'])
})

test('a table answers with none where no row matches, as for what nobody answered', () => {
  const { evaluate } = compiled(allowance)
  assert.deepEqual(evaluate({}), { outcome: 'none', inputs: [null, null, null], matches: [] })
  assert.equal(evaluate({ age: 40, status: 'widowed', children: [] }).outcome, 'none')
})

const overlapping = (hit: Table['hit']): Table => ({
  hit,
  inputs: ['age'],
  outputs: { amount: { kind: 'number' } },
  rows: [
    { when: ['>= 18'], gives: { amount: '1' }, reason: 'adult' },
    { when: ['>= 65, null'], gives: { amount: '2' }, reason: 'old' },
  ],
})

test('a table of which one row may match decides nothing where two do, and tells both', () => {
  const decision = compiled(overlapping('unique')).evaluate({ age: 70 })
  assert.equal(decision.outcome, 'conflict')
  assert.deepEqual(
    decision.matches.map(({ reason }) => reason),
    ['adult', 'old'],
  )
})

test('a table of the first row that matches stops there, and one that collects has all', () => {
  assert.deepEqual(
    compiled(overlapping('first'))
      .evaluate({ age: 70 })
      .matches.map(({ row }) => row),
    [0],
  )
  assert.deepEqual(
    compiled(overlapping('collect'))
      .evaluate({ age: 70 })
      .matches.map(({ row }) => row),
    [0, 1],
  )
  assert.deepEqual(
    compiled(overlapping('collect'))
      .evaluate({})
      .matches.map(({ row }) => row),
    [1],
  )
})

// biome-ignore format: a table
const cells: readonly [cell: string, value: number | null, holds: boolean][] = [
  ['-', null, true],            ['-', 1, true],                ['1', 1, true],               ['1', 2, false],
  ['1, 2', 2, true],            ['null', null, true],          ['null', 1, false],           ['not(null)', null, false],
  ['not(null)', 1, true],       ['not(1, 2)', 3, true],        ['not(1, 2)', 2, false],      ['not(> 1)', null, false],
  ['[1..3)', 3, false],         ['[1..3)', 1, true],           [']1..3]', 1, false],         ['(1..3]', 3, true],
  ['limit', 7, true],           ['< limit', 7, false],         ['[limit - 1..limit + 1]', 8, true], ['(> 6)', 7, true],
]

for (const [cell, value, holds] of cells)
  test(`the cell ${cell} ${holds ? 'holds' : 'does not hold'} for ${value}`, () => {
    const table: Table = { hit: 'first', inputs: ['age'], outputs: {}, rows: [{ when: [cell], gives: {} }] }
    assert.equal(compiled(table).evaluate({ age: value, limit: 7 }).outcome === 'matched', holds)
  })

// biome-ignore format: a table
const mistakes: readonly [what: string, changed: Partial<Table> , place: object, sentence: keyof typeof sentences][] = [
  ['an input with a slip',      { inputs: ['agee', 'status', 'count(children)'] },     { part: 'input', input: 0 },                 'nearName'],
  ['an input of a list',        { inputs: ['age', 'status', 'children'] },             { part: 'input', input: 2 },                 'scalarInput'],
  ['a missing cell',            { rows: [{ when: ['-', '-'], gives: {} }] },           { part: 'row', row: 0 },                     'wrongCells'],
  ['a value that is none',      { rows: [{ when: ['-', '"maried"', '-'], gives: { amount: '1', tier: 'null' } }] }, { part: 'when', row: 0, input: 1 }, 'nearValue'],
  ['an empty cell',             { rows: [{ when: ['-', '', '-'], gives: { amount: '1', tier: 'null' } }] }, { part: 'when', row: 0, input: 1 }, 'empty'],
  ['a cell of another kind',    { rows: [{ when: ['"x"', '-', '-'], gives: { amount: '1', tier: 'null' } }] }, { part: 'when', row: 0, input: 0 }, 'notComparable'],
  ['a missing output',          { rows: [{ when: ['-', '-', '-'], gives: { tier: 'null' } }] }, { part: 'gives', row: 0, output: 'amount' }, 'noOutput'],
  ['an output of another kind', { rows: [{ when: ['-', '-', '-'], gives: { amount: '"1"', tier: 'null' } }] }, { part: 'gives', row: 0, output: 'amount' }, 'wrongResult'],
  ['a choice it has not',       { rows: [{ when: ['-', '-', '-'], gives: { amount: '1', tier: '"middle"' } }] }, { part: 'gives', row: 0, output: 'tier' }, 'wrongResult'],
  ['an output nobody knows',    { rows: [{ when: ['-', '-', '-'], gives: { amount: '1', tier: 'null', fee: '1' } }] }, { part: 'gives', row: 0, output: 'fee' }, 'unknownOutput'],
  ['too many rows',             { rows: new Array(limits.rows + 1).fill(allowance.rows[0]) }, { part: 'table' },                    'tooManyRows'],
  ['too many columns',          { inputs: new Array(limits.columns + 1).fill('age'), rows: [] }, { part: 'table' },                 'tooManyColumns'],
]

for (const [what, changed, place, sentence] of mistakes)
  test(`${what} is complained of at its place`, () => {
    const made = compileTable({ ...allowance, ...changed }, names)
    assert.ok('complaints' in made)
    const [first] = made.complaints
    assert.deepEqual(first!.place, place)
    assert.equal(first!.text, sentences[sentence], first!.text.en)
    for (const language of languages) say(first!.text, language, first!.values)
  })

test('complaints of a table are as many as somebody reads, and an output that is no name throws', () => {
  const wrong = compileTable({ ...allowance, rows: new Array(50).fill({ when: [], gives: {} }) }, names)
  assert.equal('complaints' in wrong && wrong.complaints.length, limits.complaints)
  const outputs = { 'two words': { kind: 'number' } } as const
  assert.throws(() => compileTable({ ...allowance, outputs, rows: [] }, names), /cannot be a name/)
})

test('a table as a whole has one limit of steps', () => {
  const table: Table = {
    hit: 'collect',
    inputs: ['sum(children.age)'],
    outputs: { amount: { kind: 'number' } },
    rows: new Array(100).fill({ when: ['-'], gives: { amount: 'sum(children.age)' } }),
  }
  const children = Array.from({ length: 1000 }, () => ({ age: 1 }))
  assert.throws(() => compiled(table).evaluate({ children }), RulesExceeded)
  assert.equal(compiled(table).evaluate({ children: children.slice(0, 10) }).matches.length, 100)
})
