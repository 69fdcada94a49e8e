import { type Text, texts } from '#platform'

export type MandateKind = {
  /** Who may grant it: the principal, or an officer who saw both at a counter. */
  by: readonly ('principal' | 'officer')[]
  daysMax: number
}

/** Every kind of mandate. A company lets people act for it by roles, with limits of their own: roles.ts. */
export const mandateKinds: Readonly<Record<string, MandateKind>> = {
  // biome-ignore format: matrix
  helper: { by: ['principal'],            daysMax: 366 },
  // biome-ignore format: matrix
  carer:  { by: ['principal', 'officer'], daysMax: 2 * 366 },
  // biome-ignore format: matrix
  parent: { by: ['officer'],              daysMax: 18 * 366 },
}

export const mandateNames: Readonly<Record<string, Text>> = texts({
  helper: { en: 'Helper', 'zh-Hant': '代辦人' },
  carer: { en: 'Carer', 'zh-Hant': '照顧者' },
  parent: { en: 'Parent or guardian', 'zh-Hant': '父母或監護人' },
})

/** What each is for, to whoever chooses one; what they may do is the same. */
export const mandateUses: Readonly<Record<string, Text>> = texts({
  helper: {
    en: 'Does for you what you ask them to, for at most one year.',
    'zh-Hant': '按你的要求代辦事務，最長一年。',
  },
  carer: {
    en: 'Looks after the affairs of somebody who cannot easily do so alone, for at most two years.',
    'zh-Hant': '替難以自行處理事務的人打理事務，最長兩年。',
  },
  parent: {
    en: 'Acts for a child, or for somebody of whom they are the guardian, for at most eighteen years.',
    'zh-Hant': '代子女或受其監護的人行事，最長十八年。',
  },
})

export const kindsBy = (by: 'principal' | 'officer'): string[] =>
  Object.keys(mandateKinds).filter((kind) => mandateKinds[kind]!.by.includes(by))
