import type { Sql } from '#platform'
import type { Scope } from './scopes.rules.ts'

export type ApiKey = {
  id: string
  organisation: string
  name: string
  scopes: Scope[]
  createdBy: string
  createdAt: string
  expiresAt: string
  withdrawnAt: string | null
  /** When somebody said that others may have it. */
  lostAt: string | null
  /** The last day on which it was used. */
  usedOn: string | null
  /** The key that it follows, and the one that follows it. */
  replaces: string | null
  replacedBy: string | null
}

const columns = (sql: Sql) => sql`
  api_key.id, api_key.organisation, api_key.name, api_key.scopes, api_key.created_by, api_key.created_at,
  api_key.expires_at, api_key.withdrawn_at, api_key.lost_at, api_key.used_on::text as used_on, api_key.replaces,
  (select next.id from ledger.api_key as next where next.replaces = api_key.id) as replaced_by`

export type NewApiKey = Pick<ApiKey, 'id' | 'organisation' | 'name' | 'scopes' | 'createdBy'> & {
  hash: Buffer
  days: number
  /** SHA-256 of what stood in the form. */
  token?: Buffer
  replaces?: string
}

/** Undefined where this form was sent before, or the key that it replaces is replaced already. */
export async function insertApiKey(sql: Sql, given: NewApiKey): Promise<ApiKey | undefined> {
  const { id, organisation, name, scopes, createdBy, hash, days, token = null, replaces = null } = given
  const [row] = await sql<ApiKey[]>`
    insert into ledger.api_key (id, organisation, name, scopes, hash, created_by, expires_at, token, replaces)
    values (${id}, ${organisation}, ${name}, ${scopes}, ${hash}, ${createdBy}, now() + ${days} * interval '1 day',
      ${token}, ${replaces})
    on conflict do nothing
    returning ${columns(sql)}`
  return row
}

export type CountingKey = ApiKey & { hash: Buffer; usedToday: boolean }

/** A key that counts now, with the hash of its secret. */
export async function findApiKey(sql: Sql, id: string): Promise<CountingKey | undefined> {
  const [row] = await sql<CountingKey[]>`
    select ${columns(sql)}, hash, coalesce(used_on = (now() at time zone 'UTC')::date, false) as used_today
    from ledger.api_key
    where id = ${id} and withdrawn_at is null and expires_at > now()`
  return row
}

/** Keeps that a key was used today; writes only where it was not yet. */
export async function keepUsed(sql: Sql, id: string): Promise<void> {
  await sql`
    update ledger.api_key
    set used_on = (now() at time zone 'UTC')::date
    where id = ${id} and (used_on is null or used_on < (now() at time zone 'UTC')::date)`
}

/** One of this organisation and of no other, whatever became of it. */
export async function findOwnKey(
  sql: Sql,
  { id, organisation }: Pick<ApiKey, 'id' | 'organisation'>,
): Promise<ApiKey | undefined> {
  const [row] = await sql<ApiKey[]>`
    select ${columns(sql)}
    from ledger.api_key
    where id = ${id} and organisation = ${organisation}`
  return row
}

/** What came of a form, while it is not older than so many minutes. */
export async function findKeyByToken(
  sql: Sql,
  { token, createdBy, minutes }: { token: Buffer; createdBy: string; minutes: number },
): Promise<(ApiKey & { hash: Buffer }) | undefined> {
  const [row] = await sql<(ApiKey & { hash: Buffer })[]>`
    select ${columns(sql)}, hash
    from ledger.api_key
    where token = ${token} and created_by = ${createdBy} and created_at > now() - ${minutes} * interval '1 minute'`
  return row
}

export const keysOfPage = 100

/** A page of them: those that count first, and of each the newest. */
export async function listApiKeys(sql: Sql, organisation: string, page: number): Promise<ApiKey[]> {
  return sql<ApiKey[]>`
    select ${columns(sql)}
    from ledger.api_key
    where organisation = ${organisation}
    order by withdrawn_at is not null or expires_at <= now(), created_at desc, id
    offset ${(page - 1) * keysOfPage}
    limit ${keysOfPage}`
}

export async function countApiKeys(sql: Sql, organisation: string): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    select count(*)::int as count
    from ledger.api_key
    where organisation = ${organisation}`
  return row.count
}

/** Lets a key end by itself after as many hours, if it would not sooner. False where it counts no more. */
export async function endApiKey(
  sql: Sql,
  { id, organisation, hours }: { id: string; organisation: string; hours: number },
): Promise<boolean> {
  const { count } = await sql`
    update ledger.api_key
    set expires_at = least(expires_at, now() + ${hours} * interval '1 hour')
    where id = ${id} and organisation = ${organisation} and withdrawn_at is null and expires_at > now()`
  return count > 0
}

/** The name of the program; undefined where the organisation has no such key, or it was withdrawn before. */
export async function withdrawApiKey(
  sql: Sql,
  key: { id: string; organisation: string; by: string; lost?: boolean },
): Promise<string | undefined> {
  const [row] = await sql<{ name: string }[]>`
    update ledger.api_key
    set withdrawn_at = now(), withdrawn_by = ${key.by}, lost_at = case when ${key.lost ?? false} then now() end
    where id = ${key.id} and organisation = ${key.organisation} and withdrawn_at is null
    returning name`
  return row?.name
}
