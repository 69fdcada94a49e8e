import { createHash } from 'node:crypto'
import type { AdapterPayload } from 'oidc-provider'
import type { Sql } from '#platform'

/** Bearer secrets and other identifiers are kept as this alone. */
export const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest()

/** A record as it is written. Hashes are hexadecimal; `seconds` from now it is worth nothing. */
export type Put = {
  key: { model: string; id: string }
  payload: AdapterPayload
  /** Sealed: the identifier itself, of kinds that are found by something else too. */
  secret: string | null
  grantId: string | null
  uid: string | null
  accountId: string | null
  /** The signed-in browser, with which it ends. */
  handle: string | null
  seconds: number
}

export type Row = { id: Buffer; payload: AdapterPayload; secret: Buffer | null; consumedAt: number | null }

/** A record with what is asked for next: the grant that it came of, and the session in which. */
export type Found = Row & { grantId: Buffer | null; grant: AdapterPayload | null; session: AdapterPayload | null }

/** One record that counts, and with it the grant and the session that it speaks of, in one statement. */
export async function findRecord(sql: Sql, model: string, id: Buffer): Promise<Found | undefined> {
  const [row] = await sql<Found[]>`
    select own.id, own.payload, own.secret, extract(epoch from own.consumed_at)::int as consumed_at,
      origin.id as grant_id, origin.payload as "grant", session.payload as session
    from identity.provider_record as own
    left join identity.provider_record as origin on origin.model = 'Grant' and own.model <> 'Grant'
      and origin.id = coalesce(own.grant_id, sha256(convert_to(own.payload #>> '{result,consent,grantId}', 'UTF8')))
      and origin.expires_at > now()
    left join identity.provider_record as session on session.model = 'Session'
      and session.uid = sha256(convert_to(own.payload ->> 'sessionUid', 'UTF8')) and session.expires_at > now()
    where own.model = ${model} and own.id = ${id} and own.expires_at > now()`
  return row
}

export async function findRecordByUid(sql: Sql, model: string, uid: Buffer): Promise<Row | undefined> {
  const [row] = await sql<Row[]>`
    select id, payload, secret, extract(epoch from consumed_at)::int as consumed_at
    from identity.provider_record
    where model = ${model} and uid = ${uid} and expires_at > now()`
  return row
}

/**
 * Writes records, in the place of those that have the same key, and removes others: all in one statement. What belongs to a
 * signed-in browser that was signed out meanwhile is not written, or it would outlive the sign-out.
 */
export async function writeRecords(sql: Sql, puts: readonly Put[], gone: readonly Put['key'][]): Promise<void> {
  const rows = puts.map(({ key, ...put }) => ({ ...key, ...put }))
  const handles = puts.flatMap(({ handle }) => handle ?? [])
  await sql`
    with gone as (
      delete from identity.provider_record
      using jsonb_to_recordset(${sql.json(gone as never)}) as ended(model text, id text)
      where provider_record.model = ended.model and provider_record.id = decode(ended.id, 'hex')
    ), signed_in as (
      select handle
      from identity.session
      where handle = any (${handles}::uuid[])
      order by handle
      for key share
    )
    insert into identity.provider_record (model, id, payload, secret, grant_id, uid, account_id, session_handle, expires_at)
    select put.model, decode(put.id, 'hex'), put.payload, decode(put.secret, 'hex'), decode(put."grantId", 'hex'),
      decode(put.uid, 'hex'), put."accountId", session.handle, now() + put.seconds * interval '1 second'
    from jsonb_to_recordset(${sql.json(rows as never)}) as put(
      model text, id text, payload jsonb, secret text, "grantId" text, uid text, "accountId" text, handle uuid, seconds int)
    left join signed_in as session on session.handle = put.handle
    where put.handle is null or session.handle is not null
    on conflict (model, id) do update
    set payload = excluded.payload, secret = excluded.secret, grant_id = excluded.grant_id, uid = excluded.uid,
        account_id = excluded.account_id, expires_at = excluded.expires_at,
        session_handle = coalesce(excluded.session_handle, provider_record.session_handle)`
}

/** Keeps that something was seen. False if it was seen before. */
export async function insertOnce(
  sql: Sql,
  { key, payload, seconds }: Pick<Put, 'key' | 'payload' | 'seconds'>,
): Promise<boolean> {
  const { count } = await sql`
    insert into identity.provider_record (model, id, payload, expires_at)
    values (${key.model}, ${Buffer.from(key.id, 'hex')}, ${sql.json(payload as never)},
            now() + ${seconds} * interval '1 second')
    on conflict (model, id) do nothing`
  return count > 0
}

/** Uses a record up. False if it was used before: of two that ask at once, one is told so. */
export async function consumeRecord(sql: Sql, model: string, id: Buffer): Promise<boolean> {
  const { count } = await sql`
    update identity.provider_record
    set consumed_at = now()
    where model = ${model} and id = ${id} and consumed_at is null`
  return count > 0
}

export async function deleteRecord(sql: Sql, model: string, id: Buffer): Promise<void> {
  await sql`delete from identity.provider_record where model = ${model} and id = ${id}`
}

/** Ends a grant with everything that came of it. */
export async function deleteGrant(sql: Sql, grantId: Buffer): Promise<void> {
  await sql`delete from identity.provider_record where grant_id = ${grantId}`
}

/** Ends the grant that a record came of. */
export async function deleteGrantOf(sql: Sql, model: string, id: Buffer): Promise<void> {
  await sql`
    delete from identity.provider_record
    where grant_id = (select grant_id from identity.provider_record where model = ${model} and id = ${id})`
}

/** A job: what nobody can use any more. */
export async function deleteExpiredRecords(sql: Sql): Promise<void> {
  await sql`delete from identity.provider_record where expires_at < now()`
}

/** Ends every grant of a person to a client, with all tokens that came of it. */
export async function revokeGrants(sql: Sql, personId: string, clientId: string): Promise<void> {
  await sql`
    delete from identity.provider_record
    where grant_id in (
      select grant_id
      from identity.provider_record
      where model = 'Grant' and account_id = ${personId} and payload ->> 'clientId' = ${clientId})`
}
