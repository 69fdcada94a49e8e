import type { Cell, Lines, Measure, Period, Unit } from '../types.ts'
import type { Figure, Value } from './numbers.ts'

/** A cell before the document numbers it. */
export type CellDraft = Omit<Cell, 'id'>

export interface Coordinates {
  place: Cell['place']
  subject: string
  measure: Measure
  period: Period
  base?: Period
  unit: Unit
  lines: Lines
}

const blank = { nil: false, marks: [], because: [] }

export function printedCell(
  at: Coordinates,
  value: { steps: number; decimals: number; nil?: boolean; marks?: string[] },
  printed: string,
): CellDraft {
  const { steps, decimals, nil = false, marks = [] } = value
  return { ...blank, ...at, steps, decimals, nil, marks, printed, status: 'printed' }
}

/** A hole: nothing is known of it (`missing`), or several values are possible (`ambiguous`). */
export function lostCell(at: Coordinates, decimals: number, status: 'missing' | 'ambiguous' = 'missing'): CellDraft {
  return { ...blank, ...at, steps: null, decimals, printed: null, status }
}

/** What is printed where a number belongs. If it cannot be read as one, it is not lost, and no number either. */
export const figureCell = (
  at: Coordinates,
  { steps, decimals, nil = false }: Figure & { nil?: boolean },
  printed: string,
): CellDraft =>
  steps === null
    ? { ...lostCell(at, decimals), printed: printed.slice(0, 100) }
    : printedCell(at, { steps, decimals, nil }, printed)

export function tableCell(at: Coordinates, value: Value, shown: string): CellDraft {
  return printedCell(at, value, shown.slice(value.from, value.to))
}

export const coordinatesOf = (cell: Pick<CellDraft, 'subject' | 'measure' | 'period'>) =>
  `${cell.subject}/${cell.measure}/${cell.period.when}.${cell.period.phase}`
