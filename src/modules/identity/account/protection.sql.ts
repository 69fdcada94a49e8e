import type { FastifyRequest } from 'fastify'
import type { Installation, Sql } from '#platform'
import { withdrawConsents } from '../consents/consents.sql.ts'
import { coolOffMs } from '../passkeys/passkeys.sql.ts'
import { problem } from '../problems.ts'
import { deleteSessions } from '../sessions/sessions.sql.ts'

/**
 * Why a session may not yet take from an account what was there before it: `until` is when waiting is enough, with the
 * passkey that was added; null where none was, and nothing is being waited for.
 */
export type Protection = { until: string | null }

/**
 * What keeps the session of a request from touching what was there before, from signing and from giving anybody power, for
 * a day after a recovery code. Only a passkey that counts as known frees a session: one that came in without any, as through
 * another platform, could have been prepared by whoever used the code. Undefined where nothing keeps it.
 */
export async function findProtection(
  sql: Sql,
  { now }: Pick<Installation, 'now'>,
  { sessionHandle }: Pick<FastifyRequest, 'sessionHandle'>,
): Promise<Protection | undefined> {
  if (!sessionHandle) return undefined
  const at = now()
  const [session] = await sql<
    { recovered: boolean; knownAt: string | null; codeUsedAt: string | null; nextKnownAt: string | null }[]
  >`
    select session.recovered, greatest(passkey.known_at, binding.known_at) as known_at,
      (select max(used_at) from identity.recovery_code where person_id = session.person_id) as code_used_at,
      (select min(known_at) from identity.passkey as added
       where added.person_id = session.person_id and added.removed_at is null and added.locked_at is null
         and added.known_at > ${at}) as next_known_at
    from identity.session
    left join identity.passkey on passkey.id = session.passkey_id
    left join identity.channel_binding as binding on binding.id = session.binding_id
    where session.handle = ${sessionHandle}`
  if (!session) return undefined
  const { recovered, knownAt, codeUsedAt, nextKnownAt } = session
  if (recovered) return { until: nextKnownAt }
  if (knownAt !== null) return Date.parse(knownAt) > at.getTime() ? { until: knownAt } : undefined
  const ends = codeUsedAt === null ? 0 : Date.parse(codeUsedAt) + coolOffMs
  return ends > at.getTime() ? { until: new Date(ends).toISOString() } : undefined
}

/** Refuses as `recovery-waits` what the session of a request may not do yet. */
export async function refuseWaiting(sql: Sql, request: FastifyRequest): Promise<void> {
  if (await findProtection(sql, request.server.installation, request)) throw problem('recovery-waits')
}

const underWay = (sql: Sql, personId: string, now: Date) => sql`
  select recovery_code.used_at as at
  from identity.recovery_code
  where recovery_code.person_id = ${personId} and recovery_code.used_at > ${new Date(now.getTime() - coolOffMs)}
    and (
      exists (
        select from identity.passkey
        where passkey.person_id = ${personId} and passkey.removed_at is null and passkey.known_at > ${now})
      or exists (
        select from identity.session
        where session.person_id = ${personId} and session.recovered and session.expires_at > now())
      or exists (
        select from identity.channel_binding
        where channel_binding.person_id = ${personId} and channel_binding.unbound_at is null
          and channel_binding.bound_at >= recovery_code.used_at))
  order by recovery_code.used_at
  limit 1`

/** When a recovery code was used within the last day by which somebody still has, or is getting, a way in. */
export async function findRecovery(sql: Sql, personId: string, now: Date): Promise<string | undefined> {
  const [row] = await sql<{ at: string }[]>`${underWay(sql, personId, now)}`
  return row?.at
}

/**
 * Takes back what a recovery of the last day opened, in the caller’s transaction: passkeys that are still new, platforms
 * linked since, what services were agreed to be told since, and every session but the one named. Nothing else can have been
 * given away in it. False where no recovery is under way.
 */
export async function stopRecovery(
  sql: Sql,
  { personId, here, now }: { personId: string; here: string; now: Date },
): Promise<boolean> {
  const since = await findRecovery(sql, personId, now)
  if (since === undefined) return false
  await sql`
    update identity.passkey
    set removed_at = ${now}
    where person_id = ${personId} and removed_at is null and known_at > ${now}`
  await sql`
    update identity.channel_binding
    set unbound_at = now()
    where person_id = ${personId} and unbound_at is null and bound_at >= ${since}`
  await withdrawConsents(sql, sql`person_id = ${personId} and given_at >= ${since}`)
  await deleteSessions(sql, sql`person_id = ${personId} and handle::text <> ${here}`)
  return true
}
