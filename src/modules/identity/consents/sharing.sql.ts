import { createHash } from 'node:crypto'
import type { Sql, Text } from '#platform'
import type { Receipt } from './consents.sql.ts'

/** How long a person can see what was told to whom. */
const months = 24

export type Sharing = {
  id: string
  clientId: string
  /** The client by its name, while it is registered. */
  client: Text | null
  way: 'sign-in' | 'refresh' | 'filling'
  fields: string[]
  receipt: Receipt | null
  at: string
  collectedAt: string | null
}

type Told = { personId: string; clientId: string; way: 'sign-in' | 'refresh'; fields: readonly string[]; token: string }

/**
 * Notes that a service is told fields by a token, before it is: one line for each token, however often it is used. Told
 * again, it writes nothing; told more, it adds.
 */
export async function recordSharing(sql: Sql, { personId, clientId, way, fields, token }: Told): Promise<void> {
  const hash = createHash('sha256').update(token).digest()
  const known = await sql`
    select 1
    from identity.sharing
    where token_hash = ${hash} and fields @> ${fields as string[]}::text[]`
  if (known.length > 0) return
  await sql`
    insert into identity.sharing (person_id, client_id, way, fields, token_hash, collected_at)
    values (${personId}, ${clientId}, ${way}, ${fields as string[]}, ${hash}, now())
    on conflict (token_hash) do update
    set fields = array(select distinct unnest(sharing.fields || excluded.fields) order by 1)`
}

/** Notes what a person agreed to tell by a form, with its receipt; it is collected later, or never. Returns its identifier. */
export async function insertFillingShared(
  sql: Sql,
  { personId, clientId, fields, receipt }: Omit<Told, 'way' | 'token'> & { receipt: Receipt },
): Promise<string> {
  const [row] = await sql<[{ id: string }]>`
    insert into identity.sharing (person_id, client_id, way, fields, receipt)
    values (${personId}, ${clientId}, 'filling', ${fields as string[]}, ${sql.json(receipt as never)})
    returning id`
  return row.id
}

export async function markCollected(sql: Sql, id: string): Promise<void> {
  await sql`
    update identity.sharing
    set collected_at = now()
    where id = ${id} and collected_at is null`
}

const columns = (sql: Sql) => sql`
  sharing.id, sharing.client_id, client.name as client, sharing.way, sharing.fields, sharing.receipt, sharing.at,
  sharing.collected_at`

const linesMax = 50

/** What services were told of a person, newest first; `before` is where the page before ended. */
export async function listSharings(sql: Sql, personId: string, before?: string): Promise<Sharing[]> {
  return sql<Sharing[]>`
    select ${columns(sql)}
    from identity.sharing
    left join identity.client on client.id = sharing.client_id
    where sharing.person_id = ${personId}
      and (${before ?? null}::uuid is null or (sharing.at, sharing.id) < (
        select last.at, last.id from identity.sharing as last where last.id = ${before ?? null} and last.person_id = ${personId}))
    order by sharing.at desc, sharing.id desc
    limit ${linesMax + 1}`
}

export const sharingsShown = linesMax

export async function findSharing(sql: Sql, personId: string, id: string): Promise<Sharing | undefined> {
  const [row] = await sql<Sharing[]>`
    select ${columns(sql)}
    from identity.sharing
    left join identity.client on client.id = sharing.client_id
    where sharing.id = ${id} and sharing.person_id = ${personId}`
  return row
}

/** A job: what is older than anybody is promised to see. */
export async function deleteOldSharings(sql: Sql): Promise<void> {
  await sql`delete from identity.sharing where at < now() - make_interval(months => ${months})`
}
