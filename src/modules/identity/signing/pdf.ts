import { createHash } from 'node:crypto'
import {
  PDF,
  PdfArray,
  PdfDict,
  PdfName,
  PdfNumber,
  type PdfObject,
  type PdfRef,
  PdfStream,
  PdfString,
} from '@libpdf/core'
import { openChanges, type PdfChange } from './pdf-changes.ts'
import type { Prepared } from './pdf-place.ts'

/*
 * Everything that reads a PDF, for the process of pdf-process.ts alone: whoever else imports a value from here keeps 20 MB
 * of a library for nothing. Types are free.
 */

/** Why a file cannot be signed. */
export type PdfRefusal = 'not-a-pdf' | 'encrypted' | 'damaged' | 'locked' | 'no-pages'

export type Inspected = {
  pages: number
  /** How many signatures it carries already. */
  signatures: number
  /** The file as it can be signed, where it had to be rearranged for it. */
  rearranged?: Uint8Array
}

/**
 * Whether a file can be signed. A file laid out for the web (linearised, ISO 32000-2, annex F) is rearranged once, before
 * anybody sees its hash; one with signatures is left as it is, since any change but an addition would break them.
 */
export async function inspectPdf(bytes: Uint8Array): Promise<Inspected | { refusal: PdfRefusal }> {
  // Some bytes may stand before it (ISO 32000-2, §7.5.2, implementation notes).
  if (!Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-')) return { refusal: 'not-a-pdf' }
  const pdf = await PDF.load(bytes).catch(() => undefined)
  if (!pdf) return { refusal: 'damaged' }
  if (pdf.isEncrypted) return { refusal: 'encrypted' }
  if (pdf.recoveredViaBruteForce) return { refusal: 'damaged' }
  const pages = pdf.getPageCount()
  if (pages === 0) return { refusal: 'no-pages' }
  const signatures = signedFields(pdf).length
  if (isLocked(pdf)) return { refusal: 'locked' }
  const blocker = pdf.canSaveIncrementally()
  if (blocker === null) return { pages, signatures }
  if (blocker !== 'linearized' || signatures > 0) return { refusal: 'damaged' }
  const rearranged = await pdf.save()
  return { pages, signatures, rearranged }
}

/** Certified by its author so that any change ends it (DocMDP with P 1; ISO 32000-2, §12.8.2.2). */
function isLocked(pdf: PDF): boolean {
  const resolve = resolverOf(pdf)
  const certified = pdf.getCatalog().getDict('Perms', resolve)?.getDict('DocMDP', resolve)
  const reference = certified?.getArray('Reference', resolve)?.at(0, resolve)
  if (!(reference instanceof PdfDict)) return false
  return reference.getDict('TransformParams', resolve)?.getNumber('P', resolve)?.value === 1
}

export const resolverOf = (pdf: PDF) => (ref: PdfRef) => pdf.context.resolve(ref)

const signedFields = (pdf: PDF) =>
  pdf
    .getForm()
    ?.getSignatureFields()
    .filter((field) => field.isSigned()) ?? []

export type PdfWords = {
  name: string
  reason: string
  location: string
  at: Date
  /** In DER: what somebody needs who checks the signature when nobody can be asked any more. */
  proofs: { certificates: readonly Uint8Array[]; revocationLists: readonly Uint8Array[] }
}

/** For the signature with two certificates and a time stamp with its own: 4 kB as measured, and as much again. */
const signatureBytesMax = 16_384
const unknown = 9_999_999_999

/**
 * Adds an invisible signature field to what is there, as PAdES wants it (EN 319 142-1, §5 and §6), and hashes everything
 * but the place of the signature. What was signed before stays as it was, octet by octet.
 */
export async function preparePdf(
  bytes: Uint8Array,
  { name, reason, location, at, proofs }: PdfWords,
): Promise<Prepared> {
  const pdf = await PDF.load(bytes)
  const signature = PdfDict.of({
    Type: PdfName.of('Sig'),
    Filter: PdfName.of('Adobe.PPKLite'),
    SubFilter: PdfName.of('ETSI.CAdES.detached'),
    ByteRange: new PdfArray([0, unknown, unknown, unknown].map((each) => PdfNumber.of(each))),
    Contents: new PdfString(new Uint8Array(signatureBytesMax), 'hex'),
    M: PdfString.fromString(`D:${at.toISOString().replace(/[-T:]|\.\d+/g, '')}`),
    Name: PdfString.fromString(name),
    Reason: PdfString.fromString(reason),
    Location: PdfString.fromString(location),
  })
  const form = pdf.getOrCreateForm()
  const names = new Set(form.getFields().map((field) => field.name))
  let number = 1
  while (names.has(`Signature${number}`)) number++
  const field = form.createSignatureField(`Signature${number}`).getDict()
  const page = pdf.getPage(0)!
  const widget = { V: pdf.register(signature), P: page.ref, F: PdfNumber.of(132) }
  const nowhere = new PdfArray([0, 0, 0, 0].map((each) => PdfNumber.of(each)))
  const entries = { Type: PdfName.of('Annot'), Subtype: PdfName.of('Widget'), Rect: nowhere, ...widget }
  for (const [key, value] of Object.entries(entries)) field.set(key, value)
  field.delete('Kids')
  addToPage(pdf, page.dict, pdf.context.getRef(field))
  addProofs(pdf, proofs)
  return withRange(await pdf.save({ incremental: true }), bytes)
}

function addToPage(pdf: PDF, page: PdfDict, widget: PdfRef | null): void {
  if (!widget) throw new Error('The signature field was not registered')
  const annotations = page.getArray('Annots', resolverOf(pdf))
  if (annotations) annotations.push(widget)
  else page.set('Annots', new PdfArray([widget]))
}

/** Into the Document Security Store (EN 319 142-1, §5.4.2), beside what stands there from earlier signatures. */
function addProofs(pdf: PDF, { certificates, revocationLists }: PdfWords['proofs']): void {
  const resolve = resolverOf(pdf)
  const catalog = pdf.getCatalog()
  const store = catalog.getDict('DSS', resolve) ?? new PdfDict()
  for (const [key, all] of [['Certs', certificates] as const, ['CRLs', revocationLists] as const]) {
    const before = store.getArray(key, resolve)
    const kept = before ? Array.from({ length: before.length }, (_, at) => before.at(at)!) : []
    const added = all.map((der) => pdf.register(new PdfStream(new PdfDict(), Uint8Array.from(der))))
    store.set(key, new PdfArray([...kept, ...added]))
  }
  catalog.set('DSS', pdf.context.getRef(store) ?? pdf.register(store))
}

/** Writes what is signed into the place kept for it (ISO 32000-2, §12.8.1), and hashes that. */
function withRange(saved: Uint8Array, before: Uint8Array): Prepared {
  const bytes = Buffer.from(saved)
  if (!bytes.subarray(0, before.length).equals(before)) throw new Error('Signing would change what is there already')
  const range = Buffer.from(`[0 ${unknown} ${unknown} ${unknown}]`)
  const rangeAt = bytes.lastIndexOf(range)
  const opening = Buffer.from(`<${'00'.repeat(signatureBytesMax)}>`)
  const start = bytes.lastIndexOf(opening)
  if (rangeAt < before.length || start < before.length) throw new Error('The place of the signature cannot be found')
  const end = start + opening.length
  bytes.write(`[0 ${start} ${end} ${bytes.length - end}]`.padEnd(range.length), rangeAt, 'latin1')
  const digest = createHash('sha256').update(bytes.subarray(0, start)).update(bytes.subarray(end)).digest()
  return { bytes, digest, hole: { at: start + 1, bytes: signatureBytesMax } }
}

export type PdfSignature = {
  kind: 'signature' | 'timestamp'
  cms: Uint8Array
  /** The hashes of what it signs, by name. */
  digests: Readonly<Record<string, string>>
  /** What it signs: a whole document, as it is or as it once was; or bytes chosen in another way, which proves nothing. */
  range: 'whole' | 'earlier' | 'odd'
  /** What came after. */
  later: PdfChange
}

const signaturesMax = 50

/** The signatures of a PDF, oldest first, and how many more there are than are read. */
export type PdfSignatures = { signatures: PdfSignature[]; unread: number }

/** Undefined where the file cannot be read. */
export async function listPdfSignatures(bytes: Uint8Array): Promise<PdfSignatures | undefined> {
  const pdf = await PDF.load(bytes).catch(() => undefined)
  if (!pdf) return undefined
  const found: (PdfSignature & { end: number })[] = []
  const changesAfter = openChanges(bytes)
  const fields = signedFields(pdf)
  for (const field of fields.slice(0, signaturesMax)) {
    const signature = field.getSignatureDict()
    const contents = signature?.getString('Contents', resolverOf(pdf))
    if (!signature || !contents) continue
    const kind = signature.getName('Type')?.value === 'DocTimeStamp' ? 'timestamp' : 'signature'
    const range = rangeOf(pdf, signature, bytes, contents.bytes)
    const [before, after] = [bytes.subarray(0, range?.start ?? 0), bytes.subarray(range?.end ?? 0, range?.upTo ?? 0)]
    const digest = (hash: string) => createHash(hash).update(before).update(after).digest('hex')
    const end = range?.upTo ?? 0
    const whole = end === bytes.length
    found.push({
      kind,
      cms: contents.bytes,
      digests: Object.fromEntries(['sha256', 'sha384', 'sha512'].map((hash) => [hash, digest(hash)])),
      range: !range ? 'odd' : whole ? 'whole' : 'earlier',
      later: !range || whole ? 'nothing' : await changesAfter(end),
      end,
    })
  }
  const signatures = found.sort((one, other) => one.end - other.end).map(({ end: _, ...each }) => each)
  return { signatures, unread: Math.max(0, fields.length - signaturesMax) }
}

/**
 * What is signed, if it is a document from its first byte to the end of a version, but for the signature itself and nothing
 * more: otherwise bytes could be slipped in that no signature covers.
 */
function rangeOf(pdf: PDF, signature: PdfDict, bytes: Uint8Array, contents: Uint8Array) {
  const values = numbersOf(signature.getArray('ByteRange', resolverOf(pdf)))
  const [from, start = 0, end = 0, length = 0] = values
  const upTo = end + length
  if (values.length !== 4 || from !== 0 || start <= 0 || end <= start || length <= 0 || upTo > bytes.length)
    return undefined
  const hole = Buffer.from(bytes.subarray(start, end)).toString('latin1')
  if (!/^<[0-9a-fA-F]*>$/.test(hole) || !Buffer.from(hole.slice(1, -1), 'hex').equals(contents)) return undefined
  const tail = Buffer.from(bytes.subarray(Math.max(end, upTo - 16), upTo)).toString('latin1')
  return /%%EOF[\r\n ]*$/.test(tail) ? { start, end, upTo } : undefined
}

function numbersOf(array: PdfArray | undefined): number[] {
  const values: (PdfObject | undefined)[] = array ? Array.from({ length: array.length }, (_, at) => array.at(at)) : []
  return values.flatMap((each) => (each instanceof PdfNumber && Number.isSafeInteger(each.value) ? [each.value] : []))
}
