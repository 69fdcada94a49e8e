import type { Sql } from '#platform'
import { type Put, writeRecords } from '../provider/records.sql.ts'

/** A request of a service that reached a person away from any browser of theirs. `handle` names it in addresses. */
export type AuthenticationRequest = {
  handle: string
  clientId: string
  params: Record<string, unknown>
  expiresAt: string
  /** Sealed: the identifier by which the service asks for its tokens (`auth_req_id`). */
  secret: Buffer
}

/** A person is not called more often than this at once, so that nobody agrees out of weariness. */
const ofServiceMax = 3
/** Of all services together: more than one service can fill, so that none keeps the others out. */
const ofAllMax = 10

export const model = 'BackchannelAuthenticationRequest'
const open = (sql: Sql) => sql`
  model = ${model} and expires_at > now() and consumed_at is null
  and not payload ? 'grantId' and not payload ? 'error'`
const columns = (sql: Sql) => sql`
  encode(id, 'hex') as handle, payload ->> 'clientId' as client_id, payload -> 'params' as params, expires_at, secret`

/**
 * Keeps a request, in a transaction, if its person has room for one more; returns whether it did. Whoever calls the same
 * person at the same instant waits here, and counts what the others have kept.
 */
export async function insertRequest(sql: Sql, request: Put): Promise<boolean> {
  const { accountId, payload } = request
  await sql`select pg_advisory_xact_lock(hashtextextended(${`identity.request ${accountId}`}, 0))`
  const [waiting] = await sql<[{ ofService: number; ofAll: number }]>`
    select count(*) filter (where payload ->> 'clientId' = ${payload.clientId!})::int as of_service,
      count(*)::int as of_all
    from identity.provider_record
    where account_id = ${accountId} and ${open(sql)}`
  if (waiting.ofService >= ofServiceMax || waiting.ofAll >= ofAllMax) return false
  await writeRecords(sql, { puts: [request] })
  return true
}

/** What waits for a person's answer, oldest first. */
export async function listRequests(sql: Sql, personId: string): Promise<AuthenticationRequest[]> {
  return sql<AuthenticationRequest[]>`
    select ${columns(sql)}
    from identity.provider_record
    where account_id = ${personId} and ${open(sql)}
    order by expires_at
    limit ${ofAllMax}`
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

/** Takes a request for its answer, in the transaction of that. False if it is answered, late, or somebody else's. */
export async function takeRequest(sql: Sql, personId: string, handle: string): Promise<boolean> {
  const rows = await sql`
    select 1 as taken
    from identity.provider_record
    where id = decode(${handle}, 'hex') and account_id = ${personId} and ${open(sql)}
    for update`
  return rows.length > 0
}

/** One that was answered and for which no tokens were taken: sealed, its identifier. */
export async function findAnswered(sql: Sql, handle: string): Promise<Buffer | undefined> {
  const [row] = await sql<{ secret: Buffer }[]>`
    select secret
    from identity.provider_record
    where id = decode(${handle}, 'hex') and model = ${model} and expires_at > now() and consumed_at is null
      and (payload ? 'grantId' or payload ? 'error')`
  return row?.secret
}
