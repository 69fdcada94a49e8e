/** A number as printed, as exact steps of its last decimal. */
export interface Printed {
  steps: number
  decimals: number
}

/** `1,031.2` → 10312 steps of one decimal. Undefined when it is not one number, or larger than can be exact. */
export function readNumber(text: string): Printed | undefined {
  if (!/^(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,6})?$/.test(text)) return undefined
  const [whole, fraction = ''] = text.replaceAll(',', '').split('.')
  if (whole!.length + fraction.length > 15) return undefined
  return { steps: Number(whole! + fraction), decimals: fraction.length }
}

export interface Value extends Printed {
  nil: boolean
  /** Offsets of the number inside the cell, to cut what was printed. */
  from: number
  to: number
  marks: string[]
  percent: boolean
  /** The percentage glued to the number, `(-0.6%)`, with its own offsets. */
  rate?: Figure & { nil: boolean; from: number; to: number }
  /** Groups of three digits set apart by ordinary spaces. */
  spaced: boolean
}

/** What stands where a number belongs: `steps` is null when it is not one. */
export interface Figure {
  steps: number | null
  decimals: number
}

export function readFigure(text: string): Figure {
  const [, fraction = ''] = text.split('.')
  return readNumber(text) ?? { steps: null, decimals: Math.min(fraction.length, 6) }
}

/**
 * Characters that are meant as a number, and of which somebody must say what they are: `1,37.8`, `1,O31.2`, `-.6%`. Most of
 * them are digits and what stands between digits.
 */
export function looksLikeNumber(text: string): boolean {
  if (text.length > 60 || !/\d/.test(text)) return false
  const all = text.replace(/\s/g, '').length
  return text.replace(numeral, '').length * 3 < all
}

const numeral = /[\s\d.,()+%\u2010-\u2015\u2212-]/g
const dash = '[-\\u2010-\\u2015\\u2212]'
export const markCharacters = '#¶§†‡Λ@^~*βφμΔΩ±'
const number = '(?:\\d{1,3}(?:,\\d{3})+|\\d{1,3}(?: \\d{3})+|\\d{1,15})(?:\\.\\d{1,6})?'
const valuePattern = new RegExp(
  `^(?<value>\\((?<negative>${number})\\)|(?<sign>${dash})?(?<plain>${number})|(?<nil>${dash}{1,2}))` +
    `(?<percent>%)?\\s{0,3}(?<marks>[${markCharacters}]{0,4})` +
    `(?:\\s{0,3}\\((?<rate>(?:(?<rateSign>[+]|${dash})\\s?)?(?<rateNumber>[.,]?\\d[\\d.,]{0,10})%|${dash})\\))?$`,
)

/** A table cell that holds one number, nil, or a number with its percentage. */
export function readValue(cell: string): Value | undefined {
  if (cell === '' || cell.length > 60) return undefined
  const groups = valuePattern.exec(cell)?.groups
  if (!groups) return undefined
  const printed = groups.nil
    ? { steps: 0, decimals: 0 }
    : readNumber((groups.negative ?? groups.plain!).replaceAll(' ', ','))
  if (!printed) return undefined
  const sign = groups.negative !== undefined || groups.sign !== undefined ? -1 : 1
  const value: Value = {
    steps: printed.steps === 0 ? 0 : sign * printed.steps,
    decimals: printed.decimals,
    nil: groups.nil !== undefined,
    from: 0,
    to: groups.value!.length,
    marks: [...(groups.marks ?? '')],
    percent: groups.percent !== undefined,
    spaced: (groups.negative ?? groups.plain ?? '').includes(' '),
  }
  if (groups.rate !== undefined) value.rate = readRate(groups, cell)
  return value
}

function readRate(groups: Record<string, string | undefined>, cell: string): NonNullable<Value['rate']> {
  const from = cell.lastIndexOf('(') + 1
  const place = { from, to: from + groups.rate!.length }
  if (groups.rateNumber === undefined) return { steps: 0, decimals: 1, nil: true, ...place }
  const { steps, decimals } = readFigure(groups.rateNumber)
  return {
    steps: groups.rateSign === undefined || groups.rateSign === '+' || !steps ? steps : -steps,
    decimals,
    nil: false,
    ...place,
  }
}
