import type { Installation, Sql } from '#platform'
import type { StageNote } from '../types.ts'
import { getVersion } from '../versions/versions.ts'
import { listMoves } from './cases.sql.ts'
import type { Case } from './events.ts'
import { pastOf, stagesOf } from './stages.rules.ts'
import { versionsOf } from './write.ts'

/** The lines of several cases, by their references; the database is asked once for all of them. */
export async function stagesOfMany(
  sql: Sql,
  { pack }: Pick<Installation, 'pack'>,
  cases: readonly Case[],
): Promise<ReadonlyMap<string, StageNote[]>> {
  const { timeZone } = pack.government
  const read = (version: string) => getVersion(sql, version)
  const references = cases.map(({ reference }) => reference)
  const moves = references.length === 0 ? [] : await listMoves(sql, references)
  const byCase = Map.groupBy(moves, ({ reference }) => reference)
  const lines = cases.map(async (now) => {
    const events = byCase.get(now.reference) ?? []
    const past = pastOf(events, await versionsOf(events, read))
    return [now.reference, stagesOf(now, await read(now.version), past, timeZone)] as const
  })
  return new Map(await Promise.all(lines))
}
