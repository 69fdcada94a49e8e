/* PDFs (ISO 32000-2), for the process of inspect-process.ts alone: whoever else imports from here keeps 20 MB of a library. */
import { PDF, PdfArray, PdfDict, PdfName, type PdfObject, PdfRef } from '@libpdf/core'
import { type Found, type Refusal, refuse } from './refusals.ts'

const objectsMax = 300_000
/** What may stand behind the last mark of the end: white space, which some programs fill up with. */
const behindMax = 1024

/** Whether a PDF begins and ends as one, can be read, and does nothing by itself when it is opened. */
export async function inspectPdf(bytes: Buffer): Promise<Found> {
  const end = bytes.lastIndexOf('%%EOF')
  if (end === -1) return refuse('damaged')
  const behind = bytes.subarray(end + 5)
  if (behind.length > behindMax || behind.some((octet) => ![0, 9, 10, 12, 13, 32].includes(octet)))
    return refuse('more-inside')
  const pdf = await PDF.load(bytes).catch(() => undefined)
  if (!pdf) return refuse(/\/Encrypt\b/.test(bytes.toString('latin1')) ? 'encrypted' : 'damaged')
  if (pdf.isEncrypted) return refuse('encrypted')
  // Read by searching for objects, it may be another file than the one that a reader shows.
  if (pdf.recoveredViaBruteForce || pdf.getPageCount() === 0) return refuse('damaged')
  const refusal = findActive(pdf)
  return refusal ? refuse(refusal) : { type: 'application/pdf' }
}

// biome-ignore format: matrix
const active: Readonly<Record<string, Refusal>> = {
  'S=JavaScript': 'active', JS: 'active', JavaScript: 'active', XFA: 'active',
  'S=Launch': 'active', 'S=ImportData': 'active', 'S=RichMediaExecute': 'active', 'Subtype=RichMedia': 'active', 'Subtype=3D': 'active',
  EmbeddedFiles: 'more-inside', EF: 'more-inside', 'Type=EmbeddedFile': 'more-inside', 'Subtype=FileAttachment': 'more-inside',
  'S=GoToE': 'more-inside',
}

/** Looks at every object of the newest version, also at those that nothing leads to. */
function findActive(pdf: PDF): Refusal | undefined {
  const seen = new Set<PdfObject>()
  const followed = new Set<string>()
  const queue: PdfObject[] = [pdf.getCatalog()]
  for (let number = 1; number < pdf.context.registry.nextObjectNumber; number++) {
    if (number > objectsMax) return 'too-hard'
    queue.push(PdfRef.of(number, 0))
  }
  while (queue.length > 0) {
    const next = queue.pop()!
    const object = next instanceof PdfRef ? resolve(pdf, next, followed) : next
    if (!object || seen.has(object)) continue
    if (object instanceof PdfArray) {
      seen.add(object)
      for (let at = 0; at < object.length; at++) push(queue, object.at(at))
    } else if (object instanceof PdfDict) {
      seen.add(object)
      for (const [key, value] of object) {
        // A key without a value is none (§7.3.7); a name counts where it says what its dictionary is.
        const named = value instanceof PdfName ? active[`${key.value}=${value.value}`] : undefined
        const found =
          named ?? (Object.hasOwn(active, key.value) && value.type !== 'null' ? active[key.value] : undefined)
        if (found) return found
        push(queue, value)
      }
    }
    if (seen.size > objectsMax) return 'too-hard'
  }
  return undefined
}

function resolve(pdf: PDF, ref: PdfRef, followed: Set<string>): PdfObject | null {
  const name = `${ref.objectNumber} ${ref.generation}`
  if (followed.has(name)) return null
  followed.add(name)
  return pdf.context.resolve(ref)
}

const push = (queue: PdfObject[], value: PdfObject | undefined) => {
  if (value instanceof PdfRef || value instanceof PdfArray || value instanceof PdfDict) queue.push(value)
}
