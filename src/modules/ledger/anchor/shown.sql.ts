import type { Sql } from '#platform'
import type { FailureCode } from './failures.ts'
import type { AnchorState } from './states.ts'
import type { AnchorNote } from './types.ts'

/** What a page of anchors holds at most. */
export const anchorsOfPage = 50

/** Anchors of a log that were queued before the one of this number, the newest first; one more than a page, to know of more. */
export async function listAnchors(sql: Sql, log: number, before: number): Promise<AnchorNote[]> {
  return sql<AnchorNote[]>`
    select id as number, size, encode(root, 'hex') as root, state, chain, contract, '0x' || encode(transaction, 'hex') as transaction,
      block_number, block_at, queued_at
    from ledger.anchor
    where log = ${log} and id < ${before}
    order by id desc
    limit ${anchorsOfPage + 1}`
}

/** The newest anchor of a log that is final, and how many are under way; undefined where there is none at all. */
export async function findSummary(
  sql: Sql,
  log: number,
): Promise<{ final: { size: number; at: string } | null; waiting: number } | undefined> {
  const [row] = await sql<{ size: number | null; at: string | null; waiting: number }[]>`
    select newest.size, newest.block_at as at, waiting.count as waiting
    from (
      select count(*) as count
      from ledger.anchor
      where log = ${log} and state in ('queued', 'sent', 'mined')
    ) as waiting
    left join lateral (
      select size, block_at
      from ledger.anchor
      where log = ${log} and state = 'final'
      order by size desc
      limit 1
    ) as newest on true
    where waiting.count > 0 or newest.size is not null`
  if (!row) return undefined
  return { final: row.size === null ? null : { size: row.size, at: row.at! }, waiting: row.waiting }
}

/** Entries of the smallest checkpoint on a chain that holds the entry at this place. */
export async function findSizeOver(sql: Sql, log: number, index: number): Promise<number | undefined> {
  const [row] = await sql<{ size: number }[]>`
    select size
    from ledger.anchor
    where log = ${log} and state = 'final' and size > ${index}
    order by size
    limit 1`
  return row?.size
}

/** The signed checkpoint of this size, where one was queued for a chain. */
export async function findNote(sql: Sql, log: number, size: number): Promise<Buffer | undefined> {
  const [row] = await sql<{ checkpoint: Buffer }[]>`
    select checkpoint
    from ledger.anchor
    where log = ${log} and size = ${size}
    order by id
    limit 1`
  return row?.checkpoint
}

/** Every anchor that is not settled, of one log or of all, with what keeps it. */
export async function listWaiting(sql: Sql, log: string | null) {
  return sql<
    { log: string; size: number; state: AnchorState; chain: number; failure: FailureCode | null; nextAt: string }[]
  >`
    select log.name as log, anchor.size, anchor.state, anchor.chain, anchor.failure, anchor.next_at
    from ledger.anchor
    join ledger.log on log.id = anchor.log
    where anchor.state in ('queued', 'sent', 'mined') and (${log}::text is null or log.name = ${log})
    order by log.name, anchor.size
    limit 200`
}

/** The newest anchors that are settled, of one log or of all. */
export async function listSettled(sql: Sql, log: string | null) {
  return sql<
    {
      log: string
      size: number
      state: AnchorState
      chain: number
      transaction: string | null
      blockAt: string | null
    }[]
  >`
    select log.name as log, anchor.size, anchor.state, anchor.chain, '0x' || encode(anchor.transaction, 'hex') as transaction,
      anchor.block_at
    from ledger.anchor
    join ledger.log on log.id = anchor.log
    where anchor.state in ('final', 'superseded') and (${log}::text is null or log.name = ${log})
    order by anchor.id desc
    limit 100`
}
