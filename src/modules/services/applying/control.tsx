import type { Static } from 'typebox'
import { Checkboxes, DateField, Radios, Select, TextArea, TextField, texts, usePage } from '#platform'
import { letterMax } from './read.rules.ts'
import type { Asked, MistakeNote } from './types.ts'
import { words } from './words.ts'

const own = texts({
  yes: { en: 'Yes', 'zh-Hant': '是' },
  no: { en: 'No', 'zh-Hant': '否' },
  agree: { en: 'I agree', 'zh-Hant': '我同意' },
  money: { en: 'In {currency}, like 1,250.50', 'zh-Hant': '以 {currency} 計，例如 1,250.50' },
  unit: { en: 'In {unit}', 'zh-Hant': '以「{unit}」計' },
  like: { en: 'Like {example}', 'zh-Hant': '例如 {example}' },
  select: { en: 'Choose', 'zh-Hant': '請選擇' },
})

/** More options than a person looks through at once are a list that opens. */
const radiosMax = 20
const tellLettersFrom = 500

type Mistakes = readonly Static<typeof MistakeNote>[]

/** The control of one question; `page` where it is the whole page, so that its label is the heading. */
export function Control({
  asked,
  mistakes,
  page,
  currency,
}: {
  asked: Asked
  mistakes: Mistakes
  page: boolean
  currency: string
}) {
  const { say, language } = usePage()
  const { question, typed, source } = asked
  const { id, kind, optional, options = [], purpose, example, unit, whole } = question
  const mistake = mistakes.find(({ control }) => control === id || control.startsWith(`${id}-`))
  // Unit and currency stand in the hint, which is read out with the field; beside it they would be said twice.
  const hints = [
    question.hint && say(question.hint),
    kind === 'money' && say(own.money, { currency }),
    kind === 'number' && unit && say(own.unit, { unit }),
    kind === 'text' && example && !question.hint && say(own.like, { example }),
    source && say(words.source, { source }),
  ].filter((each) => typeof each === 'string')
  const title = say(question.title)
  const field = {
    name: id,
    label: optional ? say(words.optional, { title }) : title,
    ...(hints.length > 0 && { hint: hints.join(language === 'en' ? '. ' : '。') }),
    error: mistake && say(mistake.text),
    page,
  }
  const value = typed[0] ?? ''
  const autocomplete = purpose ?? 'off'
  const choices = options.map((option) => ({
    value: option.id,
    label: say(option.title),
    ...(option.hint && { hint: say(option.hint) }),
  }))
  switch (kind) {
    case 'long-text':
      return (
        <TextArea
          {...field}
          value={value}
          rows={letterMax(question) > 1000 ? 10 : 5}
          autocomplete={autocomplete}
          {...(letterMax(question) >= tellLettersFrom && { count: letterMax(question) })}
        />
      )
    case 'date': {
      const [day = '', month = '', year = ''] = typed
      const wrong = (['day', 'month', 'year'] as const).find((part) => mistake?.control === `${id}-${part}`)
      return <DateField {...field} value={{ day, month, year }} born={purpose === 'bday'} wrong={wrong} />
    }
    case 'yes-no': {
      const both = [
        { value: 'yes', label: say(own.yes) },
        { value: 'no', label: say(own.no) },
      ]
      return <Radios {...field} options={both} value={value} />
    }
    case 'choice':
      if (choices.length <= radiosMax) return <Radios {...field} options={choices} value={value} />
      return <Select {...field} options={[{ value: '', label: say(own.select) }, ...choices]} value={value} />
    case 'choices':
      return <Checkboxes {...field} options={choices} values={typed} />
    case 'declaration':
      return <Checkboxes {...field} options={[{ value: 'yes', label: say(own.agree) }]} values={typed} />
    default:
      return (
        <TextField
          {...field}
          value={value}
          autocomplete={autocomplete}
          {...(kind === 'email' && { type: 'email', inputMode: 'email' })}
          {...(kind === 'phone' && { type: 'tel', inputMode: 'tel', width: 20 as const })}
          {...(kind === 'number' && { inputMode: whole ? 'numeric' : 'decimal', width: 10 as const })}
          {...(kind === 'money' && { inputMode: 'decimal', width: 10 as const })}
          {...(kind === 'text' && letterMax(question) <= 30 && { width: 20 as const })}
        />
      )
  }
}

/** The control to which a mistake leads: of a day as a whole the part that comes first in the language. */
export const controlOf = (control: string, asked: readonly Asked[], language: string): string =>
  asked.some(({ question }) => question.id === control && question.kind === 'date')
    ? `${control}-${language === 'en' ? 'day' : 'year'}`
    : control
