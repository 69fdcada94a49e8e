import type { Database, Installation, Sql } from '#platform'
import type { EstimatesDocument } from '../types.ts'
import { packDocuments } from './document-of.ts'
import { findPublished, findSameDocument, insertDocument, insertPublication, lockHead } from './documents.sql.ts'

/** What became of one document: `new` was written, `again` stood already and counts again, `same` changed nothing. */
export type Publication = { id: number; outcome: 'new' | 'again' | 'same' }

/**
 * Writes an imported document and makes it the one that counts, in the caller's transaction. The same document twice is
 * the same as once, also when two imports run at once: the second waits for the first and then finds it.
 */
export async function publishDocument(sql: Sql, document: EstimatesDocument, importedBy: string): Promise<Publication> {
  await lockHead(sql, document)
  const written = await insertDocument(sql, document, importedBy)
  const id = written ?? (await findSameDocument(sql, document))
  if (id === undefined) throw new Error('A document was neither written nor found')
  if ((await findPublished(sql, document)) === id) return { id, outcome: 'same' }
  await insertPublication(sql, id, importedBy)
  return { id, outcome: written === undefined ? 'again' : 'new' }
}

/** Brings the Heads of the pack into the tables. Idempotent; what another process writes at the same time counts too. */
export async function loadPackHeads({ sql, pack }: Pick<Installation, 'sql' | 'pack'>): Promise<void> {
  for (const document of packDocuments(pack))
    await inTransaction(sql, (transaction) => insertDocument(transaction, document, 'system'))
}

/** An installation hands out its pool, which its type does not say. */
export function inTransaction<Result>(sql: Sql, work: (sql: Sql) => Promise<Result>): Promise<Result> {
  return (sql as Database['sql']).begin(work) as Promise<Result>
}
