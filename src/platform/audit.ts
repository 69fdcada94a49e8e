import type { FastifyRequest } from 'fastify'
import { eventsOf } from './access.ts'
import type { Sql } from './database.ts'

/** One act, as the trail keeps it. `subject` is what it was done to: `estimates/2023-24/47`. */
export type Act = {
  event: string
  subject: string
  detail?: Readonly<Record<string, string | number | boolean | null>>
}

/** Who acts: the request of a person, or the program itself. */
export type Actor = FastifyRequest | 'system'

/**
 * Writes an act in the caller's transaction: it stands exactly if the act does. The event must be the one that the route
 * declares, so that the list of events stays true. Returns its number in the trail.
 */
export async function recordAct(sql: Sql, actor: Actor, act: Act): Promise<number> {
  const request = actor === 'system' ? undefined : actor
  const declared = eventsOf(request?.routeOptions.config)
  if (request && !declared.includes(act.event)) throw new Error(`The route declares ${declared}, not ${act.event}`)
  const [row] = await sql<[{ id: number }]>`
    with event as (
      insert into platform.audit_event (event, actor, organisation, on_behalf_of, subject, request, detail)
      values (${act.event}, ${request ? (request.person?.id ?? 'anonymous') : 'system'},
              ${request?.person?.organisation ?? null}, ${request?.person?.onBehalfOf?.id ?? null}, ${act.subject},
              ${request?.id ?? null}, ${sql.json(act.detail ?? {})})
      returning id)
    insert into platform.audit_waiting (event_id)
    select id
    from event
    returning event_id::float8 as id`
  return row.id
}

/** An event as the trail keeps it. `at` is written out to the microsecond in UTC, and `detail` as PostgreSQL has it. */
export type TrailEvent = {
  id: number
  at: string
  event: string
  actor: string
  organisation: string | null
  onBehalfOf: string | null
  subject: string
  request: string | null
  detail: string
}

// The instant is written out, as a plain cast to text depends on the time zone of the connection.
const columns = (sql: Sql) => sql`
  event.id, to_char(event.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, event.event, event.actor,
  event.organisation, event.on_behalf_of, event.subject, event.request, event.detail::text as detail`

/**
 * Events that wait to be logged, the oldest first: they wait no more if the caller's transaction is committed. Nothing is
 * returned while another transaction has taken some.
 */
export async function takeWaitingEvents(sql: Sql, limit: number): Promise<TrailEvent[]> {
  const [lock] = await sql<[{ taken: boolean }]>`select pg_try_advisory_xact_lock(hashtext('praya.audit')) as taken`
  if (!lock.taken) return []
  return sql<TrailEvent[]>`
    with taken as (
      delete from platform.audit_waiting
      where event_id = any (array(select event_id from platform.audit_waiting order by event_id limit ${limit}))
      returning event_id)
    select ${columns(sql)}
    from taken
    join platform.audit_event as event on event.id = taken.event_id
    order by event.id
    limit ${limit}`
}

/** The trail in the order of its numbers, after the event `after`; `waits` are those that are not logged yet. */
export async function listEvents(
  sql: Sql,
  { after, limit }: { after: number; limit: number },
): Promise<(TrailEvent & { waits: boolean })[]> {
  return sql<(TrailEvent & { waits: boolean })[]>`
    select ${columns(sql)}, waiting.event_id is not null as waits
    from platform.audit_event as event
    left join platform.audit_waiting as waiting on waiting.event_id = event.id
    where event.id > ${after}
    order by event.id
    limit ${limit}`
}
