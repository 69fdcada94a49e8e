import { type Head, hasGrown } from '../tree/proofs.rules.ts'
import { isSame } from '../tree/tree.rules.ts'
import type { Asked } from './request.rules.ts'

/** What a witness says to a checkpoint whose signature holds. */
export type Verdict = 'grown' | 'old-beyond' | 'old-other' | 'not-grown'

/**
 * C2SP tlog-witness, add-checkpoint, in the order in which it is written there. `known` is what was cosigned last, or the
 * empty tree.
 */
export function judge(known: Head, { old, proof, checkpoint }: Asked): Verdict {
  if (old > checkpoint.size) return 'old-beyond'
  if (old !== known.size) return 'old-other'
  return hasGrown(known, checkpoint, proof) ? 'grown' : 'not-grown'
}

/** Why two checkpoints that a log signed are kept beside each other. */
export type EvidenceKind = 'split-view' | 'unproven-growth' | 'rollback'

/**
 * What a refusal shows of the log that signed. One size with two roots proves itself, however it was asked for. The other
 * two do not: whoever holds an old checkpoint of the log can send it with a wrong proof, or again. They are kept because a
 * log that was put back to a copy of before shows itself in just this way.
 */
export function evidenceOf(known: Head, asked: Asked, verdict: Verdict): EvidenceKind | undefined {
  const { checkpoint } = asked
  if (checkpoint.size === known.size) return isSame(checkpoint.root, known.root) ? undefined : 'split-view'
  if (verdict === 'old-beyond' && asked.old === known.size) return 'rollback'
  // Of an empty tree every other one is a growth.
  return verdict === 'not-grown' && known.size > 0n ? 'unproven-growth' : undefined
}
