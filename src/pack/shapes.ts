import { type TString, Type } from 'typebox'
import { type Text, texts } from '../platform/languages.ts'

/**
 * What a person is to write here, with an example: for the sentence on a value that does not fit. Every pattern and every
 * choice of forms has it. Its English is the description that editors show.
 */
export const expects = (text: Text) => ({ description: text.en, expects: texts({ text }).text })

/** How things of a pack are called. Addresses and records carry it, so it is never reused. */
export const PackId = Type.String({
  pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$',
  maxLength: 60,
  ...expects({
    en: 'Lower-case letters, digits and hyphens, a letter first, as tide-station',
    'zh-Hant': '小寫字母、數字和連字號，以字母開頭，例如 tide-station',
  }),
})

/** The id of something else in the pack; that it exists is checked when every file is read. */
export const reference = (kind: string): TString => Type.String({ ...PackId, reference: kind })

/** Text of one line or more, for people. */
export const packWords = (maxLength: number) =>
  Type.String({
    minLength: 1,
    maxLength,
    pattern: '\\S$',
    ...expects({ en: 'Text without a space at its end', 'zh-Hant': '末尾沒有空格的文字' }),
  })

/** A page of this installation. */
export const OwnAddress = Type.String({
  pattern: '^/',
  maxLength: 200,
  ...expects({
    en: 'Where it answers on this installation, as /estimates',
    'zh-Hant': '在本系統內的網址，例如 /estimates',
  }),
})

/** A sentence or word in every language. `zh-Hans` is drafted from `zh-Hant`; write it only where the draft reads wrongly. */
export const packText = (charactersMax: number, description = 'Text in each language') =>
  Type.Object(
    {
      en: packWords(charactersMax),
      'zh-Hant': packWords(charactersMax),
      'zh-Hans': Type.Optional(packWords(charactersMax)),
    },
    { description },
  )

export const PackDate = Type.String({
  format: 'date',
  ...expects({ en: 'A date of the calendar, as 2024-07-25', 'zh-Hant': '曆法上的日期，例如 2024-07-25' }),
})

export const oneOf = <const Words extends readonly string[]>(words: Words, description: string) =>
  Type.Unsafe<Words[number]>(Type.Enum([...words], { description }))

/** A figure of Praya, by its id. */
export const FigureId = Type.String({
  pattern: '^[a-z]+\\.[a-z0-9]+(-[a-z0-9]+)*$',
  maxLength: 80,
  ...expects({ en: 'The module and its figure, as services.open', 'zh-Hant': '模組及其數字，例如 services.open' }),
})
