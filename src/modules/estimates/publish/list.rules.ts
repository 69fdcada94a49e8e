import type { Head } from '../documents/head.ts'
import type { Cell } from '../types.ts'
import { countsOf } from './head-data.ts'
import type { HeadLine } from './shapes.ts'

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
      subject === 'head' &&
      measure === 'provision' &&
      period.when === year &&
      period.phase === 'estimate' &&
      steps !== null,
  )
  const precision = ['dollar', 'thousand', 'ten-thousand', 'million', 'hundred-million']
  return totals.toSorted((one, other) => precision.indexOf(one.unit) - precision.indexOf(other.unit))[0] ?? null
}
