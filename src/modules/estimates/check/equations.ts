import type { Cell, EstimatesDocument, Identity, Measure, Period } from '../types.ts'
import { divideHalfUp, exactOf, isMoney, rateOf, stepOf, thousandDollars } from './amounts.ts'

/*
 * An equation is an identity before it is judged: the claimed cell on the left, signed cells on the right. Cells are
 * positions in the document's list, so that thousands of them cost nothing to look up.
 */

export type Term = { cell: number; sign: 1 | -1 }

/**
 * `adds`: the right side to the last digit, as inside a table. `restates`: the same amount, perhaps in another unit: the
 * more precise side is rounded half up. `rate`: the change between the two cells of the right side in per cent. `at-most`:
 * not more than the right side. `whole`: an amount in dollars that restates thousands. `form`: not about its size, but
 * about how it is printed; such an equation exists only where it fails.
 * `near`: the right side is printed too roughly to say more than whether the left one can be true.
 */
export type Relation = 'adds' | 'restates' | 'rate' | 'at-most' | 'whole' | 'form' | 'near'

export type Equation = {
  id: string
  kind: Identity['kind']
  relation: Relation
  claimed: number
  terms: Term[]
  /** The right side is more precise than the left, so that it must be rounded before they are compared. */
  rounds: boolean
  /** The document has no cell for a part of the right side. */
  incomplete: boolean
}

export type CellIndex = {
  document: EstimatesDocument
  cells: readonly Cell[]
  /** Position by cell id. */
  position: ReadonlyMap<string, number>
  /** Positions by coordinates: several where a fact is printed in several places. */
  at: ReadonlyMap<string, number[]>
  /** Position of the table of a cell, for cells that stand in one. */
  tableOf: ReadonlyMap<number, number>
  /** Tables of voted money give thousands and none gives dollars: an amount in dollars is then a restatement of thousands. */
  votesThousands: boolean
}

const periodKey = ({ when, phase }: Period) => `${when}.${phase}`

export const coordinatesOf = (subject: string, measure: Measure, period: Period, base?: Period | undefined): string =>
  `${subject}/${measure}/${periodKey(period)}${base ? `~${periodKey(base)}` : ''}`

export function indexCells(document: EstimatesDocument): CellIndex {
  const { cells } = document
  const position = new Map(cells.map((cell, at) => [cell.id, at]))
  const at = new Map<string, number[]>()
  for (const [place, cell] of cells.entries()) {
    const key = coordinatesOf(cell.subject, cell.measure, cell.period, cell.base)
    const others = at.get(key)
    if (others) others.push(place)
    else at.set(key, [place])
  }
  const tableOf = new Map<number, number>()
  for (const [table, { rows }] of document.tables.entries())
    for (const row of rows)
      for (const id of row.cells) {
        const cell = id === null ? undefined : position.get(id)
        if (cell !== undefined) tableOf.set(cell, table)
      }
  const units = new Set(cells.filter((cell, at) => tableOf.has(at) && isVoted(cell)).map(({ unit }) => unit))
  return { document, cells, position, at, tableOf, votesThousands: units.has('thousand') && !units.has('dollar') }
}

export const cellsAt = (
  index: CellIndex,
  subject: string,
  measure: Measure,
  period: Period,
  base?: Period,
): readonly number[] => index.at.get(coordinatesOf(subject, measure, period, base)) ?? []

/** Money that is voted, spent or committed. A target or an indicator may be in dollars, too, and in cents. */
export const isVoted = ({ measure, unit }: Pick<Cell, 'measure' | 'unit'>): boolean =>
  isMoney(unit) && measure !== 'target' && measure !== 'indicator'

/** How exactly a cell states its amount: a step of its unit, but never below a thousand where dollars restate thousands. */
export function precisionOf({ cells, votesThousands }: CellIndex, cell: number): bigint {
  const step = stepOf(cells[cell]!)
  return votesThousands && isVoted(cells[cell]!) && step < thousandDollars ? thousandDollars : step
}

/** An equation whose operands decide by themselves whether rounding is due. */
export function equation(
  index: CellIndex,
  shape: Omit<Equation, 'rounds' | 'incomplete'> & { incomplete?: boolean },
): Equation {
  const { unit } = index.cells[shape.claimed]!
  const precision = precisionOf(index, shape.claimed)
  // Nothing is rounded within one unit: there 52.11 is not 52.1.
  const rounds =
    shape.relation === 'restates' &&
    shape.terms.some(({ cell }) => index.cells[cell]!.unit !== unit && precisionOf(index, cell) < precision)
  return { ...shape, rounds, incomplete: shape.incomplete ?? false }
}

/** Every cell that an equation speaks of, once. */
export const cellsOf = ({ claimed, terms }: Pick<Equation, 'claimed' | 'terms'>): Set<number> =>
  new Set([claimed, ...terms.map(({ cell }) => cell)])

/** Equalities without rounding: those with which a lost cell can be solved. */
export const isLinear = ({ relation, rounds, incomplete }: Equation): boolean =>
  !incomplete && (relation === 'adds' || (relation === 'restates' && !rounds))

/** Both sides of an equation in exact size; `base` is what a rate compares with. */
export type Sides = { left: bigint; right: bigint; base: bigint }

/** Both sides, or undefined where a cell is not known. */
export function sidesOf(
  { claimed, terms, relation }: Equation,
  sizeOf: (cell: number) => bigint | undefined,
): Sides | undefined {
  const left = sizeOf(claimed)
  if (left === undefined) return undefined
  let right = 0n
  let base = 0n
  for (const { cell, sign } of terms) {
    const size = sizeOf(cell)
    if (size === undefined) return undefined
    right += sign > 0 ? size : -size
    if (relation === 'rate' && sign < 0) base = size
  }
  return { left, right, base }
}

/** What the right side makes of the claimed cell; undefined for a rate of nothing. */
export function computedOf(
  equation: Equation,
  claimed: Pick<Cell, 'unit' | 'decimals'>,
  { left, right, base }: Sides,
): bigint | undefined {
  const step = stepOf(claimed)
  switch (equation.relation) {
    case 'adds':
    case 'near':
    case 'at-most':
      return right
    case 'restates':
      return equation.rounds ? divideHalfUp(right, step) * step : right
    case 'rate': {
      const steps = rateOf(right, base, claimed.decimals)
      return steps === undefined ? undefined : steps * step
    }
    case 'whole':
      return divideHalfUp(left, thousandDollars) * thousandDollars
    case 'form':
      return left
  }
}

/** Whether an equation is true; undefined where its rate compares with nothing. */
export function isTrue(equation: Equation, claimed: Cell, sides: Sides): boolean | undefined {
  // “—” under a rate says that nothing changed at all, not that the change rounds to nothing.
  if (equation.relation === 'rate' && claimed.nil) return sides.right === 0n
  const computed = computedOf(equation, claimed, sides)
  if (computed === undefined) return undefined
  return equation.relation === 'at-most' ? sides.left <= computed : sides.left === computed
}

export const isPrinted = ({ status, steps }: Cell): boolean => status === 'printed' && steps !== null

/** Printed, but not as a number: the importer kept the characters. */
export const isUnreadable = ({ printed, steps }: Cell): boolean => printed !== null && steps === null

export const printedSize = (cell: Cell): bigint | undefined => (isPrinted(cell) ? exactOf(cell) : undefined)

/** Gives every equation an id of its own: a second one with the same coordinates becomes `…#2`. */
export function numbered(equations: Equation[]): Equation[] {
  const seen = new Map<string, number>()
  return equations.map((one) => {
    const id = one.id.slice(0, 194)
    const count = (seen.get(id) ?? 0) + 1
    seen.set(id, count)
    return count === 1 ? { ...one, id } : { ...one, id: `${id}#${count}` }
  })
}
