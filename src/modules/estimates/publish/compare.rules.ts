import type { Text } from '#platform'
import { checkAcrossYears } from '../check/check.ts'
import type { Cell, Identity, Row, Table } from '../types.ts'
import { type HeadData, indexOf } from './head-data.ts'
import { nameOf, rowName } from './labels.rules.ts'
import { yearAfter } from './years.rules.ts'

/** A line of the budget in two years: what was asked for then, what the next year calls its original, what is asked now. */
export type ComparedLine = {
  name: Text
  role: Row['role']
  earlier: Cell | null
  original: Cell | null
  later: Cell | null
  outcome: Identity['outcome'] | null
}

export type Comparison = {
  year: string
  head: string
  title: Text
  years: string[]
  earlier: string | null
  later: string | null
  /** Whether the later year follows the earlier one, so that estimate and original must agree. */
  consecutive: boolean
  tables: { place: Table['place']; unit: Cell['unit']; lines: ComparedLine[] }[]
  identities: Identity[]
}

const places = ['analysis', 'subheads', 'breakdown'] as const

/** Two years of a Head, line by line; without a second year, only what can be chosen. */
export function compareYears(data: HeadData, other: HeadData | undefined): Comparison {
  const { year, head, title, years } = data
  const none = { year, head, title, years, earlier: null, later: null, consecutive: false, tables: [], identities: [] }
  if (!other || other.year === data.year) return none
  const [earlier, later] = data.year < other.year ? [data, other] : [other, data]
  const consecutive = yearAfter(earlier.year) === later.year
  const { identities } = checkAcrossYears(earlier.document, later.document, { exceptions: later.exceptions })
  const outcomes = new Map(identities.map(({ id, outcome }) => [id.replace(/#\d+$/, ''), outcome]))
  const tables = places.flatMap((place) => {
    const lines = linesOf(earlier, later, place, (subject) => (consecutive ? (outcomes.get(`across-years/${place}/${subject}/${earlier.year}`) ?? null) : null))
    const unit = lines.map(({ earlier, later }) => (later ?? earlier)?.unit).find((each) => each !== undefined)
    return unit ? [{ place, unit, lines }] : []
  })
  return { year, head, title, years, earlier: earlier.year, later: later.year, consecutive, tables, identities }
}

type OutcomeOf = (subject: string) => Identity['outcome'] | null

function linesOf(earlier: HeadData, later: HeadData, place: Table['place'], outcomeOf: OutcomeOf): ComparedLine[] {
  const [before, after] = [earlier, later].map((data) => rowsOf(data, place)) as [Found[], Found[]]
  const keyOf = ({ row, data }: Found) => (/^(line|group):/.test(row.subject) ? nameOf(data, row.subject)['zh-Hant'] : row.subject) + row.role
  const byKey = new Map(before.map((found) => [keyOf(found), found]))
  const lines = after.map((found) => {
    const same = byKey.get(keyOf(found))
    byKey.delete(keyOf(found))
    return compared(same, found, outcomeOf)
  })
  return [...lines, ...[...byKey.values()].map((found) => compared(found, undefined, outcomeOf))]
}

type Found = { data: HeadData; table: Table; row: Row }

const rowsOf = (data: HeadData, place: Table['place']): Found[] =>
  data.document.tables
    .filter((table) => table.place === place)
    .flatMap((table) => table.rows.filter(({ role }) => role !== 'group').map((row) => ({ data, table, row })))

function compared(earlier: Found | undefined, later: Found | undefined, outcomeOf: OutcomeOf): ComparedLine {
  const found = (later ?? earlier)!
  const at = (from: Found | undefined, phase: string): Cell | null => {
    if (!from) return null
    const column = from.table.columns.findIndex(({ period }) => period.phase === phase)
    return indexOf(from.data).cell.get(from.row.cells[column] ?? '') ?? null
  }
  return {
    name: rowName(found.data, found.row, found.table),
    role: found.row.role,
    earlier: at(earlier, 'estimate'),
    original: at(later, 'original'),
    later: at(later, 'estimate'),
    outcome: outcomeOf(found.row.subject),
  }
}
