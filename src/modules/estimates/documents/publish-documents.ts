import type { FastifyRequest } from 'fastify'
import { type Installation, recordAct, type Sql } from '#platform'
import { insertLines } from '../publish/lines.sql.ts'
import { packDocuments } from './document-of.ts'
import {
  insertCells,
  insertDocuments,
  listPublished,
  listSameDocuments,
  lockCounting,
  lockImports,
  placeKey,
  refuseTooManyDocuments,
} from './documents.sql.ts'
import { findImportOf, insertImport } from './imports.sql.ts'
import type { Reading } from './read-source.ts'
import { type Rows, rowsOf, sha256Of } from './rows.ts'

/** What became of an import: its page, and how many documents count from now on that did not before. */
export type Publication = { importId: number; changed: number }

/**
 * Writes what a file holds, makes it count, and leaves the trace of it, in the caller's transaction: all of it or nothing.
 * The same file twice is the same as once, also when two imports run at once, in one process or in two: the second waits
 * for the first and then finds its documents.
 */
export async function publishDocuments(
  sql: Sql,
  actor: FastifyRequest | 'system',
  { documents, findings, name, sha256, kind, mapping, rows }: Reading,
): Promise<Publication> {
  const importedBy = actor === 'system' ? actor : actor.person!.id
  const [first] = documents
  if (!first) throw new Error('A source was read, but it holds no document')
  await lockImports(sql)
  const keys = documents.map((each) => each.sha256)
  const before = await listSameDocuments(sql, kind, keys)
  const missing = keys.flatMap((key, place) => (before.has(key) ? [] : [place]))
  const written = await writeRows(sql, keys, rows(missing), importedBy)
  const ids = keys.map((key) => written.get(key) ?? before.get(key)!)
  await lockCounting(sql)
  const published = await listPublished(sql, documents)
  const changed = ids.filter((id, at) => published.get(placeKey(documents[at]!)) !== id)
  if (changed.length === 0) {
    const importId = await findImportOf(sql, ids[0]!)
    if (importId === undefined) throw new Error('A document counts, but no import says since when')
    return { importId, changed: 0 }
  }
  const from = { sourceName: name, sourceSha256: sha256, mapping, findings, importedBy }
  const importId = await insertImport(sql, from, changed)
  await refuseTooManyDocuments(sql)
  await recordAct(sql, actor, {
    event: 'estimates.document-imported',
    subject: `estimates/${first.year}/${first.head}`,
    detail: { import: importId, file: name, sha256, documents: changed.length },
  })
  return { importId, changed: changed.length }
}

/** Returns the ids of the documents that did not stand yet, by `sha256Of`; `keys` are those of the whole list. */
async function writeRows(
  sql: Sql,
  keys: readonly string[],
  all: AsyncIterable<Rows> | Iterable<Rows>,
  importedBy: string,
): Promise<Map<string, number>> {
  const written = new Map<string, number>()
  for await (const { of, json } of all) {
    if (of === 'documents') for (const [key, id] of await insertDocuments(sql, json, importedBy)) written.set(key, id)
    else {
      const ids = keys.map((key) => written.get(key) ?? null)
      await (of === 'cells' ? insertCells : insertLines)(sql, json, ids)
    }
  }
  return written
}

/** Brings the Heads of the pack into the tables. Idempotent; what another process writes at the same time counts too. */
export async function loadPackHeads({ sql, pack }: Pick<Installation, 'sql' | 'pack'>): Promise<void> {
  const documents = packDocuments(pack)
  if (documents.length === 0) return
  const keys = documents.map(sha256Of)
  const before = await listSameDocuments(sql, 'pack', keys)
  const missing = keys.flatMap((key, place) => (before.has(key) ? [] : [place]))
  if (missing.length > 0)
    await sql.begin((transaction) => writeRows(transaction, keys, rowsOf(documents, missing), 'system'))
}
