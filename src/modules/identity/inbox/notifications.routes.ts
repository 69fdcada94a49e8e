import { randomUUID, timingSafeEqual } from 'node:crypto'
import { Type } from 'typebox'
import { queueJob, type Routes, recordAct, type Sql, withLanguage } from '#platform'
import { problem } from '../problems.ts'
import { newMailCode } from './code.rules.ts'
import { deliverJob } from './messages.ts'
import { NotificationsData, type NotificationsMistake, NotificationsPage } from './notifications.page.tsx'
import * as store from './notifications.sql.ts'
import { isPushEndpoint } from './push.rules.ts'
import { pushKey, type Subscription } from './push.ts'
import { senderName } from './shown.ts'

/** One mailbox in plain ASCII, without the forms of RFC 5322 that nobody is given: quotes, comments, routes. */
const mailbox = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/
const addressMax = 254
const event = 'identity.notifications-changed'
const here = '/account/notifications'
const Senders = Type.Optional(
  Type.Union([Type.String({ maxLength: 121 }), Type.Array(Type.String({ maxLength: 121 }), { maxItems: 200 })]),
)

/** How a person is told of messages: one mail address, browsers, and a choice for each sender. */
export const notificationRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const { vault, pack } = installation

  type Wrong = { mistake: NotificationsMistake; typed?: string }
  async function show(personId: string, wrong?: Wrong): Promise<NotificationsData> {
    const address = await store.findMailAddress(sql, personId)
    const [preferences, subscriptions, key] = await Promise.all([
      store.listPreferences(sql, personId),
      store.listSubscriptions(sql, personId),
      pushKey(sql, installation),
    ])
    return {
      address: address
        ? {
            text: vault.open('mail-address', address.sealedAddress, `mail-address/${address.id}`).toString(),
            confirmed: address.confirmedAt !== null,
            waits: address.waits,
          }
        : null,
      mailGoes: installation.mail !== undefined,
      preferences: preferences.map((each) => ({ ...each, name: nameOf(each.sender) })),
      push: { key: key.publicKey, subscriptions: [...subscriptions] },
      typed: wrong?.typed ?? '',
      mistakes: wrong ? [wrong.mistake] : [],
    }
  }
  const nameOf = (sender: string) => {
    if (sender === 'all') return null
    const [organisation = '', service] = sender.split('/')
    const name = senderName(installation, organisation)
    return service ? { en: `${name.en}: ${service}`, 'zh-Hant': `${name['zh-Hant']}：${service}` } : name
  }

  const page = {
    config: { access: 'signed-in' },
    schema: { summary: 'How I am told of messages', response: { 200: NotificationsData, 422: NotificationsData } },
  }
  app.get(here, page, async ({ person }, reply) => reply.page(await show(person!.id), NotificationsPage))

  const change = (summary: string) => ({ config: { access: 'signed-in', event }, schema: { summary } })
  const record = (transaction: Sql, request: Parameters<typeof recordAct>[1] & object, what: string) =>
    recordAct(transaction, request, { event, subject: here.slice(1), detail: { what } })

  const add = {
    config: { access: 'signed-in', event },
    schema: {
      summary: 'Add the address to which mail goes; a code is sent there',
      body: Type.Object({ address: Type.String({ maxLength: 300 }) }),
      response: { 422: NotificationsData, 429: NotificationsData },
    },
  }
  app.post(`${here}/address`, add, async (request, reply) => {
    const { id: personId } = request.person!
    const typed = request.body.address.trim()
    if (typed.length > addressMax || !mailbox.test(typed))
      return reply.code(422).page(await show(personId, { mistake: 'address', typed }), NotificationsPage)
    const sent = await sql.begin(async (transaction) => {
      // Upper and lower case lead to one mailbox nearly everywhere, so they count as one.
      if (!(await store.countCode(transaction, personId, vault.lookup('mail-address', typed.toLowerCase()))))
        return false
      const id = randomUUID()
      const context = `mail-address/${id}`
      await store.saveMailAddress(transaction, {
        personId,
        id,
        sealedAddress: vault.seal('mail-address', typed, context),
        sealedCode: vault.seal('mail-code', newMailCode(), context),
        language: request.language,
      })
      await queueJob(transaction, deliverJob, {})
      await record(transaction, request, 'address-added')
      return true
    })
    if (!sent) return reply.code(429).page(await show(personId, { mistake: 'tooMany', typed }), NotificationsPage)
    return reply.redirect(withLanguage(pack.government, request.language, here), 303)
  })

  const confirm = {
    config: { access: 'signed-in', event },
    schema: {
      summary: 'Confirm the address with the code that was sent there',
      body: Type.Object({ code: Type.String({ maxLength: 40 }) }),
      response: { 422: NotificationsData },
    },
  }
  app.post(`${here}/code`, confirm, async (request, reply) => {
    const { id: personId } = request.person!
    const code = request.body.code.replace(/\s/g, '')
    const mistake = await sql.begin(async (transaction): Promise<NotificationsMistake | undefined> => {
      const address = await store.lockMailAddress(transaction, personId)
      if (!address?.waits || !address.sealedCode) return 'codeOver'
      const right = vault.open('mail-code', address.sealedCode, `mail-address/${address.id}`)
      if (right.length !== Buffer.byteLength(code) || !timingSafeEqual(right, Buffer.from(code))) {
        await store.countWrongCode(transaction, personId)
        return address.tries + 1 < store.codeTriesMax ? 'code' : 'codeOver'
      }
      await store.confirmMailAddress(transaction, personId)
      await record(transaction, request, 'address-confirmed')
      return undefined
    })
    if (mistake) return reply.code(422).page(await show(personId, { mistake }), NotificationsPage)
    return reply.redirect(withLanguage(pack.government, request.language, here), 303)
  })

  app.post(`${here}/address/removal`, change('Take the mail address away'), async (request, reply) => {
    await sql.begin(async (transaction) => {
      if (await store.deleteMailAddress(transaction, request.person!.id))
        await record(transaction, request, 'address-removed')
    })
    return reply.redirect(withLanguage(pack.government, request.language, here), 303)
  })

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
    return reply.redirect(withLanguage(pack.government, request.language, here), 303)
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
      if (await store.deleteSubscription(transaction, request.person!.id, request.params.id))
        await record(transaction, request, 'push-off')
    })
    return reply.redirect(withLanguage(pack.government, request.language, here), 303)
  })
}
