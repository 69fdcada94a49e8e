import type { Installation, Language } from '#platform'
import { toReport } from '../check/check.ts'
import { linesOf } from '../publish/list.ts'
import { listAllExceptions } from './exceptions.sql.ts'
import { readHead } from './head.ts'
import type { ImportedData } from './imported.page.tsx'
import { listImported } from './imports.sql.ts'

/** A file may bring thousands of Heads; what is found in them is read a page at a time. */
const headsShown = 20

/** What an import brought, as checking finds it now: Heads that fail first, and the sums over all of them. */
export async function readImported(
  { sql, pack }: Pick<Installation, 'sql' | 'pack'>,
  importId: number,
  page: number,
  language: Language,
): Promise<Pick<ImportedData, 'heads' | 'current' | 'page' | 'pages' | 'documents' | 'counts'>> {
  const [summaries, exceptions] = await Promise.all([listImported(sql, importId), listAllExceptions(sql)])
  const sources = summaries.map((summary) => ({
    summary,
    exceptions: exceptions.get(`${summary.year}/${summary.head}`) ?? [],
    years: [],
  }))
  const lines = await linesOf({ sql, pack }, sources)
  const sum = (count: (counts: (typeof lines)[number]['counts']) => number) =>
    lines.reduce((total, line) => total + count(line.counts), 0)
  const order = lines
    .map(({ counts }, at) => ({ at, fails: counts.fails }))
    .toSorted((one, other) => other.fails - one.fails)
  const shown = order.slice((page - 1) * headsShown, page * headsShown).map(({ at }) => sources[at]!)
  const documents = await Promise.all(
    shown.map(async (source) => {
      const { document, report } = await readHead({ sql, pack }, source)
      const { id, year, head, language: written, title, sourceKind, isCurrent } = source.summary
      // Its findings stand beside it, each with the sentence of the importer that wrote it.
      const { holds, fails, derived, cannotBeChecked } = toReport({ ...document, findings: [] }, report, language)
      const of = { id, year, head, language: written, title, sourceKind, isCurrent }
      return { ...of, holds, fails, derived, cannotBeChecked, findings: document.findings }
    }),
  )
  return {
    heads: sources.length,
    current: summaries.filter(({ isCurrent }) => isCurrent).length,
    page,
    pages: Math.max(1, Math.ceil(sources.length / headsShown)),
    counts: {
      fails: sum(({ fails }) => fails),
      holds: sum(({ holds, rounding, explained }) => holds + rounding + explained),
    },
    documents,
  }
}
