import type { Level, Sql, Text } from '#platform'
import { provenLevelOf } from '../people/people.sql.ts'

/** What the provider must know of a person at each step: whether the account is open, and what was agreed. */
export type Account = {
  id: string
  name: Text
  level: Level
  /** What was agreed with this client and counts now; null where nothing was. */
  consent: { scopes: string[]; fields: string[] } | null
  /** Who the person is for the client’s channel, where it is one and the two are bound. */
  salt: Buffer | null
}

/** The account and what it agreed with this client, in one statement; undefined for one that is closed or unknown. */
export async function findAccount(sql: Sql, personId: string, clientId: string): Promise<Account | undefined> {
  const [row] = await sql<Account[]>`
    select person.id, person.name,
      ${provenLevelOf(sql, sql`person.id`)} as level,
      case when consent.id is not null
        then jsonb_build_object('scopes', consent.scopes, 'fields', consent.fields) end as consent,
      binding.salt
    from identity.person
    left join identity.consent on consent.person_id = person.id and consent.client_id = ${clientId}
      and consent.withdrawn_at is null and coalesce(consent.expires_at > now(), true)
    left join identity.client on client.id = ${clientId}
    left join identity.channel_binding as binding on binding.person_id = person.id and binding.channel = client.channel
      and binding.direction = 'outbound' and binding.unbound_at is null
    where person.id = ${personId} and person.closed_at is null`
  return row
}
