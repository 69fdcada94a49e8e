import type { Installation, Sql } from '#platform'

/** A request of a service that reached a person away from any browser of theirs. `handle` names it in addresses. */
export type AuthenticationRequest = {
  handle: string
  clientId: string
  params: Record<string, unknown>
  expiresAt: string
}

const model = 'BackchannelAuthenticationRequest'
const open = (sql: Sql) => sql`
  model = ${model} and expires_at > now() and consumed_at is null
  and not payload ? 'grantId' and not payload ? 'error' and not payload ? 'answered'`
const columns = (sql: Sql) => sql`
  encode(id, 'hex') as handle, payload ->> 'clientId' as client_id, payload -> 'params' as params, expires_at`

/** What waits for a person's answer, oldest first. */
export async function listRequests(sql: Sql, personId: string): Promise<AuthenticationRequest[]> {
  return sql<AuthenticationRequest[]>`
    select ${columns(sql)}
    from identity.provider_record
    where account_id = ${personId} and ${open(sql)}
    order by expires_at
    limit 20`
}

/** How many wait for a person, of services that are not suspended. */
export async function countRequests(sql: Sql, personId: string): Promise<number> {
  const [row] = await sql<[{ waiting: number }]>`
    select count(*)::int as waiting
    from identity.provider_record
    where account_id = ${personId} and ${open(sql)} and exists (
      select from identity.client
      where client.id = payload ->> 'clientId' and client.state <> 'suspended')`
  return row.waiting
}

export async function findRequest(
  sql: Sql,
  personId: string,
  handle: string,
): Promise<AuthenticationRequest | undefined> {
  const [row] = await sql<AuthenticationRequest[]>`
    select ${columns(sql)}
    from identity.provider_record
    where id = decode(${handle}, 'hex') and account_id = ${personId} and ${open(sql)}`
  return row
}

/**
 * Takes a request for its answer, in the transaction of that: of two windows one does. Returns its identifier
 * (`auth_req_id`), or undefined if it is answered, late, or somebody else's.
 */
export async function takeRequest(
  sql: Sql,
  { vault }: Pick<Installation, 'vault'>,
  personId: string,
  handle: string,
): Promise<string | undefined> {
  const [row] = await sql<{ secret: Buffer }[]>`
    update identity.provider_record
    set payload = payload || '{"answered": true}'
    where id = decode(${handle}, 'hex') and account_id = ${personId} and ${open(sql)}
    returning secret`
  return row && vault.open('provider-record', row.secret, model).toString()
}
