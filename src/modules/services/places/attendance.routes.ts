import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { namesOf } from '#identity'
import { type Routes, recordAct, say } from '#platform'
import { workCase } from '../cases/acting.ts'
import { sayListed } from '../cases/listed.ts'
import { writingOf } from '../cases/show.ts'
import { Reference } from '../cases/types.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { sendCsv } from '../csv.ts'
import { leadTo } from '../forms.ts'
import { problem } from '../problems.ts'
import { getOurs, lockOurs, noteOf, subjectOf } from './ours.ts'
import { sessionPath, sessionsPath } from './paths.ts'
import type { Session } from './places.rules.ts'
import { listPlaces, markAttendance } from './places.sql.ts'
import { SessionPage } from './session.page.tsx'
import { AtSession, SessionData } from './types.ts'
import { columns, lackingName, stateNames } from './words.ts'

const attendedMax = 5000

/** Who has a place in a session, and who came. */
export const attendanceRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const catalogue = catalogueOf(installation)

  async function placesOf({ id }: Pick<Session, 'id'>, request: FastifyRequest): Promise<SessionData['places']> {
    const writing = writingOf(installation, request)
    const places = await listPlaces(sql, id)
    const names = await namesOf(
      sql,
      places.flatMap(({ personId }) => personId ?? []),
    )
    return Promise.all(
      places.map(async ({ reference, personId, listed, state, offerUntilAt, lacking }) => ({
        ...{ reference, state, offerUntilAt, lacking },
        listed: await sayListed(sql, listed, writing),
        mine: personId === request.person!.id,
        name: (personId !== null && names.get(personId)) || null,
      })),
    )
  }

  const one = {
    config: { access: workCase, scope: 'services:work-cases' },
    schema: {
      summary: 'A session of my department, and everybody who has a place in it or waits for one',
      params: AtSession,
      response: { 200: SessionData },
    },
  }
  app.get(`${sessionsPath}/:session`, one, async (request, reply) => {
    const session = await getOurs(sql, request, request.params.session)
    const note = noteOf(installation, session, await catalogue.list())
    reply.header('cache-control', 'no-store')
    return reply.page(
      { session: note, places: await placesOf(session, request), marks: note.state === 'begun' },
      SessionPage,
    )
  })

  const download = {
    config: { access: workCase, scope: 'services:work-cases' },
    schema: { summary: 'The list of a session as CSV', params: AtSession, produces: ['text/csv'] },
  }
  app.get(`${sessionsPath}/:session/places`, download, async (request, reply) => {
    const session = await getOurs(sql, request, request.params.session)
    const { language } = request
    const places = await placesOf(session, request)
    const lines = places.map(({ reference, name, listed, state, lacking }) => [
      reference,
      name ? say(name, language) : '',
      listed.join(' · '),
      say(lacking ? lackingName : stateNames[state], language),
    ])
    const head = [columns.reference, columns.name, columns.listed, columns.state].map((text) => say(text, language))
    return sendCsv(reply, `session-${session.id}`, [head, ...lines])
  })

  const mark = {
    config: { access: workCase, scope: 'services:work-cases', event: 'services.attendance-recorded' },
    schema: {
      summary:
        'Note who came; everybody else who has a place is noted as not having come. A colleague notes it of the officer',
      params: AtSession,
      body: Type.Object({
        attended: Type.Optional(Type.Union([Reference, Type.Array(Reference, { maxItems: attendedMax })])),
      }),
      response: { 303: Type.Null() },
    },
  }
  app.post(`${sessionsPath}/:session/attendance`, mark, async (request, reply) => {
    const { session: id } = request.params
    const attended = [request.body?.attended ?? []].flat()
    await sql.begin(async (transaction) => {
      const session = await lockOurs(transaction, request, id)
      const now = installation.now()
      if (session.cancelledAt !== null) throw problem('session-cancelled')
      if (session.startsAt > now.toISOString()) throw problem('session-not-begun')
      await markAttendance(transaction, id, { attended, now, officer: request.person!.id })
      await recordAct(transaction, request, {
        event: 'services.attendance-recorded',
        subject: subjectOf(id),
        detail: { attended: attended.length },
      })
    })
    return leadTo(request, reply, sessionPath(id))
  })
}
