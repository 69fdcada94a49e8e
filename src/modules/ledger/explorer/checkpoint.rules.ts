import { Fault } from '../faults.ts'
import { parseCheckpoint } from '../notes/checkpoint.rules.ts'
import { encodeBase64 } from '../notes/encoding.rules.ts'
import type { VerifierKey } from '../notes/keys.rules.ts'
import { type Note, type NoteSignature, parseNote, printNote } from '../notes/note.rules.ts'
import { openNote } from '../notes/open.rules.ts'
import { isSame } from '../tree/tree.rules.ts'

/** A line of a note. Whether it holds is said only of keys that are known here. */
export type SignatureLine = {
  name: string
  id: string
  kind: VerifierKey['kind'] | null
  state: 'holds' | 'fails' | 'unknown'
  /** When the signer says that it signed. */
  at: string | null
}

export type DescribedCheckpoint = {
  origin: string
  size: bigint
  root: string
  extensions: readonly string[]
  signatures: SignatureLine[]
}

/** A checkpoint of our own, line by line: one that fails is shown as such, where `openNote` would refuse the whole. */
export function describeCheckpoint(bytes: Uint8Array, keys: readonly VerifierKey[]): DescribedCheckpoint {
  const note = parseNote(bytes)
  const { origin, size, root, extensions } = parseCheckpoint(note.text)
  const signatures = note.signatures.map((line) => describeLine(note, line, keys))
  return { origin, size, root: encodeBase64(root), extensions, signatures }
}

function describeLine({ text }: Note, line: NoteSignature, keys: readonly VerifierKey[]): SignatureLine {
  const said = { name: line.name, id: Buffer.from(line.id).toString('hex') }
  const key = keys.find((each) => each.name === line.name && isSame(each.id, line.id))
  if (!key) return { ...said, kind: null, state: 'unknown', at: null }
  try {
    const [{ time } = {}] = openNote(printNote({ text, signatures: [line] }), [key]).signed
    const at = time ? new Date(Number(time) * 1000).toISOString() : null
    return { ...said, kind: key.kind, state: 'holds', at }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { ...said, kind: key.kind, state: 'fails', at: null }
  }
}
