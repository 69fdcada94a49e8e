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
  importedAt: string
}

const listMax = 2000

/**
 * Documents that count: for each year, Head and language the one that was published last, and what the pack brings only
 * where nothing was. `packSha256s` are the pack's own: what an older pack brought stays in the table and counts no more.
 * Newest year first.
 */
export async function listCurrentDocuments(
  sql: Sql,
  packSha256s: readonly string[],
  only: { year?: string; head?: string } = {},
): Promise<DocumentSummary[]> {
  return sql<DocumentSummary[]>`
    select distinct on (document.year, document.head, document.language)
      document.id, document.year, document.head, document.language, document.title, document.source_kind,
      document.source_name, document.source_sha256, document.source_lines, document.imported_at
    from estimates.document
    left join lateral (
      select max(publication.id) as id
      from estimates.publication
      where publication.document_id = document.id
    ) as published on true
    where (published.id is not null
        or (document.source_kind = 'pack' and document.source_sha256 = any(${sql.array([...packSha256s])}::text[])))
      and (${only.year ?? null}::text is null or document.year = ${only.year ?? null})
      and (${only.head ?? null}::text is null or document.head = ${only.head ?? null})
    order by document.year desc, document.head, document.language, published.id desc nulls last, document.id desc
    limit ${listMax}`
}

/** The id of a document that was imported from these very bytes before. */
export async function findSameDocument(sql: Sql, document: EstimatesDocument): Promise<number | undefined> {
  const { year, head, language, source } = document
  const [row] = await sql<{ id: number }[]>`
    select id
    from estimates.document
    where year = ${year} and head = ${head} and language = ${language}
      and source_kind = ${source.kind} and source_sha256 = ${source.sha256}`
  return row?.id
}

/** The imported document of this year, Head and language that counts now, if any was imported. */
export async function findPublished(sql: Sql, { year, head, language }: Pick<EstimatesDocument, 'year' | 'head' | 'language'>): Promise<number | undefined> {
  const [row] = await sql<{ documentId: number }[]>`
    select publication.document_id
    from estimates.publication
    join estimates.document on document.id = publication.document_id
    where document.year = ${year} and document.head = ${head} and document.language = ${language}
    order by publication.id desc
    limit 1`
  return row?.documentId
}

export async function insertPublication(sql: Sql, documentId: number, publishedBy: string): Promise<void> {
  await sql`
    insert into estimates.publication (document_id, published_by)
    values (${documentId}, ${publishedBy})`
}

/** Lets one import at a time decide which document of a Head counts, until the transaction ends. */
export async function lockHead(sql: Sql, { year, head }: Pick<EstimatesDocument, 'year' | 'head'>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(${`estimates/${year}/${head}`}))`
}

/** Writes a document with its cells, in the caller's transaction. Undefined if the same one stands already. */
export async function insertDocument(sql: Sql, document: EstimatesDocument, importedBy: string): Promise<number | undefined> {
  const { cells, year, head, language, title, source, ...content } = document
  const [row] = await sql<{ id: number }[]>`
    insert into estimates.document
      (year, head, language, title, source_kind, source_name, source_sha256, source_lines, content, imported_by)
    values (${year}, ${head}, ${language}, ${title}, ${source.kind}, ${source.name}, ${source.sha256}, ${source.lines},
            ${sql.json(content as never)}, ${importedBy})
    on conflict on constraint document_imported_once do nothing
    returning id`
  if (!row) return undefined
  const rows = cells.map((cell, position) => rowOf(row.id, cell, position))
  for (let from = 0; from < rows.length; from += cellsAtOnce)
    await sql`insert into estimates.cell ${sql(rows.slice(from, from + cellsAtOnce))}`
  return row.id
}

// A statement holds at most 65,535 parameters, and a cell has twenty.
const cellsAtOnce = 3000

function rowOf(documentId: number, cell: Cell, position: number) {
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

type CellRow = Pick<Cell, 'id' | 'place' | 'subject' | 'measure' | 'unit' | 'steps' | 'decimals' | 'nil' | 'printed' | 'status' | 'marks' | 'because'> & {
  when: string
  phase: Cell['period']['phase']
  baseWhen: string | null
  basePhase: Cell['period']['phase'] | null
  lineFrom: number
  lineTo: number
}

/** A whole document as it was imported. */
export async function findDocument(sql: Sql, id: number): Promise<EstimatesDocument | undefined> {
  const [row] = await sql<
    (DocumentSummary & { content: Omit<EstimatesDocument, 'cells' | 'year' | 'head' | 'language' | 'title' | 'source'> })[]
  >`
    select id, year, head, language, title, source_kind, source_name, source_sha256, source_lines, content, imported_at
    from estimates.document
    where id = ${id}`
  if (!row) return undefined
  const rows = await sql<CellRow[]>`
    select id, place, subject, measure, "when", phase, base_when, base_phase, unit, steps, decimals, nil, printed,
      line_from, line_to, status, marks, because
    from estimates.cell
    where document_id = ${id}
    order by position`
  return {
    ...row.content,
    year: row.year,
    head: row.head,
    language: row.language,
    title: row.title,
    source: { kind: row.sourceKind, name: row.sourceName, sha256: row.sourceSha256, lines: row.sourceLines },
    cells: rows.map(cellOf),
  }
}

function cellOf({ when, phase, baseWhen, basePhase, lineFrom, lineTo, ...cell }: CellRow): Cell {
  return {
    ...cell,
    period: { when, phase },
    ...(baseWhen !== null && basePhase !== null && { base: { when: baseWhen, phase: basePhase } }),
    lines: { from: lineFrom, to: lineTo },
  }
}
