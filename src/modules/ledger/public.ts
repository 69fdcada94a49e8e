// The door of the ledger: the canonical form of JSON (RFC 8785) by which content has one hash, and numbers that people can read out.
export { canonicalOf } from './proofs/commitment.rules.ts'
/** A number with a check letter, as TM-7K3M9-QX2AB, and one as somebody typed it in its one spelling. */
export { newNumber, readNumber } from './registers/numbers.rules.ts'
