import type { Language, Sql } from '#platform'
import type { Template } from './mail.rules.ts'

export type Channel = 'mail' | 'push'

/** A notification that this transaction holds, with what it needs to go. */
export type Claimed = {
  id: string
  channel: Channel
  template: Template
  tries: number
  personId: string
  organisation: string | null
  subscriptionId: string | null
  address: { id: string; sealed: Buffer; language: Language } | null
  sealedCode: Buffer | null
  subscription: { sealed: Buffer; language: Language } | null
  /** Since when it was due. */
  nextTryAt: string
}

type Row = Omit<Claimed, 'address' | 'subscription'> & {
  addressId: string | null
  sealedAddress: Buffer | null
  addressLanguage: Language | null
  sealedSubscription: Buffer | null
  subscriptionLanguage: Language | null
}

/** Where a mail goes: to the address that stands there, or to one that was there when it was queued. */
const addressed = (sql: Sql) => sql`
  coalesce(notification.former_id, mail_address.id) as address_id,
  coalesce(notification.former_address, mail_address.sealed_address) as sealed_address,
  coalesce(notification.former_language, mail_address.language) as address_language,
  case when notification.former_id is null then mail_address.sealed_code end as sealed_code`

/** What waits now: `quiet` by the hours of the government, and at this `time` of day by those of a person. */
export type Hush = {
  quiet: boolean
  /** As `07:59`, in the zone of the government. */
  time: string
  /** Kinds of alerts that can wait; all others go at any hour, as codes do. */
  patient: readonly string[]
}

/**
 * The one that has waited longest, locked; others skip it. Undefined when nothing of these channels is due. While it is `quiet`, a push
 * of a message waits, as it rings; of an alert it does not. In hours that a person chose, mail and push of theirs wait that can.
 * With `after` only what was due no earlier: a run passes what waits once, and not anew for each that goes.
 */
export async function claimNotification(
  sql: Sql,
  channels: readonly Channel[],
  { quiet, time, patient }: Hush,
  after?: string,
): Promise<Claimed | undefined> {
  const [row] = await sql<Row[]>`
    select notification.id, notification.channel, notification.template, notification.tries, notification.person_id,
      notification.next_try_at, message.organisation, notification.subscription_id, ${addressed(sql)},
      push_subscription.sealed as sealed_subscription, push_subscription.language as subscription_language
    from identity.notification
    left join identity.message on message.id = notification.message_id
    left join identity.mail_address on mail_address.person_id = notification.person_id and notification.channel = 'mail'
    left join identity.push_subscription on push_subscription.id = notification.subscription_id
    left join identity.quiet_time as hours
      on hours.person_id = notification.person_id
      and case when hours.quiet_from < hours.quiet_until then hours.quiet_from <= ${time} and ${time} < hours.quiet_until
        else hours.quiet_from <= ${time} or ${time} < hours.quiet_until end
    where notification.state = 'queued' and notification.next_try_at <= now()
      ${after === undefined ? sql`` : sql`and notification.next_try_at >= ${after}`}
      and notification.channel = any (${channels as Channel[]})
      and not (${quiet} and notification.channel = 'push' and notification.template = 'message')
      and (hours.person_id is null or notification.template = 'code'
        or notification.template = 'alert' and not message.alert_kind = any (${patient as string[]}))
    order by notification.next_try_at, notification.id
    limit 1
    for update of notification skip locked`
  if (!row) return undefined
  const { addressId, sealedAddress, addressLanguage, sealedSubscription, subscriptionLanguage, ...claimed } = row
  return {
    ...claimed,
    address: addressId ? { id: addressId, sealed: sealedAddress!, language: addressLanguage! } : null,
    subscription: sealedSubscription ? { sealed: sealedSubscription, language: subscriptionLanguage! } : null,
  }
}

type Finished = { state: 'sent' | 'given-up'; failure?: string }

export async function finish(sql: Sql, id: string, { state, failure }: Finished): Promise<void> {
  await sql`
    update identity.notification
    set state = ${state}, failure = ${failure ?? null}, tries = tries + 1, done_at = now(),
      former_id = null, former_address = null, former_language = null
    where id = ${id}`
}

export async function postpone(sql: Sql, id: string, next: { minutes: number; failure: string }): Promise<void> {
  await sql`
    update identity.notification
    set tries = tries + 1, failure = ${next.failure}, next_try_at = now() + ${next.minutes} * interval '1 minute'
    where id = ${id}`
}

/** A job: what was done a month ago, and codes that nobody typed. */
export async function deleteOldNotifications(sql: Sql): Promise<void> {
  await sql`delete from identity.notification where state <> 'queued' and done_at < now() - interval '30 days'`
  await sql`delete from identity.mail_code where sent_at < now() - interval '1 day'`
  await sql`delete from identity.mail_address where confirmed_at is null and code_expires_at < now() - interval '1 day'`
}

export type OutboxLine = {
  id: string
  channel: Channel
  template: Template
  state: 'queued' | 'sent' | 'given-up'
  tries: number
  failure: string | null
  createdAt: string
  nextTryAt: string
  doneAt: string | null
}

/** What waits and what went, newest first: of everybody, or of one person. */
export async function listOutbox(sql: Sql, personId: string | null, limit: number): Promise<OutboxLine[]> {
  return sql<OutboxLine[]>`
    select id, channel, template, state, tries, failure, created_at, next_try_at, done_at
    from identity.notification
    where ${personId}::text is null or person_id = ${personId}
    order by created_at desc, id
    limit ${limit}`
}

/** A person’s own mails of the outbox, as they are or would be sent. */
export async function listOwnMails(sql: Sql, personId: string, limit: number) {
  return sql<(Omit<Row, 'nextTryAt'> & { state: OutboxLine['state']; createdAt: string })[]>`
    select notification.id, notification.template, notification.state, notification.created_at, message.organisation,
      ${addressed(sql)}
    from identity.notification
    left join identity.message on message.id = notification.message_id
    left join identity.mail_address on mail_address.person_id = notification.person_id
    where notification.person_id = ${personId} and notification.channel = 'mail'
      and (notification.former_id is not null or (
        mail_address.id is not null and (notification.template = 'code') = (mail_address.sealed_code is not null)))
    order by notification.created_at desc, notification.id
    limit ${limit}`
}
