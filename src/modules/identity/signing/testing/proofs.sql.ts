import type { Installation, Sql } from '#platform'
import { bindDocument } from '../../proofing/proofs.sql.ts'

/** Lets a person have reached a level by a document in this name, as a comparison with the register would. For tests. */
export async function proveLevel(
  sql: Sql,
  installation: Installation,
  personId: string,
  { level, family, given }: { level: 2 | 3; family: string; given: string },
): Promise<void> {
  const number = `T${personId.replace(/\D/g, '').padEnd(8, '0').slice(0, 8)}`
  const bound = await bindDocument(sql, installation, personId, {
    kind: 'quay-pass',
    number: `${number}${personId.slice(-6)}`,
    born: '1990-05-17',
    family,
    given,
  })
  if ('refused' in bound) throw new Error(`The document is ${bound.refused}`)
  await sql`
    insert into identity.proof (person_id, level, method, expires_at, document_id)
    values (${personId}, ${level}, 'register', now() + interval '1 year', ${bound.documentId})`
}
