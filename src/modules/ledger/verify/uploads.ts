import type { FastifyRequest } from 'fastify'

export const documentBytesMax = 20_000_000
/** A policy of many logs with keys that a quantum computer does not forge. */
export const policyCharactersMax = 100_000

export type Received = { proof?: Uint8Array; document?: Uint8Array; policy: string; code: string }

/** The files of the form, received whole and kept nowhere; undefined for one that is too large. */
export async function receiveFiles(request: FastifyRequest): Promise<Received | undefined> {
  const received: Received = { policy: '', code: '' }
  if (!request.isMultipart()) return received
  try {
    for await (const part of request.parts({
      limits: { fileSize: documentBytesMax, fieldSize: policyCharactersMax },
    })) {
      if (part.type === 'field') {
        if ((part.fieldname === 'policy' || part.fieldname === 'code') && typeof part.value === 'string')
          received[part.fieldname] = part.value
        continue
      }
      const bytes = await part.toBuffer()
      // A field without a file is sent as an empty one.
      if (bytes.length > 0 && (part.fieldname === 'proof' || part.fieldname === 'document'))
        received[part.fieldname] = bytes
    }
  } catch (error) {
    if ((error as { code?: string }).code === 'FST_REQ_FILE_TOO_LARGE') return undefined
    throw error
  }
  return received
}
