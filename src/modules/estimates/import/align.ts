import type { HeaderColumn } from './headers.ts'
import type { RawCell, RawRow } from './rows.ts'

/** What a row holds in one column: a cell, a text that is no number, or a hole that the source shows. */
export type Slot = RawCell | 'hole'

/** Rows that hold fewer numbers than the table has columns: which column each number belongs to is open. */
interface ShortRows {
  found: number
  rows: { row: RawRow; filled: RawCell[] }[]
}

interface Alignment {
  /** Rows whose every column is known, in the order of the columns. */
  placed: Map<RawRow, Slot[]>
  short: ShortRows[]
  /** Rows with more numbers than columns. */
  long: RawRow[]
  /** The header names its columns after an empty one that no row fills. */
  blankBefore: HeaderColumn | undefined
}

/**
 * Stage 4: which cell belongs to which column. Positions are believed only when the whole table agrees with them: every
 * number stands under a column, every column has a number, no name stands under one. Else a full row is read in order,
 * and a short row is left open: its numbers say nothing about which of them is missing.
 */
export function align(columns: readonly HeaderColumn[], rows: readonly RawRow[]): Alignment {
  const result: Alignment = { placed: new Map(), short: [], long: [], blankBefore: undefined }
  const numbered = rows.filter((row) => row.cells.some(({ text }) => text !== ''))
  const fits = positionsFit(columns, numbered)
  const first = columns[0]
  const second = first && numbered.every((row) => row.labelEnd < first.position && emptyBefore(row, first.position))
  if (fits && first && second && first.position > 1 && numbered.length > 0) result.blankBefore = first
  const short = new Map<number, ShortRows>()
  for (const row of numbered) {
    const filled = row.cells.filter(({ text }) => text !== '')
    if (filled.length === columns.length) result.placed.set(row, filled)
    else if (filled.length > columns.length) result.long.push(row)
    else if (fits && row.cells.at(-1)!.position >= columns.at(-1)!.position) {
      result.placed.set(
        row,
        columns.map(({ position }) => filled.find((cell) => cell.position === position) ?? 'hole'),
      )
    } else {
      const group = short.get(filled.length) ?? { found: filled.length, rows: [] }
      group.rows.push({ row, filled })
      short.set(filled.length, group)
    }
  }
  result.short = [...short.values()]
  return result
}

function positionsFit(columns: readonly HeaderColumn[], rows: readonly RawRow[]): boolean {
  const positions = new Set(columns.map(({ position }) => position))
  const used = new Set<number>()
  for (const row of rows) {
    if (row.labelEnd > (columns[0]?.position ?? 0)) return false
    for (const { position, text } of row.cells) {
      if (text === '') continue
      if (!positions.has(position)) return false
      used.add(position)
    }
  }
  return used.size === positions.size
}

const emptyBefore = (row: RawRow, position: number) =>
  row.cells.every((cell) => cell.position >= position || cell.text === '')

const readingsMax = 200

/** Every way to give `found` numbers, in their order, to `columns` columns: the columns taken. Undefined when too many. */
export function orderedChoices(columns: number, found: number): number[][] | undefined {
  const choices: number[][] = []
  const choose = (from: number, taken: number[]): boolean => {
    if (taken.length === found) {
      choices.push(taken)
      return choices.length <= readingsMax
    }
    for (let next = from; next <= columns - (found - taken.length); next++)
      if (!choose(next + 1, [...taken, next])) return false
    return true
  }
  return choose(0, []) ? choices : undefined
}
