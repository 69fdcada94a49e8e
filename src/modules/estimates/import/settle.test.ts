import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { chinese, english, found, imported, rowsOf } from '../testing/texts.ts'

/** Drops one number of every row that has all four, in the lines of a table. */
function without(source: string, from: number, to: number, column: number): string {
  const lines = source.split('\n')
  for (let index = from - 1; index < to; index++) {
    const cells = lines[index]!.split('\t')
    const numbers = cells.flatMap((cell, at) => (at > 0 && /^(?:<b>)?[\d,.]+|^—/.test(cell) ? [at] : []))
    if (numbers.length === 4) cells.splice(numbers[column]!, 1)
    lines[index] = cells.join('\t')
  }
  return lines.join('\n')
}

const holes = (source: string, table: string) => {
  const rows = rowsOf(imported(source), table).filter((row) => row.includes('∅'))
  return [
    ...new Set(
      rows.map((row) =>
        row
          .replace(/ ←.*/, '')
          .split(': ')[1]!
          .split(' | ')
          .map((cell) => (cell === '∅' ? 'lost' : 'kept'))
          .join(' '),
      ),
    ),
  ]
}

describe('which column a damaged table lost', () => {
  // biome-ignore format: matrix
  const cases: [document: string, table: string, from: number, to: number, column: number, found: string][] = [
    ['Chinese', 'subheads',      158, 177, 0, 'lost kept kept kept'],
    ['Chinese', 'subheads',      158, 177, 1, 'kept lost kept kept'],
    ['Chinese', 'subheads',      158, 177, 2, 'kept kept lost kept'],
    ['Chinese', 'subheads',      158, 177, 3, 'kept kept kept lost'],
    ['Chinese', 'breakdown.000', 196, 208, 0, 'lost kept kept kept'],
    ['Chinese', 'breakdown.000', 196, 208, 1, 'kept lost kept kept'],
    ['Chinese', 'breakdown.000', 196, 208, 2, 'kept kept lost kept'],
    ['Chinese', 'breakdown.000', 196, 208, 3, 'kept kept kept lost'],
    ['English', 'analysis',      120, 123, 0, 'lost kept kept kept'],
    ['English', 'analysis',      120, 123, 1, 'kept lost kept kept'],
    ['English', 'analysis',      120, 123, 2, 'kept kept lost kept'],
    ['English', 'analysis',      120, 123, 3, 'kept kept kept lost'],
  ]
  for (const [document, table, from, to, column, expected] of cases) {
    test(`${document} ${table} without column ${column + 1}: ${expected}`, () => {
      assert.deepEqual(holes(without(document === 'Chinese' ? chinese() : english(), from, to, column), table), [
        expected,
      ])
    })
  }

  test('cannot be told of commitments without their spending so far: the numbers that could be either are ambiguous', () => {
    const document = imported(without(chinese(), 217, 220, 1))
    assert.deepEqual(found(document, 'column-unclear'), ['column-unclear 217-220'])
    assert.deepEqual(
      rowsOf(document, 'commitments').at(-1),
      'total commitments: ∅ | ∅ | ∅ | 113,775 ← commitment:803 + commitment:805 + commitment:871',
    )
    const total = document.cells.filter(
      ({ place, subject, printed }) => place === 'commitments' && subject === 'commitments' && printed === null,
    )
    assert.deepEqual(
      total.map(({ status }) => status),
      ['ambiguous', 'ambiguous', 'ambiguous'],
    )
  })

  test('is not told by the position of an empty last cell', () => {
    const shifted = without(chinese(), 196, 208, 0)
      .split('\n')
      .map((line, index) => (index >= 195 && index < 208 && /\d$/.test(line) ? `${line}\t` : line))
      .join('\n')
    assert.deepEqual(holes(shifted, 'breakdown.000'), ['lost kept kept kept'])
  })

  test('one row that lost a number is told by the sums of its table', () => {
    const document = imported(english().replace('101,200\t', ''))
    assert.equal(rowsOf(document, 'breakdown.000')[1], 'line line:000.1: 98,450 | ∅ | 99,870 | 104,615')
  })

  test('a misprinted heading hides its column and moves no other', () => {
    const document = imported(english().replace('Approved estimate 2024–25', 'Approved estimate 2924–25'))
    assert.deepEqual(found(document, 'header-unknown'), ['header-unknown 153-154'])
    assert.equal(rowsOf(document, 'subheads').at(-1)!.split(' ←')[0], 'total head: 155,708 | ∅ | 198,094')
  })
})
