import type { Sql } from '#platform'

/** The alerts that a person was sent, in their order. Asks the table, and so works for who cannot sign in any more. */
export async function listAlerts(sql: Sql, personId: string): Promise<string[]> {
  const rows = await sql<{ alertKind: string }[]>`
    select alert_kind
    from identity.message
    where person_id = ${personId} and kind = 'alert'
    order by sent_at, id
    limit 1000`
  return rows.map(({ alertKind }) => alertKind)
}

/** The last of this kind, with what fills it and where it is undone. */
export async function findLastAlert(sql: Sql, personId: string, kind: string) {
  const [row] = await sql<{ alertValues: object; undoPath: string | null }[]>`
    select alert_values, undo_path
    from identity.message
    where person_id = ${personId} and alert_kind = ${kind}
    order by sent_at desc
    limit 1`
  return row && { ...row }
}
