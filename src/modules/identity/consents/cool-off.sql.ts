import type { FastifyRequest } from 'fastify'
import { type Installation, type Sql, say, type Text } from '#platform'
import { sendAlert } from '../inbox/messages.ts'
import { isNewSession } from '../passkeys/passkeys.sql.ts'

/** Why somebody must wait before a high-risk service is told anything new; `until` where waiting alone is enough. */
type CoolOff = { until: string | null }

/**
 * Whether the session of a request is too new for a high-risk service to begin in it: opened by a recovery code, or by a
 * passkey that was added from one within the last day. Undefined where nothing keeps it.
 */
export async function findCoolOff(
  sql: Sql,
  { now }: Pick<Installation, 'now'>,
  { sessionHandle }: Pick<FastifyRequest, 'sessionHandle'>,
): Promise<CoolOff | undefined> {
  if (!sessionHandle || (await isNewSession(sql, sessionHandle, now())) !== true) return undefined
  const [known] = await sql<{ until: string }[]>`
    select coalesce(passkey.known_at, binding.known_at) as until
    from identity.session
    left join identity.passkey on passkey.id = session.passkey_id
    left join identity.channel_binding as binding on binding.id = session.binding_id
    where session.handle = ${sessionHandle} and not session.recovered
      and coalesce(passkey.known_at, binding.known_at) > ${now()}`
  return { until: known?.until ?? null }
}

/** Tells the person that a new device asked for it, at most once a day for each service. */
export async function alertOfHighRisk(
  sql: Sql,
  { personId, service, scope }: { personId: string; service: Text; scope: Text },
): Promise<boolean> {
  await sql`select 1 from identity.person where id = ${personId} for update`
  const known = await sql`
    select 1
    from identity.message
    where person_id = ${personId} and alert_kind = 'high-risk-scope' and sent_at > now() - interval '1 day'
      and alert_values -> 'service' ->> 'en' = ${say(service, 'en')}`
  if (known.length > 0) return false
  await sendAlert(sql, { personId, kind: 'high-risk-scope', values: { service, scope }, undo: '/account/sessions' })
  return true
}
