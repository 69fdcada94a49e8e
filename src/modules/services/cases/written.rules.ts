import { type Language, languages, say, type Text, texts } from '#platform'
import type { Question, QuestionKind } from '../definitions/form.ts'
import type { SentFile } from '../types.ts'

const words = texts({
  yes: { en: 'Yes', 'zh-Hant': '是' },
  no: { en: 'No', 'zh-Hant': '否' },
  day: { en: '{day} {month} {year}', 'zh-Hant': '{year} 年 {month} 月 {day} 日' },
  money: { en: '{sum}', 'zh-Hant': '{sum} 元' },
  unit: { en: '{amount} {unit}', 'zh-Hant': '{amount} {unit}' },
  nothing: { en: '–', 'zh-Hant': '–' },
})

const inEvery = (write: (language: Language) => string): Text =>
  Object.fromEntries(languages.map((language) => [language, write(language)])) as Text

const plain = (text: string): Text => inEvery(() => text)

/** A day as people write it: 28 November 2026. */
export const writeDay = (day: string): Text =>
  inEvery((language) => {
    const [year = '', month = '', date = ''] = day.split('-')
    const named = new Date(`${day}T12:00:00Z`).toLocaleDateString('en-GB', { month: 'long', timeZone: 'UTC' })
    return say(words.day, language, {
      ...{ year, day: String(Number(date)) },
      month: language === 'en' ? named : String(Number(month)),
    })
  })

const writeNumber = (number: number, digits?: number): string =>
  number.toLocaleString('en', digits === undefined ? { maximumFractionDigits: 6 } : { minimumFractionDigits: digits })

/** Cents as an amount: $1,200, and with its cents where it has some. */
export const writeMoney = (cents: number): Text => {
  const amount = writeNumber(cents / 100, cents % 100 === 0 ? undefined : 2)
  return inEvery((language) => say(words.money, language, { sum: language === 'en' ? `$${amount}` : amount }))
}

type Asked = { kind: QuestionKind } & Partial<Pick<Question, 'options' | 'unit'>>

/** An answer for people, in every language; money is in cents. */
export function writeAnswer({ kind, options = [], unit }: Asked, answer: unknown): Text {
  if (answer === undefined || answer === null || answer === '') return words.nothing
  const titleOf = (id: unknown): Text => options.find((each) => each.id === id)?.title ?? plain(String(id))
  switch (kind) {
    case 'money':
      return writeMoney(Number(answer))
    case 'number': {
      const amount = writeNumber(Number(answer))
      return unit ? inEvery((language) => say(words.unit, language, { amount, unit })) : plain(amount)
    }
    case 'date':
      return writeDay(String(answer))
    case 'yes-no':
    case 'declaration':
      return answer === true ? words.yes : words.no
    case 'choice':
      return titleOf(answer)
    case 'choices':
      return inEvery((language) =>
        (answer as string[]).map((id) => say(titleOf(id), language)).join(language === 'en' ? ', ' : '、'),
      )
    case 'file':
      return inEvery((language) => (answer as SentFile[]).map(({ name }) => name).join(language === 'en' ? ', ' : '、'))
    default:
      return plain(String(answer))
  }
}
