import type { Installation, Language } from '#platform'
import { toReport } from '../check/check.ts'
import { listImportedLines } from '../publish/lines.sql.ts'
import { countingOf } from '../publish/list.ts'
import { listExceptions } from './exceptions.sql.ts'
import { readDocument } from './head.ts'
import type { ImportedData } from './imported.page.tsx'
import { titleOf } from './names.ts'

/** A file may bring thousands of Heads; what is found in them is read a page at a time. */
const headsShown = 20

/** What an import brought, as checking finds it now: Heads that fail first, and the sums over all of them. */
export async function readImported(
  { sql, pack }: Pick<Installation, 'sql' | 'pack'>,
  importId: number,
  page: number,
  language: Language,
): Promise<Pick<ImportedData, 'heads' | 'current' | 'page' | 'pages' | 'documents' | 'counts'>> {
  const { checker } = await countingOf({ sql, pack }, language)
  const list = (at: number) =>
    listImportedLines(sql, checker, importId, { limit: headsShown, offset: (at - 1) * headsShown })
  const lines = await list(page)
  // Beyond the last page nothing is shown, but it is said how many there are.
  const [first] = lines.length > 0 || page === 1 ? lines : await list(1)
  const documents = await Promise.all(
    lines.map(async ({ id, year, head, sourceKind, isCurrent }) => {
      const exceptions = await listExceptions(sql, { year, head })
      const { document, report } = await readDocument(sql, id, exceptions)
      // Its findings stand beside it, each with the sentence of the importer that wrote it.
      const { holds, fails, derived, cannotBeChecked } = toReport({ ...document, findings: [] }, report, language)
      const title = titleOf(pack, document)
      const of = { id, year, head, language: document.language, title, sourceKind, isCurrent }
      return { ...of, holds, fails, derived, cannotBeChecked, findings: document.findings }
    }),
  )
  const heads = first?.documents ?? 0
  return {
    heads,
    current: first?.allCurrent ?? 0,
    page,
    pages: Math.max(1, Math.ceil(heads / headsShown)),
    counts: { fails: first?.allFail ?? 0, holds: first?.allHold ?? 0 },
    documents,
  }
}
