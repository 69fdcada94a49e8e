import type { SourceCell } from './amounts.rules.ts'
import { plain } from './amounts.rules.ts'
import {
  type ColumnName,
  languagesOf,
  type Mapping,
  type MoneyPhase,
  moneyPhases,
  type NameLanguage,
} from './mapping.ts'
import { Refusal } from './refusals.ts'
import type { SourceRow } from './rows.ts'

/** Where each thing stands: positions counted from 0. */
export type Columns = {
  year: number | undefined
  head: number | undefined
  code: number
  title: TextColumns
  name: TextColumns
  aim: TextColumns
  money: { phase: MoneyPhase; position: number }[]
  amount: number | undefined
  phase: number | undefined
  period: number | undefined
  /** Positions that nothing reads and nothing ignores, with their heading. */
  others: { position: number; heading: string }[]
  headings: string[]
  /** How many columns the file says that it has; 0 without a heading row. */
  width: number
}

export type TextColumns = Readonly<Partial<Record<NameLanguage, number>>>

/** The row of headings; 0 where the file has none. The first row that is not skipped, unless the mapping says another. */
export function headerLine({ file = {} }: Mapping, rows: readonly SourceRow[]): number {
  if (file.header === 'none') return 0
  if (file.header !== undefined) return file.header
  const first = rows.find((row) => !file.skip?.includes(row.line) && !isComment(row, file.comment) && !isBlank(row))
  return first?.line ?? 1
}

export const isBlank = ({ cells }: SourceRow): boolean => cells.every(({ text }) => text.trim() === '')

export const isComment = ({ cells }: SourceRow, comment: string | undefined): boolean =>
  comment !== undefined && (cells[0]?.text.trimStart().startsWith(comment) ?? false)

const headingOf = ({ text }: SourceCell) => plain(text)

/** The columns of a table; refuses one that lacks a column or has it twice. */
export function findColumns(mapping: Mapping, rows: readonly SourceRow[]): Columns {
  const line = headerLine(mapping, rows)
  const header = rows[line - 1]
  if (line > 0 && !header) throw new Refusal('header-not-found', { row: line })
  const headings = header?.cells.map(headingOf) ?? []
  const width = line > 0 ? headings.length : Math.max(0, ...rows.map(({ cells }) => cells.length))
  const missing: ColumnName[] = []

  function find(name: ColumnName): number
  function find(name: ColumnName | undefined): number | undefined
  function find(name: ColumnName | undefined): number | undefined {
    if (name === undefined) return undefined
    const position = typeof name === 'number' ? name - 1 : headings.indexOf(plain(name))
    if (position < 0 || position >= width) missing.push(name)
    if (typeof name === 'string' && position !== headings.lastIndexOf(plain(name)))
      throw new Refusal('column-twice', { column: name })
    return position
  }
  const findTexts = (names: Mapping['columns']['name']): TextColumns =>
    Object.fromEntries(
      languagesOf(mapping).flatMap((language) => {
        const position = find(typeof names === 'object' ? names[language] : names)
        return position === undefined ? [] : [[language, position]]
      }),
    )

  const { columns, ignore } = mapping
  const found = {
    year: find(columns.year),
    head: find(columns.head),
    code: find(columns.code),
    title: findTexts(columns.title),
    name: findTexts(columns.name),
    aim: findTexts(columns.aim),
    money: moneyPhases.flatMap((phase) =>
      columns[phase] === undefined ? [] : [{ phase, position: find(columns[phase]) }],
    ),
    amount: find(columns.amount),
    phase: find(columns.phase),
    period: find(columns.period),
  }
  const ignored = typeof ignore === 'object' ? ignore.map((name) => find(name)) : []
  if (missing.length > 0)
    throw new Refusal('column-not-found', {
      columns: [...new Set(missing)].join(', '),
      found: headings.join(', ').slice(0, 2000) || `1–${width}`,
    })

  const { year, head, code, amount, phase, period } = found
  const read = new Set([year, head, code, amount, phase, period, ...ignored])
  for (const { position } of found.money) read.add(position)
  for (const texts of [found.title, found.name, found.aim])
    for (const position of Object.values(texts)) read.add(position)
  const others =
    ignore === 'others'
      ? []
      : Array.from({ length: width }, (_, position) => position).filter((position) => !read.has(position))
  return {
    ...found,
    headings,
    width: line > 0 ? width : 0,
    others: others.map((position) => ({ position, heading: headings[position] ?? '' })),
  }
}
