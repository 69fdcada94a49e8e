import { exactOf, stepOf } from '../check/amounts.ts'
import { orderedChoices } from './align.ts'
import { type CellDraft, lostCell } from './cells.ts'
import { type ColumnSum, type Evidence, type Facts, weigh } from './evidence.ts'
import { Report } from './report.ts'
import { stretch } from './structure.ts'
import { coordinatesIn, decimalsOf, fill, type ReadTable, type RowDraft, type TableDraft } from './tables.ts'

const trialsMax = 50_000
/** By how much the best reading must win, and the least evidence that it needs. */
const clearBy = 2

type Open = ReadTable['open'][number]

interface Reading extends Evidence {
  /** The columns that the numbers go to, in their order. */
  choice: number[]
}

/**
 * Stage 6: decides which column a damaged table lost. Each way to give its numbers, in their order, to the columns is
 * tried, and the one that most statements elsewhere agree with wins, if it wins clearly: then no single wrong digit can
 * make another one win. Positions have no vote.
 */
export function settle(table: ReadTable, known: Facts, report: Report) {
  for (const open of table.open) {
    const readings = readingsOf(table, open, known)
    const best = readings[0]
    if (!best) {
      const texts = open.rows.map(({ raw, filled }) => [raw.label, ...filled.map(({ shown }) => shown)].join(' | '))
      for (const [index, text] of texts.entries()) report.unknown('row-unknown', open.rows[index]!.raw.lines, { text })
      continue
    }
    const isClear = best.score >= clearBy && (!readings[1] || best.score - readings[1].score >= clearBy)
    const rivals = isClear ? [best] : readings.filter(({ score }) => best.score - score < clearBy)
    reportReading(open, readings, isClear, report)
    for (const { row, raw, filled } of open.rows) {
      for (const [at, column] of open.columns.entries()) {
        // A column that every rival reading gives the same number has that number, whichever of them is true.
        const takes = new Set(rivals.map(({ choice }) => choice.indexOf(at)))
        const [take = -1] = takes
        if (column.unread) continue
        if (takes.size === 1 && take !== -1) fill(table, row, [column], [filled[take]!], report)
        else {
          const status = takes.size === 1 ? 'missing' : 'ambiguous'
          row.cells[column.index] = lostCell(
            { ...coordinatesIn(table, row, column), lines: raw.lines },
            decimalsOf(filled),
            status,
          )
        }
      }
    }
  }
  table.open = []
}

/** Every reading with its evidence, the best first. None when the table is too large to try. */
function readingsOf(table: ReadTable, open: Open, known: Facts): Reading[] {
  const choices = orderedChoices(open.columns.length, open.found) ?? []
  if (choices.length * table.draft.rows.length > trialsMax) return []
  return choices
    .map((choice) => {
      const draft: TableDraft = {
        ...table.draft,
        rows: table.draft.rows.map((row) => ({ ...row, cells: [...row.cells] })),
        rates: [],
      }
      const trial: ReadTable = { ...table, draft }
      const taken = choice.map((at) => open.columns[at]!)
      const copies = new Map(table.draft.rows.map((row, index) => [row, draft.rows[index]!]))
      const tried = open.rows.map(({ row }) => copies.get(row)!)
      for (const [index, { filled }] of open.rows.entries()) fill(trial, tried[index]!, taken, filled, new Report())
      const cells = tried.flatMap(({ cells }) => cells.filter((cell) => cell !== null))
      const evidence = weigh(
        [...cells, ...draft.rates, ...spendingBySubhead(draft)],
        known,
        sumsAcross(draft, new Set(tried)),
      )
      return { choice, ...evidence }
    })
    .sort((one, other) => other.score - one.score)
}

/** The sums that mix rows on trial with rows that are whole. Sums of rows on trial alone hold in every reading. */
function sumsAcross(draft: TableDraft, tried: ReadonlySet<RowDraft>): ColumnSum[] {
  const bySubject = new Map(draft.rows.filter(({ role }) => role !== 'group').map((row) => [row.subject, row]))
  return draft.rows.flatMap((row) => {
    const parts = row.sumOf.map((subject) => bySubject.get(subject))
    const all = [row, ...parts]
    if (parts.length === 0 || !all.some((one) => one && tried.has(one)) || all.every((one) => one && tried.has(one)))
      return []
    return draft.columns.flatMap((_, index): ColumnSum[] => {
      const cells = parts.map((part) => part?.cells[index])
      const total = row.cells[index]
      return total && cells.every((cell) => cell) ? [[total, cells as CellDraft[]]] : []
    })
  })
}

/** What the commitments under one subhead spend this year is that subhead's revised provision, as far as the table tells. */
export function spendingBySubhead(draft: TableDraft): CellDraft[] {
  if (draft.kind !== 'commitments') return []
  const index = draft.columns.findIndex(({ measure }) => measure === 'revised-spending')
  const sums = new Map<string, CellDraft[]>()
  for (const row of draft.rows) {
    const cell = row.cells[index]
    if (row.role !== 'line' || !row.group?.startsWith('subhead:') || !cell || cell.steps === null) continue
    sums.set(row.group, [...(sums.get(row.group) ?? []), cell])
  }
  return [...sums].map(([subject, cells]) => {
    const first = cells[0]!
    const steps = cells.reduce((sum, cell) => sum + exactOf(cell), 0n) / stepOf(first)
    return { ...first, subject, measure: 'provision' as const, steps: Number(steps) }
  })
}

function reportReading(open: Open, readings: readonly Reading[], isClear: boolean, report: Report) {
  const names = ({ choice }: Reading) =>
    open.columns
      .filter((_, at) => !choice.includes(at))
      .map(({ label }) => label)
      .join(' · ')
  const [best, second] = readings as [Reading, Reading | undefined]
  const lines = stretch(open.rows.map(({ raw }) => raw))
  const sizes = { expected: open.columns.length, found: open.found, rows: open.rows.length }
  if (isClear) {
    const { held, broken } = best
    const rest = { other: second ? names(second) : '—', otherHeld: second?.held ?? 0, otherBroken: second?.broken ?? 0 }
    report.loss('column-lost', lines, { ...sizes, column: names(best), held, broken, ...rest })
  } else {
    const tried = readings.slice(0, 6).map((reading) => `${names(reading)} (+${reading.held} −${reading.broken})`)
    report.doubt('column-unclear', lines, { ...sizes, readings: tried.join('; ') })
  }
}
