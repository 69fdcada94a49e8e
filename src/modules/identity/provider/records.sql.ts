import { createHash } from 'node:crypto'
import type { AdapterPayload } from 'oidc-provider'
import type { Sql } from '#platform'
import { type Account, type AccountJson, accountAsJson, accountOfJson } from './accounts.sql.ts'

/** Bearer secrets and other identifiers are kept as this alone. */
export const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Under which a record stands; the hash of its identifier in hexadecimal. */
export type Key = { model: string; id: string }

/** A record as it is written. Hashes are hexadecimal; `seconds` from now it is worth nothing. */
export type Put = {
  key: Key
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

/** A record with what is asked for next: the grant that it came of, the session in which, and whose account it is for whom. */
export type Found = Row & {
  grantId: Buffer | null
  grant: AdapterPayload | null
  session: AdapterPayload | null
  /** Null where the record names no person and client; `account` is undefined for an account that is closed. */
  of: { personId: string; clientId: string; account: Account | undefined } | null
  /** What the person answered, of a request whose answer was kept and not yet carried out. */
  answered: 'agree' | 'refuse' | null
}

/**
 * One record that counts, and with it the grant, the session and the account that it speaks of, in one statement. Of whom
 * it names nobody is taken to speak of `personId`.
 */
export async function findRecord(
  sql: Sql,
  model: string,
  id: Buffer,
  personId: string | null = null,
): Promise<Found | undefined> {
  type Joined = Omit<Found, 'of'> & { personId: string | null; clientId: string | null; account: AccountJson | null }
  const [row] = await sql<Joined[]>`
    select own.id, own.payload, own.secret, extract(epoch from own.consumed_at)::int as consumed_at,
      origin.id as grant_id, origin.payload as "grant", session.payload as session,
      answer.payload ->> 'answer' as answered, speaks.person_id, speaks.client_id,
      ${accountAsJson(sql, sql`speaks.person_id`, sql`speaks.client_id`)} as account
    from identity.provider_record as own
    cross join lateral (
      select coalesce(own.payload ->> 'accountId', own.payload #>> '{result,login,accountId}', ${personId}) as person_id,
        coalesce(own.payload ->> 'clientId', own.payload #>> '{params,client_id}') as client_id) as speaks
    left join identity.provider_record as origin on origin.model = 'Grant' and own.model <> 'Grant'
      and origin.id = coalesce(own.grant_id, sha256(convert_to(own.payload #>> '{result,consent,grantId}', 'UTF8')))
      and origin.expires_at > now()
    left join identity.provider_record as answer on own.model = 'Interaction'
      and answer.model = 'InteractionAnswer' and answer.id = own.id
    left join identity.provider_record as session on session.model = 'Session'
      and session.uid = sha256(convert_to(own.payload ->> 'sessionUid', 'UTF8')) and session.expires_at > now()
    where own.model = ${model} and own.id = ${id} and own.expires_at > now()`
  if (!row) return undefined
  const { personId: of, clientId, account, ...found } = row
  const named = of !== null && clientId !== null
  return {
    ...found,
    of: named ? { personId: of, clientId, account: account ? accountOfJson(account) : undefined } : null,
  }
}

export async function findRecordByUid(sql: Sql, model: string, uid: Buffer): Promise<Row | undefined> {
  const [row] = await sql<Row[]>`
    select id, payload, secret, extract(epoch from consumed_at)::int as consumed_at
    from identity.provider_record
    where model = ${model} and uid = ${uid} and expires_at > now()`
  return row
}

/** What is written together. */
export type Written = { puts: readonly Put[]; gone?: readonly Key[]; used?: readonly Key[] }

/** Something that may be used once was used before: of two that ask at once, one is told so, and writes nothing. */
export class UsedBefore extends Error {}

/**
 * Writes records, in the place of those that have the same key, removes others and uses others up: all in one statement.
 * What belongs to a signed-in browser that was signed out meanwhile is not written, or it would outlive the sign-out.
 * Throws `UsedBefore` where anything was used up before; then nothing is written.
 */
export async function writeRecords(sql: Sql, { puts, gone = [], used = [] }: Written): Promise<void> {
  const rows = puts.map(({ key, ...put }) => ({ ...key, ...put }))
  const handles = puts.flatMap(({ handle }) => handle ?? [])
  const writing = sql`
    with used as (
      update identity.provider_record
      set consumed_at = now()
      from jsonb_to_recordset(${sql.json(used as never)}) as spent(model text, id text)
      where provider_record.model = spent.model and provider_record.id = decode(spent.id, 'hex')
        and provider_record.consumed_at is null
      returning true
    ), gone as (
      delete from identity.provider_record
      using jsonb_to_recordset(${sql.json(gone as never)}) as ended(model text, id text)
      where provider_record.model = ended.model and provider_record.id = decode(ended.id, 'hex')
    ), signed_in as (
      select handle
      from identity.session
      where handle = any (${handles}::uuid[])
      order by handle
      for key share
    ), put as (
      insert into identity.provider_record
        (model, id, payload, secret, grant_id, uid, account_id, session_handle, expires_at)
      select put.model, decode(put.id, 'hex'), put.payload, decode(put.secret, 'hex'), decode(put."grantId", 'hex'),
        decode(put.uid, 'hex'), put."accountId", session.handle, now() + put.seconds * interval '1 second'
      from jsonb_to_recordset(${sql.json(rows as never)}) as put(
        model text, id text, payload jsonb, secret text, "grantId" text, uid text, "accountId" text, handle uuid,
        seconds int)
      left join signed_in as session on session.handle = put.handle
      where put.handle is null or session.handle is not null
      on conflict (model, id) do update
      set payload = excluded.payload, secret = excluded.secret, grant_id = excluded.grant_id, uid = excluded.uid,
          account_id = excluded.account_id, expires_at = excluded.expires_at,
          session_handle = coalesce(excluded.session_handle, provider_record.session_handle)
    )
    -- Fails, and undoes all of it, unless everything could be used up.
    select 1 / (count(*) = ${used.length})::int
    from used`
  await writing.catch((error: { code?: string }) => {
    throw error.code === divisionByZero ? new UsedBefore() : error
  })
}

const divisionByZero = '22012'

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

/**
 * Ends every grant of these people to these clients, with all tokens that came of it. `offset 0` has each looked up by its
 * person: a join that the planner may turn round reads every grant of everybody, be it for a single one.
 */
export async function revokeGrants(sql: Sql, pairs: readonly { personId: string; clientId: string }[]): Promise<void> {
  await sql`
    delete from identity.provider_record
    where grant_id in (
      select origin.grant_id
      from jsonb_to_recordset(${sql.json(pairs as never)}) as pair("personId" text, "clientId" text)
      cross join lateral (
        select grant_id
        from identity.provider_record
        where model = 'Grant' and account_id = pair."personId" and payload ->> 'clientId' = pair."clientId"
        offset 0) as origin)`
}
