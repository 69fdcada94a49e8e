import { type Language, say, type Text, texts } from '#platform'
import type { Cell, Unit } from '../types.ts'

/*
 * Exact amounts. A figure is a whole number of steps of its unit's last printed decimal; its exact size is a bigint in
 * millionths of the plain unit (a dollar, a post, one per cent), which holds every printed figure without loss.
 */

export type Figure = Pick<Cell, 'unit' | 'decimals'> & { steps: number | bigint | null; nil?: boolean }

// biome-ignore format: matrix
const powers: Readonly<Record<Unit, number>> = {
  dollar: 0, thousand: 3, 'ten-thousand': 4, million: 6, 'hundred-million': 8,
  rate: 0, share: 0, post: 0, number: 0,
}
const scale = 6
const powersOfTen = Array.from({ length: 8 + scale + 1 }, (_, power) => 10n ** BigInt(power))

export const isMoney = (unit: Unit): boolean => !['rate', 'share', 'post', 'number'].includes(unit)

/** The size of one step: 0.1 million dollars for 1,031.2 million. */
export const stepOf = ({ unit, decimals }: Pick<Figure, 'unit' | 'decimals'>): bigint =>
  powersOfTen[powers[unit] - decimals + scale]!

/** One thousand dollars, the unit in which the Estimates vote money. */
export const thousandDollars = stepOf({ unit: 'thousand', decimals: 0 })

/** The exact size of a figure that is known. */
export function exactOf(figure: Figure): bigint {
  if (figure.steps === null) throw new Error('A lost figure has no size')
  return BigInt(figure.steps) * stepOf(figure)
}

/** Whole dollars; a fraction of a dollar is rounded half up. */
export const toDollars = (figure: Figure): bigint => divideHalfUp(exactOf(figure), 10n ** BigInt(scale))

/** `amount` in dollars as a whole number of steps of a unit, rounded half up: 1,809,824,000 is 18098 steps of 0.1 million. */
export const fromDollars = (dollars: bigint, { unit, decimals }: Pick<Figure, 'unit' | 'decimals'>): bigint =>
  divideHalfUp(dollars * 10n ** BigInt(scale), stepOf({ unit, decimals }))

/** Rounds half up, away from zero, as the Estimates do: 2.5 is 3 and -2.5 is -3. */
export function divideHalfUp(amount: bigint, by: bigint): bigint {
  const negative = amount < 0n !== by < 0n
  const [size, step] = [amount < 0n ? -amount : amount, by < 0n ? -by : by]
  const quotient = (2n * size + step) / (2n * step)
  return negative ? -quotient : quotient
}

/** The change from one amount to another in per cent, in steps of the last decimal; undefined where there is nothing to compare with. */
export const rateOf = (change: bigint, base: bigint, decimals: number): bigint | undefined =>
  base === 0n ? undefined : divideHalfUp(change * 100n * 10n ** BigInt(decimals), base)

/** `10312` with one decimal is `1,031.2`. */
export function formatSteps(steps: number | bigint, decimals: number): string {
  const amount = BigInt(steps)
  const digits = (amount < 0n ? -amount : amount).toString().padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+$)/g, ',')
  const fraction = decimals > 0 ? `.${digits.slice(digits.length - decimals)}` : ''
  return `${amount < 0n ? '-' : ''}${whole}${fraction}`
}

/** An exact size in a figure's unit: with its decimals, or with more where they would hide something. */
export function formatExact(exact: bigint, like: Pick<Figure, 'unit' | 'decimals'>): string {
  let decimals = like.decimals
  const most = powers[like.unit] + scale
  while (decimals < most && exact % stepOf({ unit: like.unit, decimals }) !== 0n) decimals += 1
  return formatSteps(exact / stepOf({ unit: like.unit, decimals }), decimals)
}

/** `+66.1%`, `-6.9%`, or `66.1%` without its sign as prose writes it. */
export function formatPercent(
  steps: number | bigint,
  decimals: number,
  sign: 'signed' | 'unsigned' = 'signed',
): string {
  const amount = BigInt(steps)
  if (sign === 'unsigned') return `${formatSteps(amount < 0n ? -amount : amount, decimals)}%`
  return `${amount > 0n ? '+' : ''}${formatSteps(amount, decimals)}%`
}

const units = texts({
  dollar: { en: '{dollars}', 'zh-Hant': '{n} 元' },
  thousand: { en: '{dollars} thousand', 'zh-Hant': '{n} 千元' },
  million: { en: '{dollars} million', 'zh-Hant': '{n} 百萬元' },
  'ten-thousand': { en: '{dollars} ten thousand', 'zh-Hant': '{n} 萬元' },
  'hundred-million': { en: '{dollars} hundred million', 'zh-Hant': '{n} 億元' },
  post: { en: '{n} posts', 'zh-Hant': '{n} 個職位' },
  share: { en: '{n}%', 'zh-Hant': '{n}%' },
  number: { en: '{n}', 'zh-Hant': '{n}' },
})

/**
 * A figure with its unit, in its own precision: `1,031.2 百萬元`, `18.098 億元`, `$1,031.2 million`, `+66.1%`. English has
 * no word for 萬 and 億, so there those amounts are written in millions.
 */
export function formatAmount(figure: Figure, language: Language): string {
  const { unit, decimals, steps } = figure
  if (steps === null) return '?'
  if (figure.nil) return '—'
  if (unit === 'rate') return formatPercent(steps, decimals)
  if (language === 'en' && (unit === 'ten-thousand' || unit === 'hundred-million'))
    return formatAmount(inMillions(figure), language)
  if (language === 'en' && isMoney(unit) && BigInt(steps) < 0n)
    return `-${formatAmount({ ...figure, steps: -BigInt(steps) }, language)}`
  if (language === 'en' && unit === 'post' && (BigInt(steps) === 1n || BigInt(steps) === -1n) && decimals === 0)
    return `${steps} post`
  const n = formatSteps(steps, decimals)
  return say(units[unit], language, { n, dollars: `$${n}` })
}

/** The same amount in millions, with as many decimals as it needs and at least one. */
function inMillions(figure: Figure): Figure {
  const exact = exactOf(figure)
  let decimals = 1
  while (decimals < 6 && exact % stepOf({ unit: 'million', decimals }) !== 0n) decimals += 1
  return { unit: 'million', decimals, steps: exact / stepOf({ unit: 'million', decimals }) }
}

const tenThousandsInHundredMillion = 10_000n

/** An amount as the Estimates' prose writes it: `7,110 萬元` below one 億, `2.427 億元` from there up; `$71.1 million`. */
export function formatDollars(dollars: bigint, language: Language): string {
  if (language === 'en') {
    const million = { unit: 'million', decimals: 1 } as const
    return formatAmount({ ...million, steps: fromDollars(dollars, million) }, language)
  }
  const small = { unit: 'ten-thousand', decimals: 0 } as const
  const steps = fromDollars(dollars, small)
  // Asked after rounding, so that 99,999,999 dollars are 1.000 億元 and not 10,000 萬元.
  if ((steps < 0n ? -steps : steps) < tenThousandsInHundredMillion) return formatAmount({ ...small, steps }, language)
  const large = { unit: 'hundred-million', decimals: 3 } as const
  return formatAmount({ ...large, steps: fromDollars(dollars, large) }, language)
}

const changes = texts({
  more: { en: 'an increase of {amount}', 'zh-Hant': '增加 {amount}' },
  less: { en: 'a decrease of {amount}', 'zh-Hant': '減少 {amount}' },
  none: { en: 'no change', 'zh-Hant': '維持不變' },
  moreRate: { en: 'an increase of {amount} ({rate})', 'zh-Hant': '增加 {amount}({rate})' },
  lessRate: { en: 'a decrease of {amount} ({rate})', 'zh-Hant': '減少 {amount}({rate})' },
} satisfies Record<string, Text>)

/**
 * The words with which the Estimates explain a change. Figures in millions, as in a programme's table, give
 * `減少 7,110 萬元(6.9%)`; figures in thousands or dollars, as in the notes on subheads, give `增加 314,641,000 元`.
 */
export function changeSentence({ from, to }: { from: Figure; to: Figure }, language: Language): string {
  const [base, amount] = [exactOf(from), exactOf(to)]
  const change = amount - base
  if (change === 0n) return say(changes.none, language)
  const size = toDollars({ unit: 'dollar', decimals: scale, steps: change < 0n ? -change : change })
  if ([from, to].every(({ unit }) => unit === 'thousand' || unit === 'dollar')) {
    const words = formatAmount({ unit: 'dollar', decimals: 0, steps: size }, language)
    return say(change > 0n ? changes.more : changes.less, language, { amount: words })
  }
  const rate = rateOf(change, base, 1)
  const values = { amount: formatDollars(size, language) }
  if (rate === undefined) return say(change > 0n ? changes.more : changes.less, language, values)
  const withRate = { ...values, rate: formatPercent(rate, 1, 'unsigned') }
  return say(change > 0n ? changes.moreRate : changes.lessRate, language, withRate)
}
