import type { Sql } from '#platform'
import type { KeyKind } from '../notes/keys.rules.ts'

export type KeyRow = { kind: Exclude<KeyKind, 'ed25519'>; sealedKey: Buffer }

/** One process at a time makes keys. Until the end of the transaction. */
export async function lockKeys(sql: Sql): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('praya.ledger.witness-key'))`
}

/** The keys of the witness of this name, one of each kind at most. */
export async function listKeys(sql: Sql, name: string): Promise<KeyRow[]> {
  return sql<KeyRow[]>`
    select kind, sealed_key
    from ledger.witness_key
    where name = ${name}
    order by kind
    limit 2`
}

export async function insertKey(sql: Sql, name: string, { kind, sealedKey }: KeyRow): Promise<void> {
  await sql`
    insert into ledger.witness_key (name, kind, sealed_key)
    values (${name}, ${kind}, ${sealedKey})`
}
