import { exactOf, rateOf, stepOf } from '../check/amounts.ts'
import { type CellDraft, coordinatesOf } from './cells.ts'

/** Numbers whose place is certain, to hold a damaged table against. */
export class Facts {
  private readonly byCoordinates = new Map<string, CellDraft[]>()
  private readonly changes = new Map<string, CellDraft[]>()
  private readonly bySubject = new Map<string, CellDraft[]>()

  add(cells: readonly CellDraft[]) {
    for (const cell of cells) {
      if (cell.steps === null) continue
      push(this.byCoordinates, coordinatesOf(cell), cell)
      if (cell.base) push(this.changes, cell.subject, cell)
      else push(this.bySubject, cell.subject, cell)
    }
  }

  at(coordinates: string): readonly CellDraft[] {
    return this.byCoordinates.get(coordinates) ?? []
  }

  subject(subject: string): readonly CellDraft[] {
    return this.bySubject.get(subject) ?? []
  }

  changesOf(subject: string): readonly CellDraft[] {
    return this.changes.get(subject) ?? []
  }
}

const push = <Value>(map: Map<string, Value[]>, key: string, value: Value) => {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

export interface Evidence {
  held: number
  broken: number
  /**
   * Cells that most statements about them support, less those that most contradict. One wrong number can break many
   * statements at once, but it is one cell: so cells are counted, not statements.
   */
  score: number
}

/** A sum that one column of the table claims: the total's cell and its parts. */
export type ColumnSum = readonly [total: CellDraft, parts: readonly CellDraft[]]

/**
 * Which statements of the document hold when the trial cells are taken as true: the same fact printed elsewhere, a
 * change or percentage that the document states, the balance of a commitment, a sum within the table.
 */
export function weigh(trial: readonly CellDraft[], known: Facts, sums: readonly ColumnSum[]): Evidence {
  const votes = new Map<CellDraft, number>(trial.map((cell) => [cell, 0]))
  const evidence = { held: 0, broken: 0, score: 0 }
  const count = (holds: boolean, cells: readonly CellDraft[]) => {
    evidence[holds ? 'held' : 'broken'] += 1
    for (const cell of cells) if (votes.has(cell)) votes.set(cell, votes.get(cell)! + (holds ? 1 : -1))
  }
  const own = new Facts()
  own.add(trial)
  for (const cell of trial) {
    if (cell.steps === null || cell.base) continue
    for (const other of known.at(coordinatesOf(cell))) if (other.base === undefined) count(agree(cell, other), [cell])
  }
  for (const subject of new Set(trial.map((cell) => cell.subject))) {
    for (const change of [...known.changesOf(subject), ...own.changesOf(subject)])
      judgeChange(change, own, known, count)
    judgeBalance(subject, own, count)
  }
  for (const [total, parts] of sums) {
    if (total.steps !== null && parts.every((part) => part.steps !== null))
      count(sumHolds(total, parts), [total, ...parts])
  }
  for (const vote of votes.values()) evidence.score += Math.sign(vote)
  return evidence
}

type Count = (holds: boolean, cells: readonly CellDraft[]) => void
type Numbered = CellDraft & { steps: number }

/** Equal in one unit; in two units within one step of the coarser, as printed totals are made to add up. */
function agree(one: CellDraft, other: CellDraft): boolean {
  const difference = exactOf(one) - exactOf(other)
  if (one.unit === other.unit && one.decimals === other.decimals) return difference === 0n
  return (difference < 0n ? -difference : difference) <= coarser([stepOf(one), stepOf(other)])
}

function coarser(steps: readonly bigint[]): bigint {
  let most = 0n
  for (const one of steps) if (one > most) most = one
  return most
}

/** Whether a stated change or percentage follows from its two amounts, at least one of them on trial. */
function judgeChange(change: CellDraft, own: Facts, known: Facts, count: Count) {
  const measure = change.measure.replace(/-(?:change|rate)$/, '')
  const find = (period: CellDraft['period']) => {
    const coordinates = `${change.subject}/${measure}/${period.when}.${period.phase}`
    return {
      tried: own.at(coordinates)[0] as Numbered | undefined,
      sure: known.at(coordinates)[0] as Numbered | undefined,
    }
  }
  const [now, before] = [find(change.period), find(change.base!)]
  if (!now.tried && !before.tried) return
  const [later, earlier] = [now.tried ?? now.sure, before.tried ?? before.sure]
  if (!later || !earlier) return
  if (change.unit === 'rate') {
    const rate = rateOf(exactOf(later) - exactOf(earlier), exactOf(earlier), change.decimals)
    // Worked out from the amounts beside it; from amounts in a finer unit it may round the other way.
    const tolerance = later.place === change.place && earlier.place === change.place ? 0 : 1
    return count(rate !== undefined && Math.abs(Number(rate) - change.steps!) <= tolerance, [later, earlier])
  }
  const difference = exactOf(later) - exactOf(earlier) - exactOf(change)
  const units = [later, earlier, change].map(stepOf)
  const coarsest = coarser(units)
  const tolerance = units.every((unit) => unit === coarsest) ? 0n : coarsest
  count((difference < 0n ? -difference : difference) <= tolerance, [later, earlier])
}

/** Approved = spent + to be spent + balance, for a commitment whose four figures are all on trial. */
function judgeBalance(subject: string, own: Facts, count: Count) {
  if (!subject.startsWith('commitment')) return
  const all = own.subject(subject)
  const find = (measure: string) => all.find((cell) => cell.measure === measure) as Numbered | undefined
  const [approved, accumulated, spending, balance] = ['approved', 'accumulated', 'revised-spending', 'balance'].map(
    find,
  )
  if (!approved || !accumulated || !spending || !balance) return
  const holds = exactOf(approved) === exactOf(accumulated) + exactOf(spending) + exactOf(balance)
  count(holds, [approved, accumulated, spending, balance])
}

function sumHolds(total: CellDraft, parts: readonly CellDraft[]): boolean {
  return exactOf(total) === parts.reduce((sum, part) => sum + exactOf(part), 0n)
}
