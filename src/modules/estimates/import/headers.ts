import type { Measure, Period, Unit } from '../types.ts'
import { periodOf, yearAfter } from '../years.ts'
import type { Line } from './decode.ts'
import { readValue } from './numbers.ts'
import { dayPattern, readDay, readYear, yearPattern } from './periods.ts'
import type { TableContext } from './structure.ts'
import type { Vocabulary } from './vocabulary.ts'

/** A column as its header names it. `position` is the cell of the header row. */
export interface HeaderColumn {
  position: number
  label: string
  period: Period
  measure: Measure
  unit: Unit | undefined
  /** The header's words cannot be read: the column is there and takes its numbers, but nobody knows of what. */
  unread?: true
  /** The header names no date that can be read; this is the usual one. */
  assumed?: true
}

const yearIn = new RegExp(yearPattern)
const dayIn = new RegExp(dayPattern, 'i')

/** `2022-23 (原來預算)`, `Actual expenditure 2021–22`, `2023 (計劃)` → the period. */
export function readPeriod(label: string, words: Vocabulary): Period | undefined {
  const phase = words.phases.find(([, pattern]) => pattern.test(label))?.[0]
  if (!phase) return undefined
  const financial = yearIn.exec(label)?.[0]
  const when = financial ? readYear(financial) : /(?<![\d.,])(\d{4})(?![\d.,])/.exec(label)?.[1]
  return when === undefined ? undefined : { when, phase }
}

/** Whether a line is (part of) a table's header: it names periods, columns or units, and holds no numbers. */
export function isHeader(line: Line, words: Vocabulary): boolean {
  const cells = line.cells.filter(Boolean)
  if (cells.length === 0 || line.cells.length < 2) return false
  if (cells.some((cell) => cell.length > 200)) return false
  if (cells.some((cell, index) => index > 0 && readValue(cell) && !readPeriod(cell, words))) return false
  if (words.subheadHeader.test(cells[0]!) && cells.length > 1) return true
  if (cells.length > 1 && cells.every((cell) => isUnitOnly(cell, words))) return true
  const named = cells.filter(
    (cell) =>
      readPeriod(cell, words) !== undefined || words.commitmentColumns.some(([, pattern]) => pattern.test(cell)),
  )
  return named.length >= 2
}

function isUnitOnly(cell: string, words: Vocabulary): boolean {
  return (
    cell.length <= 12 &&
    words.units.some(([, pattern]) => pattern.test(cell) && cell.replace(pattern, '').replace(/[()\s]/g, '') === '')
  )
}

/** A line whose only cell is a heading, set over the header of the table that it names. */
export function isCaption(lines: readonly Line[], index: number, words: Vocabulary): boolean {
  const filled = lines[index]!.cells.filter(Boolean)
  if (filled.length !== 1 || filled[0]!.length > 100) return false
  const text = filled[0]!.replace(/^[#*\s]{0,8}/, '').replace(/[*\s]{0,8}$/, '')
  if (!words.headings.some(([, pattern]) => pattern.test(text))) return false
  for (let ahead = index + 1; ahead <= index + 3; ahead++) {
    const next = lines[ahead]
    if (next && !next.blank) return isHeader(next, words)
  }
  return false
}

export function readUnit(label: string, words: Vocabulary): Unit | undefined {
  return words.units.find(([, pattern]) => pattern.test(label))?.[0]
}

/** The columns of one or more stacked header lines. The year of the context is the document's own. */
export function readColumns(
  lines: readonly Line[],
  context: Pick<TableContext, 'words' | 'year' | 'startMonth'>,
  kind: 'commitments' | 'targets' | 'indicators' | 'money',
): HeaderColumn[] {
  const { words, year } = context
  const width = Math.max(...lines.map((line) => line.cells.length))
  const columns: HeaderColumn[] = []
  for (let position = 0; position < width; position++) {
    const label = lines
      .map((line) => line.cells[position] ?? '')
      .filter(Boolean)
      .join(' ')
    if (label === '') continue
    const column = kind === 'commitments' ? commitmentColumn(label, context) : periodColumn(label, words, year, kind)
    const unit = readUnit(label, words)
    if (column) columns.push({ position, label: tidyLabel(label), unit, ...column })
    else if (position > 0 && looksLikeColumn(label, words)) {
      columns.push({
        position,
        label: tidyLabel(label),
        unit,
        period: { when: year, phase: 'estimate' },
        measure: 'provision',
        unread: true,
      })
    }
  }
  return columns
}

const looksLikeColumn = (label: string, words: Vocabulary) =>
  /\d{4}/.test(label) || words.phases.some(([, pattern]) => pattern.test(label))

function periodColumn(label: string, words: Vocabulary, year: string, kind: 'targets' | 'indicators' | 'money') {
  const measure: Measure = kind === 'targets' ? 'target' : kind === 'indicators' ? 'indicator' : 'provision'
  if (kind === 'targets' && words.targetHeader.test(label)) {
    return { measure, period: { when: year, phase: 'plan' as const } }
  }
  const period = readPeriod(label, words)
  return period && isNear(period.when, year) ? { measure, period } : undefined
}

/** The Estimates of a year speak of the years around it; a year far off is a misprint. */
const isNear = (when: string, year: string) => Math.abs(Number(when.slice(0, 4)) - Number(year.slice(0, 4))) <= 10

interface ReadColumn {
  measure: Measure
  period: Period
  assumed?: true
}

function commitmentColumn(
  label: string,
  { words, year, startMonth }: Pick<TableContext, 'words' | 'year' | 'startMonth'>,
): ReadColumn | undefined {
  if (words.subheadHeader.test(label)) return undefined
  const measure = words.commitmentColumns.find(([, pattern]) => pattern.test(label))?.[0]
  const near = (when: string | undefined) => (when !== undefined && isNear(when, year) ? when : undefined)
  if (measure === 'accumulated') {
    const when = near(readDay(dayIn.exec(label)?.[0] ?? ''))
    const usual = periodOf(yearAfter(year, -2), startMonth).end
    return { measure, period: { when: when ?? usual, phase: 'accumulated' }, ...(!when && { assumed: true }) }
  }
  if (measure === 'revised-spending') {
    const when = near(readYear(yearIn.exec(label)?.[0] ?? ''))
    return { measure, period: { when: when ?? yearAfter(year, -1), phase: 'revised' }, ...(!when && { assumed: true }) }
  }
  return measure && { measure, period: { when: year, phase: 'estimate' } }
}

/** A header broken over lines inside its cell, whole again. */
function tidyLabel(label: string): string {
  return joinHan(label).slice(0, 100)
}

/** Spaces between two Han characters come from wrapped lines: the script has none. */
export const joinHan = (text: string) =>
  text.replace(/(?<=[\u3007\u4e00-\u9fff、]) {1,3}(?=[\u3007\u4e00-\u9fff])/g, '')
