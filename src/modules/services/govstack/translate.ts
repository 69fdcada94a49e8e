import { type Language, say } from '#platform'
import type { Case } from '../cases/events.ts'
import { stateOf } from '../cases/placed.rules.ts'
import type { CompiledService } from '../definitions/compile.rules.ts'
import type { Question } from '../definitions/form.ts'
import type { Current } from '../versions/versions.ts'
import type { FormData, Status } from './shapes.ts'

/** A service that counts now, in the terms of GovStack: who may apply for it here is public, the rest is none of theirs. */
export const serviceOf = ({ compiled: { service }, number }: Current, language: Language) => ({
  id: service.id,
  serviceKey: service.id,
  name: say(service.title, language),
  version: String(number),
  type: service.apply ? ('Public' as const) : ('None' as const),
  isExecutable: service.apply !== undefined,
  description: say(service.summary, language),
})

const typeOf: Partial<Record<Question['kind'], object>> = {
  number: { type: 'number' },
  money: { type: 'number' },
  'yes-no': { type: 'boolean' },
  declaration: { type: 'boolean' },
  choices: { type: 'array', items: { type: 'string' } },
  file: { type: 'array', items: { type: 'object' } },
  date: { type: 'string', format: 'date' },
}

const propertiesOf = (questions: readonly Question[], language: Language) =>
  Object.fromEntries(
    questions.map(({ id, title, kind, options }) => [
      id,
      {
        title: say(title, language),
        ...(typeOf[kind] ?? { type: 'string' }),
        ...(kind === 'choice' && options && { enum: options.map((option) => option.id) }),
      },
    ]),
  )

/** The form of a service as JSON Schema. A list of things is an array of objects; what is asked of whom is told by the service alone. */
export function eFormOf({ compiled, number }: Current, language: Language) {
  const { service, form } = compiled
  const pages = (form?.pages ?? []).map(({ page }) => page)
  const lists = pages.flatMap(({ repeat }) => repeat ?? [])
  const properties = {
    ...propertiesOf(
      pages.flatMap(({ questions = [] }) => questions),
      language,
    ),
    ...Object.fromEntries(
      lists.map(({ name, item, pages: inner }) => [
        name,
        {
          ...{ title: say(item, language), type: 'array' },
          items: {
            type: 'object',
            properties: propertiesOf(
              inner.flatMap(({ questions }) => questions),
              language,
            ),
          },
        },
      ]),
    ),
  }
  return {
    ...{ eFormId: service.id, name: say(service.title, language), description: say(service.summary, language) },
    ...{ version: String(number), latest: true, schema: { type: 'object', properties } },
  }
}

/** Where a case stands: who waits for the applicant has sent it back. */
export function statusOf(compiled: CompiledService, now: Case, language: Language): Status {
  const code =
    now.outcome === 'granted'
      ? 'APPROVED'
      : now.outcome !== null
        ? 'REJECTED'
        : now.wait === 'reply'
          ? 'SENDBACK'
          : 'PENDING'
  return { code, title: say(stateOf(compiled, now.state).title, language) }
}

/** A case as a task: here they are one, as an officer does with a case whatever its state allows. */
export const taskOf = (compiled: CompiledService, now: Case, language: Language) => ({
  taskId: now.reference,
  ...(now.claimedBy !== null && { assigneeId: now.claimedBy }),
  ...{ created: now.openedAt, description: now.listed.join(', '), fileId: now.application },
  ...{ serviceKey: now.service, serviceName: say(compiled.service.title, language), eFormId: now.service },
  status: statusOf(compiled, now, language),
})

/** What a form of ours would send: texts, and lists of texts. */
export const typedOf = (data: FormData): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(data).map(([name, { value }]) => [
      name,
      Array.isArray(value) ? value : value === true ? 'yes' : value === false ? 'no' : String(value),
    ]),
  )
