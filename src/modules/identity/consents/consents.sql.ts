import type { Sql, Text } from '#platform'

/** What a person agreed to, as it was shown. */
export type Receipt = {
  /** The service and its origin, as they were named. */
  service: Text
  origin: string
  language: string
  /** The sentences that were shown, in the person's language. */
  sentences: readonly string[]
  purpose?: string
}

export type Consent = {
  id: string
  personId: string
  clientId: string
  scopes: string[]
  fields: string[]
  receipt: Receipt
  givenAt: string
  expiresAt: string | null
  withdrawnAt: string | null
}

/**
 * Agrees to what stands here, in the place of what was agreed with this client before; in a transaction. Returns the
 * consent's identifier.
 */
export async function insertConsent(
  sql: Sql,
  consent: Pick<Consent, 'personId' | 'clientId' | 'scopes' | 'fields' | 'receipt'> & { expiresAt?: string },
): Promise<string> {
  const { personId, clientId, scopes, fields, receipt, expiresAt } = consent
  // Who answers in two tabs at once agrees one after the other.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`identity.consent ${personId} ${clientId}`}, 0))`
  await sql`
    update identity.consent
    set withdrawn_at = now()
    where person_id = ${personId} and client_id = ${clientId} and withdrawn_at is null`
  const [row] = await sql<[{ id: string }]>`
    insert into identity.consent (person_id, client_id, scopes, fields, receipt, expires_at)
    values (${personId}, ${clientId}, ${scopes}, ${fields}, ${sql.json(receipt as never)}, ${expiresAt ?? null})
    returning id`
  return row.id
}

/** What counts between this person and this client now. */
export async function findConsent(sql: Sql, personId: string, clientId: string): Promise<Consent | undefined> {
  const [row] = await sql<Consent[]>`
    select id, person_id, client_id, scopes, fields, receipt, given_at, expires_at, withdrawn_at
    from identity.consent
    where person_id = ${personId} and client_id = ${clientId} and withdrawn_at is null
      and coalesce(expires_at > now(), true)`
  return row
}

const listMax = 200

/** Every consent of a person, those that count first, then newest first. */
export async function listConsents(sql: Sql, personId: string): Promise<Consent[]> {
  return sql<Consent[]>`
    select id, person_id, client_id, scopes, fields, receipt, given_at, expires_at, withdrawn_at
    from identity.consent
    where person_id = ${personId}
    order by withdrawn_at is not null, given_at desc
    limit ${listMax}`
}

/** Takes a consent back; it counts at the next request of the client. Returns the client, or undefined if nothing ended. */
export async function withdrawConsent(sql: Sql, personId: string, id: string): Promise<string | undefined> {
  const [row] = await sql<{ clientId: string }[]>`
    update identity.consent
    set withdrawn_at = now()
    where id = ${id} and person_id = ${personId} and withdrawn_at is null
    returning client_id`
  return row?.clientId
}
