import type { Sql } from '#platform'
import type { KeyKind } from '../notes/keys.rules.ts'

/** The public half of a key by which a log signs. */
export type LogVerifier = { log: string; origin: string; kind: KeyKind; vkey: string }

const keysMax = 400

/** Of every log of this installation, in the order of their names. */
export async function listVerifiers(sql: Sql): Promise<LogVerifier[]> {
  return sql<LogVerifier[]>`
    select log.name as log, log.origin, log_key.kind, log_key.vkey
    from ledger.log
    join ledger.log_key on log_key.log = log.id
    order by log.name, log_key.kind
    limit ${keysMax}`
}
