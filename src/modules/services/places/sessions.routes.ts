import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import { type Routes, recordAct } from '#platform'
import { typedOf } from '../applying/pages.routes.ts'
import { workCase } from '../cases/acting.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { leadTo, organisationOf } from '../forms.ts'
import { problem } from '../problems.ts'
import { noteOf, offeredBy, subjectOf } from './ours.ts'
import { sessionPath, sessionsPath } from './paths.ts'
import { findSession, insertSession, listSessions } from './places.sql.ts'
import { SessionFormPage } from './session-form.page.tsx'
import { questionsOf, readSession } from './session-form.rules.ts'
import { formOf, refuseSession, SessionBody } from './session-form.ts'
import { SessionsPage } from './sessions.page.tsx'
import { SessionFormData, SessionsData } from './types.ts'

/** Sessions of courses, kept by officers of the department whose service it is. To all others it is as if there were none. */
export const sessionRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const { timeZone } = installation.pack.government
  const catalogue = catalogueOf(installation)
  const response = { 303: Type.Null(), 422: SessionFormData }

  const list = {
    config: { access: workCase, scope: 'services:work-cases' },
    schema: { summary: 'Sessions of the courses of my department', response: { 200: SessionsData } },
  }
  app.get(sessionsPath, list, async (request, reply) => {
    const organisation = organisationOf(request)
    const current = await catalogue.list()
    const sessions = (await listSessions(sql, organisation)).map(({ waiting, lacking, ...session }) => ({
      ...noteOf(installation, session, current),
      ...{ waiting, lacking },
    }))
    return reply.page({ offers: offeredBy(current, organisation).length > 0, sessions }, SessionsPage)
  })

  const form = {
    config: { access: workCase, scope: 'services:work-cases' },
    schema: { summary: 'The form of a new session', response: { 200: SessionFormData } },
  }
  app.get(`${sessionsPath}/new`, form, async (request, reply) => {
    const questions = questionsOf(offeredBy(await catalogue.list(), organisationOf(request)))
    return reply.page(formOf(installation, null, {}, { questions, id: randomUUID() }), SessionFormPage)
  })

  const add = {
    config: { access: workCase, scope: 'services:work-cases', event: 'services.session-added' },
    schema: { summary: 'Add a session, once for each token', body: SessionBody, response },
  }
  app.post(sessionsPath, add, async (request, reply) => {
    const { token: id = randomUUID(), ...typed } = request.body as Record<string, string>
    const organisation = organisationOf(request)
    const questions = questionsOf(offeredBy(await catalogue.list(), organisation))
    const now = installation.now()
    const read = readSession(typedOf(questions, typed), { questions, now, timeZone, taken: 0 })
    if ('mistakes' in read)
      return refuseSession(
        request,
        reply,
        formOf(installation, null, typed, { questions, mistakes: read.mistakes, id }),
      )
    await sql.begin(async (transaction) => {
      const row = { ...read.written, id, organisation, service: read.written.service!, by: request.person!.id, now }
      if (!(await insertSession(transaction, row))) {
        if ((await findSession(transaction, id))?.organisation !== organisation) throw problem('session-not-found')
        return
      }
      const detail = { service: row.service }
      await recordAct(transaction, request, { event: 'services.session-added', subject: subjectOf(id), detail })
    })
    return leadTo(request, reply, sessionPath(id))
  })
}
