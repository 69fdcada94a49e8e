import { printCheckpoint } from '../notes/checkpoint.rules.ts'
import { encodeBase64, encodeUtf8 } from '../notes/encoding.rules.ts'
import type { Signer } from '../notes/keys.rules.ts'
import { printNote, signText } from '../notes/note.rules.ts'
import { makeConsistency } from '../tree/proofs.rules.ts'
import { type Hash, hashLeaf, rootOfLeaves } from '../tree/tree.rules.ts'

/** What a log of the drill does, in this order: it keeps its word, breaks it in every way that there is, and keeps it again. */
export type Act = 'first' | 'split-view' | 'forked-growth' | 'forgotten-witness' | 'rollback' | 'stranger' | 'growth'

export type Step = {
  act: Act
  /** The body of add-checkpoint (C2SP tlog-witness). */
  body: Uint8Array
  /** The note in it. */
  note: Uint8Array
  text: string
  /** The answers that a witness may give: C2SP tlog-witness, add-checkpoint. */
  statuses: readonly number[]
}

const [first, fork, whole] = [5, 4, 8]

const leavesOf = (size: number, other: boolean): Hash[] =>
  Array.from({ length: size }, (_, at) => hashLeaf(encodeUtf8(`${other && at >= fork ? 'another' : 'an'} entry ${at}`)))

/**
 * The requests of a drill. `signer` is the key of a log that nobody relies on, and `stranger` one of the same name that the
 * witness does not know. The histories are one up to the fourth entry, and two after it.
 */
export function stepsOf(signer: Signer, stranger: Signer): Step[] {
  const [kept, forked] = [leavesOf(whole, false), leavesOf(whole, true)]
  const step = (
    act: Act,
    statuses: readonly number[],
    { old, proof, leaves, by = signer }: { old: number; proof: readonly Hash[]; leaves: readonly Hash[]; by?: Signer },
  ): Step => {
    const head = { origin: signer.key.name, size: BigInt(leaves.length), root: rootOfLeaves(leaves), extensions: [] }
    const text = printCheckpoint(head)
    const note = printNote({ text, signatures: [signText(text, by)] })
    const lines = [`old ${old}`, ...proof.map(encodeBase64), '', ''].join('\n')
    return { act, statuses, text, note, body: Buffer.concat([encodeUtf8(lines), note]) }
  }
  const growth = (leaves: readonly Hash[], old: number) => makeConsistency(leaves, BigInt(old))
  // biome-ignore format: a matrix
  return [
    step('first',             [200],      { old: 0,     proof: [],                       leaves: kept.slice(0, first) }),
    step('split-view',        [409, 422], { old: first, proof: [],                       leaves: forked.slice(0, first) }),
    step('forked-growth',     [422],      { old: first, proof: growth(forked, first),    leaves: forked }),
    step('forgotten-witness', [409],      { old: fork,  proof: growth(forked, fork),     leaves: forked }),
    step('rollback',          [400],      { old: first, proof: [],                       leaves: kept.slice(0, first - 1) }),
    step('stranger',          [403],      { old: first, proof: growth(kept, first),      leaves: kept, by: stranger }),
    step('growth',            [200],      { old: first, proof: growth(kept, first),      leaves: kept }),
  ]
}
