import type { Sql } from '#platform'
import { type Delivery, type Kind, keptDays, type Webhook } from './types.ts'

const columns = (sql: Sql) => sql`
  id, address, kinds, services, previous_until_at, paused_at, pause_reason, created_at,
  (select count(*)::int
   from (select 1
         from services.webhook_delivery as each
         where each.webhook = webhook.id and each.state = 'waiting'
         limit 1000) as waiting) as waiting,
  (select count(*)::int
   from (select 1
         from services.webhook_delivery as each
         where each.webhook = webhook.id and each.state = 'given-up'
         limit 1000) as given_up) as given_up`

export const listWebhooks = (sql: Sql, organisation: string, limit: number) =>
  sql<Webhook[]>`
    select ${columns(sql)}
    from services.webhook
    where organisation = ${organisation}
    order by created_at, id
    limit ${limit}`

export async function findWebhook(sql: Sql, organisation: string, id: string): Promise<Webhook | undefined> {
  const [row] = await sql<Webhook[]>`
    select ${columns(sql)}
    from services.webhook
    where id = ${id} and organisation = ${organisation}`
  return row
}

/** Waits until no other transaction changes the webhooks of this organisation. */
export const lockWebhooks = (sql: Sql, organisation: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`services.webhooks.${organisation}`}, 0))`

export async function countWebhooks(sql: Sql, organisation: string): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    select count(*)::int as count
    from services.webhook
    where organisation = ${organisation}`
  return row.count
}

export type NewRow = {
  id: string
  organisation: string
  address: string
  kinds: readonly string[]
  services: readonly string[]
  sealedSecret: Buffer
  now: Date
  by: string
}

/** Whether it was inserted: a form that is sent twice makes one. */
export async function insertWebhook(sql: Sql, row: NewRow): Promise<boolean> {
  const inserted = await sql`
    insert into services.webhook (id, organisation, address, kinds, services, sealed_secret, created_at, created_by)
    values (${row.id}, ${row.organisation}, ${row.address}, ${[...row.kinds]}, ${[...row.services]}, ${row.sealedSecret},
            ${row.now}, ${row.by})
    on conflict (id) do nothing
    returning 1`
  return inserted.length > 0
}

/** Puts a new secret in the place of the one that counts, which signs as well until `untilAt`. */
export async function rotateSecret(
  sql: Sql,
  id: string,
  { sealedSecret, untilAt }: { sealedSecret: Buffer; untilAt: Date },
): Promise<void> {
  await sql`
    update services.webhook
    set sealed_previous = sealed_secret, previous_until_at = ${untilAt}, sealed_secret = ${sealedSecret}
    where id = ${id}`
}

/** Whether it was not paused before. */
export async function pauseWebhook(sql: Sql, id: string, reason: 'officer' | 'gone', now: Date): Promise<boolean> {
  const paused = await sql`
    update services.webhook
    set paused_at = ${now}, pause_reason = ${reason}
    where id = ${id} and paused_at is null
    returning 1`
  return paused.length > 0
}

/** Lets a webhook go on. What waited is due at once, and has its full time. */
export async function resumeWebhook(sql: Sql, id: string, now: Date): Promise<boolean> {
  const resumed = await sql`
    update services.webhook
    set paused_at = null, pause_reason = null, rest_until_at = null
    where id = ${id} and paused_at is not null
    returning 1`
  if (resumed.length === 0) return false
  await sql`
    update services.webhook_delivery
    set since_at = ${now}, next_at = ${now}, tries = 0
    where webhook = ${id} and state = 'waiting'`
  return true
}

/** Leaves an address alone until then, or with null no longer. */
export async function restWebhook(sql: Sql, id: string, untilAt: Date | null): Promise<void> {
  await sql`
    update services.webhook
    set rest_until_at = ${untilAt}
    where id = ${id}`
}

export const deleteWebhook = (sql: Sql, id: string) =>
  sql`
    delete from services.webhook
    where id = ${id}`

/** As many as may take the messages of one service. */
const subscribersMax = 200

export const listSubscribers = (sql: Sql, service: string, kinds: readonly Kind[]) =>
  sql<{ id: string; kinds: Kind[] }[]>`
    select id, kinds
    from services.webhook
    where services @> ${[service]} and kinds && ${[...kinds]}
    order by created_at
    limit ${subscribersMax}`

type NewDelivery = {
  id: string
  webhook: string
  reference: string | null
  number: number | null
  kind: string
  payload: string
}

export async function insertDelivery(sql: Sql, row: NewDelivery, now: Date): Promise<void> {
  await sql`
    insert into services.webhook_delivery (id, webhook, reference, number, kind, payload, created_at, since_at, next_at)
    values (${row.id}, ${row.webhook}, ${row.reference}, ${row.number}, ${row.kind}, ${row.payload}, ${now}, ${now}, ${now})`
}

export type Claimed = {
  id: string
  webhook: string
  payload: string
  tries: number
  sinceAt: string
  address: string
  sealedSecret: Buffer
  sealedPrevious: Buffer | null
  previousUntilAt: string | null
}

/**
 * Takes the delivery that is due first until `leaseUntilAt`: of a case only the oldest that waits, and of an address one at a time, so
 * that a slow one keeps the others waiting no longer than its own messages. A lease that ran out is that of a process that died.
 */
export async function claimDelivery(sql: Sql, now: Date, leaseUntilAt: Date): Promise<Claimed | undefined> {
  const [row] = await sql<Claimed[]>`
    with due as (
      select delivery.id
      from services.webhook_delivery as delivery
      join services.webhook on webhook.id = delivery.webhook
      where delivery.state = 'waiting' and delivery.next_at <= ${now} and webhook.paused_at is null
        and (webhook.rest_until_at is null or webhook.rest_until_at <= ${now})
        and (delivery.lease_until_at is null or delivery.lease_until_at <= ${now})
        and not exists (
          select 1
          from services.webhook_delivery as other
          where other.webhook = delivery.webhook and other.state = 'waiting'
            and (other.reference = delivery.reference and other.number < delivery.number or other.lease_until_at > ${now}))
      order by delivery.next_at, delivery.created_at, delivery.id
      limit 1
      for update of delivery skip locked
    )
    update services.webhook_delivery as delivery
    set lease_until_at = ${leaseUntilAt}, tries = delivery.tries + 1, last_at = ${now}
    from due, services.webhook
    where delivery.id = due.id and webhook.id = delivery.webhook
    returning delivery.id, delivery.webhook, delivery.payload, delivery.tries, delivery.since_at, webhook.address,
      webhook.sealed_secret, webhook.sealed_previous, webhook.previous_until_at`
  return row
}

export type Outcome =
  | { state: 'delivered' | 'given-up'; result: string; now: Date }
  | { state: 'waiting'; result: string; nextAt: Date }

/** Writes what came of a try, unless it was sent again or settled since, which the count of tries tells. */
export async function settleDelivery(
  sql: Sql,
  { id, tries }: Pick<Claimed, 'id' | 'tries'>,
  outcome: Outcome,
): Promise<void> {
  const settled = outcome.state === 'waiting' ? null : outcome.now
  await sql`
    update services.webhook_delivery
    set state = ${outcome.state}, last_result = ${outcome.result}, lease_until_at = null, settled_at = ${settled},
      next_at = ${outcome.state === 'waiting' ? outcome.nextAt : sql`next_at`}
    where id = ${id} and tries = ${tries} and state = 'waiting'`
}

export const listDeliveries = (sql: Sql, webhook: string, limit: number) =>
  sql<Delivery[]>`
    select id, kind, reference, state, tries, created_at, next_at, last_at, last_result
    from services.webhook_delivery
    where webhook = ${webhook}
    order by created_at desc, number desc, id
    limit ${limit}`

/** Puts a settled delivery back, or with no `id` everything that was given up. How many there were. */
export async function sendAgain(sql: Sql, webhook: string, id: string | null, now: Date): Promise<number> {
  const again = await sql`
    update services.webhook_delivery
    set state = 'waiting', settled_at = null, since_at = ${now}, next_at = ${now}, tries = 0, lease_until_at = null
    where webhook = ${webhook} and ${id === null ? sql`state = 'given-up'` : sql`id = ${id} and state <> 'waiting'`}
    returning 1`
  return again.length
}

export async function findDelivery(sql: Sql, webhook: string, id: string): Promise<{ id: string } | undefined> {
  const [row] = await sql<{ id: string }[]>`
    select id
    from services.webhook_delivery
    where webhook = ${webhook} and id = ${id}`
  return row
}

export const deleteOldDeliveries = (sql: Sql, now: Date) =>
  sql`
    delete from services.webhook_delivery
    where created_at < ${now}::timestamptz - ${keptDays} * interval '1 day' and since_at < ${now}::timestamptz - interval '4 days'`

/** Messages of a department that were given up, for its desk; a thousand at most. */
export async function countGivenUp(sql: Sql, organisation: string): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    select count(*)::int as count
    from (select 1
          from services.webhook_delivery as delivery
          join services.webhook on webhook.id = delivery.webhook
          where webhook.organisation = ${organisation} and delivery.state = 'given-up'
          limit 1000) as given_up`
  return row.count
}
