import { Type } from 'typebox'
import { type Routes, recordAct } from '#platform'
import { doneAt } from '../done.tsx'
import { problem } from '../problems.ts'
import { providerOf } from '../provider/provider.ts'
import { messageOf } from './messages.rules.ts'
import { OfficeClient, OfficeClientPage, reasonMax } from './office.page.tsx'
import { access, freshSeconds, getClient, level, officeViewOf, tellDeveloper } from './office.ts'
import { ClientParams } from './own.ts'
import { resumeClient, suspendClient } from './registered.sql.ts'

/** Where officers stop a client, and let it go on. */
export const stopRoutes: Routes = async (app) => {
  const { installation } = app

  const suspend = {
    config: { access, level, freshSeconds, event: 'identity.client-suspended' } as const,
    schema: {
      summary: 'Stop a client, with a reason that its developer reads',
      params: ClientParams,
      body: Type.Object({ reason: Type.Optional(Type.String({ maxLength: reasonMax * 2 })) }),
      response: { 303: Type.Null(), 422: OfficeClient },
    },
  }
  app.post('/office/clients/:id/suspend', suspend, async (request, reply) => {
    const client = await getClient(app.sql, request)
    const reason = request.body.reason?.trim() ?? ''
    if (reason === '' || reason.length > reasonMax)
      return reply
        .code(422)
        .page(await officeViewOf(installation, client, request.person!.id, ['suspendReason']), OfficeClientPage)
    await app.sql.begin(async (sql) => {
      if (!(await suspendClient(sql, client.id, 'officer'))) throw problem('client-other-state')
      await tellDeveloper(sql, installation, request, client, messageOf('suspended', client.name, reason))
      await recordAct(sql, request, { event: 'identity.client-suspended', subject: `client/${client.id}` })
    })
    providerOf(installation).forget(client.id)
    return reply.redirect(doneAt(request, `/office/clients/${client.id}`, 'client-suspended'), 303)
  })

  const resume = {
    config: { access, level, freshSeconds, event: 'identity.client-resumed' } as const,
    schema: {
      summary: 'Let a client go on that an officer stopped; not one’s own',
      params: ClientParams,
      response: { 303: Type.Null() },
    },
  }
  app.post('/office/clients/:id/resume', resume, async (request, reply) => {
    const client = await getClient(app.sql, request)
    if (client.ownerId === request.person!.id) throw problem('needs-another')
    await app.sql.begin(async (sql) => {
      if (!(await resumeClient(sql, client.id, 'officer'))) throw problem('client-other-state')
      await tellDeveloper(sql, installation, request, client, messageOf('resumed', client.name, null))
      await recordAct(sql, request, { event: 'identity.client-resumed', subject: `client/${client.id}` })
    })
    providerOf(installation).forget(client.id)
    return reply.redirect(doneAt(request, `/office/clients/${client.id}`, 'client-resumed'), 303)
  })
}
