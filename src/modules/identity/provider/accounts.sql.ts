import type { Level, Sql, Text } from '#platform'
import type { Consent } from '../consents/consents.sql.ts'
import { provenLevelOf } from '../people/people.sql.ts'

/** What the provider must know of a person at each step: whether the account is open, and what was agreed. */
export type Account = {
  id: string
  name: Text
  level: Level
  /** What was agreed with this client and counts now; null where nothing was. */
  consent: Pick<Consent, 'scopes' | 'fields' | 'refused'> | null
  /** Who the person is for the client’s channel, where it is one and the two are bound. */
  salt: Buffer | null
}

/** An account as JSON has it: bytes in hexadecimal. */
export type AccountJson = Omit<Account, 'salt'> & { salt: string | null }

export const accountOfJson = ({ salt, ...account }: AccountJson): Account => ({
  ...account,
  salt: salt === null ? null : Buffer.from(salt, 'hex'),
})

type Column = ReturnType<Sql>

/** A subquery: the account of a person and what it agreed with a client; null for one that is closed or unknown. */
export const accountAsJson = (sql: Sql, personId: Column, clientId: Column) => sql`(
  select jsonb_build_object('id', account.id, 'name', account.name, 'level', account.level, 'consent', account.consent,
    'salt', encode(account.salt, 'hex'))
  from (${accountOf(sql, personId, clientId)}) as account)`

/** The account and what it agreed with this client, in one statement; undefined for one that is closed or unknown. */
export async function findAccount(sql: Sql, personId: string, clientId: string): Promise<Account | undefined> {
  const [row] = await sql<Account[]>`${accountOf(sql, sql`${personId}`, sql`${clientId}`)}`
  return row
}

const accountOf = (sql: Sql, personId: Column, clientId: Column) => sql`
  select person.id, person.name,
    ${provenLevelOf(sql, sql`person.id`)} as level,
    case when consent.id is not null
      then jsonb_build_object('scopes', consent.scopes, 'fields', consent.fields, 'refused', consent.refused)
      end as consent,
    binding.salt
  from identity.person
  left join identity.consent on consent.person_id = person.id and consent.client_id = ${clientId}
    and consent.withdrawn_at is null and coalesce(consent.expires_at > now(), true)
  left join identity.client on client.id = ${clientId}
  left join identity.channel_binding as binding on binding.person_id = person.id and binding.channel = client.channel
    and binding.direction = 'outbound' and binding.unbound_at is null
  where person.id = ${personId} and person.closed_at is null`
