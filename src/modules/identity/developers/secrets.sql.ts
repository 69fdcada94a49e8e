import { randomBytes } from 'node:crypto'
import type { Installation, Sql } from '#platform'

type Vault = Installation['vault']

/** For how long a developer can come back to a secret that was just made. */
const shownMinutes = 10
/** For how long the secret before works on. */
export const formerHours = 24

/** Found by scanners of source code by how it begins; 256 random bits follow. */
const makeSecret = () => `praya_${randomBytes(32).toString('base64url')}`

/**
 * Gives a client another secret, which its developer can see for some minutes. The one before works for a day longer;
 * the one before that no more.
 */
export async function replaceSecret(sql: Sql, vault: Vault, id: string, now: Date): Promise<void> {
  const hiddenAt = new Date(now.getTime() + shownMinutes * 60_000)
  const formerEndsAt = new Date(now.getTime() + formerHours * 3_600_000)
  await sql`
    update identity.client
    set secret = ${vault.seal('client', makeSecret(), `client/${id}`)}, secret_hidden_at = ${hiddenAt},
      former_secret = secret, former_ends_at = case when secret is not null then ${formerEndsAt}::timestamptz end,
      changed_at = now()
    where id = ${id} and deleted_at is null`
}

/** Ends the secret before at once, as when others know it. False if there was none. */
export async function endFormerSecret(sql: Sql, id: string): Promise<boolean> {
  const { count } = await sql`
    update identity.client
    set former_secret = null, former_ends_at = null, changed_at = now()
    where id = ${id} and former_secret is not null`
  return count > 0
}

/** The developer has kept it: it is shown no more. */
export async function hideSecret(sql: Sql, id: string): Promise<void> {
  await sql`
    update identity.client
    set secret_hidden_at = null
    where id = ${id}`
}

/** A secret that was just made and not hidden yet, and until when the one before works. */
export async function findSecrets(
  sql: Sql,
  vault: Vault,
  id: string,
  now: Date,
): Promise<{ shown: string | null; formerEndsAt: string | null }> {
  const [row] = await sql<{ secret: Buffer | null; hiddenAt: string | null; endsAt: string | null }[]>`
    select secret, secret_hidden_at as hidden_at,
      case when former_ends_at > ${now} then former_ends_at end as ends_at
    from identity.client
    where id = ${id}`
  const visible = row?.secret && row.hiddenAt && Date.parse(row.hiddenAt) > now.getTime()
  return {
    shown: visible ? vault.open('client', row.secret!, `client/${id}`).toString() : null,
    formerEndsAt: row?.endsAt ?? null,
  }
}

/** The secret before, while it works. */
export async function findFormerSecret(sql: Sql, vault: Vault, id: string, now: Date): Promise<Buffer | undefined> {
  const [row] = await sql<{ secret: Buffer }[]>`
    select former_secret as secret
    from identity.client
    where id = ${id} and former_secret is not null and former_ends_at > ${now}`
  return row && vault.open('client', row.secret, `client/${id}`)
}
