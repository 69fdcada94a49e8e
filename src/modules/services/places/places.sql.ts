import type { Sql } from '#platform'
import type { Case } from '../cases/events.ts'
import { markable, type PlaceState, type Session } from './places.rules.ts'

/** The place of a case. */
export type PlaceRow = {
  reference: string
  session: string
  personId: string | null
  state: PlaceState
  offerUntilAt: string | null
}

const columns = (sql: Sql) => sql`
  id, organisation, service, title, place, starts_at, ends_at, opens_at, closes_at, capacity, taken, cancelled_at`

export async function findSession(sql: Sql, id: string): Promise<Session | undefined> {
  const [row] = await sql<Session[]>`select ${columns(sql)} from services.session where id = ${id}`
  return row
}

/** Held until the caller’s transaction ends: whoever changes a place of the session waits here for the others. */
export async function lockSession(sql: Sql, id: string): Promise<Session | undefined> {
  const [row] = await sql<Session[]>`select ${columns(sql)} from services.session where id = ${id} for update`
  return row
}

export type NewSession = Omit<Session, 'taken' | 'cancelledAt'> & { by: string; now: Date }

/** False where one of this id is there: its form was sent before. */
export async function insertSession(sql: Sql, row: NewSession): Promise<boolean> {
  const { count } = await sql`
    insert into services.session
      (id, organisation, service, title, place, starts_at, ends_at, opens_at, closes_at, capacity, created_at, created_by)
    values (${row.id}, ${row.organisation}, ${row.service}, ${sql.json(row.title as never)}, ${sql.json(row.place as never)},
      ${row.startsAt}, ${row.endsAt}, ${row.opensAt}, ${row.closesAt}, ${row.capacity}, ${row.now}, ${row.by})
    on conflict (id) do nothing`
  return count > 0
}

export async function updateSession(sql: Sql, row: Omit<NewSession, 'organisation' | 'service' | 'by' | 'now'>) {
  await sql`
    update services.session
    set title = ${sql.json(row.title as never)}, place = ${sql.json(row.place as never)}, starts_at = ${row.startsAt},
      ends_at = ${row.endsAt}, opens_at = ${row.opensAt}, closes_at = ${row.closesAt}, capacity = ${row.capacity}
    where id = ${row.id}`
}

export async function cancelSession(sql: Sql, id: string, now: Date): Promise<void> {
  await sql`update services.session set cancelled_at = ${now} where id = ${id}`
}

/** One place more or less that counts. The database refuses more than there are. */
export async function addTaken(sql: Sql, id: string, more: 1 | -1): Promise<void> {
  await sql`update services.session set taken = taken + ${more} where id = ${id}`
}

const openMax = 100

/** Sessions of a service that people may choose now, the next first. */
export async function listOpen(sql: Sql, service: string, now: Date): Promise<Session[]> {
  return sql<Session[]>`
    select ${columns(sql)}
    from services.session
    where service = ${service} and cancelled_at is null and opens_at <= ${now} and closes_at > ${now}
    order by starts_at, id
    limit ${openMax}`
}

const shownMax = 200

/** How many wait, and how many of them are granted and should not. */
type ListedSession = Session & { waiting: number; lacking: number }

/** Sessions of a department, the earliest first, with how many wait for each; of more than are shown, the latest. */
export async function listSessions(sql: Sql, organisation: string): Promise<ListedSession[]> {
  return sql<ListedSession[]>`
    with shown as (
      select ${columns(sql)}
      from services.session
      where organisation = ${organisation}
      order by starts_at desc, id
      limit ${shownMax})
    select ${columns(sql)},
      (select count(*)::int from services.place where place.session = shown.id and place.state = 'waiting') as waiting,
      (select count(*)::int
        from services.place
        join services.case on "case".reference = place.reference
        where place.session = shown.id and place.state = 'waiting' and ${isGranted(sql)}) as lacking
    from shown
    order by starts_at, id
    limit ${shownMax}`
}

export async function insertPlace(
  sql: Sql,
  { reference, session, personId, state }: Omit<PlaceRow, 'offerUntilAt'>,
  now: Date,
): Promise<void> {
  await sql`
    insert into services.place (reference, session, person_id, state, changed_at)
    values (${reference}, ${session}, ${personId}, ${state}, ${now})`
}

const placeColumns = (sql: Sql) => sql`reference, session, person_id, state, offer_until_at`

export async function findPlace(sql: Sql, reference: string): Promise<PlaceRow | undefined> {
  const [row] = await sql<PlaceRow[]>`
    select ${placeColumns(sql)} from services.place where reference = ${reference}`
  return row
}

export async function updatePlace(
  sql: Sql,
  {
    reference,
    state,
    offerUntilAt,
    now,
  }: Pick<PlaceRow, 'reference' | 'state'> & { offerUntilAt: Date | null; now: Date },
): Promise<void> {
  await sql`
    update services.place
    set state = ${state}, offer_until_at = ${offerUntilAt}, changed_at = ${now}
    where reference = ${reference}`
}

/**
 * Whether a place was freed by the end of its case, or by a review of it, and not given up by its person: an end changes it at the
 * instant of its event.
 */
export async function wasFreedByEnd(sql: Sql, reference: string): Promise<boolean> {
  const [row] = await sql<[{ freed: boolean }]>`
    select exists (
      select
      from services.place
      join services.case on "case".reference = place.reference
      join services.case_event event on event.reference in ("case".reference, "case".review)
      where place.reference = ${reference} and place.state = 'given-up' and event.at = place.changed_at
        and (event.kind = 'merged' or event.data ->> 'ends' = 'refused' or event.data ->> 'outcome' = 'refused')) as freed`
  return row.freed
}

/** Whether a case counts as granted, by its review where that is decided, while its place waits or was freed by an end. */
export async function lacksPlace(sql: Sql, reference: string): Promise<boolean> {
  const [row] = await sql<{ state: PlaceState }[]>`
    select place.state
    from services.place
    join services.case on "case".reference = place.reference
    where place.reference = ${reference} and place.state in ('waiting', 'given-up') and ${isGranted(sql)}`
  return row !== undefined && (row.state === 'waiting' || (await wasFreedByEnd(sql, reference)))
}

/** Of a `case` with a place, as the last word on it stands. */
const isGranted = (sql: Sql) => sql`
  coalesce(
    (select review.outcome from services.case review
      where review.reference = "case".review and review.outcome in ('granted', 'done', 'refused')),
    "case".outcome) in ('granted', 'done')`

/** Who has waited longest for a place in a session. */
export async function findNextWaiting(sql: Sql, session: string): Promise<PlaceRow | undefined> {
  const [row] = await sql<PlaceRow[]>`
    select ${placeColumns(sql)}
    from services.place
    where session = ${session} and state = 'waiting'
    order by number
    limit 1`
  return row
}

/** How many stand before a place that waits. */
export async function countBefore(sql: Sql, { reference, session }: PlaceRow): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    select count(*)::int
    from services.place
    where session = ${session} and state = 'waiting'
      and number < (select own.number from services.place own where own.reference = ${reference})`
  return row.count
}

type ListedPlace = PlaceRow & { listed: Case['listed']; lacking: boolean }
const placesMax = 10_000

/** Everybody who has a place in a session or waits for one, in the order in which they came; not who gave it up. */
export async function listPlaces(sql: Sql, session: string): Promise<ListedPlace[]> {
  return sql<ListedPlace[]>`
    select place.reference, place.session, place.person_id, place.state, place.offer_until_at,
      coalesce("case".listed, to_jsonb("case".listed_before)) as listed,
      place.state = 'waiting' and coalesce(${isGranted(sql)}, false) as lacking
    from services.place
    join services.case on "case".reference = place.reference
    where place.session = ${session} and place.state <> 'given-up'
    order by place.number
    limit ${placesMax}`
}

const attendedMax = 50

/** Sessions of a department that a person attended, the latest first. */
export async function listAttended(
  sql: Sql,
  { personId, organisation }: { personId: string; organisation: string },
): Promise<Session[]> {
  return sql<Session[]>`
    select ${columns(sql)}
    from services.session
    where organisation = ${organisation} and id in (
      select session from services.place where person_id = ${personId} and state = 'attended')
    order by starts_at desc, id
    limit ${attendedMax}`
}

const lapsedMax = 200

/** Offers that nobody accepted in time. */
export async function listLapsedOffers(sql: Sql, now: Date): Promise<{ reference: string; session: string }[]> {
  return sql<{ reference: string; session: string }[]>`
    select reference, session
    from services.place
    where state = 'offered' and offer_until_at <= ${now}
    order by offer_until_at
    limit ${lapsedMax}`
}

/** Notes of everybody who has a place whether they came, but not of the officer who notes it. The caller holds the session. */
export async function markAttendance(
  sql: Sql,
  session: string,
  { attended, now, officer }: { attended: readonly string[]; now: Date; officer: string },
): Promise<void> {
  await sql`
    update services.place
    set state = case when reference = any(${attended as string[]}) then 'attended' else 'missed' end, changed_at = ${now}
    where session = ${session} and state = any(${markable as PlaceState[]}) and person_id is distinct from ${officer}`
}

/** Ends what was only hoped for: waiting, and offers. Of a session that does not take place. */
export async function endWaiting(sql: Sql, session: string, now: Date): Promise<void> {
  await sql`
    update services.place
    set state = 'given-up', offer_until_at = null, changed_at = ${now}
    where session = ${session} and state in ('waiting', 'offered')`
}
