/* The sheets of an XLSForm (https://xlsform.org/en/ref-table) as rows with named columns. */
import { type Language, type Text, texts } from '#platform'
import { type At, type Notes, textOf, type Written } from './imported.ts'
import type { Sheet } from './workbook.ts'

type Column = {
  readonly at: number
  readonly header: string
  /** Its name without the language. */
  readonly base: string
  readonly language?: Language | 'other'
}
export type Row = At & { readonly cells: readonly string[] }
export type Table = { readonly sheet: string; readonly columns: readonly Column[]; readonly rows: readonly Row[] }

const columnWords = texts({
  label: { en: 'The label', 'zh-Hant': '標籤' },
  hint: { en: 'The hint', 'zh-Hant': '提示' },
  required_message: { en: 'The message for what was left out', 'zh-Hant': '漏填時的訊息' },
  form_title: { en: 'The title of the form', 'zh-Hant': '表格標題' },
})
type Translated = keyof typeof columnWords

const sentences = texts({
  otherLanguage: {
    en: 'The column “{column}” is in a language that services do not have. It is not taken over.',
    'zh-Hant': '欄「{column}」的語文不在服務所用之列，未有匯入。',
  },
  column: {
    en: 'The column “{column}” is not taken over. It is filled in on the lines {lines}.',
    'zh-Hant': '欄「{column}」未有匯入，以下各行有填寫：{lines}。',
  },
})

/** What forms call a column too. */
const sameAs: Readonly<Record<string, string>> = {
  relevance: 'relevant',
  'bind::relevant': 'relevant',
  'bind::constraint': 'constraint',
  'bind::required': 'required',
  'bind::calculate': 'calculation',
  'bind::jr:constraintmsg': 'constraint_message',
  'bind::jr:requiredmsg': 'required_message',
  'bind::readonly': 'read_only',
  readonly: 'read_only',
  calculate: 'calculation',
  caption: 'label',
  'jr:count': 'repeat_count',
  command: 'type',
  list: 'list_name',
}
const translated = new Set(['label', 'hint', 'guidance_hint', 'constraint_message', 'required_message', 'form_title'])

/** Reads a sheet whose first line with anything in it names its columns. */
export function readTable({ name: sheet, lines }: Sheet, language: Language | undefined): Table {
  const first = lines.findIndex((line) => line.some(Boolean))
  const head = lines[first] ?? []
  const rows = lines
    .map((cells, at): Row => ({ sheet, line: at + 1, cells: cells.map((cell) => cell.trim()) }))
    .filter(({ line, cells }) => line > first + 1 && cells.some(Boolean))
  const columns = head.flatMap((header, at): Column[] => {
    const column = columnOf(header.trim(), at)
    if (column.base === '') return []
    if (column.language !== undefined || !translated.has(column.base)) return [column]
    return [{ ...column, language: language ?? guess(rows, at) }]
  })
  return { sheet, columns, rows }
}

function columnOf(header: string, at: number): Column {
  const parts = header.split(/::?/).map((part) => part.trim())
  const base = parts[0]!.toLowerCase().replace(/\s+/g, '_')
  if (parts.length > 1 && translated.has(base))
    return { at, header, base, language: languageOf(parts.slice(1).join(' ')) ?? 'other' }
  const whole = header.toLowerCase().replace(/\s+/g, '_')
  return { at, header, base: sameAs[whole] ?? whole }
}

/** What language a column says that it has: by its code in brackets, or by its name. */
export function languageOf(words: string): Language | undefined {
  const code = /\(([^()]*)\)\s*$/.exec(words)?.[1]?.trim() ?? words.trim()
  if (/^en\b/i.test(code) || /^(?:english|英)/i.test(code)) return 'en'
  if (/^zh[-_](?:hans|cn|sg)/i.test(code) || /simplified|简|簡體/i.test(words)) return 'zh-Hans'
  return /^(?:zh|yue)\b/i.test(code.replace('_', '-')) || /chinese|traditional|[中繁粵]/i.test(words)
    ? 'zh-Hant'
    : undefined
}

/** A column that says no language has that of most of its cells. */
function guess(rows: readonly Row[], at: number): Language {
  const cells = rows.map(({ cells }) => cells[at] ?? '').filter(Boolean)
  return cells.filter((cell) => /\p{Script=Han}/u.test(cell)).length * 2 > cells.length ? 'zh-Hant' : 'en'
}

/** What a row has in a column; empty where it has nothing. */
export function cellOf({ columns }: Table, { cells }: Row, base: string): string {
  const column = columns.find((each) => each.base === base && cells[each.at])
  return column ? cells[column.at]! : ''
}

/** What a row says in each language. */
function writtenOf({ columns }: Table, { cells }: Row, base: string): Written {
  const found: Written = {}
  for (const { at, base: each, language } of columns)
    if (each === base && language !== undefined && language !== 'other' && cells[at]) found[language] ??= cells[at]
  return found
}

/** A text of a row in the languages of definitions; a language without any column is noted once for the sheet. */
export function rowText(table: Table, row: Row, base: Translated, max: number, notes: Notes): Text | undefined {
  const has = (language: Language) => table.columns.some((each) => each.base === base && each.language === language)
  const once = has('en') && has('zh-Hant') ? undefined : `sheet ${table.sheet}`
  return textOf(notes, row, columnWords[base], writtenOf(table, row, base), max, once)
}

const linesMax = 30

/** Notes the columns that nobody reads here, with the lines that say something in them. */
export function noteColumns(
  { sheet, columns, rows }: Table,
  isRead: (base: string, cell: string) => boolean,
  notes: Notes,
): void {
  for (const { at, base, header, language } of columns) {
    const filled = rows.filter(({ cells }) => cells[at] && (language === 'other' || !isRead(base, cells[at])))
    const lines = filled.map(({ line }) => line)
    if (lines.length === 0) continue
    const place = { sheet, line: lines[0]! }
    if (language === 'other') notes.add({ sheet, line: 1 }, sentences.otherLanguage, { column: header })
    else
      notes.add(place, sentences.column, {
        column: header,
        lines: `${lines.slice(0, linesMax).join(', ')}${lines.length > linesMax ? ' …' : ''}`,
      })
  }
}
