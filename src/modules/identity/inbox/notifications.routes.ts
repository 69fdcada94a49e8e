import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import type { Routes } from '#platform'
import { refuseWaiting } from '../account/protection.sql.ts'
import { doneAt } from '../done.tsx'
import { problem } from '../problems.ts'
import { NotificationsData, NotificationsPage } from './notifications.page.tsx'
import * as store from './notifications.sql.ts'
import { event, here, notificationsOf, record } from './notifications.ts'
import { isPushEndpoint } from './push.rules.ts'
import type { Subscription } from './push.ts'

const Senders = Type.Optional(
  Type.Union([Type.String({ maxLength: 121 }), Type.Array(Type.String({ maxLength: 121 }), { maxItems: 200 })]),
)

/** How a person is told of messages: their browsers, and a choice for each sender. */
export const notificationRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const { vault } = installation

  const page = {
    config: { access: 'signed-in' },
    schema: { summary: 'How I am told of messages', response: { 200: NotificationsData } },
  }
  app.get(here, page, async (request, reply) =>
    reply.page(await notificationsOf(installation, request), NotificationsPage),
  )

  const choose = {
    config: { access: 'signed-in', event },
    schema: {
      summary: 'Choose for each sender whether mail and push go',
      body: Type.Object({ mail: Senders, push: Senders }),
    },
  }
  app.post(`${here}/preferences`, choose, async (request, reply) => {
    const { id } = request.person!
    const mail = [request.body.mail ?? []].flat()
    const push = [request.body.push ?? []].flat()
    await sql.begin(async (transaction) => {
      await refuseWaiting(transaction, request)
      const before = await store.listPreferences(transaction, id)
      // What stays as it was is not written, so that it goes on following the choice for all senders.
      const changed = before
        .map(({ sender, ...was }) => ({ sender, was, mail: mail.includes(sender), push: push.includes(sender) }))
        .filter((now) => now.mail !== now.was.mail || now.push !== now.was.push)
        .map(({ was: _, ...chosen }) => chosen)
      if (changed.length === 0) return
      await store.savePreferences(transaction, id, changed)
      await record(transaction, request, 'preferences')
    })
    return reply.redirect(doneAt(request, here, 'notifications-changed'), 303)
  })

  const Key = (bytes: number) => Type.String({ pattern: '^[A-Za-z0-9_-]+$', maxLength: Math.ceil((bytes * 4) / 3) })
  const subscribe = {
    config: { access: 'signed-in', event },
    schema: {
      summary: 'Let this browser tell me of new messages (Push API)',
      body: Type.Object({
        endpoint: Type.String({ maxLength: 1000 }),
        keys: Type.Object({ p256dh: Key(65), auth: Key(16) }),
      }),
      response: { 201: Type.Object({ id: Type.String() }) },
    },
  }
  app.post(`${here}/push`, subscribe, async (request, reply) => {
    const { endpoint, keys } = request.body
    const sizes = [keys.p256dh, keys.auth].map((key) => Buffer.from(key, 'base64url').length)
    if (!isPushEndpoint(endpoint) || sizes[0] !== 65 || sizes[1] !== 16) throw problem('not-a-push-service')
    const id = randomUUID()
    const subscription: Subscription = { endpoint, keys: { p256dh: keys.p256dh, auth: keys.auth } }
    await sql.begin(async (transaction) => {
      const kept = await store.insertSubscription(transaction, {
        id,
        personId: request.person!.id,
        endpointHash: vault.lookup('push-endpoint', endpoint),
        sealed: vault.seal('push', JSON.stringify(subscription), `push/${id}`),
        language: request.language,
        device: request.headers['user-agent'],
      })
      if (!kept) throw problem('too-many-browsers')
      await record(transaction, request, 'push-on')
    })
    return reply.code(201).send({ id })
  })

  const unsubscribe = {
    config: { access: 'signed-in', event },
    schema: { summary: 'Stop a browser from telling me', params: Type.Object({ id: Type.String({ format: 'uuid' }) }) },
  }
  app.post(`${here}/push/:id/removal`, unsubscribe, async (request, reply) => {
    await sql.begin(async (transaction) => {
      await refuseWaiting(transaction, request)
      if (await store.deleteSubscription(transaction, request.person!.id, request.params.id))
        await record(transaction, request, 'push-off')
    })
    return reply.redirect(doneAt(request, here, 'notifications-changed'), 303)
  })
}
