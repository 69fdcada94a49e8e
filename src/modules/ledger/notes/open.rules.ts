import { Fault } from '../faults.ts'
import { isSame } from '../tree/tree.rules.ts'
import { type Checkpoint, parseCheckpoint } from './checkpoint.rules.ts'
import { timeOfCosignature } from './cosignature.rules.ts'
import { encodeUtf8 } from './encoding.rules.ts'
import { holds, isSameKey, type VerifierKey } from './keys.rules.ts'
import { parseNote } from './note.rules.ts'

/** A key that signed; `time` in seconds where it is a cosigner that told one. */
export type Signed = { key: VerifierKey; time?: bigint }

/** A note of which at least one known key signed the text. */
export type Opened = { text: string; signed: readonly Signed[] }

/**
 * C2SP signed-note, Signatures: a line by an unknown key is passed over, even if it has the name or the id of a known one;
 * a line by a known key that fails refuses the whole note; and so does a note that no known key signed.
 */
export function openNote(bytes: Uint8Array, keys: readonly VerifierKey[]): Opened {
  const { text, signatures } = parseNote(bytes)
  const signed = new Map<VerifierKey, Signed>()
  const checked = new Map<VerifierKey, Uint8Array>()
  for (const { name, id, signature } of signatures) {
    const known = keys.filter((key) => key.name === name && isSame(key.id, id))
    const [key, ...more] = known
    if (!key) continue
    // Two keys with one name and id: which of them signed cannot be told, so neither did. One that is given twice is one.
    if (more.some((each) => !isSameKey(each, key))) throw new Fault('note-ambiguous', { name })
    // The same line again costs nothing: whoever repeats one a hundred times has it checked once.
    const before = checked.get(key)
    if (before && isSame(before, signature)) continue
    const found = check(text, key, signature)
    if (!found) throw new Fault('note-broken', { name })
    // A second line by the same key adds nothing.
    if (!signed.has(key)) signed.set(key, found)
    checked.set(key, signature)
  }
  if (signed.size === 0) throw new Fault('note-unsigned')
  return { text, signed: [...signed.values()] }
}

/** A note that is a checkpoint, signed by one of `keys` at least. */
export function openCheckpoint(bytes: Uint8Array, keys: readonly VerifierKey[]): Opened & { checkpoint: Checkpoint } {
  const opened = openNote(bytes, keys)
  return { ...opened, checkpoint: parseCheckpoint(opened.text) }
}

function check(text: string, key: VerifierKey, signature: Uint8Array): Signed | undefined {
  if (key.kind === 'ed25519') return holds(key, encodeUtf8(text), signature) ? { key } : undefined
  const time = timeOfCosignature(text, key, signature)
  return time === undefined ? undefined : { key, time }
}
