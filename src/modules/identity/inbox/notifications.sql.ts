import type { Language, Sql } from '#platform'
import type { QuietHours } from './quiet.rules.ts'

export const codeTriesMax = 5
export const codeMinutes = 30
const codesPerHour = 5
const codesPerAddressAndDay = 3
const subscriptionsMax = 20
const sendersMax = 200

export async function findPushKey(sql: Sql): Promise<{ publicKey: string; privateKey: Buffer } | undefined> {
  const [key] = await sql<{ publicKey: string; privateKey: Buffer }[]>`
    select public_key, private_key
    from identity.push_key`
  return key
}

/** The first of several at once stays. */
export async function insertPushKey(sql: Sql, publicKey: string, privateKey: Buffer): Promise<void> {
  await sql`
    insert into identity.push_key (public_key, private_key)
    values (${publicKey}, ${privateKey})
    on conflict do nothing`
}

export type NewSubscription = {
  id: string
  personId: string
  endpointHash: Buffer
  sealed: Buffer
  language: Language
  device: string | undefined
}

/** Replaces what this browser registered before, for whomever. False when the person has too many. */
export async function insertSubscription(sql: Sql, each: NewSubscription): Promise<boolean> {
  await sql`delete from identity.push_subscription where endpoint_hash = ${each.endpointHash}`
  const { count } = await sql`
    insert into identity.push_subscription (id, person_id, endpoint_hash, sealed, language, device)
    select ${each.id}::uuid, ${each.personId}, ${each.endpointHash}, ${each.sealed}, ${each.language}, ${each.device?.slice(0, 300) ?? null}
    where (select count(*) from identity.push_subscription where person_id = ${each.personId}) < ${subscriptionsMax}`
  return count > 0
}

export async function deleteSubscription(sql: Sql, personId: string, id: string): Promise<boolean> {
  return (await sql`delete from identity.push_subscription where person_id = ${personId} and id = ${id}`).count > 0
}

export async function listSubscriptions(sql: Sql, personId: string) {
  return sql<{ id: string; device: string | null; createdAt: string }[]>`
    select id, device, created_at
    from identity.push_subscription
    where person_id = ${personId}
    order by created_at desc
    limit ${subscriptionsMax}`
}

export type Preference = { sender: string; mail: boolean; push: boolean }

/** What the person chose, and what holds for every sender that has written to them. */
export async function listPreferences(sql: Sql, personId: string): Promise<Preference[]> {
  return sql<Preference[]>`
    with sender as (
      select 'all' as name, 0 as place union all select 'alerts', 1
      union
      select organisation, 2 from identity.message where person_id = ${personId} and kind = 'message'
      union
      select organisation || '/' || service, 2
      from identity.message
      where person_id = ${personId} and service is not null
      union
      select notification_preference.sender, 2
      from identity.notification_preference
      where person_id = ${personId} and notification_preference.sender not in ('all', 'alerts'))
    select sender.name as sender, coalesce(stated.mail, wide.mail, every.mail, true) as mail,
      coalesce(stated.push, wide.push, every.push, true) as push
    from sender
    left join identity.notification_preference as stated
      on stated.person_id = ${personId} and stated.sender = sender.name
    left join identity.notification_preference as wide
      on wide.person_id = ${personId} and wide.sender = split_part(sender.name, '/', 1)
    left join identity.notification_preference as every
      on every.person_id = ${personId} and every.sender = 'all' and sender.name <> 'alerts'
    order by sender.place, sender.name
    limit ${sendersMax}`
}

/** Keeps what the person chose for these senders. */
export async function savePreferences(sql: Sql, personId: string, chosen: readonly Preference[]): Promise<void> {
  await sql`
    insert into identity.notification_preference (person_id, sender, mail, push)
    select ${personId}, each.sender, each.mail, each.push
    from jsonb_to_recordset(${sql.json(chosen as never)}) as each (sender text, mail boolean, push boolean)
    on conflict (person_id, sender) do update set mail = excluded.mail, push = excluded.push, changed_at = now()`
}

/** When a person wants neither mail nor push, or undefined. */
export async function findQuietHours(sql: Sql, personId: string): Promise<QuietHours | undefined> {
  const [hours] = await sql<QuietHours[]>`
    select quiet_from as from, quiet_until as until
    from identity.quiet_time
    where person_id = ${personId}`
  return hours
}

export async function saveQuietHours(sql: Sql, personId: string, { from, until }: QuietHours): Promise<void> {
  await sql`
    insert into identity.quiet_time (person_id, quiet_from, quiet_until)
    values (${personId}, ${from}, ${until})
    on conflict (person_id) do update
    set quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until, changed_at = now()`
}

export async function deleteQuietHours(sql: Sql, personId: string): Promise<void> {
  await sql`delete from identity.quiet_time where person_id = ${personId}`
}

/** No more mail of this sender; push stays as it is. False for a person who is not there. */
export async function stopMail(sql: Sql, personId: string, sender: string): Promise<boolean> {
  const { count } = await sql`
    insert into identity.notification_preference (person_id, sender, mail, push)
    select id, ${sender}, false, true
    from identity.person
    where id = ${personId}
    on conflict (person_id, sender) do update set mail = false, changed_at = now()`
  return count > 0
}

export type MailAddress = {
  id: string
  sealedAddress: Buffer
  sealedCode: Buffer | null
  tries: number
  confirmedAt: string | null
  /** Whether a code that is still good waits to be typed. */
  waits: boolean
}

export async function findMailAddress(sql: Sql, personId: string): Promise<MailAddress | undefined> {
  const [address] = await sql<MailAddress[]>`
    select id, sealed_address, sealed_code, tries, confirmed_at,
      coalesce(code_expires_at > now() and tries < ${codeTriesMax}, false) as waits
    from identity.mail_address
    where person_id = ${personId}`
  return address
}

/** Locked, so that guesses at its code come one after the other. */
export async function lockMailAddress(sql: Sql, personId: string): Promise<MailAddress | undefined> {
  await sql`select 1 from identity.mail_address where person_id = ${personId} for update`
  return findMailAddress(sql, personId)
}

/** Whether another code may be sent, and if so notes that it is: by person and hour, and by address and day. */
export async function countCode(sql: Sql, personId: string, addressHash: Buffer): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtextextended('praya.mail-code', 0))`
  const { count } = await sql`
    insert into identity.mail_code (person_id, address_hash)
    select ${personId}, ${addressHash}
    where (select count(*) from identity.mail_code
           where person_id = ${personId} and sent_at > now() - interval '1 hour') < ${codesPerHour}
      and (select count(*) from identity.mail_code
           where address_hash = ${addressHash} and sent_at > now() - interval '1 day') < ${codesPerAddressAndDay}`
  return count > 0
}

type NewAddress = { personId: string; id: string; sealedAddress: Buffer; sealedCode: Buffer; language: Language }

/** The person’s one address, in place of any before, with its code on the way. */
export async function saveMailAddress(sql: Sql, each: NewAddress): Promise<void> {
  await sql`
    insert into identity.mail_address (person_id, id, sealed_address, language, sealed_code, code_expires_at)
    values (${each.personId}, ${each.id}, ${each.sealedAddress}, ${each.language}, ${each.sealedCode},
            now() + ${codeMinutes} * interval '1 minute')
    on conflict (person_id) do update
    set id = excluded.id, sealed_address = excluded.sealed_address, language = excluded.language,
        sealed_code = excluded.sealed_code, code_expires_at = excluded.code_expires_at, tries = 0,
        added_at = now(), confirmed_at = null`
  await sql`insert into identity.notification (channel, template, person_id) values ('mail', 'code', ${each.personId})`
}

export async function countWrongCode(sql: Sql, personId: string): Promise<void> {
  await sql`update identity.mail_address set tries = tries + 1 where person_id = ${personId}`
}

export async function confirmMailAddress(sql: Sql, personId: string): Promise<void> {
  await sql`
    update identity.mail_address
    set confirmed_at = now(), sealed_code = null, code_expires_at = null
    where person_id = ${personId}`
}

/** Alerts that wait go to the address that the person has now, also when it is taken away or replaced next. */
export async function keepForAlerts(sql: Sql, personId: string): Promise<void> {
  await sql`
    update identity.notification
    set former_id = mail_address.id, former_address = mail_address.sealed_address,
      former_language = mail_address.language
    from identity.mail_address
    where mail_address.person_id = ${personId} and mail_address.confirmed_at is not null
      and notification.person_id = ${personId} and notification.channel = 'mail' and notification.template = 'alert'
      and notification.state = 'queued' and notification.former_id is null`
}

export async function deleteMailAddress(sql: Sql, personId: string): Promise<boolean> {
  return (await sql`delete from identity.mail_address where person_id = ${personId}`).count > 0
}
