import type { Language, Sql } from '#platform'

type Row = {
  application: string
  reference: string
  service: string
  hash: string
  person: string | null
  organisation: string | null
  language: Language
  sentAt: Date
  sealedTyped: Buffer
  sealedAnswers: Buffer
}

/** An application that was sent; of what was typed nothing is kept. */
export async function insertSent(
  sql: Sql,
  { application, reference, service, hash, person, organisation, language, sentAt, sealedTyped, sealedAnswers }: Row,
): Promise<void> {
  await sql`
    insert into services.application (id, service, version, person_id, organisation, browser_hash, state, sealed_typed, language, begun_at,
      changed_at, reference, sealed_answers, sent_at)
    values (${application}, ${service}, decode(${hash}, 'hex'), ${person}, ${organisation}, ${person === null ? Buffer.alloc(32) : null}, 'sent',
      ${sealedTyped}, ${language}, ${sentAt}, ${sentAt}, ${reference}, ${sealedAnswers}, ${sentAt})`
}
