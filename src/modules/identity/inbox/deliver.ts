import type { Agent } from 'node:https'
import { type Installation, queueJob, type Sql } from '#platform'
import { patientAlerts } from './alerts.rules.ts'
import { type Channel, type Claimed, claimNotification, finish, postpone } from './deliver.sql.ts'
import { openPost } from './mail.ts'
import { deliverJob } from './messages.ts'
import { deleteSubscription } from './notifications.sql.ts'
import { publicAgent, pushKey, type Subscription, sendPush } from './push.ts'
import { isQuiet, timeAt } from './quiet.rules.ts'

/** What became of a try. `stop`: nothing else of this channel will fare better now. */
export type Outcome =
  | { state: 'sent' }
  | { state: 'given-up'; failure: string }
  | { state: 'retry'; failure: string; stop: boolean }

const perRunMax = 200
/** Minutes before the next try; after the last, about two days later, it is given up. */
export const pauses = [1, 5, 30, 120, 360, 720, 1440] as const

/**
 * A job: sends what is due. Each notification is locked by its row while it goes, so that any number of processes may do
 * this at once; who is killed leaves it queued. Without a mail server mails wait, in quiet hours pushes of messages do, and in
 * those of a person everything but codes and alarms.
 */
export async function deliver(installation: Installation, agent: Agent = publicAgent): Promise<void> {
  const { sql } = installation
  const { quietHours, timeZone } = installation.pack.government
  const now = installation.now()
  const hush = { quiet: isQuiet(now, timeZone, quietHours), time: timeAt(now, timeZone), patient: patientAlerts }
  const post = await openPost(installation)
  const open = new Set<Channel>(post ? ['mail', 'push'] : ['push'])
  let after: string | undefined
  try {
    for (let tried = 0; tried < perRunMax; tried++) {
      const more = await sql.begin(async (transaction) => {
        const claimed = await claimNotification(transaction, [...open], hush, after)
        if (!claimed) return false
        after = claimed.nextTryAt
        const sending =
          claimed.channel === 'mail'
            ? mail(installation, claimed, post!)
            : push(transaction, installation, claimed, agent)
        // What cannot be opened, as after a change of the vault’s secret, must not hold up all that waits behind it.
        const outcome = await sending.catch((): Outcome => ({ state: 'retry', failure: 'unreadable', stop: false }))
        if (outcome.state === 'gone') await deleteSubscription(transaction, claimed.personId, claimed.subscriptionId!)
        else await settle(transaction, claimed, outcome)
        if (outcome.state === 'retry' && outcome.stop) open.delete(claimed.channel)
        return open.size > 0
      })
      if (!more) return
    }
    await queueJob(sql, deliverJob, {})
  } finally {
    post?.close()
  }
}

async function settle(sql: Sql, { id, tries }: Claimed, outcome: Outcome): Promise<void> {
  if (outcome.state !== 'retry') return finish(sql, id, outcome)
  const minutes = pauses[tries]
  return minutes === undefined
    ? finish(sql, id, { state: 'given-up', failure: outcome.failure })
    : postpone(sql, id, { minutes, failure: outcome.failure })
}

async function mail(
  installation: Installation,
  claimed: Claimed,
  post: NonNullable<Awaited<ReturnType<typeof openPost>>>,
) {
  const { vault, pack } = installation
  const { id, personId, address, template, sealedCode } = claimed
  // The person took the address away since, or the code was typed already: there is nothing to send to, or for. What an
  // alert tells goes to the address that was there.
  if (!address || (template === 'code') !== (sealedCode !== null))
    return { state: 'given-up', failure: 'address' } as const
  const context = `mail-address/${address.id}`
  const sender = pack.organisations.find((each) => each.id === claimed.organisation)?.name
  return post.send({
    id,
    personId,
    sender: claimed.organisation ?? 'alerts',
    to: vault.open('mail-address', address.sealed, context).toString(),
    template,
    language: address.language,
    ...(sender && { department: sender }),
    ...(sealedCode && { code: vault.open('mail-code', sealedCode, context).toString() }),
  })
}

async function push(sql: Sql, installation: Installation, { subscriptionId, subscription }: Claimed, agent: Agent) {
  const opened = installation.vault.open('push', subscription!.sealed, `push/${subscriptionId}`).toString()
  const key = await pushKey(sql, installation)
  return sendPush(
    installation,
    { subscription: JSON.parse(opened) as Subscription, language: subscription!.language },
    key,
    agent,
  )
}
