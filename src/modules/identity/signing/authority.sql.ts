import type { Sql } from '#platform'

export type AuthorityKind = 'root' | 'issuing' | 'timestamp'

export type AuthorityRow = {
  id: string
  kind: AuthorityKind
  issuerId: string | null
  certificate: Buffer
  sealedKey: Buffer
  beginsAt: string
  endsAt: string
}

const authoritiesMax = 100
const revokedMax = 100_000

/** One process at a time makes certificates of the authority. Until the end of the transaction. */
export async function lockAuthorities(sql: Sql): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('praya.identity.signing_authority'))`
}

/** All that there ever were, newest first. */
export async function listAuthorities(sql: Sql): Promise<AuthorityRow[]> {
  return sql<AuthorityRow[]>`
    select id, kind, issuer_id, certificate, sealed_key, begins_at, ends_at
    from identity.signing_authority
    order by begins_at desc, created_at desc
    limit ${authoritiesMax}`
}

/** Under the lock, as the newest of its kind. */
export async function insertAuthority(sql: Sql, row: AuthorityRow): Promise<void> {
  await sql`
    insert into identity.signing_authority (id, kind, issuer_id, certificate, sealed_key, begins_at, ends_at)
    values (${row.id}, ${row.kind}, ${row.issuerId}, ${row.certificate}, ${row.sealedKey}, ${row.beginsAt}, ${row.endsAt})`
}

export type SigningKeyRow = {
  serial: string
  personId: string
  authorityId: string
  certificate: Buffer
  sealedKey: Buffer
  sealedLatticeKey: Buffer | null
  beginsAt: string
  endsAt: string
}

/** Of two signatures of one person, one waits to be written: for the key that the other may be keeping. */
export async function lockPerson(sql: Sql, personId: string): Promise<void> {
  await sql`
    select id
    from identity.person
    where id = ${personId}
    for no key update`
}

/** The key that a person signs with now. */
export async function findSigningKey(sql: Sql, personId: string): Promise<SigningKeyRow | undefined> {
  const [row] = await sql<SigningKeyRow[]>`
    select serial, person_id, authority_id, certificate, sealed_key, sealed_lattice_key, begins_at, ends_at
    from identity.signing_key
    where person_id = ${personId} and revoked_at is null and replaced_at is null`
  return row
}

export async function insertSigningKey(sql: Sql, row: SigningKeyRow): Promise<void> {
  await sql`
    insert into identity.signing_key (serial, person_id, authority_id, certificate, sealed_key, sealed_lattice_key, begins_at, ends_at)
    values (${row.serial}, ${row.personId}, ${row.authorityId}, ${row.certificate}, ${row.sealedKey},
            ${row.sealedLatticeKey}, ${row.beginsAt}, ${row.endsAt})`
}

/** Its certificate counts until its end; its key is destroyed. */
export async function replaceSigningKey(sql: Sql, serial: string, at: string): Promise<void> {
  await sql`
    update identity.signing_key
    set replaced_at = ${at}, sealed_key = null, sealed_lattice_key = null
    where serial = ${serial} and replaced_at is null`
}

/** Ends a certificate before its time and destroys its key. False if the person has none such that counts. */
export async function revokeSigningKey(sql: Sql, personId: string, serial: string, at: string): Promise<boolean> {
  const { count } = await sql`
    update identity.signing_key
    set revoked_at = ${at}, sealed_key = null, sealed_lattice_key = null
    where person_id = ${personId} and serial = ${serial} and revoked_at is null`
  return count > 0
}

export type Certificate = {
  serial: string
  beginsAt: string
  endsAt: string
  revokedAt: string | null
  replacedAt: string | null
}

/** The certificates of a person, newest first. */
export async function listCertificatesOf(sql: Sql, personId: string): Promise<Certificate[]> {
  return sql<Certificate[]>`
    select serial, begins_at, ends_at, revoked_at, replaced_at
    from identity.signing_key
    where person_id = ${personId}
    order by created_at desc
    limit 50`
}

/** Whether an authority issued a certificate, and whether and when it was revoked. */
export async function findCertificate(
  sql: Sql,
  authorityId: string,
  serial: string,
): Promise<{ revokedAt: string | null } | undefined> {
  const [row] = await sql<{ revokedAt: string | null }[]>`
    select revoked_at
    from identity.signing_key
    where serial = ${serial} and authority_id = ${authorityId}`
  return row
}

/** For the list of revoked certificates of one authority. */
export async function listRevoked(sql: Sql, authorityId: string): Promise<{ serial: string; revokedAt: string }[]> {
  return sql<{ serial: string; revokedAt: string }[]>`
    select serial, revoked_at
    from identity.signing_key
    where authority_id = ${authorityId} and revoked_at is not null
    order by revoked_at desc
    limit ${revokedMax}`
}

/** A number that no other time stamp has, in any process. */
export async function nextTimestampSerial(sql: Sql): Promise<number> {
  const [row] = await sql<[{ serial: number }]>`select nextval('identity.timestamp_serial') as serial`
  return row.serial
}
