import { randomInt, randomUUID } from 'node:crypto'
import { type Installation, queueJob, recordAct, type Sql } from '#platform'
import type { Case, CaseEvent } from '../cases/events.ts'
import { officePath } from '../cases/history.ts'
import { subjectOf, webhookPath } from './ours.ts'
import { type Posted, postMessage } from './post.ts'
import { type Payload, testKind } from './types.ts'
import { headersOf, kindsOf, nextTry, type Reach } from './webhooks.rules.ts'
import {
  type Claimed,
  claimDelivery,
  deleteOldDeliveries,
  insertDelivery,
  listSubscribers,
  pauseWebhook,
  restWebhook,
  settleDelivery,
} from './webhooks.sql.ts'

export const sendJob = 'services.send-webhooks'
/** Longer than any try takes, and short enough that what a dead process left goes on soon. */
const leaseMs = 60_000
/** How long an address that failed is left alone, whatever waits for it. */
const restMs = 60_000
/** Addresses that are called at once in one run, and how many messages a run sends before it makes room for other work. */
const lanes = 4
const ofLaneMax = 100

/**
 * Puts into the outbox what webhooks take of an event, in the transaction that writes the event: a message exists exactly where the
 * event does. `now` is the case as its newest events leave it.
 */
export async function announce(sql: Sql, now: Case, event: CaseEvent): Promise<void> {
  const kinds = kindsOf(event)
  if (kinds.length === 0) return
  const subscribers = await listSubscribers(sql, now.service, kinds)
  for (const webhook of subscribers) {
    const type = kinds.find((kind) => webhook.kinds.includes(kind))!
    const state = 'state' in event.data ? event.data.state : now.state
    const { reference, service } = now
    const data = { reference, service, state, path: officePath(reference) }
    await put(sql, webhook.id, { type, timestamp: event.at, data }, event.number)
  }
  // Without a key: one would make every transaction that writes an event wait for the others.
  if (subscribers.length > 0) await queueJob(sql, sendJob, {})
}

/** Puts a message into the outbox that is about no case. */
export async function announceTest(sql: Sql, webhook: string, now: Date): Promise<void> {
  const data = { reference: null, service: null, state: null, path: webhookPath(webhook) }
  await put(sql, webhook, { type: testKind, timestamp: now.toISOString(), data }, null)
  await queueJob(sql, sendJob, {})
}

async function put(sql: Sql, webhook: string, payload: Payload, number: number | null): Promise<void> {
  const { type: kind, data } = payload
  const row = { id: randomUUID(), webhook, reference: data.reference, number, kind }
  await insertDelivery(sql, { ...row, payload: JSON.stringify(payload) }, new Date(payload.timestamp))
}

/** How a message goes out; tests hand in another way to look names up, or a shorter wait. */
export type Way = Parameters<typeof postMessage>[3]

/** A job: sends what is due. Any number of processes may do so at once. */
export async function sendDue(installation: Installation, way: Way = {}): Promise<void> {
  const lane = async () => {
    for (let sent = 0; sent < ofLaneMax; sent++) if (!(await sendNext(installation, way))) return false
    return true
  }
  const full = await Promise.all(Array.from({ length: lanes }, lane))
  if (full.includes(true)) await queueJob(installation.sql, sendJob, {})
}

/** Sends the message that is due first; whether there was one. */
async function sendNext(installation: Installation, way: Way): Promise<boolean> {
  const { sql, demonstration, webhooksInside: inside = false } = installation
  const now = installation.now()
  const claimed = await claimDelivery(sql, now, new Date(now.getTime() + leaseMs))
  if (!claimed) return false
  const posted = await post(installation, claimed, { demonstration, inside }, way)
  await settle(installation, claimed, posted)
  return true
}

async function post(installation: Installation, claimed: Claimed, reach: Reach, way: Way): Promise<Posted> {
  const now = installation.now()
  const { id, payload: body } = claimed
  let secrets: string[]
  try {
    secrets = secretsOf(installation, claimed, now)
  } catch {
    // As after a change of the vault’s secret; it must not hold up what waits behind it.
    return { failure: 'unreadable' }
  }
  const signed = headersOf({ id, seconds: Math.floor(now.getTime() / 1000), body }, secrets)
  const length = String(Buffer.byteLength(body))
  const headers = { ...signed, 'content-type': 'application/json', 'content-length': length, 'user-agent': 'Praya' }
  return postMessage(new URL(claimed.address), { headers, body }, reach, way)
}

/** The secrets by which a message is signed now, the newest first. */
function secretsOf({ vault }: Installation, claimed: Claimed, now: Date): string[] {
  const { webhook, sealedSecret, sealedPrevious, previousUntilAt } = claimed
  const counts = sealedPrevious !== null && new Date(previousUntilAt!) > now
  return [sealedSecret, ...(counts ? [sealedPrevious] : [])].map((sealed) =>
    vault.open('webhook', sealed, `webhook/${webhook}`).toString(),
  )
}

/** 2xx is delivered; 410 pauses the webhook (Standard Webhooks 1.0, “Delivery, retries and errors”); all else comes again. */
async function settle(installation: Installation, claimed: Claimed, posted: Posted): Promise<void> {
  const { sql } = installation
  const now = installation.now()
  if ('status' in posted && posted.status >= 200 && posted.status < 300)
    return settleDelivery(sql, claimed, { state: 'delivered', result: String(posted.status), now })
  const result = 'status' in posted ? String(posted.status) : posted.failure
  const nextAt = nextTry(claimed.tries, new Date(claimed.sinceAt), now, randomInt(1000) / 1000)
  await sql.begin(async (transaction) => {
    if (result === '410' && (await pauseWebhook(transaction, claimed.webhook, 'gone', now)))
      await recordAct(transaction, 'system', {
        event: 'services.webhook-paused',
        subject: subjectOf(claimed.webhook),
        detail: { reason: 'gone' },
      })
    // No longer than the message itself, which would otherwise miss its turn.
    const restMsNow = Math.min(restMs, (nextAt?.getTime() ?? Infinity) - now.getTime())
    await restWebhook(transaction, claimed.webhook, new Date(now.getTime() + restMsNow))
    await settleDelivery(
      transaction,
      claimed,
      nextAt ? { state: 'waiting', result, nextAt } : { state: 'given-up', result, now },
    )
  })
}

/** A job: forgets deliveries of a month ago. */
export const deleteOld = async ({ sql, now }: Installation): Promise<void> => {
  await deleteOldDeliveries(sql, now())
}
