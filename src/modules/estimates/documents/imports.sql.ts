import { type Static, Type } from 'typebox'
import type { Sql } from '#platform'
import { Finding } from '../types.ts'

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

/** The newest imports, for the page where files are sent. */
export async function listImports(sql: Sql, limit: number): Promise<ImportLine[]> {
  return sql<ImportLine[]>`
    select import.id, import.source_name, import.source_sha256, import.imported_by, import.imported_at,
      (select count(*)::int from estimates.publication where publication.import_id = import.id) as documents
    from estimates.import
    order by import.id desc
    limit ${limit}`
}
