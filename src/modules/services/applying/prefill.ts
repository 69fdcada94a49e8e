import type { Server } from 'node:http'
import { namesOf } from '#identity'
import { type Installation, Problem, say } from '#platform'
import type { Question } from '../definitions/form.ts'
import { findEntry } from '../sources/find-entry.ts'
import type { Answers } from '../types.ts'
import type { Application } from './applications.ts'
import { controlsOf } from './show.ts'

/** What is known before somebody types it, by controls, and where the answer of each question comes from. */
export type Known = {
  readonly typed: Readonly<Record<string, string>>
  readonly sources: Readonly<Record<string, string>>
}
/** Whose questions these are, and what stands in them. */
type Asking = Pick<Application, 'draft' | 'by'> & { row: Pick<Application['row'], 'personId' | 'language'> }
type Means = { installation: Installation; server: Server }

/**
 * What is known already of questions that nobody answered yet: from the account of whoever applies, or from a register, by the answer
 * that is its key. A register that does not answer is passed over, and the person types.
 */
export async function findKnown(
  means: Means,
  { row, draft, by }: Asking,
  questions: readonly Question[],
  answersOf: () => Answers,
): Promise<Known> {
  const typed: Record<string, string> = {}
  const sources: Record<string, string> = {}
  const entries = new Map<string, Promise<Readonly<Record<string, string>>>>()
  for (const question of questions) {
    const { prefill } = question
    if (!prefill || controlsOf(question).some((control) => draft.typed[control])) continue
    if (prefill.from === 'account') {
      if (row.personId === null || by !== undefined || prefill.field !== 'name') continue
      const name = (await namesOf(means.installation.sql, [row.personId])).get(row.personId)
      if (name) take(question, say(name, row.language), 'account')
      continue
    }
    const key = prefill.by && answersOf()[prefill.by]
    if (!prefill.register || typeof key !== 'string') continue
    const at = `${prefill.register} ${key}`
    const asked = entries.get(at) ?? entryOf(means, prefill.register, key)
    entries.set(at, asked)
    const value = (await asked)[prefill.field]
    if (value !== undefined) take(question, value, `register:${prefill.register}`)
  }
  return { typed, sources }

  function take(question: Question, value: string, source: string) {
    const [day, month, year] = value.split('-').toReversed()
    const parts = question.kind === 'date' ? [day, month, year] : [value]
    for (const [at, control] of controlsOf(question).entries()) typed[control] = parts[at] ?? ''
    sources[question.id] = source
  }
}

async function entryOf(means: Means, register: string, key: string): Promise<Readonly<Record<string, string>>> {
  try {
    return (await findEntry(means, register, key))?.entry ?? {}
  } catch (error) {
    if (error instanceof Problem && error.status === 503) return {}
    throw error
  }
}
