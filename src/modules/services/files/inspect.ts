import { fileTypeFromBuffer } from 'file-type'
import type { FileKind } from '../definitions/form.ts'
import { holdsArchive, inspectArchive, isArchive } from './archives.ts'
import { inspectCsv, textOf } from './csv.rules.ts'
import { inspectImage } from './images.rules.ts'
import { kindOf, kindsText } from './kinds.rules.ts'
import { inspectPdf } from './pdf.ts'
import { type Found, refuse } from './refusals.ts'
import { inspectMp4, inspectWebm } from './video.rules.ts'

/**
 * What a file is, from its content alone, or why it is not taken: whatever its name and its sender say. For the process of
 * inspect-process.ts, as a file may do to it what it will. `kinds` are those that the question takes; none are all.
 */
export async function inspectFile(given: Uint8Array, kinds: readonly FileKind[]): Promise<Found> {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength)
  if (bytes.length === 0) return refuse('empty')
  const found = await readContent(bytes)
  if ('refusal' in found) {
    if (found.refusal !== 'wrong-type') return found
    return refuse('wrong-type', { found: found.values?.found ?? '?', kinds: kindsText(kinds) })
  }
  const kind = kindOf(found.type)
  if (kinds.length > 0 && !kinds.includes(kind))
    return refuse('wrong-type', { found: kindsText([kind]), kinds: kindsText(kinds) })
  return found
}

const pdfStart = Buffer.from('%PDF-')
/** Where readers still look for the beginning of a PDF (ISO 32000-2, §7.5.2, implementation notes). */
const pdfWithin = 1024

async function readContent(bytes: Buffer): Promise<Found> {
  if (isArchive(bytes))
    return bytes.subarray(0, pdfWithin).includes(pdfStart) ? refuse('more-inside') : inspectArchive(bytes)
  const isPdf = bytes.subarray(0, pdfStart.length).equals(pdfStart)
  const found = isPdf ? await inspectPdf(bytes) : (inspectImage(bytes) ?? (await readOther(bytes)))
  if ('refusal' in found) return found
  // Two files in one: each program sees the one that it looks for.
  if (holdsArchive(bytes) || (!isPdf && bytes.subarray(0, pdfWithin).includes(pdfStart)) || holdsPage(bytes))
    return refuse('more-inside')
  return found
}

/** Something that a browser or a server would run, in a file that is nothing of the kind. */
const holdsPage = (bytes: Buffer) => /<script[\s>]|<!doctype html|<\?php\s/i.test(bytes.toString('latin1'))

/** Files of old Office programs; those of new ones lie in such a file too where they have a password (MS-OFFCRYPTO, §1.3.3). */
const compound = Buffer.from('d0cf11e0a1b11ae1', 'hex')
const encryptedPart = Buffer.from('EncryptedPackage', 'utf16le')

async function readOther(bytes: Buffer): Promise<Found> {
  if (bytes.subarray(0, 8).equals(compound))
    return bytes.includes(encryptedPart) ? refuse('encrypted') : refuse('wrong-type', { found: 'Office 97–2003 / OLE' })
  const known = await fileTypeFromBuffer(bytes)
  if (known?.mime === 'video/mp4') return inspectMp4(bytes)
  if (known?.mime === 'video/webm') return inspectWebm(bytes)
  if (known) return refuse('wrong-type', { found: known.ext.toUpperCase() })
  const text = textOf(bytes)
  const table = text === undefined ? undefined : inspectCsv(text)
  return table ?? refuse('wrong-type', { found: text === undefined ? '?' : 'TEXT' })
}
