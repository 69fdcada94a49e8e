import { looksLikeNumber } from '../import/numbers.ts'
import type { Cell, Finding, Period, Place, Row } from '../types.ts'
import { yearAfter } from '../years.ts'
import { type Amount, amountReader, plain, readProgramme, readSubhead } from './amounts.rules.ts'
import { type Mapping, type MoneyPhase, type NameLanguage, usual } from './mapping.ts'
import { finding, offsetOf, type TableRecord } from './records.ts'

/** A row of the table that is being made, with the id of the number in each column. */
export type Entry = Omit<Row, 'cells' | 'sumOf'> & {
  /** Whether its code was understood; only then does it take part in sums. */
  known: boolean
  programme?: number
  aim: string
  cells: Map<string, string>
  lines: { from: number; to: number }
}

/** What is being made of one Head: its numbers, the columns that they stand in, and what was found on the way. */
export type Draft = {
  mapping: Mapping
  place: Place
  cells: Map<string, Cell>
  columns: Map<string, Period & { label: string }>
  findings: Finding[]
}

export const keyOf = ({ phase, when }: Period) => `${when}.${phase}`
export const labelMax = 300
const aimMax = 10_000

type WrittenAmount = TableRecord['amounts'][number]

/** The rows of a Head in the order of the file. Two rows with one code stay two lines, the second as `programme:1.2`. */
export function makeEntries(draft: Draft, records: readonly TableRecord[], language: NameLanguage): Entry[] {
  const { mapping, columns, findings } = draft
  const read = amountReader(mapping)
  const made: Entry[] = []
  const bySubject = new Map<string, Entry[]>()
  for (const record of records) {
    const entry = entryOf(mapping, record, language, findings)
    const before = bySubject.get(entry.subject) ?? []
    // A file with one amount in a row tells of a line over several rows; any other file tells of it once.
    const long = mapping.columns.amount !== undefined
    const free = long
      ? before.find((each) => record.amounts.every((amount) => !each.cells.has(keyOf(amount))))
      : undefined
    if (before[0] && !free) findings.push(twice(record, entry, before[0], long))
    if (free && entry.label !== '' && entry.label !== free.label)
      findings.push(
        finding('doubt', 'name-differs', record.line, { code: entry.code ?? '', name: free.label, other: entry.label }),
      )
    const { subject } = entry
    if (before[0] && entry.role === 'line') entry.subject = `${subject}.${before.length + 1}`
    const target = free ?? entry
    if (free) free.lines.to = Math.max(free.lines.to, record.line)
    else {
      made.push(entry)
      bySubject.set(subject, [...before, entry])
    }
    for (const amount of record.amounts) {
      const key = keyOf(amount)
      if (!columns.has(key)) columns.set(key, { when: amount.when, phase: amount.phase, label: amount.column })
      target.cells.set(key, addCells(draft, target.subject, record, amount, read(amount.cell)))
    }
  }
  return made
}

/** The cell of an amount, and that of a percentage printed beside it. Returns the first one's id. */
function addCells(
  draft: Draft,
  subject: string,
  record: TableRecord,
  { phase, when, column, cell }: WrittenAmount,
  amount: Amount,
): string {
  const { mapping, place, findings } = draft
  const printed = cell.text.trim().slice(0, 100)
  note(findings, mapping, record.line, column, printed, amount)
  const common = { place, subject, period: { when, phase }, lines: { from: record.line, to: record.line }, because: [] }
  const known = amount.kind === 'number' || amount.kind === 'nil'
  const id = addCell(draft.cells, {
    ...common,
    measure: 'provision',
    unit: mapping.unit,
    steps: amount.kind === 'number' ? amount.steps : amount.kind === 'nil' ? 0 : null,
    decimals: amount.kind === 'number' ? amount.decimals : mapping.decimals,
    nil: amount.kind === 'nil',
    // The percentage beside it is a number of its own.
    printed: known
      ? amount.rate
        ? printed.replace(/\s*[（(][^（()）]*[)）](\D*)$/, '$1')
        : printed
      : looksLikeNumber(printed)
        ? printed
        : null,
    status: known ? 'printed' : 'missing',
    marks: known ? amount.marks.slice(0, 4) : [],
  })
  if (!known || !amount.rate) return id
  const { printed: percentage, ...rate } = amount.rate
  const base = baseOf(mapping, record.year, phase)
  if (!base) findings.push(finding('doubt', 'rate-without-base', record.line, { column, text: percentage }))
  else
    addCell(draft.cells, {
      ...common,
      measure: 'provision-rate',
      base,
      unit: 'rate',
      ...rate,
      printed: percentage,
      status: 'printed',
      marks: [],
    })
  return id
}

function addCell(cells: Map<string, Cell>, cell: Omit<Cell, 'id'>): string {
  const own = `${cell.place}/${cell.subject}/${cell.measure}/${keyOf(cell.period)}${cell.base ? `~${keyOf(cell.base)}` : ''}`
  let id = own
  for (let number = 2; cells.has(id); number++) id = `${own}#${number}`
  cells.set(id, { id, ...cell })
  return id
}

/** Under Revised stands the change from Original, under Estimate that from Revised. */
function baseOf(mapping: Mapping, year: string, phase: MoneyPhase): Period | undefined {
  const base = phase === 'revised' ? 'original' : phase === 'estimate' ? 'revised' : undefined
  return base && { phase: base, when: yearAfter(year, offsetOf(mapping, base)) }
}

function entryOf(mapping: Mapping, record: TableRecord, language: NameLanguage, findings: Finding[]): Entry {
  const { line } = record
  const code = plain(record.code.text)
  const isTotal = (mapping.total ?? []).some((each) => plain(String(each)).toLowerCase() === code.toLowerCase())
  const marksOf = mapping.marks ?? usual.marks
  const { label, marks } = labelOf(record.name[language] ?? '', marksOf)
  const common = {
    label: cut(label, labelMax, line, findings),
    aim: cut(record.aim[language] ?? '', aimMax, line, findings),
    marks: marks.slice(0, 4),
    lines: { from: line, to: line },
    cells: new Map<string, string>(),
  }
  if (isTotal) return { ...common, subject: 'head', role: 'total', known: true }
  if (mapping.columns.name !== undefined && label === '') findings.push(finding('doubt', 'name-missing', line))
  const bare = labelOf(code, marksOf)
  const programme = mapping.rows === 'programmes' ? readProgramme(bare.label) : undefined
  const subhead =
    mapping.rows === 'subheads' ? readSubhead({ ...record.code, text: bare.label }, mapping.codeDigits) : undefined
  if (programme !== undefined)
    return {
      ...common,
      subject: `programme:${programme}`,
      code: String(programme),
      role: 'line',
      known: true,
      programme,
    }
  if (subhead !== undefined)
    return { ...common, subject: `subhead:${subhead}`, code: subhead, role: 'line', known: true }
  findings.push(
    code === ''
      ? finding('doubt', 'code-missing', line)
      : finding('doubt', 'code-unreadable', line, { text: code.slice(0, 200) }),
  )
  return { ...common, subject: `group:row.${line}`, role: 'line', known: false }
}

function twice(record: TableRecord, entry: Entry, before: Entry, long: boolean): Finding {
  const values = { code: entry.code ?? '', before: before.lines.from }
  if (long) return finding('doubt', 'amount-twice', record.line, { ...values, column: record.amounts[0]?.column ?? '' })
  return entry.role === 'total'
    ? finding('doubt', 'total-twice', record.line, values)
    : finding('doubt', 'code-twice', record.line, values)
}

function note(findings: Finding[], mapping: Mapping, line: number, column: string, text: string, amount: Amount): void {
  if (amount.kind === 'empty') findings.push(finding('loss', 'amount-missing', line, { column }))
  if (amount.kind === 'unreadable') findings.push(finding('doubt', 'amount-unreadable', line, { column, text }))
  if (amount.kind !== 'number') return
  if (amount.precise)
    findings.push(finding('doubt', 'amount-too-precise', line, { column, text, decimals: mapping.decimals }))
  if (amount.noise)
    findings.push(
      finding('repair', 'amount-binary-noise', line, {
        column,
        text,
        read: (amount.steps / 10 ** amount.decimals).toFixed(amount.decimals),
      }),
    )
}

/** A name without the dots that lead to its figures, and without footnote marks. */
function labelOf(text: string, known: readonly string[]): { label: string; marks: string[] } {
  const marks: string[] = []
  let label = text.replace(/\s*(?:\.{3,}|…+|·{3,})$/u, '')
  for (
    let mark = known.find((each) => label.endsWith(each));
    mark !== undefined;
    mark = known.find((each) => label.endsWith(each))
  ) {
    marks.unshift(mark)
    label = label.slice(0, -mark.length).trimEnd()
  }
  return { label: label.replace(/\s*(?:\.{3,}|…+|·{3,})$/u, ''), marks }
}

function cut(text: string, max: number, line: number, findings: Finding[]): string {
  if (text.length > max) findings.push(finding('loss', 'cell-cut', line, { max, text: text.slice(max, max + 2000) }))
  return text.slice(0, max)
}
