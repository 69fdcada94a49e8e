import type { Cell } from '../types.ts'

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
