import type { Names, Type } from '../rules/types.rules.ts'
import type { Form, FormPage, Question } from './form.ts'

/** The day on which something is decided, by the calendar of the government: a name in every condition. */
export const todayName = 'today'

const today: Names = { [todayName]: { kind: 'date' } }

/** What conditions see of an answer. Money is in units of the currency and a file is the list of its names. */
export function typeOf({ kind, options = [], min, max, whole }: Question): Type {
  switch (kind) {
    case 'number':
    case 'money':
      return {
        kind: 'number',
        ...(kind === 'number' && whole && { whole }),
        ...(min !== undefined && { min }),
        ...(max !== undefined && { max }),
      }
    case 'date':
      return { kind: 'date' }
    case 'yes-no':
    case 'declaration':
      return { kind: 'boolean' }
    case 'choice':
      // Options that officers keep are not known here.
      return options.length > 0 ? { kind: 'choice', values: options.map(({ id }) => id) } : { kind: 'text' }
    case 'choices':
      return { kind: 'list', of: { kind: 'choice', values: options.map(({ id }) => id) } }
    case 'file':
      return { kind: 'list', of: { kind: 'text' } }
    default:
      return { kind: 'text' }
  }
}

/** What a calculated value or the result of a table is. */
export const typeOfKind = (kind: 'text' | 'number' | 'money' | 'date' | 'yes-no'): Type => ({
  kind: kind === 'money' ? 'number' : kind === 'yes-no' ? 'boolean' : kind,
})

export const namesOfQuestions = (questions: readonly Question[]): Names =>
  Object.fromEntries(questions.map((question) => [question.id, typeOf(question)]))

/** The names that a page gives to the conditions behind it. */
export function namesOfPage({ questions = [], repeat }: FormPage): Names {
  if (!repeat) return namesOfQuestions(questions)
  const fields = namesOfQuestions(repeat.pages.flatMap(({ questions }) => questions))
  return { [repeat.name]: { kind: 'list', of: { kind: 'group', fields } } }
}

/** What is known where a page is about to be asked: all that stands before it. */
export const namesBefore = ({ pages }: Form, page: number): Names =>
  Object.assign({ ...today }, ...pages.slice(0, page).map(namesOfPage))

/** Every answer of a form. */
export const namesOfForm = (form: Form): Names => namesBefore(form, form.pages.length)
