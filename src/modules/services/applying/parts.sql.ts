import type { Sql } from '#platform'

/** What one party was asked to answer of an application. */
export type PartRow = {
  application: string
  party: string
  isOpen: boolean
  personId: string | null
  browserHash: Buffer | null
  revision: number
  sealedTyped: Buffer
  invitedAt: string
  signedAt: string | null
  signedDigest: string | null
}

export const listParts = (sql: Sql, application: string) =>
  sql<PartRow[]>`
    select application, party, code is not null as is_open, person_id, browser_hash, revision, sealed_typed, invited_at, signed_at,
      signed_digest
    from services.part
    where application = ${application}
    order by party
    limit 10`

/** Asks a party, or asks again by a new code: then whoever had the former one is out, and what they typed is gone. */
export async function upsertPart(
  sql: Sql,
  part: { application: string; party: string; code: Buffer; sealedTyped: Buffer; now: Date },
): Promise<void> {
  await sql`
    insert into services.part (application, party, code, sealed_typed, invited_at)
    values (${part.application}, ${part.party}, ${part.code}, ${part.sealedTyped}, ${part.now})
    on conflict (application, party) do update
    set code = excluded.code, sealed_typed = excluded.sealed_typed, invited_at = excluded.invited_at, person_id = null,
      browser_hash = null, signed_at = null, signed_digest = null, revision = part.revision + 1`
}

/** Gives a part to whoever has its code, which then counts no more. */
export async function takePart(
  sql: Sql,
  code: Buffer,
  by: { personId: string | null; browserHash: Buffer },
): Promise<string | undefined> {
  const [row] = await sql<{ application: string }[]>`
    update services.part
    set code = null, person_id = ${by.personId}, browser_hash = ${by.browserHash}, revision = revision + 1
    where code = ${code}
    returning application`
  return row?.application
}

/** Keeps what a party typed; what was signed before is signed no more. False where another change came first. */
export async function updatePart(
  sql: Sql,
  part: { application: string; party: string; revision: number; sealedTyped: Buffer },
): Promise<boolean> {
  const rows = await sql`
    update services.part
    set sealed_typed = ${part.sealedTyped}, revision = revision + 1, signed_at = null, signed_digest = null
    where application = ${part.application} and party = ${part.party} and revision = ${part.revision}
    returning party`
  return rows.length > 0
}

export async function signPart(
  sql: Sql,
  part: { application: string; party: string; digest: string; now: Date },
): Promise<void> {
  await sql`
    update services.part
    set signed_at = ${part.now}, signed_digest = ${part.digest}
    where application = ${part.application} and party = ${part.party}`
}
