import type { Sql } from '#platform'
import { withdrawConsents } from '../consents/consents.sql.ts'
import type { Client } from '../provider/clients.sql.ts'

export const clientsMax = 20
export const clientsPerDayMax = 50

/** Whether a developer may register one more client; nobody else registers for them until the transaction ends. */
export async function mayRegister(sql: Sql, ownerId: string): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`identity.client-owner/${ownerId}`}, 0))`
  const [row] = await sql<[{ held: number; today: number }]>`
    select count(*) filter (where deleted_at is null)::int as held,
      count(*) filter (where created_at > now() - interval '1 day')::int as today
    from identity.client
    where owner_id = ${ownerId}`
  return row.held < clientsMax && row.today < clientsPerDayMax
}

/** Whether somebody is a developer: whoever registered a client is, also after it was deleted. */
export async function isDeveloper(sql: Sql, personId: string): Promise<boolean> {
  const [row] = await sql<[{ found: boolean }]>`
    select exists (select from identity.client where owner_id = ${personId}) as found`
  return row.found
}

/**
 * Changes the name and the addresses of a client as it was read; its keys stay. False when an officer approved it
 * meanwhile, as what was checked for the sandbox does not do for a live client.
 */
export async function updateClient(
  sql: Sql,
  { id, liveAt }: Pick<Client, 'id' | 'liveAt'>,
  { name, metadata }: Pick<Client, 'name' | 'metadata'>,
): Promise<boolean> {
  const { count } = await sql`
    update identity.client
    set name = ${sql.json(name)}, changed_at = now(),
      metadata = ${sql.json(metadata as never)}::jsonb || jsonb_strip_nulls(jsonb_build_object('jwks', metadata -> 'jwks'))
    where id = ${id} and deleted_at is null and live_at is not distinct from ${liveAt}::timestamptz`
  return count > 0
}

/** Replaces the keys by which a client proves itself. */
export async function setKeys(sql: Sql, id: string, keys: object): Promise<void> {
  await sql`
    update identity.client
    set metadata = metadata || jsonb_build_object('jwks', ${sql.json(keys as never)}::jsonb), changed_at = now()
    where id = ${id} and deleted_at is null`
}

/** Stops a client at once. An officer stops also one that its developer stopped already, and then it stays so. */
export async function suspendClient(sql: Sql, id: string, by: 'developer' | 'officer'): Promise<boolean> {
  const { count } = await sql`
    update identity.client
    set state = 'suspended', suspended_by = ${by}, changed_at = now()
    where id = ${id} and deleted_at is null
      and (state <> 'suspended' or (${by} = 'officer' and suspended_by is distinct from 'officer'))`
  return count > 0
}

/** Of somebody whose account is closed: nobody answers for these clients now, and only an officer lets one go on. */
export async function suspendClientsOf(sql: Sql, ownerId: string): Promise<void> {
  await sql`
    update identity.client
    set state = 'suspended', suspended_by = 'officer', changed_at = now()
    where owner_id = ${ownerId} and deleted_at is null`
}

/** Lets a client ask again, as what it was. Only who stopped it does. */
export async function resumeClient(sql: Sql, id: string, by: 'developer' | 'officer'): Promise<boolean> {
  const { count } = await sql`
    update identity.client
    set state = case when live_at is null then 'sandbox' else 'live' end, suspended_by = null, changed_at = now()
    where id = ${id} and deleted_at is null and state = 'suspended' and suspended_by = ${by}`
  return count > 0
}

/** Deletes a client: its secrets and keys go, what people agreed with it ends, and its identifier is never given again. */
export async function deleteClient(sql: Sql, id: string): Promise<void> {
  await sql`
    update identity.client
    set state = 'suspended', suspended_by = null, secret = null, secret_hidden_at = null, former_secret = null,
      former_ends_at = null, metadata = metadata - 'jwks', deleted_at = now(), changed_at = now()
    where id = ${id} and deleted_at is null`
  await withdrawConsents(sql, sql`client_id = ${id}`)
  await sql`delete from identity.client_error where client_id = ${id}`
}
