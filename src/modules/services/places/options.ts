import type { Installation, Sql } from '#platform'
import type { CompiledService } from '../definitions/compile.rules.ts'
import { optionsOf, withOptions } from './places.rules.ts'
import { findSession, listOpen } from './places.sql.ts'

/**
 * A version with its sessions as they are at this moment: for a draft those that can be chosen, for what was sent the one that was
 * chosen (`of: the answers`). A service without places is answered as it is.
 */
export async function withSessions(
  sql: Sql,
  { now, pack }: Pick<Installation, 'now' | 'pack'>,
  compiled: CompiledService,
  sent?: Readonly<Record<string, unknown>>,
): Promise<CompiledService> {
  const { apply, id } = compiled.service
  const places = apply?.places
  if (!places) return compiled
  const answer = sent?.[places.question]
  const chosen = typeof answer === 'string' ? answer : undefined
  const sessions =
    chosen === undefined ? await listOpen(sql, id, now()) : [(await findSession(sql, chosen)) ?? []].flat()
  const { timeZone } = pack.government
  return withOptions(compiled, optionsOf(sessions, { now: now(), timeZone, wait: places.wait === true, chosen }))
}
