import { type CellDraft, coordinatesOf } from './cells.ts'
import { exact, rateOf, step } from './numbers.ts'

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
}

/** A sum that one column of the table claims: the total's cell and its parts. */
export type ColumnSum = readonly [total: CellDraft, parts: readonly CellDraft[]]

/**
 * How many statements of the document hold when the trial cells are taken as true: the same fact printed elsewhere, a
 * change or percentage that the document states, the balance of a commitment, a sum within the table.
 */
export function weigh(trial: readonly CellDraft[], known: Facts, sums: readonly ColumnSum[]): Evidence {
  const evidence = { held: 0, broken: 0 }
  const count = (holds: boolean) => {
    evidence[holds ? 'held' : 'broken'] += 1
  }
  const own = new Facts()
  own.add(trial)
  for (const cell of trial) {
    if (cell.steps === null || cell.base) continue
    for (const other of known.at(coordinatesOf(cell))) if (other.base === undefined) count(agree(cell, other))
  }
  for (const subject of new Set(trial.map((cell) => cell.subject))) {
    for (const change of [...known.changesOf(subject), ...own.changesOf(subject)]) {
      const holds = changeHolds(change, own, known)
      if (holds !== undefined) count(holds)
    }
    const holds = balanceHolds(subject, own)
    if (holds !== undefined) count(holds)
  }
  for (const [total, parts] of sums)
    if (total.steps !== null && parts.every((part) => part.steps !== null)) count(sumHolds(total, parts))
  return evidence
}

type Numbered = CellDraft & { steps: number }

/** Equal in one unit; in two units within one step of the coarser, as printed totals are made to add up. */
function agree(one: CellDraft, other: CellDraft): boolean {
  const difference = exact(one as Numbered) - exact(other as Numbered)
  if (one.unit === other.unit && one.decimals === other.decimals) return difference === 0n
  return (difference < 0n ? -difference : difference) <= coarser([step(one), step(other)])
}

function coarser(steps: readonly bigint[]): bigint {
  let most = 0n
  for (const one of steps) if (one > most) most = one
  return most
}

/** Whether a stated change or percentage follows from its two amounts, at least one of them on trial. */
function changeHolds(change: CellDraft, own: Facts, known: Facts): boolean | undefined {
  const measure = change.measure.replace(/-(?:change|rate)$/, '')
  const find = (period: CellDraft['period']) => {
    const coordinates = `${change.subject}/${measure}/${period.when}.${period.phase}`
    return {
      tried: own.at(coordinates)[0] as Numbered | undefined,
      sure: known.at(coordinates)[0] as Numbered | undefined,
    }
  }
  const [now, before] = [find(change.period), find(change.base!)]
  if (!now.tried && !before.tried) return undefined
  const [later, earlier] = [now.tried ?? now.sure, before.tried ?? before.sure]
  if (!later || !earlier) return undefined
  if (change.unit === 'rate') return rateOf(exact(later), exact(earlier), change.decimals) === change.steps
  const difference = exact(later) - exact(earlier) - exact(change as Numbered)
  const units = [later, earlier, change].map(step)
  const coarsest = coarser(units)
  const tolerance = units.every((unit) => unit === coarsest) ? 0n : coarsest
  return (difference < 0n ? -difference : difference) <= tolerance
}

/** Approved = spent + to be spent + balance, for a commitment whose four figures are all on trial. */
function balanceHolds(subject: string, own: Facts): boolean | undefined {
  if (!subject.startsWith('commitment')) return undefined
  const all = own.subject(subject)
  const find = (measure: string) => all.find((cell) => cell.measure === measure) as Numbered | undefined
  const [approved, accumulated, spending, balance] = ['approved', 'accumulated', 'revised-spending', 'balance'].map(
    find,
  )
  if (!approved || !accumulated || !spending || !balance) return undefined
  return exact(approved) === exact(accumulated) + exact(spending) + exact(balance)
}

function sumHolds(total: CellDraft, parts: readonly CellDraft[]): boolean {
  return exact(total as Numbered) === parts.reduce((sum, part) => sum + exact(part as Numbered), 0n)
}
