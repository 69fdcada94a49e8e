import type { Proofing } from './policy.ts'

/**
 * Check digits by the name that a pack gives them. Each says whether the characters of a number, check digit last, agree
 * with one another. `separate` letters and digits as each algorithm does.
 */
export const algorithms = {
  /**
   * One or two letters, six digits, a check digit. Letters count 10 to 35, a missing first letter 36; the sum of each
   * times its weight, 9 to 2, and 1 for the check digit, is a multiple of 11. A check digit of ten is written A.
   */
  'weighted-mod-11': (number) => {
    const parts = /^([A-Z]{1,2})([0-9]{6})([0-9A])$/.exec(number)
    if (!parts) return false
    const [, letters = '', digits = '', check = ''] = parts
    const values = [...letters.padStart(2, ' ')].map((each) => (each === ' ' ? 36 : each.charCodeAt(0) - 55))
    values.push(...[...digits].map(Number), check === 'A' ? 10 : Number(check))
    return values.reduce((sum, value, at) => sum + value * (at === 8 ? 1 : 9 - at), 0) % 11 === 0
  },
  /** ISO/IEC 7064, MOD 11-2, over the digits; a check digit of ten is written X. */
  'iso-7064-mod-11-2': (number) => {
    const parts = /^[A-Z]*([0-9]+[0-9X])$/.exec(number)
    if (!parts) return false
    const values = [...parts[1]!].map((each) => (each === 'X' ? 10 : Number(each)))
    return values.reduce((rest, value) => (rest * 2 + value) % 11, 0) === 1
  },
  /** ISO/IEC 7812-1, annex B (Luhn), over the digits. */
  luhn: (number) => {
    const digits = /^[A-Z]*([0-9]{2,})$/.exec(number)?.[1]
    if (!digits) return false
    const sum = [...digits].reverse().reduce((total, each, at) => {
      const value = Number(each) * (at % 2 === 1 ? 2 : 1)
      return total + (value > 9 ? value - 9 : value)
    }, 0)
    return sum % 10 === 0
  },
  /** For documents whose numbers check nothing. */
  none: () => true,
} satisfies Record<string, (number: string) => boolean>

export type Algorithm = keyof typeof algorithms

/**
 * A number as it is stored, from one as people write it: full-width or small letters, spaces, hyphens, and brackets
 * around the check digit. Nothing else is taken for anything else, and what is no number then stays none.
 */
export function plainNumber(written: string): string {
  return written
    .replace(/[\uff01-\uff5e]/g, (each) => String.fromCharCode(each.charCodeAt(0) - 0xfee0))
    .replace(/[\s\u3000\u00a0\u2010-\u2015-]/g, '')
    .replace(/[a-z]/g, (each) => each.toUpperCase())
    .replace(/\((.)\)$/, '$1')
}

export type NumberMistake = 'missing' | 'pattern' | 'check-digit'

/** The number of a document of this kind, or what is wrong with what was written. */
export function readNumber(
  written: string,
  document: Proofing['documents'][number],
): { number: string } | { mistake: NumberMistake } {
  const number = plainNumber(written)
  if (number === '') return { mistake: 'missing' }
  if (!new RegExp(document.pattern).test(number)) return { mistake: 'pattern' }
  return algorithms[document.checkDigit](number) ? { number } : { mistake: 'check-digit' }
}

/** As it is printed, with its check digit in brackets where the document has it so. */
export const writeNumber = (number: string, { brackets }: Pick<Proofing['documents'][number], 'brackets'>) =>
  brackets ? `${number.slice(0, -1)}(${number.slice(-1)})` : number

const yearsMax = 130

export type BirthParts = Partial<Record<'year' | 'month' | 'day', string>>

/** A day of the calendar that lies behind `today`, as 1992-03-12; undefined for every other. */
export function readBirthDate(parts: BirthParts, today: string): string | undefined {
  const half = (text = '') => plainNumber(text)
  const [year, month, day] = [half(parts.year), half(parts.month), half(parts.day)]
  if (!/^[0-9]{4}$/.test(year) || !/^[0-9]{1,2}$/.test(month) || !/^[0-9]{1,2}$/.test(day)) return undefined
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const time = Date.parse(date)
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== date) return undefined
  return date <= today && Number(year) >= Number(today.slice(0, 4)) - yearsMax ? date : undefined
}

/** A name for comparing: without the spaces, hyphens, marks and capitals in which writings of one name differ. */
export const foldName = (name: string) =>
  name
    .normalize('NFKD')
    .replace(/[\p{M}\p{P}\p{Z}\s]/gu, '')
    .toLowerCase()
