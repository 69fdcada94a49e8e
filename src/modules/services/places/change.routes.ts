import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import { type Routes, recordAct } from '#platform'
import { typedOf } from '../applying/pages.routes.ts'
import { workCase } from '../cases/acting.ts'
import { leadTo } from '../forms.ts'
import { problem } from '../problems.ts'
import { offerFree, tellOfPlace } from './keep.ts'
import { getOurs, lockOurs, subjectOf } from './ours.ts'
import { sessionPath, sessionsPath } from './paths.ts'
import type { Session } from './places.rules.ts'
import { cancelSession, endWaiting, listPlaces, updateSession } from './places.sql.ts'
import { SessionFormPage } from './session-form.page.tsx'
import { questionsOf, readSession, typedOfSession } from './session-form.rules.ts'
import { formOf, refuseSession, SessionBody } from './session-form.ts'
import { AtSession, SessionFormData } from './types.ts'

/** What officers change of a session of their department. */
export const changeRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const { timeZone } = installation.pack.government
  const response = { 303: Type.Null(), 422: SessionFormData }

  const edit = {
    config: { access: workCase, scope: 'services:work-cases' },
    schema: { summary: 'The form of a session', params: AtSession, response: { 200: SessionFormData } },
  }
  app.get(`${sessionsPath}/:session/edit`, edit, async (request, reply) => {
    const session = await getOurs(sql, request, request.params.session)
    const questions = questionsOf(undefined)
    return reply.page(
      formOf(installation, session.id, typedOfSession(session, timeZone), { questions, id: randomUUID() }),
      SessionFormPage,
    )
  })

  const change = {
    config: { access: workCase, scope: 'services:work-cases', event: 'services.session-changed' },
    schema: {
      summary:
        'Change a session; whoever has a place is told of another time or place, and more places are offered to who waits',
      params: AtSession,
      body: SessionBody,
      response,
    },
  }
  app.post(`${sessionsPath}/:session`, change, async (request, reply) => {
    const { session: id } = request.params
    const { token: _, ...typed } = request.body as Record<string, string>
    const questions = questionsOf(undefined)
    const now = installation.now()
    const wrong = await sql.begin(async (transaction) => {
      const before = await lockOurs(transaction, request, id)
      if (before.cancelledAt !== null) throw problem('session-cancelled')
      const read = readSession(typedOf(questions, typed), { questions, now, timeZone, taken: before.taken })
      if ('mistakes' in read) return read.mistakes
      const after = { ...before, ...read.written }
      await updateSession(transaction, after)
      await recordAct(transaction, request, { event: 'services.session-changed', subject: subjectOf(id) })
      const moved = !isAlike(before, after)
      for (const place of moved ? await listPlaces(transaction, id) : [])
        await tellOfPlace(transaction, installation, after, { ...place, told: 'changed' })
      await offerFree(transaction, installation, after, now)
      return undefined
    })
    if (wrong)
      return refuseSession(
        request,
        reply,
        formOf(installation, id, typed, { questions, mistakes: wrong, id: randomUUID() }),
      )
    return leadTo(request, reply, sessionPath(id))
  })

  const cancel = {
    config: { access: workCase, scope: 'services:work-cases', event: 'services.session-cancelled' },
    schema: {
      summary: 'Cancel a session and tell everybody who has a place or waits for one',
      params: AtSession,
      response: { 303: Type.Null() },
    },
  }
  app.post(`${sessionsPath}/:session/cancel`, cancel, async (request, reply) => {
    const { session: id } = request.params
    await sql.begin(async (transaction) => {
      const session = await lockOurs(transaction, request, id)
      // A second time nobody is told again.
      if (session.cancelledAt !== null) return
      await cancelSession(transaction, id, installation.now())
      const places = await listPlaces(transaction, id)
      await endWaiting(transaction, id, installation.now())
      await recordAct(transaction, request, { event: 'services.session-cancelled', subject: subjectOf(id) })
      for (const place of places) await tellOfPlace(transaction, installation, session, { ...place, told: 'cancelled' })
    })
    return leadTo(request, reply, sessionPath(id))
  })
}

/** Whether a session is still at the same time in the same place. */
const isAlike = (one: Session, other: Session): boolean =>
  (['startsAt', 'endsAt'] as const).every((each) => Date.parse(one[each]) === Date.parse(other[each])) &&
  one.place.en === other.place.en &&
  one.place['zh-Hant'] === other.place['zh-Hant']
