import { randomInt } from 'node:crypto'

// Without what is taken for something else when read aloud or copied: 0 O, 1 I L.
const letters = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const length = 10

/** A new inbox code: 49 random bits that tell nothing of the person. */
export const newInboxCode = () => Array.from({ length }, () => letters[randomInt(letters.length)]).join('')

/** As it is read: `AB2CD-34EFG`. */
export const writeInboxCode = (code: string) => `${code.slice(0, 5)}-${code.slice(5)}`

/** What somebody typed, without spaces, hyphens and case; it may still be no code. */
export const readInboxCode = (typed: string) => typed.toUpperCase().replace(/[\s-]/g, '')

/** Six digits for confirming an address. */
export const newMailCode = () => String(randomInt(1_000_000)).padStart(6, '0')
