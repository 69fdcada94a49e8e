import { formatExact, stepOf } from '../check/amounts.ts'
import { phases } from '../check/sentences.ts'
import type { Cell, EstimatesDocument, Measure, Phase, Table, Unit } from '../types.ts'
import type { SubjectNames } from './document-tables.ts'

/** A document as the resources of a fiscal package read it: each fact once, with the names of what it speaks of. */
export type Facts = {
  document: EstimatesDocument
  /** The best cell of every fact: one that stands in a table before one in a sentence, a known one before a lost one. */
  cells: readonly Cell[]
  nameOf: (subject: string) => Name
  headName: Name
  /** `operating` for `subhead:000`; empty where no table says. */
  accountOf: (subject: string) => string
  /** `700` for `commitment:801`. */
  subheadOf: (subject: string) => string
  phaseOf: (phase: Phase) => FiscalPhase
}

export type Name = { printed: string; en: string; zhHant: string }
type FiscalPhase = 'executed' | 'approved' | 'adjusted' | 'proposed'

/** `appropriated`: the estimate of the year has been voted, so that it is no proposal any more. */
export function factsOf(document: EstimatesDocument, names: SubjectNames, appropriated: boolean): Facts {
  const labels = labelsOf(document)
  const parents = parentsOf(document)
  const commitments = subheadsOfCommitments(document)
  const nameFrom = (printed: string, known: SubjectNames[string] | undefined): Name => ({
    printed,
    en: known?.en ?? (document.language === 'en' ? printed : ''),
    zhHant: known?.['zh-Hant'] ?? (document.language === 'zh-Hant' ? printed : ''),
  })
  return {
    document,
    cells: bestCells(document),
    nameOf: (subject) => nameFrom(labels.get(subject) ?? '', names[subject]),
    headName: nameFrom(document.title, names.head),
    accountOf(subject) {
      for (
        let parent = parents.get(subject), steps = 0;
        parent !== undefined && steps < 10;
        parent = parents.get(parent), steps++
      )
        if (parent.startsWith('account:')) return parent.slice('account:'.length)
      return ''
    },
    subheadOf: (subject) => commitments.get(subject) ?? '',
    phaseOf: (phase) =>
      phase === 'actual'
        ? 'executed'
        : phase === 'revised'
          ? 'adjusted'
          : phase === 'estimate' && !appropriated
            ? 'proposed'
            : 'approved',
  }
}

export const columnName = (phase: Phase): string => phases[phase].en

function labelsOf(document: EstimatesDocument): Map<string, string> {
  const labels = new Map([['head', document.title]])
  for (const { number, name } of document.programmes) labels.set(`programme:${number}`, name)
  for (const { rows } of document.tables)
    for (const { subject, label } of rows) if (label !== '' && !labels.has(subject)) labels.set(subject, label)
  return labels
}

/** What a row is a part of: the group that it stands under, else the total that adds it up. */
function parentsOf({ tables }: EstimatesDocument): Map<string, string> {
  const rows = tables.flatMap((table) => table.rows)
  const groups = rows.flatMap(({ subject, group }): [string, string][] =>
    group && group !== subject ? [[subject, group]] : [],
  )
  const sums = rows.flatMap(({ subject, sumOf }) =>
    sumOf.flatMap((part): [string, string][] => (part === subject ? [] : [[part, subject]])),
  )
  return new Map([...sums, ...groups])
}

/** A commitment stands below the row of the subhead that pays for it. */
function subheadsOfCommitments({ tables }: EstimatesDocument): Map<string, string> {
  const all = tables.filter(({ place }) => place === 'commitments').flatMap(({ rows }) => rows)
  return new Map(
    all.map(({ subject, group }) => [subject, group?.startsWith('subhead:') ? group.slice('subhead:'.length) : '']),
  )
}

const coordinates = ({ subject, measure, period, base }: Cell) =>
  [subject, measure, period.when, period.phase, base?.when, base?.phase].join('/')

function bestCells({ cells, tables }: EstimatesDocument): Cell[] {
  const tableOf = new Map<string, Table>()
  for (const table of tables)
    for (const { cells: ids } of table.rows) for (const id of ids) if (id !== null) tableOf.set(id, table)
  // A programme is printed in its own table and in the analysis of all: the analysis adds up, so it comes first.
  const rank = (cell: Cell) =>
    (cell.steps === null ? 8 : 0) +
    (cell.status === 'printed' ? 0 : 4) +
    (tableOf.has(cell.id) ? 0 : 2) +
    (tableOf.get(cell.id)?.place === 'programme' ? 1 : 0)
  const best = new Map<string, Cell>()
  for (const cell of cells) {
    const key = coordinates(cell)
    const before = best.get(key)
    const better = before ? rank(before) - rank(cell) : 1
    // Of two prints of one fact, the one in the smaller unit says more.
    if (better > 0 || (better === 0 && before && stepOf(cell) < stepOf(before))) best.set(key, cell)
  }
  return [...best.values()]
}

/** Dollars in one unit: the factor of a fiscal package. */
export const factorOf = (unit: Unit): number =>
  Number(stepOf({ unit, decimals: 0 }) / stepOf({ unit: 'dollar', decimals: 0 }))

/** The finest unit of some amounts: what each of them can be written in without loss. */
export const finestUnit = (cells: readonly Cell[]): Unit =>
  cells.reduce<Unit | undefined>(
    (unit, cell) => (unit === undefined || factorOf(cell.unit) < factorOf(unit) ? cell.unit : unit),
    undefined,
  ) ?? 'dollar'

/** An amount in another unit, exactly, with at least the decimals that its own print implies. */
export function valueIn(unit: Unit, { steps, decimals, unit: own }: Cell): string | null {
  if (steps === null) return null
  const exact = BigInt(steps) * stepOf({ unit: own, decimals })
  return formatExact(exact, { unit, decimals: own === unit ? decimals : 0 }).replaceAll(',', '')
}

const moneyMeasures: readonly Measure[] = [
  'approved',
  'accumulated',
  'revised-spending',
  'balance',
  'approved-before',
  'approved-increase',
]
export const isCommitmentMoney = ({ subject, measure }: Cell): boolean =>
  subject.startsWith('commitment:') && moneyMeasures.includes(measure)
