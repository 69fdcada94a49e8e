import { encodeUtf8 } from '../notes/encoding.rules.ts'
import { hashSchema } from '../proofs/commitment.rules.ts'
import { type Mistake, titleMax } from './types.ts'

/** A form that says what is to be entered, and where. */
export type Wanted = { content: Uint8Array; schema?: string; title: string; log: string }

type Typed = { file?: Uint8Array | undefined; hash: string; title: string; log: string }

/**
 * What the form asks for, or what is wrong with it. `logs` are those that the organisation writes to. Either the file
 * itself is the content, or the 64 characters of its hash, and then the entry says so in its `schema`.
 */
export function readForm(
  { file, hash, title, log }: Typed,
  logs: readonly string[],
): { wanted: Wanted } | { mistakes: Mistake[] } {
  const mistakes: Mistake[] = []
  // In the order of the fields on the page.
  if (!/[\p{L}\p{N}]/u.test(title)) mistakes.push('title-missing')
  else if ([...title].length > titleMax) mistakes.push('title-too-long')
  if (!logs.includes(log)) mistakes.push('log-missing')
  if (file && hash) mistakes.push('file-and-hash')
  else if (!file && !hash) mistakes.push('file-missing')
  else if (file?.length === 0) mistakes.push('file-empty')
  else if (hash && !/^[0-9a-f]{64}$/i.test(hash)) mistakes.push('hash-malformed')
  if (mistakes.length > 0) return { mistakes }
  return {
    wanted: file
      ? { content: file, title, log }
      : { content: encodeUtf8(hash.toLowerCase()), schema: hashSchema, title, log },
  }
}
