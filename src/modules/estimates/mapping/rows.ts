import { isUtf8 } from 'node:buffer'
import { CsvError, type Options, parse } from 'csv-parse/sync'
import type { Text } from '#platform'
import { importBytesMax, importMegabytesMax } from '../import/refusals.ts'
import type { SourceCell } from './amounts.rules.ts'
import { limits } from './limits.ts'
import type { Mapping } from './mapping.ts'
import { Refusal, words } from './refusals.ts'
import { type Part, store, unpack } from './zip.ts'

/** One row of the file; rows are counted from 1, as a spreadsheet shows them. */
export type SourceRow = { line: number; cells: SourceCell[]; unseen?: boolean }

/** Control characters but tab and line ends, and those that change the direction of text: nobody sees what they do to a name. */
export const unseen = /[[\p{Cc}\p{Cs}\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]--[\t\n\r]]/gv

/** Every row of the file. `fits` tells whether a delimiter makes the columns that the mapping names. */
export async function readRows(
  bytes: Uint8Array,
  mapping: Mapping,
  fits: (rows: SourceRow[]) => boolean,
): Promise<SourceRow[]> {
  if (bytes.length === 0) throw new Refusal('file-empty')
  if (bytes.length > importBytesMax) throw new Refusal('too-large', { max: importMegabytesMax })
  const found = kindOf(bytes)
  if (found === 'UTF-16') throw new Refusal('file-utf16')
  const wanted = mapping.file?.kind?.toUpperCase()
  if ((found !== 'CSV' && found !== 'XLSX') || (wanted !== undefined && found !== wanted))
    throw new Refusal('file-kind', { found, wanted: wanted ?? 'CSV, XLSX' })
  const rows =
    found === 'XLSX' ? await xlsxRows(bytes, mapping.file?.sheet) : csvRows(bytes, mapping.file?.delimiter, fits)
  if (rows.length > limits.rows) throw new Refusal('too-many-rows', { max: limits.rows })
  if (rows.some(({ cells }) => cells.length > limits.columns))
    throw new Refusal('too-many-columns', { max: limits.columns })
  if (rows.every(({ cells }) => cells.every(({ text }) => text.trim() === ''))) throw new Refusal('file-empty')
  return rows.map(seenAlone)
}

function seenAlone(row: SourceRow): SourceRow {
  if (!row.cells.some(({ text }) => text.search(unseen) >= 0)) return row
  return { ...row, cells: row.cells.map((cell) => ({ ...cell, text: cell.text.replace(unseen, '') })), unseen: true }
}

const beginnings: readonly [kind: string, bytes: string][] = [
  ['PDF', '25504446'],
  ['XLS (Excel 97–2003)', 'd0cf11e0'],
  ['GZIP', '1f8b'],
  ['PNG', '89504e47'],
  ['JPEG', 'ffd8ff'],
  ['UTF-16', 'fffe'],
  ['UTF-16', 'feff'],
]

function kindOf(bytes: Uint8Array): string | Text {
  const start = Buffer.from(bytes.subarray(0, 2000))
  const hex = start.toString('hex', 0, 8)
  const known = beginnings.find(([, beginning]) => hex.startsWith(beginning))
  if (known) return known[0]
  if (hex.startsWith('504b0304') || hex.startsWith('504b0506'))
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes('xl/workbook') ? 'XLSX' : 'ZIP'
  // Zeros part the Latin letters of UTF-16.
  if (bytes.includes(0)) return start.filter((byte) => byte === 0).length > start.length / 4 ? 'UTF-16' : words.binary
  if (/^(?:\ufeff)?\s*<(?:!doctype|html|head|table|\?xml|svg)/i.test(start.toString('utf8'))) return words.markup
  if (/^(?:\ufeff)?\s*[{[]\s*["{[]/.test(start.toString('utf8'))) return 'JSON'
  return 'CSV'
}

const delimiters = [',', ';', '\t', '|']
const sampleCharacters = 200_000

function csvRows(bytes: Uint8Array, delimiter: string | undefined, fits: (rows: SourceRow[]) => boolean): SourceRow[] {
  if (!isUtf8(bytes)) throw new Refusal('file-not-utf8', { line: firstLineNotUtf8(bytes) })
  const text = new TextDecoder().decode(bytes)
  if (text.trim() === '') throw new Refusal('file-empty')
  // Some spreadsheet programs begin a file with the character that parts its columns. The line counts, but says no more.
  const [line = '', said] = /^sep=(.)(?=\r?\n)/.exec(text) ?? []
  const table = text.slice(line.length)
  return parseCsv(table, delimiter ?? said ?? findDelimiter(table, fits))
}

function parseCsv(text: string, delimiter: string, options: Options = {}): SourceRow[] {
  try {
    const records: string[][] = parse(text, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: false,
      max_record_size: limits.recordBytes,
      to: limits.rows + 1,
      ...options,
    })
    return records.map((record, index) => ({
      line: index + 1,
      cells: record.map((each) => ({ text: each, numeric: false })),
    }))
  } catch (error) {
    if (error instanceof CsvError) {
      if (error.code === 'CSV_MAX_RECORD_SIZE')
        throw new Refusal('record-too-long', {
          line: Number(error.lines ?? 0) || 1,
          max: limits.recordBytes / 1_000_000,
        })
      const line = error.code === 'CSV_QUOTE_NOT_CLOSED' ? lastOpened(text) : Number(error.lines ?? 0) || 1
      throw new Refusal('csv-broken', { line })
    }
    throw error
  }
}

/** The line on which the quotation mark opens that nothing closes; the parser tells only where the file ends. */
function lastOpened(text: string): number {
  let [open, opened] = [false, 0]
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) {
    open = !open
    if (open) opened = at
  }
  return text.slice(0, opened).split(/\r\n?|\n/).length
}

/** The delimiter under which the mapping's columns exist. Where two would do, the one that makes more columns. */
function findDelimiter(text: string, fits: (rows: SourceRow[]) => boolean): string {
  const sample = text.slice(0, sampleCharacters)
  const candidates = delimiters
    .map((delimiter) => ({ delimiter, rows: sampleOf(sample, delimiter) }))
    .filter(({ rows }) => fits(rows))
    .map(({ delimiter, rows }) => ({
      delimiter,
      width: Math.max(...rows.slice(0, 1000).map(({ cells }) => cells.length)),
    }))
    .sort((one, other) => other.width - one.width)
  const [best, second] = candidates
  if (best && second && best.width === second.width) throw new Refusal('delimiter-unclear')
  // None fits: the columns are then reported missing as they stand under the usual one.
  return best?.delimiter ?? ','
}

function sampleOf(sample: string, delimiter: string): SourceRow[] {
  try {
    return parseCsv(sample, delimiter, { relax_quotes: true, to: 1000 })
  } catch {
    // A quotation mark that the sample's end cuts off: the first rows decide as well.
    return parseCsv(sample.split('\n', 50).join('\n').replaceAll('"', ''), delimiter)
  }
}

function firstLineNotUtf8(bytes: Uint8Array): number {
  for (let line = 1, start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(10, start)
    if (!isUtf8(bytes.subarray(start, end < 0 ? bytes.length : end))) return line
    start = end < 0 ? bytes.length : end + 1
  }
  return 1
}

async function xlsxRows(bytes: Uint8Array, wanted: string | number | undefined): Promise<SourceRow[]> {
  const unpacked = await unpack(
    bytes,
    (name) => /\.(xml|rels)$/.test(name) && !/^(docProps|customXml)\//.test(name),
    limits.unpackedBytes,
    limits.parts,
  )
  if ('fault' in unpacked) {
    if (unpacked.fault === 'too-large')
      throw new Refusal('xlsx-too-large', { megabytes: limits.unpackedBytes / 1_000_000 })
    throw new Refusal('xlsx-damaged')
  }
  const sheets = await readSheets(
    unpacked.parts.map((part) => {
      const xml = Buffer.from(part.bytes.buffer, part.bytes.byteOffset, part.bytes.length).toString('latin1')
      checkXml(xml)
      if (!/<(?:[\w.-]+:)?sheetData/.test(xml)) return part
      checkSheet(xml)
      return { ...part, bytes: Buffer.from(xml.replace(errorCell, '$1t="str"'), 'latin1') }
    }),
  )
  const names = sheets.map(({ sheet }) => sheet)
  if (wanted === undefined && names.length > 1) throw new Refusal('sheet-unsaid', { sheets: names.join(', ') })
  const chosen = sheets[typeof wanted === 'string' ? names.indexOf(wanted) : (wanted ?? 1) - 1]
  if (!chosen) throw new Refusal('sheet-not-found', { sheet: wanted ?? 1, sheets: names.join(', ') })
  return chosen.data.map((row, index) => ({ line: index + 1, cells: row.map(cellOf) }))
}

async function readSheets(parts: readonly Part[]) {
  const { default: readWorkbook } = await import('read-excel-file/universal')
  try {
    // A number stays as the file writes it: a float read too early could not tell 1031.2 from its neighbour.
    return await readWorkbook<{ text: string }>((await store(parts)).buffer, {
      parseNumber: (text) => ({ text }),
      trim: false,
    })
  } catch (error) {
    if (error instanceof Error) throw new Refusal('xlsx-damaged')
    throw error
  }
}

function cellOf(value: unknown): SourceCell {
  if (value === null || value === undefined) return { text: '', numeric: false }
  if (value instanceof Date) return { text: value.toISOString().slice(0, 10), numeric: false }
  if (typeof value === 'object') return { text: (value as SourceCell).text, numeric: true }
  return { text: String(value), numeric: false }
}

/** An error such as #REF!, which the reader would take for an empty cell; as text it is told. */
const errorCell = /(<(?:[\w.-]+:)?c\s[^>]*?)\bt="e"/g
const uncalculated =
  /<(?:[\w.-]+:)?c\s[^>]{0,200}?\br="([A-Z]{1,3}\d{1,7})"[^>]{0,200}>\s*<(?:[\w.-]+:)?f\b[^>]*(?:\/>|>[^<]*<\/(?:[\w.-]+:)?f>)\s*<\/(?:[\w.-]+:)?c>/

const attributes = `(?:"[^"]*"|'[^']*'|[^>"'])*`
const rowOrCell = new RegExp(`<(?:[\\w.-]+:)?(row|c)(?=[\\s/>])(${attributes})>`, 'g')
const reference = /(?:^|\s)r\s*=\s*(?:"([^"]*)"|'([^']*)')/g

const wholeTag = /^<[^!"'](?:"[^"]*"|'[^']*'|[^>"'])*>/

/**
 * Everything after this, the reader of workbooks included, looks for the end of a tag or text again and again, and needs a
 * minute for a megabyte that has none. So each tag must be whole, without `<` in it, and neither a tag nor a text endless.
 * A declaration or comment, which no spreadsheet program writes, is refused.
 */
function checkXml(xml: string): void {
  for (let at = 0; at < xml.length; ) {
    const start = xml.indexOf('<', at)
    if ((start < 0 ? xml.length : start) - at > limits.xmlText) throw new Refusal('xlsx-damaged')
    if (start < 0) return
    const next = xml.indexOf('<', start + 1)
    const [tag] = wholeTag.exec(xml.slice(start, Math.min(next < 0 ? xml.length : next, start + limits.xmlTag))) ?? []
    if (tag === undefined) throw new Refusal('xlsx-damaged')
    at = start + tag.length
  }
}

/**
 * A sheet says the address of every cell, and the reader fills what lies before it: one cell at XFD1048576 would become
 * 17,000 million. So addresses are read before the reader sees them.
 */
function checkSheet(xml: string): void {
  if (!/<\/(?:[\w.-]+:)?worksheet>\s*$/.test(xml.slice(-1000))) throw new Refusal('xlsx-damaged')
  const [, cell] = uncalculated.exec(xml) ?? []
  if (cell !== undefined) throw new Refusal('xlsx-uncalculated', { cell })
  let [rows, columns] = [0, 0]
  for (const [, , written = ''] of xml.matchAll(rowOrCell))
    for (const [, one, other] of written.matchAll(reference)) {
      const [, letters, digits] = /^([A-Z]{0,3})(\d{1,7})$/.exec(one ?? other ?? '') ?? []
      if (letters === undefined) throw new Refusal('xlsx-damaged')
      rows = Math.max(rows, Number(digits))
      columns = Math.max(
        columns,
        [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0),
      )
    }
  if (rows > limits.rows || rows * columns > limits.cells) throw new Refusal('too-many-rows', { max: limits.rows })
  if (columns > limits.columns) throw new Refusal('too-many-columns', { max: limits.columns })
}
