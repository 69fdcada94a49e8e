import type { Sql, Values } from '#platform'

type NewRow = { id: string; personId: string; sealed: Buffer }
type Shared = {
  organisation: string
  service?: string
  batchId?: string
  receipt?: boolean
  acknowledgement?: boolean
}

/** Messages to people whose accounts are open. Returns how many it wrote. */
export async function insertMessages(sql: Sql, rows: readonly NewRow[], shared: Shared): Promise<number> {
  const list = rows.map(({ sealed, ...row }, position) => ({ ...row, position, sealed: sealed.toString('base64') }))
  const { count } = await sql`
    insert into identity.message (id, person_id, kind, organisation, service, batch_id, sealed_content,
                                  batch_position,
                                  receipt_wanted, acknowledgement_wanted)
    select each.id, person.id, 'message', ${shared.organisation}, ${shared.service ?? null}, ${shared.batchId ?? null},
           decode(each.sealed, 'base64'), case when ${shared.batchId ?? null}::uuid is not null then each.position end,
           ${shared.receipt ?? false}, ${shared.acknowledgement ?? false}
    from jsonb_to_recordset(${sql.json(list)}) as each (id uuid, "personId" text, sealed text, position integer)
    join identity.person on person.id = each."personId" and person.closed_at is null`
  return count
}

type AlertRow = { id: string; personId: string; kind: string; values: Values; undo: string | null }

/** False where the account is closed. */
export async function insertAlert(sql: Sql, { id, personId, kind, values, undo }: AlertRow): Promise<boolean> {
  const { count } = await sql`
    insert into identity.message (id, person_id, kind, alert_kind, alert_values, undo_path)
    select ${id}::uuid, person.id, 'alert', ${kind}, ${sql.json(values as never)}, ${undo}::text
    from identity.person
    where person.id = ${personId} and person.closed_at is null`
  return count > 0
}

/**
 * Queues mail and push of these messages for those who want them: what the person said of the service counts first, then
 * of the sender, then of all senders. Alerts have a preference of their own. Returns how many it queued.
 */
export async function insertNotifications(sql: Sql, messageIds: readonly string[]): Promise<number> {
  const { count } = await sql`
    with wanted as (
      select message.id, message.person_id, message.kind, preference.mail, preference.push
      from identity.message
      left join lateral (
        select stated.mail, stated.push
        from identity.notification_preference as stated
        where stated.person_id = message.person_id and stated.sender in (
          message.organisation || '/' || message.service,
          coalesce(message.organisation, 'alerts'),
          case message.kind when 'message' then 'all' end)
        order by (stated.sender = 'all'), length(stated.sender) desc
        limit 1) as preference on true
      where message.id = any (${messageIds as string[]}::uuid[]))
    insert into identity.notification (channel, template, person_id, message_id, subscription_id)
    select 'mail', wanted.kind, wanted.person_id, wanted.id, null::uuid
    from wanted
    join identity.mail_address on mail_address.person_id = wanted.person_id and mail_address.confirmed_at is not null
    where coalesce(wanted.mail, true)
    union all
    select 'push', wanted.kind, wanted.person_id, wanted.id, push_subscription.id
    from wanted
    join identity.push_subscription on push_subscription.person_id = wanted.person_id
    where coalesce(wanted.push, true)`
  return count
}
