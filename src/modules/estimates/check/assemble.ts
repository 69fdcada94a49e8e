import type { Cell, CellStatus, Identity, Lines } from '../types.ts'
import { formatExact, formatPercent, stepOf } from './amounts.ts'
import { type CellIndex, cellsOf, type Equation, isLinear, isPrinted } from './equations.ts'
import type { Judgement } from './judge.ts'
import { locate } from './locate.ts'
import { rangesOf } from './ranges.ts'
import { isInference, printedBehind, type Recovery } from './recover.ts'
import type { DocumentCheck, ExplainedException } from './report.ts'

/** Equations with what became of them. */
export type Checked = {
  index: CellIndex
  equations: readonly Equation[]
  recovery: Recovery
  judgements: Judgement[]
}

/** The report of judged equations, with explained exceptions applied. */
export function assemble(checked: Checked, exceptions: readonly ExplainedException[]): DocumentCheck {
  const { index, equations, recovery, judgements } = checked
  const differences: Record<string, string> = {}
  for (const [at, { outcome, sides, computed }] of judgements.entries()) {
    const { id, claimed } = equations[at]!
    if (outcome === 'fails' && sides && computed !== undefined)
      differences[id] = formatExact(sides.left - computed, index.cells[claimed]!)
  }
  const explained = exceptions.filter(({ identity, difference }) => differences[identity] === difference)
  const explainedIds = new Set(explained.map(({ identity }) => identity))
  for (const [at, { id }] of equations.entries())
    if (explainedIds.has(id)) judgements[at] = { ...judgements[at]!, outcome: 'explained' }
  const suspicions = locate(index, equations, judgements, recovery).map((group) => ({
    identities: group.equations.map((at) => equations[at]!.id),
    suspects: group.suspects.map(({ cell, steps }) => ({
      cell: index.cells[cell]!.id,
      value: steps === null ? null : written(index.cells[cell]!, steps * stepOf(index.cells[cell]!)),
    })),
  }))
  const ranges = [...rangesOf(index, equations, recovery)].map(([at, { from, to }]) => {
    const cell = index.cells[at]!
    return { cell: cell.id, from: written(cell, from), to: written(cell, to) }
  })
  return {
    identities: equations.map((_, at) => identityOf(checked, at)),
    cells: recoveredCells(checked),
    suspicions,
    differences,
    ranges,
    derivations: derivationsOf(checked),
    explained,
    stale: exceptions.filter((one) => !explained.includes(one)),
  }
}

const written = (cell: Cell, size: bigint) =>
  cell.unit === 'rate' ? formatPercent(size / stepOf(cell), cell.decimals) : formatExact(size, cell)

function identityOf({ index, equations, recovery, judgements }: Checked, at: number): Identity {
  const { id, kind, claimed, terms, relation } = equations[at]!
  const { outcome, reason, computed } = judgements[at]!
  const cell = index.cells[claimed]!
  const size = recovery.sizes[claimed]
  return {
    id,
    kind,
    outcome,
    claimed: cell.id,
    operands: terms.map((term) => ({ cell: index.cells[term.cell]!.id, sign: term.sign })),
    stated: statedOf(cell, relation, size),
    computed: computed === undefined ? null : cell.nil && computed === 0n ? '—' : written(cell, computed),
    ...(reason && { reason }),
    lines: linesOf(index, recovery, equations[at]!),
  }
}

function statedOf(cell: Cell, relation: Equation['relation'], size: bigint | undefined): string | null {
  if (relation === 'form') return cell.printed!.slice(0, 60)
  if (size === undefined) return null
  return cell.nil ? '—' : written(cell, size)
}

/** Where the numbers of an equation are printed; for a recovered one, where those are that it was recovered from. */
function linesOf(index: CellIndex, recovery: Recovery, equation: Equation): Lines[] {
  if (equation.relation === 'form') return [index.cells[equation.claimed]!.lines]
  const lines = new Map<string, Lines>()
  for (const cell of cellsOf(equation))
    for (const printed of new Set([cell, ...printedBehind(recovery, cell)])) {
      const { from, to } = index.cells[printed]!.lines
      lines.set(`${from}-${to}`, { from, to })
    }
  return [...lines.values()].slice(0, linesMax)
}

const linesMax = 601
const becauseMax = 12

/** The document's cells, each lost one with what became of it. */
function recoveredCells({ index, equations, recovery }: Checked): Cell[] {
  const touching = touchingLost(equations, recovery)
  return index.cells.map((cell, at) => {
    if (isPrinted(cell)) return cell
    const size = recovery.sizes[at]
    if (size === undefined) {
      const because = [...(touching.get(at) ?? [])].slice(0, becauseMax)
      return { ...cell, steps: null, nil: false, status: because.length > 0 ? 'ambiguous' : 'missing', because }
    }
    const because = [...(recovery.because.get(at) ?? [])]
    const assumed = recovery.inferred.has(at)
    // What follows from an assumption, as that a lost line is nil, is no better proved than it.
    const status: CellStatus = assumed || because.some(isInference) ? 'inferred' : 'derived'
    const steps = Number(size / stepOf(cell))
    if (!Number.isSafeInteger(steps)) return { ...cell, steps: null, nil: false, status: 'missing', because: [] }
    return {
      ...cell,
      steps,
      nil: steps === 0 && assumed,
      status,
      because: shortened(because),
    }
  })
}

/** The inferences must be among the reasons, however many identities there are. */
function shortened(because: readonly string[]): string[] {
  const inferences = because.filter(isInference)
  const identities = because.filter((id) => !isInference(id))
  return [...identities.slice(0, Math.max(becauseMax - inferences.length, 1)), ...inferences].slice(0, becauseMax)
}

/** Identities that speak of a cell that they do not determine: with a number that is known, or a less precise print. */
function touchingLost(equations: readonly Equation[], { sizes }: Recovery): Map<number, Set<string>> {
  const touching = new Map<number, Set<string>>()
  for (const equation of equations) {
    const cells = [...cellsOf(equation)]
    const speaks = (isLinear(equation) || equation.kind === 'same') && cells.some((cell) => sizes[cell] !== undefined)
    if (!speaks) continue
    for (const cell of cells)
      if (sizes[cell] === undefined) touching.set(cell, (touching.get(cell) ?? new Set()).add(equation.id))
  }
  return touching
}

/** More terms than anyone reads. */
const termsMax = 100

/** How recovered cells follow from printed ones, where that is a plain sum. */
function derivationsOf({ index, recovery }: Checked): DocumentCheck['derivations'] {
  const idOf = (cell: number) => index.cells[cell]!.id
  const sums = [...recovery.forms].flatMap(([cell, { by, terms }]) => {
    const plain =
      by === 1n &&
      terms.size > 0 &&
      terms.size <= termsMax &&
      [...terms.values()].every((weight) => weight === 1n || weight === -1n)
    if (!plain) return []
    // What is added comes before what is taken away, as people write it.
    const signed = [...terms].map(([one, weight]) => ({
      cell: idOf(one),
      sign: weight > 0n ? (1 as const) : (-1 as const),
    }))
    return [{ cell: idOf(cell), terms: signed.toSorted((one, other) => other.sign - one.sign) }]
  })
  const rounded = [...recovery.roundedFrom]
    .filter(([, from]) => from.length === 1)
    .map(([cell, from]) => ({ cell: idOf(cell), terms: from.map((one) => ({ cell: idOf(one), sign: 1 as const })) }))
  return [...sums, ...rounded]
}
