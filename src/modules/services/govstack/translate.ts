import { type Language, say } from '#platform'
import type { Case } from '../cases/events.ts'
import { stateOf } from '../cases/placed.rules.ts'
import type { CompiledService } from '../definitions/compile.rules.ts'
import type { FormPage, Question } from '../definitions/form.ts'
import type { Answer, Answers, SentFile } from '../types.ts'
import type { Current } from '../versions/versions.ts'
import type { AnswersData, FormData, Status } from './shapes.ts'

/** A service that counts now, in the terms of GovStack: who may apply for it here is public, the rest is none of theirs. */
export const serviceOf = ({ compiled: { service }, number }: Current, language: Language) => ({
  id: service.id,
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
  file: { type: 'array', items: { type: 'string' } },
  date: { type: 'string', format: 'date' },
}

const propertiesOf = (questions: readonly Question[], language: Language) =>
  Object.fromEntries(
    questions.map(({ id, title, kind, options, prefill }) => [
      id,
      {
        title: say(title, language),
        ...(typeOf[kind] ?? { type: 'string' }),
        // From where it is answered if it is left out; a keyword of ours, which validators pass over.
        ...(prefill && { 'x-prefill': prefill }),
        ...(kind === 'choice' && options && { enum: options.map((option) => option.id) }),
      },
    ]),
  )

/** What the form of a service is called. It has the identifier of the service, which has one. */
export const eFormLineOf = ({ compiled: { service }, number }: Current, language: Language) => ({
  ...{ eFormId: service.id, name: say(service.title, language), description: say(service.summary, language) },
  ...{ version: String(number), latest: true },
})

/** The form of a service as JSON Schema. A list of things is an array of objects; what is asked of whom is told by the service alone. */
export function eFormOf(current: Current, language: Language) {
  const { form } = current.compiled
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
    ...eFormLineOf(current, language),
    // What whoever sends the form declares.
    schema: { type: 'object', ...(form && { description: say(form.form.declaration, language) }), properties },
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
  ...{ created: now.openedAt, fileId: now.application },
  ...{ serviceId: now.service, serviceName: say(compiled.service.title, language), eFormId: now.service },
  status: statusOf(compiled, now, language),
})

type Scalar = FormData[string]['value']

/** A value as a form of ours would send it: a text, or several. */
export const textsOf = (value: Scalar): string | string[] =>
  Array.isArray(value) ? value : value === true ? 'yes' : value === false ? 'no' : String(value)

/** What a form of ours would send: texts, and lists of texts. */
export const typedOf = (data: FormData): Record<string, string | string[]> =>
  Object.fromEntries(Object.entries(data).map(([name, { value }]) => [name, textsOf(value)]))

/** Where a document of an application is, for whoever may read that. */
export const documentPath = (application: string, file: string) => `/applications/${application}/files/${file}`

/** Answers as they could be sent again: money in units of the currency, documents by the addresses where whoever reads this opens them. */
export function dataOf(pages: readonly FormPage[], answers: Answers, pathOf: (file: string) => string): AnswersData {
  const of = (questions: readonly Question[], given: Answers): FormData =>
    Object.fromEntries(
      questions.flatMap((question) => {
        const answer = given[question.id]
        return answer === undefined ? [] : [[question.id, { value: scalarOf(question, answer, pathOf) }]]
      }),
    )
  return Object.assign(
    {},
    ...pages.map(({ questions = [], repeat }) => {
      if (!repeat) return of(questions, answers)
      const asked = repeat.pages.flatMap((each) => each.questions)
      const things = answers[repeat.name] as Answers[] | undefined
      return things ? { [repeat.name]: { value: things.map((thing) => of(asked, thing)) } } : {}
    }),
  ) as AnswersData
}

function scalarOf({ kind }: Question, answer: Answer, pathOf: (file: string) => string): Scalar {
  if (kind === 'money') return (answer as number) / 100
  if (kind === 'file') return (answer as SentFile[]).map((file) => pathOf(file.id))
  return answer as Scalar
}
