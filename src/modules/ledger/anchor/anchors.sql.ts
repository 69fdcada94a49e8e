import type { Sql } from '#platform'

/** One process at a time goes on with anchors: false while another does. Until the end of the transaction. */
export async function tryTurn(sql: Sql): Promise<boolean> {
  const [row] = await sql<[{ mine: boolean }]>`
    select pg_try_advisory_xact_lock(hashtext('praya.ledger.anchor')) as mine`
  return row.mine
}

/** The same, for one who waits for it. */
export async function waitForTurn(sql: Sql): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('praya.ledger.anchor'))`
}

/** A contract on a chain, as rows know it. */
export type Place = { chain: number; contract: string }

const logsMax = 200

/**
 * Logs whose newest published checkpoint holds more than was anchored: none of which an anchor is under way, and none of which
 * one was queued since `before`.
 */
export async function listGrown(
  sql: Sql,
  { chain, contract }: Place,
  before: Date,
): Promise<{ log: number; published: Buffer }[]> {
  return sql<{ log: number; published: Buffer }[]>`
    select log.id as log, log.published
    from ledger.log
    where log.published_size > 0 and not exists (
      select from ledger.anchor
      where anchor.log = log.id and anchor.chain = ${chain} and anchor.contract = ${contract}
        and (anchor.state in ('queued', 'sent', 'mined') or anchor.size >= log.published_size
          or anchor.queued_at > ${before}))
    order by log.id
    limit ${logsMax}`
}

/** Queues a checkpoint, unless it is queued, or another of the log is under way. */
export async function insertAnchor(
  sql: Sql,
  anchor: Place & { log: number; size: number; root: Uint8Array; checkpoint: Uint8Array; queuedAt: Date },
): Promise<void> {
  const { log, size, root, checkpoint, chain, contract, queuedAt } = anchor
  await sql`
    insert into ledger.anchor (log, size, root, checkpoint, chain, contract, queued_at, next_at)
    values (${log}, ${size}, ${root}, ${checkpoint}, ${chain}, ${contract}, ${queuedAt}, ${queuedAt})
    on conflict do nothing`
}

export type OpenAnchor = {
  id: number
  log: string
  origin: string
  size: number
  root: Buffer
  state: 'queued' | 'sent' | 'mined'
  nonce: number | null
  blockHash: Buffer | null
  attempts: number
  failure: string | null
}

/** What is under way and does not rest, in the order in which it was queued. */
export async function listOpen(sql: Sql, { chain, contract }: Place, now: Date): Promise<OpenAnchor[]> {
  return sql<OpenAnchor[]>`
    select anchor.id, log.name as log, log.origin, anchor.size, anchor.root, anchor.state, anchor.nonce, anchor.block_hash,
      anchor.attempts, anchor.failure
    from ledger.anchor
    join ledger.log on log.id = anchor.log
    where anchor.state in ('queued', 'sent', 'mined') and anchor.chain = ${chain} and anchor.contract = ${contract}
      and anchor.next_at <= ${now}
    order by anchor.nonce nulls last, anchor.id
    limit ${logsMax}`
}

export type KeptTransaction = {
  number: number
  hash: Buffer
  raw: Buffer
  feeMax: number
  tipMax: number | null
  signedAt: string
}

export const transactionsMax = 50

/** The transactions of an anchor under its number of the account, the newest first. */
export async function listTransactions(sql: Sql, anchor: number, nonce: number): Promise<KeptTransaction[]> {
  return sql<KeptTransaction[]>`
    select number, hash, raw, fee_max, tip_max, signed_at
    from ledger.anchor_transaction
    where anchor = ${anchor} and nonce = ${nonce}
    order by number desc
    limit ${transactionsMax}`
}

/** The number of the account after those of what is under way on this chain; 0 where nothing is. What is final the chain counts. */
export async function nextNonce(sql: Sql, chain: number): Promise<number> {
  const [row] = await sql<[{ next: number }]>`
    select coalesce(max(nonce) + 1, 0) as next
    from ledger.anchor
    where chain = ${chain} and state in ('sent', 'mined')`
  return row.next
}

export type Signed = {
  nonce: number
  hash: Uint8Array
  raw: Uint8Array
  feeMax: number
  tipMax: number | null
  signedAt: Date
}

/**
 * Keeps a transaction, and that the anchor goes by its number. Throws where somebody else signed meanwhile: then nothing of it
 * may be sent.
 */
export async function insertTransaction(sql: Sql, anchor: number, signed: Signed): Promise<void> {
  const { nonce, hash, raw, feeMax, tipMax, signedAt } = signed
  const { count } = await sql`
    with kept as (
      insert into ledger.anchor_transaction (anchor, number, nonce, hash, raw, fee_max, tip_max, signed_at)
      select ${anchor}, coalesce(max(number), 0) + 1, ${nonce}, ${hash}, ${raw}, ${feeMax}, ${tipMax}, ${signedAt}
      from ledger.anchor_transaction
      where anchor = ${anchor}
      returning anchor
    )
    update ledger.anchor
    set state = 'sent', nonce = ${nonce}
    from kept
    where anchor.id = kept.anchor
      and ((anchor.state = 'queued' and anchor.nonce is null) or (anchor.state = 'sent' and anchor.nonce = ${nonce}))`
  if (count !== 1) throw new Error('Somebody else went on with an anchor meanwhile')
}

export type Block = { transaction: Uint8Array | null; number: number | null; hash: Uint8Array | null; at: Date }

/** Keeps in which block an anchor is; final, or so far. */
export async function keepBlock(
  sql: Sql,
  anchor: number,
  { block, state, now }: { block: Block; state: 'mined' | 'final'; now: Date },
): Promise<void> {
  await sql`
    update ledger.anchor
    set state = ${state}, transaction = ${block.transaction}, block_number = ${block.number}, block_hash = ${block.hash},
        block_at = ${block.at}, settled_at = ${state === 'final' ? now : null}, attempts = 0, failure = null
    where id = ${anchor} and state in ('queued', 'sent', 'mined')`
}

/** The block is none of the chain any more: back to sent. */
export async function takeBack(sql: Sql, anchor: number): Promise<void> {
  await sql`
    update ledger.anchor
    set state = 'sent', transaction = null, block_number = null, block_hash = null, block_at = null
    where id = ${anchor} and state = 'mined'`
}

/** What was signed can never be mined any more: as if nothing had been. What was signed stays kept. */
export async function queueAgain(sql: Sql, anchor: number): Promise<void> {
  await sql`
    update ledger.anchor
    set state = 'queued', nonce = null, transaction = null, block_number = null, block_hash = null, block_at = null
    where id = ${anchor} and state in ('sent', 'mined')`
}

/** The chain holds a larger checkpoint of the log, beside which this one adds nothing. */
export async function keepSuperseded(sql: Sql, anchor: number, now: Date): Promise<void> {
  await sql`
    update ledger.anchor
    set state = 'superseded', settled_at = ${now}, attempts = 0, failure = null
    where id = ${anchor} and state = 'queued'`
}

export async function clearFailure(sql: Sql, anchor: number): Promise<void> {
  await sql`
    update ledger.anchor
    set attempts = 0, failure = null
    where id = ${anchor} and failure is not null`
}

export async function keepFailure(
  sql: Sql,
  anchor: number,
  { failure, attempts, nextAt }: { failure: string; attempts: number; nextAt: Date },
): Promise<void> {
  await sql`
    update ledger.anchor
    set failure = ${failure}, attempts = ${attempts}, next_at = ${nextAt}
    where id = ${anchor}`
}
