import type { Sql, Text } from '#platform'
import { type ServiceNames, serviceNames } from '../acting/services.sql.ts'

export type Mandate = {
  id: string
  kind: string
  services: string[] | null
  serviceNames: ServiceNames
  principal: { id: string; name: Text }
  agent: { id: string; name: Text }
  state: 'offered' | 'later' | 'counts'
  /** It ends within a fortnight. */
  ending: boolean
  beginsAt: string
  expiresAt: string
}

/** How many that ended are shown. */
const endedMax = 20

export type NewMandate = {
  kind: string
  principalId: string
  agentId: string
  services: string[] | null
  grantedBy: string
  confirmedBy?: string
  /** `2031-01-31`, the whole day in the time zone; empty for now. */
  beginsOn: string
  endsOn: string
  timeZone: string
}

/**
 * A mandate; one that an officer confirmed counts at once, as both were there. Undefined where the same two people have
 * one already that has not ended.
 */
export async function insertMandate(sql: Sql, mandate: NewMandate): Promise<string | undefined> {
  const { principalId, agentId, beginsOn, endsOn, timeZone } = mandate
  await sql`
    update identity.mandate
    set withdrawn_by = 'expiry', withdrawn_at = now()
    where principal_id = ${principalId} and agent_id = ${agentId} and withdrawn_at is null and expires_at <= now()`
  const [row] = await sql<{ id: string }[]>`
    insert into identity.mandate (kind, principal_id, agent_id, services, granted_by, confirmed_by, accepted_at, begins_at, expires_at)
    values (${mandate.kind}, ${principalId}, ${agentId}, ${mandate.services}, ${mandate.grantedBy},
            ${mandate.confirmedBy ?? null}, case when ${mandate.confirmedBy !== undefined} then now() end,
            greatest(now(), (${beginsOn || null})::date::timestamp at time zone ${timeZone}),
            (${endsOn}::date + 1)::timestamp at time zone ${timeZone})
    on conflict (principal_id, agent_id) where withdrawn_at is null do nothing
    returning id`
  return row?.id
}

/** The two people of a mandate. */
export type Parties = { principalId: string; agentId: string }

/** The agent takes it on. Undefined unless it is offered to them and has not ended. */
export async function acceptMandate(sql: Sql, id: string, agentId: string): Promise<Parties | undefined> {
  const [row] = await sql<Parties[]>`
    update identity.mandate
    set accepted_at = now()
    where id = ${id} and agent_id = ${agentId} and accepted_at is null and withdrawn_at is null and expires_at > now()
    returning principal_id, agent_id`
  return row
}

/** Either of the two ends it, at once. Undefined if it had ended, or is not theirs. */
export async function withdrawMandate(sql: Sql, id: string, personId: string): Promise<Parties | undefined> {
  const [row] = await sql<Parties[]>`
    update identity.mandate
    set withdrawn_by = ${personId}, withdrawn_at = now()
    where id = ${id} and (principal_id = ${personId} or agent_id = ${personId}) and withdrawn_at is null
    returning principal_id, agent_id`
  return row
}

/** Ends every mandate that a person gave or holds, as when their account is closed. Returns the other of the two of each. */
export async function withdrawMandatesOf(sql: Sql, personId: string): Promise<{ id: string; other: string }[]> {
  const rows = await sql<({ id: string } & Parties)[]>`
    update identity.mandate
    set withdrawn_by = ${personId}, withdrawn_at = now()
    where (principal_id = ${personId} or agent_id = ${personId}) and withdrawn_at is null
    returning id, principal_id, agent_id`
  return rows.map(({ id, principalId, agentId }) => ({ id, other: principalId === personId ? agentId : principalId }))
}

/** The mandates that a person gave or holds, but those that ended. */
export async function listMandates(sql: Sql, personId: string): Promise<Mandate[]> {
  return sql<Mandate[]>`
    select mandate.id, mandate.kind, mandate.begins_at, mandate.expires_at,
      mandate.services, ${serviceNames(sql, sql`mandate.services`)} as service_names,
      jsonb_build_object('id', principal.id, 'name', principal.name) as principal,
      jsonb_build_object('id', agent.id, 'name', agent.name) as agent,
      case
        when mandate.accepted_at is null then 'offered'
        when mandate.begins_at > now() then 'later'
        else 'counts'
      end as state,
      mandate.expires_at between now() and now() + interval '14 days' as ending
    from identity.mandate
    join identity.person as principal on principal.id = mandate.principal_id
    join identity.person as agent on agent.id = mandate.agent_id
    where (mandate.principal_id = ${personId} or mandate.agent_id = ${personId}) and mandate.withdrawn_at is null
      and mandate.expires_at > now()
    order by mandate.granted_at desc
    limit 100`
}

/** For whom some people act now or will, by a mandate that they accepted, as pairs. */
export const listPrincipals = (sql: Sql, agents: readonly string[]) =>
  sql<Parties[]>`
    select principal_id, agent_id
    from identity.mandate
    where agent_id = any (${agents as string[]}) and accepted_at is not null and withdrawn_at is null and expires_at > now()
    order by agent_id, principal_id
    limit 100000`

export type EndedMandate = {
  id: string
  kind: string
  principal: { id: string; name: Text }
  agent: { id: string; name: Text }
  /** False where nobody ever acted by it. */
  accepted: boolean
  endedAt: string
  /** Who ended it; null where its time was over. */
  endedBy: { id: string; name: Text } | null
}

/** The mandates of a person that do not count any more, the last ended first. */
export async function listEndedMandates(sql: Sql, personId: string): Promise<EndedMandate[]> {
  return sql<EndedMandate[]>`
    select mandate.id, mandate.kind, mandate.accepted_at is not null as accepted,
      jsonb_build_object('id', principal.id, 'name', principal.name) as principal,
      jsonb_build_object('id', agent.id, 'name', agent.name) as agent,
      least(mandate.withdrawn_at, mandate.expires_at) as ended_at,
      case when mandate.withdrawn_at < mandate.expires_at
        then jsonb_build_object('id', ender.id, 'name', ender.name) end as ended_by
    from identity.mandate
    join identity.person as principal on principal.id = mandate.principal_id
    join identity.person as agent on agent.id = mandate.agent_id
    left join identity.person as ender on ender.id = mandate.withdrawn_by
    where (mandate.principal_id = ${personId} or mandate.agent_id = ${personId})
      and (mandate.withdrawn_at is not null or mandate.expires_at <= now())
    order by least(mandate.withdrawn_at, mandate.expires_at) desc, mandate.id
    limit ${endedMax}`
}

/** Marks the mandates that end within a fortnight and were not warned of. Each is returned to one caller only. */
export async function warnOfEndingMandates(sql: Sql): Promise<{ id: string; principalId: string; agentId: string }[]> {
  return sql<{ id: string; principalId: string; agentId: string }[]>`
    update identity.mandate
    set warned_at = now()
    where id in (
      select id from identity.mandate
      where withdrawn_at is null and accepted_at is not null and warned_at is null
        and expires_at between now() and now() + interval '14 days'
      limit 500
      for update skip locked)
    returning id, principal_id, agent_id`
}
