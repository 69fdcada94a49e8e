import type { Pack } from '#pack'
import type { Installation, Reading, Text } from '#platform'
import { assumptionsOf } from '../check/lost-numbers.ts'
import type { Head } from '../documents/head.ts'
import type { Names } from '../documents/names.ts'
import { heads } from '../documents/pack-head.ts'
import { type Initiative, initiatives, systemRuns, systems } from '../initiatives/definitions.ts'
import type { Cell, EstimatesDocument, Identity, Row, Table } from '../types.ts'
import { asPrinted } from './labels.rules.ts'
import type { Counts, HeadData, LineInitiative } from './shapes.ts'

export type { HeadData, LineInitiative }

/** Ids of the figures that the margin of this Head shows. */
export const figuresOf = (pack: Pack, { year, head }: { year: string; head: string }): string[] => [
  ...new Set(initiativesOf(pack, { year, head }).flatMap(({ figures }) => figures.slice(0, 1))),
]

const initiativesOf = (pack: Pack, { year, head }: { year: string; head: string }): Initiative[] =>
  pack.list(initiatives).filter(({ document }) => document === `${year}/${head}`)

export function headData(
  { pack, running }: Pick<Installation, 'pack' | 'running'>,
  found: Head,
  readings: readonly Reading[],
): HeadData {
  const { summary, document, report, exceptions, names, years } = found
  const { year, head } = document
  const packHead = pack.find(heads, `${year}/${head}`)
  // Lines are those of one text: the pack's remarks on lines only fit a document that was read from the same one.
  const sameText = packHead?.source.sha256 === document.source.sha256
  const readingOf = new Map(readings.map((reading) => [reading.id, reading]))
  return {
    year,
    head,
    title: names.head ?? { en: document.title, 'zh-Hant': document.title },
    years,
    source: { ...document.source, importedAt: summary.importedAt },
    names: namesUsed(names, document),
    counts: countsOf(report.identities, report.cells),
    document,
    identities: report.identities,
    differences: report.differences,
    suspicions: report.suspicions,
    ranges: report.ranges,
    derivations: report.derivations,
    exceptions: exceptions.map((each) => ({ ...each, signer: signerOf(pack, each.signedBy) })),
    initiatives: initiativesOf(pack, document).map((each) => ({
      ...lineInitiative(each, readingOf, sameText),
      systems: each.systems.map((id) => systemOf(pack, id, running)),
    })),
  }
}

/** A person of the pack has a name in each language; anybody else stands as they signed. */
function signerOf(pack: Pack, signedBy: string): Text {
  const id = /\(([^()]+)\)$/.exec(signedBy)?.[1]
  return pack.people.find((person) => person.id === id)?.name ?? asPrinted(signedBy)
}

/** A system as the margin names it: a reader must know whether it can be visited. */
function systemOf(pack: Pack, id: string, running: readonly string[]): LineInitiative['systems'][number] {
  const system = pack.get(systems, id)
  return { id, name: system.name, running: systemRuns(system, running) }
}

function lineInitiative(
  { id, name, document, programme, figures, matters, mentions = [], drawsOn, indicators }: Initiative,
  readingOf: ReadonlyMap<string, Reading>,
  sameText: boolean,
): Omit<LineInitiative, 'systems'> {
  const reading = readingOf.get(figures[0] ?? '')
  return {
    id,
    name,
    path: `/initiatives/${document}/${id}`,
    programme,
    lines: sameText ? [...matters, ...mentions].map(({ line }) => line) : [],
    matters: [...matters],
    item: drawsOn.item ?? null,
    indicators: [...indicators],
    figure: reading
      ? {
          id: reading.id,
          title: reading.title,
          unit: reading.unit,
          value: reading.value,
          evidence: reading.evidence,
          failed: reading.failed,
        }
      : null,
  }
}

/** Names of what this document speaks of, and not those that another year of the pack lends. */
function namesUsed(names: Names, document: EstimatesDocument): Names {
  const subjects = new Set([
    ...document.cells.map(({ subject }) => subject),
    ...document.tables.flatMap(({ rows }) => rows.map(({ subject }) => subject)),
    ...document.programmes.map(({ number }) => `programme:${number}`),
    ...document.policyAreas.flatMap(({ number }) => [`policy-area:${number}`, `secretary:${number}`]),
    ...document.footnotes.map(({ mark }) => `footnote:${mark}`),
    ...document.charts.map(({ kind }) => `chart:${kind}`),
    'controlling-officer',
  ])
  subjects.delete('head')
  return Object.fromEntries(Object.entries(names).filter(([subject]) => subjects.has(subject)))
}

export function countsOf(identities: readonly Identity[], cells: readonly Cell[]): Counts {
  const counts = {
    holds: 0,
    rounding: 0,
    fails: 0,
    unknown: 0,
    explained: 0,
    derived: 0,
    inferred: 0,
    ambiguous: 0,
    missing: 0,
  }
  for (const { outcome } of identities) counts[outcome] += 1
  for (const { status } of cells) if (status !== 'printed') counts[status] += 1
  return counts
}

/** Where to find things of a Head, made once for each page. */
export type HeadIndex = {
  cell: ReadonlyMap<string, Cell>
  identity: ReadonlyMap<string, Identity>
  /** Identities in which a cell takes part. */
  identitiesOf: ReadonlyMap<string, Identity[]>
  derivation: ReadonlyMap<string, HeadData['derivations'][number]>
  /** Where a cell stands in a table. */
  spot: ReadonlyMap<string, { table: Table; row: Row }>
  /** Rates that stand in no table, by the place and subject of the row beside which they were printed. */
  ratesOf: ReadonlyMap<string, Cell[]>
  /** Of each table, how many rows a page or a print shows of it. */
  rowsShown: number
}

const indexes = new WeakMap<HeadData, HeadIndex>()

export function indexOf(data: HeadData): HeadIndex {
  const known = indexes.get(data)
  if (known) return known
  const { cells, tables } = data.document
  const identitiesOf = new Map<string, Identity[]>()
  for (const identity of data.identities)
    for (const id of new Set([identity.claimed, ...identity.operands.map(({ cell }) => cell)])) {
      const others = identitiesOf.get(id)
      if (others) others.push(identity)
      else identitiesOf.set(id, [identity])
    }
  const spot = new Map<string, { table: Table; row: Row }>()
  for (const table of tables)
    for (const row of table.rows) for (const id of row.cells) if (id !== null) spot.set(id, { table, row })
  const rates = cells.filter(({ id, measure }) => measure === 'provision-rate' && !spot.has(id))
  const index = {
    cell: new Map(cells.map((cell) => [cell.id, cell])),
    identity: new Map(data.identities.map((identity) => [identity.id, identity])),
    identitiesOf,
    derivation: new Map(data.derivations.map((derivation) => [derivation.cell, derivation])),
    spot,
    ratesOf: Map.groupBy(rates, ({ place, subject }) => `${place} ${subject}`),
    rowsShown: rowsShown(
      tables.map(({ rows }) => rows.length),
      data.onPaper ? rowsOfPrint : rowsOfPage,
    ),
  }
  indexes.set(data, index)
  return index
}

/** Rows of one page, of all its tables together. The printed Estimates have fewer in a Head. */
const rowsOfPage = 250
/** Rows of a print: what a browser lays out in the time that it has. A print that holds fewer than there are says so. */
const rowsOfPrint = 2000

/** The most rows for each table with which all of them fit: short tables leave their share to long ones. */
function rowsShown(lengths: readonly number[], rowsMax: number): number {
  let left = rowsMax
  const sorted = lengths.toSorted((one, other) => one - other)
  for (const [at, length] of sorted.entries()) {
    const share = Math.floor(left / (sorted.length - at))
    if (length > share) return Math.max(5, share)
    left -= length
  }
  return rowsMax
}

/** The cells of a place that stand in no table: rates beside a programme's figures, amounts in prose. */
export const looseCells = (data: HeadData, test: (cell: Cell) => boolean): Cell[] =>
  data.document.cells.filter((cell) => !indexOf(data).spot.has(cell.id) && test(cell))

/**
 * A part of a Head: some of its tables and numbers, with every identity in which they take part and every number that
 * those identities need.
 */
export function partOf(data: HeadData, wanted: (cell: Cell) => boolean, programmes: readonly number[] = []): HeadData {
  const { document } = data
  const own = new Set(document.cells.filter(wanted).map(({ id }) => id))
  const identities = data.identities.filter(
    ({ claimed, operands }) => own.has(claimed) || operands.some(({ cell }) => own.has(cell)),
  )
  const rows = document.tables
    .flatMap((table) => table.rows)
    .filter(({ cells }) => cells.some((id) => id !== null && own.has(id)))
  const derivations = data.derivations.filter(({ cell }) => own.has(cell))
  const lost = document.cells.filter(({ id, status }) => own.has(id) && status !== 'printed')
  const needed = new Set<string | null>([
    ...own,
    ...lost.flatMap(assumptionsOf).map(({ cell }) => cell),
    ...rows.flatMap(({ cells }) => cells),
    ...identities.flatMap(({ claimed, operands }) => [claimed, ...operands.map(({ cell }) => cell)]),
    ...derivations.flatMap(({ terms }) => terms.map(({ cell }) => cell)),
  ])
  const tables = document.tables.filter(({ rows }) =>
    rows.some(({ cells }) => cells.some((id) => id !== null && own.has(id))),
  )
  const marks = new Set(tables.flatMap(({ rows }) => rows.flatMap((row) => row.marks)))
  return {
    ...data,
    identities,
    derivations,
    counts: countsOf(
      identities,
      document.cells.filter(({ id }) => own.has(id)),
    ),
    document: {
      ...document,
      policyAreas: [],
      programmes: document.programmes.filter(({ number }) => programmes.includes(number)),
      tables,
      cells: document.cells.filter(({ id }) => needed.has(id)),
      notes: [],
      charts: [],
      footnotes: document.footnotes.filter(({ mark }) => marks.has(mark)),
      findings: document.findings.filter(({ lines }) =>
        tables.some((table) => lines.from <= table.lines.to && lines.to >= table.lines.from),
      ),
    },
    initiatives:
      programmes.length > 0
        ? data.initiatives.filter(({ programme }) => programmes.includes(programme))
        : data.initiatives,
  }
}
