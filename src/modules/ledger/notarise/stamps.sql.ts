import type { Sql } from '#platform'

export type Stamp = {
  /** The id of the notarisation. */
  notarisation: string
  /** TimeStampToken (RFC 3161) in DER. */
  token: Uint8Array
  /** What it says. */
  stampedAt: string
}

/** Where another process was faster its stamp stays. */
export async function insertStamp(sql: Sql, { notarisation, token, stampedAt }: Stamp): Promise<void> {
  await sql`
    insert into ledger.stamp (notarisation, token, stamped_at)
    values (${notarisation}, ${token}, ${stampedAt})
    on conflict (notarisation) do nothing`
}

/** Notarisations that no authority has stamped yet, the oldest first. */
export async function listUnstamped(sql: Sql, limit: number): Promise<{ id: string; entry: Buffer }[]> {
  return sql<{ id: string; entry: Buffer }[]>`
    select notarisation.id, notarisation.entry
    from ledger.notarisation
    left join ledger.stamp on stamp.notarisation = notarisation.id
    where stamp.notarisation is null
    order by notarisation.notarised_at, notarisation.id
    limit ${limit}`
}
