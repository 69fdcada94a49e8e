import { Type } from 'typebox'
import { type Routes, recordAct } from '#platform'
import { doneAt } from '../done.tsx'
import { problem } from '../problems.ts'
import { endOtherNewSessions, endOtherSessions, endSession, listSessions } from '../sessions/sessions.sql.ts'
import { nameOfDevice, wayOf } from './device.rules.ts'
import { findProtection } from './protection.sql.ts'
import { Sessions, SessionsPage } from './sessions.page.tsx'

const path = '/account/sessions'

export const sessionsRoutes: Routes = async (app) => {
  const { installation } = app

  const list = {
    config: { access: 'signed-in' },
    schema: { summary: 'The browsers in which I am signed in', response: { 200: Sessions } },
  }
  app.get(path, list, async (request, reply) => {
    const { person, sessionHandle, language } = request
    const waits = (await findProtection(app.sql, installation, request)) ?? null
    const found = await listSessions(app.sql, person!.id, installation.now())
    const sessions = found.map(({ handle, device, methods, createdAt, known }) => ({
      handle,
      device: nameOfDevice(device, language),
      way: wayOf(methods),
      createdAt,
      here: handle === sessionHandle,
      kept: waits !== null && known,
    }))
    return reply.page({ sessions, waits }, SessionsPage)
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
    const { handle } = request.body
    await app.sql.begin(async (sql) => {
      // Else whoever came in by a recovery code would sign the owner out before they can stop it.
      if (handle !== request.sessionHandle && (await findProtection(sql, installation, request))) {
        const found = (await listSessions(sql, id, installation.now())).find((each) => each.handle === handle)
        if (found?.known !== false) throw problem(found ? 'recovery-waits' : 'session-not-found')
      }
      if (!(await endSession(sql, id, handle))) throw problem('session-not-found')
      await recordAct(sql, request, { event: 'identity.session-ended', subject: `person/${id}` })
    })
    return reply.redirect(doneAt(request, path, 'session-ended'), 303)
  })

  const endOthers = {
    config: { access: 'signed-in', event: 'identity.other-sessions-ended' },
    schema: { summary: 'Sign out all my browsers but this one, and but those from before a recovery while it is new' },
  }
  app.post(`${path}/end-others`, endOthers, async (request, reply) => {
    const { id } = request.person!
    await app.sql.begin(async (sql) => {
      const sessions = (await findProtection(sql, installation, request))
        ? await endOtherNewSessions(sql, id, request.sessionHandle, installation.now())
        : await endOtherSessions(sql, id, request.sessionHandle)
      const event = 'identity.other-sessions-ended'
      await recordAct(sql, request, { event, subject: `person/${id}`, detail: { sessions } })
    })
    return reply.redirect(doneAt(request, path, 'other-sessions-ended'), 303)
  })
}
