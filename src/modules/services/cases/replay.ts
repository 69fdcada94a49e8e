import { isDeepStrictEqual } from 'node:util'
import type { Installation } from '#platform'
import { findCase, listEvents, listReferences } from './cases.sql.ts'
import type { Case } from './events.ts'
import { foldAll } from './fold.rules.ts'
import { isBefore } from './listed.rules.ts'
import { listedOfBegun } from './listed-before.ts'

export type Difference = { reference: string; field: string; stands: unknown; folded: unknown }

const pageMax = 500

/** Folds the events of every case again and compares with how it stands. Nothing is changed; what differs is told. */
export async function replayCases(
  { sql, vault }: Pick<Installation, 'sql' | 'vault'>,
  tell: (difference: Difference) => void,
): Promise<{ cases: number; differences: number }> {
  let [cases, differences, after] = [0, 0, '']
  for (;;) {
    const page = await listReferences(sql, after, pageMax)
    for (const { reference } of page) {
      // One moment of the case: an act between two questions would look like a difference.
      const [stands, events] = await sql.begin('isolation level repeatable read read only', async (transaction) => [
        await findCase(transaction, reference),
        await listEvents(transaction, reference),
      ])
      cases += 1
      const folded = foldAll(reference, events)
      // An event of the time before says it as texts; the case says the answers, which stand sealed beside that event.
      if (folded && isBefore(folded.listed) && !isBefore(stands!.listed))
        folded.listed = await listedOfBegun(sql, { vault }, reference, events[0]!)
      for (const difference of compare(reference, stands!, folded)) {
        differences += 1
        tell(difference)
      }
    }
    const last = page.at(-1)
    if (!last) return { cases, differences }
    after = last.reference
  }
}

function compare(reference: string, stands: Case, folded: Case | undefined): Difference[] {
  if (!folded) return [{ reference, field: 'events', stands: stands.number, folded: 0 }]
  return (Object.keys(stands) as (keyof Case)[])
    .filter((field) => !isDeepStrictEqual(stands[field], folded[field]))
    .map((field) => ({ reference, field, stands: stands[field], folded: folded[field] }))
}
