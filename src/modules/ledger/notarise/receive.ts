import type { FastifyRequest } from 'fastify'
import { fileBytesMax } from './types.ts'

export type Received = {
  /** Undefined where none was chosen. */
  file?: Uint8Array
  fields: Partial<Record<'token' | 'title' | 'log' | 'hash', string>>
  /** A file came that is larger than may be; nothing after it was read. */
  isTooLarge: boolean
}

const names = new Set(['token', 'title', 'log', 'hash'])

/** The form as a browser sends it. The file is held in memory until it is hashed, and kept nowhere. */
export async function receiveForm(request: FastifyRequest): Promise<Received> {
  const received: Received = { fields: {}, isTooLarge: false }
  if (!request.isMultipart()) return received
  try {
    for await (const part of request.parts({ limits: { fileSize: fileBytesMax, fieldSize: 2000, files: 1 } })) {
      if (part.type === 'field') {
        if (names.has(part.fieldname) && typeof part.value === 'string')
          received.fields[part.fieldname as 'token'] = part.value
        continue
      }
      const bytes = await part.toBuffer()
      // Where no file was chosen a browser sends one without a name.
      if (part.fieldname === 'file' && (part.filename || bytes.length > 0)) received.file = bytes
    }
  } catch (error) {
    if ((error as { code?: string }).code !== 'FST_REQ_FILE_TOO_LARGE') throw error
    received.isTooLarge = true
  }
  return received
}
