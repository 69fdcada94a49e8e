import { randomUUID, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { queueJob, type Routes, type Sql } from '#platform'
import { refuseWaiting } from '../account/protection.sql.ts'
import { doneAt } from '../done.tsx'
import { newMailCode } from './code.rules.ts'
import { deliverJob, sendAlert } from './messages.ts'
import { NotificationsData, type NotificationsMistake, NotificationsPage } from './notifications.page.tsx'
import * as store from './notifications.sql.ts'
import { event, here, notificationsOf, record } from './notifications.ts'

/** One mailbox in plain ASCII, without the forms of RFC 5322 that nobody is given: quotes, comments, routes. */
const mailbox = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/
const addressMax = 254

/** The one address to which mail goes: added, confirmed by a code, taken away. */
export const addressRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const { vault } = installation
  const show = (request: FastifyRequest, wrong: Parameters<typeof notificationsOf>[2]) =>
    notificationsOf(installation, request, wrong)

  /** The owner is told at the address that was there before: whoever came in by a recovery code does not take it away. */
  async function refuseToLose(sql: Sql, request: FastifyRequest): Promise<void> {
    const address = await store.lockMailAddress(sql, request.person!.id)
    if (address?.confirmedAt) await refuseWaiting(sql, request)
  }

  /** Before another takes its place, or none: whose address it was is told there. */
  async function tellFormer(sql: Sql, personId: string): Promise<void> {
    if (!(await store.findMailAddress(sql, personId))?.confirmedAt) return
    await sendAlert(sql, { personId, kind: 'mail-address-changed' })
    await store.keepForAlerts(sql, personId)
  }

  const add = {
    config: { access: 'signed-in', event },
    schema: {
      summary: 'Add the address to which mail goes; a code is sent there',
      body: Type.Object({ address: Type.String({ maxLength: 300 }) }),
      response: { 303: Type.Null(), 422: NotificationsData, 429: NotificationsData },
    },
  }
  app.post(`${here}/address`, add, async (request, reply) => {
    const { id: personId } = request.person!
    const typed = request.body.address.trim()
    if (typed.length > addressMax || !mailbox.test(typed))
      return reply.code(422).page(await show(request, { mistake: 'address', typed }), NotificationsPage)
    const sent = await sql.begin(async (transaction) => {
      await refuseToLose(transaction, request)
      // Upper and lower case lead to one mailbox nearly everywhere, so they count as one.
      if (!(await store.countCode(transaction, personId, vault.lookup('mail-address', typed.toLowerCase()))))
        return false
      await tellFormer(transaction, personId)
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
    if (!sent) return reply.code(429).page(await show(request, { mistake: 'tooMany', typed }), NotificationsPage)
    return reply.redirect(doneAt(request, here, 'notifications-changed'), 303)
  })

  const confirm = {
    config: { access: 'signed-in', event },
    schema: {
      summary: 'Confirm the address with the code that was sent there',
      body: Type.Object({ code: Type.String({ maxLength: 40 }) }),
      response: { 303: Type.Null(), 422: NotificationsData },
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
    if (mistake) return reply.code(422).page(await show(request, { mistake }), NotificationsPage)
    return reply.redirect(doneAt(request, here, 'notifications-changed'), 303)
  })

  app.post(
    `${here}/address/removal`,
    {
      config: { access: 'signed-in', event },
      schema: { summary: 'Take the mail address away' },
    },
    async (request, reply) => {
      await sql.begin(async (transaction) => {
        await refuseToLose(transaction, request)
        await tellFormer(transaction, request.person!.id)
        if (await store.deleteMailAddress(transaction, request.person!.id))
          await record(transaction, request, 'address-removed')
      })
      return reply.redirect(doneAt(request, here, 'notifications-changed'), 303)
    },
  )
}
