import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { type Routes, recordAct, type Sql } from '#platform'
import { doneAt } from '../done.tsx'
import { problem } from '../problems.ts'
import type { Client } from '../provider/clients.sql.ts'
import { providerOf } from '../provider/provider.ts'
import { messageOf } from './messages.rules.ts'
import { OfficeClient, OfficeClientPage, OfficeClients, OfficeClientsPage, reasonMax } from './office.page.tsx'
import { access, freshSeconds, getClient, level, officeViewOf, tellDeveloper } from './office.ts'
import { ClientParams } from './own.ts'
import { approveClient, decideRequest, listClients, listOpenRequests, listRequestsOf } from './requests.sql.ts'

const Decided = Type.Object({
  request: Type.String({ format: 'uuid' }),
  seen: Type.String({ format: 'date-time', maxLength: 40 }),
  answer: Type.Union([Type.Literal('approve'), Type.Literal('refuse')]),
  reason: Type.Optional(Type.String({ maxLength: reasonMax * 2 })),
})

/** Where officers see all clients, and approve or refuse what developers ask for. */
export const officeClientRoutes: Routes = async (app) => {
  const { installation } = app
  const { now } = installation

  const list = {
    config: { access, level } as const,
    schema: {
      summary: 'Clients that wait for approval, and all others',
      querystring: Type.Object({ q: Type.Optional(Type.String({ maxLength: 100 })) }),
      response: { 200: OfficeClients },
    },
  }
  app.get('/office/clients', list, async ({ query: { q = '' } }, reply) => {
    const [waiting, clients] = await Promise.all([listOpenRequests(app.sql), listClients(app.sql, q.trim())])
    return reply.page({ q, waiting, clients }, OfficeClientsPage)
  })

  const show = {
    config: { access, level } as const,
    schema: { summary: 'A client, as officers see it', params: ClientParams, response: { 200: OfficeClient } },
  }
  app.get('/office/clients/:id', show, async (request, reply) =>
    reply.page(
      await officeViewOf(installation, await getClient(app.sql, request), request.person!.id),
      OfficeClientPage,
    ),
  )

  const decide = {
    config: { access, level, freshSeconds, event: ['identity.client-approved', 'identity.client-refused'] } as const,
    schema: {
      summary: 'Approve or refuse what a developer asked for a client; never one’s own',
      params: ClientParams,
      body: Decided,
      response: { 303: Type.Null(), 422: OfficeClient },
    },
  }
  app.post('/office/clients/:id/decision', decide, async (request, reply) => {
    const client = await getClient(app.sql, request)
    const by = request.person!.id
    const reason = request.body.reason?.trim() ?? ''
    const approved = request.body.answer === 'approve'
    if (client.ownerId === by) throw problem('needs-another')
    if (reason.length > reasonMax || (!approved && reason === ''))
      return reply.code(422).page(await officeViewOf(installation, client, by, ['reason']), OfficeClientPage)
    await app.sql.begin((sql) => conclude(sql, request, client, { ...request.body, approved, reason: reason || null }))
    providerOf(installation).forget(client.id)
    return reply.redirect(
      doneAt(request, `/office/clients/${client.id}`, approved ? 'client-approved' : 'client-refused'),
      303,
    )
  })

  type Conclusion = Pick<Static<typeof Decided>, 'request' | 'seen'> & { approved: boolean; reason: string | null }

  async function conclude(
    sql: Sql,
    request: FastifyRequest,
    client: Client,
    { request: requestId, seen, approved, reason }: Conclusion,
  ) {
    const by = request.person!.id
    const asked = (await listRequestsOf(sql, client.id)).find((each) => each.id === requestId)
    if (!asked) throw problem('client-request-gone')
    if (asked.askedBy === by) throw problem('needs-another')
    if (!(await decideRequest(sql, { requestId, by, now: now(), approved, reason })))
      throw problem('client-request-gone')
    const { powers } = asked
    if (approved && !(await approveClient(sql, { id: client.id, powers, seen, now: now() })))
      throw problem('client-other-state')
    await tellDeveloper(
      sql,
      installation,
      request,
      client,
      messageOf(approved ? 'approved' : 'refused', client.name, reason),
    )
    await recordAct(sql, request, {
      event: approved ? 'identity.client-approved' : 'identity.client-refused',
      subject: `client/${client.id}`,
      detail: { powers: powers.join(' ') },
    })
  }
}
