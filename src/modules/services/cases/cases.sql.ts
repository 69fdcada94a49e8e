import type { Sql } from '#platform'
import { problem } from '../problems.ts'
import type { Case, CaseEvent, EventKind } from './events.ts'

const columns = (sql: Sql) => sql`
  reference, number, application, service, encode(version, 'hex') as version, organisation, person_id, for_organisation, once,
  language, coalesce(listed, to_jsonb(listed_before)) as listed, state, queue, wait, opened_at, state_since_at, claimed_by, claimed_at,
  due_on, due_at, due_count, left_days, stopped_at, stood_days, reply_until_on, reply_until_at, remind_at, proposal, proposed_by,
  ended_at, outcome, decided_at, worked_days, appeal_until_on, review_of, review, merged_into, complained_at, excluded`

export async function findCase(sql: Sql, reference: string): Promise<Case | undefined> {
  const [row] = await sql<Case[]>`
    select ${columns(sql)}
    from services.case
    where reference = ${reference}`
  return row
}

/** A case until the transaction ends: nobody else changes it meanwhile. */
export async function lockCase(sql: Sql, reference: string): Promise<Case | undefined> {
  const [row] = await sql<Case[]>`
    select ${columns(sql)}
    from services.case
    where reference = ${reference}
    for update`
  return row
}

/**
 * The free case of a department that is due first, locked, without waiting for one that another officer is just being given.
 * Neither the officer’s own, nor one of which they answered a part, nor one that they decided before.
 */
export async function lockNext(
  sql: Sql,
  of: {
    organisation: string
    queue: string
    officer: string
    service: string | null
    /** Companies, and people in their own name, whose cases are others’ to work on. */
    notFor: readonly string[]
    notOf: readonly string[]
    /** Competitions in which the officer has an entry. */
    notAmong: readonly string[]
  },
): Promise<Case | undefined> {
  const [row] = await sql<Case[]>`
    select ${columns(sql)}
    from services.case
    where organisation = ${of.organisation} and queue = ${of.queue} and wait = 'officer' and claimed_by is null
      ${of.service === null ? sql`` : sql`and service = ${of.service}`}
      ${of.notAmong.length === 0 ? sql`` : sql`and service <> all (${[...of.notAmong]})`}
      and person_id is distinct from ${of.officer} and not (${of.officer} = any (excluded))
      and case when for_organisation is null
        then person_id is null or person_id <> all (${of.notOf as string[]})
        else for_organisation <> all (${of.notFor as string[]}) end
      and not exists (
        select
        from services.part
        where part.application = "case".application and part.person_id = ${of.officer})
    order by due_at, reference
    limit 1
    for update skip locked`
  return row
}

/** Who sent some applications or answered a part of them, and the organisation in whose name they were sent. */
export const listApplicants = (sql: Sql, references: readonly string[]) =>
  sql<{ reference: string; people: string[]; organisation: string | null }[]>`
    select reference, for_organisation as organisation, array_remove(array_append(array(
        select part.person_id from services.part where part.application = "case".application), person_id), null) as people
    from services.case
    where reference = any (${references as string[]})
    order by reference
    limit ${references.length}`

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Without what lists show: that is written when a case begins, and when an answer is corrected. */
const rowOf = ({ version, listed: _, ...rest }: Case) => ({
  ...Object.fromEntries(Object.entries(rest).map(([name, value]) => [snake(name), value])),
  version: Buffer.from(version, 'hex'),
})

export async function insertCase(sql: Sql, now: Case, search: readonly string[]): Promise<void> {
  try {
    const row = { ...rowOf(now), listed: sql.json(now.listed as never), search: [...search] }
    await sql`insert into services.case ${sql(row as never)}`
  } catch (error) {
    if ((error as { constraint_name?: string }).constraint_name === 'case_once_is_open') throw problem('one-is-open')
    throw error
  }
}

/** Whether an applicant has an open case of a service that takes only one of each. */
export async function isOneOpen(
  sql: Sql,
  of: { service: string; personId: string | null; organisation: string | null },
): Promise<boolean> {
  const rows = await sql`
    select reference
    from services.case
    where service = ${of.service} and once and ended_at is null
      and coalesce('organisation ' || for_organisation, 'person ' || person_id)
        = coalesce('organisation ' || ${of.organisation}::text, 'person ' || ${of.personId}::text)
    limit 1`
  return rows.length > 0
}

/** Writes a case as it stands after its newest events. */
export async function updateCase(sql: Sql, now: Case): Promise<void> {
  await sql`
    update services.case
    set ${sql(rowOf(now) as never)}
    where reference = ${now.reference}`
}

/** What lists show of a case, and by what it is found: the answers in the place of what stood there before. */
export const updateListed = (
  sql: Sql,
  { reference, listed }: Pick<Case, 'reference' | 'listed'>,
  search: readonly string[],
) =>
  sql`
    update services.case
    set listed = ${sql.json(listed as never)}, listed_before = null, search = ${[...search]}
    where reference = ${reference}`

export type EventRow = CaseEvent & { sealed: Buffer | null }

export async function insertEvent(
  sql: Sql,
  reference: string,
  event: CaseEvent,
  { sealed, token }: { sealed: Buffer | null; token: string | null },
): Promise<void> {
  await sql`
    insert into services.case_event (reference, number, kind, at, by, organisation, data, sealed, token)
    values (${reference}, ${event.number}, ${event.kind}, ${event.at}, ${event.by}, ${event.organisation},
            ${sql.json(event.data as never)}, ${sealed}, ${token})`
}

/** As many as the table lets a case have. */
const eventsMax = 10_000

/** Everything that happened to a case, in its order. */
export const listEvents = (sql: Sql, reference: string) =>
  sql<EventRow[]>`
    select number, kind, at, by, organisation, data, sealed
    from services.case_event
    where reference = ${reference}
    order by number
    limit ${eventsMax}`

const movesMax = 50_000

/** Of some cases, what brought them into a state or under another version, in its order; one of very many moves may lack its last ones. */
export const listMoves = (sql: Sql, references: readonly string[]) =>
  sql<(CaseEvent & { reference: string })[]>`
    select reference, number, kind, at, by, organisation, data
    from services.case_event
    where reference = any (${[...references]}) and kind in ('begun', 'step-taken', 'moved', 'move-undone')
    order by reference, number
    limit ${movesMax}`

/** What a form did that was sent before. */
export async function findByToken(
  sql: Sql,
  token: string,
): Promise<{ reference: string; number: number; kind: EventKind; by: string } | undefined> {
  const [row] = await sql<{ reference: string; number: number; kind: EventKind; by: string }[]>`
    select reference, number, kind, by
    from services.case_event
    where token = ${token}`
  return row
}

/** References in their order, for whoever looks at every case. */
export const listReferences = (sql: Sql, after: string, limit: number) =>
  sql<{ reference: string }[]>`
    select reference
    from services.case
    where reference > ${after}
    order by reference
    limit ${limit}`

/** Cases whose person did not reply in time. */
export const listLapsed = (sql: Sql, now: Date) =>
  sql<{ reference: string }[]>`
    select reference
    from services.case
    where wait = 'reply' and reply_until_at <= ${now}
    order by reply_until_at
    limit 500`

/** Cases whose person is to be reminded that a question waits. */
export const listToRemind = (sql: Sql, now: Date) =>
  sql<{ reference: string }[]>`
    select reference
    from services.case
    where remind_at <= ${now}
    order by remind_at
    limit 500`

/** The cases of some applications, reviews among them; the newest first. */
export const listCasesOf = (sql: Sql, applications: readonly string[]) =>
  sql<Case[]>`
    select ${columns(sql)}
    from services.case
    where application = any (${[...applications]})
    order by opened_at desc, reference
    limit 500`

/** Cases in which a question waits for somebody, in the name in which they act; those to be answered first first. */
export const listAsked = (
  sql: Sql,
  { personId, organisation }: { personId: string; organisation: string | null },
  { first, max }: { first: number; max: number },
) =>
  sql<Case[]>`
    select ${columns(sql)}
    from services.case
    where wait = 'reply' and for_organisation is not distinct from ${organisation}
      ${organisation === null ? sql`and person_id = ${personId}` : sql``}
    order by reply_until_at, reference
    offset ${first}
    limit ${max}`

/** What a department received, reviews left out: the cases by when they began. */
export const listReceived = (
  sql: Sql,
  of: { organisation: string; service: string | undefined; first: number; max: number; order: 'asc' | 'desc' },
) =>
  sql<Case[]>`
    select ${columns(sql)}
    from services.case
    where organisation = ${of.organisation} and review_of is null
      ${of.service === undefined ? sql`` : sql`and service = ${of.service}`}
    order by ${of.order === 'asc' ? sql`opened_at, reference` : sql`opened_at desc, reference desc`}
    offset ${of.first}
    limit ${of.max}`

/** What an officer may look for. Every list is of one department, by the query itself. */
export type Filter = {
  organisation: string
  service: string | null
  state: string | null
  whose: 'mine' | 'free' | 'all'
  wait: string | null
  due: 'overdue' | 'soon' | null
  ended: boolean
  complained: boolean
  /** Pairs of letters that all must occur in what is listed or in the reference. */
  terms: readonly string[]
}

type Listing = {
  officer: string
  /** The queues that this officer takes from, where free cases are asked for: a case is free only for whoever can take it. */
  queues?: readonly string[]
  now: Date
  soonAt: Date
  after: { at: string; reference: string } | null
  /** How many are passed over, where no page before is known. */
  first?: number
  limit: number
}

/** How far a search goes through the list itself: what many cases have stands there soon, and what few have the index knows. */
const walkedMax = 2000

/** Cases of a department by the day on which they are due; `after` is the last of the page before. */
export async function listCases(sql: Sql, filter: Filter, of: Listing): Promise<Case[]> {
  if (filter.terms.length === 0) return selectCases(sql, filter, of)
  const near = await selectCases(sql, filter, of, walkedMax)
  return near.length === of.limit ? near : selectCases(sql, filter, of)
}

/** With `walked`, only among so many cases from the start of the list. */
function selectCases(sql: Sql, filter: Filter, of: Listing, walked?: number) {
  const { after } = of
  const far = sql`coalesce(due_at, 'infinity')`
  const order = filter.ended ? sql`opened_at desc, reference desc` : sql`${far}, reference`
  const next =
    after === null
      ? sql``
      : filter.ended
        ? sql`and (opened_at, reference) < (${after.at}::timestamptz, ${after.reference})`
        : sql`and (${far}, reference) > (${after.at}::timestamptz, ${after.reference})`
  const from = (terms: readonly string[]) => sql`
    from services.case
    where organisation = ${filter.organisation}
      ${filter.ended ? sql`` : sql`and ended_at is null`}
      ${filter.service === null ? sql`` : sql`and service = ${filter.service}`}
      ${filter.state === null ? sql`` : sql`and state = ${filter.state}`}
      ${filter.wait === null ? sql`` : sql`and wait = ${filter.wait}`}
      ${filter.whose === 'mine' ? sql`and claimed_by = ${of.officer}` : sql``}
      ${filter.whose === 'free' ? sql`and claimed_by is null and wait = 'officer' and queue = any (${[...(of.queues ?? [])]})` : sql``}
      ${filter.due === 'overdue' ? sql`and due_at <= ${of.now}` : sql``}
      ${filter.due === 'soon' ? sql`and due_at > ${of.now} and due_at <= ${of.soonAt}` : sql``}
      ${filter.complained ? sql`and complained_at is not null` : sql``}
      ${terms.length === 0 ? sql`` : sql`and search @> ${[...terms]}`}
      ${next}
    order by ${order}`
  if (walked === undefined)
    return sql<Case[]>`
      select ${columns(sql)}
      ${from(filter.terms)}
      offset ${of.first ?? 0}
      limit ${of.limit}`
  return sql<Case[]>`
    with near as materialized (
      select reference, search
      ${from([])}
      limit ${walked})
    select ${columns(sql)}
    from services.case
    where reference in (select reference from near where search @> ${[...filter.terms]})
    order by ${order}
    limit ${of.limit}`
}

/** How many cases of each kind wait in a department: counted up to a thousand, as a larger number says no more. */
export async function countQueue(
  sql: Sql,
  of: { organisation: string; officer: string; queues: readonly string[]; now: Date; soonAt: Date },
) {
  const capped = (condition: ReturnType<Sql>) => sql`(
    select count(*)::int from (
      select 1 from services.case where organisation = ${of.organisation} and ${condition} limit 1000) as counted)`
  const [row] = await sql<
    [{ mine: number; free: number; soon: number; overdue: number; reply: number; approval: number; complaints: number }]
  >`
    select
      ${capped(sql`claimed_by = ${of.officer}`)} as mine,
      ${capped(sql`wait = 'officer' and claimed_by is null and queue = any (${[...of.queues]})`)} as free,
      ${capped(sql`ended_at is null and due_at > ${of.now} and due_at <= ${of.soonAt}`)} as soon,
      ${capped(sql`ended_at is null and due_at <= ${of.now}`)} as overdue,
      ${capped(sql`wait = 'reply'`)} as reply,
      ${capped(sql`wait = 'approval' and proposed_by <> ${of.officer}`)} as approval,
      ${capped(sql`complained_at is not null`)} as complaints`
  return row
}

/** How a department does by service since a day: what came, what was decided, and in how many working days. */
export const listFigures = (sql: Sql, of: { organisation: string; since: Date; now: Date }) =>
  sql<
    { service: string; received: number; decided: number; medianDays: number | null; open: number; overdue: number }[]
  >`
    select service,
      count(*) filter (where opened_at >= ${of.since})::int as received,
      count(*) filter (where decided_at >= ${of.since})::int as decided,
      percentile_disc(0.5) within group (order by worked_days) filter (where decided_at >= ${of.since})::int as median_days,
      count(*) filter (where ended_at is null)::int as open,
      count(*) filter (where ended_at is null and due_at <= ${of.now})::int as overdue
    from services.case
    where organisation = ${of.organisation}
    group by service
    order by service
    limit 500`

/** Filters that a department keeps under a name. */
export async function listSavedFilters(sql: Sql, organisation: string) {
  return sql<{ name: string; query: string }[]>`
    select name, query
    from services.saved_filter
    where organisation = ${organisation}
    order by name
    limit 100`
}

export async function putSavedFilter(
  sql: Sql,
  filter: { organisation: string; name: string; query: string; by: string; now: Date },
): Promise<void> {
  await sql`
    insert into services.saved_filter (organisation, name, query, saved_by, saved_at)
    values (${filter.organisation}, ${filter.name}, ${filter.query}, ${filter.by}, ${filter.now})
    on conflict (organisation, name) do update
    set query = excluded.query, saved_by = excluded.saved_by, saved_at = excluded.saved_at`
}

export async function deleteSavedFilter(sql: Sql, organisation: string, name: string): Promise<boolean> {
  const { count } = await sql`
    delete from services.saved_filter
    where organisation = ${organisation} and name = ${name}`
  return count > 0
}
