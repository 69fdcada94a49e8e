import { checkAcrossYears, type DocumentCheck } from '../check/check.ts'
import type { Cell, Row, Table } from '../types.ts'
import { type HeadData, indexOf } from './head-data.ts'
import { nameOf, rowName } from './labels.rules.ts'
import type { ComparedLine, Comparison } from './shapes.ts'
import { yearAfter } from './years.rules.ts'

const places = ['analysis', 'subheads', 'breakdown'] as const

/** Two years of a Head, line by line; without a second year, only what can be chosen. */
export function compareYears(data: HeadData, other: HeadData | undefined): Comparison {
  const { year, head, title, years } = data
  const none = { year, head, title, years, earlier: null, later: null, consecutive: false, tables: [], identities: [] }
  if (!other || other.year === data.year) return none
  const [earlier, later] = data.year < other.year ? [data, other] : [other, data]
  const consecutive = yearAfter(earlier.year) === later.year
  const report = checkAcrossYears(earlier.document, later.document, { exceptions: later.exceptions })
  const { identities } = report
  const identityOf = identitiesOf(report)
  const tables = places.flatMap((place) => {
    const lines = linesOf(earlier, later, place, identityOf)
    const unit = lines.map(({ earlier, later }) => (later ?? earlier)?.unit).find((each) => each !== undefined)
    return unit ? [{ place, unit, lines }] : []
  })
  return { year, head, title, years, earlier: earlier.year, later: later.year, consecutive, tables, identities }
}

type IdentityOf = (numbers: readonly { year: string; cell: Cell | null }[]) => ComparedLine['identity']

/**
 * The identity in which one of these numbers takes part. A document may print a line in several tables and is compared once
 * by the first of them: the others are known by what they count and in which unit.
 */
function identitiesOf({ identities, cells }: DocumentCheck): IdentityOf {
  const unitOf = ({ subject, unit }: Cell) => `${subject} ${unit}`
  const cell = new Map(cells.map((each) => [each.id, each]))
  const found = new Map<string, NonNullable<ComparedLine['identity']>>()
  for (const { id, outcome, claimed, operands } of identities)
    for (const number of [claimed, ...operands.map((operand) => operand.cell)])
      for (const key of [number, unitOf(cell.get(number)!)]) if (!found.has(key)) found.set(key, { id, outcome })
  return (numbers) => {
    const known = numbers.flatMap(({ year, cell }) => (cell ? [{ year, cell }] : []))
    const keys = [...known.map(({ year, cell }) => `${year}:${cell.id}`), ...known.map(({ cell }) => unitOf(cell))]
    return keys.map((key) => found.get(key)).find((each) => each !== undefined) ?? null
  }
}

function linesOf(earlier: HeadData, later: HeadData, place: Table['place'], identityOf: IdentityOf): ComparedLine[] {
  const [before, after] = [earlier, later].map((data) => rowsOf(data, place)) as [Found[], Found[]]
  const keyOf = ({ row, data }: Found) =>
    (/^(line|group):/.test(row.subject) ? nameOf(data, row.subject)['zh-Hant'] : row.subject) + row.role
  const byKey = new Map(before.map((found) => [keyOf(found), found]))
  const lines = after.map((found) => {
    const same = byKey.get(keyOf(found))
    byKey.delete(keyOf(found))
    return compared(same, found, identityOf)
  })
  return [...lines, ...[...byKey.values()].map((found) => compared(found, undefined, identityOf))]
}

type Found = { data: HeadData; table: Table; row: Row }

const rowsOf = (data: HeadData, place: Table['place']): Found[] =>
  data.document.tables
    .filter((table) => table.place === place)
    .flatMap((table) => table.rows.filter(({ role }) => role !== 'group').map((row) => ({ data, table, row })))

function compared(earlier: Found | undefined, later: Found | undefined, identityOf: IdentityOf): ComparedLine {
  const found = (later ?? earlier)!
  const at = (from: Found | undefined, phase: string): Cell | null => {
    if (!from) return null
    const column = from.table.columns.findIndex(({ period }) => period.phase === phase)
    return indexOf(from.data).cell.get(from.row.cells[column] ?? '') ?? null
  }
  const [estimate, original] = [at(earlier, 'estimate'), at(later, 'original')]
  return {
    name: rowName(found.data, found.row, found.table),
    role: found.row.role,
    earlier: estimate,
    original,
    later: at(later, 'estimate'),
    identity: identityOf([
      { year: later?.data.year ?? '', cell: original },
      { year: earlier?.data.year ?? '', cell: estimate },
    ]),
  }
}
