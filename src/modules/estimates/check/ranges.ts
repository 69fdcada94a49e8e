import { stepOf } from './amounts.ts'
import { type CellIndex, cellsOf, coordinatesOf, type Equation, isLinear, isPrinted, precisionOf } from './equations.ts'
import { weightsOf } from './forms.ts'
import { type Recovery, tablesWithNegatives } from './recover.ts'

/** Smallest and largest possible size of a lost cell, where both are known. */
type Range = { from: bigint; to: bigint }

type Bounds = { from?: bigint | undefined; to?: bigint | undefined }

const roundsMax = 8
const cellsMax = 2000

/**
 * What the equations allow for the cells that they do not determine. A cell whose table prints nothing negative is taken
 * to be at least nil; a less precise print of the same fact narrows it; sums narrow it further.
 */
export function rangesOf(index: CellIndex, equations: readonly Equation[], { sizes }: Recovery): Map<number, Range> {
  const bounds = new Map<number, Bounds>()
  const negative = tablesWithNegatives(index)
  for (const [cell, size] of sizes.entries())
    if (size === undefined && bounds.size < cellsMax) bounds.set(cell, startOf(index, cell, negative))
  const linear =
    bounds.size === 0
      ? []
      : equations.filter((one) => isLinear(one) && [...cellsOf(one)].some((cell) => bounds.has(cell)))
  for (let round = 0; round < roundsMax; round += 1) {
    let narrower = false
    for (const equation of linear) narrower = narrow(equation, sizes, bounds) || narrower
    if (!narrower) break
  }
  const ranges = new Map<number, Range>()
  for (const [cell, { from, to }] of bounds)
    if (from !== undefined && to !== undefined && from <= to) ranges.set(cell, { from, to })
  return ranges
}

function startOf(index: CellIndex, cell: number, negative: ReadonlySet<number>): Bounds {
  const lost = index.cells[cell]!
  const table = index.tableOf.get(cell)
  const from = table !== undefined && !negative.has(table) ? 0n : undefined
  const others = index.at.get(coordinatesOf(lost.subject, lost.measure, lost.period, lost.base)) ?? []
  const rounded = others.find(
    (other) => isPrinted(index.cells[other]!) && precisionOf(index, other) > precisionOf(index, cell),
  )
  if (rounded === undefined) return { from }
  const coarse = index.cells[rounded]!
  const [half, step] = [stepOf(coarse) / 2n, stepOf(lost)]
  const middle = BigInt(coarse.steps!) * stepOf(coarse)
  // Halves round away from zero, so the far end of the interval belongs to the next number.
  return {
    from: middle > 0n ? middle - half : middle - half + step,
    to: middle < 0n ? middle + half : middle + half - step,
  }
}

/** Tightens each unknown of `Σ weight · cell = 0` by the bounds of the others. */
function narrow(equation: Equation, sizes: Recovery['sizes'], bounds: Map<number, Bounds>): boolean {
  const weights = weightsOf(equation)
  let [low, high, openLow, openHigh] = [0n, 0n, 0, 0]
  const ends = ([cell, weight]: [number, bigint]): Bounds => {
    const size = sizes[cell]
    const { from, to } = size === undefined ? (bounds.get(cell) ?? {}) : { from: size, to: size }
    const [least, most] = weight > 0n ? [from, to] : [to, from]
    return {
      from: least === undefined ? undefined : least * weight,
      to: most === undefined ? undefined : most * weight,
    }
  }
  for (const term of weights) {
    const { from, to } = ends(term)
    if (from === undefined) openLow += 1
    else low += from
    if (to === undefined) openHigh += 1
    else high += to
  }
  let narrower = false
  for (const term of weights) {
    const [cell, weight] = term
    if (sizes[cell] !== undefined || (weight !== 1n && weight !== -1n)) continue
    const { from, to } = ends(term)
    // weight · cell = -(the others), so the others' top gives its bottom.
    const least = openHigh === (to === undefined ? 1 : 0) ? -(high - (to ?? 0n)) : undefined
    const most = openLow === (from === undefined ? 1 : 0) ? -(low - (from ?? 0n)) : undefined
    narrower =
      tighten(bounds, cell, weight > 0n ? { from: least, to: most } : negated({ from: least, to: most })) || narrower
    if (narrower) return true
  }
  return narrower
}

const negated = ({ from, to }: Bounds): Bounds => ({
  from: to === undefined ? undefined : -to,
  to: from === undefined ? undefined : -from,
})

function tighten(bounds: Map<number, Bounds>, cell: number, { from, to }: Bounds): boolean {
  const before = bounds.get(cell) ?? {}
  const higher = from !== undefined && (before.from === undefined || from > before.from)
  const lower = to !== undefined && (before.to === undefined || to < before.to)
  if (!higher && !lower) return false
  bounds.set(cell, { from: higher ? from : before.from, to: lower ? to : before.to })
  return true
}
