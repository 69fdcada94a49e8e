// What a page does with files, without the page: tests hold it against what the server says of the same files.
export { holds, parseVerifierKey } from '../../notes/keys.rules.ts'
export { openCheckpoint } from '../../notes/open.rules.ts'
export { canonicalOf } from '../../proofs/commitment.rules.ts'
export { isIncluded } from '../../tree/proofs.rules.ts'
export { proofOfCode, readCode } from '../code.rules.ts'
export { tell } from '../tell.rules.ts'
export { verifyFiles } from '../verify.rules.ts'
