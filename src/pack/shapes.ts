import { type TString, Type } from 'typebox'

/** How things of a pack are called. Addresses and records carry it, so it is never reused. */
export const PackId = Type.String({
  pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$',
  maxLength: 60,
  description: 'Lower-case letters, digits and hyphens, a letter first',
})

/** The id of something else in the pack; that it exists is checked when every file is read. */
export const reference = (kind: string): TString => Type.String({ ...PackId, reference: kind })

const words = (maxLength: number) =>
  Type.String({ minLength: 1, maxLength, pattern: '\\S$', description: 'Text without a space at its end' })

/** A sentence or word in every language. `zh-Hans` is drafted from `zh-Hant`; write it only where the draft reads wrongly. */
export const packText = (charactersMax: number, description = 'Text in each language') =>
  Type.Object(
    { en: words(charactersMax), 'zh-Hant': words(charactersMax), 'zh-Hans': Type.Optional(words(charactersMax)) },
    { description },
  )

export const PackDate = Type.String({
  pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$',
  description: 'A date, as 2024-07-25',
})

export const oneOf = <const Words extends readonly string[]>(words: Words, description: string) =>
  Type.Unsafe<Words[number]>(Type.Enum([...words], { description }))
