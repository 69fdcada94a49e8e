import { Type } from 'typebox'
import { queueJob, type Routes, recordAct, type Sql } from '#platform'
import { leadTo } from '../forms.ts'
import { problem } from '../problems.ts'
import { SecretPage } from './new.page.tsx'
import { editService, getOurs, sealSecret, subjectOf, webhookPath, webhooksPath } from './ours.ts'
import { announceTest, sendJob } from './send.ts'
import { AtDelivery, AtWebhook, keptDays, SecretData, type Webhook } from './types.ts'
import { newSecret, overlapMs } from './webhooks.rules.ts'
import {
  deleteWebhook,
  findDelivery,
  pauseWebhook,
  restWebhook,
  resumeWebhook,
  rotateSecret,
  sendAgain,
} from './webhooks.sql.ts'

/** What an officer does with a webhook that is there. */
export const webhookChangeRoutes: Routes = async (app) => {
  const { installation, sql } = app

  const rotate = {
    config: { access: editService, event: 'services.webhook-rotated' },
    schema: {
      summary: 'Give a webhook a new secret; the one before also signs for a day',
      params: AtWebhook,
      response: { 200: SecretData },
    },
  }
  app.post(`${webhooksPath}/:webhook/rotate`, rotate, async (request, reply) => {
    const secret = newSecret()
    const untilAt = new Date(installation.now().getTime() + overlapMs)
    const { id, address } = await sql.begin(async (transaction) => {
      const webhook = await getOurs(transaction, request, request.params.webhook)
      await rotateSecret(transaction, webhook.id, {
        sealedSecret: sealSecret(installation, webhook.id, secret),
        untilAt,
      })
      await recordAct(transaction, request, {
        event: 'services.webhook-rotated',
        subject: subjectOf(webhook.id),
      })
      return webhook
    })
    reply.header('cache-control', 'no-store')
    return reply.page({ id, address, secret, previousUntilAt: untilAt.toISOString() }, SecretPage)
  })

  type Act = (transaction: Sql, webhook: Webhook, now: Date) => Promise<boolean>
  /** Does something with a webhook, and leads back to its page. What had no effect is no act. */
  const act = (
    name: string,
    event: string,
    summary: string,
    { work, to = webhookPath }: { work: Act; to?: (id: string) => string },
  ) =>
    app.post(
      `${webhooksPath}/:webhook/${name}`,
      {
        config: { access: editService, event },
        schema: { summary, params: AtWebhook, response: { 303: Type.Null() } },
      },
      async (request, reply) => {
        const id = await sql.begin(async (transaction) => {
          const webhook = await getOurs(transaction, request, (request.params as { webhook: string }).webhook)
          if (await work(transaction, webhook, installation.now()))
            await recordAct(transaction, request, { event, subject: subjectOf(webhook.id) })
          return webhook.id
        })
        return leadTo(request, reply, to(id))
      },
    )
  act('pause', 'services.webhook-paused', 'Hold back what a webhook would be sent', {
    work: (transaction, { id }, now) => pauseWebhook(transaction, id, 'officer', now),
  })
  act('resume', 'services.webhook-resumed', 'Let a webhook go on; what waited is sent at once', {
    work: (transaction, { id }, now) => resumeWebhook(transaction, id, now),
  })
  act('remove', 'services.webhook-removed', 'Remove a webhook with everything that waits for it', {
    work: async (transaction, { id }) => (await deleteWebhook(transaction, id)).count > 0,
    to: () => webhooksPath,
  })
  act('test', 'services.webhook-tested', 'Send a webhook a message that is about no case', {
    work: async (transaction, { id }, now) => {
      await restWebhook(transaction, id, null)
      await announceTest(transaction, id, now)
      return true
    },
  })
  act('send-again', 'services.webhook-sent-again', 'Send again everything that was given up', {
    work: async (transaction, { id }, now) => (await putBack(transaction, id, null, now)) > 0,
  })

  const again = {
    config: { access: editService, event: 'services.webhook-sent-again' },
    schema: { summary: 'Send one message again', params: AtDelivery, response: { 303: Type.Null() } },
  }
  app.post(`${webhooksPath}/:webhook/deliveries/:delivery/send-again`, again, async (request, reply) => {
    const { webhook, delivery } = request.params
    await sql.begin(async (transaction) => {
      const { id } = await getOurs(transaction, request, webhook)
      if (!(await findDelivery(transaction, id, delivery)))
        throw problem('delivery-not-found', { values: { days: keptDays } })
      if ((await putBack(transaction, id, delivery, installation.now())) === 0) return
      await recordAct(transaction, request, {
        event: 'services.webhook-sent-again',
        subject: subjectOf(id),
        detail: { delivery },
      })
    })
    return leadTo(request, reply, webhookPath(webhook))
  })
}

/** Puts back what was settled, all that was given up where no `id` is given, and has it sent at once. How many there were. */
async function putBack(sql: Sql, webhook: string, id: string | null, now: Date): Promise<number> {
  const count = await sendAgain(sql, webhook, id, now)
  if (count === 0) return 0
  await restWebhook(sql, webhook, null)
  await queueJob(sql, sendJob, {})
  return count
}
