import type { Cell, EstimatesDocument } from '../types.ts'
import { assemble } from './assemble.ts'
import { indexCells, isPrinted, numbered } from './equations.ts'
import { generateForms, generateFromFacts } from './generate-facts.ts'
import { generateFromTables } from './generate-tables.ts'
import { judge } from './judge.ts'
import { recover } from './recover.ts'
import type { DocumentCheck, ExplainedException } from './report.ts'

export { checkAcrossYears } from './across-years.ts'
export { DocumentCheck, ExplainedException, Report, toReport } from './report.ts'

/**
 * Every identity that the document's structure implies, judged; the cells, with the lost ones recovered where the
 * identities determine them; and where something fails, the numbers that are likely wrong. Pure and exact: no clock, no
 * floating point.
 */
export function checkDocument(
  document: EstimatesDocument,
  options: { exceptions?: readonly ExplainedException[] } = {},
): DocumentCheck {
  const index = indexCells({ ...document, cells: document.cells.map(asImported) })
  const stated = [...generateFromTables(index), ...generateFromFacts(index)]
  const equations = numbered([...stated, ...generateForms(index, stated)])
  const recovery = recover(index, equations)
  const judgements = judge(index, equations, recovery)
  return assemble({ index, equations, recovery, judgements }, options.exceptions ?? [])
}

/** Only print is evidence: a cell that an earlier check recovered is as lost as before. */
const asImported = (cell: Cell): Cell => (isPrinted(cell) ? cell : { ...cell, steps: null, nil: false })
