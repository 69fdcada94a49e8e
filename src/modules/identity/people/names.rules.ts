import { type Text, texts } from '#platform'
import { isOfficialName, type Official } from '../developers/registration.ts'

export const nameLengthMax = 60

export type NameMistake = keyof typeof nameMistakes
export const nameMistakes = texts({
  missing: { en: 'Write how you want to be addressed.', 'zh-Hant': '請填寫你的稱呼。' },
  long: { en: 'Shorten this to {most} characters.', 'zh-Hant': '請縮短至 {most} 個字以內。' },
  official: {
    en: 'That is the name of a part of the government. Write your own.',
    'zh-Hant': '這是政府機構的名稱，請填寫你自己的姓名。',
  },
})

/** A name as it is kept: on one line, without what cannot be seen. */
export const plainName = (typed = ''): string =>
  typed
    .normalize('NFC')
    // Some that Unicode counts among the letters have no shape either.
    .replace(/[\p{C}\s\u115f\u1160\u2800\u3164\uffa0]+/gu, ' ')
    .trim()

/**
 * What is wrong with how somebody wants to be addressed: nothing in it that can be read, too much, or a name by which they
 * would pass for a part of the government.
 */
export function mistakeInName(name: string, official: Official): NameMistake | null {
  if (!/\p{L}/u.test(name)) return 'missing'
  if (name.length > nameLengthMax) return 'long'
  return isOfficialName(name, official) ? 'official' : null
}

/** A name is the person's own, in whatever language the page is. */
export const inAllLanguages = (name: string): Text => ({ en: name, 'zh-Hant': name, 'zh-Hans': name })
