import type { Installation, Sql } from '#platform'

/** What a person has typed so far, and where they want to go when they are done. */
export type Typed = { kind?: string; number?: string; family?: string; given?: string; born?: string; next?: string }

export type DraftState =
  | 'filling'
  | 'asking'
  | 'match'
  | 'no-match'
  | 'not-current'
  | 'unavailable'
  | 'taken'
  | 'other-person'

export type Draft = { version: string; state: DraftState; typed: Typed; updatedAt: string }

const purpose = 'proof-draft'
/** A process that was killed while it asked has not answered after this long. */
const askingSeconds = 60

/** The draft of a person, unless it expired. One that waits for an answer of a process that died is `unavailable`. */
export async function findDraft(
  sql: Sql,
  { vault }: Installation,
  personId: string,
  { lock = false } = {},
): Promise<Draft | undefined> {
  const [row] = await sql<{ version: string; state: DraftState; sealed: Buffer; updatedAt: string }[]>`
    select version, sealed, updated_at,
      case when state = 'asking' and updated_at < now() - ${askingSeconds} * interval '1 second'
        then 'unavailable' else state end as state
    from identity.proof_draft
    where person_id = ${personId} and expires_at > now()
    ${lock ? sql`for update` : sql``}`
  if (!row) return undefined
  const { sealed, ...draft } = row
  return { ...draft, typed: JSON.parse(vault.open(purpose, sealed, `person/${personId}`).toString('utf8')) as Typed }
}

/** Keeps what was typed for a day, under a new version, which it returns. */
export async function saveDraft(
  sql: Sql,
  { vault }: Installation,
  personId: string,
  typed: Typed,
  state: DraftState = 'filling',
): Promise<string> {
  const sealed = vault.seal(purpose, JSON.stringify(typed), `person/${personId}`)
  const [row] = await sql<{ version: string }[]>`
    insert into identity.proof_draft (person_id, sealed, state, expires_at)
    values (${personId}, ${sealed}, ${state}, now() + interval '1 day')
    on conflict (person_id) do update
    set sealed = excluded.sealed, state = excluded.state, version = gen_random_uuid(), updated_at = now(),
        expires_at = excluded.expires_at
    returning version`
  return row!.version
}

export async function deleteExpiredDrafts(sql: Sql): Promise<void> {
  await sql`delete from identity.proof_draft where expires_at < now()`
}
