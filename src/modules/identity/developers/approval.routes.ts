import { type Static, Type } from 'typebox'
import { type Routes, recordAct } from '#platform'
import { doneAt } from '../done.tsx'
import { problem } from '../problems.ts'
import { isLoopback } from './addresses.rules.ts'
import { ApprovalData, ApprovalPage, organisationMax, purposeMax } from './approval.page.tsx'
import { ClientParams, getOwnClient } from './own.ts'
import { isPower, powers } from './powers.ts'
import { addressesOf, kindOf } from './registration.ts'
import { insertRequest, listRequestsOf } from './requests.sql.ts'

const event = 'identity.client-approval-asked'
const Asked = Type.Object({
  organisation: Type.Optional(Type.String({ maxLength: organisationMax * 2 })),
  purpose: Type.Optional(Type.String({ maxLength: purposeMax * 2 })),
  powers: Type.Optional(
    Type.Union([
      Type.String({ maxLength: 60 }),
      Type.Array(Type.String({ maxLength: 60 }), { maxItems: powers.length, uniqueItems: true }),
    ]),
  ),
})

/** Where a developer asks an officer to let a client out of the sandbox, or to let it do what is of high risk. */
export const approvalRoutes: Routes = async (app) => {
  const form = {
    config: { access: 'signed-in' },
    schema: {
      summary: 'Ask for approval of my client: the form',
      params: ClientParams,
      response: { 200: ApprovalData },
    },
  }
  app.get('/developers/clients/:id/approval', form, async (request, reply) => {
    const client = await getOwnClient(app.sql, request)
    const [last] = await listRequestsOf(app.sql, client.id)
    const { organisation = '', purpose = '', powers: asked = [] } = last ?? {}
    const open = last?.decidedAt === null
    const values = { organisation, purpose, powers: asked.filter((each) => !client.powers.includes(each)) }
    return reply.page({ ...shown(client), open, values, mistakes: [] }, ApprovalPage)
  })

  const ask = {
    config: { access: 'signed-in', event },
    schema: {
      summary: 'Ask that an officer approves my client',
      params: ClientParams,
      body: Asked,
      response: { 303: Type.Null(), 422: ApprovalData },
    },
  }
  app.post('/developers/clients/:id/approval', ask, async (request, reply) => {
    const client = await getOwnClient(app.sql, request)
    const { id } = client
    const values = valuesOf(request.body)
    const mistakes = mistakesIn(values, client)
    if (mistakes.length > 0)
      return reply.code(422).page({ ...shown(client), open: false, values, mistakes }, ApprovalPage)
    await app.sql.begin(async (sql) => {
      if (client.state === 'suspended') throw problem('client-other-state')
      const asked = { clientId: id, askedBy: request.person!.id, ...values }
      if (!(await insertRequest(sql, asked))) throw problem('client-other-state')
      await recordAct(sql, request, { event, subject: `client/${id}`, detail: { powers: values.powers.join(' ') } })
    })
    return reply.redirect(doneAt(request, `/developers/clients/${id}`, 'client-approval-asked'), 303)
  })
}

type Client = Awaited<ReturnType<typeof getOwnClient>>
type Values = ApprovalData['values']

const shown = (client: Client) => ({
  id: client.id,
  name: client.name,
  live: client.liveAt !== null,
  local: addressesOf(client).some(isLoopback),
  kind: kindOf(client),
  held: client.powers,
})

function valuesOf({ organisation = '', purpose = '', powers: given = [] }: Static<typeof Asked>): Values {
  return { organisation: organisation.trim(), purpose: purpose.trim(), powers: [given].flat() }
}

function mistakesIn(values: Values, client: Client): ApprovalData['mistakes'] {
  const mistakes: ApprovalData['mistakes'] = []
  if (addressesOf(client).some(isLoopback)) mistakes.push('address')
  if (values.organisation === '' || values.organisation.length > organisationMax) mistakes.push('organisation')
  if (values.purpose.length < 20 || values.purpose.length > purposeMax) mistakes.push('purpose')
  if (values.powers.some((each) => !isPower(each))) mistakes.push('powers')
  // FAPI 2.0, §5.3.2.1: what is of high risk is asked for by a client that proves itself by a key.
  else if (values.powers.length > 0 && kindOf(client) !== 'key') mistakes.push('key')
  else if (client.liveAt && values.powers.every((each) => client.powers.includes(each))) mistakes.push('nothing')
  return mistakes
}
