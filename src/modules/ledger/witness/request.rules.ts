import { Fault } from '../faults.ts'
import { type Checkpoint, parseCheckpoint } from '../notes/checkpoint.rules.ts'
import { decodeBase64, parseSize } from '../notes/encoding.rules.ts'
import { type Note, noteBytesMax, parseNote } from '../notes/note.rules.ts'
import { type Hash, hashBytes } from '../tree/tree.rules.ts'

/** C2SP tlog-witness, add-checkpoint: what is asked for. Nothing in it may be believed before a key of the log was seen to hold. */
export type Asked = {
  old: bigint
  proof: readonly Hash[]
  /** The note as it came. */
  bytes: Uint8Array
  note: Note
  checkpoint: Checkpoint
}

/** C2SP tlog-witness, add-checkpoint: the lines of a consistency proof. */
export const proofLinesMax = 63

const lineBytes = 'jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=\n'.length
const firstBytesMax = 'old 18446744073709551615\n'.length
/** One line more than there may be, so that too many are told from what is no line. */
const headBytesMax = firstBytesMax + (proofLinesMax + 1) * lineBytes + 1

/** What a request may have at most: the head and the largest note. */
export const requestBytesMax = firstBytesMax + proofLinesMax * lineBytes + 1 + noteBytesMax

/**
 * C2SP tlog-witness, add-checkpoint: reads the body of a request, in the one spelling that the format allows. Throws a
 * `Fault` that names what is wrong with it.
 */
export function parseRequest(body: Uint8Array): Asked {
  const whole = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  const end = whole.subarray(0, headBytesMax).indexOf('\n\n')
  const head = whole.subarray(0, end < 0 ? headBytesMax : end)
  // One character for each octet: what is not ASCII is neither a number nor base64.
  const [first = '', ...lines] = head.toString('latin1').split('\n')
  const old = first.startsWith('old ') ? parseSize(first.slice('old '.length)) : undefined
  if (old === undefined) throw new Fault('witness-line', { line: 1 })
  if (lines.length > proofLinesMax) throw new Fault('witness-hashes', { max: proofLinesMax })
  const proof = lines.map((line, at) => {
    const hash = decodeBase64(line)
    if (hash?.length !== hashBytes) throw new Fault('witness-line', { line: at + 2 })
    return hash
  })
  if (end < 0) throw new Fault('witness-line', { line: lines.length + 2 })
  const bytes = whole.subarray(end + 2)
  const note = parseNote(bytes)
  return { old, proof, bytes, note, checkpoint: parseCheckpoint(note.text) }
}
