import type { FastifyRequest } from 'fastify'
import type { Take } from '#platform'
import { signingMax } from './types.ts'

export type Upload = { name: string; bytes: Uint8Array }

/**
 * The files of a form by their fields, received whole; nothing of a field that is not listed is kept. `take` is told of
 * every octet as it comes, and may refuse it.
 */
export async function receive<Field extends string>(
  request: FastifyRequest,
  bytesMax: Readonly<Record<Field, number>>,
  take: Take,
): Promise<{ files: Partial<Record<Field, Upload>> } | { mistake: 'missing' | 'too-large' }> {
  if (!request.isMultipart()) return { mistake: 'missing' }
  const files: Partial<Record<Field, Upload>> = {}
  const fileSize = Math.max(...Object.values<number>(bytesMax))
  try {
    for await (const part of request.files({ limits: { fileSize } })) {
      const chunks: Buffer[] = []
      for await (const chunk of part.file) {
        take(chunk.length)
        chunks.push(chunk)
      }
      const bytes = Buffer.concat(chunks)
      const field = part.fieldname as Field
      if (!Object.hasOwn(bytesMax, field) || !part.filename || bytes.length === 0) continue
      if (part.file.truncated || bytes.length > bytesMax[field]) return { mistake: 'too-large' }
      files[field] = { name: nameOf(part.filename), bytes }
    }
  } catch (error) {
    if ((error as { code?: string }).code === 'FST_REQ_FILE_TOO_LARGE') return { mistake: 'too-large' }
    throw error
  }
  return { files }
}

/** A name as it can be shown: no path, no control characters, and not longer than the table takes. */
function nameOf(given: string): string {
  const name = given
    .toWellFormed()
    .replace(/^.*[/\\]/, '')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim()
  return [...name].slice(0, signingMax.documentName).join('') || 'document.pdf'
}
