import type { Sql } from '#platform'

/** What a key lets a program do. */
export type Scope = 'append'

export type ApiKey = {
  id: string
  organisation: string
  name: string
  scopes: Scope[]
  createdBy: string
  createdAt: string
  expiresAt: string
  withdrawnAt: string | null
}

const columns = (sql: Sql) => sql`id, organisation, name, scopes, created_by, created_at, expires_at, withdrawn_at`

export type NewApiKey = Pick<ApiKey, 'id' | 'organisation' | 'name' | 'scopes' | 'createdBy'> & {
  hash: Buffer
  days: number
}

export async function insertApiKey(
  sql: Sql,
  { id, organisation, name, scopes, createdBy, hash, days }: NewApiKey,
): Promise<ApiKey> {
  const [row] = await sql<[ApiKey]>`
    insert into ledger.api_key (id, organisation, name, scopes, hash, created_by, expires_at)
    values (${id}, ${organisation}, ${name}, ${scopes}, ${hash}, ${createdBy}, now() + ${days} * interval '1 day')
    returning ${columns(sql)}`
  return row
}

/** A key that counts now, with the hash of its secret. */
export async function findApiKey(sql: Sql, id: string): Promise<(ApiKey & { hash: Buffer }) | undefined> {
  const [row] = await sql<(ApiKey & { hash: Buffer })[]>`
    select ${columns(sql)}, hash
    from ledger.api_key
    where id = ${id} and withdrawn_at is null and expires_at > now()`
  return row
}

const keysMax = 200

/** The newest first. */
export async function listApiKeys(sql: Sql, organisation: string): Promise<ApiKey[]> {
  return sql<ApiKey[]>`
    select ${columns(sql)}
    from ledger.api_key
    where organisation = ${organisation}
    order by created_at desc, id
    limit ${keysMax}`
}

/** False where the organisation has no such key, or it was withdrawn before. */
export async function withdrawApiKey(
  sql: Sql,
  key: { id: string; organisation: string; by: string },
): Promise<boolean> {
  const { count } = await sql`
    update ledger.api_key
    set withdrawn_at = now(), withdrawn_by = ${key.by}
    where id = ${key.id} and organisation = ${key.organisation} and withdrawn_at is null`
  return count > 0
}
