import { createHash, randomBytes, randomInt } from 'node:crypto'
import type { Level, Sql } from '#platform'
import { approveSeconds, scanSeconds } from './frames.rules.ts'

/** What stands in the table for the token of the waiting browser. */
const keyOf = (token: string) => createHash('sha256').update(token).digest('hex')

const rateSeconds = 10 * 60
/** Codes that one network may show in ten minutes; an office of many people is one network. */
export const ordersMax = 120

export type NewOrder = { next: string; device: string | undefined; network: Buffer; networkLocal: boolean; now: Date }

/** Begins an order; returns the token for the browser’s cookie, or undefined if its network has begun too many. */
export async function insertOrder(sql: Sql, order: NewOrder): Promise<string | undefined> {
  const token = randomBytes(32).toString('base64url')
  const id = randomBytes(12).toString('base64url')
  const { count } = await sql`
    insert into identity.phone_order
      (id, browser, next, device, network, network_local, number, started_at, expires_at)
    select ${id}, ${keyOf(token)}, ${order.next}, ${order.device?.slice(0, 300) ?? null}, ${order.network},
      ${order.networkLocal}, ${randomInt(10, 100)}, ${order.now}, ${after(order.now, scanSeconds)}
    where (
      select count(*)
      from identity.phone_order
      where network = ${order.network} and started_at > ${after(order.now, -rateSeconds)}) < ${ordersMax}`
  return count > 0 ? token : undefined
}

export type Order = {
  id: string
  next: string
  device: string | null
  networkLocal: boolean
  networkSame: boolean | null
  number: number
  startedAt: string
  expiresAt: string
  personId: string | null
  sessionHandle: string | null
  methods: string[] | null
  levelMax: Level | null
  passkeyId: string | null
  claimedAt: string | null
  approvedAt: string | null
  refusedFor: 'refused' | 'wrong-number' | null
  finishedAt: string | null
}

const columns = (sql: Sql) =>
  sql`id, next, device, network_local, network_same, number, started_at, expires_at, person_id, session_handle, methods,
      level_max, passkey_id, claimed_at, approved_at, refused_for, finished_at`

/** The order that the browser with this token began. */
export async function findOrderOfBrowser(sql: Sql, token: string): Promise<Order | undefined> {
  const [order] = await sql<Order[]>`
    select ${columns(sql)}
    from identity.phone_order
    where browser = ${keyOf(token)}`
  return order
}

export async function findOrder(sql: Sql, id: string): Promise<Order | undefined> {
  const [order] = await sql<Order[]>`
    select ${columns(sql)}
    from identity.phone_order
    where id = ${id}`
  return order
}

/** The phone with a session that scanned. */
export type Phone = { personId: string; sessionHandle: string }

/** Binds an order that nobody has scanned to the session of a phone. False if somebody has, or its time is over. */
export async function claimOrder(
  sql: Sql,
  id: string,
  { personId, sessionHandle, network, now }: Phone & { network: Buffer; now: Date },
): Promise<boolean> {
  const { count } = await sql`
    update identity.phone_order
    set person_id = ${personId}, session_handle = ${sessionHandle}, network_same = network = ${network},
      claimed_at = ${now}, expires_at = ${after(now, approveSeconds)}
    where id = ${id} and claimed_at is null and expires_at > ${now}`
  return count > 0
}

/** The order that this phone scanned and has not answered, locked until the end of the transaction. */
export async function lockClaimedOrder(
  sql: Sql,
  id: string,
  { personId, sessionHandle, now }: Phone & { now: Date },
): Promise<Order | undefined> {
  const [order] = await sql<Order[]>`
    select ${columns(sql)}
    from identity.phone_order
    where id = ${id} and person_id = ${personId} and session_handle = ${sessionHandle}
      and approved_at is null and refused_at is null and expires_at > ${now}
    for update`
  return order
}

type Approval = { methods: readonly string[]; levelMax: Level; passkeyId: string | undefined; now: Date }

/** Approves an order that is locked. */
export async function approveOrder(sql: Sql, id: string, approval: Approval): Promise<void> {
  await sql`
    update identity.phone_order
    set approved_at = ${approval.now}, methods = ${approval.methods as string[]}, level_max = ${approval.levelMax},
      passkey_id = ${approval.passkeyId ?? null}, expires_at = ${after(approval.now, approveSeconds)}
    where id = ${id}`
}

/** Ends an order that is locked. */
export async function refuseOrder(
  sql: Sql,
  id: string,
  { reason, now }: { reason: 'refused' | 'wrong-number'; now: Date },
): Promise<void> {
  await sql`
    update identity.phone_order
    set refused_at = ${now}, refused_for = ${reason}
    where id = ${id}`
}

export type Approved = {
  personId: string
  methods: string[]
  levelMax: Level
  passkeyId: string | null
  /** The link by which the phone itself was signed in, where no passkey confirmed. */
  bindingId: string | null
  /** Whether the session of the phone was recovered: what it opens is then, too. */
  recovered: boolean
  next: string
}

/**
 * Spends the approval of the browser with this token. Undefined if there is none, the passkey that gave it was locked or
 * removed since, or the phone was signed out; of two at once one gets it.
 */
export async function finishOrder(sql: Sql, token: string, now: Date): Promise<Approved | undefined> {
  const [approved] = await sql<Approved[]>`
    update identity.phone_order
    set finished_at = ${now}
    from identity.session as phone
    where browser = ${keyOf(token)} and approved_at is not null and finished_at is null and phone_order.expires_at > ${now}
      and phone.handle = session_handle
      and not exists (
        select from identity.passkey
        where passkey.id = phone_order.passkey_id and (locked_at is not null or removed_at is not null))
    returning phone_order.person_id, phone_order.methods, phone_order.level_max, phone_order.passkey_id, next,
      case when phone_order.passkey_id is null then phone.binding_id end as binding_id, phone.recovered`
  return approved
}

/** A job: orders that ended, once they count for no limit any more. */
export async function deleteOldOrders(sql: Sql): Promise<void> {
  await sql`
    delete from identity.phone_order
    where expires_at < now() - ${rateSeconds} * interval '1 second'`
}

const after = (now: Date, seconds: number) => new Date(now.getTime() + seconds * 1000)
