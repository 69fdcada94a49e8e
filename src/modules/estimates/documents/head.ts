import type { Installation, Language, Sql } from '#platform'
import { checkDocument, type DocumentCheck, type ExplainedException } from '../check/check.ts'
import type { EstimatesDocument } from '../types.ts'
import { packDocuments } from './document-of.ts'
import { type DocumentSummary, findDocument, listCurrentDocuments, sha256Of } from './documents.sql.ts'
import { listExceptions } from './exceptions.sql.ts'
import { type Names, namesOf } from './names.ts'

/** One Head of one year, checked: what its pages, its downloads and its figures are made of. */
export type Head = {
  summary: DocumentSummary
  /** With the cells that the identities recovered. */
  document: EstimatesDocument
  report: DocumentCheck
  exceptions: ExplainedException[]
  /** Names in every language, by subject, where the pack knows them; elsewhere the printed label stands. */
  names: Names
  /** The years for which this Head is loaded, newest first. */
  years: string[]
}

type At = { year: string; head: string; language: Language }
type Store = Pick<Installation, 'sql' | 'pack'>

const checked = new Map<string, Promise<Pick<Head, 'document' | 'report'>>>()
const checkedMax = 200

/** Documents that count on this installation, imported ones before the pack's. */
export const listDocuments = ({ sql, pack }: Store, only: { year?: string; head?: string } = {}) =>
  listCurrentDocuments(sql, packDocuments(pack).map(sha256Of), only)

/**
 * The Head of a year, from the document in the person's language where one was imported, else from the other. A document
 * never changes, so what checking it found is kept as long as its explained exceptions stay the same.
 */
export async function findHead(store: Store, at: At): Promise<Head | undefined> {
  const documents = await listDocuments(store, { head: at.head })
  const summary = choose(
    documents.filter(({ year }) => year === at.year),
    at.language,
  )
  if (!summary) return undefined
  const years = [...new Set(documents.map(({ year }) => year))].sort().reverse()
  return readHead(store, summary, years)
}

/** Every Head that is loaded, each from the document that its pages show in this language; newest year first. */
export async function listHeads(store: Store, language: Language): Promise<Head[]> {
  const documents = await listDocuments(store)
  const groups = Map.groupBy(documents, ({ year, head }) => `${year}/${head}`)
  const summaries = [...groups.values()].flatMap((group) => choose(group, language) ?? [])
  const yearsOf = Map.groupBy(summaries, ({ head }) => head)
  return Promise.all(
    summaries.map((summary) =>
      readHead(
        store,
        summary,
        yearsOf.get(summary.head)!.map(({ year }) => year),
      ),
    ),
  )
}

async function readHead({ sql, pack }: Store, summary: DocumentSummary, years: string[]): Promise<Head> {
  const exceptions = await listExceptions(sql, summary)
  const { document, report } = await check(sql, summary, exceptions)
  return { summary, document, report, exceptions, names: namesOf(pack, document), years }
}

/** An import beats the pack, and the person's language beats the other one. */
function choose(documents: readonly DocumentSummary[], language: Language): DocumentSummary | undefined {
  const wanted = language === 'en' ? 'en' : 'zh-Hant'
  const score = (one: DocumentSummary) => (one.sourceKind === 'pack' ? 0 : 2) + (one.language === wanted ? 1 : 0)
  return documents.toSorted((one, other) => score(other) - score(one))[0]
}

function check(sql: Sql, { id, sha256 }: DocumentSummary, exceptions: ExplainedException[]) {
  const key = JSON.stringify([id, sha256, exceptions])
  const before = checked.get(key)
  if (before) return before
  const result = readAndCheck(sql, id, exceptions)
  if (checked.size >= checkedMax) checked.delete(checked.keys().next().value!)
  checked.set(key, result)
  // What could not be read now may be readable in a moment.
  result.catch(() => checked.delete(key))
  return result
}

async function readAndCheck(sql: Sql, id: number, exceptions: ExplainedException[]) {
  const imported = await findDocument(sql, id)
  if (!imported) throw new Error(`Document ${id} is listed but cannot be read`)
  const report = checkDocument(imported, { exceptions })
  return { document: { ...imported, cells: report.cells }, report }
}
