import { sayEverywhere, type Text, texts } from '#platform'
import type { Form, FormPage, Question } from '../definitions/form.ts'
import type { Values } from '../rules/types.rules.ts'
import { same } from '../texts.rules.ts'
import type { Answer, Answers, SentFile } from '../types.ts'
import { dayText } from './read.rules.ts'

/** What conditions see of an answer: money in units of the currency, and a file by its name. */
function readValue({ kind }: Question, answer: Answer | undefined): unknown {
  if (answer === undefined) return null
  if (kind === 'money') return (answer as number) / 100
  if (kind === 'file') return (answer as SentFile[]).map(({ name }) => name)
  return answer
}

/** The answers of some questions, as the language of conditions knows them; what was left out is null. */
export const valuesOfQuestions = (questions: readonly Question[], answers: Answers): Values =>
  Object.fromEntries(questions.map((question) => [question.id, readValue(question, answers[question.id])]))

/** The answers of one page: those of its questions, or the list of its things. */
export function valuesOfPage({ questions = [], repeat }: FormPage, answers: Answers): Values {
  if (!repeat) return valuesOfQuestions(questions, answers)
  const things = (answers[repeat.name] ?? []) as Answers[]
  const asked = repeat.pages.flatMap(({ questions }) => questions)
  return { [repeat.name]: things.map((thing) => valuesOfQuestions(asked, thing)) }
}

/** Every question of a form by its id; those of a list of things stand under the list’s own name. */
export const questionsOf = ({ pages }: Form): ReadonlyMap<string, Question> =>
  new Map(pages.flatMap(({ questions = [] }) => questions).map((question) => [question.id, question]))

/** All answers of a form, by the names of conditions. */
export const valuesOf = ({ pages }: Form, answers: Answers): Values =>
  Object.assign({}, ...pages.map((page) => valuesOfPage(page, answers)))

const words = texts({
  yes: { en: 'Yes', 'zh-Hant': '是' },
  no: { en: 'No', 'zh-Hant': '否' },
  agreed: { en: 'Agreed', 'zh-Hant': '同意' },
  notAgreed: { en: 'Not agreed', 'zh-Hant': '不同意' },
  unit: { en: '{number} {unit}', 'zh-Hant': '{number} {unit}' },
})

const joined = (texts: readonly Text[]): Text => ({
  en: texts.map(({ en }) => en).join('; '),
  'zh-Hant': texts.map((text) => text['zh-Hant']).join('；'),
  ...(texts.some((text) => text['zh-Hans']) && {
    'zh-Hans': texts.map((text) => text['zh-Hans'] ?? text['zh-Hant']).join('；'),
  }),
})

// Made once: making one takes longer than a page.
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const withCents = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const exact = new Intl.NumberFormat('en', { maximumFractionDigits: 10 })

/** An amount in cents as people write it, with the code of its currency. */
export const moneyText = (cents: number, currency: string): Text =>
  same(`${currency} ${(cents % 100 === 0 ? whole : withCents).format(cents / 100)}`)

type Asked = Pick<Question, 'kind' | 'options' | 'unit'>

/** Stands for what is not there. */
export const nothing = same('–')

/** An answer within a sentence or a table, where a dash stands for one that is not there. */
export const textOrDash = (question: Asked, answer: Answer | null | undefined, currency: string): Text =>
  answer === undefined || answer === null || answer === '' ? nothing : textOf(question, answer, currency)

/** The same of a value of conditions, where money is in units and a file is known by its names. */
export function textOfValue(question: Asked, value: unknown, currency: string): Text {
  if (question.kind === 'file' && Array.isArray(value)) return joined((value as string[]).map(same))
  const isMoney = question.kind === 'money' && typeof value === 'number'
  return textOrDash(question, isMoney ? Math.round(value * 100) : (value as Answer | null), currency)
}

/** An answer for people, in every language. `currency` is the code of the government’s. */
export function textOf(question: Asked, answer: Answer, currency: string): Text {
  const option = (id: string): Text => question.options?.find((each) => each.id === id)?.title ?? same(id)
  switch (question.kind) {
    case 'yes-no':
      return answer ? words.yes : words.no
    case 'declaration':
      return answer ? words.agreed : words.notAgreed
    case 'choice':
      return option(answer as string)
    case 'choices':
      return joined((answer as string[]).map(option))
    case 'money':
      return moneyText(answer as number, currency)
    case 'number': {
      const number = exact.format(answer as number)
      return question.unit ? sayEverywhere(words.unit, { number, unit: question.unit }) : same(number)
    }
    case 'date':
      return dayText(answer as string)
    case 'file':
      return joined((answer as SentFile[]).map(({ name }) => same(name)))
    default:
      return same(answer as string)
  }
}
