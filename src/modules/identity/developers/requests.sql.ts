import type { Sql, Text } from '#platform'
import type { Client } from '../provider/clients.sql.ts'

/** What a developer asked officers to approve, and what became of it. */
type ClientRequest = {
  id: string
  clientId: string
  askedBy: string
  organisation: string
  purpose: string
  powers: string[]
  askedAt: string
  decidedAt: string | null
  approved: boolean | null
  reason: string | null
}

const listMax = 200

/** Asks. False when something is asked already. */
export async function insertRequest(
  sql: Sql,
  request: Pick<ClientRequest, 'clientId' | 'askedBy' | 'organisation' | 'purpose' | 'powers'>,
): Promise<boolean> {
  const { clientId, askedBy, organisation, purpose, powers } = request
  const { count } = await sql`
    insert into identity.client_request (client_id, asked_by, organisation, purpose, powers)
    values (${clientId}, ${askedBy}, ${organisation}, ${purpose}, ${powers})
    on conflict do nothing`
  return count > 0
}

/** What was asked for a client, newest first. */
export async function listRequestsOf(sql: Sql, clientId: string): Promise<ClientRequest[]> {
  return sql<ClientRequest[]>`
    select id, client_id, asked_by, organisation, purpose, powers, asked_at, decided_at, approved, reason
    from identity.client_request
    where client_id = ${clientId}
    order by asked_at desc, id
    limit ${listMax}`
}

type OpenRequest = Pick<ClientRequest, 'clientId' | 'organisation' | 'powers' | 'askedAt'> & { name: Text }

/** What waits for an officer, the longest first. */
export async function listOpenRequests(sql: Sql): Promise<OpenRequest[]> {
  return sql<OpenRequest[]>`
    select request.client_id, client.name, request.organisation, request.powers, request.asked_at
    from identity.client_request as request
    join identity.client on client.id = request.client_id
    where request.decided_at is null and client.deleted_at is null
    order by request.asked_at, request.id
    limit ${listMax}`
}

type Decision = {
  requestId: string
  by: string
  now: Date
  approved: boolean
  reason: string | null
}

/** Decides what waits. False when somebody was faster. */
export async function decideRequest(sql: Sql, { requestId, by, now, approved, reason }: Decision): Promise<boolean> {
  const { count } = await sql`
    update identity.client_request
    set decided_by = ${by}, decided_at = ${now}, approved = ${approved}, reason = ${reason}
    where id = ${requestId} and decided_at is null`
  return count > 0
}

/**
 * Gives a client what was approved, exactly as the officer saw it: false when it was changed, suspended or deleted
 * meanwhile.
 */
export async function approveClient(
  sql: Sql,
  { id, powers, seen, now }: { id: string; powers: readonly string[]; seen: string; now: Date },
): Promise<boolean> {
  const { count } = await sql`
    update identity.client
    set state = 'live', live_at = coalesce(live_at, ${now}),
      powers = array(select distinct power from unnest(powers || ${[...powers]}::text[]) as power order by power),
      high_risk = high_risk or ${powers.length > 0}, changed_at = clock_timestamp()
    where id = ${id} and deleted_at is null and state <> 'suspended'
      and date_trunc('milliseconds', changed_at) = ${seen}::timestamptz`
  return count > 0
}

type ListedClient = Pick<Client, 'id' | 'name' | 'state'>

/** Every client, for officers: those whose identifier or name begins so, newest first. */
export async function listClients(sql: Sql, begins: string): Promise<ListedClient[]> {
  const pattern = `${begins.replace(/[\\%_]/g, '\\$&')}%`
  return sql<ListedClient[]>`
    select id, name, state
    from identity.client
    where deleted_at is null
      and (id like ${pattern} or name ->> 'en' ilike ${pattern} or name ->> 'zh-Hant' ilike ${pattern})
    order by created_at desc, id
    limit ${listMax}`
}
