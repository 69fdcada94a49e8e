import type { Sql } from '#platform'

export type DraftRow = {
  service: string
  organisation: string
  definition: Record<string, unknown>
  basedOn: string | null
  /** The change of the pack that is in it. */
  packVersion: string | null
  changedAt: string
  changedBy: string
  askedAt: string | null
  askedBy: string | null
}

const columns = (sql: Sql) => sql`
  service, organisation, definition, encode(based_on, 'hex') as based_on,
  encode(pack_version, 'hex') as pack_version, changed_at, changed_by, asked_at, asked_by`

export async function findDraft(sql: Sql, service: string): Promise<DraftRow | undefined> {
  const [row] = await sql<DraftRow[]>`
    select ${columns(sql)}
    from services.definition_draft
    where service = ${service}`
  return row
}

/** Until the transaction ends nobody else changes it. */
export async function lockDraft(sql: Sql, service: string): Promise<DraftRow | undefined> {
  const [row] = await sql<DraftRow[]>`
    select ${columns(sql)}
    from services.definition_draft
    where service = ${service}
    for update`
  return row
}

export const listDrafts = (sql: Sql, organisation: string) =>
  sql<DraftRow[]>`
    select ${columns(sql)}
    from services.definition_draft
    where organisation = ${organisation}
    order by changed_at desc
    limit 500`

/** False where there is one already. */
export async function insertDraft(
  sql: Sql,
  draft: Pick<DraftRow, 'service' | 'organisation' | 'definition' | 'basedOn'> & { now: Date; by: string },
): Promise<boolean> {
  const { count } = await sql`
    insert into services.definition_draft (service, organisation, definition, based_on, begun_at, changed_at, changed_by)
    values (${draft.service}, ${draft.organisation}, ${sql.json(draft.definition as never)},
            decode(${draft.basedOn}, 'hex'), ${draft.now}, ${draft.now}, ${draft.by})
    on conflict (service) do nothing`
  return count > 0
}

/** Writes what it says now; whoever asked for it to be published asked for something else. */
export const updateDraft = (
  sql: Sql,
  draft: Pick<DraftRow, 'service' | 'definition'> & { now: Date; by: string },
) => sql`
  update services.definition_draft
  set definition = ${sql.json(draft.definition as never)}, changed_at = ${draft.now}, changed_by = ${draft.by},
    asked_at = null, asked_by = null
  where service = ${draft.service}`

type MergedDraft = Pick<DraftRow, 'service' | 'organisation' | 'definition' | 'basedOn' | 'packVersion'>

/** What it says once it was joined with a version that was published, or with the pack’s: from then on it is based on that one. */
export const putMerged = (sql: Sql, draft: MergedDraft & { now: Date; by: string }) => sql`
  insert into services.definition_draft (service, organisation, definition, based_on, pack_version, begun_at, changed_at, changed_by)
  values (${draft.service}, ${draft.organisation}, ${sql.json(draft.definition as never)}, decode(${draft.basedOn}, 'hex'),
          decode(${draft.packVersion}, 'hex'), ${draft.now}, ${draft.now}, ${draft.by})
  on conflict (service) do update
  set definition = excluded.definition, based_on = excluded.based_on, pack_version = excluded.pack_version,
    changed_at = excluded.changed_at, changed_by = excluded.changed_by, asked_at = null, asked_by = null`

export const updateAsked = (sql: Sql, service: string, asked: { now: Date; by: string } | null) => sql`
  update services.definition_draft
  set asked_at = ${asked?.now ?? null}, asked_by = ${asked?.by ?? null}
  where service = ${service}`

export const deleteDraft = (sql: Sql, service: string) => sql`
  delete from services.definition_draft
  where service = ${service}`
