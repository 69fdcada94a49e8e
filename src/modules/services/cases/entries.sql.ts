import type { Sql } from '#platform'

/** What a step of a case let stand in a log. */
export type EntryRow = {
  reference: string
  /** Of the event that says so. */
  number: number
  organisation: string
  log: string
  entry: Buffer
  leaf: Buffer
  /** Null after it was erased. */
  sealedSalt: Buffer | null
  erasedAt: string | null
}

export async function insertEntry(sql: Sql, row: Omit<EntryRow, 'erasedAt'>): Promise<void> {
  await sql`
    insert into services.entry (reference, number, organisation, log, entry, leaf, sealed_salt)
    values (${row.reference}, ${row.number}, ${row.organisation}, ${row.log}, ${row.entry}, ${row.leaf}, ${row.sealedSalt})`
}

export async function findEntry(
  sql: Sql,
  { reference, number }: Pick<EntryRow, 'reference' | 'number'>,
): Promise<EntryRow | undefined> {
  const [row] = await sql<EntryRow[]>`
    select reference, number, organisation, log, entry, leaf, sealed_salt, erased_at
    from services.entry
    where reference = ${reference} and number = ${number}`
  return row
}

/** Forgets the salt. False where it is erased already. */
export async function eraseEntry(
  sql: Sql,
  { reference, number, by, at }: Pick<EntryRow, 'reference' | 'number'> & { by: string; at: Date },
): Promise<boolean> {
  const { count } = await sql`
    update services.entry
    set sealed_salt = null, erased_by = ${by}, erased_at = ${at}
    where reference = ${reference} and number = ${number} and erased_at is null`
  return count > 0
}
