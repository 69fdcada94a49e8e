import { Fault } from '../faults.ts'
import { decodeBase64, decodeUtf8, encodeBase64, encodeUtf8, hasControls } from './encoding.rules.ts'
import { isKeyName, keyIdBytes, type Signer, signBytes } from './keys.rules.ts'

/** C2SP signed-note, Format: a text, and who signed it. `signature` is what stands behind the id of the key. */
export type Note = { text: string; signatures: readonly NoteSignature[] }
export type NoteSignature = { name: string; id: Uint8Array; signature: Uint8Array }

/** C2SP signed-note, Format: a limit is asked for, and is never below 16 signatures. */
export const signaturesMax = 128
export const noteBytesMax = 1_048_576

const mark = '\u2014 '

/** Reads a note without a look at its signatures: nothing in it may be believed before `openNote` has. */
export function parseNote(bytes: Uint8Array): Note {
  if (bytes.length > noteBytesMax) throw new Fault('note-large', { max: noteBytesMax })
  const whole = decodeUtf8(bytes)
  if (whole === undefined) throw new Fault('note-utf8')
  if (hasControls(whole)) throw new Fault('note-controls')
  const end = whole.lastIndexOf('\n\n')
  if (end < 0 || !whole.endsWith('\n')) throw new Fault('note-form')
  const lines = whole.slice(end + 2, -1).split('\n')
  if (end + 2 >= whole.length) throw new Fault('note-form')
  if (lines.length > signaturesMax) throw new Fault('note-signatures', { max: signaturesMax })
  return { text: whole.slice(0, end + 1), signatures: lines.map(parseSignature) }
}

export const printNote = ({ text, signatures }: Note): Uint8Array =>
  encodeUtf8(`${text}\n${signatures.map(printSignature).join('')}`)

/** One line of a note, as a witness answers with it. */
export const printSignature = ({ name, id, signature }: NoteSignature): string =>
  `${mark}${name} ${encodeBase64(Buffer.concat([id, signature]))}\n`

/** C2SP signed-note, Ed25519 signatures: over the text itself. Checkpoints are cosigned by `cosign`. */
export function signText(text: string, signer: Signer): NoteSignature {
  if (!isNoteText(text)) throw new Error('A note ends with a line feed and holds no control characters')
  if (signer.key.kind !== 'ed25519') throw new Error(`A key of kind ${signer.key.kind} signs checkpoints alone`)
  return { name: signer.key.name, id: signer.key.id, signature: signBytes(signer, encodeUtf8(text)) }
}

/** C2SP signed-note, Format: the text of a note. */
export const isNoteText = (text: string): boolean => text.endsWith('\n') && !hasControls(text) && text.isWellFormed()

function parseSignature(line: string, at: number): NoteSignature {
  const [name = '', encoded = '', ...more] = line.startsWith(mark) ? line.slice(mark.length).split(' ') : []
  const bytes = decodeBase64(encoded)
  if (more.length > 0 || !isKeyName(name) || !bytes || bytes.length <= keyIdBytes)
    throw new Fault('note-line', { line: at + 1 })
  return { name, id: bytes.subarray(0, keyIdBytes), signature: bytes.subarray(keyIdBytes) }
}
