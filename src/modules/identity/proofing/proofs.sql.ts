import type { Installation, Level, Sql, Text } from '#platform'

/** How a level was reached, as its person sees it. */
export type Proof = {
  reference: string
  level: Level
  method: string
  provenAt: string
  expiresAt: string
  organisation: string | null
  /** What has become of it. */
  state: 'counts' | 'ended' | 'withdrawn'
  withdrawnAt: string | null
  withdrawnReason: string | null
}

const proofsMax = 50

export type NewProof = {
  personId: string
  level: 2 | 3
  /** `register` or `counter`. */
  method: string
  months: number
  documentId?: string
  officer?: string
  organisation?: string
}

/** Records that a level was reached, from now on and for so many months. */
export async function insertProof(sql: Sql, proof: NewProof): Promise<void> {
  await sql`
    insert into identity.proof (person_id, level, method, expires_at, document_id, officer, organisation)
    values (${proof.personId}, ${proof.level}, ${proof.method}, now() + make_interval(months => ${proof.months}),
            ${proof.documentId ?? null}, ${proof.officer ?? null}, ${proof.organisation ?? null})`
}

const columns = (sql: Sql) => sql`
  'P-' || lpad(proof.id::text, 6, '0') as reference, proof.level, proof.method, proof.proven_at, proof.expires_at,
  proof.organisation, proof.withdrawn_at, proof.withdrawn_reason,
  case when proof.withdrawn_at is not null then 'withdrawn' when proof.expires_at <= now() then 'ended' else 'counts' end
    as state`

/** Every proof of a person, newest first. */
export async function listProofs(sql: Sql, personId: string): Promise<Proof[]> {
  return sql<Proof[]>`
    select ${columns(sql)}
    from identity.proof
    where person_id = ${personId}
    order by proof.id desc
    limit ${proofsMax}`
}

const idOf = (reference: string) => Number(reference.slice(2))

export type FoundProof = Proof & { personId: string; personName: Text; holdsDocument: boolean }

/** A proof by the reference that its person sees, as P-000012. */
export async function findProof(sql: Sql, reference: string): Promise<FoundProof | undefined> {
  const [proof] = await sql<FoundProof[]>`
    select ${columns(sql)}, person.id as person_id, person.name as person_name,
      ${holdsDocument(sql)} as holds_document
    from identity.proof
    join identity.person on person.id = proof.person_id
    where proof.id = ${idOf(reference)}`
  return proof
}

/** Whether a proof keeps its document from every other account, which it does after its end too. */
const holdsDocument = (sql: Sql) => sql`
  exists (
    select from identity.identity_document as held
    where held.id = proof.document_id and held.released_at is null)`

/** The proofs by which some account holds the document; where none counts any more, the last that ended. */
export async function listHolding(sql: Sql, lookup: Buffer): Promise<string[]> {
  const proofs = await sql<{ reference: string; state: Proof['state'] }[]>`
    select ${columns(sql)}
    from identity.proof
    join identity.identity_document as document on document.id = proof.document_id
    where document.number_lookup = ${lookup} and document.released_at is null and proof.withdrawn_at is null
    order by proof.id desc
    limit ${proofsMax}`
  const counting = proofs.filter(({ state }) => state === 'counts')
  return (counting.length > 0 ? counting : proofs.slice(0, 1)).map(({ reference }) => reference)
}

/**
 * Withdraws a proof that counts, or still holds its document; it is gone at the person's next request. A document that no other proof rests on is
 * released, so that whom it belongs to can use it. False where it was withdrawn before, or nothing was left of it.
 */
export async function withdrawProof(sql: Sql, reference: string, by: string, reason: string): Promise<boolean> {
  const [proof] = await sql<{ documentId: string | null }[]>`
    update identity.proof
    set withdrawn_at = now(), withdrawn_by = ${by}, withdrawn_reason = ${reason}
    where id = ${idOf(reference)} and withdrawn_at is null and (expires_at > now() or ${holdsDocument(sql)})
    returning document_id`
  if (proof?.documentId)
    await sql`
      update identity.identity_document
      set released_at = now()
      where id = ${proof.documentId} and released_at is null and not exists (
        select from identity.proof
        where proof.document_id = identity_document.id and proof.withdrawn_at is null and proof.expires_at > now())`
  return proof !== undefined
}

/**
 * Marks the proofs that end within so many days and are the last of their level, each once, and returns whose they are.
 */
export async function markEndingProofs(
  sql: Sql,
  days: number,
): Promise<{ personId: string; level: number; expiresAt: string }[]> {
  return sql<{ personId: string; level: number; expiresAt: string }[]>`
    update identity.proof
    set warned_at = now()
    where warned_at is null and withdrawn_at is null and expires_at > now()
      and expires_at < now() + make_interval(days => ${days})
      and not exists (
        select from identity.proof as later
        where later.person_id = proof.person_id and later.level >= proof.level and later.withdrawn_at is null
          and later.expires_at > proof.expires_at)
    returning person_id, level, expires_at`
}

/** What a document says of its holder; stored sealed and nowhere else. */
export type Particulars = { number: string; born: string; family: string; given: string }

export type HeldDocument = Particulars & { id: string; kind: string }

const purpose = 'identity-document'

/** By which a document is found again, without anybody reading its number. */
export const documentLookup = ({ vault }: Installation, kind: string, number: string) =>
  vault.lookup(purpose, `${kind} ${number}`)

/** The documents by which a person is proven, opened. */
export async function listDocuments(sql: Sql, { vault }: Installation, personId: string): Promise<HeldDocument[]> {
  const rows = await sql<{ id: string; kind: string; sealed: Buffer }[]>`
    select id, kind, sealed
    from identity.identity_document
    where person_id = ${personId} and released_at is null
    order by bound_at desc
    limit ${proofsMax}`
  return rows.map(({ id, kind, sealed }) => ({
    id,
    kind,
    ...(JSON.parse(vault.open(purpose, sealed, `person/${personId}`).toString('utf8')) as Particulars),
  }))
}

/** Whether an account that is open holds this document, and whether it is this person's. */
export async function findHolder(sql: Sql, lookup: Buffer): Promise<string | undefined> {
  const [row] = await sql<{ personId: string }[]>`
    select identity_document.person_id
    from identity.identity_document
    join identity.person on person.id = identity_document.person_id
    where number_lookup = ${lookup} and released_at is null and person.closed_at is null`
  return row?.personId
}

/**
 * Binds a document to a person, in the caller's transaction: `taken` where another open account holds it, `other-person`
 * where this account holds a document of somebody born on another day. Binding it again leaves it as it is.
 */
export async function bindDocument(
  sql: Sql,
  installation: Installation,
  personId: string,
  { kind, ...particulars }: Particulars & { kind: string },
): Promise<{ documentId: string } | { refused: 'taken' | 'other-person' }> {
  const lookup = documentLookup(installation, kind, particulars.number)
  // Of two who bind one document at once, the second waits and is told.
  await sql`select pg_advisory_xact_lock(hashtextextended(encode(${lookup}::bytea, 'hex'), 0))`
  await sql`
    update identity.identity_document
    set released_at = now()
    where number_lookup = ${lookup} and released_at is null and exists (
      select from identity.person where person.id = identity_document.person_id and person.closed_at is not null)`
  const holder = await findHolder(sql, lookup)
  if (holder !== undefined && holder !== personId) return { refused: 'taken' }
  const held = await listDocuments(sql, installation, personId)
  if (held.some(({ born }) => born !== particulars.born)) return { refused: 'other-person' }
  const same = held.find((each) => each.kind === kind && each.number === particulars.number)
  if (same) return { documentId: same.id }
  const sealed = installation.vault.seal(purpose, JSON.stringify(particulars), `person/${personId}`)
  const [row] = await sql<{ id: string }[]>`
    insert into identity.identity_document (person_id, kind, number_lookup, sealed)
    values (${personId}, ${kind}, ${lookup}, ${sealed})
    returning id`
  return { documentId: row!.id }
}

/** The proofs that count now and rest on a document, the highest first. */
export async function listDocumentProofs(
  sql: Sql,
  personId: string,
): Promise<{ documentId: string; level: number; method: string; provenAt: string; organisation: string | null }[]> {
  return sql`
    select document_id, level, method, proven_at, organisation
    from identity.proof
    where person_id = ${personId} and document_id is not null and withdrawn_at is null and expires_at > now()
    order by level desc, id desc
    limit ${proofsMax}`
}
