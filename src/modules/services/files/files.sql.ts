import type { Sql } from '#platform'

type FileState = 'held' | 'released' | 'refused'

/** Where a file belongs: a question of an application, or of one thing of a list in it. */
export type FilePlace = { application: string; question: string; thing: string | null }

export type FileRow = FilePlace & {
  id: string
  sealedName: Buffer
  mediaType: string
  octets: number
  state: FileState
  finding: string | null
  receivedAt: string
  scannedAt: string | null
  /** The case whose officer asked for it; null for a file of the form. */
  replyTo: string | null
  /** Who has it ready for an answer that is not sent yet. */
  unsentBy: string | null
}

const columns = (sql: Sql) => sql`
  file.id, file.application, file.question, file.thing, file.sealed_name, file.media_type, file.octets, file.state, file.finding,
  file.received_at, file.scanned_at, file.reply_to, file.unsent_by`

/** The file of these bytes for this question, if it was sent before; of an answer, if it is ready for that of this person. */
export async function findSame(
  sql: Sql,
  place: FilePlace,
  lookup: Buffer,
  unsentBy: string | null = null,
): Promise<FileRow | undefined> {
  const [row] = await sql<FileRow[]>`
    select ${columns(sql)}
    from services.file as file
    where application = ${place.application} and question = ${place.question} and thing is not distinct from ${place.thing}
      and lookup = ${lookup} and unsent_by is not distinct from ${unsentBy}`
  return row
}

type NewFile = FilePlace &
  Pick<FileRow, 'id' | 'sealedName' | 'mediaType' | 'octets'> &
  Partial<Pick<FileRow, 'replyTo' | 'unsentBy'>> & { sealedBytes: Buffer; lookup: Buffer; now: Date }

export async function insertFile(sql: Sql, file: NewFile): Promise<void> {
  await sql`
    insert into services.file (id, application, question, thing, sealed_name, sealed_bytes, lookup, media_type, octets, received_at,
      reply_to, unsent_by)
    values (${file.id}, ${file.application}, ${file.question}, ${file.thing}, ${file.sealedName}, ${file.sealedBytes},
      ${file.lookup}, ${file.mediaType}, ${file.octets}, ${file.now}, ${file.replyTo ?? null}, ${file.unsentBy ?? null})`
}

/** How many files an application has, and how large they are together. What was refused does not count, nor do answers. */
export async function countFiles(sql: Sql, application: string): Promise<{ files: number; octets: number }> {
  const [row] = await sql<[{ files: number; octets: number }]>`
    select count(*)::int as files, coalesce(sum(octets), 0)::float8 as octets
    from services.file
    where application = ${application} and state <> 'refused' and reply_to is null`
  return row
}

/** Files of an application and of answers about it, in the order in which they came; none of an answer that is not sent. */
export const listFiles = (sql: Sql, application: string) =>
  sql<FileRow[]>`
    select ${columns(sql)}
    from services.file as file
    where application = ${application} and unsent_by is null
    order by received_at, id
    limit 500`

export const listFilesAt = (sql: Sql, place: Omit<FilePlace, 'question'> & { questions: readonly string[] }) =>
  sql<FileRow[]>`
    select ${columns(sql)}
    from services.file as file
    where application = ${place.application} and question in ${sql(place.questions)}
      and thing is not distinct from ${place.thing}
    order by received_at, id
    limit 100`

/** A file of the form: those of answers are found by their case. */
export async function findFile(sql: Sql, application: string, id: string): Promise<FileRow | undefined> {
  const [row] = await sql<FileRow[]>`
    select ${columns(sql)}
    from services.file as file
    where id = ${id} and application = ${application} and reply_to is null`
  return row
}

/** How far some files are; of one that is not kept any more there is nothing. */
export const listStates = (sql: Sql, ids: readonly string[]) =>
  sql<Pick<FileRow, 'id' | 'state' | 'mediaType'>[]>`
    select id, state, media_type
    from services.file
    where id = any (${[...ids]}::uuid[])
    limit 5000`

/** The sealed content, in whatever state; null where it was deleted because of what was found. */
export async function findBytes(sql: Sql, id: string): Promise<Buffer | null> {
  const [row] = await sql<{ sealedBytes: Buffer | null }[]>`
    select sealed_bytes
    from services.file
    where id = ${id}`
  return row?.sealedBytes ?? null
}

export async function deleteFile(sql: Sql, application: string, id: string): Promise<void> {
  await sql`delete from services.file where id = ${id} and application = ${application}`
}

export async function deleteFilesOfThing(sql: Sql, application: string, thing: string): Promise<void> {
  await sql`delete from services.file where application = ${application} and thing = ${thing}`
}

/** Deletes what was sent for questions that are not part of the application any more. */
export async function deleteFilesBeside(sql: Sql, application: string, kept: readonly string[]): Promise<void> {
  await sql`delete from services.file where application = ${application} and not (id = any(${[...kept]}::uuid[]))`
}

/** What waits for the scanner; what it could not answer for goes to the end. */
export const listHeld = (sql: Sql, limit: number) =>
  sql<{ id: string; application: string; question: string; thing: string | null }[]>`
    select id, application, question, thing
    from services.file
    where state = 'held'
    order by coalesce(tried_at, received_at)
    limit ${limit}`

export async function updateTried(sql: Sql, id: string, now: Date): Promise<void> {
  await sql`update services.file set tried_at = ${now} where id = ${id} and state = 'held'`
}

export async function releaseScanned(sql: Sql, id: string, now: Date): Promise<void> {
  await sql`
    update services.file
    set state = 'released', scanned_at = ${now}, tried_at = ${now}
    where id = ${id} and state = 'held'`
}

/** Deletes the bytes of a file in which something was found. False where somebody else was first. */
export async function refuseScanned(sql: Sql, id: string, finding: string, now: Date): Promise<boolean> {
  const rows = await sql`
    update services.file
    set state = 'refused', sealed_bytes = null, finding = ${finding}, scanned_at = ${now}, tried_at = ${now}
    where id = ${id} and state = 'held'
    returning id`
  return rows.length > 0
}

/** Keeps what is left of a draft from which a file was taken; it lives no longer for it. */
export async function updateDraftWithout(sql: Sql, id: string, sealedTyped: Buffer): Promise<void> {
  await sql`
    update services.application
    set sealed_typed = ${sealedTyped}, revision = revision + 1
    where id = ${id} and state = 'draft'`
}

export type OfficeFile = FileRow & { reference: string; service: string; triedAt: string | null }

const officeFile = (sql: Sql, organisation: string) => sql`
  select ${columns(sql)}, file.tried_at, application.reference, application.service
  from services.file as file
  join services.application as application on application.id = file.application
  join services.version as version on version.hash = application.version
  where application.state = 'sent' and file.unsent_by is null and (version.definition ->> 'organisation' = ${organisation}
    or exists (
      select
      from services.case
      where "case".application = application.id and "case".organisation = ${organisation} and "case".ended_at is null))`

/** A file of what was sent to a service of this organisation, or about a case that it has in hand; and of nobody else’s. */
export async function findOfficeFile(sql: Sql, id: string, organisation: string): Promise<OfficeFile | undefined> {
  const [row] = await sql<OfficeFile[]>`${officeFile(sql, organisation)} and file.id = ${id}`
  return row
}

export const listOfficeHeld = (sql: Sql, organisation: string, limit: number) =>
  sql<OfficeFile[]>`
    ${officeFile(sql, organisation)} and file.state = 'held'
    order by file.received_at, file.id
    limit ${limit}`

/** Releases a file that no scanner has checked, once. */
export async function releaseUnchecked(sql: Sql, id: string, officer: string): Promise<boolean> {
  const rows = await sql`
    update services.file
    set state = 'released', released_by = ${officer}
    where id = ${id} and state = 'held'
    returning id`
  return rows.length > 0
}

/** A file of an answer to the officer of a case, sent or not. */
export async function findReplyFile(sql: Sql, reference: string, id: string): Promise<FileRow | undefined> {
  const [row] = await sql<FileRow[]>`
    select ${columns(sql)}
    from services.file as file
    where id = ${id} and reply_to = ${reference}`
  return row
}

/** What a person has ready for an answer. */
export const listUnsent = (sql: Sql, reference: string, personId: string) =>
  sql<FileRow[]>`
    select ${columns(sql)}
    from services.file as file
    where reply_to = ${reference} and unsent_by = ${personId}
    order by received_at, id
    limit 50`

/** Files go with the answer, and stay. */
export async function markSent(sql: Sql, reference: string, personId: string): Promise<void> {
  await sql`update services.file set unsent_by = null where reply_to = ${reference} and unsent_by = ${personId}`
}

export async function deleteUnsent(sql: Sql, of: { reference: string; personId: string; id: string }): Promise<void> {
  await sql`delete from services.file where id = ${of.id} and reply_to = ${of.reference} and unsent_by = ${of.personId}`
}
