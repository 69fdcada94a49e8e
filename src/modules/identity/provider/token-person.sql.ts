import type { Sql } from '#platform'
import { provenLevelOf } from '../people/people.sql.ts'
import { heldRoles, type SessionRow } from '../sessions/sessions.sql.ts'
import type { Client } from './clients.sql.ts'

type TokenPerson = Pick<SessionRow, 'id' | 'name' | 'organisation' | 'companyName' | 'level' | 'roles' | 'limits'> & {
  /** What was agreed with the client and counts now. */
  scopes: string[]
  client: Pick<Client, 'ownerId' | 'fromPack' | 'powers'>
}

/**
 * The person of a token with what counts this instant, in the name in which they agreed. Undefined where the account is closed, the
 * consent taken back, the client suspended, or the last role ended in the organisation for which they agreed.
 */
export async function findTokenPerson(
  sql: Sql,
  personId: string,
  clientId: string,
  demonstration: boolean,
): Promise<TokenPerson | undefined> {
  const [row] = await sql<TokenPerson[]>`
    select person.id, person.name, acting.organisation, company.name as company_name,
      ${provenLevelOf(sql, sql`person.id`)} as level, coalesce(held.roles, '{}') as roles,
      case
        when held.roles is null then null
        when company.id is not null and company.verified_at is null then '[]'
        else held.limits
      end as limits,
      consent.scopes,
      jsonb_build_object('ownerId', client.owner_id, 'fromPack', client.from_pack, 'powers', client.powers) as client
    from identity.person
    join identity.consent on consent.person_id = person.id and consent.client_id = ${clientId}
      and consent.withdrawn_at is null and coalesce(consent.expires_at > now(), true)
    join identity.client on client.id = consent.client_id and client.deleted_at is null
      and client.state <> 'suspended'
    cross join lateral (select consent.receipt ->> 'organisation' as organisation) as acting
    left join identity.organisation as company on company.id = acting.organisation
    left join lateral (${heldRoles(sql, sql`acting.organisation`)}) as held on true
    where person.id = ${personId} and person.closed_at is null and (${demonstration} or not person.demonstration)
      and (acting.organisation is null or held.roles is not null)`
  return row
}
