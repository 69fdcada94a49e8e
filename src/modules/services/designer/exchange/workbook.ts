/*
 * Workbooks of Excel (ECMA-376) as lines of text. A workbook is a ZIP archive that can lie about sizes, and its reader fills whatever
 * lies before a cell and looks for the end of a tag again and again; so all of that is looked at before.
 */
import { texts } from '#platform'
import { Refused } from './imported.ts'

const workbookLimits = {
  octets: 2_000_000,
  parts: 300,
  unpackedOctets: 20_000_000,
  /** Characters of XML between two tags, or of one tag. */
  xml: 300_000,
  rows: 5000,
  columns: 200,
  cells: 200_000,
} as const

const sentences = texts({
  tooLarge: {
    en: 'The file has more than {max} MB. Take out pictures and what is no part of the form.',
    'zh-Hant': '檔案超過 {max} MB。請移除圖片和不屬於表格的內容。',
  },
  notXlsx: {
    en: 'This is no workbook of Excel (.xlsx). Save the form as one and send that.',
    'zh-Hant': '這不是 Excel 活頁簿（.xlsx）。請把表格另存為 .xlsx 再提交。',
  },
  damaged: {
    en: 'The workbook cannot be read. Open it, save it again and send that.',
    'zh-Hant': '無法讀取活頁簿。請開啟並重新儲存後再提交。',
  },
  tooManyCells: {
    en: 'A sheet has more than {rows} rows or {columns} columns. Take out what is no part of the form.',
    'zh-Hant': '工作表超過 {rows} 列或 {columns} 欄。請移除不屬於表格的內容。',
  },
})

/** A sheet with what its cells show, line by line; lines are counted from 1 as Excel does, by their place in the list. */
export type Sheet = { readonly name: string; readonly lines: readonly (readonly string[])[] }

/** The sheets of a workbook. Throws `Refused` where it is none, or larger than a form can be. */
export async function readWorkbook(bytes: Uint8Array): Promise<Sheet[]> {
  if (bytes.length > workbookLimits.octets) throw new Refused(sentences.tooLarge, { max: workbookLimits.octets / 1e6 })
  if (!Buffer.from(bytes.subarray(0, 4)).equals(Buffer.from('PK\x03\x04', 'latin1')))
    throw new Refused(sentences.notXlsx)
  const repacked = await repack(bytes)
  const { default: read } = await import('read-excel-file/universal')
  const sheets = await read<string>(repacked.buffer as ArrayBuffer, { parseNumber: (text) => text, trim: false }).catch(
    (error: unknown) => {
      if (error instanceof Error) throw new Refused(sentences.damaged)
      throw error
    },
  )
  return sheets.map(({ sheet, data }) => ({ name: sheet, lines: data.map((row) => row.map(shown)) }))
}

function shown(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10)
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE'
  // Numbers that were calculated with have traces of it: 17.000000000000004.
  const text = String(cell).trim()
  return /^-?\d+\.\d{14,}$/.test(text) ? `${Number(Number(text).toPrecision(14))}` : text
}

/** An archive of the parts that a reader needs, each looked at, as they were unpacked within the limits. */
async function repack(bytes: Uint8Array): Promise<Uint8Array> {
  const zip = await import('@zip.js/zip.js')
  zip.configure({ useWebWorkers: false })
  const reader = new zip.ZipReader(new zip.Uint8ArrayReader(bytes), {
    checkSignature: true,
    checkOverlappingEntry: true,
  })
  const writer = new zip.ZipWriter(new zip.Uint8ArrayWriter(), { level: 0 })
  try {
    let left: number = workbookLimits.unpackedOctets
    const names = new Set<string>()
    for await (const entry of reader.getEntriesGenerator()) {
      if (names.size >= workbookLimits.parts || names.has(entry.filename)) throw new Refused(sentences.damaged)
      names.add(entry.filename)
      if (entry.directory || !/\.(xml|rels)$/.test(entry.filename)) continue
      if (entry.uncompressedSize > left) throw new Refused(sentences.damaged)
      const part = await unpacked(entry, left)
      left -= part.length
      checkXml(part.toString('latin1'))
      await writer.add(entry.filename, new zip.Uint8ArrayReader(part))
    }
    if (!names.has('xl/workbook.xml')) throw new Refused(sentences.notXlsx)
    return await writer.close()
  } catch (error) {
    // Whatever the archive library finds wrong with an archive, a person does the same about it.
    if (error instanceof Error && !(error instanceof Refused)) throw new Refused(sentences.damaged)
    throw error
  } finally {
    await reader.close()
  }
}

type Entry = { getData: (sink: WritableStream<Uint8Array>) => Promise<unknown> }

/** Counts what comes out: the size that the archive claims may be a lie. */
async function unpacked(entry: Entry, octetsMax: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let octets = 0
  await entry.getData(
    new WritableStream({
      write(chunk) {
        octets += chunk.length
        if (octets > octetsMax) throw new Refused(sentences.damaged)
        chunks.push(chunk)
      },
    }),
  )
  return Buffer.concat(chunks, octets)
}

const wholeTag = /^<[^!"'](?:"[^"]*"|'[^']*'|[^>"'])*>/

/** That each tag is whole and neither a tag nor a text endless. Comments and declarations stand in no workbook that programs write. */
function checkXml(xml: string): void {
  for (let at = 0; at < xml.length; ) {
    const start = xml.indexOf('<', at)
    if ((start < 0 ? xml.length : start) - at > workbookLimits.xml) throw new Refused(sentences.damaged)
    if (start < 0) break
    const next = xml.indexOf('<', start + 1)
    const end = Math.min(next < 0 ? xml.length : next, start + workbookLimits.xml)
    const [tag] = wholeTag.exec(xml.slice(start, end)) ?? []
    if (tag === undefined) throw new Refused(sentences.damaged)
    at = start + tag.length
  }
  if (/<(?:[\w.-]+:)?sheetData/.test(xml)) checkCells(xml)
}

/** That no cell stands so far out that the reader would fill millions before it. */
function checkCells(xml: string): void {
  let [rows, columns] = [0, 0]
  for (const [, name, inside = ''] of xml.matchAll(/<(?:[\w.-]+:)?(row|c)(?=[\s/>])([^>]*)>/g)) {
    const [, letters = '', digits = '0'] = /\sr\s*=\s*["']([A-Z]{0,3})(\d{1,7})["']/.exec(inside) ?? []
    // A row or cell without an address stands behind the one before it.
    rows = Math.max(rows + (name === 'row' && digits === '0' ? 1 : 0), Number(digits))
    columns = Math.max(columns, columnOf(letters))
  }
  const { rows: rowsMax, columns: columnsMax, cells } = workbookLimits
  if (rows > rowsMax || columns > columnsMax || rows * columns > cells)
    throw new Refused(sentences.tooManyCells, { rows: rowsMax, columns: columnsMax })
}

const columnOf = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
