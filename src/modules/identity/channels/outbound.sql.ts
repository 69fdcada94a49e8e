import type { Sql } from '#platform'
import { withdrawConsents } from '../consents/consents.sql.ts'

/** Their level, as the other platform was last told it; undefined where nothing is bound. */
export async function findOutboundLevel(sql: Sql, personId: string, channel: string): Promise<string | undefined> {
  const [row] = await sql<{ level: string }[]>`
    select level
    from identity.channel_binding
    where channel = ${channel} and person_id = ${personId} and direction = 'outbound' and unbound_at is null`
  return row?.level
}

/** Binds under a salt of its own. False if the two are bound already, as in another tab. */
export async function insertOutboundBinding(
  sql: Sql,
  { channel, personId, salt, level }: { channel: string; personId: string; salt: Buffer; level: string },
): Promise<boolean> {
  const { count } = await sql`
    insert into identity.channel_binding (channel, direction, person_id, salt, level)
    values (${channel}, 'outbound', ${personId}, ${salt}, ${level})
    on conflict (channel, person_id) where unbound_at is null and direction = 'outbound' do nothing`
  return count > 0
}

/** Notes that the person signs in there now, and at which of their levels. */
export async function useOutboundBinding(sql: Sql, personId: string, channel: string, level: string): Promise<void> {
  await sql`
    update identity.channel_binding
    set used_at = now(), level = ${level}
    where channel = ${channel} and person_id = ${personId} and direction = 'outbound' and unbound_at is null`
}

/** After unlinking: every program of the platform loses its tokens and what was agreed with it. */
export async function endOutboundTrust(sql: Sql, personId: string, channel: string): Promise<void> {
  const programs = sql`select id from identity.client where channel = ${channel}`
  await withdrawConsents(sql, sql`person_id = ${personId} and client_id in (${programs})`)
}
