import { Type } from 'typebox'
import { type Routes, Text } from '#platform'
import { freshSeconds, sentSeconds } from '../account/fresh.ts'
import { actOn, done } from './act.ts'
import { ChangePage, DeletePage } from './change.page.tsx'
import { ClientParams, getOwnClient } from './own.ts'
import { deleteClient, resumeClient, suspendClient, updateClient } from './registered.sql.ts'
import { empty, Filled, keptValues, Registration, readRegistration, registrationOf } from './registration.ts'

const Changed = Type.Object({ id: Type.String(), name: Text, live: Type.Boolean(), ...Filled.properties })
const Named = Type.Object({ id: Type.String(), name: Text })

/**
 * What a developer does with a client that is there. To other addresses people would be sent with their codes, and what is
 * deleted is gone: that takes somebody who is there. Stopping it does not, as that must go fast.
 */
export const changeRoutes: Routes = async (app) => {
  const { pack } = app.installation
  const act = actOn(app)
  const access = 'signed-in'

  const changeForm = {
    config: { access, freshSeconds },
    schema: { summary: 'Change my client: the form', params: ClientParams, response: { 200: Changed } },
  }
  app.get('/developers/clients/:id/change', changeForm, async (request, reply) => {
    const client = await getOwnClient(app.sql, request)
    const { id, name, liveAt } = client
    return reply.page({ id, name, live: liveAt !== null, values: registrationOf(client), mistakes: [] }, ChangePage)
  })

  const change = {
    config: { access, freshSeconds: sentSeconds, event: 'identity.client-changed' },
    schema: {
      summary: 'Change the name and the addresses of my client',
      params: ClientParams,
      body: Type.Partial(Registration),
      response: { ...done, 422: Changed },
    },
  }
  app.post('/developers/clients/:id/change', change, async (request, reply) => {
    const client = await getOwnClient(app.sql, request)
    const values = { ...empty, ...request.body }
    const { name, metadata, mistakes } = await readRegistration(pack, values, client)
    const { id, liveAt } = client
    if (mistakes.length > 0)
      return reply
        .code(422)
        .page({ id, name: client.name, live: liveAt !== null, values: keptValues(values), mistakes }, ChangePage)
    return act(request, reply, 'client-changed', (sql) => updateClient(sql, client, { name, metadata }))
  })

  const suspend = {
    config: { access, event: 'identity.client-suspended' },
    schema: { summary: 'Suspend my client: nobody signs in to it', params: ClientParams, response: done },
  }
  app.post('/developers/clients/:id/suspend', suspend, async (request, reply) =>
    act(request, reply, 'client-suspended', (sql, { id }) => suspendClient(sql, id, 'developer')),
  )

  const resume = {
    config: { access, event: 'identity.client-resumed' },
    schema: { summary: 'Resume my client that I suspended', params: ClientParams, response: done },
  }
  app.post('/developers/clients/:id/resume', resume, async (request, reply) =>
    act(request, reply, 'client-resumed', (sql, { id }) => resumeClient(sql, id, 'developer')),
  )

  const question = {
    config: { access, freshSeconds },
    schema: { summary: 'Delete my client: the question', params: ClientParams, response: { 200: Named } },
  }
  app.get('/developers/clients/:id/delete', question, async (request, reply) => {
    const { id, name } = await getOwnClient(app.sql, request)
    return reply.page({ id, name }, DeletePage)
  })

  const remove = {
    config: { access, freshSeconds: sentSeconds, event: 'identity.client-deleted' },
    schema: { summary: 'Delete my client for ever', params: ClientParams, response: done },
  }
  app.post('/developers/clients/:id/delete', remove, async (request, reply) =>
    act(request, reply, 'client-deleted', (sql, { id }) => deleteClient(sql, id), '/developers/clients'),
  )
}
