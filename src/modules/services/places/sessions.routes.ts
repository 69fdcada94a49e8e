import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Routes, recordAct, say, withLanguage } from '#platform'
import { typedOf } from '../applying/pages.routes.ts'
import type { Mistake } from '../applying/read.rules.ts'
import { askedOf } from '../applying/show.ts'
import { FormBody } from '../applying/types.ts'
import { workCase } from '../cases/acting.ts'
import { problem } from '../problems.ts'
import { openCatalogue } from '../versions/versions.ts'
import { offerFree, tellOfPlace } from './keep.ts'
import { getOurs, lockOurs, noteOf, offeredBy, ownOrganisation, subjectOf } from './ours.ts'
import { sessionPath, sessionsPath } from './paths.ts'
import type { Session } from './places.rules.ts'
import {
  cancelSession,
  endWaiting,
  findSession,
  insertSession,
  listPlaces,
  listSessions,
  updateSession,
} from './places.sql.ts'
import { SessionFormPage } from './session-form.page.tsx'
import { questionsOf, readSession, typedOfSession } from './session-form.rules.ts'
import { SessionsPage } from './sessions.page.tsx'
import { AtSession, SessionFormData, SessionsData } from './types.ts'

const token = Type.String({ format: 'uuid', maxLength: 36 })
const Body = Type.Intersect([FormBody, Type.Object({ token: Type.Optional(token) })])

/** Sessions of courses, kept by officers of the department whose service it is. To all others it is as if there were none. */
export const sessionRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const { timeZone, currency } = installation.pack.government
  const catalogue = openCatalogue(installation)
  const response = { 303: Type.Null(), 422: SessionFormData }

  const list = {
    config: { access: workCase },
    schema: { summary: 'Sessions of the courses of my department', response: { 200: SessionsData } },
  }
  app.get(sessionsPath, list, async (request, reply) => {
    const organisation = ownOrganisation(request)
    const current = await catalogue.list()
    const sessions = (await listSessions(sql, organisation)).map(({ waiting, ...session }) => ({
      ...noteOf(installation, session, current),
      waiting,
    }))
    return reply.page({ offers: offeredBy(current, organisation).length > 0, sessions }, SessionsPage)
  })

  function formOf(
    session: string | null,
    typed: Record<string, string | string[]>,
    { questions, mistakes = [], id }: { questions: ReturnType<typeof questionsOf>; mistakes?: Mistake[]; id: string },
  ): SessionFormData {
    const filled = { typed: typedOf(questions, typed), files: {} }
    const asked = askedOf(questions, filled, {}, installation)
    return { session, token: id, asked, mistakes, currency: currency.code }
  }

  const form = {
    config: { access: workCase },
    schema: { summary: 'The form of a new session', response: { 200: SessionFormData } },
  }
  app.get(`${sessionsPath}/new`, form, async (request, reply) => {
    const questions = questionsOf(offeredBy(await catalogue.list(), ownOrganisation(request)))
    return reply.page(formOf(null, {}, { questions, id: randomUUID() }), SessionFormPage)
  })

  const add = {
    config: { access: workCase, event: 'services.session-added' },
    schema: { summary: 'Add a session, once for each token', body: Body, response },
  }
  app.post(sessionsPath, add, async (request, reply) => {
    const { token: id = randomUUID(), ...typed } = request.body as Record<string, string>
    const organisation = ownOrganisation(request)
    const questions = questionsOf(offeredBy(await catalogue.list(), organisation))
    const now = installation.now()
    const read = readSession(typedOf(questions, typed), { questions, now, timeZone, taken: 0 })
    if ('mistakes' in read)
      return refuse(request, reply, formOf(null, typed, { questions, mistakes: read.mistakes, id }))
    await sql.begin(async (transaction) => {
      const row = { ...read.written, id, organisation, service: read.written.service!, by: request.person!.id, now }
      if (!(await insertSession(transaction, row))) {
        if ((await findSession(transaction, id))?.organisation !== organisation) throw problem('session-not-found')
        return
      }
      const detail = { service: row.service }
      await recordAct(transaction, request, { event: 'services.session-added', subject: subjectOf(id), detail })
    })
    return lead(request, reply, sessionPath(id))
  })

  const edit = {
    config: { access: workCase },
    schema: { summary: 'The form of a session', params: AtSession, response: { 200: SessionFormData } },
  }
  app.get(`${sessionsPath}/:session/edit`, edit, async (request, reply) => {
    const session = await getOurs(sql, request, request.params.session)
    const questions = questionsOf(undefined)
    return reply.page(
      formOf(session.id, typedOfSession(session, timeZone), { questions, id: randomUUID() }),
      SessionFormPage,
    )
  })

  const change = {
    config: { access: workCase, event: 'services.session-changed' },
    schema: {
      summary:
        'Change a session; whoever has a place is told of another time or place, and more places are offered to who waits',
      params: AtSession,
      body: Body,
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
    if (wrong) return refuse(request, reply, formOf(id, typed, { questions, mistakes: wrong, id: randomUUID() }))
    return lead(request, reply, sessionPath(id))
  })

  const cancel = {
    config: { access: workCase, event: 'services.session-cancelled' },
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
    return lead(request, reply, sessionPath(id))
  })

  const lead = (request: FastifyRequest, reply: FastifyReply, to: string) =>
    reply.redirect(withLanguage(installation.pack.government, request.language, to), 303)

  /** The form as it came, with what is to be put right; for a program, that alone. */
  function refuse(request: FastifyRequest, reply: FastifyReply, data: SessionFormData) {
    if (request.wanted.format !== 'html')
      throw problem('session-refused', {
        values: { what: data.mistakes.map(({ control }) => control).join(', ') },
        errors: data.mistakes.map(({ control, text }) => ({
          pointer: `/${control}`,
          detail: say(text, request.language),
        })),
      })
    return reply.code(422).page(data, SessionFormPage)
  }
}

/** Whether a session is still at the same time in the same place. */
const isAlike = (one: Session, other: Session): boolean =>
  (['startsAt', 'endsAt'] as const).every((each) => Date.parse(one[each]) === Date.parse(other[each])) &&
  one.place.en === other.place.en &&
  one.place['zh-Hant'] === other.place['zh-Hant']
