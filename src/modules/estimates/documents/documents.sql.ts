import { createHash } from 'node:crypto'
import type { Sql } from '#platform'
import type { Cell, EstimatesDocument } from '../types.ts'

/** A document as a list shows it. */
export type DocumentSummary = {
  id: number
  year: string
  head: string
  language: 'zh-Hant' | 'en'
  title: string
  sourceKind: 'text' | 'table' | 'pack'
  sourceName: string
  sourceSha256: string
  sourceLines: number
  /** Of what the document says, `sha256Of`. */
  sha256: string
  importedAt: string
}

const listMax = 5000

/**
 * Documents that count: for each year, Head and language the one that was published last, and what the pack brings only
 * where nothing was. `packSha256s` are of the pack's own: what an older pack brought stays in the table and counts no
 * more. Newest year first.
 */
export async function listCurrentDocuments(
  sql: Sql,
  packSha256s: readonly string[],
  only: { year?: string; head?: string } = {},
): Promise<DocumentSummary[]> {
  return sql<DocumentSummary[]>`
    select distinct on (document.year, length(document.head), document.head, document.language)
      document.id, document.year, document.head, document.language, document.title, document.source_kind,
      document.source_name, document.source_sha256, document.source_lines, document.sha256, document.imported_at
    from estimates.document
    left join lateral (
      select max(publication.id) as id
      from estimates.publication
      where publication.document_id = document.id
    ) as published on true
    where (published.id is not null
        or (document.source_kind = 'pack' and document.sha256 = any(${[...packSha256s]}::text[])))
      and (${only.year ?? null}::text is null or document.year = ${only.year ?? null})
      and (${only.head ?? null}::text is null or document.head = ${only.head ?? null})
    order by document.year desc, length(document.head), document.head, document.language,
      published.id desc nulls last, document.id desc
    limit ${listMax}`
}

/** Of what a document says, so that a comment in a pack or a tab in a text changes nothing and a better reading does. */
export function sha256Of(document: EstimatesDocument): string {
  const known = hashes.get(document)
  if (known) return known
  const hash = createHash('sha256').update(JSON.stringify(document)).digest('hex')
  hashes.set(document, hash)
  return hash
}

/** Documents do not change once they are read. */
const hashes = new WeakMap<EstimatesDocument, string>()

/** Ids of documents that stand already, by `sha256Of`. */
export async function listSameDocuments(
  sql: Sql,
  kind: string,
  sha256s: readonly string[],
): Promise<Map<string, number>> {
  const rows = await sql<{ id: number; sha256: string }[]>`
    select id, sha256
    from estimates.document
    where source_kind = ${kind} and sha256 = any(${[...sha256s]}::text[])
    order by id
    limit ${sha256s.length}`
  return new Map(rows.map(({ id, sha256 }) => [sha256, id]))
}

type Place = Pick<EstimatesDocument, 'year' | 'head' | 'language'>
export const placeKey = ({ year, head, language }: Place): string => `${year}/${head}/${language}`

/** Which imported document counts now, by `placeKey`, among Heads of these years. */
export async function listPublished(sql: Sql, places: readonly Place[]): Promise<Map<string, number>> {
  const years = [...new Set(places.map(({ year }) => year))]
  const heads = [...new Set(places.map(({ head }) => head))]
  const rows = await sql<(Place & { id: number })[]>`
    select distinct on (document.year, document.head, document.language)
      document.year, document.head, document.language, document.id
    from estimates.publication
    join estimates.document on document.id = publication.document_id
    where document.year = any(${years}::text[]) and document.head = any(${heads}::text[])
    order by document.year, document.head, document.language, publication.id desc
    limit ${listMax}`
  return new Map(rows.map((row) => [placeKey(row), row.id]))
}

/** Lets one import at a time decide which documents count, until the transaction ends. */
export async function lockImports(sql: Sql): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('estimates.import'))`
}

// A statement holds at most 65,535 parameters.
const documentsAtOnce = 1000
const cellsAtOnce = 3000

/** Writes documents with their cells, in the caller's transaction. Returns ids by `sha256Of`, without those that stand. */
export async function insertDocuments(
  sql: Sql,
  documents: readonly EstimatesDocument[],
  importedBy: string,
): Promise<Map<string, number>> {
  const written = new Map<string, number>()
  for (let from = 0; from < documents.length; from += documentsAtOnce) {
    const rows = documents.slice(from, from + documentsAtOnce).map((document) => documentRow(sql, document, importedBy))
    const ids = await sql<{ id: number; sha256: string }[]>`
      insert into estimates.document ${sql(rows as never)}
      on conflict on constraint document_imported_once do nothing
      returning id, sha256`
    for (const { id, sha256 } of ids) written.set(sha256, id)
  }
  const cells = documents.flatMap((document) => {
    const id = written.get(sha256Of(document))
    return id === undefined ? [] : document.cells.map((cell, position) => cellRow(id, cell, position))
  })
  for (let from = 0; from < cells.length; from += cellsAtOnce)
    await sql`insert into estimates.cell ${sql(cells.slice(from, from + cellsAtOnce))}`
  return written
}

function documentRow(sql: Sql, document: EstimatesDocument, importedBy: string) {
  const { cells: _, year, head, language, title, source, ...content } = document
  return {
    year,
    head,
    language,
    title,
    source_kind: source.kind,
    source_name: source.name,
    source_sha256: source.sha256,
    source_lines: source.lines,
    sha256: sha256Of(document),
    content: sql.json(content as never),
    imported_by: importedBy,
  }
}

function cellRow(documentId: number, cell: Cell, position: number) {
  return {
    document_id: documentId,
    position,
    id: cell.id,
    place: cell.place,
    subject: cell.subject,
    measure: cell.measure,
    when: cell.period.when,
    phase: cell.period.phase,
    base_when: cell.base?.when ?? null,
    base_phase: cell.base?.phase ?? null,
    unit: cell.unit,
    steps: cell.steps,
    decimals: cell.decimals,
    nil: cell.nil,
    printed: cell.printed,
    line_from: cell.lines.from,
    line_to: cell.lines.to,
    status: cell.status,
    marks: cell.marks,
    because: cell.because,
  }
}

type Content = Omit<EstimatesDocument, 'cells' | 'year' | 'head' | 'language' | 'title' | 'source'>
type CellRow = Omit<Cell, 'period' | 'base' | 'lines'> & {
  when: string
  phase: Cell['period']['phase']
  baseWhen: string | null
  basePhase: Cell['period']['phase'] | null
  lineFrom: number
  lineTo: number
}

/** A whole document as it was imported. */
export async function findDocument(sql: Sql, id: number): Promise<EstimatesDocument | undefined> {
  const [row] = await sql<(DocumentSummary & { content: Content })[]>`
    select id, year, head, language, title, source_kind, source_name, source_sha256, source_lines, sha256, content, imported_at
    from estimates.document
    where id = ${id}`
  if (!row) return undefined
  const cells = await sql<CellRow[]>`
    select id, place, subject, measure, "when", phase, base_when, base_phase, unit, steps, decimals, nil, printed,
      line_from, line_to, status, marks, because
    from estimates.cell
    where document_id = ${id}
    order by position
    limit ${cellsMax}`
  return {
    ...row.content,
    year: row.year,
    head: row.head,
    language: row.language,
    title: row.title,
    source: { kind: row.sourceKind, name: row.sourceName, sha256: row.sourceSha256, lines: row.sourceLines },
    cells: cells.map(cellOf),
  }
}

/** As many as `EstimatesDocument` allows. */
const cellsMax = 100_000

function cellOf({ when, phase, baseWhen, basePhase, lineFrom, lineTo, ...cell }: CellRow): Cell {
  return {
    ...cell,
    period: { when, phase },
    ...(baseWhen !== null && basePhase !== null && { base: { when: baseWhen, phase: basePhase } }),
    lines: { from: lineFrom, to: lineTo },
  }
}
