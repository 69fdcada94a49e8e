import { checkAcrossYears, type DocumentCheck } from '../check/check.ts'
import type { Cell, Identity, Row, Table } from '../types.ts'
import { type HeadData, indexOf } from './head-data.ts'
import { nameOf, rowName } from './labels.rules.ts'
import type { ComparedLine, Comparison } from './shapes.ts'
import { yearAfter } from './years.rules.ts'

const places = ['analysis', 'subheads', 'breakdown'] as const

/** Two years of a Head, line by line; without a second year, only what can be chosen. */
export function compareYears(data: HeadData, other: HeadData | undefined): Comparison {
  const { year, head, title, years } = data
  const none = {
    year,
    head,
    title,
    years,
    earlier: null,
    later: null,
    consecutive: false,
    tables: [],
    identities: [],
    exceptions: [],
  }
  if (!other || other.year === data.year) return none
  const [earlier, later] = data.year < other.year ? [data, other] : [other, data]
  const consecutive = yearAfter(earlier.year) === later.year
  const report = checkAcrossYears(earlier.document, later.document, { exceptions: later.exceptions })
  const { identities } = report
  const identityOf = identitiesOf(report)
  const explained = new Set(report.explained.map(({ identity }) => identity))
  const tables = places.flatMap((place) => {
    const lines = linesOf(earlier, later, place, identityOf)
    const unit = lines.map(({ earlier, later }) => (later ?? earlier)?.unit).find((each) => each !== undefined)
    return unit ? [{ place, unit, lines }] : []
  })
  const exceptions = later.exceptions.filter(({ identity }) => explained.has(identity))
  const pair = { earlier: earlier.year, later: later.year, consecutive }
  return { year, head, title, years, ...pair, tables, identities, exceptions }
}

type IdentityOf = (numbers: readonly { year: string; cell: Cell | null }[]) => ComparedLine['identity']

/**
 * The identity that compares these numbers. A document may print a line in several tables and is compared once for each
 * amount that it states: a number is known by its year, what it counts, its unit and how much it is.
 */
function identitiesOf({ identities, cells }: DocumentCheck): IdentityOf {
  const keyOf = (year: string, { subject, unit, steps }: Cell) => JSON.stringify([year, subject, unit, steps])
  const byId = new Map(cells.map((cell) => [cell.id, keyOf(cell.id.slice(0, cell.id.indexOf(':')), cell)]))
  const found = new Map<string, Identity[]>()
  for (const identity of identities)
    for (const id of [identity.claimed, ...identity.operands.map(({ cell }) => cell)]) {
      const key = byId.get(id)!
      found.set(key, [...(found.get(key) ?? []), identity])
    }
  return (numbers) => {
    const [first = [], ...others] = numbers
      .flatMap(({ year, cell }) => (cell ? [found.get(keyOf(year, cell)) ?? []] : []))
      .filter((each) => each.length > 0)
    const identity = first.find((each) => others.every((other) => other.includes(each))) ?? first[0]
    return identity ? { id: identity.id, outcome: identity.outcome } : null
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
