// The door of the ledger: entries of other modules, the canonical form of JSON (RFC 8785) by which content has one hash, and numbers
// that people can read out.
/** Entries that other modules make in the transaction of what they tell of, and how they show or prove them later. */
export { type Entered, enter, findEntryPath, proveEntry } from './entries/enter.ts'
/** The logs of a pack, with who writes to them. */
export { logs } from './log/definitions.ts'
export { canonicalOf } from './proofs/commitment.rules.ts'
/** A number with a check letter, as TM-7K3M9-QX2AB, and one as somebody typed it in its one spelling. */
export { newNumber, readNumber } from './registers/numbers.rules.ts'
