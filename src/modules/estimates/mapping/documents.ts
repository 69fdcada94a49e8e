import type { Column, EstimatesDocument, Finding, Lines, Period, Programme, Row, Table } from '../types.ts'
import { type Draft, type Entry, keyOf, labelMax, makeEntries } from './entries.ts'
import { limits } from './limits.ts'
import { type Mapping, type MoneyPhase, moneyPhases, type NameLanguage } from './mapping.ts'
import { finding, type TableRecord } from './records.ts'
import { Refusal } from './refusals.ts'

/** One Head of one year in one language, from its rows in the order of the file. */
export function makeDocument(
  mapping: Mapping,
  records: readonly TableRecord[],
  language: NameLanguage,
  source: EstimatesDocument['source'],
): EstimatesDocument {
  const { year, head, line } = records[0]!
  const findings = records.flatMap((record) => record.findings)
  const draft: Draft = {
    mapping,
    place: mapping.rows === 'programmes' ? 'analysis' : 'subheads',
    cells: new Map(),
    columns: new Map(),
    findings,
  }
  const entries = makeEntries(draft, records, language)
  if (mapping.total?.length && !entries.some(({ role }) => role === 'total'))
    findings.push(finding('doubt', 'total-missing', line, { head, year }))
  const title = titleOf(mapping, records, language, findings)
  const known = entries.filter((entry) => entry.known && entry.role === 'line')
  return {
    year,
    head,
    title: (title || (language === 'en' ? `Head ${head}` : `總目 ${head}`)).slice(0, labelMax),
    language,
    source,
    controllingOfficer: null,
    policyAreas: [],
    programmes: mapping.rows === 'programmes' ? programmesOf(known) : [],
    tables: [tableOf(draft, entries, known, records)],
    cells: [...draft.cells.values()],
    notes: [],
    charts: [],
    footnotes: [],
    findings: shortened(findings, head),
  }
}

function tableOf(
  { mapping, place, columns: periods }: Draft,
  entries: readonly Entry[],
  known: readonly Entry[],
  records: readonly TableRecord[],
): Table {
  const columns = [...periods.values()].sort(byPhase)
  const sumOf = [...new Set(known.map(({ subject }) => subject))]
  const { head, year } = records[0]!
  if (sumOf.length > limits.linesOfHead || entries.length > limits.rowsOfTable)
    throw new Refusal('head-too-large', { head, year, max: limits.linesOfHead })
  if (columns.length > limits.columnsOfTable) throw new Refusal('too-many-columns', { max: limits.columnsOfTable })
  return {
    id: place,
    place,
    columns: columns.map(
      ({ label, ...period }): Column => ({
        period,
        measure: 'provision',
        unit: mapping.unit,
        label: label.slice(0, 100),
      }),
    ),
    rows: entries.map(
      ({ known: _, programme: __, aim: ___, cells, ...row }): Row => ({
        ...row,
        sumOf: row.role === 'total' ? sumOf : [],
        cells: columns.map((period) => cells.get(keyOf(period)) ?? null),
      }),
    ),
    lines: linesOf(records),
  }
}

function titleOf(
  { constants }: Mapping,
  records: readonly TableRecord[],
  language: NameLanguage,
  findings: Finding[],
): string {
  let title = constants?.title ?? ''
  for (const { line, title: written } of records) {
    const other = written[language] ?? ''
    if (title === '') title = other
    else if (other !== '' && other !== title)
      findings.push(finding('doubt', 'title-differs', line, { name: title, other: other.slice(0, labelMax) }))
  }
  return title
}

function programmesOf(entries: readonly Entry[]): Programme[] {
  const programmes = new Map<number, Programme>()
  for (const { programme: number, label, aim, lines } of entries)
    if (number !== undefined && !programmes.has(number))
      programmes.set(number, {
        number,
        name: label,
        aim: aim === '' ? null : { text: aim, lines },
        description: [],
        done: null,
        attention: null,
        explanation: null,
        lines,
      })
  return [...programmes.values()].sort((one, other) => one.number - other.number)
}

const byPhase = (one: Period, other: Period) =>
  moneyPhases.indexOf(one.phase as MoneyPhase) - moneyPhases.indexOf(other.phase as MoneyPhase) ||
  (one.when < other.when ? -1 : 1)

const linesOf = (records: readonly TableRecord[]): Lines => ({
  from: Math.min(...records.map(({ line }) => line)),
  to: Math.max(...records.map(({ line }) => line)),
})

function shortened(findings: Finding[], head: string): Finding[] {
  const sorted = findings.toSorted((one, other) => one.lines.from - other.lines.from)
  if (sorted.length <= limits.findings) return sorted
  const kept = sorted.slice(0, limits.findings - 1)
  return [
    ...kept,
    finding('unknown', 'more-findings', kept.at(-1)!.lines.from, { count: sorted.length - kept.length, head }),
  ]
}
