import { type Language, say, type Text, texts } from '#platform'
import { exactOf, stepOf } from '../check/amounts.ts'
import { measures, periodName, unitNames } from '../check/sentences.ts'
import type { Cell, EstimatesDocument } from '../types.ts'
import { linesWritten, notesOf } from './document-tables.ts'
import type { DownloadCell, DownloadTable } from './tables.ts'

const words = texts({
  what: { en: 'What is counted', 'zh-Hant': '項目' },
  of: { en: 'Of', 'zh-Hant': '所屬' },
  when: { en: 'When', 'zh-Hant': '時間' },
  number: { en: 'Number', 'zh-Hant': '數目' },
  unit: { en: 'Unit', 'zh-Hant': '單位' },
  notes: { en: 'Notes', 'zh-Hant': '附註' },
  lines: { en: 'Source lines', 'zh-Hant': '來源行號' },
  against: { en: '{when} against {base}', 'zh-Hant': '{when}較 {base}' },
})

export const establishmentId = 'establishment'

/** What the sentences of a document say of posts, in the order of what is counted. */
export function postsOf({ cells, tables }: Pick<EstimatesDocument, 'cells' | 'tables'>): [Cell, ...Cell[]][] {
  const order = Object.keys(measures)
  const tabled = new Set(tables.flatMap(({ rows }) => rows.flatMap((row) => row.cells)))
  const posts = cells.filter(
    ({ id, measure }) => (measure.includes('posts') || measure === 'salary-ceiling') && !tabled.has(id),
  )
  const keyOf = ({ subject, measure, period, base }: Cell) =>
    JSON.stringify([subject, measure, period.when, base?.when])
  return [...Map.groupBy(posts, keyOf).values()]
    .flatMap(countsOf)
    .toSorted(([one], [other]) => order.indexOf(one.measure) - order.indexOf(other.measure))
}

/** The most exact print of each count, with those that print the same or round it. */
function countsOf(cells: readonly Cell[]): [Cell, ...Cell[]][] {
  const counts: [Cell, ...Cell[]][] = []
  for (const cell of cells.toSorted((one, other) => (stepOf(one) < stepOf(other) ? -1 : 1))) {
    const same = counts.find(([exact]) => isSame(exact, cell))
    if (same) same.push(cell)
    else counts.push([cell])
  }
  return counts
}

function isSame(exact: Cell, cell: Cell): boolean {
  if (exact.steps === null || cell.steps === null) return exact.steps === cell.steps
  const difference = exactOf(exact) - exactOf(cell)
  const rounding = stepOf(cell) > stepOf(exact) ? stepOf(cell) : 0n
  return 2n * (difference < 0n ? -difference : difference) <= rounding
}

/** The posts as a table to take away; nothing where the source says nothing of them. */
export function establishmentTable(
  document: EstimatesDocument,
  { language, title, nameOf }: { language: Language; title: string; nameOf: (subject: string) => Text },
): DownloadTable | undefined {
  const counts = postsOf(document)
  if (counts.length === 0) return undefined
  const text = (label: Text) => ({ label: say(label, language), kind: 'text' as const })
  const whenOf = ({ period, base }: Cell) => {
    const when = periodName(period, language)
    return base ? say(words.against, language, { when, base: periodName(base, language) }) : when
  }
  return {
    name: establishmentId,
    title,
    columns: [
      ...[words.what, words.of, words.when].map(text),
      { label: say(words.number, language), kind: 'number' },
      ...[words.unit, words.notes, words.lines].map(text),
    ],
    rows: counts.map(([cell, ...others]): DownloadCell[] => [
      say(measures[cell.measure], language),
      say(nameOf(cell.subject), language),
      whenOf(cell),
      cell.steps === null ? null : { steps: cell.steps, decimals: cell.decimals, nil: cell.nil },
      say(unitNames[cell.unit], language),
      notesOf(cell, language).join(', '),
      [...new Set([cell, ...others].map(({ lines }) => linesWritten(lines)))].join(', '),
    ]),
  }
}
