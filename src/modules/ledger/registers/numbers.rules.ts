/** Digits and letters that nobody takes for one another; 31, a prime, so that every single slip and swap is noticed. */
const letters = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const length = 10

/** The last letter of a number, by the letters before it. */
function checkOf(text: string): string {
  const sum = [...text].reduce((sum, letter, at) => sum + letters.indexOf(letter) * (at + 2), 0)
  return letters[sum % letters.length]!
}

/**
 * A number of an item, as TM-7K3M9-QX2AB: it says nothing of it. `random` gives an integer from 0 up to its argument, which is
 * not one of them.
 */
export function newNumber(prefix: string, random: (below: number) => number): string {
  const body = Array.from({ length: length - 1 }, () => letters[random(letters.length)]).join('')
  const whole = body + checkOf(body)
  return `${prefix}-${whole.slice(0, 5)}-${whole.slice(5)}`
}

/** A number as somebody typed it, in its one spelling; undefined where a letter is wrong or missing. */
export function readNumber(text: string): string | undefined {
  const [, prefix, body] =
    /^([A-Z]{2,4})([2-9A-HJKMNP-Z]{10})$/.exec(text.toUpperCase().replace(/[\s\p{Pd}]/gu, '')) ?? []
  if (!prefix || !body || checkOf(body.slice(0, -1)) !== body.at(-1)) return undefined
  return `${prefix}-${body.slice(0, 5)}-${body.slice(5)}`
}
