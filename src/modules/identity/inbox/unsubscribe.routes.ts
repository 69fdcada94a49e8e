import { Type } from 'typebox'
import { type Routes, recordAct } from '#platform'
import { problem } from '../problems.ts'
import { stopMail } from './notifications.sql.ts'
import { senderName } from './shown.ts'
import { UnsubscribeData, UnsubscribePage } from './unsubscribe.page.tsx'
import { choiceOf } from './unsubscribe.rules.ts'

const At = Type.Object({ token: Type.String({ pattern: '^[A-Za-z0-9_-]+$', maxLength: 400 }) })

/** Turns mail off from the mail itself, without signing in; nothing else can be done or seen by its link. */
export const unsubscribeRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const chosen = (token: string) => {
    const choice = choiceOf(installation.vault, token)
    if (!choice) throw problem('no-such-link')
    return choice
  }

  const ask = {
    config: { access: 'public' },
    schema: { summary: 'Whether to get no more mail of a sender', params: At, response: { 200: UnsubscribeData } },
  }
  app.get('/unsubscribe/:token', ask, async ({ params: { token } }, reply) => {
    const { sender } = chosen(token)
    // Programs that look at every link of a mail must not turn anything off: RFC 8058, §3.2.
    const data = { sender: senderName(installation, sender), path: `/unsubscribe/${token}`, done: false }
    return reply.header('cache-control', 'no-store').page(data, UnsubscribePage)
  })

  const stop = {
    // Mail programs send it from wherever they are, without cookies: RFC 8058, §3.1. The sealed token is the permission.
    config: { access: 'public', anySite: true, event: 'identity.mail-stopped' },
    schema: { summary: 'Get no more mail of a sender (one click, RFC 8058)', params: At },
  }
  app.post('/unsubscribe/:token', stop, async (request, reply) => {
    const { token } = request.params
    const { personId, sender } = chosen(token)
    await sql.begin(async (transaction) => {
      if (await stopMail(transaction, personId, sender))
        await recordAct(transaction, request, { event: 'identity.mail-stopped', subject: `person/${personId}` })
    })
    const data = { sender: senderName(installation, sender), path: `/unsubscribe/${token}`, done: true }
    // Not a redirect, which mail programs do not follow.
    return reply.header('cache-control', 'no-store').page(data, UnsubscribePage)
  })
}
