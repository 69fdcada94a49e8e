import { formatSteps } from '../check/amounts.ts'
import type { Cell, Column, EstimatesDocument, Row, Table } from '../types.ts'

/* Small documents for tests, made by plain functions with defaults. */

type CellShape = Partial<Cell> & Pick<Cell, 'place' | 'subject'> & { line?: number }

/** A printed cell; `steps: null` makes it a lost one. */
export function aCell({ line = 1, ...shape }: CellShape): Cell {
  const {
    measure = 'provision',
    period = { when: '2023-24', phase: 'estimate' },
    unit = 'thousand',
    decimals = 0,
  } = shape
  const steps = shape.steps === undefined ? 0 : shape.steps
  const base = shape.base ? `~${shape.base.when}.${shape.base.phase}` : ''
  return {
    id: `${shape.place}/${shape.subject}/${measure}/${period.when}.${period.phase}${base}`,
    measure,
    period,
    unit,
    steps,
    decimals,
    nil: false,
    printed: steps === null ? null : shape.nil ? '—' : formatSteps(steps, decimals),
    lines: { from: line, to: line },
    status: steps === null ? 'missing' : 'printed',
    marks: [],
    because: [],
    ...shape,
  }
}

export const fourColumns = [
  { when: '2021-22', phase: 'actual' },
  { when: '2022-23', phase: 'original' },
  { when: '2022-23', phase: 'revised' },
  { when: '2023-24', phase: 'estimate' },
] as const satisfies Cell['period'][]

/** `[subject, parts or [], steps by column]`; '—' is nil, null is lost. */
export type RowShape = readonly [
  subject: string,
  sumOf: readonly string[],
  steps: readonly (number | '—' | null)[],
  shape?: Partial<Row>,
]

type TableShape = {
  id?: string
  place?: Table['place']
  columns?: Partial<Column>[]
  unit?: Cell['unit']
  decimals?: number
  line?: number
}

/** A table and its cells; rows stand on consecutive lines from `line`. */
export function aTable(rows: readonly RowShape[], shape: TableShape = {}): { table: Table; cells: Cell[] } {
  const { place = 'subheads', unit = 'thousand', decimals = 0, line = 10, id = place } = shape
  const columns = (shape.columns ?? fourColumns.map((period) => ({ period }))).map(
    (column): Column => ({ period: fourColumns[3], measure: 'provision', unit, label: '', ...column }),
  )
  const cells: Cell[] = []
  const made = rows.map(([subject, sumOf, steps, more], at): Row => {
    const lines = { from: line + at, to: line + at }
    const ids = columns.map(({ period, measure, unit }, column) => {
      const value = steps[column]
      if (value === undefined) return null
      const nil = value === '—'
      const cell = aCell({
        place,
        subject,
        period,
        measure,
        unit,
        decimals,
        steps: nil ? 0 : value,
        nil,
        line: line + at,
      })
      cells.push(cell)
      return cell.id
    })
    return {
      subject,
      label: subject,
      role: sumOf.length > 0 ? 'total' : 'line',
      sumOf: [...sumOf],
      marks: [],
      cells: ids,
      lines,
      ...more,
    }
  })
  const lines = { from: line, to: line + rows.length - 1 }
  return { table: { id, place, columns, rows: made, lines }, cells }
}

export function aDocument(
  tables: readonly { table: Table; cells: Cell[] }[],
  cells: readonly Cell[] = [],
  shape: Partial<EstimatesDocument> = {},
): EstimatesDocument {
  return {
    year: '2023-24',
    head: '47',
    title: 'A Head for tests',
    language: 'en',
    source: { kind: 'text', name: 'made.txt', sha256: '0'.repeat(64), lines: 1000 },
    controllingOfficer: null,
    policyAreas: [],
    programmes: [],
    notes: [],
    charts: [],
    footnotes: [],
    findings: [],
    ...shape,
    tables: tables.map(({ table }) => table),
    cells: [...tables.flatMap((one) => one.cells), ...cells],
  }
}

// The subhead table of the real document, as printed before its last column was lost.
// biome-ignore format: matrix
export const subheads: readonly RowShape[] = [
  ['subhead:000',         [],                                          [1070782, 1305321, 1295321, 1357294]],
  ['group:recurrent',     ['subhead:000'],                             [1070782, 1305321, 1295321, 1357294]],
  ['subhead:700',         [],                                          [ 133849,  410946,  199862,  452530]],
  ['group:non-recurrent', ['subhead:700'],                             [ 133849,  410946,  199862,  452530]],
  ['account:operating',   ['group:recurrent', 'group:non-recurrent'],  [1204631, 1716267, 1495183, 1809824]],
  ['group:minor',         [],                                          [   3875,     '—',     '—',     '—']],
  ['account:capital',     ['group:minor'],                             [   3875,     '—',     '—',     '—']],
  ['head',                ['account:operating', 'account:capital'],    [1208506, 1716267, 1495183, 1809824]],
]
export const withoutLastColumn = subheads.map(
  ([subject, sumOf, steps]): RowShape => [subject, sumOf, [...steps.slice(0, 3), null]],
)

export const notes = [
  aCell({ place: 'notes', subject: 'subhead:000', unit: 'dollar', steps: 1_357_294_000, line: 50 }),
  aCell({ place: 'notes', subject: 'head', unit: 'dollar', steps: 1_809_824_000, line: 51 }),
]
export const inMillions = (steps: number, place: Cell['place'] = 'cover', line = 1) =>
  aCell({
    place,
    subject: 'head',
    unit: place === 'cover' ? 'hundred-million' : 'million',
    decimals: place === 'cover' ? 3 : 1,
    steps,
    line,
  })

// The commitments of the real document.
const commitmentColumns = [
  { measure: 'approved' },
  { measure: 'accumulated', period: { when: '2022-03-31', phase: 'accumulated' } },
  { measure: 'revised-spending', period: fourColumns[2] },
  { measure: 'balance' },
] as const
// biome-ignore format: matrix
const commitmentRows: RowShape[] = [
  ['subhead:700',    [],                                                      [],                                { role: 'group', code: '700' }],
  ['commitment:801', [],                                                      [  25300,  12201,   3200,   9899]],
  ['commitment:802', [],                                                      [  50000,    '—',    '—',  50000]],
  ['commitment:894', [],                                                      [1100000, 211431, 196662, 691907]],
  ['commitments',    ['commitment:801', 'commitment:802', 'commitment:894'],  [1175300, 223632, 199862, 751806]],
]
export const commitments = () =>
  aTable(commitmentRows, { place: 'commitments', columns: [...commitmentColumns], line: 40 })
