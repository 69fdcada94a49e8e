import { namesOf } from '#identity'
import { type Installation, say } from '#platform'
import type { Question } from '../definitions/form.ts'
import type { Application } from './applications.ts'

export type Known = {
  readonly typed: Readonly<Record<string, string>>
  readonly sources: Readonly<Record<string, string>>
}
const nothing: Known = { typed: {}, sources: {} }

/** What is known already of questions that nobody answered yet, by their controls, each with where it comes from. */
export async function findKnown(
  { sql }: Pick<Installation, 'sql'>,
  { row, draft }: Application,
  questions: readonly Question[],
): Promise<Known> {
  const asked = questions.filter(({ id, prefill }) => prefill && !draft.typed[id])
  if (asked.length === 0 || row.personId === null) return nothing
  const typed: Record<string, string> = {}
  const sources: Record<string, string> = {}
  for (const { id, prefill } of asked) {
    if (prefill?.from !== 'account' || prefill.field !== 'name') continue
    const name = (await namesOf(sql, [row.personId])).get(row.personId)
    if (!name) continue
    typed[id] = say(name, row.language)
    sources[id] = 'account'
  }
  return { typed, sources }
}
