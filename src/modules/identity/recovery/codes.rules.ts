import { randomInt } from 'node:crypto'

/** Crockford’s base 32: without the letters that are read as digits, and without U. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const groups = 4
const groupLength = 4
export const codesEach = 10

/** A recovery code: 80 random bits, in groups that can be read out. Nobody guesses one, so it needs no name beside it. */
export function makeCode(): string {
  const group = () => Array.from({ length: groupLength }, () => alphabet[randomInt(alphabet.length)]).join('')
  return Array.from({ length: groups }, group).join('-')
}

/** Another set of ten. */
export const makeCodes = (): string[] => Array.from({ length: codesEach }, makeCode)

/**
 * A code as it was meant, from how it was typed: in capitals, in full width, with spaces or other dashes, with O for 0 and
 * I or L for 1. Undefined if it cannot be one.
 */
export function readCode(typed: string): string | undefined {
  const plain = typed
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{Pd}−_.]/gu, '')
    .replaceAll('o', '0')
    .replace(/[il]/g, '1')
  const whole = new RegExp(`^[${alphabet}]{${groups * groupLength}}$`)
  return whole.test(plain) ? plain : undefined
}
