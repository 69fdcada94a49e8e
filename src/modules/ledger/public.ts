// The door of the ledger: the canonical form of JSON (RFC 8785) by which content has one hash.
export { canonicalOf } from './proofs/commitment.rules.ts'
