import { createHash } from 'node:crypto'
import type { Recused } from './rank.rules.ts'

export type Assigned = { reference: string; judge: string }

/**
 * Gives each entry to `each` judges so that all have about as many, and none an entry in which they have a conflict. The seed alone
 * decides among equals: whoever has it, and the same entries, judges and conflicts in any order, finds the same again. `short`
 * names the entries for which too few judges were left.
 */
export function assignJudges(
  seed: string,
  of: { references: readonly string[]; judges: readonly string[]; recused: readonly Recused[]; each: number },
): { assigned: Assigned[]; short: string[] } {
  const lot = (...parts: string[]) =>
    createHash('sha256')
      .update(JSON.stringify([seed, ...parts]))
      .digest('hex')
  const away = new Set(of.recused.map(({ judge, reference }) => JSON.stringify([judge, reference])))
  const load = new Map(of.judges.map((judge) => [judge, 0]))
  const may = (reference: string) => of.judges.filter((judge) => !away.has(JSON.stringify([judge, reference])))
  // Entries for which few judges are left come first, while these still have room.
  const drawn = of.references
    .map((reference) => ({ reference, judges: may(reference), lot: lot(reference) }))
    .sort((one, other) => one.judges.length - other.judges.length || (one.lot < other.lot ? -1 : 1))
  const assigned: Assigned[] = []
  const short: string[] = []
  for (const { reference, judges } of drawn) {
    const chosen = judges
      .map((judge) => ({ judge, load: load.get(judge)!, lot: lot(reference, judge) }))
      .sort((one, other) => one.load - other.load || (one.lot < other.lot ? -1 : 1))
      .slice(0, of.each)
    if (chosen.length < of.each) short.push(reference)
    for (const { judge } of chosen) {
      load.set(judge, load.get(judge)! + 1)
      assigned.push({ reference, judge })
    }
  }
  return { assigned, short }
}
