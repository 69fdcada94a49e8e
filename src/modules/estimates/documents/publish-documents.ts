import type { Installation, Sql } from '#platform'
import type { Source } from './read-source.ts'
import { packDocuments } from './document-of.ts'
import { insertDocuments, listPublished, listSameDocuments, lockImports, placeKey, sha256Of } from './documents.sql.ts'
import { findImportOf, insertImport } from './imports.sql.ts'

/** What became of an import: its page, and how many documents count from now on that did not before. */
export type Publication = { importId: number; changed: number }

/**
 * Writes what a file holds and makes it count, in the caller's transaction: all of it or nothing. The same file twice is
 * the same as once, also when two imports run at once: the second waits for the first and then finds its documents.
 */
export async function publishDocuments(sql: Sql, { documents, findings, name, sha256, mapping }: Source, importedBy: string): Promise<Publication> {
  await lockImports(sql)
  const keyed = documents.map((document) => ({ document, sha256: sha256Of(document), place: placeKey(document) }))
  const kind = documents[0]?.source.kind ?? 'text'
  const before = await listSameDocuments(sql, kind, keyed.map((each) => each.sha256))
  const published = await listPublished(sql, documents)
  const written = await insertDocuments(sql, keyed.filter((each) => !before.has(each.sha256)).map(({ document }) => document), importedBy)
  const ids = keyed.map((each) => ({ ...each, id: written.get(each.sha256) ?? before.get(each.sha256)! }))
  const changed = ids.filter(({ id, place }) => published.get(place) !== id)
  if (changed.length === 0) {
    const importId = await findImportOf(sql, ids[0]!.id)
    if (importId === undefined) throw new Error('A document counts, but no import says since when')
    return { importId, changed: 0 }
  }
  const from = { sourceName: name, sourceSha256: sha256, mapping, findings, importedBy }
  return { importId: await insertImport(sql, from, changed.map(({ id }) => id)), changed: changed.length }
}

/** Brings the Heads of the pack into the tables. Idempotent; what another process writes at the same time counts too. */
export async function loadPackHeads({ sql, pack }: Pick<Installation, 'sql' | 'pack'>): Promise<void> {
  const documents = packDocuments(pack)
  if (documents.length === 0) return
  const before = await listSameDocuments(sql, 'pack', documents.map(sha256Of))
  const missing = documents.filter((document) => !before.has(sha256Of(document)))
  if (missing.length > 0) await sql.begin((transaction) => insertDocuments(transaction, missing, 'system'))
}
