import { type Language, languages, type Text } from '#platform'

/** A text that is written anew in each language. */
export const inEvery = (write: (language: Language) => string): Text =>
  Object.fromEntries(languages.map((language) => [language, write(language)])) as Text

/** The same in every language: names, and what a person typed, are never translated. */
export const same = (text: string): Text => inEvery(() => text)

/** A reference token of a JSON Pointer (RFC 6901, §3). */
export const token = (part: string | number): string => `${part}`.replaceAll('~', '~0').replaceAll('/', '~1')
