import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import type { Take } from '#platform'
import { problem } from '../problems.ts'
import { type Refused, refuse } from './refusals.ts'

export const fileLimits = { fileOctets: 10_000_000, files: 20, applicationOctets: 50_000_000, ofQuestion: 10 }
/** What one process holds of files that are being received and looked into, and how many one address sends at once. */
export const holdLimits = { octetsMax: 60_000_000, ofSenderMax: 2 }

/** Names of fields and files, and what divides them. */
const aroundOctets = 10_000

const tooLarge = () => refuse('too-large', { megabytes: fileLimits.fileOctets / 1e6 })
/** One octet more, by which it is seen that there are more: the stream of a file that is cut off only ends with the request. */
const oneFile = { fileSize: fileLimits.fileOctets + 1, files: 1 }

export type Received = { name: string; bytes: Buffer }

/** The one file of a form, whole and in memory, counted by `take`; of one that is too large no more is kept than what was there then. */
export async function receiveFile(request: FastifyRequest, take: Take): Promise<Received | Refused> {
  if (!request.isMultipart()) throw problem('file-not-in-form')
  const told = Number(request.headers['content-length'] ?? 0)
  if (told > fileLimits.fileOctets + aroundOctets) return tooLarge()
  for await (const part of request.files({ limits: oneFile, throwFileSizeLimit: false })) return readPart(part, take)
  return refuse('missing')
}

async function readPart(part: MultipartFile, take: Take): Promise<Received | Refused> {
  const pieces: Buffer[] = []
  let octets = 0
  for await (const piece of part.file as AsyncIterable<Buffer>) {
    take(piece.length)
    pieces.push(piece)
    octets += piece.length
    if (octets > fileLimits.fileOctets) break
  }
  if (octets > fileLimits.fileOctets) return tooLarge()
  // A field without a file is sent as an empty one without a name.
  if (!part.filename) return refuse('missing')
  return { name: part.filename, bytes: Buffer.concat(pieces) }
}

/** Fields beside a file, and octets of each: as much as is typed. */
const besideFile = { fields: 20, fieldSize: 60_000, parts: 21 }

/**
 * A form with one file at most: `fields` are filled in the order in which they come, and the file is given to `work` when it does. So
 * what stands before it is there whatever becomes of it; what follows one that is too large is not.
 */
export async function receiveForm(
  request: FastifyRequest,
  fields: Map<string, string>,
  work: (read: (take: Take) => Promise<Received | Refused>) => Promise<Refused | undefined>,
): Promise<Refused | undefined> {
  if (!request.isMultipart()) throw problem('file-not-in-form')
  let refused: Refused | undefined
  // What is cut off is seen here; without this the receiver would throw.
  const options = { limits: { ...oneFile, ...besideFile }, throwFileSizeLimit: false }
  for await (const part of request.parts(options)) {
    if (part.type === 'field') {
      fields.set(part.fieldname, String(part.value))
      continue
    }
    if (!part.filename) {
      part.file.resume()
      continue
    }
    refused = await work((take) => readPart(part, take))
    if (refused?.refusal === 'too-large') return refused
  }
  return refused
}
