import type { Sql } from '#platform'
import type { Place } from '../anchor/anchors.sql.ts'
import {
  type AlarmKind,
  type AlarmRow,
  endingDays,
  failuresMax,
  overdueDays,
  silentMinutesMax,
  waitMinutesMax,
} from './types.ts'

/** Times in details are as pages read them. */
const printed = (sql: Sql, time: ReturnType<Sql>) =>
  sql`to_char(${time} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`

/** All that is wrong now, each once for its kind and subject. `place`: where this installation anchors. */
const causes = (sql: Sql, { place, now }: { place: Place | undefined; now: Date }) => sql`
  select 'witness-refuses' as kind, log.name || ' ' || contact.url as subject, null as organisation,
    contact.failure as detail
  from ledger.contact
  join ledger.log on log.id = contact.log
  where contact.failure ~ '^(403|404|409|422|signature)$|^knows '
  union all
  select 'split-view', evidence.id, null, left(evidence.origin, 300)
  from ledger.evidence
  where kind = 'split-view'
    and not exists (
      select from ledger.alarm
      where alarm.kind = 'split-view' and alarm.subject = evidence.id and alarm.closed_at is not null)
  union all
  select case when anchor.failure = 'other-root' then 'anchor-contradicts' else 'anchor-fails' end,
    log.name || ' ' || anchor.chain || ' ' || anchor.contract, null, anchor.failure
  from ledger.anchor
  join ledger.log on log.id = anchor.log
  where anchor.state in ('queued', 'sent', 'mined')
    -- What waits for a contract that is set no longer is left as it stands; that it showed two histories stays true.
    and (anchor.failure = 'other-root'
      or (anchor.failure is not null and anchor.attempts >= ${failuresMax}
        and anchor.chain = ${place?.chain ?? null} and anchor.contract = ${place?.contract ?? null}))
  union all
  select 'entries-wait', log.name, null, ${printed(sql, sql`min(pending.promised_at)`)}
  from ledger.pending
  join ledger.log on log.id = pending.log
  group by log.name
  having min(pending.promised_at) < ${now}::timestamptz - ${waitMinutesMax} * interval '1 minute'
  union all
  select 'not-published', log.name, null, ${printed(sql, sql`log.behind_at`)}
  from ledger.log
  where log.behind_at < ${now}::timestamptz - ${silentMinutesMax} * interval '1 minute'
  union all
  select 'quota-reached', refusal.organisation, refusal.organisation, refusal.refused_on::text
  from ledger.quota_refusal as refusal
  where refusal.refused_on = (${now}::timestamptz at time zone 'UTC')::date
    and not exists (
      select from ledger.quota
      where quota.organisation in ('', refusal.organisation) and quota.set_at > refusal.refused_at)
  union all
  select 'key-ending', api_key.id, api_key.organisation, ${printed(sql, sql`api_key.expires_at`)}
  from ledger.api_key
  where api_key.withdrawn_at is null and api_key.expires_at > ${now}
    and api_key.expires_at < ${now}::timestamptz + ${endingDays} * interval '1 day'
    and not exists (select from ledger.api_key as next where next.replaces = api_key.id)
  union all
  select 'rotation-overdue', api_key.id, api_key.organisation, ${printed(sql, sql`api_key.created_at`)}
  from ledger.api_key
  where api_key.withdrawn_at is null and api_key.expires_at > ${now}
    and api_key.created_at < ${now}::timestamptz - ${overdueDays.program} * interval '1 day'
    and not exists (select from ledger.api_key as next where next.replaces = api_key.id)
  union all
  select 'rotation-overdue', log.name, null, ${printed(sql, sql`max(log_key.created_at)`)}
  from ledger.log
  join ledger.log_key on log_key.log = log.id
  group by log.name
  having max(log_key.created_at) < ${now}::timestamptz - ${overdueDays.log} * interval '1 day'`

/** Organisations that have something new at once: more than any pack has. */
const toldMax = 10_000

/**
 * Opens an alarm for each cause that has none, keeps of the others that they last, and closes those whose cause is gone, but for
 * evidence. One statement, which sees every cause, however many there are. Returns for whose officers there is a new one; null
 * stands for those who run the logs.
 */
export async function keepAlarms(
  sql: Sql,
  given: { place: Place | undefined; now: Date },
): Promise<{ organisation: string | null }[]> {
  const { now } = given
  return sql<{ organisation: string | null }[]>`
    with cause as (${causes(sql, given)}),
    ended as (
      update ledger.alarm
      set closed_at = ${now}
      where closed_at is null and kind <> 'split-view'
        and not exists (select from cause where cause.kind = alarm.kind and cause.subject = alarm.subject)
    ),
    opened as (
      insert into ledger.alarm as held (kind, subject, organisation, detail, opened_at, seen_at)
      select kind, subject, organisation, detail, ${now}, ${now}
      from cause
      on conflict (kind, subject) where closed_at is null do update
      set seen_at = excluded.seen_at, detail = excluded.detail
      returning organisation, (xmax = 0) as is_new
    )
    select distinct organisation
    from opened
    where is_new
    order by organisation
    limit ${toldMax}`
}

/** One process at a time looks. False where another one does. */
export async function lockAlarms(sql: Sql): Promise<boolean> {
  const [row] = await sql<[{ taken: boolean }]>`
    select pg_try_advisory_xact_lock(hashtext('praya.ledger.alarms')) as taken`
  return row.taken
}

/** Whose alarms: those of one organisation, and all where the person runs the logs. */
export type Whose = { organisation: string | null; runs: boolean }

/** The open ones first, and of these those of the logs themselves, as keys of programs may be many; then the latest. */
export async function listAlarms(
  sql: Sql,
  { organisation, runs, limit }: Whose & { limit: number },
): Promise<AlarmRow[]> {
  return sql<AlarmRow[]>`
    select alarm.id::int as id, alarm.kind, alarm.subject, alarm.organisation, alarm.detail, alarm.opened_at, alarm.seen_at,
      alarm.acknowledged_at, alarm.note, alarm.closed_at, api_key.name as program
    from ledger.alarm
    left join ledger.api_key
      on alarm.kind in ('key-ending', 'rotation-overdue') and alarm.organisation is not null
        and api_key.id = alarm.subject
    where alarm.organisation = ${organisation} or ${runs}
    order by alarm.closed_at is not null, alarm.closed_at is null and alarm.organisation is not null,
      alarm.opened_at desc, alarm.id desc
    limit ${limit}`
}

/** How many are open. */
export async function countOpen(sql: Sql, { organisation, runs }: Whose): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    select count(*)::int as count
    from ledger.alarm
    where closed_at is null and (organisation = ${organisation} or ${runs})`
  return row.count
}

type Asked = Whose & { id: number; by: string; note: string; now: Date }

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
