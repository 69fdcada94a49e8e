import type { Installation } from '#platform'
import type { Row } from './applications.sql.ts'
import type { Draft } from './draft.ts'

type Seen = { readonly row: Row; readonly own: Draft; readonly letters: number }

/** Letters of drafts that a process holds: a few thousand people who are in the middle of something. */
const lettersMax = 4_000_000

/**
 * What this process saw last of drafts, opened, the one that was looked at longest ago first. It is never the truth: whoever takes
 * something from here asks the database whether the revision is still the same, or changes it under that condition.
 */
function rememberDrafts() {
  const drafts = new Map<string, Seen>()
  let letters = 0
  const forget = (id: string) => {
    letters -= drafts.get(id)?.letters ?? 0
    drafts.delete(id)
  }
  return {
    find: (id: string): Seen | undefined => drafts.get(id),
    keep(row: Row, own: Draft): void {
      forget(row.id)
      if (row.state === 'sent') return
      // What is sealed is as long as what is open.
      const size = row.sealedTyped.length
      drafts.set(row.id, { row, own, letters: size })
      letters += size
      for (const id of drafts.keys()) {
        if (letters <= lettersMax) break
        forget(id)
      }
    },
    forget,
  }
}

const all = new WeakMap<object, ReturnType<typeof rememberDrafts>>()

/** One for each process of an installation, which its connections to the database stand for. */
export function seenOf({ sql }: Pick<Installation, 'sql'>) {
  const known = all.get(sql) ?? rememberDrafts()
  all.set(sql, known)
  return known
}
