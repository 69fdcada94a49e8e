import type { Row as TableRow } from '../types.ts'
import { stepOf } from './amounts.ts'
import { eliminate, type Row } from './eliminate.ts'
import {
  type CellIndex,
  cellsOf,
  computedOf,
  type Equation,
  isLinear,
  isPrinted,
  isUnreadable,
  printedSize,
  sidesOf,
} from './equations.ts'
import { type Form, itself, nothing, plus, sizeOfForm, solvedFor, weightsOf } from './forms.ts'

/*
 * Lost cells, solved. First what the equations prove; then what is likely, and what follows from that: a lost nil where a
 * row's latest numbers are nil, a lost total whose exact amount is known. An inference that contradicts anything is
 * taken back.
 */

export type Recovery = {
  /** Exact sizes by cell position, printed and recovered; undefined where nothing determines a lost cell. */
  sizes: (bigint | undefined)[]
  /** Recovered cells as sums of printed ones. */
  forms: Map<number, Form>
  /** Ids of the identities, and of inferences (`nil/<cell id>`, `rounded/<cell id>`), that a recovered cell follows from. */
  because: Map<number, ReadonlySet<string>>
  inferred: Set<number>
  /** Equations used up to recover something: they are true by construction, so they prove nothing. */
  defining: Set<number>
  /** Equations that no numbers which could be printed in the lost cells make true together with the others. */
  impossible: Set<number>
  /** For a cell that was recovered by rounding: the cells that it was rounded from. */
  roundedFrom: Map<number, number[]>
}

type State = Recovery & {
  index: CellIndex
  equations: readonly Equation[]
  /** Equations of each lost cell. */
  touching: Map<number, number[]>
  accepted: { cell: number; equations: number[] }[]
  /** Totals of several rows: their print may differ by one unit from the exact amount, so rounding does not prove it. */
  totals: ReadonlySet<number>
  /** Tables that print an amount below nil. In the others a lost amount is not below nil either. */
  negative: ReadonlySet<number>
}

export function recover(index: CellIndex, equations: readonly Equation[]): Recovery {
  const sizes = index.cells.map(printedSize)
  const touching = new Map<number, number[]>(
    [...sizes.entries()].filter(([, size]) => size === undefined).map(([cell]) => [cell, []]),
  )
  for (const [at, equation] of equations.entries()) for (const cell of cellsOf(equation)) touching.get(cell)?.push(at)
  const state: State = {
    sizes,
    forms: new Map(),
    because: new Map(),
    inferred: new Set(),
    defining: new Set(),
    impossible: new Set(),
    roundedFrom: new Map(),
    index,
    equations,
    touching,
    accepted: [],
    totals: new Set(
      equations.filter(({ kind, terms }) => kind === 'sum' && terms.length > 1).map(({ claimed }) => claimed),
    ),
    negative: tablesWithNegatives(index),
  }
  if (touching.size === 0) return state
  settle(state)
  inferNil(state)
  inferTotals(state)
  return state
}

const lostIn = ({ sizes }: State, equation: Equation) =>
  [...cellsOf(equation)].filter((cell) => sizes[cell] === undefined)

const formOf = ({ forms }: Recovery, cell: number): Form => forms.get(cell) ?? itself(cell)

/** Left side less right side over known cells; `without` leaves the unknown ones out. */
function residual(state: State, equation: Equation, without: ReadonlySet<number>): Form {
  let form = nothing
  for (const [cell, weight] of weightsOf(equation))
    if (!without.has(cell)) form = plus(form, formOf(state, cell), weight)
  return form
}

/** Solves equations with one unknown until none is left, then systems of several; and again, until nothing is new. */
function settle(state: State): void {
  let from = [...new Set([...state.touching.values()].flat())]
  do {
    propagate(state, from)
    from = solveTogether(state)
  } while (from.length > 0)
}

function propagate(state: State, from: readonly number[]): void {
  const queue = [...from]
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const equation = state.equations[next]!
    const [unknown, ...others] = lostIn(state, equation)
    if (unknown === undefined || others.length > 0 || equation.incomplete) continue
    if (isLinear(equation)) {
      const weight = weightsOf(equation).get(unknown)!
      if (weight === 0n) continue
      const form = solvedFor(residual(state, equation, new Set([unknown])), weight)
      if (!accept(state, unknown, form, [next])) continue
    } else if (!acceptComputed(state, unknown, equation, next)) continue
    queue.push(...(state.touching.get(unknown) ?? []))
  }
}

/** A lost cell that restates a more precise one, or a lost rate, is computed; the way back does not exist. */
function acceptComputed(state: State, unknown: number, equation: Equation, at: number): boolean {
  if (unknown !== equation.claimed || (equation.relation !== 'restates' && equation.relation !== 'rate')) return false
  if (state.totals.has(unknown) && !state.inferred.has(unknown)) return false
  const sides = sidesOf(equation, (cell) => (cell === unknown ? 0n : state.sizes[cell]))
  const size = sides && computedOf(equation, state.index.cells[unknown]!, sides)
  if (size === undefined) return false
  state.sizes[unknown] = size
  state.roundedFrom.set(
    unknown,
    equation.terms.map(({ cell }) => cell),
  )
  note(state, unknown, [at])
  return true
}

function accept(state: State, cell: number, form: Form, equations: number[]): boolean {
  const size = sizeOfForm(form, (at) => state.sizes[at]!)
  // A value that could not be printed there proves that some number is wrong, not what this one is.
  if (size === undefined || !couldBePrinted(state, cell, size)) {
    for (const at of equations) state.impossible.add(at)
    return false
  }
  state.sizes[cell] = size
  state.forms.set(cell, form)
  note(state, cell, equations)
  return true
}

/** A whole number of the unit's steps, and not below nil in a table that prints nothing below it. */
function couldBePrinted({ index, negative }: State, cell: number, size: bigint): boolean {
  const table = index.tableOf.get(cell)
  return size % stepOf(index.cells[cell]!) === 0n && (size >= 0n || table === undefined || negative.has(table))
}

export function tablesWithNegatives({ document, cells, position }: CellIndex): Set<number> {
  const negative = new Set<number>()
  for (const [table, { rows }] of document.tables.entries())
    if (rows.some((row) => row.cells.some((id) => id !== null && (cells[position.get(id) ?? -1]?.steps ?? 0) < 0)))
      negative.add(table)
  return negative
}

function note(state: State, cell: number, equations: number[]): void {
  const because = new Set(equations.map((at) => state.equations[at]!.id))
  for (const at of equations) {
    state.defining.add(at)
    for (const other of cellsOf(state.equations[at]!))
      if (other !== cell && because.size < reasonsMax) for (const id of state.because.get(other) ?? []) because.add(id)
  }
  state.because.set(cell, because)
  state.accepted.push({ cell, equations })
}

/** Whether a reason is an assumption about a cell rather than an identity. */
export const isInference = (id: string): boolean => id.startsWith('nil/') || id.startsWith('rounded/')

/** More reasons than a person reads; a total of thousands of recovered lines would carry them all. */
const reasonsMax = 60

/** What several equations determine only together. Gives the equations in which something became known. */
function solveTogether(state: State): number[] {
  const rows: Row[] = []
  for (const at of new Set([...state.touching.values()].flat())) {
    const equation = state.equations[at]!
    const unknowns = lostIn(state, equation)
    if (unknowns.length === 0 || !isLinear(equation) || rows.length >= rowsMax) continue
    const weights = weightsOf(equation)
    rows.push({
      unknowns: new Map(unknowns.map((cell) => [cell, weights.get(cell)!])),
      known: residual(state, equation, new Set(unknowns)),
      from: new Map([[at, 1n]]),
    })
  }
  eliminate(rows)
  const again: number[] = []
  for (const row of rows) {
    const [[unknown, weight] = [undefined, 0n], ...others] = row.unknowns
    if (unknown === undefined) {
      if (sizeOfForm(row.known, (cell) => state.sizes[cell]!) !== 0n)
        for (const at of row.from.keys()) state.impossible.add(at)
    } else if (others.length === 0 && weight !== 0n && state.sizes[unknown] === undefined) {
      if (accept(state, unknown, solvedFor(row.known, weight), [...row.from.keys()]))
        again.push(...(state.touching.get(unknown) ?? []))
    }
  }
  return again
}

const rowsMax = 3000

/** Where a line's two latest numbers are nil, the lost next one is taken to be nil, unless that contradicts something. */
function inferNil(state: State): void {
  const nil = nilRows(state)
  for (const component of components(state)) {
    const candidates = component.filter((cell) => state.sizes[cell] === undefined && nil.get(cell)?.sumOf.length === 0)
    if (candidates.length === 0) continue
    const before = mark(state)
    for (const cell of candidates) {
      state.sizes[cell] = 0n
      state.forms.set(cell, nothing)
      state.because.set(cell, new Set([`nil/${state.index.cells[cell]!.id}`]))
      state.inferred.add(cell)
      state.accepted.push({ cell, equations: [] })
    }
    settle(state)
    if (isPlausible(state, before)) {
      // A total whose own latest numbers are nil, too, is as much inferred as its lines.
      for (const { cell } of state.accepted.slice(before.accepted))
        if (nil.has(cell) && state.sizes[cell] === 0n) state.inferred.add(cell)
    } else takeBack(state, before)
  }
}

/**
 * A lost total of which the exact amount is known is taken to be that amount, rounded. This is likely and not proved
 * (decision 0003), so it comes last and only where the rows do not give the total.
 */
function inferTotals(state: State): void {
  for (const [at, equation] of state.equations.entries()) {
    const { claimed, rounds, terms } = equation
    if (!rounds || !state.totals.has(claimed) || state.sizes[claimed] !== undefined) continue
    if (terms.some(({ cell }) => state.sizes[cell] === undefined)) continue
    const before = mark(state)
    state.inferred.add(claimed)
    if (!acceptComputed(state, claimed, equation, at)) {
      state.inferred.delete(claimed)
      continue
    }
    state.because.set(claimed, new Set([...state.because.get(claimed)!, `rounded/${state.index.cells[claimed]!.id}`]))
    settle(state)
    if (!isPlausible(state, before)) takeBack(state, before)
  }
}

/** Rows of lost cells that look nil: the two numbers before it, and the one after it if there is one. */
function nilRows({ index, sizes }: State): Map<number, TableRow> {
  const rows = new Map<number, TableRow>()
  for (const table of index.document.tables)
    for (const row of table.rows)
      for (const [column, id] of row.cells.entries()) {
        const lost = id === null ? undefined : index.position.get(id)
        if (lost === undefined || sizes[lost] !== undefined || isUnreadable(index.cells[lost]!)) continue
        const isNil = (at: number) => {
          const other = row.cells[at]
          const cell = other === null || other === undefined ? undefined : index.cells[index.position.get(other) ?? -1]
          return table.columns[at]?.measure === table.columns[column]?.measure && cell?.nil === true && isPrinted(cell)
        }
        const next = row.cells[column + 1]
        const nextIsNil = next === null || next === undefined || isNil(column + 1)
        if (isNil(column - 1) && isNil(column - 2) && nextIsNil) rows.set(lost, row)
      }
  return rows
}

/** Lost cells that speak of each other, directly or through others. */
function components(state: State): number[][] {
  const found: number[][] = []
  const seen = new Set<number>()
  for (const start of state.touching.keys()) {
    if (seen.has(start) || state.sizes[start] !== undefined) continue
    const component: number[] = []
    const queue = [start]
    seen.add(start)
    for (let cell = queue.pop(); cell !== undefined; cell = queue.pop()) {
      component.push(cell)
      for (const at of state.touching.get(cell) ?? [])
        for (const other of lostIn(state, state.equations[at]!)) {
          if (seen.has(other)) continue
          seen.add(other)
          queue.push(other)
        }
    }
    found.push(component)
  }
  return found
}

/** Where the state stood before an inference, so that it can be judged and taken back. */
type Mark = { accepted: number; impossible: ReadonlySet<number> }
const mark = ({ accepted, impossible }: State): Mark => ({
  accepted: accepted.length,
  impossible: new Set(impossible),
})

/** What was accepted since makes no equation false or impossible, and nothing below nil. */
function isPlausible(state: State, since: Mark): boolean {
  const { sizes, equations, touching } = state
  if (state.impossible.size > since.impossible.size) return false
  return state.accepted.slice(since.accepted).every(
    ({ cell }) =>
      sizes[cell]! >= 0n &&
      (touching.get(cell) ?? []).every((at) => {
        const equation = equations[at]!
        if (!isLinear(equation)) return true
        const sides = sidesOf(equation, (other) => sizes[other])
        return !sides || sides.left === sides.right
      }),
  )
}

function takeBack(state: State, { accepted, impossible }: Mark): void {
  for (const { cell, equations } of state.accepted.splice(accepted)) {
    state.sizes[cell] = undefined
    state.forms.delete(cell)
    state.because.delete(cell)
    state.inferred.delete(cell)
    state.roundedFrom.delete(cell)
    for (const at of equations) state.defining.delete(at)
  }
  state.impossible = new Set(impossible)
}

/** The printed cells that a cell rests on: itself, or what it was recovered from. */
export function printedBehind(recovery: Recovery, cell: number): number[] {
  const behind = new Set<number>()
  const queue = [cell]
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const rounded = recovery.roundedFrom.get(next)
    const form = recovery.forms.get(next)
    if (rounded) queue.push(...rounded)
    else if (form) queue.push(...[...form.terms.keys()].filter((one) => !behind.has(one)))
    else behind.add(next)
  }
  return [...behind]
}
