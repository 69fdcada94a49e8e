import type { Sql } from '#platform'
import type { KeyKind } from '../notes/keys.rules.ts'

export type KeyRow = {
  kind: Exclude<KeyKind, 'ed25519'>
  /** 1 for the first of its kind; what follows a key has the next. */
  number: number
  sealedKey: Buffer
  /** When it retires, where another one follows it. */
  endsAt: string | null
}

/**
 * A witness has two keys, and while they are followed by others four; who rotates more often than they retire has more, up to
 * this many: each adds its line to every answer, of which logs read 64 KiB (`publication/ask.ts`).
 */
export const keysMax = 16
const formerMax = 100

/** One process at a time makes keys. Until the end of the transaction. */
export async function lockKeys(sql: Sql): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('praya.ledger.witness-key'))`
}

/** The keys by which the witness of this name cosigns, the newest first. */
export async function listKeys(sql: Sql, name: string): Promise<KeyRow[]> {
  return sql<KeyRow[]>`
    select kind, number, sealed_key, ends_at
    from ledger.witness_key
    where name = ${name}
    order by number desc, kind
    limit ${keysMax}`
}

export async function insertKey(
  sql: Sql,
  name: string,
  { kind, number, sealedKey }: Omit<KeyRow, 'endsAt'>,
): Promise<void> {
  await sql`
    insert into ledger.witness_key (name, kind, number, sealed_key)
    values (${name}, ${kind}, ${number}, ${sealedKey})`
}

/** The number of the newest keys that the witness of this name ever had; 0 before the first. */
export async function findLastNumber(sql: Sql, name: string): Promise<number> {
  const [row] = await sql<[{ number: number }]>`
    select greatest(
      (select max(number) from ledger.witness_key where name = ${name}),
      (select max(number) from ledger.former_witness_key where name = ${name}), 0)::int as number`
  return row.number
}

/** The keys of before retire at this time, unless they do so earlier. */
export async function letKeysEnd(sql: Sql, name: string, { before, at }: { before: number; at: Date }): Promise<void> {
  await sql`
    update ledger.witness_key
    set ends_at = ${at}
    where name = ${name} and number < ${before} and ends_at is null`
}

export type FormerKey = { vkey: string; isLost: boolean; endedAt: string }

/** These keys cosign no more: their private halves are gone when the transaction is committed. */
export async function endKeys(
  sql: Sql,
  name: string,
  { keys, lost, at }: { keys: readonly { kind: string; number: number; vkey: string }[]; lost: boolean; at: Date },
): Promise<void> {
  await sql`
    with ended as (
      select kind, number, vkey
      from unnest(
        ${keys.map(({ kind }) => kind)}::text[], ${keys.map(({ number }) => number)}::smallint[],
        ${keys.map(({ vkey }) => vkey)}::text[]) as ended(kind, number, vkey)
    ), gone as (
      delete from ledger.witness_key
      using ended
      where witness_key.name = ${name} and witness_key.kind = ended.kind and witness_key.number = ended.number
      returning ended.number, ended.vkey
    )
    insert into ledger.former_witness_key (name, number, vkey, is_lost, ended_at)
    select ${name}, number, vkey, ${lost}, ${at}
    from gone`
}

/** The keys by which the witness of this name cosigned before, those that retired last first. */
export async function listFormerKeys(sql: Sql, name: string): Promise<FormerKey[]> {
  return sql<FormerKey[]>`
    select vkey, is_lost, ended_at
    from ledger.former_witness_key
    where name = ${name}
    order by ended_at desc, vkey
    limit ${formerMax}`
}
