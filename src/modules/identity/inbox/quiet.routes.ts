import { Type } from 'typebox'
import type { Routes } from '#platform'
import { refuseWaiting } from '../account/protection.sql.ts'
import { doneAt } from '../done.tsx'
import { NotificationsData, NotificationsPage } from './notifications.page.tsx'
import * as store from './notifications.sql.ts'
import { event, here, notificationsOf, record } from './notifications.ts'
import { readTime } from './quiet.rules.ts'

const Time = Type.Optional(Type.String({ maxLength: 20 }))

/** When a person wants nothing sent that can wait. */
export const quietRoutes: Routes = async (app) => {
  const { installation, sql } = app

  const hush = {
    config: { access: 'signed-in', event },
    schema: {
      summary:
        'Choose hours in which neither mail nor push goes; two empty fields are none. What comes then waits for their end',
      body: Type.Object({ from: Time, until: Time }),
      response: { 303: Type.Null(), 422: NotificationsData },
    },
  }
  app.post(`${here}/quiet-hours`, hush, async (request, reply) => {
    const { id } = request.person!
    const typed = { from: request.body.from?.trim() ?? '', until: request.body.until?.trim() ?? '' }
    const none = typed.from === '' && typed.until === ''
    const [from, until] = [readTime(typed.from), readTime(typed.until)]
    const mistake = none
      ? undefined
      : !from
        ? 'quietFrom'
        : !until
          ? 'quietUntil'
          : from === until
            ? 'quietSame'
            : undefined
    if (mistake)
      return reply
        .code(422)
        .page(await notificationsOf(installation, request, { mistake, hours: typed }), NotificationsPage)
    await sql.begin(async (transaction) => {
      await refuseWaiting(transaction, request)
      if (from && until) await store.saveQuietHours(transaction, id, { from, until })
      else await store.deleteQuietHours(transaction, id)
      await record(transaction, request, 'quiet-hours')
    })
    return reply.redirect(doneAt(request, here, 'notifications-changed'), 303)
  })
}
