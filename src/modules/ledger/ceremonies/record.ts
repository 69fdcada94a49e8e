import type { FastifyRequest } from 'fastify'
import { recordAct, type Sql } from '#platform'
import { insertCeremony } from './ceremonies.sql.ts'

type Given = {
  event: string
  /** As the audit trail has it. */
  subject: string
  /** Whose key it is: a log, the witness, or a program. */
  holder: string
  keys: readonly string[]
  former?: readonly string[]
  /** Of a program’s key. */
  organisation?: string
  /** Who asked for it, where the person who sends this request approved it as the second. */
  askedBy?: string
  detail?: Readonly<Record<string, string | number | boolean | null>>
}

/** Writes an act with a key into the audit trail, and into the list of ceremonies, in the caller’s transaction. */
export async function recordCeremony(sql: Sql, actor: FastifyRequest | 'system', given: Given): Promise<void> {
  const { event, subject, holder, keys, former = [], organisation = null, askedBy = null, detail } = given
  const act = await recordAct(sql, actor, { event, subject, ...(detail && { detail }) })
  const by = actor === 'system' ? 'system' : actor.person!.id
  await insertCeremony(sql, {
    ...{ event, act, holder, keys, former, organisation, askedBy },
    // Who approved is the second officer; the act itself is of who asked.
    actedBy: askedBy ?? by,
    witnessedBy: askedBy === null ? null : by,
  })
}
