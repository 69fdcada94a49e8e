import type { Sql } from '#platform'

/** Holds back whoever else changes the subscriptions of a person, until the transaction ends. */
export const lockSubscriptions = (sql: Sql, personId: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`services.subscriptions.${personId}`}, 0))`

export async function countSubscriptions(sql: Sql, personId: string): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    select count(*)::integer as count
    from services.subscription
    where person_id = ${personId}`
  return row.count
}

type Subscribing = { personId: string; service: string; number: number; now: Date }

/** False where the person was told of this service already. */
export async function insertSubscription(sql: Sql, { personId, service, number, now }: Subscribing): Promise<boolean> {
  const rows = await sql`
    insert into services.subscription (person_id, service, told_number, subscribed_at)
    values (${personId}, ${service}, ${number}, ${now})
    on conflict (person_id, service) do nothing`
  return rows.count > 0
}

/** False where there was none. */
export async function deleteSubscription(sql: Sql, personId: string, service: string): Promise<boolean> {
  const rows = await sql`delete from services.subscription where person_id = ${personId} and service = ${service}`
  return rows.count > 0
}

export async function isSubscribed(sql: Sql, personId: string, service: string): Promise<boolean> {
  const [row] = await sql`
    select 1
    from services.subscription
    where person_id = ${personId} and service = ${service}`
  return row !== undefined
}

export const listSubscriptions = (sql: Sql, personId: string, limit: number) =>
  sql<{ service: string; subscribedAt: string }[]>`
    select service, subscribed_at
    from services.subscription
    where person_id = ${personId}
    order by service
    limit ${limit}`

/** Somebody who was not told of the last version of a service, held; others skip them. Undefined where all were told. */
export async function claimUntold(sql: Sql) {
  const [row] = await sql<{ personId: string; service: string; toldNumber: number; number: number }[]>`
    select subscription.person_id, subscription.service, subscription.told_number, current.number
    from services.subscription
    join (
      select service, max(number) as number
      from services.publication
      group by service
    ) as current using (service)
    where subscription.told_number < current.number
    order by subscription.service, subscription.person_id
    limit 1
    for update of subscription skip locked`
  return row
}

export async function raiseTold(sql: Sql, personId: string, service: string, number: number): Promise<void> {
  await sql`
    update services.subscription
    set told_number = ${number}
    where person_id = ${personId} and service = ${service}`
}
