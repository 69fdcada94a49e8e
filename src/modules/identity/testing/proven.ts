// A person whose identity document is proven, without asking a register. For tests.
import type { Installation, Sql } from '#platform'
import { bindDocument, insertProof } from '../proofing/proofs.sql.ts'

/** Proves the document of Testland that `born` and `number` name, by the register. */
export async function prove(
  sql: Sql,
  installation: Installation,
  personId: string,
  { number = 'T00000116', born = '1990-05-17', family = 'Quay', given = 'Ada' } = {},
): Promise<void> {
  const bound = await bindDocument(sql, installation, personId, { kind: 'quay-pass', number, born, family, given })
  if ('refused' in bound) throw new Error(bound.refused)
  await insertProof(sql, { personId, level: 2, method: 'register', months: 12, documentId: bound.documentId })
}
