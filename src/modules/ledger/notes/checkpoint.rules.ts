import { Fault } from '../faults.ts'
import { type Hash, hashBytes } from '../tree/tree.rules.ts'
import { decodeBase64, encodeBase64, parseSize } from './encoding.rules.ts'
import { isNoteText } from './note.rules.ts'

/** C2SP tlog-checkpoint, Note text: what a log says of itself. */
export type Checkpoint = { origin: string; size: bigint; root: Hash; extensions: readonly string[] }

export const extensionsMax = 64

/** Reads the text of a note as a checkpoint, in the one spelling that the format allows. */
export function parseCheckpoint(text: string): Checkpoint {
  if (!isNoteText(text)) throw new Fault('checkpoint-form')
  const [origin = '', written = '', hash = '', ...extensions] = text.slice(0, -1).split('\n')
  const size = parseSize(written)
  const root = decodeBase64(hash)
  if (origin === '' || extensions.some((line) => line === '') || extensions.length > extensionsMax)
    throw new Fault('checkpoint-form')
  if (size === undefined) throw new Fault('checkpoint-size')
  if (root?.length !== hashBytes) throw new Fault('checkpoint-root')
  return { origin, size, root, extensions }
}

export function printCheckpoint({ origin, size, root, extensions }: Checkpoint): string {
  const text = `${[origin, size.toString(), encodeBase64(root), ...extensions].join('\n')}\n`
  // A line feed in a line would make another checkpoint of it, which this log never meant.
  const read = parseCheckpoint(text)
  if (read.origin !== origin || read.extensions.length !== extensions.length)
    throw new Error('A line of a checkpoint holds no line feed')
  return text
}
