import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { aDocument, aTable, type RowShape } from '../testing/documents.ts'
import { chinese, english, imported, realBytes, withoutRealText } from '../testing/texts.ts'
import type { Cell, EstimatesDocument, Period } from '../types.ts'
import { checkAcrossYears, checkDocument, type ExplainedException, toReport } from './check.ts'

const nextColumns = [
  { period: { when: '2022-23', phase: 'actual' } },
  { period: { when: '2023-24', phase: 'original' } },
  { period: { when: '2023-24', phase: 'revised' } },
  { period: { when: '2024-25', phase: 'estimate' } },
] as const

// biome-ignore format: matrix
const thisYear: RowShape[] = [
  ['subhead:000',        [],                                  [1070782, 1305321, 1295321, 1357294]],
  ['subhead:700',        [],                                  [ 133849,  410946,  199862,    null]],
  ['head',               ['subhead:000', 'subhead:700'],      [1204631, 1716267, 1495183, 1809824]],
]
// biome-ignore format: matrix
const nextYear: RowShape[] = [
  ['subhead:000',        [],                                  [1290000, 1357294, 1340000, 1400000]],
  ['subhead:700',        [],                                  [ 190000,  452530,  400000,  300000]],
  ['head',               ['subhead:000', 'subhead:700'],      [1480000, 1809824, 1740000, 1700000]],
]
const earlier = (rows = thisYear) => aDocument([aTable(rows)])
const later = (rows = nextYear, shape: Partial<EstimatesDocument> = {}) =>
  aDocument([aTable(rows, { columns: [...nextColumns] })], [], { year: '2024-25', ...shape })
const changed = (rows: RowShape[], subject: string, steps: number[]) =>
  rows.map((row): RowShape => (row[0] === subject ? [subject, row[1], steps] : row))

test('last year’s estimate is this year’s original, line by line, and a recovered number is put to the proof', () => {
  const check = checkAcrossYears(earlier(), later())
  assert.deepEqual(
    check.identities.map(({ id, outcome }) => [id, outcome]),
    [
      ['across-years/subheads/subhead:000/2023-24', 'holds'],
      ['across-years/subheads/subhead:700/2023-24', 'holds'],
      ['across-years/subheads/head/2023-24', 'holds'],
    ],
  )
  const [, general] = check.identities
  assert.deepEqual(
    [general?.claimed, general?.operands],
    [
      '2024-25:subheads/subhead:700/provision/2023-24.original',
      [{ cell: '2023-24:subheads/subhead:700/provision/2023-24.estimate', sign: 1 }],
    ],
  )
})

test('a line that changed between the years fails with both values, until a transfer explains exactly that difference', () => {
  const moved = changed(nextYear, 'subhead:000', [1290000, 1357000, 1340000, 1400000])
  const check = checkAcrossYears(earlier(), later(moved))
  const wrong = check.identities.filter(({ outcome }) => outcome === 'fails')
  assert.deepEqual(
    wrong.map(({ id, stated, computed }) => [id, stated, computed]),
    [['across-years/subheads/subhead:000/2023-24', '1,357,000', '1,357,294']],
  )
  assert.deepEqual(check.differences, { 'across-years/subheads/subhead:000/2023-24': '-294' })
  const transfer = {
    identity: 'across-years/subheads/subhead:000/2023-24',
    difference: '-294',
    reason: 'transfer',
    explanation: 'Two posts moved to Head 135.',
    source: 'Head 135, 2024-25',
    signedBy: 'Controlling officer',
    signedAt: '2024-03-01T00:00:00Z',
  } as const
  const explained = checkAcrossYears(earlier(), later(moved), { exceptions: [transfer] })
  assert.ok(explained.identities.every(({ outcome }) => outcome !== 'fails'))
  const report = toReport(later(moved), explained, 'en')
  assert.equal(report.holds, 3)
  assert.match(report.warnings[0]!.sentence, /Two posts moved/)
})

test('a line that only one of the years has cannot be compared, and says which', () => {
  const without = (rows: RowShape[]) => [...rows.filter(([subject]) => subject === 'subhead:000')]
  const reasons = (one: EstimatesDocument, other: EstimatesDocument) =>
    checkAcrossYears(one, other).identities.map(({ outcome, reason }) => [outcome, reason])
  assert.deepEqual(reasons(earlier(), later(without(nextYear)))[1], ['unknown', 'only-earlier'])
  assert.deepEqual(reasons(earlier(without(thisYear)), later())[1], ['unknown', 'only-later'])
})

test('an item of a breakdown is known by its name, not by its position', () => {
  const breakdown = { place: 'breakdown', id: 'breakdown.000' } as const
  const first = aDocument([aTable([['line:000.1', [], [1, 2, 3, 478618], { label: 'Salaries' }]], breakdown)])
  const rows: RowShape[] = [
    ['line:000.1', [], [1, 90, 3, 4], { label: 'Something new' }],
    ['line:000.2', [], [1, 478618, 3, 4], { label: ' Salaries ' }],
  ]
  const second = aDocument([aTable(rows, { ...breakdown, columns: [...nextColumns] })], [], { year: '2024-25' })
  assert.deepEqual(
    checkAcrossYears(first, second).identities.map(({ outcome, reason }) => [outcome, reason]),
    [
      ['holds', undefined],
      ['unknown', 'only-later'],
    ],
  )
})

test('a number that the earlier year lost for good cannot be compared', () => {
  const lost = aDocument([aTable([['subhead:700', [], [1, 2, 3, null]]])])
  const [identity] = checkAcrossYears(lost, later([nextYear[1]!])).identities
  assert.deepEqual([identity?.outcome, identity?.reason], ['unknown', 'lost'])
})

test('millions in one year and thousands in the other are compared by rounding', () => {
  const inMillions = (steps: number) =>
    aDocument([aTable([['head', [], [1, 2, 3, steps]]], { place: 'analysis', unit: 'million', decimals: 1 })])
  assert.equal(
    checkAcrossYears(inMillions(18098), later([['head', [], [1, 1809824, 3, 4]]])).identities[0]?.outcome,
    'holds',
  )
  assert.equal(
    checkAcrossYears(inMillions(18099), later([['head', [], [1, 1809824, 3, 4]]])).identities[0]?.outcome,
    'fails',
  )
})

test('documents of another Head, or not of consecutive years, say nothing about each other', () => {
  assert.deepEqual(checkAcrossYears(earlier(), later(nextYear, { head: '48' })).identities, [])
  assert.deepEqual(checkAcrossYears(later(), earlier()).identities, [])
  assert.deepEqual(checkAcrossYears(earlier(), later(nextYear, { year: '2025-26' })).identities, [])
})

test('a document that prints two amounts for one line is compared with both', () => {
  const after = later()
  const cells = after.cells.filter(({ subject, period }) => subject === 'head' && period.phase === 'original')
  const again = cells.map((cell) => ({ ...cell, id: `notes/${cell.id}`, place: 'notes' as const }))
  const other = again.map((cell) => ({ ...cell, steps: cell.steps! + 1, printed: 'another' }))
  const outcomes = (more: typeof again) =>
    checkAcrossYears(earlier(), { ...after, cells: [...after.cells, ...more] })
      .identities.filter(({ id }) => id.includes('/head/'))
      .map(({ outcome }) => outcome)
  assert.deepEqual(outcomes(again), ['holds'])
  assert.deepEqual(outcomes(other), ['holds', 'fails'])
})

/** Next year's document of a Head: everything a year later, and last year's estimates as its original ones. */
function yearLater(document: EstimatesDocument): EstimatesDocument {
  const later = ({ when, phase }: Period): Period => ({
    when: when
      .replace(/^\d{4}/, (year) => String(Number(year) + 1))
      .replace(/-(\d{2})$/, (end, year) => (when.length === 7 ? `-${String(Number(year) + 1).padStart(2, '0')}` : end)),
    phase,
  })
  const voted = new Map(
    checkDocument(document).cells.flatMap((cell) =>
      cell.measure === 'provision' && cell.period.phase === 'estimate'
        ? [[`${cell.place}/${cell.subject}`, cell] as const]
        : [],
    ),
  )
  const ids = new Map<string, string>()
  const cells = document.cells.map((cell): Cell => {
    const period = later(cell.period)
    const base = cell.base && later(cell.base)
    const id = `${cell.place}/${cell.subject}/${cell.measure}/${period.when}.${period.phase}${base ? `~${base.when}.${base.phase}` : ''}`
    ids.set(cell.id, id)
    const before = cell.period.phase === 'original' ? voted.get(`${cell.place}/${cell.subject}`) : undefined
    const { steps, nil, decimals } = before ?? cell
    const printed = { steps, nil, decimals, printed: String(steps), status: 'printed' as const }
    return { ...cell, id, period, ...(base && { base }), ...(cell.measure === 'provision' && before && printed) }
  })
  const tables = document.tables.map((table) => ({
    ...table,
    columns: table.columns.map((column) => ({ ...column, period: later(column.period) })),
    rows: table.rows.map((row) => ({ ...row, cells: row.cells.map((id) => id && ids.get(id)!) })),
  }))
  return { ...document, year: later({ when: document.year, phase: 'estimate' }).when, cells, tables }
}

// biome-ignore format: matrix
const heads: [name: string, text: string | undefined, lines: number][] = [
  ['the real text',        withoutRealText ? undefined : Buffer.from(realBytes()).toString(), 22],
  ['our Chinese document', chinese(),                                                         21],
  ['our English document', english(),                                                         21],
]

for (const [name, text, count] of heads)
  describe(`${name} and the document of the year after`, { skip: text === undefined && withoutRealText }, () => {
    test('agree line by line; a changed line is red, and only an explanation of that difference turns it', () => {
      const before = imported(text!)
      const after = yearLater(before)
      const sound = checkAcrossYears(before, after).identities
      assert.deepEqual([...new Set(sound.map(({ outcome }) => outcome))], ['holds'])
      assert.equal(sound.length, count)
      for (const { id, claimed, operands } of sound) {
        // The less precise of the two is claimed; either may be the document that changes.
        const later = [claimed, operands[0]!.cell].find((cell) => cell.startsWith(`${after.year}:`))!
        const at = after.cells.findIndex((cell) => `${after.year}:${cell.id}` === later)
        const cell = after.cells[at]!
        const changed = {
          ...after,
          cells: after.cells.with(at, { ...cell, steps: cell.steps! + 7, nil: false }),
        }
        const found = checkAcrossYears(before, changed)
        const fails = found.identities.filter(({ outcome }) => outcome === 'fails')
        assert.ok(
          fails.some((one) => one.id === id && one.lines.some(({ from }) => from === cell.lines.from)),
          id,
        )
        const exception = (difference: string): ExplainedException => ({
          identity: id,
          difference,
          reason: 'transfer',
          explanation: 'Posts moved to another Head.',
          source: 'Reply ITB001',
          signedBy: 'The controlling officer',
          signedAt: '2026-04-01T00:00:00Z',
        })
        const outcomeWith = (difference: string) => {
          const check = checkAcrossYears(before, changed, { exceptions: [exception(difference)] })
          return [check.identities.find((one) => one.id === id)?.outcome, check.stale.length]
        }
        assert.deepEqual(outcomeWith(found.differences[id]!), ['explained', 0])
        assert.deepEqual(outcomeWith(`${found.differences[id]}1`), ['fails', 1])
      }
    })
  })

test('a line that changed between the years is told with both figures, both years and both lines', () => {
  const moved = changed(nextYear, 'subhead:000', [1290000, 1357000, 1340000, 1400000])
  const report = (language: 'en' | 'zh-Hant') =>
    toReport(later(moved), checkAcrossYears(earlier(), later(moved)), language).fails.map(({ sentence }) => sentence)
  assert.deepEqual(report('en'), [
    'Subhead 000, provision, 2023-24 (original), in the documents of two years: printed as $1,357,000 thousand for 2024-25 (line 10), as $1,357,294 thousand for 2023-24 (line 10): they should be the same figure.',
  ])
  assert.deepEqual(report('zh-Hant'), [
    '分目 000 的撥款，2023-24 年度（原來預算），見於兩個年度的文件：2024-25 年度文件第 10 行刊印為 1,357,000 千元，2023-24 年度文件第 10 行刊印為 1,357,294 千元；兩者應為同一數字。',
  ])
})
