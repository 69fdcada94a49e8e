import type { Sql, Values } from '#platform'

export const perPage = 20
const sendersMax = 200

/** A message as it lies in its table. */
export type MessageRow = {
  id: string
  kind: 'message' | 'alert'
  organisation: string | null
  service: string | null
  sealedContent: Buffer | null
  alertKind: string | null
  alertValues: Values | null
  undoPath: string | null
  receiptWanted: boolean
  acknowledgementWanted: boolean
  sentAt: string
  readAt: string | null
  acknowledgedAt: string | null
  archivedAt: string | null
}

const columns = (sql: Sql) => sql`
  id, kind, organisation, service, sealed_content, alert_kind, alert_values, undo_path, receipt_wanted,
  acknowledgement_wanted, sent_at, read_at, acknowledged_at, archived_at`

type Shown = { archived: boolean; sender?: string | undefined; page: number }

const shown = (sql: Sql, personId: string, { archived, sender }: Omit<Shown, 'page'>) => sql`
  person_id = ${personId} and (archived_at is not null) = ${archived}
  and (${sender ?? null}::text is null or coalesce(organisation, 'alerts') = ${sender ?? null})`

/** One page of an inbox: what is unread first, then the newest. */
export async function listMessages(sql: Sql, personId: string, which: Shown): Promise<MessageRow[]> {
  return sql<MessageRow[]>`
    select ${columns(sql)}
    from identity.message
    where ${shown(sql, personId, which)}
    order by (read_at is null) desc, sent_at desc, id
    limit ${perPage}
    offset ${(which.page - 1) * perPage}`
}

export async function countMessages(sql: Sql, personId: string, which: Omit<Shown, 'page'>): Promise<number> {
  const [row] = await sql<[{ number: number }]>`
    select count(*) as number
    from identity.message
    where ${shown(sql, personId, which)}`
  return row.number
}

/** How many messages a person has not opened, without those in the archive. */
export async function countUnread(sql: Sql, personId: string): Promise<number> {
  const [row] = await sql<[{ number: number }]>`
    select count(*) as number
    from identity.message
    where person_id = ${personId} and read_at is null and archived_at is null`
  return row.number
}

/** Who has written to a person: organisations, and `alerts`. */
export async function listSenders(sql: Sql, personId: string): Promise<string[]> {
  const rows = await sql<{ sender: string }[]>`
    select distinct coalesce(organisation, 'alerts') as sender
    from identity.message
    where person_id = ${personId}
    order by sender
    limit ${sendersMax}`
  return rows.map(({ sender }) => sender)
}

export async function findMessage(sql: Sql, personId: string, id: string): Promise<MessageRow | undefined> {
  const [row] = await sql<MessageRow[]>`
    select ${columns(sql)}
    from identity.message
    where id = ${id} and person_id = ${personId}`
  return row
}

/** True for the first time alone. */
export async function markRead(sql: Sql, personId: string, id: string): Promise<boolean> {
  const { count } = await sql`
    update identity.message
    set read_at = now()
    where id = ${id} and person_id = ${personId} and read_at is null`
  return count > 0
}

/** True for the first time alone, where the sender asked for it and the person has opened the message. */
export async function acknowledge(sql: Sql, personId: string, id: string): Promise<boolean> {
  const { count } = await sql`
    update identity.message
    set acknowledged_at = now()
    where id = ${id} and person_id = ${personId} and acknowledgement_wanted and read_at is not null
      and acknowledged_at is null`
  return count > 0
}

/** Puts a message into the archive or takes it out. True where that changed something. */
export async function archive(sql: Sql, personId: string, id: string, archived: boolean): Promise<boolean> {
  const { count } = await sql`
    update identity.message
    set archived_at = case when ${archived} then now() end
    where id = ${id} and person_id = ${personId} and (archived_at is not null) <> ${archived}`
  return count > 0
}

/** The inbox code of a person: the one they have, else `fresh`. Null for whoever has no account. */
export async function getCode(sql: Sql, personId: string, fresh: string): Promise<string | null> {
  const find = async () =>
    (
      await sql<{ code: string }[]>`
        select code
        from identity.inbox
        where person_id = ${personId}`
    )[0]?.code
  const found = await find()
  if (found) return found
  await sql`
    insert into identity.inbox (person_id, code)
    select id, ${fresh}
    from identity.person
    where id = ${personId}
    on conflict (person_id) do nothing`
  return (await find()) ?? null
}

/** Another code from now on; the old one leads nowhere. */
export async function changeCode(sql: Sql, personId: string, fresh: string): Promise<void> {
  await sql`
    insert into identity.inbox (person_id, code)
    values (${personId}, ${fresh})
    on conflict (person_id) do update set code = excluded.code, created_at = now()`
}

/** Which open accounts these names and codes lead to. */
export async function listRecipients(sql: Sql, people: readonly string[], codes: readonly string[]) {
  return sql<{ personId: string; code: string | null }[]>`
    select person.id as person_id, inbox.code
    from identity.person
    left join identity.inbox on inbox.person_id = person.id
    where person.closed_at is null and (person.id = any (${people as string[]}) or inbox.code = any (${codes as string[]}))
    limit 1000`
}
