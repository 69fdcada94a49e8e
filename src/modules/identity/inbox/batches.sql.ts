import type { Sql } from '#platform'

export const batchesShown = 50

type NewBatch = { organisation: string; key: string; hash: Buffer; recipients: number; sentBy: string }

/** A new sending, or the one that was made under this key before. A second at the same time waits for the first. */
export async function insertBatch(sql: Sql, batch: NewBatch): Promise<{ id: string; fresh: boolean; same: boolean }> {
  const [fresh] = await sql<{ id: string }[]>`
    insert into identity.message_batch (organisation, idempotency_key, request_hash, recipients, sent_by)
    values (${batch.organisation}, ${batch.key}, ${batch.hash}, ${batch.recipients}, ${batch.sentBy})
    on conflict (organisation, idempotency_key) do nothing
    returning id`
  if (fresh) return { id: fresh.id, fresh: true, same: true }
  const [known] = await sql<[{ id: string; same: boolean }]>`
    select id, request_hash = ${batch.hash} as same
    from identity.message_batch
    where organisation = ${batch.organisation} and idempotency_key = ${batch.key}`
  return { ...known, fresh: false }
}

/** The messages of a sending in the order of its recipients, as its sender may know of them: read only where a receipt was asked. */
export async function listReceipts(sql: Sql, organisation: string, batchId: string) {
  return sql<{ message: string; readAt: string | null; acknowledgedAt: string | null }[]>`
    select message.id as message, case when receipt_wanted then read_at end as read_at, acknowledged_at
    from identity.message
    join identity.message_batch as batch on batch.id = message.batch_id
    where batch.id = ${batchId} and batch.organisation = ${organisation}
    order by message.batch_position
    limit 1000`
}

type Batch = {
  id: string
  sentAt: string
  recipients: number
  /** One of its messages, from which its title is read. */
  messageId: string
  sealed: Buffer
  receiptWanted: boolean
  acknowledgementWanted: boolean
  /** How many were opened; null where no receipt was asked. */
  read: number | null
  /** When the only one was opened. */
  readAt: string | null
  acknowledged: number | null
}

/** What an organisation sent, newest first, with how many of each were read and acknowledged. */
export async function listBatches(sql: Sql, organisation: string): Promise<Batch[]> {
  return sql<Batch[]>`
    select batch.id, batch.sent_at, batch.recipients, first.id as message_id, first.sealed_content as sealed,
      first.receipt_wanted, first.acknowledgement_wanted, counted.read, counted.read_at, counted.acknowledged
    from identity.message_batch as batch
    join identity.message as first on first.batch_id = batch.id and first.batch_position = 0
    cross join lateral (
      select case when first.receipt_wanted then count(read_at) end as read,
        case when first.receipt_wanted and batch.recipients = 1 then max(read_at) end as read_at,
        case when first.acknowledgement_wanted then count(acknowledged_at) end as acknowledged
      from identity.message
      where message.batch_id = batch.id) as counted
    where batch.organisation = ${organisation}
    order by batch.sent_at desc, batch.id
    limit ${batchesShown}`
}
