import type { Mapping } from './mapping.ts'
import { usual } from './mapping.ts'

/** A cell of a table file. `numeric` is a spreadsheet's number, of which `text` is how the file writes it. */
export type SourceCell = { text: string; numeric: boolean }

/**
 * What a cell says. `rate` is a percentage printed beside the amount: `1,495.2 (-12.9%)`. `precise`: more decimals than
 * the mapping declares, all kept. `noise`: the last digits of a spreadsheet's binary number were dropped.
 */
export type Amount =
  | { kind: 'number'; steps: number; decimals: number; marks: string[]; rate?: Rate; precise?: true; noise?: true }
  | { kind: 'nil'; marks: string[]; rate?: Rate }
  | { kind: 'empty' }
  | { kind: 'unreadable' }

type Rate = { steps: number; decimals: number; nil: boolean; printed: string }

const decimalsMax = 6
const charactersMax = 100
// What a spreadsheet itself shows of a number; IEEE 754 doubles hold any decimal of so many digits.
const digitsShown = 15

/** Reads amounts as one mapping describes them. */
export function amountReader(mapping: Mapping): (cell: SourceCell) => Amount {
  const { decimals } = mapping
  const nil = new Set((mapping.nil ?? usual.nil).map(plain))
  const negative = mapping.negative ?? usual.negative
  const mark = (mapping.marks ?? usual.marks).map(escaped).join('|') || '(?!)'
  const separator =
    (mapping.thousands ?? usual.thousands).map((each) => escaped(plain(each) || ' ')).join('|') || '(?!)'
  const point = escaped(mapping.decimal ?? usual.decimal)
  const minus = negative.includes('minus') ? '[-−–]' : '(?!)'
  const digits = `\\d{1,3}(?:(?<separator>${separator})\\d{3})(?:\\k<separator>\\d{3})*|\\d+`
  const rate = '\\((?<rate>[+±]?[-−–]?\\d{1,6}(?:\\.\\d{1,6})?%|[—–-])\\)'
  // Sign and currency come in either order: -$5, $-5, HK$ 5.
  const form = new RegExp(
    `^(?<open>\\()?(?:\\+|(?<before>${minus}))?(?:[A-Z]{0,3}\\p{Sc} ?)?(?<after>${minus})?(?<whole>${digits}|(?=${point}\\d))(?:${point}(?<fraction>\\d+))?(?<close>\\))?` +
      `(?<marks>(?: ?(?:${mark}))*)(?: ?${rate})?(?<more>(?: ?(?:${mark}))*)$`,
    'u',
  )
  const nilForm = new RegExp(`^(?<nil>.*?)(?<marks>(?: ?(?:${mark}))*)(?: ?${rate})?$`, 'u')
  const eachMark = new RegExp(mark, 'gu')
  const marksOf = (text = '') => text.match(eachMark) ?? []

  return ({ text, numeric }) => {
    if (text.length > charactersMax) return { kind: 'unreadable' }
    if (numeric) return spreadsheetNumber(text, decimals)
    const written = plain(text)
    if (nil.has(written)) return { kind: 'nil', marks: [] }
    if (written === '') return { kind: 'empty' }
    const match = form.exec(written)?.groups
    if (!match) {
      const other = nilForm.exec(written)?.groups
      if (!other?.nil || !nil.has(other.nil.trim())) return { kind: 'unreadable' }
      return { kind: 'nil', marks: marksOf(other.marks), ...rateOf(other.rate) }
    }
    const bracketed = match.open !== undefined
    if (bracketed !== (match.close !== undefined) || (bracketed && !negative.includes('brackets')))
      return { kind: 'unreadable' }
    const signs = [bracketed, match.before, match.after].filter(Boolean).length
    if (signs > 1) return { kind: 'unreadable' }
    const whole = match.separator ? match.whole!.replaceAll(match.separator, '') : match.whole!
    const number = toSteps(signs === 1, whole, match.fraction ?? '', decimals)
    return number
      ? { ...number, marks: marksOf(`${match.marks}${match.more}`), ...rateOf(match.rate) }
      : { kind: 'unreadable' }
  }
}

/** The shortest decimal that means this binary number, and no digit that its writer never saw. */
function spreadsheetNumber(text: string, decimals: number): Amount {
  const number = Number(text)
  if (text.trim() === '' || !Number.isFinite(number)) return { kind: 'unreadable' }
  const exact = stepsOf(number, decimals)
  if (exact && !exact.precise) return { ...exact, marks: [] }
  const shown = stepsOf(Number(number.toPrecision(digitsShown)), decimals)
  if (shown && !shown.precise) return { ...shown, marks: [], noise: true }
  return exact ? { ...exact, marks: [] } : { kind: 'unreadable' }
}

function stepsOf(number: number, decimals: number): Steps | undefined {
  const [mantissa = '', exponent] = String(Math.abs(number)).split('e')
  if (exponent !== undefined) return undefined
  const [whole = '', fraction = ''] = mantissa.split('.')
  return toSteps(number < 0, whole, fraction, decimals)
}

type Steps = { kind: 'number'; steps: number; decimals: number; precise?: true }

/** Digits to steps, without a float on the way. Undefined where a step would not be exact. */
function toSteps(negative: boolean, whole: string, fraction: string, decimals: number): Steps | undefined {
  const needed = fraction.replace(/0+$/, '').length
  const kept = Math.max(decimals, needed)
  if (kept > decimalsMax) return undefined
  const size = Number(whole + fraction.slice(0, kept).padEnd(kept, '0'))
  if (!Number.isSafeInteger(size)) return undefined
  // No negative zero: it would not equal the zero of another place.
  return {
    kind: 'number',
    steps: negative && size !== 0 ? -size : size,
    decimals: kept,
    ...(needed > decimals && { precise: true as const }),
  }
}

function rateOf(printed: string | undefined): { rate?: Rate } {
  if (printed === undefined) return {}
  const [, sign, whole = '', fraction = ''] = /^[+±]?([-−–]?)(\d+)(?:\.(\d+))?%$/u.exec(printed) ?? []
  if (sign === undefined) return { rate: { steps: 0, decimals: 1, nil: true, printed } }
  const size = Number(whole + fraction)
  return { rate: { steps: sign && size !== 0 ? -size : size, decimals: fraction.length, nil: false, printed } }
}

/**
 * One form for what looks the same: full-width letters and digits, and spaces of every width. Not Unicode's NFKC, which
 * would make a digit of a raised footnote number: 960² is not 9,602.
 */
export function plain(text: string): string {
  return text
    .replace(/[！-～]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0))
    .replace(/\s+/g, ' ')
    .trim()
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')

/** The year that a cell names. `bare` is a year alone, of which only the mapping knows the meaning. */
export function readYear(text: string, bareYear?: 'first' | 'last'): { year: string } | { bare: string } | undefined {
  const [, first, second] = /^(\d{4})(?: ?[-–—−/] ?(\d{2}|\d{4}))?$/.exec(plain(text)) ?? []
  if (first === undefined) return undefined
  const next = (year: number) => `${year}-${String((year + 1) % 100).padStart(2, '0')}`
  if (second !== undefined)
    return Number(second) % 100 === (Number(first) + 1) % 100 &&
      (second.length === 2 || Number(second) === Number(first) + 1)
      ? { year: next(Number(first)) }
      : undefined
  if (bareYear === undefined) return { bare: first }
  return { year: next(bareYear === 'first' ? Number(first) : Number(first) - 1) }
}

/** `47`, also written `047`, `Head 47`, `總目 47`. */
export function readHead(text: string): string | undefined {
  return /^(?:head|總目|总目)? ?0*([1-9]\d{0,2})$/i.exec(plain(text))?.[1]
}

/** `1`, also written `01`, `(1)`, `Programme 1`, `Programme (1)`, `綱領(1)`. Two numbers in one code are not one code. */
export function readProgramme(text: string): number | undefined {
  const digits = /^(?:prog(?:ramme|ram)?\.?|綱領|纲领)? ?(?:\(0*([1-9]\d?)\)|0*([1-9]\d?))$/i.exec(plain(text))
  return digits ? Number(digits[1] ?? digits[2]) : undefined
}

/** `000`, `700`, `88A`. */
export function readSubhead(cell: SourceCell, digits: number | undefined): string | undefined {
  const code = plain(cell.text)
  const whole = cell.numeric && digits !== undefined ? code.padStart(digits, '0') : code
  return /^\d{1,4}[A-Z]{0,2}$/.test(whole) ? whole : undefined
}
