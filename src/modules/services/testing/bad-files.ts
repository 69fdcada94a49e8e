/* Files of every kind that is taken, and of every kind of harm that is refused: made here, octet by octet, so that nothing bad lies about. */
import { crc32, deflateSync } from 'node:zlib'
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter, type ZipWriterConstructorOptions } from '@zip.js/zip.js'

const text = (content: string) => Buffer.from(content, 'latin1')

// PDF

/** A PDF of one page, with these entries in its catalogue and these objects beside, from number 10 on. */
export function pdfFile({ catalog = '', page = '', objects = [] as string[], trailer = '' } = {}): Buffer {
  const all: [number, string][] = [
    [1, `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`],
    [2, '<< /Type /Pages /Kids [3 0 R] /Count 1 >>'],
    [3, `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] ${page} >>`],
    ...objects.map((each, at): [number, string] => [10 + at, each]),
  ]
  let body = '%PDF-1.7\n'
  let table = 'xref\n0 1\n0000000000 65535 f \n'
  for (const [number, object] of all) {
    table += `${number} 1\n${String(body.length).padStart(10, '0')} 00000 n \n`
    body += `${number} 0 obj\n${object}\nendobj\n`
  }
  const size = 10 + objects.length
  return text(`${body}${table}trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${body.length}\n%%EOF\n`)
}

/** The same objects in a compressed stream, where a search for words finds nothing. */
export function packedPdf(hidden: string): Buffer {
  const objects = ['<< /Type /Catalog /Pages 2 0 R /OpenAction 4 0 R >>', '<< /Type /Pages /Kids [3 0 R] /Count 1 >>']
  objects.push('<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>', hidden)
  let places = ''
  let inside = ''
  for (const [at, object] of objects.entries()) {
    places += `${at + 1} ${inside.length} `
    inside += `${object}\n`
  }
  const stream = (dictionary: string, content: Buffer) =>
    Buffer.concat([
      text(`<< ${dictionary} /Filter /FlateDecode /Length ${content.length} >>\nstream\n`),
      content,
      text('\nendstream'),
    ])
  const held = stream(`/Type /ObjStm /N ${objects.length} /First ${places.length}`, deflateSync(text(places + inside)))
  const start = Buffer.concat([text('%PDF-1.7\n10 0 obj\n'), held, text('\nendobj\n')])
  const entries = [0, 1, 2, 3, 4].map((number) => (number === 0 ? [0, 0, 0, 0] : [2, 0, 10, number - 1]))
  entries.push([1, 0, 9, 0], [1, start.length >> 8, start.length & 255, 0])
  const table = stream(
    '/Type /XRef /Size 12 /W [1 2 1] /Index [0 5 10 2] /Root 1 0 R',
    deflateSync(Buffer.from(entries.flat())),
  )
  return Buffer.concat([start, text('11 0 obj\n'), table, text(`\nendobj\nstartxref\n${start.length}\n%%EOF\n`)])
}

// Pictures

const pngChunk = (name: string, data: Buffer) => {
  const body = Buffer.concat([text(name), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

export function pngFile(width = 1, height = 1, more: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const data = deflateSync(Buffer.alloc(4))
  const chunks = [pngChunk('IHDR', head), ...(more.length > 0 ? [pngChunk('tEXt', more)] : []), pngChunk('IDAT', data)]
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...chunks, pngChunk('IEND', Buffer.alloc(0))])
}

/** The frame of a JPEG with one scan; what its comment says may be anything. */
export function jpegFile(width = 8, height = 8, comment: Buffer = Buffer.from('tide')): Buffer {
  const segment = (marker: number, data: Buffer) => {
    const head = Buffer.from([0xff, marker, 0, 0])
    head.writeUInt16BE(data.length + 2, 2)
    return Buffer.concat([head, data])
  }
  const frame = Buffer.from([8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0])
  return Buffer.concat([
    ...[Buffer.from([0xff, 0xd8]), segment(0xfe, comment), segment(0xdb, Buffer.alloc(65, 1)), segment(0xc0, frame)],
    ...[
      segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
      Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56, 0xff, 0xd9]),
    ],
  ])
}

export function webpFile(width = 4, height = 4): Buffer {
  const data = Buffer.alloc(10)
  data[0] = 0x2f
  data.writeUInt32LE(((height - 1) << 14) | (width - 1), 1)
  const head = Buffer.alloc(20)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(12 + data.length, 4)
  head.write('WEBPVP8L', 8, 'latin1')
  head.writeUInt32LE(data.length, 16)
  return Buffer.concat([head, data])
}

// Videos

const box = (name: string, data: Buffer = Buffer.alloc(0)) => {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(8 + data.length)
  head.write(name, 4, 'latin1')
  return Buffer.concat([head, data])
}
export const mp4File = () =>
  Buffer.concat([
    box('ftyp', text('isom\0\0\x02\0isomiso2mp41')),
    box('moov', box('mvhd', Buffer.alloc(100))),
    box('mdat', Buffer.alloc(50)),
  ])
export const heicFile = () => Buffer.concat([box('ftyp', text('heic\0\0\0\0mif1heic')), box('meta', Buffer.alloc(40))])

export const webmFile = () =>
  Buffer.concat([
    Buffer.from('1a45dfa387428284', 'hex'),
    text('webm'),
    Buffer.from('18538067', 'hex'),
    Buffer.from([0x8c]),
    Buffer.from('1549a96687', 'hex'),
    Buffer.alloc(7, 0xec),
  ])

// Documents that are archives

export type Parts = Readonly<Record<string, string | Buffer>>

/** An archive of these parts in their order; those of no length at all are left out. */
export async function zipFile(parts: Parts, options: ZipWriterConstructorOptions = {}): Promise<Buffer> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false, extendedTimestamp: false, ...options })
  for (const [name, content] of Object.entries(parts))
    await writer.add(name, new Uint8ArrayReader(typeof content === 'string' ? Buffer.from(content) : content), {
      ...(name === 'mimetype' && { level: 0 }),
    })
  return Buffer.from(await writer.close())
}

const office = 'http://schemas.openxmlformats.org'
const relation = (type: string, target: string, mode = '') =>
  `<Relationship Id="r${target.length}" Type="${office}/officeDocument/2006/relationships/${type}" Target="${target}" ${mode}/>`
export const relations = (...each: Parameters<typeof relation>[]) =>
  `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="${office}/package/2006/relationships">${each.map((one) => relation(...one)).join('')}</Relationships>`
const types = (main: string, more = '') =>
  `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="${office}/package/2006/content-types"><Override PartName="/main.xml" ContentType="application/vnd.openxmlformats-officedocument.${main}.main+xml"/>${more}</Types>`

const mains = {
  docx: ['wordprocessingml.document', 'word/document.xml'],
  xlsx: ['spreadsheetml.sheet', 'xl/workbook.xml'],
  pptx: ['presentationml.presentation', 'ppt/presentation.xml'],
} as const
export function ooxmlParts(kind: keyof typeof mains, { more = '', parts = {} as Parts } = {}): Parts {
  const [main, path] = mains[kind]
  return {
    '[Content_Types].xml': types(main, more),
    '_rels/.rels': relations(['officeDocument', path]),
    [path]: '<?xml version="1.0"?><w>The plan</w>',
    ...parts,
  }
}
export const override = (type: string) => `<Override PartName="/x" ContentType="${type}"/>`

const odf = 'application/vnd.oasis.opendocument'
export const odfParts = (kind: 'text' | 'spreadsheet' | 'presentation', parts: Parts = {}): Parts => ({
  mimetype: `${odf}.${kind}`,
  'META-INF/manifest.xml': '<manifest:manifest/>',
  'content.xml': '<?xml version="1.0" encoding="UTF-8"?><office:document-content>The plan</office:document-content>',
  ...parts,
})

/** The beginning of a file of old Office programs; with `part`, a name that stands in its directory. */
export const compoundFile = (part = 'WordDocument') =>
  Buffer.concat([
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    Buffer.alloc(504),
    Buffer.from(part, 'utf16le'),
    Buffer.alloc(100),
  ])

/** What every scanner knows as a virus that does nothing (eicar.org), put together so that no scanner finds it here. */
export const eicar = Buffer.from(
  ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS', '-TEST-FILE!$H+H*'].join(''),
)
