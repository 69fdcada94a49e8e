import { cellsPerLineMax, importBytesMax, importMegabytesMax, lineLengthMax, linesMax, Refused } from './refusals.ts'

/** One line of the source. `text` is for reading; a number's printed characters are cut from `shown`. */
export interface Line {
  number: number
  /** As in the source, without tags and escapes, trimmed at its end; a space of any width between words is a space. */
  shown: string
  /** `shown` with full-width digits and punctuation made ordinary, character for character. */
  text: string
  blank: boolean
  /** Split at tabs; the two arrays are parallel. A line without tabs has one cell. */
  cells: string[]
  shownCells: string[]
}

export interface Decoded {
  lines: Line[]
  /** First lines at which something was taken away before reading, with how often: for the findings. */
  noise: Map<NoiseKind, { count: number; line: number }>
}

type NoiseKind = 'tags' | 'escapes' | 'digits' | 'tabs'

/** Stage 1: bytes to lines, or a refusal that says what the file is. */
export function decode(bytes: Uint8Array): Decoded {
  if (bytes.length === 0) throw new Refused('empty')
  if (bytes.length > importBytesMax) throw new Refused('too-large', { max: importMegabytesMax })
  refuseOtherFormats(bytes)
  const source = decodeUtf8(bytes)
  if (/^\s*$/.test(source.slice(0, lineLengthMax)) && source.trim() === '') throw new Refused('empty')
  if (/^\s*<(?:!doctype|html|\?xml|head|body)\b/i.test(source.slice(0, 1000))) throw new Refused('html')

  const noise: Decoded['noise'] = new Map()
  // A lone carriage return ends a line only where nothing else does, as on an old Macintosh.
  const rows = source.split(source.includes('\n') ? '\n' : '\r')
  if (rows.at(-1) === '') rows.pop()
  if (rows.length > linesMax) throw new Refused('too-many-lines', { max: linesMax })
  dropCommonTabs(rows, noise)
  return { lines: rows.map((row, index) => readLine(row, index + 1, noise)), noise }
}

/** Tabs that end every line, as a spreadsheet writes them, part no cells. */
function dropCommonTabs(rows: string[], noise: Decoded['noise']) {
  const tabsAtEnd = (row: string) => {
    const end = row.endsWith('\r') ? row.length - 1 : row.length
    let start = end
    while (start > 0 && row[start - 1] === '\t') start -= 1
    return end - start
  }
  let common = rows.length > 1 ? cellsPerLineMax : 0
  // The file may end before the last line does.
  for (const row of rows.slice(0, -1)) if (row.trim() !== '') common = Math.min(common, tabsAtEnd(row))
  if (common === 0) return
  for (const [index, row] of rows.entries())
    rows[index] = row.slice(0, row.length - (row.endsWith('\r') ? 1 : 0) - Math.min(common, tabsAtEnd(row)))
  noise.set('tabs', { count: rows.length, line: 1 })
}

/** Half the character width and the ordinary form of what scripts print wide. One character stays one character. */
export function normalise(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/(?<=\d)[\u00a0\u2009\u202f](?=\d{3}(?!\d))/g, ',') // 5 007 with a thin space is 5,007.
    .replace(wideSpaces, ' ')
}

const wideSpaces = /[\u3000\u00a0\u2000-\u200a\u202f]/g

/** Names compare by their letters, whatever spaces are set between them. Between digits a space may be a separator. */
const ordinarySpaces = (text: string) =>
  text.replace(
    /(?<![\d\uff10-\uff19])[\u3000\u00a0\u2000-\u200a\u202f]|[\u3000\u00a0\u2000-\u200a\u202f](?![\d\uff10-\uff19])/g,
    ' ',
  )

function readLine(row: string, number: number, noise: Decoded['noise']): Line {
  if (row.length > lineLengthMax) throw new Refused('line-too-long', { line: number, max: lineLengthMax })
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  if (/[\u0000-\u0008\u000e-\u001f\u007f\ufffe\uffff]/.test(row)) throw new Refused('binary', { line: number })
  const note = (kind: NoiseKind) => {
    const seen = noise.get(kind)
    if (seen) seen.count += 1
    else noise.set(kind, { count: 1, line: number })
  }
  let shown = ordinarySpaces(row.replace(/[\r\f\v]/g, ' ')).trimEnd()
  if (shown.includes('<')) {
    const without = shown.replace(/<\/?(?:b|i|u|em|strong|sup|sub|br|span)\s{0,5}\/?>/gi, '')
    if (without !== shown) note('tags')
    shown = without.trimEnd()
  }
  if (shown.includes('\\')) {
    const without = shown.replace(/\\([$*#_[\]()~`>+.!|-])/g, '$1')
    if (without !== shown) note('escapes')
    shown = without
  }
  const text = normalise(shown)
  if (/[\uff10-\uff19]/.test(shown)) note('digits')
  // Trailing tabs are cells too: an empty last cell says that the table has that column.
  const padding = '\t'.repeat(Math.max(0, count(row, '\t') - count(shown, '\t')))
  const cells = (text + padding).split('\t').map((cell) => cell.trim())
  if (cells.length > cellsPerLineMax) throw new Refused('too-many-cells', { line: number, max: cellsPerLineMax })
  const shownCells = (shown + padding).split('\t').map((cell) => cell.trim())
  return { number, shown, text, blank: text.trim() === '', cells, shownCells }
}

const count = (text: string, character: string) => text.split(character).length - 1

function refuseOtherFormats(bytes: Uint8Array) {
  const starts = (...signature: number[]) => signature.every((byte, index) => bytes[index] === byte)
  if (starts(0x25, 0x50, 0x44, 0x46)) throw new Refused('pdf')
  if (starts(0x50, 0x4b, 0x03, 0x04) || starts(0x50, 0x4b, 0x05, 0x06)) {
    // The names of a workbook's parts stand uncompressed in the archive.
    const isWorkbook = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes('xl/')
    throw new Refused(isWorkbook ? 'spreadsheet' : 'archive')
  }
  if (starts(0xd0, 0xcf, 0x11, 0xe0)) throw new Refused('spreadsheet')
  if (starts(0xff, 0xfe) || starts(0xfe, 0xff)) throw new Refused('utf-16')
  // UTF-16 without a mark: ordinary characters leave every other byte zero, and line ends do in any script.
  const zeros = [0, 0]
  const sample = Math.min(bytes.length, 4096)
  for (let index = 0; index < sample; index++) if (bytes[index] === 0) zeros[index % 2]! += 1
  const [even, odd] = zeros as [number, number]
  if (Math.max(even, odd) >= 4 && Math.max(even, odd) > 8 * Math.min(even, odd)) throw new Refused('utf-16')
}

function decodeUtf8(bytes: Uint8Array): string {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    return decoder.decode(bytes)
  } catch {
    const zero = bytes.indexOf(0)
    if (zero !== -1) throw new Refused('binary', { line: lineOf(bytes, zero) })
    throw new Refused('not-utf-8', { line: lineOf(bytes, firstWrongByte(bytes)) })
  }
}

/** The decoder does not say where it failed; the text it makes with replacements does. */
function firstWrongByte(bytes: Uint8Array): number {
  const text = new TextDecoder('utf-8').decode(bytes)
  for (let at = text.indexOf('\ufffd'); at !== -1; at = text.indexOf('\ufffd', at + 1)) {
    const before = Buffer.byteLength(text.slice(0, at))
    // A replacement character that really stands in the source is not the fault.
    if (!(bytes[before] === 0xef && bytes[before + 1] === 0xbf && bytes[before + 2] === 0xbd)) return before
    if (at > lineLengthMax * 100) break
  }
  return 0
}

function lineOf(bytes: Uint8Array, offset: number): number {
  let line = 1
  for (let index = 0; index < offset; index++) if (bytes[index] === 10) line += 1
  return line
}
