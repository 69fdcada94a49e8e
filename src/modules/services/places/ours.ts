import type { FastifyRequest } from 'fastify'
import type { Installation, Sql, Text } from '#platform'
import { titleOf } from '../catalogue/catalogue.ts'
import { organisationOf } from '../forms.ts'
import { problem } from '../problems.ts'
import type { Current } from '../versions/versions.ts'
import { isOpen, type Session, whenOf } from './places.rules.ts'
import { findSession, lockSession } from './places.sql.ts'
import type { SessionNote } from './types.ts'

export const subjectOf = (id: string) => `services/sessions/${id}`

const requireOurs = (session: Session | undefined, request: FastifyRequest): Session => {
  if (!session || session.organisation !== organisationOf(request)) throw problem('session-not-found')
  return session
}

export const getOurs = async (sql: Sql, request: FastifyRequest, id: string): Promise<Session> =>
  requireOurs(await findSession(sql, id), request)

export const lockOurs = async (sql: Sql, request: FastifyRequest, id: string): Promise<Session> =>
  requireOurs(await lockSession(sql, id), request)

/** Services of a department that have sessions. */
export const offeredBy = (current: ReadonlyMap<string, Current>, organisation: string): { id: string; title: Text }[] =>
  [...current.values()]
    .map(({ compiled }) => compiled.service)
    .filter(({ organisation: own, apply }) => own === organisation && apply?.places)
    .map(({ id, title }) => ({ id, title }))

function stateOf(session: Session, now: Date): SessionNote['state'] {
  if (session.cancelledAt !== null) return 'cancelled'
  if (session.startsAt <= now.toISOString()) return 'begun'
  if (isOpen(session, now)) return 'open'
  return session.opensAt > now.toISOString() ? 'early' : 'closed'
}

/** A session as pages of officers show it. */
export function noteOf(
  { now, pack }: Pick<Installation, 'now' | 'pack'>,
  session: Session,
  current: ReadonlyMap<string, Current>,
): SessionNote {
  const { id, service, title, place, opensAt, closesAt, capacity, taken } = session
  return {
    ...{
      id,
      title,
      place,
      opensAt,
      closesAt,
      capacity,
      taken,
      service: { id: service, title: titleOf(current, service) },
    },
    ...{ when: whenOf(session, pack.government.timeZone), state: stateOf(session, now()) },
  }
}
