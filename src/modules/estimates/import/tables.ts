import type { Column, Lines, Row, Table, Unit } from '../types.ts'
import { yearAfter } from '../years.ts'
import { align, type Slot } from './align.ts'
import { type CellDraft, figureCell, lostCell, tableCell } from './cells.ts'
import type { Line } from './decode.ts'
import { type HeaderColumn, readColumns, readUnit } from './headers.ts'
import { looksLikeNumber } from './numbers.ts'
import { Refused } from './refusals.ts'
import type { Report } from './report.ts'
import { type RawCell, type RawRow, readSegments, type Segment } from './rows.ts'
import { planRows, type RowPlan, stretch, type TableContext, type TableKind } from './structure.ts'
import type { Vocabulary } from './vocabulary.ts'

const rowsMax = 5000
const columnsMax = 20

export type RowDraft = Omit<Row, 'cells'> & { cells: (CellDraft | null)[] }
export type TableDraft = Omit<Table, 'rows'> & { kind: TableKind; rows: RowDraft[]; rates: CellDraft[] }

/** A table with what is still open about it. */
export interface ReadTable {
  draft: TableDraft
  /** Rows that wait for a reading: see `settle`. */
  open: { columns: Placed[]; found: number; rows: { row: RowDraft; raw: RawRow; filled: RawCell[] }[] }[]
  kind: TableKind
  words: Vocabulary
}

/** A column of the header: its place among the table's columns (-1 when nobody can read it), and the one before it. */
export type Placed = HeaderColumn & { index: number; before: Placed | undefined }

const placeOf: Record<TableKind, Table['place']> = {
  programme: 'programme',
  targets: 'targets',
  indicators: 'indicators',
  analysis: 'analysis',
  subheads: 'subheads',
  breakdown: 'breakdown',
  commitments: 'commitments',
}

/** Stages 3 to 5 for one table. Undefined when its lines are not a table of the Estimates. */
export function readTable(lines: readonly Line[], context: TableContext, report: Report): ReadTable | undefined {
  const { kind, words } = context
  const segments = readSegments(lines, words, report).filter(({ rows }) => rows.length > 0)
  const headerKind = kind === 'commitments' || kind === 'targets' || kind === 'indicators' ? kind : 'money'
  const columnsOf = segments.map(({ headers }) => (headers.length > 0 ? readColumns(headers, context, headerKind) : []))
  const total = columnsOf.reduce((sum, columns) => sum + columns.length, 0)
  const rowCount = segments.reduce((sum, { rows }) => sum + rows.length, 0)
  if (total === 0 || rowCount === 0) return undefined
  if (total > columnsMax || rowCount > rowsMax)
    throw new Refused('beyond-limits', { what: `${rowCount} × ${total}`, line: lines[0]!.number })

  const id =
    kind === 'programme' || kind === 'targets' || kind === 'indicators' || kind === 'breakdown'
      ? `${kind}.${context.owner}`
      : kind
  const plans = planRows(
    segments.map(({ rows }) => rows),
    context,
    report,
  )
  if (plans.some(({ sumOf }) => sumOf.length > 500))
    throw new Refused('beyond-limits', { what: '> 500 rows in one total', line: lines[0]!.number })
  const draft: TableDraft = {
    id,
    kind,
    place: placeOf[kind],
    columns: [],
    rows: [],
    rates: [],
    lines: stretch(lines.map(({ number }) => ({ lines: { from: number, to: number } }))),
  }
  const table: ReadTable = { draft, open: [], kind, words }
  reportHeaders(segments, columnsOf, report)
  reportMissingColumns(kind, columnsOf.flat(), draft.lines, report)
  for (const [index, segment] of segments.entries()) {
    const columns = placeColumns(columnsOf[index]!, draft.columns.length)
    const assumed = assumeUnit(columns, segment.rows, table, report)
    draft.columns.push(...columns.filter(({ unread }) => !unread).map((column) => modelColumn(column, kind, assumed)))
    readSegment(table, segment, columns, plans, report)
  }
  for (const row of draft.rows) while (row.cells.length < draft.columns.length) row.cells.push(null)
  return table
}

function placeColumns(columns: readonly HeaderColumn[], start: number): Placed[] {
  const placed: Placed[] = []
  let index = start
  for (const column of columns) {
    const before = placed.at(-1)
    placed.push({ ...column, index: column.unread ? -1 : index, before })
    if (!column.unread) index += 1
  }
  return placed
}

function modelColumn({ period, measure, unit, label }: Placed, kind: TableKind, assumed: Unit): Column {
  return { period, measure, label, unit: unit ?? (kind === 'targets' || kind === 'indicators' ? 'number' : assumed) }
}

/** Money without a unit in its header takes it from its rows' names, else from what its kind of table always has. */
function assumeUnit(
  columns: readonly Placed[],
  rows: readonly RawRow[],
  { kind, words }: ReadTable,
  report: Report,
): Unit {
  if (kind === 'targets' || kind === 'indicators') return 'number'
  const stated = columns.find(({ unit }) => unit)?.unit ?? rows.map((row) => readUnit(row.label, words)).find(Boolean)
  if (stated) return stated
  const usual = kind === 'programme' || kind === 'analysis' ? 'million' : 'thousand'
  if (columns.length > 0 && rows.length > 0) report.doubt(`unit-assumed-${usual}`, stretch(rows))
  return usual
}

const fourPhases = ['actual', 'original', 'revised', 'estimate']
const fourMeasures = ['approved', 'accumulated', 'revised-spending', 'balance']

/** The Estimates print money in four columns. One that is lost with its heading leaves no hole behind. */
function reportMissingColumns(kind: TableKind, columns: readonly HeaderColumn[], lines: Lines, report: Report) {
  if (kind === 'targets' || kind === 'indicators' || columns.some(({ unread }) => unread)) return
  const [wanted, has] =
    kind === 'commitments'
      ? [fourMeasures, columns.map(({ measure }): string => measure)]
      : [fourPhases, columns.map(({ period }): string => period.phase)]
  const count = wanted.filter((one) => !has.includes(one)).length
  if (count > 0)
    report.loss('columns-missing', lines, { count, columns: columns.map(({ label }) => label).join(' · ') })
}

function reportHeaders(segments: readonly Segment[], columns: readonly HeaderColumn[][], report: Report) {
  for (const [index, { headers }] of segments.entries()) {
    const lines = headers.map(({ number }) => ({ lines: { from: number, to: number } }))
    if (lines.length === 0) continue
    for (const { label, unread, assumed, period } of columns[index]!) {
      if (unread) report.unknown('header-unknown', stretch(lines), { text: label })
      if (assumed) report.doubt('period-assumed', stretch(lines), { text: label, period: period.when })
    }
    if (index > 0)
      report.repair('header-inside-table', stretch(lines), {
        columns: columns[index]!.map(({ label }) => label).join(' · '),
      })
    for (const header of headers) {
      const fused = header.shownCells.find(
        (cell) => (cell.match(/[(（][^()（）]{1,20}[)）]\s?[(（]/g) ?? []).length > 0 && cell.length > 8,
      )
      if (fused && !columns[index]!.some(({ label }) => label === fused))
        report.repair('header-fused', stretch(lines), { text: fused })
    }
  }
}

function readSegment(table: ReadTable, segment: Segment, columns: Placed[], plans: readonly RowPlan[], report: Report) {
  const planOf = new Map(plans.map((plan) => [plan.raw, plan]))
  const { placed, short, long, blankBefore } = align(columns, segment.rows)
  const rowOf = new Map<RawRow, RowDraft>()
  for (const raw of segment.rows) {
    const { raw: _, ...plan } = planOf.get(raw)!
    const row: RowDraft = {
      ...plan,
      cells: table.draft.columns.map(() => null),
    }
    rowOf.set(raw, row)
    table.draft.rows.push(row)
  }
  if (blankBefore)
    report.repair(
      'blank-column-dropped',
      stretch(segment.headers.map(({ number }) => ({ lines: { from: number, to: number } }))),
      { column: blankBefore.label },
    )
  for (const [raw, slots] of placed) fill(table, rowOf.get(raw)!, columns, slots, report)
  for (const raw of long) {
    report.unknown('row-unknown', raw.lines, { text: [raw.label, ...raw.cells.map(({ shown }) => shown)].join(' | ') })
  }
  for (const { found, rows } of short) {
    table.open.push({
      columns,
      found,
      rows: rows.map(({ row, filled }) => ({ row: rowOf.get(row)!, raw: row, filled })),
    })
  }
}

/** Puts the slots of one row into its columns: numbers, holes, and what is no number. */
export function fill(
  table: ReadTable,
  row: RowDraft,
  columns: readonly Placed[],
  slots: readonly Slot[],
  report: Report,
) {
  for (const [at, slot] of slots.entries()) {
    const column = columns[at]!
    if (column.unread) continue
    const coordinates = coordinatesIn(table, row, column)
    if (slot !== 'hole' && slot.value) {
      if (slot.value.spaced) report.repair('thousands-spaced', row.lines, { printed: slot.shown })
      row.cells[column.index] = tableCell(
        { ...coordinates, lines: { from: slot.line, to: slot.line } },
        slot.value,
        slot.shown,
      )
      const rate = rateCell(table, row, column, slot)
      if (rate) table.draft.rates.push(rate)
      continue
    }
    if (slot === 'hole') report.loss('cell-lost', row.lines, { name: row.label, column: column.label })
    else report.unknown('cell-unknown', row.lines, { text: slot.shown, name: row.label, column: column.label })
    row.cells[column.index] =
      slot !== 'hole' && looksLikeNumber(slot.text)
        ? figureCell(
            { ...coordinates, lines: { from: slot.line, to: slot.line } },
            { steps: null, decimals: decimalsOf(slots) },
            slot.shown,
          )
        : lostCell(coordinates, decimalsOf(slots))
  }
}

export const decimalsOf = (slots: readonly Slot[]) =>
  Math.max(0, ...slots.map((slot) => (slot === 'hole' || !slot.value ? 0 : slot.value.decimals)))

export function coordinatesIn({ draft, kind, words }: ReadTable, row: RowDraft, column: Placed) {
  const own = kind === 'targets' || kind === 'indicators' ? (readUnit(row.label, words) ?? 'number') : undefined
  const unit = own ?? column.unit ?? draft.columns[column.index]!.unit
  return {
    place: draft.place,
    subject: row.subject,
    measure: column.measure,
    period: column.period,
    unit,
    lines: row.lines,
  }
}

/**
 * The percentage glued to an amount compares the revised estimate with the original one and the estimate with the
 * revised one, whatever stands in the column before, which may be lost; elsewhere, with the column before.
 */
function rateCell({ draft, ...table }: ReadTable, row: RowDraft, column: Placed, slot: RawCell): CellDraft | undefined {
  const rate = slot.value?.rate
  const { before } = column
  if (!rate || !before || before.unread) return undefined
  const { when, phase } = column.period
  const base =
    phase === 'revised'
      ? { when, phase: 'original' as const }
      : phase === 'estimate' && when.length === 7
        ? { when: yearAfter(when, -1), phase: 'revised' as const }
        : before.period
  const at = coordinatesIn({ draft, ...table }, row, column)
  const coordinates = { ...at, measure: 'provision-rate' as const, base, unit: 'rate' as const }
  return figureCell(
    { ...coordinates, lines: { from: slot.line, to: slot.line } },
    rate,
    slot.shown.slice(rate.from, rate.to),
  )
}
