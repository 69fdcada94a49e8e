import type { Sql } from '#platform'

export type NotarisationRow = {
  id: string
  organisation: string
  /** The name of the log. */
  log: string
  /** Sealed; null after they were erased. */
  title: Buffer | null
  salt: Buffer | null
  entry: Buffer
  leaf: Buffer
  notarisedAt: string
  erasedAt: string | null
  /** A token (RFC 3161) over the entry, and what it says; null until it is there. */
  stamp: Buffer | null
  stampedAt: string | null
}

export type NewNotarisation = {
  id: string
  organisation: string
  token: string
  log: string
  title: Uint8Array
  salt: Uint8Array
  entry: Uint8Array
  leaf: Uint8Array
  notarisedBy: string
  notarisedAt: Date
}

/** False where this form of this organisation was sent before: then nothing is kept. Throws where there is no such log. */
export async function insertNotarisation(sql: Sql, given: NewNotarisation): Promise<boolean> {
  const { count } = await sql`
    insert into ledger.notarisation
      (id, organisation, token, log, title, salt, entry, leaf, notarised_by, notarised_at)
    values (${given.id}, ${given.organisation}, ${given.token},
      (select id from ledger.log where name = ${given.log}), ${given.title}, ${given.salt}, ${given.entry},
      ${given.leaf}, ${given.notarisedBy}, ${given.notarisedAt})
    on conflict (organisation, token) do nothing`
  return count > 0
}

const columns = (sql: Sql) => sql`
  notarisation.id, notarisation.organisation, log.name as log, notarisation.title, notarisation.salt,
  notarisation.entry, notarisation.leaf, notarisation.notarised_at, notarisation.erased_at,
  stamp.token as stamp, stamp.stamped_at`

/** One of this organisation, and of no other. */
export async function findNotarisation(
  sql: Sql,
  { id, organisation }: Pick<NotarisationRow, 'id' | 'organisation'>,
): Promise<NotarisationRow | undefined> {
  const [row] = await sql<NotarisationRow[]>`
    select ${columns(sql)}
    from ledger.notarisation
    join ledger.log on log.id = notarisation.log
    left join ledger.stamp on stamp.notarisation = notarisation.id
    where notarisation.id = ${id} and notarisation.organisation = ${organisation}`
  return row
}

/** What came of a form. */
export async function findByToken(
  sql: Sql,
  { token, organisation }: Pick<NewNotarisation, 'token' | 'organisation'>,
): Promise<NotarisationRow | undefined> {
  const [row] = await sql<NotarisationRow[]>`
    select ${columns(sql)}
    from ledger.notarisation
    join ledger.log on log.id = notarisation.log
    left join ledger.stamp on stamp.notarisation = notarisation.id
    where notarisation.token = ${token} and notarisation.organisation = ${organisation}`
  return row
}

export const notarisationsShown = 50

/** The newest of an organisation. */
export async function listNotarisations(sql: Sql, organisation: string): Promise<NotarisationRow[]> {
  return sql<NotarisationRow[]>`
    select ${columns(sql)}
    from ledger.notarisation
    join ledger.log on log.id = notarisation.log
    left join ledger.stamp on stamp.notarisation = notarisation.id
    where notarisation.organisation = ${organisation}
    order by notarisation.notarised_at desc, notarisation.id
    limit ${notarisationsShown}`
}

/** Forgets salt and title. False where they are erased already, or where there is no such notarisation. */
export async function eraseNotarisation(
  sql: Sql,
  { id, organisation, by, now }: { id: string; organisation: string; by: string; now: Date },
): Promise<boolean> {
  const { count } = await sql`
    update ledger.notarisation
    set title = null, salt = null, erased_by = ${by}, erased_at = ${now}
    where id = ${id} and organisation = ${organisation} and erased_at is null`
  return count > 0
}
