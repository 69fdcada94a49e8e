import { type Language, say, type Text, texts } from '#platform'
import { measures, periodName, places, unitNames } from '../check/sentences.ts'
import type { Cell, Column, EstimatesDocument, Lines, Table } from '../types.ts'
import type { DownloadCell, DownloadTable, Provenance } from './tables.ts'

/** Names in every language by subject, where the pack knows them. */
export type SubjectNames = Readonly<Record<string, Text>>

const words = texts({
  code: { en: 'Code', 'zh-Hant': '編號' },
  name: { en: 'Name', 'zh-Hant': '名稱' },
  notes: { en: 'Notes', 'zh-Hant': '附註' },
  lines: { en: 'Source lines', 'zh-Hant': '來源行號' },
  title: { en: 'Head {head} {year}: {place}', 'zh-Hant': '總目 {head} {year}：{place}' },
  programme: { en: '{place} ({number})', 'zh-Hant': '{place}({number})' },
  note: { en: '{column}: {status}', 'zh-Hant': '{column}：{status}' },
  nil: { en: 'nil', 'zh-Hant': '無' },
  derived: { en: 'lost in the source, derived', 'zh-Hant': '來源缺失，經推算得出' },
  inferred: { en: 'lost in the source, inferred', 'zh-Hant': '來源缺失，屬推斷' },
  ambiguous: { en: 'lost in the source, several values possible', 'zh-Hant': '來源缺失，有多於一個可能值' },
  missing: { en: 'lost in the source', 'zh-Hant': '來源缺失' },
  source: { en: 'Source', 'zh-Hant': '來源' },
  sourceTitle: { en: 'Source', 'zh-Hant': '資料來源' },
  sha256: { en: 'SHA-256 of the source', 'zh-Hant': '來源的 SHA-256' },
  head: { en: 'Head', 'zh-Hant': '總目' },
  year: { en: 'Estimates of', 'zh-Hant': '預算年度' },
  address: { en: 'Address', 'zh-Hant': '網址' },
  reading: { en: 'How to read', 'zh-Hant': '閱讀方法' },
  howToRead: {
    en: 'Amounts are in the unit of their column. “—” is nil. Notes tell which numbers the source lost and how they were recovered.',
    'zh-Hant': '數額以所屬欄的單位計。「—」即無。附註列明來源缺失哪些數字，以及如何找回。',
  },
})

type Options = { language: Language; names?: SubjectNames }

/** A table of a document, with what is not printed told beside it and the lines where each row stands. */
export function documentTable(document: EstimatesDocument, table: Table, { language, names }: Options): DownloadTable {
  const cells = new Map(document.cells.map((cell) => [cell.id, cell]))
  const columns = table.columns.map((column) => columnLabel(column, language))
  const nameOf = (subject: string, label: string) => (names?.[subject] ? say(names[subject], language) : label)
  return {
    name: table.id,
    title: tableTitle(document, table, language),
    columns: [
      { label: say(words.code, language), kind: 'text' },
      { label: say(words.name, language), kind: 'text' },
      ...columns.map((label) => ({ label, kind: 'number' as const })),
      { label: say(words.notes, language), kind: 'text' },
      { label: say(words.lines, language), kind: 'text' },
    ],
    rows: table.rows.map(({ subject, code, label, marks, cells: ids, lines }): DownloadCell[] => {
      const row = table.columns.map((_, index) => cells.get(ids[index] ?? ''))
      const notes = row.flatMap((cell, index) => (cell ? noteOf(cell, columns[index]!, language) : []))
      return [
        code ?? '',
        nameOf(subject, label),
        ...row.map((cell) =>
          cell && cell.steps !== null ? { steps: cell.steps, decimals: cell.decimals, nil: cell.nil } : null,
        ),
        [...(marks.length > 0 ? [marks.join(' ')] : []), ...notes].join('; '),
        linesWritten(lines),
      ]
    }),
  }
}

/** Every table of a document. */
export const documentTables = (document: EstimatesDocument, options: Options): DownloadTable[] =>
  document.tables.map((table) => documentTable(document, table, options))

function tableTitle({ head, year }: EstimatesDocument, { id, place }: Table, language: Language): string {
  const number = id.includes('.') ? id.slice(id.indexOf('.') + 1) : undefined
  const name = say(places[place], language)
  return say(words.title, language, {
    head,
    year,
    place: number === undefined ? name : say(words.programme, language, { place: name, number }),
  })
}

function columnLabel({ period, measure, unit }: Column, language: Language): string {
  const what =
    measure === 'provision' || measure === 'target' || measure === 'indicator'
      ? ''
      : `${say(measures[measure], language)}, `
  // The rows of targets and indicators have units of their own.
  const of = measure === 'target' || measure === 'indicator' ? '' : `, ${say(unitNames[unit], language)}`
  return `${what}${periodName(period, language)}${of}`
}

export const linesWritten = ({ from, to }: Lines): string => (from === to ? String(from) : `${from}–${to}`)

/** What is not printed of a number, and its marks. */
export const notesOf = ({ status, nil, marks }: Cell, language: Language): string[] => [
  ...(nil && status === 'printed' ? [say(words.nil, language)] : []),
  ...(status === 'printed' ? [] : [say(words[status], language)]),
  ...marks,
]

function noteOf(cell: Cell, column: string, language: Language): string[] {
  const told = notesOf(cell, language)
  return told.length > 0 ? [say(words.note, language, { column, status: told.join(', ') })] : []
}

/** What the sheet “Source” says of a document. */
export function provenanceOf(
  document: EstimatesDocument,
  { language, address }: { language: Language; address?: string },
): Provenance {
  const { head, title, year, source } = document
  return [
    [say(words.head, language), `${head} ${title}`],
    [say(words.year, language), year],
    [say(words.source, language), source.name],
    [say(words.sha256, language), source.sha256],
    ...(address ? [[say(words.address, language), address] as const] : []),
    [say(words.reading, language), say(words.howToRead, language)],
  ]
}

/** The name of that sheet. */
export const sourceTitle = (language: Language): string => say(words.sourceTitle, language)
