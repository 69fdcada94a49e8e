import type { Installation, Text } from '#platform'
import type { Case } from '../cases/events.ts'
import type { CompiledService } from '../definitions/compile.rules.ts'
import { nameOf } from './places.rules.ts'
import { countBefore, findPlace, findSession, lacksPlace, listAttended } from './places.sql.ts'
import type { CasePlace } from './types.ts'

/** The place that a case has in a session, as its page shows it; null where it has none. */
export async function placeOf(
  { sql, pack, now }: Pick<Installation, 'sql' | 'pack' | 'now'>,
  reference: string,
): Promise<CasePlace | null> {
  const place = await findPlace(sql, reference)
  const session = place && (await findSession(sql, place.session))
  if (!place || !session) return null
  const { state, offerUntilAt } = place
  const at = now().toISOString()
  const isAhead = session.cancelledAt === null && session.startsAt > at
  return {
    ...{ session: nameOf(session, pack.government.timeZone), where: session.place, state, offerUntilAt },
    id: session.id,
    cancelled: session.cancelledAt !== null,
    lacking: await lacksPlace(sql, reference),
    before: state === 'waiting' ? await countBefore(sql, place) : null,
    accept: isAhead && state === 'offered' && offerUntilAt! > at,
    giveUp: isAhead && ['held', 'waiting', 'offered', 'taken'].includes(state),
  }
}

/** Sessions that the person of a case attended, for officers of a service whose definition says that they see them; null otherwise. */
export async function attendedOf(
  { sql, pack }: Pick<Installation, 'sql' | 'pack'>,
  { personId, organisation }: Pick<Case, 'personId' | 'organisation'>,
  { service }: Pick<CompiledService, 'service'>,
): Promise<Text[] | null> {
  if (!service.apply?.showsAttendance || personId === null) return null
  return (await listAttended(sql, { personId, organisation })).map((each) => nameOf(each, pack.government.timeZone))
}
