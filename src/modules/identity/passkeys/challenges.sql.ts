import { randomUUID } from 'node:crypto'
import type { Sql } from '#platform'

export type NewChallenge = {
  purpose: string
  subject: string
  personId?: string | undefined
  challenge: string
  /** Sealed, for an account that is being opened. */
  name?: ((id: string) => Buffer) | undefined
  expiresAt: Date
}

/** Keeps a challenge and returns its identifier, to which `name` is sealed. */
export async function insertChallenge(sql: Sql, challenge: NewChallenge): Promise<string> {
  const id = randomUUID()
  await sql`
    insert into identity.challenge (id, purpose, subject, person_id, challenge, name, expires_at)
    values (${id}, ${challenge.purpose}, ${challenge.subject}, ${challenge.personId ?? null}, ${challenge.challenge},
            ${challenge.name?.(id) ?? null}, ${challenge.expiresAt})`
  return id
}

export type Challenge = { challenge: string; personId: string | null; name: Buffer | null }

/** The challenge of an account that is being opened, for another look at its page. */
export async function findChallenge(
  sql: Sql,
  { id, purpose, now }: { id: string; purpose: string; now: Date },
): Promise<Challenge | undefined> {
  const [found] = await sql<Challenge[]>`
    select challenge, person_id, name
    from identity.challenge
    where id = ${id} and purpose = ${purpose} and expires_at > ${now}`
  return found
}

type Asked = { id: string; purpose: string; subject: string; now: Date }

/** Spends a challenge. Undefined if it was spent, has expired, or is for something else; of two at once one gets it. */
export async function takeChallenge(sql: Sql, { id, purpose, subject, now }: Asked): Promise<Challenge | undefined> {
  const [taken] = await sql<Challenge[]>`
    delete from identity.challenge
    where id = ${id} and purpose = ${purpose} and subject = ${subject} and expires_at > ${now}
    returning challenge, person_id, name`
  return taken
}

export type AnsweredChallenge = {
  challenge: string
  askedOf: string | null
  /** Null where nobody’s open account has this passkey. */
  passkey: {
    personId: string
    demonstration: boolean
    publicKey: Buffer
    counter: number
    synced: boolean
    locked: boolean
  } | null
}

/** Spends a challenge and finds the passkey that answers it, in one statement. */
export async function takeAnsweredChallenge(
  sql: Sql,
  { id, purpose, subject, now, credentialId }: Asked & { credentialId: string },
): Promise<AnsweredChallenge | undefined> {
  type Row = { challenge: string; askedOf: string | null; found: boolean } & NonNullable<AnsweredChallenge['passkey']>
  const [row] = await sql<Row[]>`
    with taken as (
      delete from identity.challenge
      where id = ${id} and purpose = ${purpose} and subject = ${subject} and expires_at > ${now}
      returning challenge, person_id)
    select taken.challenge, taken.person_id as asked_of, person.id is not null as found, passkey.person_id,
      person.demonstration, passkey.public_key, passkey.counter, passkey.synced, passkey.locked_at is not null as locked
    from taken
    left join identity.passkey on passkey.id = ${credentialId} and passkey.removed_at is null
    left join identity.person on person.id = passkey.person_id and person.closed_at is null`
  if (!row) return undefined
  const { challenge, askedOf, found, ...passkey } = row
  return { challenge, askedOf, passkey: found ? passkey : null }
}

/** A job: challenges that nobody answered in time. */
export async function deleteExpiredChallenges(sql: Sql): Promise<void> {
  await sql`delete from identity.challenge where expires_at < now()`
}
