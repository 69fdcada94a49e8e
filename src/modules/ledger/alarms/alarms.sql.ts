import type { Sql } from '#platform'
import type { AlarmKind, AlarmRow, Cause } from './types.ts'

/** Program keys that are older, and keys of logs that are, should have been followed by another. */
export const overdueDays = { program: 365, log: 730 }
export const endingDays = 14
const causesMax = 1000

/** All that is wrong now. */
export async function listCauses(sql: Sql, now: Date): Promise<Cause[]> {
  return sql<Cause[]>`
    select kind, subject, organisation, detail
    from (
      select 'witness-refuses' as kind, log.name || ' ' || contact.url as subject, null as organisation,
        contact.failure as detail
      from ledger.contact
      join ledger.log on log.id = contact.log
      where contact.failure ~ '^(403|409|422)$|^knows '
      union all
      select 'split-view', evidence.id, null, left(evidence.origin, 300)
      from ledger.evidence
      where kind = 'split-view'
        and not exists (
          select from ledger.alarm
          where alarm.kind = 'split-view' and alarm.subject = evidence.id and alarm.closed_at is not null)
      union all
      select 'entries-wait', log.name, null, min(pending.promised_at)::text
      from ledger.pending
      join ledger.log on log.id = pending.log
      group by log.name
      having min(pending.promised_at) < ${now}::timestamptz - interval '1 minute'
      union all
      select 'not-published', log.name, null, log.behind_at::text
      from ledger.log
      where log.behind_at < ${now}::timestamptz - interval '10 minutes'
      union all
      select 'quota-reached', refusal.organisation, refusal.organisation, refusal.refused_on::text
      from ledger.quota_refusal as refusal
      where refusal.refused_on = (${now}::timestamptz at time zone 'UTC')::date
        and not exists (
          select from ledger.quota
          where quota.organisation in ('', refusal.organisation) and quota.set_at > refusal.refused_at)
      union all
      select 'key-ending', api_key.id, api_key.organisation, api_key.name
      from ledger.api_key
      where api_key.withdrawn_at is null and api_key.expires_at > ${now}
        and api_key.expires_at < ${now}::timestamptz + ${endingDays} * interval '1 day'
        and not exists (select from ledger.api_key as next where next.replaces = api_key.id)
      union all
      select 'rotation-overdue', api_key.id, api_key.organisation, api_key.name
      from ledger.api_key
      where api_key.withdrawn_at is null and api_key.expires_at > ${now}
        and api_key.created_at < ${now}::timestamptz - ${overdueDays.program} * interval '1 day'
        and not exists (select from ledger.api_key as next where next.replaces = api_key.id)
      union all
      select 'rotation-overdue', log.name, null, max(log_key.created_at)::text
      from ledger.log
      join ledger.log_key on log_key.log = log.id
      group by log.name
      having max(log_key.created_at) < ${now}::timestamptz - ${overdueDays.log} * interval '1 day'
    ) as cause
    order by kind, subject
    limit ${causesMax}`
}

/** Opens an alarm for each cause that has none, and keeps of the others that they last. Returns those that are new. */
export async function openAlarms(sql: Sql, causes: readonly Cause[], now: Date): Promise<Cause[]> {
  return sql<Cause[]>`
    with opened as (
      insert into ledger.alarm as held (kind, subject, organisation, detail, opened_at, seen_at)
      select kind, subject, organisation, coalesce(detail, ''), ${now}, ${now}
      from jsonb_to_recordset(${sql.json(causes as never)})
        as cause(kind text, subject text, organisation text, detail text)
      on conflict (kind, subject) where closed_at is null do update
      set seen_at = excluded.seen_at, detail = excluded.detail
      returning kind, subject, organisation, detail, (xmax = 0) as is_new)
    select kind, subject, organisation, detail
    from opened
    where is_new
    order by kind, subject
    limit ${causesMax}`
}

/** Closes those whose cause is gone, but for evidence. */
export async function closeEnded(sql: Sql, causes: readonly Cause[], now: Date): Promise<void> {
  await sql`
    update ledger.alarm
    set closed_at = ${now}
    where closed_at is null and kind <> 'split-view'
      and not exists (
        select from jsonb_to_recordset(${sql.json(causes as never)}) as cause(kind text, subject text)
        where cause.kind = alarm.kind and cause.subject = alarm.subject)`
}

/** One process at a time looks. False where another one does. */
export async function lockAlarms(sql: Sql): Promise<boolean> {
  const [row] = await sql<[{ taken: boolean }]>`
    select pg_try_advisory_xact_lock(hashtext('praya.ledger.alarms')) as taken`
  return row.taken
}

/** Those of logs, where the person runs them, and of one organisation: the open ones first, then the latest. */
export async function listAlarms(
  sql: Sql,
  { organisation, runs, limit }: { organisation: string | null; runs: boolean; limit: number },
): Promise<AlarmRow[]> {
  return sql<AlarmRow[]>`
    select id::int as id, kind, subject, organisation, detail, opened_at, seen_at, acknowledged_at, note, closed_at
    from ledger.alarm
    where organisation = ${organisation} or ${runs}
    order by closed_at is not null, opened_at desc, id desc
    limit ${limit}`
}

type Asked = { id: number; organisation: string | null; runs: boolean; by: string; note: string; now: Date }

/** Keeps who knows of it, and what is done about it. Undefined where there is none that is open and theirs. */
export async function acknowledgeAlarm(sql: Sql, { id, organisation, runs, by, note, now }: Asked) {
  const [row] = await sql<{ kind: AlarmKind }[]>`
    update ledger.alarm
    set acknowledged_by = ${by}, acknowledged_at = ${now}, note = ${note},
      closed_at = case when kind = 'split-view' then ${now}::timestamptz end,
      closed_by = case when kind = 'split-view' then ${by} end
    where id = ${id} and closed_at is null and (organisation = ${organisation} or ${runs})
    returning kind`
  return row?.kind
}
