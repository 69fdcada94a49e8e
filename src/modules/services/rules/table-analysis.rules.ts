import type { Example } from './analysis.rules.ts'
import { areApart, constantsOf, keyOf, representativesOf } from './representatives.rules.ts'
import { openFrame } from './run.rules.ts'
import { type Cell, type CompiledTable, runCell } from './tables.rules.ts'
import type { Value } from './types.rules.ts'

/**
 * What is known of a table before anybody uses it. Rows are counted from 0. What is not told cannot happen; `certain` and `found`
 * do happen, at their examples.
 */
type TableFindings = {
  /** Rows that nothing can match. */
  readonly never: readonly number[]
  /** Pairs of rows that may both match, up to `overlapsMax`. */
  readonly overlaps: readonly Overlap[]
  /** Whether answered inputs may match no row, and whether inputs without an answer may. */
  readonly gap: Gap
  readonly gapWithoutAnswers: Gap
}
type Overlap = { readonly rows: readonly [number, number]; readonly certain: boolean; readonly example: Example }
type Gap = { readonly is: 'none' } | { readonly is: 'found' | 'unknown'; readonly example?: Example }

const overlapsMax = 100
/** How many sets of rows are looked at in search of a gap before it is given up as unknown. */
const gapStepsMax = 20_000

/** Which of the representatives of its input a cell holds for; undefined where that depends on more than the input. */
type Holds = Uint8Array | undefined
type Grid = {
  readonly inputs: readonly { readonly what: string; readonly values: readonly Value[] }[]
  readonly rows: readonly (readonly Holds[])[]
  readonly exact: boolean
}

/** Looks at a table by values that stand for all that its conditions can tell apart. */
export function analyseTable(compiled: CompiledTable): TableFindings {
  const grid = gridOf(compiled)
  const never = grid.rows.flatMap((row, at) => (row.some((holds) => holds?.includes(1) === false) ? [at] : []))
  return {
    never,
    overlaps: overlapsOf(grid),
    gap: gapOf(grid, (value) => value !== null),
    gapWithoutAnswers: gapOf(grid, () => true),
  }
}

function gridOf({ inputs, cells, table }: CompiledTable): Grid {
  const columns = inputs.map((node, at) => {
    const constants = cells.flatMap((row) => (row[at] ? (constantsOf(row[at].tests) ?? []) : []))
    return { what: table.inputs[at]!, values: representativesOf(node.type, constants) }
  })
  const rows = cells.map((row) => row.map((cell, at) => holdsOf(cell, columns[at]!.values)))
  const exact = inputs.every(({ is }) => is === 'read') && areApart(inputs.map(keyOf))
  return { inputs: columns, rows, exact }
}

function holdsOf(cell: Cell, values: readonly Value[]): Holds {
  if (!cell) return new Uint8Array(values.length).fill(1)
  if (!constantsOf(cell.tests)) return undefined
  const test = runCell(cell)
  const frame = openFrame(0)
  return Uint8Array.from(values, (value) => (test(value, {}, frame) === true ? 1 : 0))
}

function overlapsOf({ inputs, rows, exact }: Grid): Overlap[] {
  const overlaps: Overlap[] = []
  for (let one = 0; one < rows.length; one += 1)
    for (let other = one + 1; other < rows.length && overlaps.length < overlapsMax; other += 1) {
      const example = meetingOf(rows[one]!, rows[other]!, inputs)
      if (!example) continue
      const isKnown = [...rows[one]!, ...rows[other]!].every((holds) => holds !== undefined)
      overlaps.push({ rows: [one, other], certain: exact && isKnown, example })
    }
  return overlaps
}

/** Values at which both rows hold, input by input; undefined where one input keeps them apart. */
function meetingOf(one: readonly Holds[], other: readonly Holds[], inputs: Grid['inputs']): Example | undefined {
  const example: { what: string; value: Value }[] = []
  for (let at = 0; at < inputs.length; at += 1) {
    const { what, values } = inputs[at]!
    const meets = meetingAt(one[at], other[at], values.length)
    if (meets < 0) return undefined
    example.push({ what, value: values[meets]! })
  }
  return example
}

/** The first of the representatives for which both hold, or may; null is the last of them. */
function meetingAt(one: Holds, other: Holds, count: number): number {
  for (let value = 0; value < count; value += 1) if (one?.[value] !== 0 && other?.[value] !== 0) return value
  return -1
}

/**
 * Goes through the inputs one by one with the rows that still hold, and stops at values for which none is left. A cell that depends
 * on more than its input is taken to hold for nothing, so that no gap is overlooked.
 */
function gapOf({ inputs, rows, exact }: Grid, counts: (value: Value) => boolean): Gap {
  const covered = new Set<string>()
  const chosen: Value[] = []
  let steps = 0
  const hasGap = (at: number, alive: readonly number[]): boolean | undefined => {
    if (alive.length === 0) {
      for (let rest = at; rest < inputs.length; rest += 1) chosen[rest] = inputs[rest]!.values.find(counts) ?? null
      return true
    }
    if (at === inputs.length) return false
    const key = `${at}:${alive.join()}`
    if (covered.has(key)) return false
    const tried = new Set<string>()
    for (const [value, given] of inputs[at]!.values.entries()) {
      if (!counts(given)) continue
      const left = alive.filter((row) => rows[row]![at]?.[value] === 1)
      if (tried.has(left.join())) continue
      tried.add(left.join())
      steps += 1
      if (steps > gapStepsMax) return undefined
      chosen[at] = given
      const found = hasGap(at + 1, left)
      if (found !== false) return found
    }
    covered.add(key)
    return false
  }
  const found = hasGap(0, [...rows.keys()])
  if (found === undefined) return { is: 'unknown' }
  if (!found) return { is: 'none' }
  const isKnown = rows.every((row) => row.every((holds) => holds !== undefined))
  const example = inputs.map(({ what }, at) => ({ what, value: chosen[at]! }))
  return { is: exact && isKnown ? 'found' : 'unknown', example }
}
