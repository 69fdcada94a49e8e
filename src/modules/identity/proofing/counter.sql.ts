import { randomInt } from 'node:crypto'
import type { Installation, Sql, Text } from '#platform'

/** Without letters and digits that are taken for one another, on paper or by ear. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const codeLength = 8
const purpose = 'counter-code'

/** A code as it is stored, from one as people write it. */
export const plainCode = (written: string) => written.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase()

export const writeCode = (code: string) => `${code.slice(0, 4)}-${code.slice(4)}`

export const isCode = (code: string) => code.length === codeLength && [...code].every((each) => alphabet.includes(each))

const lookupOf = ({ vault }: Installation, code: string) => vault.lookup(purpose, code)

/** The code that a person may use now. */
export async function findOpenCode(
  sql: Sql,
  { vault }: Installation,
  personId: string,
): Promise<{ code: string; expiresAt: string } | undefined> {
  const [row] = await sql<{ sealed: Buffer; expiresAt: string }[]>`
    select sealed, expires_at
    from identity.counter_code
    where person_id = ${personId} and used_at is null and expires_at > now()`
  return (
    row && { code: vault.open(purpose, row.sealed, `person/${personId}`).toString('utf8'), expiresAt: row.expiresAt }
  )
}

/** A new code, in place of the one before; a second click within a minute gets the first one's. */
export async function issueCode(
  sql: Sql,
  installation: Installation,
  personId: string,
  hours: number,
): Promise<'issued' | 'just-issued'> {
  await sql`select id from identity.person where id = ${personId} for update`
  const [young] = await sql`
    select 1
    from identity.counter_code
    where person_id = ${personId} and used_at is null and expires_at > now()
      and created_at > now() - interval '1 minute'`
  if (young) return 'just-issued'
  await sql`
    update identity.counter_code
    set used_at = now(), outcome = 'replaced'
    where person_id = ${personId} and used_at is null`
  const code = Array.from({ length: codeLength }, () => alphabet[randomInt(alphabet.length)]).join('')
  await sql`
    insert into identity.counter_code (person_id, code_lookup, sealed, expires_at)
    values (${personId}, ${lookupOf(installation, code)},
            ${installation.vault.seal(purpose, code, `person/${personId}`)}, now() + make_interval(hours => ${hours}))`
  return 'issued'
}

export type Visit = { id: string; personId: string; personName: Text }

/** Who brought this code to a counter, while it is good. */
export async function findVisitByCode(sql: Sql, installation: Installation, code: string): Promise<Visit | undefined> {
  const [row] = await sql<Visit[]>`
    select counter_code.id, person.id as person_id, person.name as person_name
    from identity.counter_code
    join identity.person on person.id = counter_code.person_id
    where code_lookup = ${lookupOf(installation, code)} and used_at is null and expires_at > now()
      and person.closed_at is null`
  return row
}

/** A visit whose code is still good. Locked for the transaction, so that it ends once. */
export async function findVisit(sql: Sql, id: string, { lock = false } = {}): Promise<Visit | undefined> {
  const [row] = await sql<Visit[]>`
    select counter_code.id, person.id as person_id, person.name as person_name
    from identity.counter_code
    join identity.person on person.id = counter_code.person_id
    where counter_code.id = ${id} and used_at is null and expires_at > now() and person.closed_at is null
    ${lock ? sql`for update of counter_code` : sql``}`
  return row
}

export type Ending = { outcome: 'proven' | 'refused'; reason?: string; officer: string; organisation: string | null }

/** The visit is over; its code is used up. */
export async function endVisit(sql: Sql, id: string, ending: Ending): Promise<void> {
  await sql`
    update identity.counter_code
    set used_at = now(), outcome = ${ending.outcome}, reason = ${ending.reason ?? null}, officer = ${ending.officer},
        organisation = ${ending.organisation}
    where id = ${id}`
}

/** The last visit to a counter that ended, for its person. */
export async function findLastVisit(
  sql: Sql,
  personId: string,
): Promise<{ outcome: 'proven' | 'refused'; reason: string | null; usedAt: string } | undefined> {
  const [row] = await sql<{ outcome: 'proven' | 'refused'; reason: string | null; usedAt: string }[]>`
    select outcome, reason, used_at
    from identity.counter_code
    where person_id = ${personId} and outcome in ('proven', 'refused')
    order by used_at desc
    limit 1`
  return row
}
