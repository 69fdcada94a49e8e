import { randomInt } from 'node:crypto'
import type { Installation } from '#platform'

/** Digits and letters that nobody takes for one another. */
const letters = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const groups = 3
const groupLength = 5

/** A code as 7KQ2X-9M3CA-PP4RT; `draw` answers a number from 0 to below its limit for each of its letters. It holds 74 bits. */
export const writeCode = (draw: (below: number) => number): string =>
  Array.from({ length: groups }, () =>
    Array.from({ length: groupLength }, () => letters[draw(letters.length)]).join(''),
  ).join('-')

/** A random code that somebody writes down or hands over. */
export const newCode = (): string => writeCode((below) => randomInt(below))

/** What is kept of a code, by which it is found again; however it was typed, it is the same. */
export const hashCode = ({ vault }: Pick<Installation, 'vault'>, typed: string): Buffer =>
  vault.lookup(
    'application-code',
    typed
      .normalize('NFKC')
      .toUpperCase()
      .replace(/[^0-9A-Z]/g, ''),
  )
