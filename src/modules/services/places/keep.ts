import type { Installation, Sql } from '#platform'
import type { Application } from '../applying/applications.ts'
import { findCase } from '../cases/cases.sql.ts'
import type { Case } from '../cases/events.ts'
import { toInbox } from '../cases/messages.ts'
import { singly } from '../cases/singly.ts'
import { problem } from '../problems.ts'
import type { Answers } from '../types.ts'
import { getVersion } from '../versions/versions.ts'
import { type Told, textsFor } from './messages.ts'
import { actOfEnd, counts, isOpen, movePlace, type PlaceAct, type Session } from './places.rules.ts'
import {
  addTaken,
  findNextWaiting,
  findPlace,
  insertPlace,
  listLapsedOffers,
  lockSession,
  type PlaceRow,
  updatePlace,
  wasFreedByEnd,
} from './places.sql.ts'

type Keeping = Pick<Installation, 'vault' | 'pack'>
const dayMs = 86_400_000

/** Tells the person of a place something about it, in the caller’s transaction. */
export async function tellOfPlace(
  sql: Sql,
  installation: Keeping,
  session: Session,
  {
    reference,
    personId,
    told,
    until = null,
  }: Pick<PlaceRow, 'reference' | 'personId'> & { told: Told; until?: Date | null },
): Promise<void> {
  const { organisation, service } = session
  const texts = textsFor(told, session, { reference, until, timeZone: installation.pack.government.timeZone })
  await toInbox(sql, installation, { reference, personId, organisation, service }, texts)
}

/**
 * Keeps a place for a case in the transaction that begins it: in the session itself, or at the end of its waiting list. Refuses a
 * session that takes nobody any more.
 */
async function takePlace(
  sql: Sql,
  installation: Keeping & Pick<Installation, 'now'>,
  asked: { reference: string; personId: string | null; service: string; session: string; wait: boolean },
): Promise<void> {
  const { reference, personId } = asked
  const now = installation.now()
  const session = await lockSession(sql, asked.session)
  if (!session || session.service !== asked.service || !isOpen(session, now)) throw problem('session-closed')
  const isFree = session.taken < session.capacity
  if (!isFree && !asked.wait) throw problem('session-full')
  if (isFree) await addTaken(sql, session.id, 1)
  const state = isFree ? 'held' : 'waiting'
  await insertPlace(sql, { reference, session: session.id, personId, state }, now)
  if (!isFree) await tellOfPlace(sql, installation, session, { reference, personId, told: 'waiting' })
}

/** The place in the session that an application chose, where its service has some: with the case, or neither. */
export async function takeChosen(
  sql: Sql,
  installation: Keeping & Pick<Installation, 'now'>,
  { apply, row }: Pick<Application, 'apply' | 'row'>,
  { reference, answers }: { reference: string; answers: Answers },
): Promise<void> {
  const { places } = apply
  const session = places && answers[places.question]
  if (!places || typeof session !== 'string') return
  const { personId, service } = row
  await takePlace(sql, installation, { reference, personId, service, session, wait: places.wait === true })
}

/**
 * Does something to the place of a case, and offers what comes free to whoever has waited longest. The session is locked before the
 * place is read, always in this order. Returns the place as it was, or undefined where the act leads nowhere from there.
 */
export async function changePlace(
  sql: Sql,
  installation: Keeping,
  { reference, act, now }: { reference: string; act: PlaceAct; now: Date },
): Promise<PlaceRow | undefined> {
  const known = await findPlace(sql, reference)
  const session = known && (await lockSession(sql, known.session))
  const place = session && (await findPlace(sql, reference))
  const next = place && movePlace(place.state, act)
  if (!session || !place || !next) return undefined
  const offerOver = act === 'accept' && place.offerUntilAt !== null && place.offerUntilAt <= now.toISOString()
  if (offerOver) return undefined
  await updatePlace(sql, { reference, state: next, offerUntilAt: null, now })
  if (counts(place.state) && !counts(next)) {
    await addTaken(sql, session.id, -1)
    await offerFree(sql, installation, { ...session, taken: session.taken - 1 }, now)
  }
  if (act === 'lapse') await tellOfPlace(sql, installation, session, { ...place, told: 'lapsed' })
  return place
}

/** Offers places that are free to those who wait, in their order, until the session begins. The caller holds the session. */
export async function offerFree(sql: Sql, installation: Keeping, session: Session, now: Date): Promise<void> {
  if (session.cancelledAt !== null || session.startsAt <= now.toISOString()) return
  for (let free = session.capacity - session.taken; free > 0; free -= 1) {
    const next = await findNextWaiting(sql, session.id)
    if (!next) return
    const until = new Date(
      Math.min(now.getTime() + (await offerDaysOf(sql, next)) * dayMs, Date.parse(session.startsAt)),
    )
    await updatePlace(sql, { reference: next.reference, state: 'offered', offerUntilAt: until, now })
    await addTaken(sql, session.id, 1)
    await tellOfPlace(sql, installation, session, { ...next, told: 'offered', until })
  }
}

const offerDaysDefault = 3

/** By the version of the case of whoever waits. */
async function offerDaysOf(sql: Sql, { reference }: PlaceRow): Promise<number> {
  const { service } = await getVersion(sql, (await findCase(sql, reference))!.version)
  return service.apply?.places?.offerDays ?? offerDaysDefault
}

/**
 * Takes a place again that the end of its case freed, where that end no longer stands: if there is room, else in its old turn on the
 * waiting list, and officers are shown that it is missing. What a person gave up themselves stays given up.
 */
async function takeAgain(
  sql: Sql,
  installation: Keeping,
  { reference, state, now }: { reference: string; state: 'held' | 'taken'; now: Date },
): Promise<void> {
  const known = await findPlace(sql, reference)
  if (known?.state !== 'given-up') return
  const session = await lockSession(sql, known.session)
  const place = await findPlace(sql, reference)
  if (!session || place?.state !== 'given-up' || !(await wasFreedByEnd(sql, reference))) return
  if (session.cancelledAt !== null) return
  const isFree = session.taken < session.capacity
  if (!isFree && session.startsAt <= now.toISOString()) return
  if (isFree) await addTaken(sql, session.id, 1)
  await updatePlace(sql, { reference, state: isFree ? state : 'waiting', offerUntilAt: null, now })
  await tellOfPlace(sql, installation, session, { ...place, told: isFree ? 'again' : 'waiting-again' })
}

/**
 * What the end of a case does to its place, and what another outcome does that is decided later; of most cases there is none. A
 * review ends the place of the case that it reviews, or takes it again, as its own case has none.
 */
export async function settlePlace(
  sql: Sql,
  installation: Keeping,
  { before, after, at }: { before: Case | undefined; after: Case; at: Date },
): Promise<void> {
  const { endedAt, outcome, reviewOf } = after
  if (before?.endedAt === endedAt && before.outcome === outcome) return
  const of = { reference: reviewOf ?? after.reference, now: at }
  // Parted from another again, it goes on.
  if (before && outcome === null) return takeAgain(sql, installation, { ...of, state: 'held' })
  if (outcome === null) return
  const act = actOfEnd(outcome)
  // A review that is withdrawn leaves what it reviews.
  if (reviewOf === null || outcome === 'refused') await changePlace(sql, installation, { ...of, act })
  if (act === 'granted') await takeAgain(sql, installation, { ...of, state: 'taken' })
}

/** Ends offers that nobody accepted in time, and offers the places to the next. A job does it. */
export async function expireOffers(installation: Installation): Promise<void> {
  const now = installation.now()
  await singly(installation, await listLapsedOffers(installation.sql, now), (sql, { reference }) =>
    changePlace(sql, installation, { reference, act: 'lapse', now }),
  )
}
