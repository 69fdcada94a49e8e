/*
 * Documents that are ZIP archives: OOXML (ECMA-376, part 2) and ODF (OASIS OpenDocument 1.3, part 2). An archive can lie about sizes,
 * hide what only some readers see, and carry programs. Read in the process of inspect-process.ts alone.
 */
import { configure, type Entry, Uint8ArrayReader, ZipReader } from '@zip.js/zip.js'
import { type FileType, fileTypes } from './kinds.rules.ts'
import { type Found, type Refused, refuse } from './refusals.ts'

const archiveLimits = { entries: 2000, octets: 200_000_000, ratio: 100, kept: 30_000_000 }

const start = Buffer.from('PK\x03\x04', 'latin1')
const end = Buffer.from('PK\x05\x06', 'latin1')
const endOctets = 22
export const isArchive = (bytes: Buffer): boolean => bytes.subarray(0, 4).equals(start)

/** Whether another program could read the bytes as an archive: one is found from its end (APPNOTE 4.3.16). */
export function holdsArchive(bytes: Buffer): boolean {
  const from = Math.max(0, bytes.length - 65_535 - endOctets)
  for (let at = bytes.indexOf(end, from); at !== -1; at = bytes.indexOf(end, at + 1)) {
    if (at + endOctets > bytes.length) return false
    const directory = bytes.readUInt32LE(at + 12)
    if (directory > 0 && directory <= at && bytes.readUInt16LE(at + 8) > 0) return true
  }
  return false
}

class Stopped extends Error {
  readonly refused: Refused
  constructor(refused: Refused) {
    super(refused.refusal)
    this.refused = refused
  }
}
const stop = (...refused: Parameters<typeof refuse>): never => {
  throw new Stopped(refuse(...refused))
}

/** What an archive is, or why it is not taken. */
export async function inspectArchive(bytes: Buffer): Promise<Found> {
  configure({ useWebWorkers: false })
  // Nothing may stand behind the directory, not even a comment.
  const last = bytes.length - endOctets
  if (last < 0 || !bytes.subarray(last, last + 4).equals(end))
    return refuse(holdsArchive(bytes) ? 'more-inside' : 'damaged')
  const reader = new ZipReader(new Uint8ArrayReader(bytes), { checkSignature: true, checkOverlappingEntry: true })
  try {
    const entries = await listEntries(reader, bytes.length)
    const texts = new Map<string, string>()
    const embedded: string[] = []
    let left = archiveLimits.octets
    let kept = archiveLimits.kept
    for (const entry of entries) {
      if (entry.directory) continue
      const name = entry.filename.toLowerCase()
      const isText = isRead(name)
      const { head, text, octets } = await readEntry(entry, Math.min(left, entry.uncompressedSize), isText ? kept : 0)
      left -= octets
      kept -= text.length
      if (isText) texts.set(name, plain(text))
      if (isFile(head)) embedded.push(name)
    }
    const names = entries.filter(({ directory }) => !directory).map(({ filename }) => filename.toLowerCase())
    if (texts.has('[content_types].xml')) return judgeOoxml(names, texts, embedded)
    if (texts.has('mimetype')) return judgeOdf(entries[0]!.filename, names, texts, embedded)
    return refuse('wrong-type', { found: 'ZIP' })
  } catch (error) {
    return error instanceof Stopped ? error.refused : refuse('damaged')
  } finally {
    await reader.close()
  }
}

/** The directory, which says already what is too much. */
async function listEntries(reader: ZipReader<unknown>, length: number): Promise<Entry[]> {
  const entries: Entry[] = []
  const names = new Set<string>()
  let octets = 0
  for await (const entry of reader.getEntriesGenerator()) {
    // Two of one name, and programs differ in which they see.
    const name = entry.filename.toLowerCase()
    if (names.has(name)) stop('damaged')
    names.add(name)
    octets += entry.uncompressedSize
    if (names.size > archiveLimits.entries || octets > archiveLimits.octets || octets > archiveLimits.ratio * length)
      stop('bomb')
    if (entry.encrypted) stop('encrypted')
    entries.push(entry)
  }
  if (entries.length === 0) stop('damaged')
  // In front of the first file nothing may stand either.
  if (Math.min(...entries.map(({ offset }) => offset)) !== 0) stop('more-inside')
  return entries
}

/** Which parts say what the document does; of all others only the beginning is looked at. */
const isRead = (name: string) =>
  /(^\[content_types\]\.xml|\.rels|^mimetype|^meta-inf\/manifest\.xml|^(content|styles|settings)\.xml|^word\/[^/]+\.xml)$/.test(
    name,
  )

/** Counts what comes out, as the size that the archive claims may be a lie. */
async function readEntry(entry: Entry & { directory: false }, octetsMax: number, keepMax: number) {
  let octets = 0
  const chunks: Uint8Array[] = []
  let head: Buffer = Buffer.alloc(0)
  const sink = new WritableStream<Uint8Array>({
    write(chunk) {
      octets += chunk.length
      if (octets > octetsMax) throw new Stopped(refuse('bomb'))
      if (head.length < 8) head = Buffer.concat([head, chunk.subarray(0, 8)])
      if (keepMax === 0) return
      if (octets > keepMax) throw new Stopped(refuse('too-hard'))
      chunks.push(chunk)
    },
  })
  await entry.getData(sink).catch((error: unknown) => {
    // Whatever the stopped stream says, this is why.
    if (octets > octetsMax) stop('bomb')
    if (keepMax > 0 && octets > keepMax) stop('too-hard')
    throw error
  })
  return { octets, head, text: Buffer.concat(chunks) }
}

/** Another archive, a file of old Office programs (which holds OLE objects), or a program. */
const isFile = (head: Buffer) =>
  ['504b0304', 'd0cf11e0', '4d5a', '7f454c46', '52617221', '377abcaf', '1f8b08', '25504446'].some((magic) =>
    head.toString('hex').startsWith(magic),
  )

/** The text of a part, with its characters written out, so that nothing is spelt in another way. */
function plain(bytes: Buffer): string {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return stop('damaged')
  }
  // Office programs write neither entities of their own nor another encoding.
  if (text.includes('\0') || /<!(DOCTYPE|ENTITY)/i.test(text)) stop('damaged')
  const encoding = /^\s*<\?xml[^>]*encoding\s*=\s*["']([^"']+)/.exec(text)?.[1]
  if (encoding && !/^utf-?8$/i.test(encoding)) stop('damaged')
  return text.replace(/&#(?:x([0-9a-f]{1,6})|([0-9]{1,7}));/gi, (whole, hex, decimal) => {
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

const mains: Readonly<Record<string, FileType>> = {
  wordprocessingml: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  spreadsheetml: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  presentationml: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
}

function judgeOoxml(names: readonly string[], texts: ReadonlyMap<string, string>, embedded: readonly string[]): Found {
  const types = texts.get('[content_types].xml')!
  const isProgram = /macroEnabled|vbaProject|vbaData|activeX|macrosheet|intlMacrosheet|dialogsheet/i
  if (isProgram.test(types) || names.some((name) => /vbaproject|(^|\/)(macrosheets|activex)\//.test(name)))
    return refuse('macros')
  if (/oleObject/i.test(types) || embedded.length > 0) return refuse('more-inside')
  for (const [name, text] of texts) {
    if (name.endsWith('.rels') && leadsOut(text)) return refuse('linked')
    // A field that runs a program of another (ECMA-376, part 1, §17.16.5).
    if (name.startsWith('word/') && /\bDDE(AUTO)?\s/.test(text)) return refuse('linked')
  }
  const main = /\.openxmlformats-officedocument\.(\w+)\.(document|sheet|presentation|slideshow)\.main\+xml/.exec(types)
  const type = main && mains[main[1]!]
  return type ? { type } : refuse('wrong-type', { found: 'OOXML' })
}

/** A relationship that is fetched from elsewhere when a document is opened; a link that a person follows is none. */
function leadsOut(rels: string): boolean {
  for (const [, attributes = ''] of rels.matchAll(/<(?:\w+:)?Relationship\b([^>]*)>/g)) {
    const type = /\bType\s*=\s*["']([^"']*)/.exec(attributes)?.[1] ?? ''
    if (/\/(attachedTemplate|oleObject|subDocument|frame|vbaProject|externalLink|externalLinkPath)$/i.test(type))
      return true
    if (/\bTargetMode\s*=\s*["']\s*External/i.test(attributes) && !/\/hyperlink$/.test(type)) return true
  }
  return false
}

function judgeOdf(
  first: string,
  names: readonly string[],
  texts: ReadonlyMap<string, string>,
  embedded: readonly string[],
): Found {
  const type = texts.get('mimetype')!.trim()
  if (first !== 'mimetype') return refuse('damaged')
  const manifest = texts.get('meta-inf/manifest.xml') ?? ''
  if (/encryption-data/.test(manifest)) return refuse('encrypted')
  const content = ['content.xml', 'styles.xml', 'settings.xml'].map((name) => texts.get(name) ?? '').join('\n')
  if (
    names.some((name) => /^(basic|scripts)\//.test(name)) ||
    /script:event-listener|vnd\.sun\.star\.script:|["']macro:/.test(content)
  )
    return refuse('macros')
  if (embedded.length > 0 || /sun\.star\.oleobject/.test(manifest)) return refuse('more-inside')
  const fetches =
    /<(text:section-source|table:table-source|table:cell-range-source|office:dde-source|draw:(plugin|applet|floating-frame))\b/
  if (fetches.test(content) || /<draw:image\b[^>]*xlink:href\s*=\s*["'](\w+:)?\/\//.test(content))
    return refuse('linked')
  const isTaken = Object.hasOwn(fileTypes, type) && type.startsWith('application/vnd.oasis.')
  return isTaken ? { type: type as FileType } : refuse('wrong-type', { found: type.slice(0, 80) })
}
