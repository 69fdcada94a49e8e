import { randomUUID } from 'node:crypto'
import type { Level, Sql, Text } from '#platform'
import { provenLevelOf } from '../people/people.sql.ts'
import { organisationsOf } from '../sessions/sessions.sql.ts'

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
    person: { id: string; name: Text; level: Level; organisations: string[] }
    demonstration: boolean
    publicKey: Buffer
    counter: number
    synced: boolean
    locked: boolean
  } | null
}

/** A challenge that is unspent and the passkey that answers it, with its person as they are now, in one statement. */
export async function findAnsweredChallenge(
  sql: Sql,
  { id, purpose, subject, now, credentialId }: Asked & { credentialId: string },
): Promise<AnsweredChallenge | undefined> {
  type Passkey = NonNullable<AnsweredChallenge['passkey']>
  type Row = { challenge: string; askedOf: string | null } & Omit<Passkey, 'person'> &
    (Omit<Passkey['person'], 'id'> & { personId: string | null })
  const [row] = await sql<Row[]>`
    select challenge.challenge, challenge.person_id as asked_of, person.id as person_id, person.name,
      person.demonstration, passkey.public_key, passkey.counter, passkey.synced, passkey.locked_at is not null as locked,
      ${provenLevelOf(sql, sql`person.id`)} as level, array(${organisationsOf(sql, sql`person.id`)}) as organisations
    from identity.challenge
    left join identity.passkey on passkey.id = ${credentialId} and passkey.removed_at is null
    left join identity.person on person.id = passkey.person_id and person.closed_at is null
    where challenge.id = ${id} and challenge.purpose = ${purpose} and challenge.subject = ${subject}
      and challenge.expires_at > ${now}`
  if (!row) return undefined
  const { challenge, askedOf, personId, name, level, organisations, ...passkey } = row
  const person = personId === null ? undefined : { id: personId, name, level, organisations }
  return { challenge, askedOf, passkey: person ? { person, ...passkey } : null }
}

/** A job: challenges that nobody answered in time. */
export async function deleteExpiredChallenges(sql: Sql): Promise<void> {
  await sql`delete from identity.challenge where expires_at < now()`
}
