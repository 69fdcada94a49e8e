import { type Static, Type } from 'typebox'
import type { Pack } from '#pack'
import { Text } from '#platform'
import type { Head } from '../documents/head.ts'
import { heads } from '../documents/pack-head.ts'
import { anchorOf, cellPath, nameOf, writeAmount } from '../publish/labels.rules.ts'
import { type Cell, CellStatus, Measure, Period, Unit } from '../types.ts'
import type { Initiative } from './definitions.ts'

/* Where the money of an initiative stands in the Estimates, and the amounts that they print of it. */

/** An amount of the document: as printed, in words, and the page with all about this number. */
export type Amount = Static<typeof Amount>
export const Amount = Type.Object({
  cell: Type.String(),
  path: Type.String(),
  measure: Measure,
  period: Period,
  /** Null where the source lost the number and others give it. */
  printed: Type.Union([Type.String(), Type.Null()]),
  unit: Unit,
  status: CellStatus,
  text: Text,
})

/**
 * The line of the budget that pays. `inferred`: the document does not say which one. `amounts`: of the commitment or of
 * the line inside the subhead; `whole`: they are for this initiative alone, else the document does not say how much is.
 */
export type BudgetLine = Static<typeof BudgetLine>
export const BudgetLine = Type.Object({
  path: Type.String(),
  /** Of the line inside the subhead that names the initiative. */
  name: Type.Union([Text, Type.Null()]),
  subhead: Type.String(),
  item: Type.Union([Type.String(), Type.Null()]),
  inferred: Type.Boolean(),
  amounts: Type.Array(Amount),
  whole: Type.Boolean(),
  programme: Type.Integer(),
  programmeName: Text,
  programmePath: Type.String(),
  /** Of the whole programme, in the year of the document. */
  provision: Type.Union([Amount, Type.Null()]),
})

export function lineOf(pack: Pack, initiative: Initiative, head: Head | undefined): BudgetLine {
  const { document, programme, drawsOn } = initiative
  const at = `/estimates/${document}`
  const inside = drawsOn.item === undefined ? lineInside(pack, initiative) : undefined
  const subject = drawsOn.item === undefined ? (inside ?? `subhead:${drawsOn.subhead}`) : `commitment:${drawsOn.item}`
  const own = head && subject.startsWith('subhead:') ? [] : amountsOf(head, subject)
  return {
    path: `${at}/${drawsOn.item === undefined ? 'subheads' : 'commitments'}#${anchorOf(subject)}`,
    name: head && inside ? nameOf(head, inside) : null,
    subhead: drawsOn.subhead,
    item: drawsOn.item ?? null,
    inferred: drawsOn.line === undefined,
    amounts: own,
    whole: own.length > 0 && drawsOn.line !== undefined,
    programme,
    programmeName: head ? nameOf(head, `programme:${programme}`) : { en: `${programme}`, 'zh-Hant': `${programme}` },
    programmePath: `${at}/programmes/${programme}`,
    provision: amountsOf(head, `programme:${programme}`)[0] ?? null,
  }
}

/** The line of a subhead's breakdown that the pack names. By its subject, as another text of the Head has other lines. */
function lineInside(pack: Pack, { document, drawsOn: { line } }: Initiative): string | undefined {
  if (line === undefined) return undefined
  const rows = pack.find(heads, document)?.tables.flatMap(({ rows }) => rows) ?? []
  const stands = (lines: number | string) => {
    const [from = 0, to = from] = `${lines}`.split('-').map(Number)
    return from <= line && line <= to
  }
  return rows.find(({ subject, lines }) => subject.startsWith('line:') && stands(lines))?.subject
}

const told: readonly Cell['measure'][] = ['approved', 'balance', 'provision']
const tables: readonly Cell['place'][] = ['programme', 'analysis', 'breakdown', 'commitments']

/** What a commitment has and has left, what a programme or a line has for the year: each as its table prints it. */
function amountsOf(head: Head | undefined, subject: string): Amount[] {
  if (!head) return []
  const { year, cells } = head.document
  const own = cells.filter(
    ({ period, base, ...cell }) =>
      cell.subject === subject &&
      cell.steps !== null &&
      tables.includes(cell.place) &&
      period.when === year &&
      period.phase === 'estimate' &&
      base === undefined,
  )
  return told.flatMap((measure) => {
    const cell = own.find((each) => each.measure === measure)
    return cell ? [describeAmount(head, cell)] : []
  })
}

function describeAmount({ document }: Head, cell: Cell): Amount {
  const { id, measure, period, printed, unit, status } = cell
  const text = { en: writeAmount(cell, 'en'), 'zh-Hant': writeAmount(cell, 'zh-Hant') }
  return { cell: id, path: cellPath(document, id), measure, period, printed, unit, status, text }
}
