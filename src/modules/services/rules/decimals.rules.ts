/*
 * Numbers of FEEL are decimal (DMN 1.5, §10.3.2.3.1): 0.1 + 0.2 is 0.3. Here a number is a double, read as the shortest decimal
 * that it stands for, calculated with exactly, and rounded once to the nearest double. So whatever has up to 15 digits is exact; DMN
 * has 34. Whole numbers take the short way. What no double holds is null.
 */

type Decimal = { whole: bigint; exponent: number }

function decimalOf(number: number): Decimal {
  const [mantissa = '', exponent = '0'] = String(number).split('e')
  const [before = '', after = ''] = mantissa.split('.')
  return { whole: BigInt(before + after), exponent: Number(exponent) - after.length }
}

function numberOf({ whole, exponent }: Decimal): number | null {
  const number = Number(`${whole}e${exponent}`)
  return Number.isFinite(number) ? number + 0 : null
}

const scaled = ({ whole, exponent }: Decimal, to: number): bigint => whole * 10n ** BigInt(exponent - to)

function aligned(one: number, other: number): [bigint, bigint, number] {
  const [left, right] = [decimalOf(one), decimalOf(other)]
  const exponent = Math.min(left.exponent, right.exponent)
  return [scaled(left, exponent), scaled(right, exponent), exponent]
}

export function add(one: number, other: number): number | null {
  const sum = one + other
  if (Number.isSafeInteger(one) && Number.isSafeInteger(other) && Number.isSafeInteger(sum)) return sum + 0
  const [left, right, exponent] = aligned(one, other)
  return numberOf({ whole: left + right, exponent })
}

export const subtract = (one: number, other: number): number | null => add(one, -other)

export function multiply(one: number, other: number): number | null {
  const product = one * other
  if (Number.isSafeInteger(one) && Number.isSafeInteger(other) && Number.isSafeInteger(product)) return product + 0
  const [left, right] = [decimalOf(one), decimalOf(other)]
  return numberOf({ whole: left.whole * right.whole, exponent: left.exponent + right.exponent })
}

/** Digits of a quotient before it is rounded to a double: those of decimal128. */
const quotientDigits = 34

/** Null where it is divided by zero (DMN 1.5, table 59). */
export function divide(one: number, other: number): number | null {
  if (other === 0) return null
  if (Number.isSafeInteger(one) && Number.isSafeInteger(other)) return one / other + 0
  const [left, right] = [decimalOf(one), decimalOf(other)]
  const shift = quotientDigits + String(right.whole).length - String(left.whole).length + 1
  const up = Math.max(shift, 0)
  return numberOf({
    whole: (left.whole * 10n ** BigInt(up)) / right.whole,
    exponent: left.exponent - right.exponent - up,
  })
}

export type Rounding = 'floor' | 'ceiling' | 'half up'

/** To so many digits behind the point; `half up` rounds away from zero, as DMN 1.5 §10.3.4.5 has it. */
export function round(number: number, digits: number, how: Rounding): number | null {
  const decimal = decimalOf(number)
  if (decimal.exponent >= -digits) return number + 0
  const unit = 10n ** BigInt(-digits - decimal.exponent)
  const rest = decimal.whole % unit
  const near = decimal.whole / unit
  const away = rest < 0n ? -1n : 1n
  const up =
    how === 'half up'
      ? (rest < 0n ? -rest : rest) * 2n >= unit
      : rest !== 0n && (how === 'ceiling' ? rest > 0n : rest < 0n)
  return numberOf({ whole: up ? near + away : near, exponent: -digits })
}

/** How many digits a number that is written has, from the first that is not zero. */
export const digitsOf = (written: string): number =>
  written.replace(/e.*$/i, '').replace(/[^\d]/g, '').replace(/^0+/, '').length
