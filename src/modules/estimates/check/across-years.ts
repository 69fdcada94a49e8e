import type { Cell, EstimatesDocument } from '../types.ts'
import { exactOf } from './amounts.ts'
import { assemble } from './assemble.ts'
import { checkDocument } from './check.ts'
import { type CellIndex, type Equation, equation, indexCells, numbered, precisionOf } from './equations.ts'
import { type Judgement, judge } from './judge.ts'
import type { Recovery } from './recover.ts'
import type { DocumentCheck, ExplainedException } from './report.ts'

/**
 * The estimate of one year is the original estimate that the next year's document prints, line by line. Cells of both
 * documents stand in the report with their year before their id (`2023-24:subheads/…`); lines are those of the claimed
 * number first, then of the one it is compared with. Two documents that are not of one Head and of consecutive years
 * have nothing to say about each other, and the report is empty.
 */
export function checkAcrossYears(
  earlier: EstimatesDocument,
  later: EstimatesDocument,
  options: { exceptions?: readonly ExplainedException[] } = {},
): DocumentCheck {
  const follows = earlier.head === later.head && Number(later.year.slice(0, 4)) === Number(earlier.year.slice(0, 4)) + 1
  const votes = follows ? [votesOf(earlier, earlier, 'estimate'), votesOf(later, earlier, 'original')] : []
  const cells = votes.flatMap((lines) => [...lines.values()].flat())
  const index = indexCells({ ...later, cells, tables: [], findings: [] })
  const equations = numbered(follows ? compareLines(index, votes[0]!, votes[1]!, earlier.year) : [])
  const judgements = judge(index, equations, known(cells)).map(
    (judgement, at): Judgement =>
      judgement.reason === 'no-counterpart'
        ? { ...judgement, reason: reasonOf(index, equations[at]!, earlier) }
        : judgement,
  )
  const report = assemble({ index, equations, recovery: known(cells), judgements }, options.exceptions ?? [])
  return { ...report, cells, ranges: [], derivations: [] }
}

/**
 * What was voted for the earlier year, by line, as one of the documents prints it, with lost numbers recovered: those are
 * put to the proof here. A line or group that has only a position in its table is known by its name, because next
 * year's table may have another line above it.
 */
function votesOf(
  document: EstimatesDocument,
  { year }: EstimatesDocument,
  phase: 'estimate' | 'original',
): Map<string, Cell[]> {
  const names = new Map<string, string>()
  for (const { rows } of document.tables) for (const { subject, label } of rows) names.set(subject, label)
  const votes = new Map<string, Cell[]>()
  for (const cell of checkDocument(document).cells) {
    if (cell.measure !== 'provision' || cell.period.when !== year || cell.period.phase !== phase) continue
    const byName = /^(line|group):/.test(cell.subject) && names.get(cell.subject)
    const line = byName ? `${cell.place}:${byName.replace(/\s+/g, '')}` : cell.subject
    const cells = votes.get(line) ?? []
    cells.push({ ...cell, id: `${document.year}:${cell.id}` })
    votes.set(line, cells)
  }
  return votes
}

function compareLines(
  index: CellIndex,
  earlier: Map<string, Cell[]>,
  later: Map<string, Cell[]>,
  year: string,
): Equation[] {
  return [...new Set([...earlier.keys(), ...later.keys()])].flatMap((line) => {
    const at = (cells: Cell[] | undefined) => (cells ?? []).map(({ id }) => index.position.get(id)!)
    const [estimates, originals] = [at(earlier.get(line)), at(later.get(line))]
    const across = (claimed: number, operand?: number) => {
      const { place, subject } = index.cells[claimed]!
      const terms = operand === undefined ? [] : [{ cell: operand, sign: 1 as const }]
      const id = `across-years/${place}/${subject}/${year}`
      return equation(index, {
        id,
        kind: 'across-years',
        relation: 'restates',
        claimed,
        terms,
        incomplete: operand === undefined,
      })
    }
    if (originals.length === 0 || estimates.length === 0) return [across(originals[0] ?? estimates[0]!)]
    // Each precision in which the later document prints the line is compared once, with the most fitting estimate.
    return [...Map.groupBy(originals, (cell) => precisionOf(index, cell))].flatMap(([precision, claims]) => {
      const equal = estimates.filter((cell) => precisionOf(index, cell) === precision)
      const fitting = equal.length > 0 ? amounts(index, equal) : [finest(index, estimates)]
      return amounts(index, claims).flatMap((claimed) =>
        fitting.map((estimate) =>
          precisionOf(index, estimate) > precision ? across(estimate, claimed) : across(claimed, estimate),
        ),
      )
    })
  })
}

/** One cell for each amount that equally precise cells state: one that is printed, if any is. */
function amounts({ cells }: CellIndex, candidates: readonly number[]): number[] {
  const rank = (cell: number) => (cells[cell]!.status === 'printed' ? 0 : 1)
  const known = candidates.filter((cell) => cells[cell]!.steps !== null).sort((one, other) => rank(one) - rank(other))
  const [first] = candidates
  if (known.length === 0) return first === undefined ? [] : [first]
  return [...Map.groupBy(known, (cell) => cells[cell]!.steps).values()].map(([cell]) => cell!)
}

const finest = (index: CellIndex, candidates: readonly number[]) =>
  candidates.toSorted((one, other) => (precisionOf(index, one) < precisionOf(index, other) ? -1 : 1))[0]!

const reasonOf = ({ cells }: CellIndex, { claimed }: Equation, { year }: EstimatesDocument) =>
  cells[claimed]!.id.startsWith(`${year}:`) ? 'only-earlier' : 'only-later'

/** Recovered numbers count as known here, and each as itself. */
const known = (cells: readonly Cell[]): Recovery => ({
  sizes: cells.map((cell) => (cell.steps === null ? undefined : exactOf(cell))),
  forms: new Map(),
  because: new Map(),
  inferred: new Set(),
  defining: new Set(),
  impossible: new Set(),
  roundedFrom: new Map(),
})
