import { createHash } from 'node:crypto'
import { PDF, PdfArray, PdfDict, PdfName, PdfNumber, type PdfObject, PdfRef, PdfStream, PdfString } from '@libpdf/core'

/** What was added to a signed document: nothing, more signatures and what proves them, or something else. */
export type PdfChange = 'nothing' | 'signatures' | 'content'

const objectsMax = 200_000

/**
 * Compares a version of a document with a later one, object by object from the catalogue on. Whatever differs counts as
 * content unless it is a signature that shows nothing, or the data to prove one (DSS, EN 319 142-1, §5.4.2): a later
 * version may otherwise draw over what was signed.
 */
export async function changesBetween(before: Uint8Array, after: PDF): Promise<PdfChange> {
  const earlier = await PDF.load(before).catch(() => undefined)
  if (!earlier) return 'content'
  const [one, other] = [summaryOf(earlier), summaryOf(after)]
  return one !== undefined && one === other ? 'signatures' : 'content'
}

/** A hash over everything that a reader of the document could come to see. */
function summaryOf(pdf: PDF): string | undefined {
  const hash = createHash('sha256')
  const seen = new Set<string>()
  const queue: PdfRef[] = []
  const resolve = (ref: PdfRef) => pdf.context.resolve(ref)

  /** An object as text, with references by number; what they refer to is written once, in the order met. */
  const write = (object: PdfObject | null | undefined): void => {
    if (object instanceof PdfRef) {
      const key = `${object.objectNumber} ${object.generation} R`
      hash.update(key)
      if (!seen.has(key)) queue.push(object)
      seen.add(key)
    } else if (object instanceof PdfStream) {
      writeDict(object)
      hash.update(object.data)
    } else if (object instanceof PdfDict) writeDict(object)
    else if (object instanceof PdfArray) {
      hash.update('[')
      for (let at = 0; at < object.length; at++) write(object.at(at))
      hash.update(']')
    } else if (object instanceof PdfString) hash.update('(').update(object.bytes)
    else if (object instanceof PdfName) hash.update(`/${object.value} `)
    else if (object instanceof PdfNumber) hash.update(`${object.value} `)
    else hash.update(object ? `${object.type}${'value' in object ? String(object.value) : ''} ` : 'null ')
  }

  const writeDict = (dict: PdfDict): void => {
    const entries = [...dict].map(([key, value]) => [key.value, value] as const)
    hash.update('<<')
    for (const [key, value] of entries.sort(([one], [other]) => (one < other ? -1 : 1))) {
      const kept = keep(key, value)
      if (kept === undefined) continue
      hash.update(`/${key} `)
      write(kept)
    }
    hash.update('>>')
  }

  /** What is left of an entry without invisible signatures; undefined where that is nothing. */
  const keep = (key: string, value: PdfObject): PdfObject | undefined => {
    if (key === 'DSS' || key === 'SigFlags' || key === 'Extensions') return undefined
    if (key === 'AcroForm') return keepForm(value)
    if (key !== 'Annots' && key !== 'Fields') return value
    const array = value instanceof PdfRef ? resolve(value) : value
    if (!(array instanceof PdfArray)) return value
    const items = Array.from({ length: array.length }, (_, at) => array.at(at)!)
    const kept = items.filter((item) => !isInvisibleSignature(item))
    return kept.length > 0 ? new PdfArray(kept) : undefined
  }

  /** A form that holds signatures alone is as good as none. */
  const keepForm = (value: PdfObject): PdfObject | undefined => {
    const form = value instanceof PdfRef ? resolve(value) : value
    if (!(form instanceof PdfDict)) return value
    const fields = form.get('Fields')
    return (fields && keep('Fields', fields)) || form.has('XFA') ? form : undefined
  }

  const isInvisibleSignature = (item: PdfObject): boolean => {
    const field = item instanceof PdfRef ? resolve(item) : item
    if (!(field instanceof PdfDict) || field.getName('FT', resolve)?.value !== 'Sig') return false
    const box = field.getArray('Rect', resolve)
    const [left, bottom, right, top] = [0, 1, 2, 3].map((at) => {
      const side = box?.at(at, resolve)
      return side instanceof PdfNumber ? side.value : 0
    })
    return !field.getArray('Kids', resolve)?.length && (left === right || bottom === top)
  }

  write(pdf.getCatalog())
  for (let at = 0; at < queue.length; at++) {
    if (at > objectsMax) return undefined
    hash.update(`\n${queue[at]!.objectNumber} `)
    write(resolve(queue[at]!))
  }
  return hash.digest('hex')
}
