import type { Sql, Text } from '#platform'
import type { Client } from '../provider/clients.sql.ts'
import { hashOf } from '../provider/records.sql.ts'

/** The service that sent a person to sign in. */
export type Asking = { name: Text; organisation: string | null; state: Client['state']; redirectUri: string }

/**
 * Whether one can sign in through another platform; and which service asks by the request `uid`, as long as the request can
 * still be answered: its client may ask, and the session of the provider in which it began is still that of the same person.
 */
export async function findAround(
  sql: Sql,
  uid: string | undefined,
): Promise<{ channels: boolean; asking: Asking | null }> {
  const [row] = await sql<[{ channels: boolean } & (Asking | Record<keyof Asking, null>)]>`
    select ${openChannel(sql)} as channels,
      asking.name, asking.organisation, asking.state, asking.redirect_uri
    from (select) as always
    left join lateral (
      select client.name, client.organisation, client.state, request.payload #>> '{params,redirect_uri}' as redirect_uri
      from identity.provider_record as request
      join identity.client on client.id = request.payload #>> '{params,client_id}' and client.state <> 'suspended'
      left join identity.provider_record as session on session.model = 'Session' and session.expires_at > now()
        and session.uid = sha256(convert_to(request.payload #>> '{session,uid}', 'UTF8'))
      where request.model = 'Interaction' and request.id = ${uid === undefined ? null : hashOf(uid)}
        and request.expires_at > now()
        and (request.payload #>> '{session,uid}' is null
          or session.account_id is not distinct from request.payload #>> '{session,accountId}')
    ) as asking on true`
  const { channels, name, organisation, state, redirectUri } = row
  return { channels, asking: name === null ? null : { name, organisation, state, redirectUri } }
}

/** Whether one can sign in through another platform. */
export async function hasOpenChannel(sql: Sql): Promise<boolean> {
  const [row] = await sql<[{ found: boolean }]>`select ${openChannel(sql)} as found`
  return row.found
}

const openChannel = (sql: Sql) => sql`exists (select from identity.channel where open)`
