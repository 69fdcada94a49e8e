// The door of the ledger: entries and items of registers that other modules make, the canonical form of JSON (RFC 8785) by which
// content has one hash, and numbers that people can read out.
/** Entries that other modules make in the transaction of what they tell of, and how they show or prove them later. */
export { type Entered, enter, findEntryPath, proveEntry } from './entries/enter.ts'
/** The logs of a pack, with who writes to them. */
export { logs } from './log/definitions.ts'
export { canonicalOf } from './proofs/commitment.rules.ts'
/** The registers of a pack: what stands in each, by which steps, and who must approve them. */
export { type Register, registers } from './registers/definitions.ts'
/** A number with a check letter, as TM-7K3M9-QX2AB, and one as somebody typed it in its one spelling. */
export { newNumber, readNumber } from './registers/numbers.rules.ts'
/** Items of registers that another module begins, offers, ends and reinstates for a department, in the transaction of what it decides. */
export {
  beginItem,
  type Ended,
  endItem,
  findItemCode,
  type Ordered,
  offerItem,
  reinstateItem,
} from './registers/of-department.ts'
/** The code of a refusal that holds for the moment alone: somebody else changed the item, and the same may be tried again. */
export { itemOvertaken } from './registers/problems.ts'
/** The page of an item, where anybody checks how it stands. */
export { itemPath } from './registers/show.ts'
