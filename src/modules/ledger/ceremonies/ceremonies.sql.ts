import type { Sql } from '#platform'

export type NewCeremony = {
  event: string
  /** The number of the act in the audit trail. */
  act: number
  /** The name of a log, of the witness, or of a program. */
  holder: string
  /** Of a program’s key alone. */
  organisation: string | null
  keys: readonly string[]
  former: readonly string[]
  actedBy: string
  askedBy: string | null
  witnessedBy: string | null
}

export type Ceremony = Omit<NewCeremony, 'keys' | 'former'> & {
  id: number
  keys: string[]
  former: string[]
  actedAt: string
  witnessedAt: string | null
}

export async function insertCeremony(sql: Sql, given: NewCeremony): Promise<void> {
  const { event, act, holder, organisation, actedBy, askedBy, witnessedBy } = given
  await sql`
    insert into ledger.ceremony
      (event, act, holder, organisation, keys, former, acted_by, asked_by, witnessed_by, witnessed_at)
    values (${event}, ${act}, ${holder}, ${organisation}, ${[...given.keys]}, ${[...given.former]}, ${actedBy},
      ${askedBy}, ${witnessedBy}, case when ${witnessedBy !== null} then now() end)`
}

const columns = (sql: Sql) => sql`
  id::int as id, event, act::float8 as act, holder, organisation, keys, former, acted_by, asked_by, acted_at,
  witnessed_by, witnessed_at`

/** The latest first, before `before`: of logs and the witness, and of the programs of one organisation. */
export async function listCeremonies(
  sql: Sql,
  { organisation, before, limit }: { organisation: string | null; before: number; limit: number },
): Promise<Ceremony[]> {
  return sql<Ceremony[]>`
    select ${columns(sql)}
    from ledger.ceremony
    where id < ${before} and (organisation is null or organisation = ${organisation})
    order by id desc
    limit ${limit}`
}

/** Keeps that a second officer saw it, and tells whose key it is. Undefined where somebody did before, or it is the officer’s own. */
export async function witnessCeremony(sql: Sql, { id, by }: { id: number; by: string }): Promise<string | undefined> {
  const [row] = await sql<{ holder: string }[]>`
    update ledger.ceremony
    set witnessed_by = ${by}, witnessed_at = now()
    where id = ${id} and organisation is null and witnessed_by is null and acted_by <> ${by}
      and asked_by is distinct from ${by}
    returning holder`
  return row?.holder
}
