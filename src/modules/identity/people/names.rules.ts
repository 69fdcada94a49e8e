import { type Text, texts } from '#platform'

export const nameLengthMax = 60

export type NameMistake = 'missing' | 'long'
export const nameMistakes: Readonly<Record<NameMistake, Text>> = texts({
  missing: { en: 'Write how you want to be addressed.', 'zh-Hant': '請填寫你的稱呼。' },
  long: { en: 'Shorten this to {most} characters.', 'zh-Hant': '請縮短至 {most} 個字以內。' },
})

/** A name as it is kept: on one line, without what cannot be seen. */
export const plainName = (typed = ''): string =>
  typed
    .normalize('NFC')
    // Some that Unicode counts among the letters have no shape either.
    .replace(/[\p{C}\s\u115f\u1160\u2800\u3164\uffa0]+/gu, ' ')
    .trim()

/** What is wrong with how somebody wants to be addressed: nothing in it that can be read, or too much. */
export const mistakeInName = (name: string): NameMistake | null =>
  !/\p{L}/u.test(name) ? 'missing' : name.length > nameLengthMax ? 'long' : null

/** A name is the person's own, in whatever language the page is. */
export const inAllLanguages = (name: string): Text => ({ en: name, 'zh-Hant': name, 'zh-Hans': name })
