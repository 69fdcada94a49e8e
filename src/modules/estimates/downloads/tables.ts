import { stringify } from 'csv-stringify/sync'
import type { CellObject, Sheet } from 'write-excel-file/node'

/** A number to take away: exact steps, as `Cell` holds them. `nil` is printed “—” and counts as 0. */
export type DownloadNumber = { steps: number; decimals: number; nil?: boolean }
export type DownloadCell = string | DownloadNumber | null
export type DownloadColumn = { label: string; kind: 'text' | 'number' }

/** Any table to take away. `name` is its stable name in an address: `analysis`, `breakdown.000`. */
export type DownloadTable = {
  name: string
  title: string
  columns: readonly DownloadColumn[]
  rows: readonly (readonly DownloadCell[])[]
}

/** Where the figures come from, in the order in which a reader should see it. */
export type Provenance = readonly (readonly [label: string, value: string])[]

// What the library calls the contents of an image, which these sheets have none of.
type FileContent = Buffer

export const csvType = 'text/csv; charset=utf-8; header=present'
export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** RFC 4180; a line break inside a cell is quoted whichever it is, as readers end records at any. */
export const csvForm = { record_delimiter: 'windows', quoted_match: /[\r\n]/ } as const

/** One table as CSV (RFC 4180) that spreadsheets open as it is: a byte order mark, so that they see UTF-8. */
export function tableAsCsv({ columns, rows }: DownloadTable): string {
  const lines = [
    columns.map(({ label }) => asText(label)),
    ...rows.map((row) =>
      row.map((cell) => (typeof cell === 'string' ? asText(cell) : cell === null ? '' : decimalText(cell))),
    ),
  ]
  return stringify(lines, { ...csvForm, bom: true })
}

/** Several tables, each as a file of its own: name → CSV. */
export const tablesAsCsv = (tables: readonly DownloadTable[]): Record<string, string> =>
  Object.fromEntries(tables.map((table) => [`${table.name}.csv`, tableAsCsv(table)]))

/** A workbook with one sheet for each table and one, the last, that says where the figures come from. */
export async function tablesAsXlsx(
  tables: readonly DownloadTable[],
  provenance: Provenance,
  sourceTitle = 'Source',
): Promise<Uint8Array> {
  const names = sheetNames([...tables.map(({ title }) => title), sourceTitle])
  const sheets = tables.map((table, index) => sheetOf(table, names[index]!))
  const source = [...tables.map(({ title }, index): [string, string] => [names[index]!, title]), ...provenance]
  const last: Sheet<FileContent> = {
    sheet: names.at(-1)!,
    data: source.map(([label, value]) => [textCell(label, { fontWeight: 'bold' }), textCell(value, { wrap: true })]),
    columns: [{ width: 32 }, { width: 90 }],
  }
  const { default: writeXlsxFile } = await import('write-excel-file/node')
  return new Uint8Array(await writeXlsxFile([...sheets, last]).toBuffer())
}

function sheetOf({ columns, rows }: DownloadTable, sheet: string): Sheet<FileContent> {
  return {
    sheet,
    data: [
      columns.map(({ label, kind }) =>
        textCell(label, { fontWeight: 'bold', wrap: true, align: kind === 'number' ? 'right' : 'left' }),
      ),
      ...rows.map((row) => row.map(cellOf)),
    ],
    columns: columns.map(({ kind }, index) => ({
      width: kind === 'number' ? 16 : Math.min(60, Math.max(12, ...rows.map((row) => widthOf(row[index])))),
    })),
    stickyRowsCount: 1,
  }
}

// Chinese characters are twice as wide as Latin letters.
const widthOf = (cell: DownloadCell | undefined) =>
  typeof cell === 'string' ? [...cell].reduce((sum, letter) => sum + (letter > '⺀' ? 2 : 1), 2) : 0

function cellOf(cell: DownloadCell): CellObject | null {
  if (cell === null || cell === '') return null
  if (typeof cell === 'string') return textCell(cell, { wrap: cell.length > 60 })
  // A spreadsheet holds 15 digits; what is longer would lose its last ones without a word.
  if (String(Math.abs(cell.steps)).length > 15) return textCell(decimalText(cell), { align: 'right' })
  return {
    value: Number(decimalText(cell)),
    type: Number,
    format: cell.nil ? '"—";"—";"—"' : numberFormat(cell.decimals),
    align: 'right',
  }
}

const numberFormat = (decimals: number) => (decimals === 0 ? '#,##0' : `#,##0.${'0'.repeat(decimals)}`)

const textMax = 32_767

/** A cell that is text whatever it begins with. ECMA-376 Part 1 §22.9.2.19 reads `_x0041_` as an escape, so it is escaped. */
const textCell = (text: string, style: Partial<CellObject> = {}): CellObject => ({
  ...style,
  value: text.replace(/_(?=x[0-9a-fA-F]{4}_)/g, '_x005F_').slice(0, textMax),
  type: String,
})

/** Names that a workbook accepts: 31 characters, without its seven signs, each once. */
function sheetNames(titles: readonly string[]): string[] {
  const names: string[] = []
  for (const title of titles) {
    const base =
      title
        .replace(/[[\]/\\:*?'\p{Cc}]/gu, ' ')
        .replace(/\s+/g, ' ')
        .trim() || 'Table'
    let name = base.slice(0, 31).trim()
    for (
      let number = 2;
      names.some((each) => each.toLowerCase() === name.toLowerCase()) || name.toLowerCase() === 'history';
      number++
    )
      name = `${base.slice(0, 28 - String(number).length).trim()} (${number})`
    names.push(name)
  }
  return names
}

/** `10312` steps of one decimal are `1031.2`, to the last digit. */
export function decimalText({ steps, decimals }: DownloadNumber): string {
  const digits = String(Math.abs(steps)).padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  return `${steps < 0 ? '-' : ''}${whole}${decimals > 0 ? `.${digits.slice(-decimals)}` : ''}`
}

/** Text that a spreadsheet would run as a formula (OWASP, CSV injection) gets an apostrophe, which says that it is text. */
const asText = (text: string) => (/^[=+\-@＝＋－＠\t\r]/.test(text) ? `'${text}` : text)
