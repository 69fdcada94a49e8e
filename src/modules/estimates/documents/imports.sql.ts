import { type Static, Type } from 'typebox'
import type { Sql } from '#platform'
import { Finding } from '../types.ts'
import { type DocumentSummary, documentsMax } from './documents.sql.ts'

const Id = Type.Integer({ minimum: 1 })

/** A file that was imported. */
export type Import = Static<typeof Import>
export const Import = Type.Object({
  id: Id,
  sourceName: Type.String({ maxLength: 255 }),
  sourceSha256: Type.String({ maxLength: 64 }),
  findings: Type.Array(Finding),
  importedBy: Type.String({ maxLength: 200 }),
  importedAt: Type.String({ maxLength: 40 }),
})

/** An import as a list shows it: with how many Heads it brought. */
export type ImportLine = Static<typeof ImportLine>
export const ImportLine = Type.Object({ ...Type.Omit(Import, ['findings']).properties, documents: Type.Integer() })

type NewImport = Pick<Import, 'sourceName' | 'sourceSha256' | 'findings' | 'importedBy'> & { mapping: string | null }

/** Writes down that a file was imported and that these documents count from now on, in the caller's transaction. */
export async function insertImport(sql: Sql, from: NewImport, documentIds: readonly number[]): Promise<number> {
  const [row] = await sql<[{ id: number }]>`
    insert into estimates.import (source_name, source_sha256, mapping, findings, imported_by)
    values (${from.sourceName}, ${from.sourceSha256}, ${from.mapping}, ${sql.json(from.findings as never)}, ${from.importedBy})
    returning id`
  await sql`
    insert into estimates.publication (document_id, import_id, published_by)
    select document_id, ${row.id}, ${from.importedBy}
    from unnest(${[...documentIds]}::bigint[]) with ordinality as chosen (document_id, position)
    order by position`
  return row.id
}

export async function findImport(sql: Sql, id: number): Promise<Import | undefined> {
  const [row] = await sql<Import[]>`
    select id, source_name, source_sha256, findings, imported_by, imported_at
    from estimates.import
    where id = ${id}`
  return row
}

/** The import by which a document began to count. */
export async function findImportOf(sql: Sql, documentId: number): Promise<number | undefined> {
  const [row] = await sql<{ importId: number }[]>`
    select import_id
    from estimates.publication
    where document_id = ${documentId}
    order by id desc
    limit 1`
  return row?.importId
}

/** A Head of an import, and whether it is the one that counts now among those imported for its place. */
export type ImportedSummary = DocumentSummary & { isCurrent: boolean }

/** What a file brought: the Heads that counted by this import, newest year first. */
export async function listImported(sql: Sql, importId: number): Promise<ImportedSummary[]> {
  return sql<ImportedSummary[]>`
    select document.id, document.year, document.head, document.language, document.title, document.source_kind,
      document.source_name, document.source_sha256, document.source_lines, document.sha256, document.imported_at,
      document.id = (
        select newest.document_id
        from estimates.publication as newest
        join estimates.document as other on other.id = newest.document_id
        where other.year = document.year and other.head = document.head and other.language = document.language
        order by newest.id desc
        limit 1
      ) as is_current
    from estimates.publication
    join estimates.document on document.id = publication.document_id
    where publication.import_id = ${importId}
    order by document.year desc, length(document.head), document.head, document.language
    limit ${documentsMax}`
}

/** The newest imports, for the page where files are sent. */
export async function listImports(sql: Sql, limit: number): Promise<ImportLine[]> {
  return sql<ImportLine[]>`
    select import.id, import.source_name, import.source_sha256, import.imported_by, import.imported_at,
      (select count(*)::int from estimates.publication where publication.import_id = import.id) as documents
    from estimates.import
    order by import.id desc
    limit ${limit}`
}
