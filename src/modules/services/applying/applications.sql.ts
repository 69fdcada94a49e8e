import type { Language, Sql } from '#platform'

/** An application as it is kept. `version` is the hash of its definition, in hexadecimal. */
export type Row = {
  id: string
  service: string
  version: string
  personId: string | null
  organisation: string | null
  browserHash: Buffer | null
  state: 'draft' | 'sent'
  revision: number
  sealedTyped: Buffer
  language: Language
  begunAt: string
  changedAt: string
  expiresAt: string | null
  reference: string | null
  sealedAnswers: Buffer | null
  sentAt: string | null
  returnNumber: string | null
  /** Of an editor who tries out a version: it cannot be sent. */
  preview: boolean
}

const columns = (sql: Sql, typed = sql`sealed_typed`) => sql`
  id, service, encode(version, 'hex') as version, person_id, organisation, browser_hash, state, revision, ${typed}, language,
  begun_at, changed_at, expires_at, reference, sealed_answers, sent_at, return_number, preview`

export async function findApplication(sql: Sql, id: string): Promise<Row | undefined> {
  const [row] = await sql<Row[]>`
    select ${columns(sql)}
    from services.application
    where id = ${id}`
  return row
}

/** The same; without what was typed where the revision is `known`, so that it need not be opened again. */
export async function findSince(
  sql: Sql,
  id: string,
  known: number,
): Promise<(Omit<Row, 'sealedTyped'> & { sealedTyped: Buffer | null }) | undefined> {
  const [row] = await sql<(Omit<Row, 'sealedTyped'> & { sealedTyped: Buffer | null })[]>`
    select ${columns(sql, sql`case when revision = ${known} then null else sealed_typed end as sealed_typed`)}
    from services.application
    where id = ${id}`
  return row
}

/**
 * The same, kept from every other transaction until this one ends. Not from one that only writes what belongs to it: whoever holds a
 * case may write it, which looks at the application again, and the two would wait for each other.
 */
export async function lockApplication(sql: Sql, id: string): Promise<Row | undefined> {
  const [row] = await sql<Row[]>`
    select ${columns(sql)}
    from services.application
    where id = ${id}
    for no key update`
  return row
}

type NewApplication = Pick<
  Row,
  'id' | 'service' | 'version' | 'personId' | 'organisation' | 'browserHash' | 'sealedTyped' | 'language'
> & { now: Date; expires: Date; preview?: boolean }

/** False where there is one under this id already. */
export async function insertApplication(sql: Sql, each: NewApplication): Promise<boolean> {
  const rows = await sql`
    insert into services.application (id, service, version, person_id, organisation, browser_hash, sealed_typed, language,
      begun_at, changed_at, expires_at, preview)
    values (${each.id}, ${each.service}, decode(${each.version}, 'hex'), ${each.personId}, ${each.organisation},
      ${each.browserHash}, ${each.sealedTyped}, ${each.language}, ${each.now}, ${each.now}, ${each.expires},
      ${each.preview ?? false})
    on conflict (id) do nothing
    returning id`
  return rows.length > 0
}

/** Keeps a draft that has changed; false where another change, or the sending, came first. */
export async function updateDraft(
  sql: Sql,
  draft: { id: string; revision: number; sealedTyped: Buffer; language: Language; now: Date; expires: Date },
): Promise<boolean> {
  const rows = await sql`
    update services.application
    set sealed_typed = ${draft.sealedTyped}, revision = revision + 1, changed_at = ${draft.now}, expires_at = ${draft.expires},
      language = ${draft.language}
    where id = ${draft.id} and revision = ${draft.revision} and state = 'draft'
    returning id`
  return rows.length > 0
}

/** Makes of a draft what was sent. What was typed beside the answers is not kept: it was never sent. */
export async function updateSent(
  sql: Sql,
  sent: { id: string; reference: string; sealedAnswers: Buffer; sealedTyped: Buffer; now: Date; language: Language },
): Promise<void> {
  await sql`
    update services.application
    set state = 'sent', reference = ${sent.reference}, sealed_answers = ${sent.sealedAnswers},
      sealed_typed = ${sent.sealedTyped}, sent_at = ${sent.now}, changed_at = ${sent.now}, expires_at = null,
      language = ${sent.language}
    where id = ${sent.id} and state = 'draft'`
}

export async function deleteDraft(sql: Sql, id: string): Promise<boolean> {
  const rows = await sql`
    delete from services.application
    where id = ${id} and state = 'draft'
    returning id`
  return rows.length > 0
}

/** Deletes every draft that nobody came back to, a thousand at a time, so that no lock is held for long. */
export async function deleteExpired(sql: Sql, now: Date, atOnce = 1000): Promise<void> {
  while ((await deleteSomeExpired(sql, now, atOnce)) === atOnce);
}

async function deleteSomeExpired(sql: Sql, now: Date, atOnce: number): Promise<number> {
  const rows = await sql`
    delete from services.application
    where id in (
      select id
      from services.application
      where expires_at < ${now}
      order by expires_at
      limit ${atOnce}
      for update skip locked)
    returning id`
  return rows.length
}

export type Listed = Pick<
  Row,
  'id' | 'service' | 'version' | 'state' | 'begunAt' | 'changedAt' | 'expiresAt' | 'reference' | 'sentAt'
>

/** Which part of a list is wanted, and in which order of their beginnings; otherwise the last changed stand first. */
export type Part = { first: number; max: number; begun?: 'asc' | 'desc' | undefined }

/** What a person began or sent in one name; of a company also what others sent for it, with who did. */
export const listApplications = (
  sql: Sql,
  {
    personId,
    organisation,
    service,
    applicant,
  }: { personId: string; organisation: string | null; service?: string | undefined; applicant?: string | undefined },
  { first, max, begun }: Part = { first: 0, max: 200 },
) =>
  sql<(Listed & { personId: string })[]>`
    select id, service, encode(version, 'hex') as version, state, begun_at, changed_at, expires_at, reference, sent_at, person_id
    from services.application
    where ((person_id = ${personId} and organisation is not distinct from ${organisation})
        or (organisation = ${organisation} and state = 'sent'))
      and not preview
      ${service === undefined ? sql`` : sql`and service = ${service}`}
      ${applicant === undefined ? sql`` : sql`and person_id = ${applicant}`}
    order by ${begun === undefined ? sql`changed_at desc` : begun === 'asc' ? sql`begun_at` : sql`begun_at desc`}, id
    offset ${first}
    limit ${max}`

/** When some applications were begun and sent. */
export const listBegun = (sql: Sql, ids: readonly string[]) =>
  sql<Pick<Row, 'id' | 'begunAt' | 'sentAt'>[]>`
    select id, begun_at, sent_at
    from services.application
    where id = any (${[...ids]})
    limit 500`

/** Drafts that a browser began without anybody being signed in. */
export const listDraftsOfBrowser = (sql: Sql, browserHash: Buffer, service: string) =>
  sql<Listed[]>`
    select id, service, encode(version, 'hex') as version, state, begun_at, changed_at, expires_at, reference, sent_at
    from services.application
    where browser_hash = ${browserHash} and service = ${service} and state = 'draft' and not preview
    order by changed_at desc
    limit 20`

/** Gives an application a number, once, and a code that counts from now on. */
export async function setReturnCode(sql: Sql, given: { id: string; number: string; code: Buffer }): Promise<void> {
  await sql`
    update services.application
    set return_number = coalesce(return_number, ${given.number}), return_code = ${given.code}
    where id = ${given.id}`
}

/** Gives an application to the browser of whoever has its number and code, which then counts no more. */
export async function takeByCode(
  sql: Sql,
  { number, code, browserHash }: { number: string; code: Buffer; browserHash: Buffer },
): Promise<string | undefined> {
  const [row] = await sql<{ id: string }[]>`
    update services.application
    set browser_hash = ${browserHash}, return_code = null, revision = revision + 1
    where (return_number = ${number} or reference = ${number}) and return_code = ${code} and person_id is null
    returning id`
  return row?.id
}

export async function keepInAccount(
  sql: Sql,
  { id, personId, organisation }: { id: string; personId: string; organisation: string | null },
): Promise<void> {
  await sql`
    update services.application
    set person_id = ${personId}, organisation = ${organisation}, browser_hash = null, return_code = null,
      revision = revision + 1
    where id = ${id} and person_id is null`
}
