import type { Sql } from '#platform'

/** What ends when an account is closed, each counted. */
export type Holdings = {
  passkeys: number
  codes: number
  sessions: number
  services: number
  platforms: number
  roles: number
  mandates: number
  certificates: number
  notifications: number
  documents: number
  clients: number
}

export async function countHoldings(sql: Sql, personId: string): Promise<Holdings> {
  const [row] = await sql<[Holdings]>`
    select
      (select count(*) from identity.passkey where person_id = person.id and removed_at is null)::int as passkeys,
      (select count(*) from identity.recovery_code
       where person_id = person.id and used_at is null and withdrawn_at is null)::int as codes,
      (select count(*) from identity.session where person_id = person.id and expires_at > now())::int as sessions,
      (select count(*) from identity.consent
       where person_id = person.id and withdrawn_at is null and coalesce(expires_at > now(), true))::int as services,
      (select count(*) from identity.channel_binding
       where person_id = person.id and unbound_at is null)::int as platforms,
      (select count(*) from identity.role_grant
       where person_id = person.id and withdrawn_at is null and coalesce(expires_at > now(), true))::int as roles,
      (select count(*) from identity.mandate
       where (principal_id = person.id or agent_id = person.id) and withdrawn_at is null
         and expires_at > now())::int as mandates,
      (select count(*) from identity.signing_key
       where person_id = person.id and revoked_at is null and ends_at > now())::int as certificates,
      (select count(*) from identity.push_subscription where person_id = person.id)::int
        + (select count(*) from identity.mail_address where person_id = person.id)::int as notifications,
      (select count(*) from identity.signing_document
       join identity.signing_request as request on request.id = signing_document.request_id
       where request.requested_by = person.id and signing_document.expires_at > now())::int as documents,
      (select count(*) from identity.client
       where owner_id = person.id and deleted_at is null and state <> 'suspended')::int as clients
    from (select ${personId}::text as id) as person`
  return row
}

/** Organisations for which nobody but this person holds one of the roles. */
export async function listHeldAlone(sql: Sql, personId: string, roles: readonly string[]): Promise<string[]> {
  const rows = await sql<{ organisation: string }[]>`
    with holder as (
      select distinct role_grant.organisation, role_grant.person_id
      from identity.role_grant
      join identity.person on person.id = role_grant.person_id and person.closed_at is null
      where role = any (${roles as string[]}) and approved_at is not null and withdrawn_at is null
        and coalesce(expires_at > now(), true)
    )
    select organisation
    from holder
    group by organisation
    having count(*) = 1 and min(person_id) = ${personId}
    order by organisation
    limit 100`
  return rows.map(({ organisation }) => organisation)
}

/**
 * Ends what an account opened elsewhere and what waited for its person, in the caller’s transaction: beside ways in,
 * sessions and roles, which end with the account itself, and mandates, of which the other of the two is told.
 */
export async function endHoldings(sql: Sql, personId: string, now: Date): Promise<void> {
  await sql`
    delete from identity.provider_record
    where account_id = ${personId} and model = 'BackchannelAuthenticationRequest'`
  await sql`
    update identity.channel_binding
    set unbound_at = ${now}
    where person_id = ${personId} and unbound_at is null`
  await sql`
    update identity.signing_key
    set revoked_at = ${now}, sealed_key = null, sealed_lattice_key = null
    where person_id = ${personId} and revoked_at is null and ends_at > ${now}`
  await sql`
    delete from identity.signing_document
    where request_id in (select id from identity.signing_request where requested_by = ${personId})`
  await sql`
    delete from identity.phone_order
    where person_id = ${personId} and finished_at is null`
  await sql`delete from identity.notification where person_id = ${personId} and state = 'queued'`
  await sql`delete from identity.push_subscription where person_id = ${personId}`
  await sql`delete from identity.mail_address where person_id = ${personId}`
  await sql`delete from identity.quiet_time where person_id = ${personId}`
  await sql`delete from identity.proof_draft where person_id = ${personId}`
  await sql`
    update identity.counter_code
    set used_at = ${now}, outcome = 'replaced'
    where person_id = ${personId} and used_at is null`
  await sql`delete from identity.acting_code where person_id = ${personId}`
  await sql`delete from identity.known_browser where person_id = ${personId}`
}
