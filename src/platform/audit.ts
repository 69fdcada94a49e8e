import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { eventsOf } from './access.ts'
import type { Database, Sql } from './database.ts'

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
 * declares, so that the list of events stays true.
 */
export async function recordAct(sql: Sql, actor: Actor, act: Act): Promise<void> {
  const request = actor === 'system' ? undefined : actor
  const declared = eventsOf(request?.routeOptions.config)
  if (request && !declared.includes(act.event)) throw new Error(`The route declares ${declared}, not ${act.event}`)
  await sql`
    insert into platform.audit_event (event, actor, organisation, on_behalf_of, subject, request, detail)
    values (${act.event}, ${request ? (request.person?.id ?? 'anonymous') : 'system'},
            ${request?.person?.organisation ?? null}, ${request?.person?.onBehalfOf?.id ?? null}, ${act.subject}, ${request?.id ?? null},
            ${sql.json(act.detail ?? {})})`
}

type Event = {
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

const batchSize = 1000
const genesis = Buffer.alloc(32)

/** SHA-256 over the hash before and the event's fields as a JSON array, in UTF-8. */
function hashOf(before: Buffer, event: Event): Buffer {
  const fields = [
    event.id,
    event.at,
    event.event,
    event.actor,
    event.organisation,
    event.subject,
    event.request,
    event.detail,
    // Only where there is somebody, so that the hashes of what was written before still hold.
    ...(event.onBehalfOf === null ? [] : [event.onBehalfOf]),
  ]
  return createHash('sha256').update(before).update(JSON.stringify(fields)).digest()
}

// The instant is written out, as a plain cast to text depends on the time zone of the connection.
const eventColumns = (sql: Sql) => sql`
  event.id, to_char(event.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, event.event, event.actor, event.organisation, event.on_behalf_of, event.subject, event.request,
  event.detail::text as detail`

/**
 * Adds the events that are not in the chain yet, in the order found. Events are linked after they are committed and not
 * in their own transaction: a lock held by every act until its commit would let only one act happen at a time. Until
 * linked (a minute at most), the grant alone protects an event. Returns how many were linked.
 */
export async function linkAuditEvents(sql: Database['sql']): Promise<number> {
  return sql.begin(async (transaction) => {
    await transaction`select pg_advisory_xact_lock(hashtext('praya.audit'))`
    const [last] = await transaction<{ position: number; hash: Buffer }[]>`
      select position, hash
      from platform.audit_link
      order by position desc
      limit 1`
    const events = await transaction<Event[]>`
      select ${eventColumns(transaction)}
      from platform.audit_event as event
      where not exists (select from platform.audit_link as link where link.event_id = event.id)
      order by event.id
      limit ${batchSize}`
    let { position, hash } = last ?? { position: -1, hash: genesis }
    const links = events.map((event) => {
      hash = hashOf(hash, event)
      position += 1
      return { position, event_id: event.id, hash }
    })
    if (links.length > 0) await transaction`insert into platform.audit_link ${transaction(links)}`
    return links.length
  })
}

/** Recomputes the chain. `broken` is the position of the first link that does not fit its event or its predecessor. */
export async function verifyAuditTrail(
  sql: Sql,
  onRead?: (events: number) => void,
): Promise<{ events: number; broken: number | null }> {
  let before: Buffer = genesis
  let events = 0
  for (;;) {
    const rows = await sql<(Event & { position: number; hash: Buffer })[]>`
      select link.position, link.hash, ${eventColumns(sql)}
      from platform.audit_link as link
      left join platform.audit_event as event on event.id = link.event_id
      where link.position >= ${events}
      order by link.position
      limit ${batchSize}`
    for (const row of rows) {
      if (row.position !== events || !hashOf(before, row).equals(row.hash)) return { events, broken: events }
      before = row.hash
      events += 1
    }
    if (rows.length < batchSize) return { events, broken: null }
    onRead?.(events)
  }
}
