import type { Sql } from '#platform'
import type { KeyKind } from '../notes/keys.rules.ts'

/** The public half of a key by which a log signs, or signed. */
export type LogVerifier = {
  log: string
  origin: string
  kind: KeyKind
  vkey: string
  /** `lost`: others may have it, so nothing that it signed is believed. */
  state: 'signs' | 'retired' | 'lost'
  madeAt: string
  /** When it retired, or will. */
  endsAt: string | null
}

const keysMax = 2000

/** Of every log of this installation, in the order of their names; those that sign first, of each kind the newest first. */
export async function listVerifiers(sql: Sql): Promise<LogVerifier[]> {
  return sql<LogVerifier[]>`
    select log.name as log, log.origin, log_key.kind, log_key.vkey, log_key.created_at as made_at,
      case when ended.is_lost then 'lost' when ended.ended_at is not null then 'retired' else 'signs' end as state,
      coalesce(ended.ended_at, log_secret.ends_at) as ends_at
    from ledger.log
    join ledger.log_key on log_key.log = log.id
    left join ledger.log_key_end as ended using (log, kind, number)
    left join ledger.log_secret using (log, kind, number)
    order by log.name, ended.ended_at is not null, log_key.kind, log_key.number desc
    limit ${keysMax}`
}
