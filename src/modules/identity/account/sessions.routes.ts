import { Type } from 'typebox'
import { type Routes, recordAct } from '#platform'
import { doneAt } from '../done.tsx'
import { problem } from '../problems.ts'
import { endOtherSessions, endSession, listSessions } from '../sessions/sessions.sql.ts'
import { nameOfDevice, wayOf } from './device.rules.ts'
import { Sessions, SessionsPage } from './sessions.page.tsx'

const path = '/account/sessions'

export const sessionsRoutes: Routes = async (app) => {
  const list = {
    config: { access: 'signed-in' },
    schema: { summary: 'The browsers in which I am signed in', response: { 200: Sessions } },
  }
  app.get(path, list, async ({ person, sessionHandle, language }, reply) => {
    const sessions = (await listSessions(app.sql, person!.id)).map(({ handle, device, methods, createdAt }) => ({
      handle,
      device: nameOfDevice(device, language),
      way: wayOf(methods),
      createdAt,
      here: handle === sessionHandle,
    }))
    return reply.page({ sessions }, SessionsPage)
  })

  const end = {
    config: { access: 'signed-in', event: 'identity.session-ended' },
    schema: {
      summary: 'Sign out one of my browsers',
      body: Type.Object({ handle: Type.String({ format: 'uuid' }) }),
    },
  }
  app.post(`${path}/end`, end, async (request, reply) => {
    const { id } = request.person!
    await app.sql.begin(async (sql) => {
      if (!(await endSession(sql, id, request.body.handle))) throw problem('session-not-found')
      await recordAct(sql, request, { event: 'identity.session-ended', subject: `person/${id}` })
    })
    return reply.redirect(doneAt(request, path, 'session-ended'), 303)
  })

  const endOthers = {
    config: { access: 'signed-in', event: 'identity.other-sessions-ended' },
    schema: { summary: 'Sign out all my browsers but this one' },
  }
  app.post(`${path}/end-others`, endOthers, async (request, reply) => {
    const { id } = request.person!
    await app.sql.begin(async (sql) => {
      const sessions = await endOtherSessions(sql, id, request.sessionHandle)
      const event = 'identity.other-sessions-ended'
      await recordAct(sql, request, { event, subject: `person/${id}`, detail: { sessions } })
    })
    return reply.redirect(doneAt(request, path, 'other-sessions-ended'), 303)
  })
}
