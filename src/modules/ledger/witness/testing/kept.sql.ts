import type { Sql } from '#platform'

/** What is kept of a log, as the table has it. */
export async function keptOf(sql: Sql, origin: string) {
  const [row] = await sql<{ size: string; root: Buffer; note: Buffer | null; cosignedAt: string | null }[]>`
    select size, root, note, cosigned_at
    from ledger.watched_log
    where origin = ${origin}
    limit 1`
  return row
}

/** The evidence about a log. */
export async function evidenceAbout(sql: Sql, origin: string) {
  return sql<{ id: string; kind: string; cosigned: Buffer; offered: Buffer }[]>`
    select id, kind, cosigned, offered
    from ledger.evidence
    where origin = ${origin}
    order by kind, id
    limit 100`
}
