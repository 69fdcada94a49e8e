import { createHash, randomBytes } from 'node:crypto'
import type { Installation, Sql } from '#platform'
import type { Filled, NewFilling } from './types.ts'

/** How long a link waits for its person, and a code for its service. */
const orderMinutes = 30
const codeMinutes = 5
const openMax = 1000

const purpose = 'filling'
const newHandle = () => randomBytes(32).toString('base64url')
const hash = (handle: string) => createHash('sha256').update(handle).digest()
const contextOf = (part: 'order' | 'values', lookup: Buffer) => `filling/${part}/${lookup.toString('hex')}`

/** Keeps a form for the person who opens its link; undefined where the service has a thousand that wait already. */
export async function insertFilling(
  sql: Sql,
  { vault }: Installation,
  clientId: string,
  filling: NewFilling,
): Promise<{ handle: string; expiresAt: string } | undefined> {
  const handle = newHandle()
  const lookup = hash(handle)
  const sealed = vault.seal(purpose, JSON.stringify(filling), contextOf('order', lookup))
  const [row] = await sql<{ expiresAt: string }[]>`
    insert into identity.filling_order (lookup, client_id, sealed, expires_at)
    select ${lookup}, ${clientId}, ${sealed}, now() + make_interval(mins => ${orderMinutes})
    where (select count(*) from identity.filling_order where client_id = ${clientId} and expires_at > now()) < ${openMax}
    returning expires_at`
  return row && { handle, expiresAt: row.expiresAt }
}

export type WaitingFilling = NewFilling & { clientId: string }

/** A form that nobody answered yet; undefined for one that was answered, is over, or never was. */
export async function findFilling(
  sql: Sql,
  { vault }: Installation,
  handle: string,
): Promise<WaitingFilling | undefined> {
  const lookup = hash(handle)
  const [row] = await sql<{ clientId: string; sealed: Buffer }[]>`
    select client_id, sealed
    from identity.filling_order
    where lookup = ${lookup} and code_lookup is null and expires_at > now()`
  if (!row) return undefined
  const filling = JSON.parse(vault.open(purpose, row.sealed, contextOf('order', lookup)).toString()) as NewFilling
  return { ...filling, clientId: row.clientId }
}

/**
 * Answers a form with what the person agreed to. Returns the code by which its service collects it; undefined where it was
 * answered before.
 */
export async function answerFilling(
  sql: Sql,
  { vault }: Installation,
  handle: string,
  { filled, sharingId }: { filled: Filled; sharingId: string },
): Promise<string | undefined> {
  const code = newHandle()
  const lookup = hash(code)
  const { count } = await sql`
    update identity.filling_order
    set code_lookup = ${lookup}, sealed_values = ${vault.seal(purpose, JSON.stringify(filled), contextOf('values', lookup))},
        sharing_id = ${sharingId}, expires_at = now() + make_interval(mins => ${codeMinutes})
    where lookup = ${hash(handle)} and code_lookup is null and expires_at > now()`
  return count > 0 ? code : undefined
}

/** Ends a form that its person refused. False where it was answered before. */
export async function refuseFilling(sql: Sql, handle: string): Promise<boolean> {
  const { count } = await sql`
    delete from identity.filling_order
    where lookup = ${hash(handle)} and code_lookup is null and expires_at > now()`
  return count > 0
}

/** What was agreed to, once and for its service alone: with it the form is gone. */
export async function collectFilling(
  sql: Sql,
  { vault }: Installation,
  clientId: string,
  code: string,
): Promise<{ filled: Filled; sharingId: string } | undefined> {
  const lookup = hash(code)
  const [row] = await sql<{ sealedValues: Buffer; sharingId: string }[]>`
    delete from identity.filling_order
    where code_lookup = ${lookup} and client_id = ${clientId} and expires_at > now()
    returning sealed_values, sharing_id`
  if (!row) return undefined
  const opened = vault.open(purpose, row.sealedValues, contextOf('values', lookup)).toString()
  return { filled: JSON.parse(opened) as Filled, sharingId: row.sharingId }
}

/** When an account is closed: what its person agreed to and no service collected yet. */
export async function deleteFillingsOf(sql: Sql, personId: string): Promise<void> {
  await sql`
    delete from identity.filling_order
    where sharing_id in (select id from identity.sharing where person_id = ${personId} and collected_at is null)`
}

/** A job: forms that nobody answered in time, and values that no service collected. */
export async function deleteExpiredFillings(sql: Sql): Promise<void> {
  await sql`delete from identity.filling_order where expires_at < now()`
}
