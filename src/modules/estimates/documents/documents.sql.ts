import type { Sql } from '#platform'
import { problem } from '../problems.ts'
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
  /** Of what the document says, `sha256Of` of rows.ts. */
  sha256: string
  importedAt: string
}

/** Heads that count on an installation, and so in one file: no list of them is ever cut off, as an import that would pass this is refused. */
export const documentsMax = 5000

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
    left join (select document_id, max(id) as id from estimates.publication group by document_id) as published
      on published.document_id = document.id
    where (published.id is not null
        or (document.source_kind = 'pack' and document.sha256 = any(${[...packSha256s]}::text[])))
      and (${only.year ?? null}::text is null or document.year = ${only.year ?? null})
      and (${only.head ?? null}::text is null or document.head = ${only.head ?? null})
    order by document.year desc, length(document.head), document.head, document.language,
      published.id desc nulls last, document.id desc
    limit ${documentsMax}`
}

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
    limit ${documentsMax}`
  return new Map(rows.map((row) => [placeKey(row), row.id]))
}

/** Throws when more documents count than lists show. Called under `lockCounting`, when all is written. */
export async function refuseTooManyDocuments(sql: Sql): Promise<void> {
  const [row] = await sql<[{ count: number }]>`
    select count(distinct (document.year, document.head, document.language))::int as count
    from estimates.document
    where document.source_kind = 'pack'
      or exists (select from estimates.publication where publication.document_id = document.id)`
  if (row.count > documentsMax) throw problem('too-many-documents', { values: { max: documentsMax } })
}

/** As long as somebody may be expected to wait for an answer, and shorter than a statement may take. */
const lockWaitMs = 20_000

/** Lets one import write at a time, until the transaction ends. */
export const lockImports = (sql: Sql): Promise<void> => lock(sql, 'estimates.import')

/**
 * Held by whoever changes which document counts and by whoever signs what a document says, until the transaction ends.
 * Taken last, so that nobody waits for it longer than a moment.
 */
export const lockCounting = (sql: Sql): Promise<void> => lock(sql, 'estimates.counting')

async function lock(sql: Sql, name: string): Promise<void> {
  try {
    await sql`select set_config('lock_timeout', ${String(lockWaitMs)}, true)`
    await sql`select pg_advisory_xact_lock(hashtext(${name}))`
  } catch (error) {
    if ((error as { code?: string }).code === lockNotAvailable) throw problem('import-running')
    throw error
  }
}
const lockNotAvailable = '55P03'

/** Writes documents without their cells, in the caller's transaction. Returns ids by `sha256Of`, without those that stand. */
export async function insertDocuments(sql: Sql, json: string, importedBy: string): Promise<Map<string, number>> {
  const rows = await sql<{ id: number; sha256: string }[]>`
    insert into estimates.document (year, head, language, title, source_kind, source_name, source_sha256, source_lines,
      sha256, content, imported_by)
    select year, head, language, title, source_kind, source_name, source_sha256, source_lines, sha256, content, ${importedBy}
    from jsonb_to_recordset(${json}::text::jsonb) as given (year text, head text, language text, title text, source_kind text,
      source_name text, source_sha256 text, source_lines integer, sha256 text, content jsonb)
    on conflict on constraint document_imported_once do nothing
    returning id, sha256`
  return new Map(rows.map(({ id, sha256 }) => [sha256, id]))
}

/** Writes cells of the documents at `ids`, in the caller's transaction; where there is no id, the document stood already. */
export async function insertCells(sql: Sql, json: string, ids: readonly (number | null)[]): Promise<void> {
  await sql`
    insert into estimates.cell (document_id, position, id, place, subject, measure, "when", phase, base_when, base_phase, unit,
      steps, decimals, nil, printed, line_from, line_to, status, marks, because)
    select document_id, position, id, place, subject, measure, "when", phase, base_when, base_phase, unit,
      steps, decimals, nil, printed, line_from, line_to, status, marks, because
    from jsonb_to_recordset(${json}::text::jsonb) as given (document integer, position integer, id text, place text,
      subject text, measure text, "when" text, phase text, base_when text, base_phase text, unit text, steps bigint,
      decimals smallint, nil boolean, printed text, line_from integer, line_to integer, status text, marks text[],
      because text[])
    join unnest(${[...ids]}::bigint[]) with ordinality as written (document_id, number) on written.number = given.document + 1
    where document_id is not null`
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
