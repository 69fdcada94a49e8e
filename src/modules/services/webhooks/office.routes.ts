import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Routes, recordAct, type Text, texts } from '#platform'
import { catalogueOf, titleOf } from '../catalogue/catalogue.ts'
import { leadTo, organisationOf, refuse } from '../forms.ts'
import { problem } from '../problems.ts'
import { NewWebhookPage, SecretPage } from './new.page.tsx'
import { editService, getOurs, sealSecret, subjectOf, webhookPath, webhooksPath } from './ours.ts'
import { AtWebhook, kinds, NewData, NewWebhook, SecretData, WebhookData, WebhooksData } from './types.ts'
import { WebhookPage, WebhooksPage } from './webhooks.page.tsx'
import { newSecret, readAddress } from './webhooks.rules.ts'
import {
  countWebhooks,
  findWebhook,
  insertWebhook,
  listDeliveries,
  listWebhooks,
  lockWebhooks,
} from './webhooks.sql.ts'

const ofOrganisationMax = 50
const shownMax = 100

const words = texts({
  address: {
    en: 'Type an address that begins with https:// and leads to a machine on the internet.',
    'zh-Hant': '請輸入以 https:// 開頭、可由互聯網連接的網址。',
  },
  kinds: { en: 'Choose at least one event.', 'zh-Hant': '請選擇最少一類事件。' },
  services: { en: 'Choose at least one service of your department.', 'zh-Hant': '請選擇部門的最少一項服務。' },
})

/** Webhooks of an officer’s own organisation: who is told of what. To everybody else it is as if there were none. */
export const webhookRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const { demonstration, webhooksInside: inside = false } = installation
  const catalogue = catalogueOf(installation)
  async function offeredTo(request: FastifyRequest): Promise<{ id: string; title: Text }[]> {
    return [...(await catalogue.list()).values()]
      .map(({ compiled }) => compiled)
      .filter(({ service, case: has }) => has && service.organisation === organisationOf(request))
      .map(({ service }) => ({ id: service.id, title: service.title }))
  }

  async function titledOf(ids: readonly string[]): Promise<{ id: string; title: Text }[]> {
    const current = await catalogue.list()
    return [...new Set(ids)].map((id) => ({ id, title: titleOf(current, id) }))
  }

  const list = {
    config: { access: editService },
    schema: { summary: 'Webhooks of my department, and what could not be delivered', response: { 200: WebhooksData } },
  }
  app.get(webhooksPath, list, async (request, reply) => {
    const webhooks = [...(await listWebhooks(sql, organisationOf(request), ofOrganisationMax))]
    const services = await titledOf(webhooks.flatMap((each) => each.services))
    return reply.page({ webhooks, services, full: webhooks.length >= ofOrganisationMax } as WebhooksData, WebhooksPage)
  })

  const form = {
    config: { access: editService },
    schema: { summary: 'The form of a new webhook', response: { 200: NewData } },
  }
  app.get(`${webhooksPath}/new`, form, async (request, reply) => {
    const empty = { token: randomUUID(), address: '', kinds: [], services: [], wrong: [] }
    return reply.page({ ...empty, offered: await offeredTo(request) } as NewData, NewWebhookPage)
  })

  const add = {
    config: { access: editService, event: 'services.webhook-added' },
    schema: {
      summary: 'Add a webhook. Its secret is in this answer and in no other',
      body: NewWebhook,
      response: { 201: SecretData, 303: Type.Null(), 422: NewData },
    },
  }
  app.post(webhooksPath, add, async (request, reply) => {
    const { token: id, ...typed } = request.body
    const offered = await offeredTo(request)
    const chosen = { kinds: [typed.kinds ?? []].flat(), services: [typed.services ?? []].flat() }
    const address = readAddress(typed.address, { demonstration, inside })
    const wrong = [
      ...(address === undefined ? [{ field: 'address', text: words.address }] : []),
      ...(areOf(chosen.kinds, kinds) ? [] : [{ field: 'kinds', text: words.kinds }]),
      ...(areOf(
        chosen.services,
        offered.map(({ id }) => id),
      )
        ? []
        : [{ field: 'services', text: words.services }]),
    ]
    if (address === undefined || wrong.length > 0) {
      const data: NewData = { ...request.body, ...chosen, offered, wrong }
      return refuse(request, reply, { code: 'webhook-refused', data, view: NewWebhookPage })
    }
    const secret = newSecret()
    const organisation = organisationOf(request)
    const added = await sql.begin(async (transaction) => {
      await lockWebhooks(transaction, organisation)
      if (await findWebhook(transaction, organisation, id)) return false
      if ((await countWebhooks(transaction, organisation)) >= ofOrganisationMax) throw problem('webhooks-full')
      const row = { id, organisation, address, ...chosen, sealedSecret: sealSecret(installation, id, secret) }
      const by = { now: installation.now(), by: request.person!.id }
      if (!(await insertWebhook(transaction, { ...row, ...by }))) throw problem('webhook-not-found')
      await recordAct(transaction, request, {
        event: 'services.webhook-added',
        subject: subjectOf(id),
        detail: { address },
      })
      return true
    })
    // Sent a second time: the secret was in the first answer.
    if (!added) return leadTo(request, reply, webhookPath(id))
    reply.header('cache-control', 'no-store')
    return reply.code(201).page({ id, address, secret, previousUntilAt: null }, SecretPage)
  })

  const one = {
    config: { access: editService },
    schema: { summary: 'A webhook and its last deliveries', params: AtWebhook, response: { 200: WebhookData } },
  }
  app.get(`${webhooksPath}/:webhook`, one, async (request, reply) => {
    const webhook = await getOurs(sql, request, request.params.webhook)
    const deliveries = await listDeliveries(sql, webhook.id, shownMax + 1)
    const services = await titledOf(webhook.services)
    const shown = [...deliveries.slice(0, shownMax)]
    return reply.page(
      { webhook, services, deliveries: shown, more: deliveries.length > shownMax } as WebhookData,
      WebhookPage,
    )
  })
}

/** Whether something was chosen, and nothing but what may be. */
const areOf = (chosen: readonly string[], offered: readonly string[]): boolean =>
  chosen.length > 0 && chosen.every((each) => offered.includes(each))
