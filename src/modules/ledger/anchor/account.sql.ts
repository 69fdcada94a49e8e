import type { Sql } from '#platform'

export type AccountRow = { address: string; privateKey: Buffer }

export async function findAccount(sql: Sql): Promise<AccountRow | undefined> {
  const [row] = await sql<AccountRow[]>`
    select address, private_key
    from ledger.chain_account`
  return row
}

/** Keeps the account unless there is one. */
export async function insertAccount(sql: Sql, { address, privateKey }: AccountRow): Promise<void> {
  await sql`
    insert into ledger.chain_account (address, private_key)
    values (${address}, ${privateKey})
    on conflict (one) do nothing`
}
