import type { Cell, Column, EstimatesDocument, Row, Table } from '../types.ts'
import { formatSteps } from './amounts.ts'

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
