import type { Finding } from '../types.ts'
import { yearAfter } from '../years.ts'
import { plain, readHead, readYear, type SourceCell } from './amounts.rules.ts'
import { type Columns, headerLine, isBlank, isComment, type TextColumns } from './columns.ts'
import type { TableFindingCode } from './findings.ts'
import { languagesOf, type Mapping, type MoneyPhase, type NameLanguage, usualOffsets } from './mapping.ts'
import { Refusal } from './refusals.ts'
import type { SourceRow } from './rows.ts'

type RowTexts = Readonly<Partial<Record<NameLanguage, string>>>

/** A row that belongs to a Head of a year, before its code and amounts are understood. */
export type TableRecord = {
  line: number
  year: string
  head: string
  title: RowTexts
  code: SourceCell
  name: RowTexts
  aim: RowTexts
  amounts: { phase: MoneyPhase; when: string; column: string; cell: SourceCell }[]
  findings: Finding[]
}

const emptyCell: SourceCell = { text: '', numeric: false }

export const finding = (
  kind: Finding['kind'],
  code: TableFindingCode,
  line: number,
  values: Finding['values'] = {},
): Finding => ({
  kind,
  code,
  values,
  lines: { from: line, to: line },
})

export const offsetOf = (mapping: Mapping, phase: MoneyPhase): number => mapping.offsets?.[phase] ?? usualOffsets[phase]

const textOf = (row: SourceRow) =>
  row.cells
    .map(({ text }) => plain(text))
    .join(' | ')
    .slice(0, 1000)

/** Sorts the rows: those of a Head into records, those that a mapping leaves out, and the rest into findings. */
export function readRecords(
  mapping: Mapping,
  columns: Columns,
  rows: readonly SourceRow[],
): { records: TableRecord[]; findings: Finding[] } {
  const header = headerLine(mapping, rows)
  const skipped = new Set(mapping.file?.skip)
  const findings = columns.others.map(({ position, heading }) =>
    finding('unknown', 'column-unread', Math.max(header, 1), { position: position + 1, heading }),
  )
  const records: TableRecord[] = []
  const read = recordReader(mapping, columns, findings)
  for (const row of rows) {
    if (row.line === header || skipped.has(row.line) || isBlank(row) || isComment(row, mapping.file?.comment)) continue
    if (row.line < header) findings.push(finding('unknown', 'row-above-headings', row.line, { text: textOf(row) }))
    else if (repeats(row, columns.headings)) findings.push(finding('repair', 'headings-repeated', row.line))
    else {
      const record = read(row)
      if (record) records.push(record)
      if (row.unseen) (record?.findings ?? findings).push(finding('repair', 'characters-unseen', row.line))
    }
  }
  return { records, findings }
}

const repeats = ({ cells }: SourceRow, headings: readonly string[]): boolean =>
  headings.some((heading) => heading !== '') &&
  headings.every((heading, position) => plain(cells[position]?.text ?? '') === heading)

/** A row that is longer or shorter than the headings. Without headings, nothing says how long a row should be. */
function noteWidth({ line, cells }: SourceRow, width: number, findings: Finding[]) {
  if (width === 0) return
  const beyond = cells
    .slice(width)
    .map(({ text }) => plain(text))
    .filter(Boolean)
  if (beyond.length > 0)
    findings.push(finding('unknown', 'row-too-long', line, { text: beyond.join(' | ').slice(0, 1000) }))
  if (cells.length < width) findings.push(finding('doubt', 'row-too-short', line, { cells: cells.length, width }))
}

function recordReader(mapping: Mapping, columns: Columns, findings: Finding[]) {
  const repeated = new Set<string>(mapping.repeat)
  const above = new Map<string, SourceCell>()
  const languages = languagesOf(mapping)

  /** The cell, or the last one above it that was written, where the mapping says that empty means the same. */
  function cellOf(row: SourceRow, key: string, position: number | undefined, of = key): SourceCell {
    const cell = (position === undefined ? undefined : row.cells[position]) ?? emptyCell
    if (!repeated.has(of)) return cell
    if (plain(cell.text) === '') return above.get(key) ?? cell
    above.set(key, cell)
    return cell
  }
  const textsOf = (row: SourceRow, key: string, positions: TextColumns): RowTexts =>
    Object.fromEntries(
      languages.map((language) => [language, plain(cellOf(row, `${key} ${language}`, positions[language], key).text)]),
    )

  return (row: SourceRow): TableRecord | undefined => {
    const { line } = row
    const own: Finding[] = []
    noteWidth(row, columns.width, own)
    // Every column that may repeat is read on every row, so that nothing is carried past a row that had its own.
    const written = {
      year: cellOf(row, 'year', columns.year),
      head: cellOf(row, 'head', columns.head),
      code: cellOf(row, 'code', columns.code),
    }
    const texts = {
      title: textsOf(row, 'title', columns.title),
      name: textsOf(row, 'name', columns.name),
      aim: textsOf(row, 'aim', columns.aim),
    }

    const head =
      columns.head === undefined ? readHead(String(mapping.constants?.head ?? '')) : readHead(written.head.text)
    const amounts = columns.amount === undefined ? undefined : longAmount(mapping, columns, row, own)
    const stated = columns.year === undefined ? mapping.constants?.year : yearOf(mapping, written.year, line)
    const year =
      stated ??
      (columns.year === undefined && amounts?.when
        ? yearAfter(amounts.when, -offsetOf(mapping, amounts.phase))
        : undefined)
    if (year === undefined || head === undefined) {
      findings.push(
        ...own,
        finding('unknown', year === undefined ? 'row-without-year' : 'row-without-head', line, { text: textOf(row) }),
      )
      return undefined
    }
    const record = { line, year, head, ...texts, code: written.code, findings: own }
    if (columns.amount !== undefined)
      return { ...record, amounts: amounts ? [periodOf(mapping, amounts, year, line, own)] : [] }
    return {
      ...record,
      amounts: columns.money.map(({ phase, position }) => {
        const when = yearAfter(year, offsetOf(mapping, phase))
        return {
          phase,
          when,
          column: columns.headings[position] || `${phase} ${when}`,
          cell: row.cells[position] ?? emptyCell,
        }
      }),
    }
  }
}

function yearOf(mapping: Mapping, { text }: SourceCell, line: number): string | undefined {
  const year = readYear(text, mapping.bareYear)
  if (year && 'bare' in year) throw new Refusal('year-unclear', { line, year: year.bare })
  return year?.year
}

type LongAmount = { phase: MoneyPhase; when: string | undefined; cell: SourceCell }

function longAmount(
  mapping: Mapping,
  columns: Columns,
  { line, cells }: SourceRow,
  own: Finding[],
): LongAmount | undefined {
  const cell = cells[columns.amount!] ?? emptyCell
  const amount = plain(cell.text).slice(0, 100)
  const word = plain(cells[columns.phase!]?.text ?? '')
  const [, phase] =
    Object.entries(mapping.phases ?? {}).find(([name]) => plain(name).toLowerCase() === word.toLowerCase()) ?? []
  if (phase === undefined)
    return void own.push(finding('unknown', 'phase-unknown', line, { text: word.slice(0, 200), amount }))
  if (columns.period === undefined) return { phase, when: undefined, cell }
  const period = cells[columns.period] ?? emptyCell
  const when = yearOf(mapping, period, line)
  if (when === undefined)
    return void own.push(
      finding('unknown', 'period-unreadable', line, { text: plain(period.text).slice(0, 200), amount }),
    )
  return { phase, when, cell }
}

function periodOf(
  mapping: Mapping,
  { phase, when, cell }: LongAmount,
  year: string,
  line: number,
  own: Finding[],
): TableRecord['amounts'][number] {
  const expected = yearAfter(year, offsetOf(mapping, phase))
  if (when !== undefined && when !== expected)
    own.push(finding('doubt', 'period-unexpected', line, { phase, when, year, expected }))
  return { phase, when: when ?? expected, column: `${phase} ${when ?? expected}`, cell }
}
