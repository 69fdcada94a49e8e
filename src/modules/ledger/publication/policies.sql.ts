import type { Sql } from '#platform'
import { changeLogLines } from './policy-lines.rules.ts'

/** The policy of a log as it counts now; undefined for a log that asks for no witness. */
export async function findPolicy(
  sql: Sql,
  log: number,
): Promise<{ number: number; text: string; setAt: string } | undefined> {
  const [row] = await sql<{ number: number; text: string; setAt: string }[]>`
    select number, text, set_at
    from ledger.policy
    where log = ${log}
    order by number desc
    limit 1`
  return row
}

/** The policies that count now, of all logs that have one. */
export async function listPolicies(sql: Sql): Promise<{ log: string; text: string }[]> {
  return sql<{ log: string; text: string }[]>`
    select distinct on (log.name) log.name as log, policy.text
    from ledger.policy
    join ledger.log on log.id = policy.log
    order by log.name, policy.number desc
    limit 200`
}

/** Sets the policy of a log; of two that do so at once, one violates the key. */
export async function insertPolicy(sql: Sql, log: number, text: string): Promise<void> {
  await sql`
    insert into ledger.policy (log, number, text)
    select ${log}, coalesce(max(number), 0) + 1, ${text}
    from ledger.policy
    where log = ${log}`
}

/** Names in the policy of a log, if it has one, the keys that sign from now on, and no more those that are lost. */
export async function renewPolicy(
  sql: Sql,
  log: number,
  change: { added: readonly string[]; dropped: readonly string[] },
): Promise<void> {
  const set = await findPolicy(sql, log)
  if (set) await insertPolicy(sql, log, changeLogLines(set.text, change))
}

/** Logs with a policy that are served less far than they are signed, or by other keys than sign now. */
export async function listUnpublished(sql: Sql): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select name
    from ledger.log
    where (published_size < size or substring(published from 1 for octet_length(sequenced)) <> sequenced)
      and exists (select from ledger.policy where policy.log = log.id)
    order by name
    limit 200`
  return rows.map(({ name }) => name)
}

/** Serves a checkpoint, unless one of more entries is served already. */
export async function updatePublished(
  sql: Sql,
  log: number,
  { size, note }: { size: number; note: Uint8Array },
): Promise<void> {
  await sql`
    update ledger.log
    set published = ${note}, published_size = ${size}, behind_at = case when size > ${size} then now() end
    where id = ${log} and published_size <= ${size} and size >= ${size}`
}

/** What is known of a witness of a log. */
export type Contact = {
  url: string
  size: number
  cosignedAt: string | null
  failedAt: string | null
  failure: string | null
}

export async function listContacts(sql: Sql, log: number): Promise<Contact[]> {
  return sql<Contact[]>`
    select url, size, cosigned_at, failed_at, failure
    from ledger.contact
    where log = ${log}
    order by url
    limit 200`
}

/** Keeps that a witness cosigned as much of a log. */
export async function keepCosigned(sql: Sql, log: number, { url, size }: { url: string; size: number }): Promise<void> {
  await sql`
    insert into ledger.contact as held (log, url, size, cosigned_at)
    values (${log}, ${url}, ${size}, now())
    on conflict (log, url) do update
    set size = greatest(held.size, excluded.size), cosigned_at = excluded.cosigned_at, failed_at = null, failure = null`
}

/** Keeps why a witness did not cosign. True where it did so the time before, or the reason is another one. */
export async function keepFailure(
  sql: Sql,
  log: number,
  { url, failure }: { url: string; failure: string },
): Promise<boolean> {
  const [row] = await sql<[{ isNew: boolean }]>`
    with before as (
      select failure
      from ledger.contact
      where log = ${log} and url = ${url}
    ), kept as (
      insert into ledger.contact (log, url, failed_at, failure)
      values (${log}, ${url}, now(), ${failure})
      on conflict (log, url) do update
      set failed_at = excluded.failed_at, failure = excluded.failure
    )
    select not exists (select from before where failure = ${failure}) as is_new`
  return row.isNew
}
