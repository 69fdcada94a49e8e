import type { Cell, Row, Table } from '../types.ts'
import { type CellIndex, cellsAt, type Equation, equation, isPrinted, precisionOf, type Term } from './equations.ts'

/** What tables say by their structure: totals, commitments, and the subhead that commitments belong to. */
export const generateFromTables = (index: CellIndex): Equation[] =>
  index.document.tables.flatMap((table) => [
    ...sums(index, table),
    ...commitments(index, table),
    ...spending(index, table),
    ...contractedOut(index, table),
  ])

/** Cells of measures that add up. A rate, a share or a target does not. */
const adds = ({ measure, unit }: Pick<Cell, 'measure' | 'unit'>) =>
  unit !== 'rate' && unit !== 'share' && measure !== 'target' && measure !== 'provision-rate'

const nameOf = ({ subject, measure, period, base }: Cell) =>
  [
    subject,
    ...(measure === 'provision' ? [] : [measure]),
    `${period.when}.${period.phase}${base ? `~${base.when}.${base.phase}` : ''}`,
  ].join('/')

/** A total or subtotal is the sum of its rows, column by column. */
function sums(index: CellIndex, table: Table): Equation[] {
  const rows = new Map(table.rows.map((row) => [row.subject, row]))
  const equations: Equation[] = []
  for (const total of table.rows) {
    if (total.sumOf.length === 0) continue
    const parts = total.sumOf.map((subject) => rows.get(subject))
    for (const [column, id] of total.cells.entries()) {
      const claimed = positionOf(index, id)
      if (claimed === undefined || !adds(index.cells[claimed]!)) continue
      const cells = parts.map((row) => positionOf(index, row?.cells[column]))
      const terms: Term[] = cells.filter((cell) => cell !== undefined).map((cell) => ({ cell, sign: 1 }))
      // A column that no part has a number in is not a sum: the balance of a group, a total of another kind.
      if (terms.length === 0) continue
      const incomplete = terms.length < parts.length
      const name = `sum/${table.id}/${nameOf(index.cells[claimed]!)}`
      equations.push(equation(index, { id: name, kind: 'sum', relation: 'adds', claimed, terms, incomplete }))
    }
  }
  return equations
}

/** Approved = spent so far + revised estimate of the current year + balance, in every row and in the total. */
function commitments(index: CellIndex, table: Table): Equation[] {
  const column = columnsOf(table)
  const equations: Equation[] = []
  for (const row of table.rows) {
    const at = (measure: Cell['measure']) => positionOf(index, row.cells[column.get(measure) ?? -1])
    const [claimed, ...parts] = [at('approved'), at('accumulated'), at('revised-spending'), at('balance')]
    if (claimed === undefined || parts.some((part) => part === undefined)) continue
    const terms = parts.map((cell): Term => ({ cell: cell!, sign: 1 }))
    const id = `commitment/${row.subject}/${index.cells[claimed]!.period.when}`
    equations.push(equation(index, { id, kind: 'commitment', relation: 'adds', claimed, terms }))
  }
  return equations
}

/**
 * Commitments under a subhead: what they spend in the current year is the subhead's revised provision, and its provision
 * for the year to come is not more than what is left of them.
 */
function spending(index: CellIndex, table: Table): Equation[] {
  const column = columnsOf(table)
  const [spent, left] = [column.get('revised-spending'), column.get('balance')]
  if (spent === undefined || left === undefined) return []
  const groups = commitmentsBySubhead(table)
  const total = groups.length === 1 ? table.rows.find(({ role }) => role === 'total') : undefined
  return groups.flatMap(({ subhead, items }): Equation[] => {
    const rows = total ? [total] : items
    const terms = (at: number) =>
      rows
        .map(({ cells }) => positionOf(index, cells[at]))
        .filter((cell) => cell !== undefined)
        .map((cell): Term => ({ cell, sign: 1 }))
    const [revised, year] = [table.columns[spent]!.period, table.columns[left]!.period]
    const spentHere = terms(spent)
    const leftHere = terms(left)
    const before = preferPrinted(index, cellsAt(index, subhead, 'provision', revised))
    const next = preferPrinted(index, cellsAt(index, subhead, 'provision', { when: year.when, phase: 'estimate' }))
    const period = `${revised.when}.${revised.phase}`
    return [
      ...(before === undefined || spentHere.length < rows.length
        ? []
        : [
            equation(index, {
              id: `spending/${subhead}/${period}`,
              kind: 'spending',
              relation: 'restates',
              claimed: before,
              terms: spentHere,
            }),
          ]),
      ...(next === undefined || leftHere.length < rows.length
        ? []
        : [
            equation(index, {
              id: `bound/${subhead}/${year.when}.estimate/balance`,
              kind: 'bound',
              relation: 'at-most',
              claimed: next,
              terms: leftHere,
            }),
          ]),
    ]
  })
}

/** Items stand under the row of the subhead that pays for them. */
function commitmentsBySubhead(table: Table): { subhead: string; items: Row[] }[] {
  const groups: { subhead: string; items: Row[] }[] = []
  for (const row of table.rows) {
    const subhead = row.subject.startsWith('subhead:')
      ? row.subject
      : row.code && row.role === 'group'
        ? `subhead:${row.code}`
        : undefined
    if (subhead) groups.push({ subhead, items: [] })
    else if (row.role === 'line') groups.at(-1)?.items.push(row)
  }
  return groups.filter(({ items }) => items.length > 0)
}

/** Two indicators of which one is a part of the other say so only by their names. */
const contracted = {
  part: /外發工作|contracted out|outsourced/i,
  whole: /所進行工作|工作的總值|work (undertaken|conducted|done)/i,
}

function contractedOut(index: CellIndex, table: Table): Equation[] {
  if (table.place !== 'indicators') return []
  const part = table.rows.find(({ label }) => contracted.part.test(label))
  const whole = table.rows.find(({ label }) => contracted.whole.test(label) && !contracted.part.test(label))
  if (!part || !whole) return []
  const [parts, wholes] = [part, whole].map(({ cells }) =>
    cells.map((id) => positionOf(index, id)).filter((cell) => cell !== undefined),
  )
  return parts!.flatMap((claimed) => {
    const { period, unit } = index.cells[claimed]!
    const cell = wholes!.find((at) => index.cells[at]!.unit === unit && samePeriod(index.cells[at]!, period))
    if (cell === undefined) return []
    const id = `bound/${table.id}/${nameOf(index.cells[claimed]!)}`
    return [equation(index, { id, kind: 'bound', relation: 'at-most', claimed, terms: [{ cell, sign: 1 }] })]
  })
}

const samePeriod = ({ period }: Cell, { when, phase }: Cell['period']) => period.when === when && period.phase === phase

const columnsOf = ({ columns }: Table) => new Map(columns.map(({ measure }, at) => [measure, at]))

const positionOf = ({ position }: CellIndex, id: string | null | undefined) =>
  id === null || id === undefined ? undefined : position.get(id)

/** One cell of a fact: the most precise one, and of equally precise ones a printed one. */
export function preferPrinted(index: CellIndex, candidates: readonly number[]): number | undefined {
  const finest = candidates.reduce<bigint | undefined>((least, cell) => {
    const precision = precisionOf(index, cell)
    return least === undefined || precision < least ? precision : least
  }, undefined)
  const finestCells = candidates.filter((cell) => precisionOf(index, cell) === finest)
  return finestCells.find((cell) => isPrinted(index.cells[cell]!)) ?? finestCells[0]
}
