import { randomBytes } from 'node:crypto'
import type { Installation, Sql } from '#platform'
import { findPublished, getLog, makeProof } from '../explorer/read.ts'
import { append } from '../log/append.ts'
import { logs } from '../log/definitions.ts'
import { pathOf } from '../log/logs.ts'
import { commitmentOf } from '../proofs/commitment.rules.ts'
import { printExtra, saltBytes } from '../proofs/extra.rules.ts'
import { printEnvelope, secondOf } from './envelope.rules.ts'

/** What another module keeps of an entry that it made: with the salt it can show what the entry speaks of, or forget it. */
export type Entered = { entry: Buffer; leaf: Buffer; salt: Buffer }

/**
 * Lets a commitment to `content` stand in a log, in the caller’s transaction: it is there exactly if what it tells of has happened.
 * The log holds an HMAC keyed by a fresh salt and nothing of the content. `kind` is one of `kindTexts`. Throws where the
 * organisation does not write to the log by the pack.
 */
export async function enter(
  sql: Sql,
  { pack, now }: Pick<Installation, 'pack' | 'now'>,
  { log, organisation, kind, content }: { log: string; organisation: string; kind: string; content: Uint8Array },
): Promise<Entered> {
  if (!pack.find(logs, log)?.writers.includes(organisation)) throw new Error(`${organisation} does not write to ${log}`)
  const salt = randomBytes(saltBytes)
  const commitment = commitmentOf(content, salt)
  const entry = printEnvelope({ commitment, kind, org: organisation, time: secondOf(now()), v: 1 })
  const [leaf] = await append(sql, log, [entry])
  return { entry, leaf: Buffer.from(leaf!), salt }
}

type Kept = { log: string; leaf: Uint8Array }

/** The page of an entry with its proof; null until it is published, a fraction of a second after its transaction. */
export async function findEntryPath(
  installation: Pick<Installation, 'sql' | 'pack'>,
  { log, leaf }: Kept,
): Promise<string | null> {
  const index = await findPublished(installation.sql, await getLog(installation, log), Buffer.from(leaf))
  return index === undefined ? null : `${pathOf(log)}/entries/${index}`
}

/** The proof of an entry (C2SP tlog-proof), which carries it, and its salt where that is kept; undefined until it is published. */
export async function proveEntry(
  installation: Pick<Installation, 'sql' | 'pack'>,
  { log, leaf, entry, salt }: Kept & { entry: Uint8Array; salt: Uint8Array | null },
): Promise<Uint8Array | undefined> {
  const open = await getLog(installation, log)
  const index = await findPublished(installation.sql, open, Buffer.from(leaf))
  if (index === undefined) return undefined
  return makeProof(installation.sql, open, index, printExtra({ entry, ...(salt && { salt }) }))
}
