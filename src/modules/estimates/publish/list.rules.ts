import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { toDollars } from '../check/amounts.ts'
import type { DocumentCheck } from '../check/check.ts'
import type { Cell, EstimatesDocument } from '../types.ts'
import { countsOf } from './head-data.ts'

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

const checkerFolder = new URL('../check/', import.meta.url)

/** Which program counted: the SHA-256 of its checker, so that nobody has to remember to number it. */
export const checker = readdirSync(checkerFolder)
  .filter((name) => /^[a-z-]+[.][jt]s$/.test(name))
  .sort()
  .reduce((hash, name) => hash.update(readFileSync(new URL(name, checkerFolder))), createHash('sha256'))
  .digest('hex')

/** What checking a document found, as `estimates.head_line` keeps it. `place` is the document's in a list. */
export function lineRow(
  place: number,
  { year, programmes }: EstimatesDocument,
  { identities, cells }: DocumentCheck,
  exceptionId = 0,
) {
  const estimate = estimateOf(cells, year)
  return {
    document: place,
    exception_id: exceptionId,
    checker,
    programmes: programmes.length,
    estimate,
    dollars: estimate && String(toDollars(estimate)),
    ...countsOf(identities, cells),
  }
}
