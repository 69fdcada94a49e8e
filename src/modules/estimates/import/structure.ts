import type { Lines, Row } from '../types.ts'
import type { Report } from './report.ts'
import type { RawRow } from './rows.ts'
import type { Vocabulary } from './vocabulary.ts'

export type TableKind = 'programme' | 'targets' | 'indicators' | 'analysis' | 'subheads' | 'breakdown' | 'commitments'

/** Whose table it is: the programme's number, or the code of the subhead that is broken down. */
export interface TableContext {
  kind: TableKind
  owner: string
  words: Vocabulary
  year: string
  startMonth: number
}

export type RowPlan = Pick<Row, 'subject' | 'label' | 'code' | 'role' | 'group' | 'sumOf' | 'marks' | 'lines'> & {
  raw: RawRow
}

/** Where the walk over the rows stands: the open account and group, and the rows not yet in a total. */
interface Walk extends TableContext {
  report: Report
  account: string
  group: { subject: string; label: string; level: number } | undefined
  open: { subject: string; level: number }[]
  /** `from`: how many rows were open when the heading came. Its total takes none of them. */
  headings: { subject: string; label: string; level: number; from: number }[]
  counts: Map<string, number>
  used: Set<string>
}

/** Stage 5: what each row is about, and which rows a total adds up. Needs no numbers, so it holds for damaged tables too. */
export function planRows(segments: readonly (readonly RawRow[])[], context: TableContext, report: Report): RowPlan[] {
  const rows = segments.flat()
  const last = rows.findLast(hasNumbers)
  // A second header ends the group above it.
  const starts = new Set(segments.slice(1).map(([first]) => first))
  const walk: Walk = {
    ...context,
    report,
    account: '',
    group: undefined,
    open: [],
    headings: [],
    counts: new Map(),
    used: new Set(),
  }
  const plans = rows.map((row) => {
    if (starts.has(row)) walk.group = undefined
    const isLast = row === last
    if (!hasNumbers(row)) return planGroup(row, walk)
    const isTotal = row.label === '' || walk.words.total.test(row.label)
    return isTotal && walk.open.length > 0 ? planTotal(row, walk, isLast) : planLine(row, walk)
  })
  reportRepeated(plans, report)
  if (context.kind === 'subheads') reportTotals(plans, report)
  return plans
}

/** A row that stands twice with the same name and numbers was probably copied. */
function reportRepeated(plans: readonly RowPlan[], report: Report) {
  const seen = new Set<string>()
  for (const { raw, role, label, lines } of plans) {
    if (role === 'group') continue
    const row = [label, ...raw.cells.map(({ text }) => text)].join('\t')
    if (seen.has(row)) report.doubt('row-repeated', lines, { name: label })
    seen.add(row)
  }
}

/** The table of subheads closes every heading with a total. */
function reportTotals(plans: readonly RowPlan[], report: Report) {
  const totals = new Set(plans.filter(({ role }) => role === 'subtotal').map(({ subject }) => subject))
  for (const { role, subject, label, lines } of plans)
    if (role === 'group' && /^(?:account|group):/.test(subject) && !totals.has(subject))
      report.loss('subtotal-missing', lines, { name: label })
}

const hasNumbers = (row: RawRow) => row.cells.some(({ value }) => value !== undefined)

function next(walk: Walk, name: string): number {
  const number = (walk.counts.get(name) ?? 0) + 1
  walk.counts.set(name, number)
  return number
}

function plan(row: RawRow, role: Row['role'], subject: string, sumOf: string[], group?: string): RowPlan {
  const { label, code, marks, lines } = row
  const cellMarks = row.cells.flatMap(({ value }) => value?.marks ?? [])
  return {
    raw: row,
    subject,
    label,
    role,
    sumOf,
    lines,
    marks: [...new Set([...marks, ...cellMarks])].slice(0, 4),
    ...(code !== undefined && { code }),
    ...(group !== undefined && { group }),
  }
}

function planGroup(row: RawRow, walk: Walk): RowPlan {
  const { words, kind } = walk
  const account = words.accounts.find(([, pattern]) => pattern.test(row.label))?.[0]
  let subject: string
  let level = 1
  if (account) {
    walk.account = account
    subject = `account:${account}`
    level = 2
    walk.group = undefined
  } else if (row.code !== undefined) subject = `subhead:${row.code}`
  else if (kind === 'subheads' || kind === 'commitments') subject = groupSubject(row.label, walk)
  else if (kind === 'breakdown') subject = `group:${walk.owner}.${next(walk, 'group')}`
  else if (kind === 'targets' || kind === 'indicators') subject = `group:${kind}.${walk.owner}.${next(walk, 'group')}`
  else subject = kind === 'programme' ? `programme:${walk.owner}` : `group:${kind}.${next(walk, 'group')}`
  const above = walk.headings.findLast((heading) => heading.level > level)?.subject
  const heading = { subject, label: row.label, level, from: walk.open.length }
  walk.headings = [...walk.headings.filter((one) => one.level > level), heading]
  if (level === 1) walk.group = heading
  return plan(row, 'group', subject, [], above)
}

function groupSubject(label: string, walk: Walk): string {
  const known = walk.words.groups.find(([, pattern]) => pattern.test(label))?.[0]
  if (known) return `group:${known}`
  const place = walk.account || 'none'
  return `group:${place}.${next(walk, place)}`
}

function planLine(row: RawRow, walk: Walk): RowPlan {
  const group = walk.group?.subject ?? walk.headings.findLast(({ level }) => level > 1)?.subject
  const subject = unique(lineSubject(row, walk), row, walk)
  walk.open.push({ subject, level: 0 })
  return plan(row, 'line', subject, [], group)
}

function lineSubject(row: RawRow, walk: Walk): string {
  const { kind, owner } = walk
  if (kind === 'analysis') return `programme:${row.itemNumber ?? next(walk, 'programme')}`
  if (kind === 'breakdown') return `line:${owner}.${next(walk, 'line')}`
  if (kind === 'targets') return `target:${owner}.${next(walk, 'line')}`
  if (kind === 'indicators') return `indicator:${owner}.${next(walk, 'line')}`
  if (kind === 'programme')
    return walk.words.provisionLabel.test(row.label) ? `programme:${owner}` : `programme:${owner}.${next(walk, 'line')}`
  if (row.code !== undefined) return `${kind === 'commitments' ? 'commitment' : 'subhead'}:${row.code}`
  // Without a code the n-th such row of its group is the same line in every year and language.
  const group = walk.group?.subject.replace('group:', '') ?? (walk.account || 'none')
  const subject = `${kind === 'commitments' ? 'commitment' : 'subhead'}:${group}.${next(walk, `row of ${group}`)}`
  walk.report.loss('code-lost', row.lines, { name: row.label, subject })
  return subject
}

function unique(subject: string, row: RawRow, walk: Walk): string {
  if (!walk.used.has(subject)) {
    walk.used.add(subject)
    return subject
  }
  walk.report.doubt('code-repeated', row.lines, { code: row.code ?? subject })
  return `${subject}.${next(walk, `repeated ${subject}`) + 1}`
}

/**
 * A total takes every row since its heading that is not yet in another total. Its own name says which heading; where the
 * name is empty or unknown, the structure does: first the lines of the group, then the groups of the account.
 */
function planTotal(row: RawRow, walk: Walk, isLast: boolean): RowPlan {
  if (row.label === '') walk.report.repair('label-empty', row.lines)
  const { level, subject } = totalPlace(row, walk, isLast)
  const heading = walk.headings.findLast((one) => one.subject === subject)
  let from = walk.open.length
  while (from > (heading?.from ?? 0) && walk.open[from - 1]!.level < level) from -= 1
  const taken = walk.open.splice(from)
  if (taken.length === 0) walk.report.loss('rows-missing', row.lines, { name: row.label })
  const own = unique(subject, row, walk)
  walk.open.push({ subject: own, level })
  const isWhole = level === wholeLevel
  if (level === 1) walk.group = undefined
  const above = walk.headings.findLast((heading) => heading.level > level)?.subject
  return plan(
    row,
    isWhole ? 'total' : 'subtotal',
    own,
    taken.map((one) => one.subject),
    isWhole ? undefined : above,
  )
}

const wholeLevel = 3

function totalPlace(row: RawRow, walk: Walk, isLast: boolean): { level: number; subject: string } {
  const whole = { level: wholeLevel, subject: wholeSubject(walk) }
  if (walk.kind !== 'subheads') {
    const names = walk.words.totalOf(row.label)
    const heading = isLast ? undefined : walk.headings.findLast(({ label }) => names.includes(label))
    return heading ? { level: 1, subject: heading.subject } : whole
  }
  if (walk.words.grandTotal.test(row.label)) return whole
  const names = walk.words.totalOf(row.label).map((name) => name.toLowerCase())
  const heading = walk.headings.findLast(({ label }) => names.includes(label.toLowerCase()))
  if (heading) return { level: heading.level, subject: heading.subject }
  const lowest = walk.open.at(-1)!.level
  if (isLast || lowest >= 2) return whole
  if (lowest === 0 && walk.group) return { level: 1, subject: walk.group.subject }
  return walk.account ? { level: 2, subject: `account:${walk.account}` } : whole
}

function wholeSubject({ kind, owner }: Walk): string {
  if (kind === 'commitments') return 'commitments'
  if (kind === 'breakdown') return `subhead:${owner}`
  return kind === 'programme' ? `programme:${owner}` : 'head'
}

/** The rows' own stretch of the source. */
export const stretch = (rows: readonly { lines: Lines }[]): Lines => ({
  from: rows[0]!.lines.from,
  to: rows.at(-1)!.lines.to,
})
