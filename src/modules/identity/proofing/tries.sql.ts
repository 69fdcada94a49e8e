import { isIPv6 } from 'node:net'
import type { Installation, Sql } from '#platform'
import type { DraftState } from './drafts.sql.ts'

/**
 * How often the register is asked. docs/concepts/levels.md says why a stranger can neither try birth dates nor shut out
 * the person whose document it is.
 */
export const limits = {
  personPerDay: 5,
  addressPerDay: 20,
  /** Failures within 30 days from which on a document is compared only for who has not failed before. */
  documentGuarded: 10,
  /** Failures within 30 days from which on a document is compared at a counter alone. */
  documentClosed: 100,
  keptDays: 40,
}

export type Refused = 'person-tried-often' | 'address-tried-often' | 'document-tried-often'

export type Try = { personId: string; document: Buffer; address: Buffer; holdsIt: boolean }

/** By which tries from one network are counted: an IPv4 address, or the /64 that an IPv6 subscriber has. */
export const addressLookup = ({ vault }: Installation, ip: string) =>
  vault.lookup('proof-address', isIPv6(ip) ? expand(ip).slice(0, 4).join(':') : ip)

function expand(ip: string): string[] {
  const [head = '', tail] = ip.split('%')[0]!.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail ? tail.split(':') : []
  const middle = tail === undefined ? 0 : 8 - left.length - right.length
  return [...left, ...new Array<string>(Math.max(middle, 0)).fill('0'), ...right].map((each) =>
    each.replace(/^0+(?=.)/, ''),
  )
}

/** Counts a question before it is asked, or says which limit it would pass. Two at once count one after the other. */
export async function beginTry(
  sql: Sql,
  { personId, document, address, holdsIt }: Try,
): Promise<{ id: number } | { refused: Refused }> {
  for (const each of [document, address])
    await sql`select pg_advisory_xact_lock(hashtextextended(encode(${each}::bytea, 'hex'), 1))`
  const [count] = await sql<{ byPerson: number; byAddress: number; failures: number; failedHere: number }[]>`
    select
      count(*) filter (where person_id = ${personId} and tried_at > now() - interval '1 day')::int as by_person,
      count(*) filter (where address_lookup = ${address} and tried_at > now() - interval '1 day')::int as by_address,
      count(*) filter (where document_lookup = ${document} and outcome <> 'match')::int as failures,
      count(*) filter (where (person_id = ${personId} or address_lookup = ${address}) and outcome <> 'match')::int
        as failed_here
    from identity.proof_try
    where (person_id = ${personId} or address_lookup = ${address} or document_lookup = ${document})
      and tried_at > now() - interval '30 days' and outcome <> 'unavailable'`
  const { byPerson, byAddress, failures, failedHere } = count!
  if (byPerson >= limits.personPerDay) return { refused: 'person-tried-often' }
  // Whom the document proves already has nothing to find out by trying.
  if (!holdsIt) {
    if (byAddress >= limits.addressPerDay) return { refused: 'address-tried-often' }
    if (failures >= limits.documentClosed) return { refused: 'document-tried-often' }
    if (failures >= limits.documentGuarded && failedHere > 0) return { refused: 'document-tried-often' }
  }
  const [row] = await sql<{ id: number }[]>`
    insert into identity.proof_try (person_id, document_lookup, address_lookup)
    values (${personId}, ${document}, ${address})
    returning id`
  return row!
}

export async function endTry(sql: Sql, id: number, outcome: DraftState): Promise<void> {
  await sql`update identity.proof_try set outcome = ${outcome} where id = ${id}`
}

export async function deleteOldTries(sql: Sql): Promise<void> {
  await sql`delete from identity.proof_try where tried_at < now() - make_interval(days => ${limits.keptDays})`
}
