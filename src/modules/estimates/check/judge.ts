import type { Outcome } from '../types.ts'
import { stepOf } from './amounts.ts'
import {
  type CellIndex,
  cellsOf,
  computedOf,
  coordinatesOf,
  type Equation,
  isLinear,
  isPrinted,
  isTrue,
  precisionOf,
  type Sides,
  sidesOf,
} from './equations.ts'
import { type Form, itself, nothing, plus, weightsOf } from './forms.ts'
import type { Reason } from './reasons.ts'
import { printedBehind, type Recovery } from './recover.ts'

export type Judgement = { outcome: Outcome; reason?: Reason; sides?: Sides; computed?: bigint }

/** Every equation judged, in their order. */
export function judge(index: CellIndex, equations: readonly Equation[], recovery: Recovery): Judgement[] {
  const judgements = equations.map((equation, at) => judgeAlone(index, equation, at, recovery))
  setRepeatsAside(index, equations, recovery, judgements)
  forgiveForcedColumns(index, equations, recovery, judgements)
  return judgements
}

function judgeAlone(index: CellIndex, equation: Equation, at: number, recovery: Recovery): Judgement {
  if (equation.incomplete) return { outcome: 'unknown', reason: 'no-counterpart' }
  if (equation.relation === 'form') {
    if (isPrinted(index.cells[equation.claimed]!)) return { outcome: 'fails', reason: 'uneven' }
    const computed = recovery.sizes[equation.claimed]
    return { outcome: 'fails', reason: 'unreadable', ...(computed !== undefined && { computed }) }
  }
  const sides = sidesOf(equation, (cell) => recovery.sizes[cell])
  if (!sides)
    return recovery.impossible.has(at)
      ? { outcome: 'fails', reason: 'impossible' }
      : { outcome: 'unknown', reason: 'lost' }
  const claimed = index.cells[equation.claimed]!
  const computed = computedOf(equation, claimed, sides)
  const known = { sides, ...(computed !== undefined && { computed }) }
  const verdict = isTrue(equation, claimed, sides)
  if (equation.relation === 'near') {
    const [coarsest] = equation.terms.map(({ cell }) => stepOf(index.cells[cell]!)).toSorted((a, b) => (a < b ? 1 : -1))
    const difference = sides.left - sides.right
    const canBe = (difference < 0n ? -difference : difference) <= coarsest!
    return canBe ? { outcome: 'unknown', reason: 'too-rough', ...known } : { outcome: 'fails', ...known }
  }
  if (recovery.defining.has(at)) return { outcome: 'unknown', reason: 'defines', ...known }
  if (verdict === undefined) return { outcome: 'unknown', reason: 'nothing-to-compare', ...known }
  return { outcome: verdict ? 'holds' : 'fails', ...known }
}

/**
 * An equation over recovered cells that, written out in printed cells, says nothing, or says what an equation over
 * printed cells says already, is no check of its own.
 */
function setRepeatsAside(
  index: CellIndex,
  equations: readonly Equation[],
  recovery: Recovery,
  judgements: Judgement[],
): void {
  const rests = equations.map((equation) => [...cellsOf(equation)].some((cell) => !isPrinted(index.cells[cell]!)))
  const isCheck = (at: number) => judgements[at]!.outcome === 'holds' && isLinear(equations[at]!)
  if (!rests.some((rest, at) => rest && isCheck(at))) return
  const seen = new Set<string>()
  for (const [at, equation] of equations.entries())
    if (!rests[at] && isLinear(equation)) seen.add(writtenOut(index, equation, recovery))
  for (const [at, equation] of equations.entries()) {
    if (!rests[at] || !isCheck(at)) continue
    const written = writtenOut(index, equation, recovery)
    if (written === '' || seen.has(written))
      judgements[at] = { ...judgements[at]!, outcome: 'unknown', reason: 'repeats' }
    seen.add(written)
  }
}

/** An equation over facts: equally precise cells with the same coordinates are one fact. Empty if it says nothing. */
function writtenOut(index: CellIndex, equation: Equation, recovery: Recovery): string {
  const facts = new Map<string, bigint>()
  for (const [cell, weight] of formOf(equation, recovery).terms) {
    const { subject, measure, period, base } = index.cells[cell]!
    const fact = `${coordinatesOf(subject, measure, period, base)}@${precisionOf(index, cell)}`
    facts.set(fact, (facts.get(fact) ?? 0n) + weight)
  }
  const weights = [...facts].filter(([, weight]) => weight !== 0n).sort(([one], [other]) => (one < other ? -1 : 1))
  const sign = (weights[0]?.[1] ?? 1n) < 0n ? -1n : 1n
  return weights.map(([fact, weight]) => `${weight * sign}·${fact}`).join(' ')
}

/**
 * Decision 0003. A table's total may be one printed unit away from the exact amount known elsewhere, because the rounded
 * rows were made to add up to it. Nothing else may, and a place that repeats such an amount may follow either.
 *
 * Only numbers that another identity holds to the last step are excused: else a wrong number that nothing but this
 * comparison holds, or an amount recovered from one, would pass as rounding.
 */
function forgiveForcedColumns(
  index: CellIndex,
  equations: readonly Equation[],
  recovery: Recovery,
  judgements: Judgement[],
): void {
  const off = judgements.flatMap((judgement, at) => {
    const { kind, relation } = equations[at]!
    return kind === 'same' && relation === 'restates' && isOneStepOff(index, equations[at]!, judgement) ? [at] : []
  })
  if (off.length === 0) return
  const held = heldExactly(equations, recovery, judgements)
  const isHeld = (cell: number) => printedBehind(recovery, cell).every((one) => held.has(one))
  const addsUp = new Set<number>()
  /** Places that follow the exact amount, and those that repeat another to the last step. */
  const exact = new Set<number>()
  const repeats = new Map<number, number>()
  for (const [at, { kind, claimed, terms, rounds }] of equations.entries()) {
    const { outcome, reason } = judgements[at]!
    // A total recovered from its rows adds up as well as one that is printed.
    if (kind === 'sum' && terms.length > 1 && (outcome === 'holds' || reason === 'defines')) addsUp.add(claimed)
    if (kind !== 'same' || outcome !== 'holds' || terms.length === 0) continue
    if (rounds) exact.add(claimed)
    else repeats.set(claimed, terms[0]!.cell)
  }
  const forced = new Set<number>()
  for (const at of off) {
    const { claimed, rounds } = equations[at]!
    if (rounds && addsUp.has(claimed) && [...cellsOf(equations[at]!)].every(isHeld)) forced.add(claimed)
  }
  for (const at of off) {
    const { claimed, terms, rounds } = equations[at]!
    const other = terms[0]!.cell
    if (index.cells[claimed]!.unit === index.cells[other]!.unit) continue
    const follows = rounds
      ? forced.has(claimed) || forced.has(repeats.get(claimed) ?? -1)
      : (forced.has(claimed) && exact.has(other)) || (forced.has(other) && exact.has(claimed))
    if (follows) judgements[at] = { ...judgements[at]!, outcome: 'rounding', reason: 'column-forced' }
  }
}

/** Printed cells, also those behind recovered ones, that an equation without rounding holds. */
function heldExactly(
  equations: readonly Equation[],
  recovery: Recovery,
  judgements: readonly Judgement[],
): ReadonlySet<number> {
  const held = new Set<number>()
  for (const [at, { outcome }] of judgements.entries())
    if (outcome === 'holds' && isLinear(equations[at]!))
      for (const cell of formOf(equations[at]!, recovery).terms.keys()) held.add(cell)
  return held
}

/** Left side less right side over printed cells. */
function formOf(equation: Equation, { forms }: Recovery): Form {
  let form: Form = nothing
  for (const [cell, weight] of weightsOf(equation)) form = plus(form, forms.get(cell) ?? itself(cell), weight)
  return form
}

function isOneStepOff(index: CellIndex, { claimed }: Equation, { outcome, sides, computed }: Judgement): boolean {
  if (outcome !== 'fails' || !sides || computed === undefined) return false
  const difference = sides.left - computed
  return (difference < 0n ? -difference : difference) === stepOf(index.cells[claimed]!)
}
