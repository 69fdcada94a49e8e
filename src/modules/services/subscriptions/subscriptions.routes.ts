import { Type } from 'typebox'
import { type Routes, recordAct } from '#platform'
import { catalogueOf, titleOf } from '../catalogue/catalogue.ts'
import { AtService } from '../catalogue/types.ts'
import { answer } from '../forms.ts'
import { problem } from '../problems.ts'
import { SubscriptionsPage } from './subscriptions.page.tsx'
import {
  countSubscriptions,
  deleteSubscription,
  insertSubscription,
  listSubscriptions,
  lockSubscriptions,
} from './subscriptions.sql.ts'
import { SubscriptionsData } from './types.ts'

const ofPersonMax = 100
export const subscriptionsPath = '/account/subscriptions'

/** What a person is told of when it changes. */
export const subscriptionRoutes: Routes = async (app) => {
  const { installation, sql } = app

  const list = {
    config: { access: 'signed-in', scope: 'services:apply' },
    schema: { summary: 'The services of whose changes I am told', response: { 200: SubscriptionsData } },
  }
  app.get(subscriptionsPath, list, async ({ person }, reply) => {
    const rows = await listSubscriptions(sql, person!.id, ofPersonMax)
    const current = await catalogueOf(installation).list()
    const services = rows.map(({ service, subscribedAt }) => ({
      id: service,
      title: titleOf(current, service),
      subscribedAt,
    }))
    return reply.page({ services }, SubscriptionsPage)
  })

  const response = { 200: Type.Object({ subscribed: Type.Boolean() }), 303: Type.Null() }
  const From = Type.Object({ from: Type.Optional(Type.Enum(['account'])) })

  const subscribe = {
    config: { access: 'signed-in', scope: 'services:apply', event: 'services.subscribed' },
    schema: { summary: 'Be told in my inbox when a service changes', params: AtService, response },
  }
  app.post('/services/:service/subscribe', subscribe, async (request, reply) => {
    const { compiled, number } = await catalogueOf(installation).get(request.params.service)
    const service = compiled.service.id
    const personId = request.person!.id
    await sql.begin(async (transaction) => {
      await lockSubscriptions(transaction, personId)
      if (!(await insertSubscription(transaction, { personId, service, number, now: installation.now() }))) return
      if ((await countSubscriptions(transaction, personId)) > ofPersonMax)
        throw problem('subscriptions-full', { values: { max: ofPersonMax } })
      await recordAct(transaction, request, { event: 'services.subscribed', subject: `services/${service}` })
    })
    return answer(request, reply, { subscribed: true }, `/services/${service}`)
  })

  const unsubscribe = {
    config: { access: 'signed-in', scope: 'services:apply', event: 'services.unsubscribed' },
    schema: {
      summary: 'Be told no more when a service changes',
      params: AtService,
      querystring: From,
      response,
    },
  }
  app.post('/services/:service/unsubscribe', unsubscribe, async (request, reply) => {
    const { service } = request.params
    await sql.begin(async (transaction) => {
      if (await deleteSubscription(transaction, request.person!.id, service))
        await recordAct(transaction, request, { event: 'services.unsubscribed', subject: `services/${service}` })
    })
    // Not to its page where it is offered no more.
    const known = (await catalogueOf(installation).list()).has(service)
    const to = known && request.query.from !== 'account' ? `/services/${service}` : subscriptionsPath
    return answer(request, reply, { subscribed: false }, to)
  })
}
