import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stringify } from 'csv-stringify/sync'
import fc from 'fast-check'
import writeXlsxFile from 'write-excel-file/node'
import type { EstimatesDocument } from '../types.ts'
import { importTables } from './import-tables.ts'
import type { Mapping } from './mapping.ts'

/*
 * Made-up governments, written as tables and read again: what comes back is what was written, to the last step, in
 * every dialect that a mapping can describe.
 */

type Money = { steps: number } | 'nil' | 'lost'
type Line = { code: string; name: string; aim: string; money: Money[] }
type HeadOfYear = { year: string; head: string; lines: Line[] }
type Dialect = {
  delimiter: string
  thousands: string
  decimal: '.' | ','
  negative: 'minus' | 'brackets'
  nil: string
  ending: '\n' | '\r\n'
  mark: boolean
}

const decimals = 1
const phases = ['actual', 'original', 'revised', 'estimate'] as const
const name = fc
  .string({ unit: fc.constantFrom(...'abcXYZ 政府資訊"\',;|\t=+@-().&<>'), minLength: 1, maxLength: 20 })
  .map((text) => `N${text.replace(/\s+/g, ' ').trimEnd()}N`)
const money: fc.Arbitrary<Money> = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: -99_999_999, max: 999_999_999 }).map((steps) => ({ steps })) },
  { weight: 1, arbitrary: fc.constant('nil' as const) },
  { weight: 1, arbitrary: fc.constant('lost' as const) },
)
const line = (code: string) =>
  fc.record({
    code: fc.constant(code),
    name,
    aim: fc.oneof(fc.constant(''), name),
    money: fc.array(money, { minLength: 4, maxLength: 4 }),
  })
const heads: fc.Arbitrary<HeadOfYear[]> = fc.uniqueArray(
  fc.integer({ min: 1, max: 8 }).chain((count) =>
    fc.record({
      year: fc
        .integer({ min: 1998, max: 2060 })
        .map((first) => `${first}-${String((first + 1) % 100).padStart(2, '0')}`),
      head: fc.integer({ min: 1, max: 200 }).map(String),
      lines: fc.tuple(...Array.from({ length: count }, (_, index) => line(String(index + 1)))),
    }),
  ),
  { minLength: 1, maxLength: 6, selector: ({ year, head }) => `${year} ${head}` },
)
const dialect: fc.Arbitrary<Dialect> = fc
  .record({
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    thousands: fc.constantFrom('', ',', ' '),
    decimal: fc.constantFrom('.', ','),
    negative: fc.constantFrom('minus', 'brackets'),
    nil: fc.constantFrom('—', '-', 'nil'),
    ending: fc.constantFrom('\n', '\r\n'),
    mark: fc.boolean(),
  })
  .filter(({ thousands, decimal }) => thousands !== decimal)

const mappingOf = ({ thousands, decimal, negative, nil }: Partial<Dialect> = {}): Mapping => ({
  rows: 'programmes',
  language: 'en',
  columns: {
    year: 'year',
    head: 'head',
    code: 'code',
    name: 'name',
    aim: 'aim',
    actual: 'actual',
    original: 'original',
    revised: 'revised',
    estimate: 'estimate',
  },
  unit: 'million',
  decimals,
  ...(thousands && { thousands: [thousands] }),
  ...(thousands === '' && { thousands: [] }),
  ...(decimal && { decimal }),
  ...(negative && { negative: [negative] }),
  ...(nil && { nil: [nil] }),
})
const columns = ['year', 'head', 'code', 'name', 'aim', ...phases]

function written(amount: Money, { thousands, decimal, negative, nil }: Dialect): string {
  if (amount === 'lost') return ''
  if (amount === 'nil') return nil
  const digits = String(Math.abs(amount.steps)).padStart(decimals + 1, '0')
  const whole = digits.slice(0, -decimals).replace(/\B(?=(\d{3})+$)/g, thousands)
  const size = `${whole}${decimal}${digits.slice(-decimals)}`
  return amount.steps < 0 ? (negative === 'minus' ? `-${size}` : `(${size})`) : size
}

const byHead = (one: HeadOfYear, other: HeadOfYear) =>
  one.year < other.year ? -1 : one.year > other.year ? 1 : Number(one.head) - Number(other.head)

function check(documents: EstimatesDocument[], expected: HeadOfYear[]) {
  assert.deepEqual(
    documents.map(({ year, head }) => `${year} ${head}`),
    expected.toSorted(byHead).map(({ year, head }) => `${year} ${head}`),
  )
  for (const { year, head, lines } of expected) {
    const document = documents.find((each) => each.year === year && each.head === head)!
    const cells = new Map(document.cells.map((cell) => [cell.id, cell]))
    const [table] = document.tables
    assert.deepEqual(
      table!.rows.map(({ label, code }) => [code, label]),
      lines.map(({ code, name: label }) => [code, label]),
    )
    assert.deepEqual(
      document.programmes.map(({ aim }) => aim?.text ?? ''),
      lines.map(({ aim }) => aim),
    )
    for (const [index, { money: amounts }] of lines.entries())
      for (const [column, amount] of amounts.entries()) {
        const cell = cells.get(table!.rows[index]!.cells[column]!)!
        assert.equal(cell.period.phase, phases[column])
        assert.deepEqual(
          [cell.steps, cell.decimals, cell.nil, cell.status],
          amount === 'lost'
            ? [null, decimals, false, 'missing']
            : [amount === 'nil' ? 0 : amount.steps, decimals, amount === 'nil', 'printed'],
        )
      }
    assert.ok(
      document.findings.every(({ code }) => code === 'amount-missing'),
      JSON.stringify(document.findings),
    )
  }
}

const hasNumber = (each: HeadOfYear[]) =>
  each.some(({ lines }) => lines.some(({ money: amounts }) => amounts.some((amount) => amount !== 'lost')))

test('any Heads written as CSV in any dialect come back with the same numbers and names', async () => {
  await fc.assert(
    fc.asyncProperty(heads.filter(hasNumber), dialect, async (made, way) => {
      const rows = made.flatMap(({ year, head, lines }) =>
        lines.map(({ code, name: label, aim, money: amounts }) => [
          year,
          head,
          code,
          label,
          aim,
          ...amounts.map((amount) => written(amount, way)),
        ]),
      )
      const text = stringify([columns, ...rows], {
        delimiter: way.delimiter,
        record_delimiter: way.ending,
        bom: way.mark,
      })
      const result = await importTables(Buffer.from(text), 'table.csv', mappingOf(way))
      assert.ok('documents' in result, JSON.stringify(result))
      assert.deepEqual(result.findings, [])
      check(result.documents, made)
    }),
    { numRuns: 150 },
  )
})

test('any Heads written as a workbook of binary numbers come back with the same numbers and names', async () => {
  await fc.assert(
    fc.asyncProperty(heads.filter(hasNumber), async (made) => {
      const rows = made.flatMap(({ year, head, lines }) =>
        lines.map(({ code, name: label, aim, money: amounts }) => [
          year,
          Number(head),
          Number(code),
          { value: label, type: String },
          { value: aim, type: String },
          ...amounts.map((amount) =>
            amount === 'lost' ? null : amount === 'nil' ? '—' : amount.steps / 10 ** decimals,
          ),
        ]),
      )
      const result = await importTables(await writeXlsxFile([columns, ...rows]).toBuffer(), 'table.xlsx', mappingOf())
      assert.ok('documents' in result, JSON.stringify(result))
      check(result.documents, made)
    }),
    { numRuns: 40 },
  )
})

/** Nine years and many Heads in one file, as public copies of the Estimates are: a row of totals for each Head, without a code. */
function manyHeads(rowsMin: number): { text: string; heads: number } {
  const rows: (string | number)[][] = [
    ['year', 'head', 'prog', 'name', 'aim', 'actual', 'original', 'revised', 'estimate'],
  ]
  let count = 0
  for (let head = 21; rows.length <= rowsMin; head++)
    for (let year = 2006; year < 2015; year++) {
      count++
      const sums = [0, 0, 0, 0]
      for (let programme = 1; programme <= 5; programme++) {
        const amounts = sums.map((_, index) => ((head * 7919 + year * 31 + programme * 1009 + index * 17) % 99_991) + 1)
        for (const [index, amount] of amounts.entries()) sums[index]! += amount
        rows.push([
          year,
          head,
          programme,
          `Programme "${programme}" of Head ${head}`,
          `The aim is to serve, well.`,
          ...amounts.map((amount) => (amount / 10).toFixed(1)),
        ])
      }
      rows.push([year, head, '', '', '', ...sums.map((sum) => (sum / 10).toFixed(1))])
    }
  return { text: stringify(rows), heads: count }
}

const publicMapping: Mapping = {
  rows: 'programmes',
  language: 'en',
  columns: {
    year: 'year',
    head: 'head',
    code: 'prog',
    name: 'name',
    aim: 'aim',
    actual: 'actual',
    original: 'original',
    revised: 'revised',
    estimate: 'estimate',
  },
  bareYear: 'first',
  unit: 'million',
  decimals: 1,
  total: [''],
}

test('3,500 programme rows of many Heads and nine years import, and every total is the sum of its Head', async () => {
  const { text, heads: count } = manyHeads(3500)
  const bytes = Buffer.from(text)
  const result = await importTables(bytes, 'programmes.csv', publicMapping)
  assert.ok('documents' in result)
  assert.equal(result.documents.length, count)
  assert.deepEqual(result.findings, [])
  for (const { tables, cells, findings } of result.documents) {
    const steps = new Map(cells.map((cell) => [cell.id, cell.steps!]))
    const rows = new Map(tables[0]!.rows.map((row) => [row.subject, row]))
    const total = rows.get('head')!
    assert.equal(total.sumOf.length, 5)
    assert.deepEqual(findings, [])
    for (const [column, id] of total.cells.entries())
      assert.equal(
        steps.get(id!),
        total.sumOf.reduce((sum, subject) => sum + steps.get(rows.get(subject)!.cells[column]!)!, 0),
      )
  }
})
