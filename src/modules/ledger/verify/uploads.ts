import type { FastifyRequest } from 'fastify'
import { openHold, type Take } from '#platform'
import { problem } from '../problems.ts'

export const documentBytesMax = 20_000_000
/** A policy of many logs with keys that a quantum computer does not forge. */
export const policyCharactersMax = 100_000

/** What a process holds of files that are being sent, in octets, and how many are sent from one address at once. */
const heldBytesMax = 3 * documentBytesMax
const sendingMax = 2

export type Received = { proof?: Uint8Array; document?: Uint8Array; policy: string; code: string }

/**
 * Receives the files of the form, whole and kept nowhere. Anybody may send some, so that one process holds so many octets of
 * them and one address sends so many at once; whoever comes beyond that is refused with `verify-busy`. One for each process.
 */
export function openUploads() {
  const busy = () => problem('verify-busy')
  const hold = openHold({ octetsMax: heldBytesMax, ofSenderMax: sendingMax, full: busy, yours: busy })
  /** Undefined where a file is too large. */
  return async (request: FastifyRequest): Promise<Received | undefined> =>
    request.isMultipart() ? hold((take) => receive(request, take), request.ip) : { policy: '', code: '' }
}

async function receive(request: FastifyRequest, take: Take): Promise<Received | undefined> {
  const received: Received = { policy: '', code: '' }
  const limits = { fileSize: documentBytesMax, fieldSize: policyCharactersMax }
  for await (const part of request.parts({ limits })) {
    if (part.type === 'field') {
      if ((part.fieldname === 'policy' || part.fieldname === 'code') && typeof part.value === 'string')
        received[part.fieldname] = part.value
      continue
    }
    const pieces: Buffer[] = []
    for await (const piece of part.file as AsyncIterable<Buffer>) {
      take(piece.length)
      pieces.push(piece)
    }
    if (part.file.truncated) return undefined
    // A field without a file is sent as an empty one.
    if (pieces.length > 0 && (part.fieldname === 'proof' || part.fieldname === 'document'))
      received[part.fieldname] = Buffer.concat(pieces)
  }
  return received
}
