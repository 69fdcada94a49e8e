import { isDeepStrictEqual } from 'node:util'
import type { CompiledService } from '../definitions/compile.rules.ts'
import { RulesExceeded } from '../rules/types.rules.ts'
import { caseOf, type Evaluation, evaluate, holds, type Known, type TableResult } from './decide.rules.ts'

/** A decided case of a cohort: what was known of it, and the step by which it was decided. */
export type Member = { reference: string; known: Known; step: string }

/** What a table says of a case: how it came out, what it gives and why. */
export type Said = Pick<TableResult, 'id' | 'outcome'> & { gives: unknown; reasons: readonly string[] }

/** A case that comes out otherwise under the other version. */
export type Change = {
  reference: string
  /** Tables that say something else, with what each says before and after; null where a version has no such table. */
  tables: readonly { id: string; before: Said | null; after: Said | null }[]
  /** Whether the step by which it was decided may be taken; null where the version has no such step. */
  step: { before: boolean | null; after: boolean | null }
}

export type Comparison = {
  same: number
  changed: readonly Change[]
  /** How many cases go from one reason to another, the most frequent first. */
  moves: readonly { table: string; from: string; to: string; count: number }[]
  /** Cases whose rules would be too much work: nothing is said of them. */
  exceeded: readonly string[]
}

const told = ({ tables }: Evaluation): ReadonlyMap<string, Said> =>
  new Map(
    tables.map(({ id, outcome, matches }) => [
      id,
      {
        ...{ id, outcome, gives: matches.map(({ outputs }) => outputs) },
        reasons: matches.flatMap(({ reason }) => reason ?? []),
      },
    ]),
  )

function mayTake(service: CompiledService, step: string, evaluation: Evaluation): boolean | null {
  const definition = caseOf(service)
  return definition.case.steps.some(({ id }) => id === step) ? holds(definition, step, evaluation) : null
}

/**
 * Evaluates a cohort of decided cases by the version that decided them and by another one, each with the answers and the day as
 * they were. Pure: nothing is decided by it. Cases that come out the same are counted, the others are told.
 */
export function compareCohort(before: CompiledService, after: CompiledService, members: Iterable<Member>): Comparison {
  const changed: Change[] = []
  const exceeded: string[] = []
  let same = 0
  for (const { reference, known, step } of members) {
    try {
      const [old, now] = [evaluate(before, known), evaluate(after, known)]
      const [said, saidNow] = [told(old), told(now)]
      const tables = [...new Set([...said.keys(), ...saidNow.keys()])]
        .map((id) => ({ id, before: said.get(id) ?? null, after: saidNow.get(id) ?? null }))
        .filter((each) => !isDeepStrictEqual(each.before, each.after))
      const may = { before: mayTake(before, step, old), after: mayTake(after, step, now) }
      if (tables.length === 0 && may.before === may.after) same += 1
      else changed.push({ reference, tables, step: may })
    } catch (error) {
      if (!(error instanceof RulesExceeded)) throw error
      exceeded.push(reference)
    }
  }
  return { same, changed, moves: movesOf(changed), exceeded }
}

/** The reasons of a table as one word: none where no row fits. */
const wordOf = (said: Said | null) => said?.reasons.join('+') || (said?.outcome ?? 'none')

function movesOf(changed: readonly Change[]): Comparison['moves'] {
  const counts = new Map<string, Comparison['moves'][number]>()
  for (const { tables } of changed)
    for (const { id, before, after } of tables) {
      const [from, to] = [wordOf(before), wordOf(after)]
      const key = JSON.stringify([id, from, to])
      counts.set(key, { table: id, from, to, count: (counts.get(key)?.count ?? 0) + 1 })
    }
  return [...counts.values()].sort((one, other) => other.count - one.count)
}
