import type { Pack } from '#pack'
import type { Language, Sql } from '#platform'
import { checkDocument, type DocumentCheck, type ExplainedException } from '../check/check.ts'
import { problem } from '../problems.ts'
import type { EstimatesDocument } from '../types.ts'
import { packDocuments } from './document-of.ts'
import { type DocumentSummary, findDocument, listCurrentDocuments } from './documents.sql.ts'
import { listExceptions } from './exceptions.sql.ts'
import { type Names, namesOf } from './names.ts'
import { sha256Of } from './rows.ts'

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
type Store = { sql: Sql; pack: Pack }

type Checked = Pick<Head, 'document' | 'report'>
const checked = new Map<string, { result: Promise<Checked>; cells: number }>()
/** Together some 60 MB, in some Heads of thousands of numbers or in hundreds as the Estimates print them. */
const cellsKeptMax = 40_000
let cellsKept = 0

/** Documents that count on this installation, imported ones before the pack's. */
export const listDocuments = ({ sql, pack }: Store, only: { year?: string; head?: string } = {}) =>
  listCurrentDocuments(sql, packDocuments(pack).map(sha256Of), only)

/** The document that the pages of a Head show, with what somebody explained of it. */
export type HeadSource = Pick<Head, 'summary' | 'exceptions' | 'years'>

/**
 * The Head of a year, from the document in the person's language where one was imported, else from the other. A document
 * never changes, so what checking it found is kept as long as its explained exceptions stay the same.
 */
export async function findHead(store: Store, at: At): Promise<Head | undefined> {
  const source = await findSource(store, at)
  return source && readHead(store, source)
}

export async function getHead(store: Store, at: At): Promise<Head> {
  const head = await findHead(store, at)
  if (!head) throw problem('document-not-found', { detail: `${at.year}/${at.head}` })
  return head
}

export async function findSource(store: Store, at: At): Promise<HeadSource | undefined> {
  const documents = await listDocuments(store, { head: at.head })
  const ofYear = documents.filter(({ year }) => year === at.year)
  const summary = choose(ofYear, at.language)
  if (!summary) return undefined
  const years = [...new Set(documents.map(({ year }) => year))].sort().reverse()
  return { summary, years, exceptions: await listExceptions(store.sql, at) }
}

/** What a Head is made of: the same key means the same document, checked with the same explanations. */
export const keyOf = ({ summary: { id, sha256 }, exceptions }: Pick<HeadSource, 'summary' | 'exceptions'>): string =>
  JSON.stringify([id, sha256, exceptions])

export async function readHead({ sql, pack }: Store, source: HeadSource): Promise<Head> {
  const { document, report } = await check(sql, source)
  return { ...source, document, report, names: namesOf(pack, document) }
}

/** An import beats the pack, and the person's language beats the other one. */
function choose(documents: readonly DocumentSummary[], language: Language): DocumentSummary | undefined {
  const wanted = language === 'en' ? 'en' : 'zh-Hant'
  const score = (one: DocumentSummary) => (one.sourceKind === 'pack' ? 0 : 2) + (one.language === wanted ? 1 : 0)
  return documents.toSorted((one, other) => score(other) - score(one))[0]
}

function check(sql: Sql, { summary, exceptions }: HeadSource): Promise<Checked> {
  const key = keyOf({ summary, exceptions })
  const before = checked.get(key)
  if (before) return before.result
  const entry = { result: readDocument(sql, summary.id, exceptions), cells: 0 }
  checked.set(key, entry)
  entry.result.then(
    ({ document }) => {
      cellsKept += entry.cells = document.cells.length
      for (const [oldest, { cells }] of checked) {
        if (cellsKept <= cellsKeptMax) break
        checked.delete(oldest)
        cellsKept -= cells
      }
    },
    // What could not be read now may be readable in a moment.
    () => checked.delete(key),
  )
  return entry.result
}

/** A document, checked, whatever counts. */
export async function readDocument(sql: Sql, id: number, exceptions: ExplainedException[]): Promise<Checked> {
  const imported = await findDocument(sql, id)
  if (!imported) throw new Error(`Document ${id} is listed but cannot be read`)
  const report = checkDocument(imported, { exceptions })
  return { document: { ...imported, cells: report.cells }, report }
}
