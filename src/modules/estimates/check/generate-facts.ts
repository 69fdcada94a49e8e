import type { Cell, Measure, Period } from '../types.ts'
import { thousandDollars } from './amounts.ts'
import {
  type CellIndex,
  cellsAt,
  cellsOf,
  type Equation,
  equation,
  isPrinted,
  isUnreadable,
  isVoted,
  precisionOf,
  type Relation,
  type Term,
} from './equations.ts'
import { preferPrinted } from './generate-tables.ts'

/** What cells say by their coordinates: the same fact in several places, changes, rates, posts and supplements. */
export const generateFromFacts = (index: CellIndex): Equation[] => [
  ...[...index.at].flatMap(([coordinates, cells]) => sames(index, coordinates, cells)),
  ...index.cells.flatMap((cell, claimed) => (generators[cell.measure] ?? nothing)(index, cell, claimed)),
  ...posts(index),
  ...wholes(index),
]

type Generator = (index: CellIndex, cell: Cell, claimed: number) => Equation[]
const nothing: Generator = () => []

const generators: Partial<Record<Measure, Generator>> = {
  'provision-change': (index, cell, claimed) => differences(index, cell, claimed, 'change', 'restates'),
  'provision-rate': (index, cell, claimed) => differences(index, cell, claimed, 'rate', 'rate'),
  'approved-increase': supplements,
}

/** Cells that state the same fact with the same precision must be equal; less precise ones round the most precise one. */
function sames(index: CellIndex, coordinates: string, cells: readonly number[]): Equation[] {
  if (cells.length < 2) return []
  const classes = Map.groupBy(cells, (cell) => precisionOf(index, cell))
  const anchors = [...classes]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, members]) => ({ anchor: anchorOf(index, members), members }))
  const reference = anchors.find(({ anchor }) => isKnown(index, anchor)) ?? anchors[0]!
  const finer = anchors.slice(0, anchors.indexOf(reference))
  const same = (claimed: number, cell: number) => {
    const places = `${index.cells[claimed]!.place}~${index.cells[cell]!.place}`
    return equation(index, {
      id: `same/${coordinates}/${places}`,
      kind: 'same',
      relation: 'restates',
      claimed,
      terms: [{ cell, sign: 1 }],
    })
  }
  return anchors.flatMap(({ anchor, members }) => {
    // Every place is compared with the first of its own precision and, if it is printed, with the most precise one: the
    // cover is held against both the table and the exact amount. A lost cell is tied once, or it would check itself.
    const inClass = members.filter((cell) => cell !== anchor).map((cell) => same(cell, anchor))
    if (finer.some((one) => one.anchor === anchor)) return [same(reference.anchor, anchor), ...inClass]
    if (anchor === reference.anchor) return inClass
    const known = members.filter((cell) => cell === anchor || (isKnown(index, cell) && isKnown(index, anchor)))
    return [...known.map((cell) => same(cell, reference.anchor)), ...inClass]
  })
}

/** Among equally precise cells a printed one in a table speaks first, then any printed one. */
function anchorOf(index: CellIndex, members: readonly number[]): number {
  return members.find((cell) => isKnown(index, cell) && index.tableOf.has(cell)) ?? preferPrinted(index, members)!
}

const isKnown = ({ cells }: CellIndex, cell: number) => isPrinted(cells[cell]!)

/** A change is `period` less `base`; a rate is that change in per cent of `base`. */
function differences(
  index: CellIndex,
  cell: Cell,
  claimed: number,
  kind: 'change' | 'rate',
  relation: Relation,
): Equation[] {
  if (!cell.base) return []
  const find = (period: Period) => choose(index, cellsAt(index, cell.subject, 'provision', period), claimed)
  const [now, before] = [find(cell.period), find(cell.base)]
  const terms: Term[] = []
  const tooRough = [now, before].some((one) => one !== undefined && isTooRough(index, claimed, one))
  if (now !== undefined) terms.push({ cell: now, sign: 1 })
  if (before !== undefined) terms.push({ cell: before, sign: -1 })
  const base = `${cell.base.when}.${cell.base.phase}`
  const id = `${kind}/${cell.place}/${cell.subject}/${cell.period.when}.${cell.period.phase}~${base}`
  // A percentage of two amounts that are not equally precise may round either way, so it proves nothing.
  const uneven = relation === 'rate' && new Set(terms.map((term) => precisionOf(index, term.cell))).size > 1
  const shape = { id, kind, relation: tooRough ? 'near' : relation, claimed, terms } as const
  return [equation(index, { ...shape, incomplete: terms.length < 2 || uneven })]
}

/**
 * Which of the places that print an amount a change or rate speaks of: its own table, its own place, else the most
 * precise one that is not more precise than the claim. 5.4 % is the rate of 1,809.8 million; the thousands give 5.5 %.
 * Only then comes what is printed and what is lost: a lost number is not replaced by a rounder print of it.
 */
function choose(index: CellIndex, candidates: readonly number[], claimed: number): number | undefined {
  const table = index.tableOf.get(claimed)
  const inTable = (cell: number) => table !== undefined && index.tableOf.get(cell) === table
  const inPlace = (cell: number) => index.cells[cell]!.place === index.cells[claimed]!.place
  const precision = precisionSpokenOf(index, candidates, claimed, candidates.find(inTable) ?? candidates.find(inPlace))
  const equal = candidates.filter((cell) => precisionOf(index, cell) === precision)
  const known = equal.filter((cell) => isKnown(index, cell))
  return known.find(inTable) ?? known.find(inPlace) ?? known[0] ?? equal.find(inTable) ?? equal[0]
}

function precisionSpokenOf(
  index: CellIndex,
  candidates: readonly number[],
  claimed: number,
  near: number | undefined,
): bigint | undefined {
  if (near !== undefined) return precisionOf(index, near)
  const sorted = [...new Set(candidates.map((cell) => precisionOf(index, cell)))].sort((one, other) =>
    one < other ? -1 : 1,
  )
  if (index.cells[claimed]!.unit === 'rate') return sorted.at(-1)
  const precision = precisionOf(index, claimed)
  return sorted.find((one) => one >= precision) ?? sorted.at(-1)
}

/** Prose in 萬元 or 億元 restates the table in millions. An amount to the thousand comes from a table as exact as it. */
const isTooRough = (index: CellIndex, claimed: number, cell: number) =>
  index.cells[claimed]!.unit !== 'rate' &&
  precisionOf(index, claimed) <= thousandDollars &&
  precisionOf(index, cell) > thousandDollars

/** A footnote's “$800 million, now $300 million more” makes the approved commitment. */
function supplements(index: CellIndex, cell: Cell, increase: number): Equation[] {
  const find = (measure: Measure) => preferPrinted(index, cellsAt(index, cell.subject, measure, cell.period))
  const [claimed, before] = [find('approved'), find('approved-before')]
  if (claimed === undefined) return []
  const terms: Term[] = [{ cell: increase, sign: 1 }]
  if (before !== undefined) terms.unshift({ cell: before, sign: 1 })
  const id = `supplement/${cell.subject}/${cell.period.when}`
  return [
    equation(index, { id, kind: 'supplement', relation: 'restates', claimed, terms, incomplete: before === undefined }),
  ]
}

/** Posts at a year's end, posts of both kinds together, and the programmes' changes together. */
function posts(index: CellIndex): Equation[] {
  const equations: Equation[] = []
  const add = (id: string, claimed: number, terms: Term[]) =>
    equations.push(equation(index, { id: `posts/${id}`, kind: 'posts', relation: 'adds', claimed, terms }))
  const find = (subject: string, measure: Measure, period: Period, base?: Period) =>
    preferPrinted(index, cellsAt(index, subject, measure, period, base))
  const plus = (...cells: number[]) => cells.map((cell): Term => ({ cell, sign: 1 }))

  for (const coordinates of index.at.values()) {
    const claimed = preferPrinted(index, coordinates)!
    const { subject, measure, period, base } = index.cells[claimed]!
    if (measure === 'all-posts') {
      const [posts, directorate] = [find(subject, 'posts', period), find(subject, 'directorate-posts', period)]
      if (posts !== undefined && directorate !== undefined)
        add(`${subject}/all-posts/${period.when}`, claimed, plus(posts, directorate))
    }
    if ((measure !== 'posts-change' && measure !== 'all-posts-change') || !base) continue
    const stock = measure === 'posts-change' ? 'posts' : 'all-posts'
    const [start, end] = [find(subject, stock, base), find(subject, stock, period)]
    if (start !== undefined && end !== undefined)
      add(`${subject}/${stock}/${period.when}/change`, end, plus(start, claimed))
    if (start !== undefined && end === undefined && stock === 'all-posts') {
      // The year-end total is not printed: both ways to it must meet, 724 + 26 = 735 + 15.
      const [posts, directorate] = [find(subject, 'posts', period), find(subject, 'directorate-posts', period)]
      if (posts !== undefined && directorate !== undefined)
        add(`${subject}/${measure}/${period.when}`, claimed, [...plus(posts, directorate), { cell: start, sign: -1 }])
    }
    if (subject === 'head') {
      const parts = index.document.programmes
        .map(({ number }) => find(`programme:${number}`, measure, period, base))
        .filter((cell) => cell !== undefined)
      if (parts.length > 0) add(`programmes/${measure}/${period.when}`, claimed, plus(...parts))
    }
  }
  return equations
}

/**
 * What no recovery and no rounding may hide. Where other identities need a number, what is printed must be one. And a
 * table, or a part of the document outside tables, prints one unit with one number of decimals: a digit too many or too few
 * may still be the same amount, rounded.
 */
export function generateForms(index: CellIndex, equations: readonly Equation[]): Equation[] {
  const speaking = new Set(equations.flatMap((one) => [...cellsOf(one)]))
  const form = (claimed: number, what: string) =>
    equation(index, {
      id: `same/${index.cells[claimed]!.id}/${what}`,
      kind: 'same',
      relation: 'form',
      claimed,
      terms: [],
    })
  const unreadable = [...speaking].filter((cell) => isUnreadable(index.cells[cell]!))
  const groups = Map.groupBy(
    [...speaking].filter((cell) => isPrinted(index.cells[cell]!) && !index.cells[cell]!.nil),
    (cell) => `${index.tableOf.get(cell) ?? index.cells[cell]!.place} ${index.cells[cell]!.unit}`,
  )
  return [
    ...unreadable.map((cell) => form(cell, 'legible')),
    ...[...groups.values()].flatMap((cells) => unevenIn(index, cells).map((cell) => form(cell, 'decimals'))),
  ]
}

/** Cells with other decimals than at least two thirds of their group. */
function unevenIn(index: CellIndex, group: readonly number[]): number[] {
  const alike = [...Map.groupBy(group, (cell) => index.cells[cell]!.decimals).values()]
  const usual = alike.reduce((one, other) => (other.length > one.length ? other : one))
  return usual.length * 3 < group.length * 2 ? [] : group.filter((cell) => !usual.includes(cell))
}

/** In a document that votes thousands, an amount in dollars restates thousands and so ends in 000. */
function wholes(index: CellIndex): Equation[] {
  if (!index.votesThousands) return []
  return index.cells.flatMap((cell, claimed) => {
    if (cell.unit !== 'dollar' || !isVoted(cell) || !isPrinted(cell)) return []
    return [
      equation(index, { id: `same/${cell.id}/whole-thousands`, kind: 'same', relation: 'whole', claimed, terms: [] }),
    ]
  })
}
