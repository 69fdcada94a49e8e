import type { Sql, Text } from '#platform'
import { revokeGrants } from '../provider/records.sql.ts'

/** What a person agreed to, as it was shown. */
export type Receipt = {
  /** The service and its origin, as they were named. */
  service: Text
  origin: string
  language: string
  /** The sentences that were shown, in the person's language. */
  sentences: readonly string[]
  purpose?: string
  /** The words that the person compared with those on the screen of the staff. */
  message?: string
  /** The organisation for which the person acted, and in whose name tokens of this consent act. */
  organisation?: string
}

export type Consent = {
  id: string
  personId: string
  clientId: string
  scopes: string[]
  /** Which fields it is told; `verified/` before one that is told with who verified it. */
  fields: string[]
  /** Which it asked for and is not told. */
  refused: string[]
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
  consent: Pick<Consent, 'personId' | 'clientId' | 'scopes' | 'fields' | 'receipt'> & {
    refused?: string[]
    expiresAt?: string
  },
): Promise<string> {
  const { personId, clientId, scopes, fields, refused = [], receipt, expiresAt } = consent
  await lockConsents(sql, personId, clientId)
  await end(sql, sql`person_id = ${personId} and client_id = ${clientId}`)
  const [row] = await sql<[{ id: string }]>`
    insert into identity.consent (person_id, client_id, scopes, fields, refused, receipt, expires_at)
    values (${personId}, ${clientId}, ${scopes}, ${fields}, ${refused}, ${sql.json(receipt as never)}, ${expiresAt ?? null})
    returning id`
  return row.id
}

/** Who answers one service in two tabs at once agrees one after the other, and the second sees what the first agreed to. */
export async function lockConsents(sql: Sql, personId: string, clientId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`identity.consent ${personId} ${clientId}`}, 0))`
}

/** What counts between this person and this client now. */
export async function findConsent(sql: Sql, personId: string, clientId: string): Promise<Consent | undefined> {
  const [row] = await sql<Consent[]>`
    select id, person_id, client_id, scopes, fields, refused, receipt, given_at, expires_at, withdrawn_at
    from identity.consent
    where person_id = ${personId} and client_id = ${clientId} and withdrawn_at is null
      and coalesce(expires_at > now(), true)`
  return row
}

/** A consent as its person sees it, with what became of it. */
export type OwnConsent = Omit<Consent, 'expiresAt' | 'withdrawnAt'> & {
  state: 'counts' | 'withdrawn' | 'replaced' | 'expired'
  endedAt: string | null
}

// A newer one takes the place of another in one transaction, and so in one instant.
const own = (sql: Sql) => sql`
  select consent.id, consent.person_id, consent.client_id, consent.scopes, consent.fields, consent.refused,
    consent.receipt, consent.given_at,
    case
      when consent.withdrawn_at is null then case when consent.expires_at <= now() then 'expired' else 'counts' end
      when newer.id is null then 'withdrawn'
      else 'replaced'
    end as state,
    coalesce(consent.withdrawn_at, case when consent.expires_at <= now() then consent.expires_at end) as ended_at
  from identity.consent
  left join identity.consent as newer on newer.person_id = consent.person_id and newer.client_id = consent.client_id
    and newer.given_at = consent.withdrawn_at and newer.id <> consent.id`

const listMax = 200

/** Every consent of a person, those that count first, then newest first. */
export async function listConsents(sql: Sql, personId: string): Promise<OwnConsent[]> {
  return sql<OwnConsent[]>`
    ${own(sql)}
    where consent.person_id = ${personId}
    order by consent.withdrawn_at is not null, consent.given_at desc, consent.id
    limit ${listMax}`
}

/** One of a person's consents; undefined for somebody else’s. */
export async function findConsentOf(sql: Sql, personId: string, id: string): Promise<OwnConsent | undefined> {
  const [row] = await sql<OwnConsent[]>`
    ${own(sql)}
    where consent.person_id = ${personId} and consent.id = ${id}`
  return row
}

type Ended = Pick<Consent, 'personId' | 'clientId'>

const end = (sql: Sql, which: ReturnType<Sql>) => sql<Ended[]>`
  update identity.consent
  set withdrawn_at = now()
  where withdrawn_at is null and ${which}
  returning person_id, client_id`

/**
 * Takes the consents that fit back, with every grant and token that rests on them, in the caller's transaction; it counts
 * at the next request of each client. Returns what ended.
 */
export async function withdrawConsents(sql: Sql, which: ReturnType<Sql>): Promise<Ended[]> {
  const ended = await end(sql, which)
  await revokeGrants(sql, ended)
  return ended
}
