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

export const kindsBy = (by: 'principal' | 'officer'): string[] =>
  Object.keys(mandateKinds).filter((kind) => mandateKinds[kind]!.by.includes(by))
