import { createHash } from 'node:crypto'
import type { Values } from '#platform'
import type { EstimatesDocument, Finding } from '../types.ts'
import { findColumns } from './columns.ts'
import { makeDocument } from './documents.ts'
import { languagesOf, type Mapping } from './mapping.ts'
import { readRecords, type TableRecord } from './records.ts'
import { Refusal, type RefusalCode, words } from './refusals.ts'
import { readRows, type SourceRow } from './rows.ts'

type TableRefusal = { code: RefusalCode; values: Values }

/**
 * A document for every year, Head and language of the file, oldest year first. `findings` are those that belong to no
 * Head: rows without a year, columns that nothing reads. A sentence for each is in `findings.ts`, for a refusal in
 * `refusals.ts`.
 */
export type TableImport = { documents: EstimatesDocument[]; findings: Finding[] } | { refusal: TableRefusal }

/** Reads a table file, CSV or XLSX, as its mapping says. A file that cannot be read is refused whole, for one reason. */
export async function importTables(bytes: Uint8Array, name: string, mapping: Mapping): Promise<TableImport> {
  try {
    const rows = await readRows(bytes, mapping, (sample) => hasColumns(mapping, sample))
    const { records, findings } = readRecords(mapping, findColumns(mapping, rows), rows)
    const source = {
      kind: 'table' as const,
      name: name.slice(0, 255),
      sha256: createHash('sha256').update(bytes).digest('hex'),
      lines: rows.length,
    }
    const heads = Map.groupBy(records, ({ year, head }) => `${year} ${head.padStart(3, '0')}`)
    const documents = [...heads.entries()]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .flatMap(([, group]) => languagesOf(mapping).map((language) => makeDocument(mapping, group, language, source)))
    // Rows without one number are no Estimates, whatever the headings say.
    if (!documents.some(({ cells }) => cells.some(({ status }) => status === 'printed')))
      throw noRows(records, findings)
    return { documents, findings }
  } catch (error) {
    if (error instanceof Refusal) return { refusal: { code: error.code, values: error.values } }
    throw error
  }
}

/** Why no row gave a number, by the example of the first. */
function noRows(records: readonly TableRecord[], findings: readonly Finding[]): Refusal {
  const [record] = records
  if (record) {
    const text = record.amounts.map(({ cell }) => cell.text).join(' | ')
    return new Refusal('no-readable-rows', { line: record.line, lacks: words.amount, text: text.slice(0, 300) })
  }
  const row = findings.find(({ code }) => code === 'row-without-year' || code === 'row-without-head')
  if (!row) return new Refusal('no-rows')
  const lacks = row.code === 'row-without-year' ? words.year : words.head
  return new Refusal('no-readable-rows', { line: row.lines.from, lacks, text: String(row.values.text).slice(0, 300) })
}

function hasColumns(mapping: Mapping, rows: SourceRow[]): boolean {
  try {
    findColumns(mapping, rows)
    return true
  } catch (error) {
    if (error instanceof Refusal) return error.code === 'column-twice' || error.code === 'column-shared'
    throw error
  }
}
