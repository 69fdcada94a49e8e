import type { Installation, Sql } from '#platform'
import { readCode } from './codes.rules.ts'

const purpose = 'recovery-code'

/** Gives a person these codes, and takes back those of before: of many who ask at once, the last one’s are left. */
export async function replaceCodes(
  sql: Sql,
  { vault, now }: Installation,
  personId: string,
  codes: readonly string[],
): Promise<void> {
  const at = now()
  // Otherwise none of them would see the codes of the others, and take them back.
  await sql`select 1 from identity.person where id = ${personId} for no key update`
  await withdrawCodes(sql, personId, at)
  const rows = codes.map((code) => ({
    lookup: vault.lookup(purpose, readCode(code)!),
    person_id: personId,
    created_at: at,
  }))
  await sql`insert into identity.recovery_code ${(sql as Installation['sql'])(rows)}`
}

/** Takes back every code that is left. */
export async function withdrawCodes(sql: Sql, personId: string, at: Date): Promise<void> {
  await sql`
    update identity.recovery_code
    set withdrawn_at = ${at}
    where person_id = ${personId} and used_at is null and withdrawn_at is null`
}

/** Spends a code and returns whose it was. Undefined if it is no code, was used or withdrawn, or the account is closed. */
export async function spendCode(
  sql: Sql,
  { vault, now, demonstration }: Installation,
  code: string,
): Promise<string | undefined> {
  const [spent] = await sql<{ personId: string }[]>`
    update identity.recovery_code
    set used_at = ${now()}
    from identity.person
    where recovery_code.lookup = ${vault.lookup(purpose, code)} and used_at is null and withdrawn_at is null
      and person.id = recovery_code.person_id and person.closed_at is null
      and (${demonstration} or not person.demonstration)
    returning recovery_code.person_id`
  return spent?.personId
}

/** How many codes a person has left. */
export async function countCodes(sql: Sql, personId: string): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    select count(*) as count
    from identity.recovery_code
    where person_id = ${personId} and used_at is null and withdrawn_at is null`
  return row.count
}
