import { exactOf, formatSteps, stepOf } from './amounts.ts'
import { type CellIndex, type Equation, isPrinted, isTrue, type Sides } from './equations.ts'
import type { Judgement } from './judge.ts'
import { printedBehind, type Recovery } from './recover.ts'

/** A group of failing equations that share cells, and the cells that are likely wrong, likeliest first. */
type Suspicion = { equations: number[]; suspects: Suspect[] }

/** `steps` would make every failing equation of the group true and no other one false; null where no single number does. */
export type Suspect = { cell: number; steps: bigint | null }

const suspectsMax = 20

/** Looks for the one number that explains each group of failing equations. */
export function locate(
  index: CellIndex,
  equations: readonly Equation[],
  judgements: readonly Judgement[],
  recovery: Recovery,
): Suspicion[] {
  const failing = [...judgements.entries()].filter(([, { outcome }]) => outcome === 'fails').map(([at]) => at)
  if (failing.length === 0) return []
  const weigh = weigher(index, equations, recovery)
  const holding = new Map<number, number[]>()
  for (const at of failing) for (const cell of weigh(at).keys()) holding.set(cell, [])
  for (const [at, { outcome }] of judgements.entries())
    if (outcome !== 'unknown') for (const cell of weigh(at).keys()) holding.get(cell)?.push(at)
  // A wrong form is where it stands; what an unreadable number was recovered from has nothing to do with it.
  const forms = failing.filter((at) => equations[at]!.relation === 'form')
  const misprinted = forms.map((at): Suspicion => {
    const { claimed } = equations[at]!
    const { computed } = judgements[at]!
    const steps = computed === undefined ? null : computed / stepOf(index.cells[claimed]!)
    return { equations: [at], suspects: [{ cell: claimed, steps }] }
  })
  const printedOf = (at: number) => [...weigh(at).keys()].filter((cell) => isPrinted(index.cells[cell]!))
  const contradicting = failing.filter((at) => equations[at]!.relation !== 'form')
  const found = groupsOf(contradicting, weigh).map((group): Suspicion => {
    const counts = new Map<number, number>()
    for (const at of group) for (const cell of printedOf(at)) counts.set(cell, (counts.get(cell) ?? 0) + 1)
    const shared = [...counts].filter(([, count]) => count === group.length).map(([cell]) => cell)
    const repairs = shared.flatMap((cell) =>
      repairOf({ index, equations, judgements, weigh }, cell, group, holding.get(cell) ?? []),
    )
    const likely = repairs.toSorted((one, other) => effort(index, one) - effort(index, other))
    if (likely.length > 0) return { equations: group, suspects: likely.slice(0, suspectsMax) }
    const most = [...counts.values()].reduce((one, other) => Math.max(one, other), 0)
    const common = [...counts].filter(([, count]) => count === most).map(([cell]) => ({ cell, steps: null }))
    return { equations: group, suspects: common.slice(0, suspectsMax) }
  })
  return [...misprinted, ...found]
}

/** How an equation's sides change by one when a printed cell does, recovered cells included. By `by`, to stay whole. */
type Weight = { left: bigint; right: bigint; base: bigint; by: bigint }
type Weigh = (at: number) => ReadonlyMap<number, Weight>

function weigher(index: CellIndex, equations: readonly Equation[], recovery: Recovery): Weigh {
  const known = new Map<number, ReadonlyMap<number, Weight>>()
  const printOf = printsOf(index)
  return (at) => {
    const found = known.get(at) ?? weightsOfEquation(equations[at]!, recovery, printOf)
    known.set(at, found)
    return found
  }
}

/**
 * Cells that prose prints as one number (“15 directorate posts as at both dates”) change together: the first stands for
 * all of them.
 */
function printsOf({ cells, tableOf }: CellIndex): (cell: number) => number {
  const first = new Map<string, number>()
  const shared = new Map<number, number>()
  for (const [cell, { place, subject, measure, printed, lines }] of cells.entries()) {
    if (printed === null || tableOf.has(cell)) continue
    const print = [place, subject, measure, printed, lines.from, lines.to].join('/')
    const before = first.get(print)
    if (before === undefined) first.set(print, cell)
    else shared.set(cell, before)
  }
  return (cell) => shared.get(cell) ?? cell
}

function weightsOfEquation(
  { claimed, terms, relation }: Equation,
  recovery: Recovery,
  printOf: (cell: number) => number,
): Map<number, Weight> {
  const weights = new Map<number, Weight>()
  const add = (cell: number, side: 'left' | 'right' | 'base', sign: bigint) => {
    const form = recovery.forms.get(cell)
    const parts = form
      ? [...form.terms]
      : printedBehind(recovery, cell).map((one) => [one, one === cell ? 1n : 0n] as const)
    const by = form?.by ?? 1n
    for (const [printed, part] of parts) {
      const one = printOf(printed)
      const before = weights.get(one) ?? { left: 0n, right: 0n, base: 0n, by: 1n }
      const scaled = { left: before.left * by, right: before.right * by, base: before.base * by, by: before.by * by }
      weights.set(one, { ...scaled, [side]: scaled[side] + sign * part * before.by })
    }
  }
  add(claimed, 'left', 1n)
  for (const { cell, sign } of terms) {
    add(cell, 'right', BigInt(sign))
    if (relation === 'rate' && sign < 0) add(cell, 'base', 1n)
  }
  return weights
}

/** Failing equations that share a printed cell belong together. */
function groupsOf(failing: readonly number[], weigh: Weigh): number[][] {
  const groupOf = new Map<number, number[]>()
  const byCell = new Map<number, number[]>()
  for (const at of failing) {
    let group = [at]
    for (const cell of weigh(at).keys()) {
      const other = byCell.get(cell)
      if (other && other !== group) {
        const [large, small] = other.length > group.length ? [other, group] : [group, other]
        large.push(...small)
        for (const one of small) for (const shared of weigh(one).keys()) byCell.set(shared, large)
        group = large
      }
      byCell.set(cell, group)
    }
    for (const one of group) groupOf.set(one, group)
  }
  return [...new Set(groupOf.values())].map((group) => [...new Set(group)].sort((one, other) => one - other))
}

type Scene = { index: CellIndex; equations: readonly Equation[]; judgements: readonly Judgement[]; weigh: Weigh }

/** The value of a cell that makes every failing equation true and leaves every other one true, if there is one. */
function repairOf(scene: Scene, cell: number, failing: readonly number[], involved: readonly number[]): Suspect[] {
  const figure = scene.index.cells[cell]!
  const now = exactOf(figure)
  const tried = new Set<bigint>()
  for (const at of failing)
    for (const size of proposals(scene, at, cell, now)) {
      if (size === now || size % stepOf(figure) !== 0n || tried.has(size)) continue
      tried.add(size)
      if (involved.every((other) => holdsAfter(scene, other, cell, size - now)))
        return [{ cell, steps: size / stepOf(figure) }]
    }
  return []
}

/** What a failing equation says that the cell should be. */
function proposals({ index, equations, judgements, weigh }: Scene, at: number, cell: number, now: bigint): bigint[] {
  const { sides, computed } = judgements[at]!
  const weight = weigh(at).get(cell)
  const equation = equations[at]!
  if (!sides || computed === undefined || !weight) return []
  const difference = weight.left - weight.right
  const exact = difference === 0n ? [] : [now - ((sides.left - sides.right) * weight.by) / difference]
  if (equation.relation !== 'rate') return equation.claimed === cell ? [computed, ...exact] : exact
  if (equation.claimed === cell) return [computed]
  // A rate says only about how large its amounts are; an equation without rounding knows the digits.
  const step = stepOf(index.cells[cell]!)
  const hundred = 100n * 10n ** 6n
  const change = (sides.base * sides.left) / hundred
  const about =
    weight.base === 0n ? sides.base + change : ((sides.right + sides.base) * hundred) / (hundred + sides.left)
  return [(about / step) * step, (about / step + 1n) * step]
}

function holdsAfter({ index, equations, judgements, weigh }: Scene, at: number, cell: number, by: bigint): boolean {
  const { sides, outcome } = judgements[at]!
  const weight = weigh(at).get(cell)
  if (!sides || !weight) return false
  if (outcome === 'rounding' || outcome === 'explained') return true
  const moved = (size: bigint, times: bigint) => size + (times * by) / weight.by
  const after: Sides = {
    left: moved(sides.left, weight.left),
    right: moved(sides.right, weight.right),
    base: moved(sides.base, weight.base),
  }
  const claimed = index.cells[equations[at]!.claimed]!
  return (
    isTrue(
      equations[at]!,
      claimed.nil && equations[at]!.claimed === cell ? { ...claimed, nil: false } : claimed,
      after,
    ) === true
  )
}

/** One wrong digit is likelier than two: counts the digits that differ. */
function effort(index: CellIndex, { cell, steps }: Suspect): number {
  const { steps: printed, decimals } = index.cells[cell]!
  if (steps === null || printed === null) return Number.POSITIVE_INFINITY
  const [one, other] = [formatSteps(printed, decimals), formatSteps(steps, decimals)]
  const length = Math.max(one.length, other.length)
  const [left, right] = [one.padStart(length), other.padStart(length)]
  return [...left].filter((character, at) => character !== right[at]).length
}
