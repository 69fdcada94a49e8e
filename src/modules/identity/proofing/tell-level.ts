import type { Sql } from '#platform'
import { sendAlert } from '../inbox/messages.ts'
import { findProvenLevel } from '../people/people.sql.ts'

/** Does what may change a person’s level, and tells them if it did; in the caller’s transaction. */
export async function tellingLevel<Result>(sql: Sql, personId: string, act: () => Promise<Result>): Promise<Result> {
  const before = await findProvenLevel(sql, personId)
  const result = await act()
  const level = await findProvenLevel(sql, personId)
  if (level !== before) await sendAlert(sql, { personId, kind: 'level-changed', values: { level } })
  return result
}
