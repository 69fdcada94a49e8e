import type { Text } from '#platform'
import type { Head } from '../documents/head.ts'
import type { Cell } from '../types.ts'
import { type Counts, countsOf } from './head-data.ts'

/** A Head as a list shows it: its name, its estimate, and what checking found. */
export type HeadLine = {
  year: string
  head: string
  title: Text
  source: 'text' | 'table' | 'pack'
  programmes: number
  estimate: Cell | null
  counts: Counts
}

export function line({ document, names, summary, report }: Head): HeadLine {
  return {
    year: document.year,
    head: document.head,
    title: names.head ?? { en: document.title, 'zh-Hant': document.title },
    source: summary.sourceKind,
    programmes: document.programmes.length,
    estimate: estimateOf(report.cells, document.year),
    counts: countsOf(report.identities, report.cells),
  }
}

/** The Head's estimate, as precisely as the document states it. */
export function estimateOf(cells: readonly Cell[], year: string): Cell | null {
  const totals = cells.filter(
    ({ subject, measure, period, steps }) =>
      subject === 'head' && measure === 'provision' && period.when === year && period.phase === 'estimate' && steps !== null,
  )
  const precision = ['dollar', 'thousand', 'ten-thousand', 'million', 'hundred-million']
  return totals.toSorted((one, other) => precision.indexOf(one.unit) - precision.indexOf(other.unit))[0] ?? null
}
