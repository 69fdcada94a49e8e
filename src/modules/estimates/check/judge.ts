import type { Outcome } from '../types.ts'
import { stepOf } from './amounts.ts'
import {
  type CellIndex,
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
import { cellsOf, type Recovery } from './recover.ts'

export type Judgement = { outcome: Outcome; reason?: Reason; sides?: Sides; computed?: bigint }

/** Every equation judged, in their order. */
export function judge(index: CellIndex, equations: readonly Equation[], recovery: Recovery): Judgement[] {
  const judgements = equations.map((equation, at) => judgeAlone(index, equation, at, recovery))
  setRepeatsAside(index, equations, recovery, judgements)
  forgiveForcedColumns(index, equations, judgements)
  return judgements
}

function judgeAlone(index: CellIndex, equation: Equation, at: number, recovery: Recovery): Judgement {
  if (equation.incomplete) return { outcome: 'unknown', reason: 'no-counterpart' }
  const sides = sidesOf(equation, (cell) => recovery.sizes[cell])
  if (!sides)
    return recovery.impossible.has(at)
      ? { outcome: 'fails', reason: 'impossible' }
      : { outcome: 'unknown', reason: 'lost' }
  const claimed = index.cells[equation.claimed]!
  const computed = computedOf(equation, claimed, sides)
  const known = { sides, ...(computed !== undefined && { computed }) }
  const verdict = isTrue(equation, claimed, sides)
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
function writtenOut(index: CellIndex, equation: Equation, { forms }: Recovery): string {
  let form: Form = nothing
  for (const [cell, weight] of weightsOf(equation)) form = plus(form, forms.get(cell) ?? itself(cell), weight)
  const facts = new Map<string, bigint>()
  for (const [cell, weight] of form.terms) {
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
 */
function forgiveForcedColumns(index: CellIndex, equations: readonly Equation[], judgements: Judgement[]): void {
  const addsUp = new Set<number>()
  // A total recovered from its rows adds up as well as one that is printed.
  for (const [at, { kind, claimed, terms }] of equations.entries())
    if (
      kind === 'sum' &&
      terms.length > 1 &&
      (judgements[at]!.outcome === 'holds' || judgements[at]!.reason === 'defines')
    )
      addsUp.add(claimed)
  const forced = new Set<number>()
  const exact = new Set<number>()
  for (const [at, equation] of equations.entries()) {
    const { claimed, kind, rounds } = equation
    if (kind !== 'same' || !rounds) continue
    if (judgements[at]!.outcome === 'holds') exact.add(claimed)
    if (!addsUp.has(claimed) || !isOneStepOff(index, equation, judgements[at]!)) continue
    forced.add(claimed)
    judgements[at] = { ...judgements[at]!, outcome: 'rounding', reason: 'column-forced' }
  }
  for (const [at, equation] of equations.entries()) {
    const { claimed, kind, terms } = equation
    const other = terms[0]?.cell
    if (kind !== 'same' || other === undefined || !isOneStepOff(index, equation, judgements[at]!)) continue
    const acrossUnits = index.cells[claimed]!.unit !== index.cells[other]!.unit
    if (acrossUnits && ((forced.has(claimed) && exact.has(other)) || (forced.has(other) && exact.has(claimed))))
      judgements[at] = { ...judgements[at]!, outcome: 'rounding', reason: 'column-forced' }
  }
}

function isOneStepOff(index: CellIndex, { claimed }: Equation, { outcome, sides, computed }: Judgement): boolean {
  if (outcome !== 'fails' || !sides || computed === undefined) return false
  const difference = sides.left - computed
  return (difference < 0n ? -difference : difference) === stepOf(index.cells[claimed]!)
}
