import { randomBytes } from 'node:crypto'
import { Type } from 'typebox'
import { type Routes, recordAct } from '#platform'
import { doneAt } from '../done.tsx'
import { problem } from '../problems.ts'
import { type Client, insertClient, listClientErrors, listClientsOf } from '../provider/clients.sql.ts'
import { ClientPage, ClientView } from './client.page.tsx'
import { ClientLine, ClientsPage, NewClientPage } from './clients.page.tsx'
import { ErrorsData, ErrorsPage, shownErrors } from './errors.page.tsx'
import { ClientParams, getOwnClient, viewOf } from './own.ts'
import { clientsMax, mayRegister } from './registered.sql.ts'
import { empty, Filled, keptValues, kindOf, Registration, readRegistration } from './registration.ts'
import { replaceSecret } from './secrets.sql.ts'

/** Never given again: 80 random bits. */
const newId = () => `c-${randomBytes(10).toString('hex')}`

const event = 'identity.client-registered'

/** A developer's own clients: register one, see one, see what was refused. */
export const clientRoutes: Routes = async (app) => {
  const { installation } = app
  const { pack, vault, now } = installation

  const list = {
    config: { access: 'signed-in' },
    schema: {
      summary: 'My clients: services that I connect',
      response: { 200: Type.Object({ clients: Type.Array(ClientLine), full: Type.Boolean() }) },
    },
  }
  app.get('/developers/clients', list, async ({ person }, reply) => {
    const clients = await listClientsOf(app.sql, person!.id)
    const shown = clients.map((each: Client) => ({ ...each, kind: kindOf(each) }))
    return reply.page({ clients: shown, full: clients.length >= clientsMax }, ClientsPage)
  })

  const form = {
    config: { access: 'signed-in' },
    schema: { summary: 'Register a client: the form', response: { 200: Filled } },
  }
  app.get('/developers/clients/new', form, async (_, reply) =>
    reply.page({ values: empty, mistakes: [] }, NewClientPage),
  )

  const register = {
    config: { access: 'signed-in', event },
    schema: {
      summary: 'Register a client for trials; it works at once',
      body: Type.Partial(Registration),
      response: { 303: Type.Null(), 422: Filled },
    },
  }
  app.post('/developers/clients', register, async (request, reply) => {
    if (request.person!.onBehalfOf) throw problem('not-on-behalf')
    const values = { ...empty, ...request.body }
    const { name, kind, metadata, mistakes } = await readRegistration(pack, values)
    if (mistakes.length > 0) return reply.code(422).page({ values: keptValues(values), mistakes }, NewClientPage)
    const ownerId = request.person!.id
    const id = newId()
    await app.sql.begin(async (sql) => {
      if (!(await mayRegister(sql, ownerId))) throw problem('clients-full')
      await insertClient(sql, vault, { id, name, metadata, ownerId, state: 'sandbox' })
      if (kind === 'secret') await replaceSecret(sql, vault, id, now())
      await recordAct(sql, request, { event, subject: `client/${id}`, detail: { kind } })
    })
    return reply.redirect(doneAt(request, `/developers/clients/${id}`, 'client-registered'), 303)
  })

  const show = {
    config: { access: 'signed-in' },
    schema: {
      summary:
        'One of my clients, with what to paste into its program; for ten minutes with a secret that was just made',
      params: ClientParams,
      response: { 200: ClientView },
    },
  }
  app.get('/developers/clients/:id', show, async (request, reply) => {
    const client = await getOwnClient(app.sql, request)
    return reply.page(await viewOf(installation, client), ClientPage)
  })

  const errors = {
    config: { access: 'signed-in' },
    schema: {
      summary: 'The last refusals of one of my clients, those proven to be its own apart from others',
      params: ClientParams,
      response: { 200: ErrorsData },
    },
  }
  app.get('/developers/clients/:id/errors', errors, async (request, reply) => {
    const client = await getOwnClient(app.sql, request)
    const found = shownErrors(await listClientErrors(app.sql, client.id))
    return reply.page({ id: client.id, name: client.name, errors: found }, ErrorsPage)
  })
}
