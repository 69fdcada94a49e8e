import type { Sql } from '#platform'

/** One line of what a department says that a document is about. */
export type SummaryLine = { label: string; value: string }

export type SigningRequest = {
  id: string
  kind: 'hash' | 'pdf'
  personId: string | null
  requestedBy: string
  organisation: string | null
  service: string | null
  documentName: string
  summary: SummaryLine[]
  hash: string
  bytes: number | null
  pages: number | null
  createdAt: string
  expiresAt: string
  declinedAt: string | null
  signedBy: string | null
  signedAt: string | null
}

const columns = (sql: Sql) => sql`
  request.id, request.kind, request.person_id, request.requested_by, request.organisation, request.service,
  request.document_name, request.summary, request.hash, request.bytes, request.pages, request.created_at,
  request.expires_at, request.declined_at, signature.person_id as signed_by, signature.signed_at`

export async function findRequest(sql: Sql, id: string): Promise<SigningRequest | undefined> {
  const [row] = await sql<SigningRequest[]>`
    select ${columns(sql)}
    from identity.signing_request as request
    left join identity.signature on signature.request_id = request.id
    where request.id = ${id}`
  return row
}

/**
 * As `findRequest`; until the end of the transaction nobody else signs or declines it. Undefined, at once, where somebody
 * else does so now: whoever waited would keep a connection from everybody.
 */
export async function lockRequest(sql: Sql, id: string): Promise<SigningRequest | undefined> {
  const [locked] = await sql`
    select id
    from identity.signing_request
    where id = ${id}
    for update skip locked`
  return locked && findRequest(sql, id)
}

export type NewRequest = Pick<
  SigningRequest,
  'kind' | 'personId' | 'requestedBy' | 'organisation' | 'service' | 'documentName' | 'summary' | 'hash' | 'expiresAt'
> & { bytes?: number; pages?: number }

export async function insertRequest(sql: Sql, request: NewRequest): Promise<string> {
  const [row] = await sql<[{ id: string }]>`
    insert into identity.signing_request
      (kind, person_id, requested_by, organisation, service, document_name, summary, hash, bytes, pages, expires_at)
    values (${request.kind}, ${request.personId}, ${request.requestedBy}, ${request.organisation}, ${request.service},
            ${request.documentName}, ${sql.json(request.summary)}, ${request.hash}, ${request.bytes ?? null},
            ${request.pages ?? null}, ${request.expiresAt})
    returning id`
  return row.id
}

export async function declineRequest(sql: Sql, id: string, at: string): Promise<void> {
  await sql`
    update identity.signing_request
    set declined_at = ${at}
    where id = ${id} and declined_at is null`
}

/** What a department asked for, newest first. */
export async function listRequestsOf(sql: Sql, organisation: string): Promise<SigningRequest[]> {
  return sql<SigningRequest[]>`
    select ${columns(sql)}
    from identity.signing_request as request
    left join identity.signature on signature.request_id = request.id
    where request.organisation = ${organisation} and request.kind = 'hash'
    order by request.created_at desc
    limit 100`
}

/** What waits for a person’s signature, newest first. */
export async function listWaiting(sql: Sql, personId: string, at: string): Promise<SigningRequest[]> {
  return sql<SigningRequest[]>`
    select ${columns(sql)}
    from identity.signing_request as request
    left join identity.signature on signature.request_id = request.id
    where request.person_id = ${personId} and signature.request_id is null and request.declined_at is null
      and request.expires_at > ${at}
    order by request.created_at desc
    limit 50`
}

/** Keeps a sealed document until `expiresAt`, in the place of one that is there. */
export async function keepDocument(sql: Sql, requestId: string, sealed: Buffer, expiresAt: string): Promise<void> {
  await sql`
    insert into identity.signing_document (request_id, sealed, expires_at)
    values (${requestId}, ${sealed}, ${expiresAt})
    on conflict (request_id) do update set sealed = excluded.sealed, expires_at = excluded.expires_at`
}

export async function findDocument(sql: Sql, requestId: string, at: string): Promise<Buffer | undefined> {
  const [row] = await sql<{ sealed: Buffer }[]>`
    select sealed
    from identity.signing_document
    where request_id = ${requestId} and expires_at > ${at}`
  return row?.sealed
}

export async function deleteDocument(sql: Sql, requestId: string): Promise<void> {
  await sql`delete from identity.signing_document where request_id = ${requestId}`
}

/** How many documents of a person are kept now: nobody fills the disk with what they do not sign. */
export async function countDocumentsOf(sql: Sql, personId: string): Promise<number> {
  const [row] = await sql<[{ documents: number }]>`
    select count(document.request_id) as documents
    from identity.signing_document as document
    join identity.signing_request as request on request.id = document.request_id
    where request.requested_by = ${personId}`
  return row.documents
}

/** A job: documents that were not signed, or not fetched, in time. */
export async function deleteExpiredDocuments(sql: Sql): Promise<void> {
  await sql`delete from identity.signing_document where expires_at < now()`
}

export type Signature = {
  requestId: string
  personId: string
  serial: string
  cms: Buffer
  dual: unknown
  signedAt: string
}

export async function insertSignature(sql: Sql, signature: Signature): Promise<void> {
  await sql`
    insert into identity.signature (request_id, person_id, serial, cms, dual, signed_at)
    values (${signature.requestId}, ${signature.personId}, ${signature.serial}, ${signature.cms},
            ${signature.dual === null ? null : sql.json(signature.dual as never)}, ${signature.signedAt})`
}

export async function findSignature(sql: Sql, requestId: string): Promise<Signature | undefined> {
  const [row] = await sql<Signature[]>`
    select request_id, person_id, serial, cms, dual, signed_at
    from identity.signature
    where request_id = ${requestId}`
  return row
}

export type Receipt = {
  id: string
  kind: 'hash' | 'pdf'
  documentName: string
  organisation: string | null
  hash: string
  signedAt: string
  serial: string
  dual: boolean
  kept: boolean
}

/** What a person signed, newest first. */
export async function listReceipts(sql: Sql, personId: string, at: string): Promise<Receipt[]> {
  return sql<Receipt[]>`
    select request.id, request.kind, request.document_name, request.organisation, request.hash, signature.signed_at,
      signature.serial, signature.dual is not null as dual,
      exists (
        select from identity.signing_document as document
        where document.request_id = request.id and document.expires_at > ${at}) as kept
    from identity.signature
    join identity.signing_request as request on request.id = signature.request_id
    where signature.person_id = ${personId}
    order by signature.signed_at desc, request.id
    limit 200`
}
