import type { Sql } from '#platform'

const contract = `0x${'5f'.repeat(20)}`
const states = [
  { size: 10, chain: 1, state: 'final' },
  { size: 20, chain: 1, state: 'final' },
  { size: 30, chain: 1, state: 'final' },
  { size: 30, chain: 2, state: 'superseded' },
  { size: 31, chain: 3, state: 'mined' },
  { size: 31, chain: 4, state: 'sent' },
  { size: 31, chain: 5, state: 'queued' },
]

/** Anchors of a log of 31 entries or more in every state that a page may show, for pages that need no chain. */
export async function insertAnchors(sql: Sql, log: string): Promise<void> {
  for (const { size, chain, state } of states) {
    await sql`
      insert into ledger.anchor (log, size, root, checkpoint, chain, contract, queued_at, next_at)
      select id, ${size}, sha256(published), published, ${chain}, ${contract}, now(), now()
      from ledger.log
      where name = ${log}`
    const isSettled = state === 'final' || state === 'superseded'
    const isMined = state === 'final' || state === 'mined'
    await sql`
      update ledger.anchor
      set state = ${state}, nonce = ${isSettled ? null : 1}, settled_at = ${isSettled ? sql`now()` : null},
          transaction = ${isMined ? sql`sha256(size::text::bytea)` : null}, block_number = ${isMined ? 19_283_746 : null},
          block_hash = ${isMined ? sql`sha256('block')` : null}, block_at = ${isMined ? sql`now()` : null}
      where size = ${size} and chain = ${chain}`
  }
}
