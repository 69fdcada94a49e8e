import { type Text, texts } from '#platform'
import type { Question } from '../definitions/form.ts'
import { isDate } from '../rules/dates.rules.ts'
import type { Answer, Answers } from '../types.ts'

const sentences = texts({
  missing: { en: 'Answer this: {title}', 'zh-Hant': '請填寫：{title}' },
  number: { en: 'Write a number, as 1200 or 12.50.', 'zh-Hant': '請填寫數字，例如 1200 或 12.50。' },
  whole: { en: 'Write a whole number.', 'zh-Hant': '請填寫整數。' },
  least: { en: 'It must be {min} or more.', 'zh-Hant': '不可少於 {min}。' },
  most: { en: 'It must be {max} or less.', 'zh-Hant': '不可多於 {max}。' },
  long: { en: 'Write no more than {max} characters.', 'zh-Hant': '不可多於 {max} 個字元。' },
  date: { en: 'Write a day of the calendar.', 'zh-Hant': '請填寫曆法上的日期。' },
  choice: { en: 'Choose one of the answers that stand there.', 'zh-Hant': '請從所列答案中選擇。' },
  declared: { en: 'Confirm it before you go on.', 'zh-Hant': '請先確認，方可繼續。' },
})

export type Wrong = { name: string; text: Text; values?: Record<string, string | number | Text> }

/** What a browser or a program sends: the fields of a form, all of them texts or lists of texts. */
export type Typed = Readonly<Record<string, unknown>>

const lengthMax = 10_000

/** What an officer answered to the questions of a step, or what is wrong with it. Fields are called `answer.<id>`. */
export function readTyped(questions: readonly Question[], typed: Typed): { answers: Answers; wrong: Wrong[] } {
  const answers: Record<string, Answer> = {}
  const wrong: Wrong[] = []
  for (const question of questions) {
    const name = `answer.${question.id}`
    const given = givenFor(question, name, typed)
    const isEmpty = given === undefined || given === '' || (Array.isArray(given) && given.length === 0)
    if (isEmpty) {
      if (!question.optional)
        wrong.push({ name, text: question.missing ?? sentences.missing, values: { title: question.title } })
      continue
    }
    const read = readOne(question, given)
    if ('text' in read) wrong.push({ name, ...read })
    else answers[question.id] = read.answer
  }
  return { answers, wrong }
}

function givenFor({ kind }: Question, name: string, typed: Typed): unknown {
  if (kind === 'date' && typed[name] === undefined) {
    const [year = '', month = '', day = ''] = ['year', 'month', 'day'].map((part) =>
      String(typed[`${name}-${part}`] ?? ''),
    )
    if (!year && !month && !day) return undefined
    return `${year.padStart(4, '0')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  }
  const given = typed[name]
  return typeof given === 'string' ? given.trim() : given
}

type Read = { answer: Answer } | { text: Text; values?: Record<string, string | number> }

function readOne(question: Question, given: unknown): Read {
  const { kind, options = [], max } = question
  switch (kind) {
    case 'number':
    case 'money':
      return readNumber(question, given)
    case 'date':
      return isDate(given) ? { answer: given } : { text: sentences.date }
    case 'yes-no':
      return given === 'yes' || given === 'true'
        ? { answer: true }
        : given === 'no' || given === 'false'
          ? { answer: false }
          : { text: sentences.choice }
    case 'declaration':
      return given === 'yes' || given === 'true' ? { answer: true } : { text: sentences.declared }
    case 'choice':
      return options.some(({ id }) => id === given) ? { answer: String(given) } : { text: sentences.choice }
    case 'choices': {
      const chosen = [given].flat().map(String)
      return chosen.every((each) => options.some(({ id }) => id === each))
        ? { answer: [...new Set(chosen)] }
        : { text: sentences.choice }
    }
    default: {
      const text = String(given)
      const most = Math.min(max ?? lengthMax, lengthMax)
      return text.length <= most ? { answer: text } : { text: sentences.long, values: { max: most } }
    }
  }
}

function readNumber({ kind, whole, min, max }: Question, given: unknown): Read {
  const text = String(given).replace(/[,\s$]/g, '')
  if (!/^-?\d{1,13}(\.\d{1,6})?$/.test(text)) return { text: sentences.number }
  const number = Number(text)
  if (whole && !Number.isInteger(number)) return { text: sentences.whole }
  if (min !== undefined && number < min) return { text: sentences.least, values: { min: min.toLocaleString('en') } }
  if (max !== undefined && number > max) return { text: sentences.most, values: { max: max.toLocaleString('en') } }
  return { answer: kind === 'money' ? Math.round(number * 100) : number }
}
