import { nearest } from '#platform'
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
  const missing: string[] = []
  /** What each position is read as. */
  const uses = new Map<number, string>()

  function find(use: string, name: ColumnName): number
  function find(use: string, name: ColumnName | undefined): number | undefined
  function find(use: string, name: ColumnName | undefined): number | undefined {
    if (name === undefined) return undefined
    if (typeof name === 'number' && name > width) throw new Refusal('column-beyond', { position: name, width })
    const position = typeof name === 'number' ? name - 1 : headings.indexOf(plain(name))
    if (position < 0) missing.push(String(name))
    if (typeof name === 'string' && position !== headings.lastIndexOf(plain(name)))
      throw new Refusal('column-twice', { column: name })
    const other = uses.get(position)
    if (position >= 0 && other !== undefined && other !== use)
      throw new Refusal('column-shared', { position: position + 1, one: other, other: use })
    uses.set(position, use)
    return position
  }
  const { columns, ignore } = mapping
  const findTexts = (use: 'title' | 'name' | 'aim'): TextColumns =>
    Object.fromEntries(
      languagesOf(mapping).flatMap((language) => {
        const names = columns[use]
        const position = typeof names === 'object' ? find(`${use}.${language}`, names[language]) : find(use, names)
        return position === undefined ? [] : [[language, position]]
      }),
    )

  const found = {
    year: find('year', columns.year),
    head: find('head', columns.head),
    code: find('code', columns.code),
    title: findTexts('title'),
    name: findTexts('name'),
    aim: findTexts('aim'),
    money: moneyPhases.flatMap((phase) =>
      columns[phase] === undefined ? [] : [{ phase, position: find(phase, columns[phase]) }],
    ),
    amount: find('amount', columns.amount),
    phase: find('phase', columns.phase),
    period: find('period', columns.period),
  }
  if (typeof ignore === 'object') for (const name of ignore) find('ignore', name)
  if (missing.length > 0) throw notFound([...new Set(missing)], headings)

  const others =
    ignore === 'others'
      ? []
      : Array.from({ length: width }, (_, position) => position).filter(
          (position) => !uses.has(position) && (headings[position] || !isEmpty(rows, position)),
        )
  return {
    ...found,
    headings,
    width: line > 0 ? width : 0,
    others: others.map((position) => ({ position, heading: headings[position] ?? '' })),
  }
}

/** Spreadsheets write commas for columns that hold nothing. */
const isEmpty = (rows: readonly SourceRow[], position: number) =>
  rows.every(({ cells }) => (cells[position]?.text.trim() ?? '') === '')

function notFound(missing: readonly string[], headings: readonly string[]): Refusal {
  const columns = missing.join(', ')
  const found = headings.join(', ').slice(0, 2000)
  const near = missing.map((name) =>
    nearest(
      name.toLowerCase(),
      headings.map((each) => each.toLowerCase()),
    ),
  )
  const meant = near.map((name) => headings.find((each) => each.toLowerCase() === name))
  return meant.every((each) => each !== undefined)
    ? new Refusal('column-misspelt', { columns, found, near: meant.join(', ') })
    : new Refusal('column-not-found', { columns, found })
}
