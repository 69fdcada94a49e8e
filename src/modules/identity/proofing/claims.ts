import type { Installation, Person, Sql, Text } from '#platform'
import { policyOf } from './policy.ts'
import { listDocumentProofs, listDocuments } from './proofs.sql.ts'

/** One thing that is known of a person, and how: what `verified_claims` (OpenID Connect for Identity Assurance) tell. */
export type ProvenField = {
  field: 'family-name' | 'given-name' | 'birth-date' | 'document-number' | 'document-kind'
  value: string
  /** The organisation that answers for it: the register's, or the counter's. */
  verifiedBy: string
  verifiedAt: string
  /** `register` or `counter`. */
  method: string
}

/**
 * What documents and register prove of a person now; empty where no proof counts. A proof that ended or was withdrawn
 * proves nothing any more. The highest proof speaks.
 */
export async function provenFields(sql: Sql, installation: Installation, personId: string): Promise<ProvenField[]> {
  const [proof] = await listDocumentProofs(sql, personId)
  const document = (await listDocuments(sql, installation, personId)).find(({ id }) => id === proof?.documentId)
  if (!proof || !document) return []
  const keeper = policyOf(installation.pack)?.register.organisation ?? 'unknown'
  const evidence = {
    verifiedBy: proof.organisation ?? keeper,
    verifiedAt: proof.provenAt,
    method: proof.method,
  }
  return [
    { field: 'family-name', value: document.family, ...evidence },
    { field: 'given-name', value: document.given, ...evidence },
    { field: 'birth-date', value: document.born, ...evidence },
    { field: 'document-number', value: document.number, ...evidence },
    { field: 'document-kind', value: document.kind, ...evidence },
  ]
}

/** The name as the document bears it, where one counts. */
export async function verifiedNameOf(
  sql: Sql,
  installation: Installation,
  personId: string,
): Promise<{ family: string; given: string } | undefined> {
  const fields = await provenFields(sql, installation, personId)
  const of = (name: ProvenField['field']) => fields.find(({ field }) => field === name)?.value
  const [family, given] = [of('family-name'), of('given-name')]
  return family === undefined || given === undefined ? undefined : { family, given }
}

/**
 * The name in which a person signs: as their document bears it, never as they call themselves. Made-up people are who the
 * pack says. Undefined where no document counts.
 */
export async function provenNameOf(
  sql: Sql,
  installation: Installation,
  { id, name, methods }: Pick<Person, 'id' | 'name' | 'methods'>,
): Promise<Text | undefined> {
  if (methods.includes('demo')) return name
  const verified = await verifiedNameOf(sql, installation, id)
  if (!verified) return undefined
  const { family, given } = verified
  const text = /\p{Script=Han}/u.test(family) ? `${family}${given}` : `${given} ${family}`
  return { en: text, 'zh-Hant': text, 'zh-Hans': text }
}
