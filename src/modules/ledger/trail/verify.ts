import { type Installation, listEvents, type Sql, type TrailEvent } from '#platform'
import type { Fault } from '../faults.ts'
import { checkLog } from '../fsck/fsck.ts'
import { findLog, listEveryKey } from '../log/logs.sql.ts'
import { listPending } from '../log/pending.sql.ts'
import { readOwn } from '../log/served.ts'
import { findIndexes } from '../log/tiles.sql.ts'
import type { Checkpoint } from '../notes/checkpoint.rules.ts'
import { parseVerifierKey } from '../notes/keys.rules.ts'
import { policyOfKeys } from '../notes/policy.rules.ts'
import { unpackBundle } from '../tree/tiles.rules.ts'
import { type Hash, hashLeaf, isSame } from '../tree/tree.rules.ts'
import { entryOf, trailLog } from './trail.rules.ts'

export type TrailReport = {
  /** Events that stand in the log as they are, and those that wait for it. */
  logged: number
  waiting: number
  /** The first few events that the log does not have: changed since, or written past it. */
  changed: number[]
  /** The first few entries of the log whose event is gone or was changed. */
  gone: number[]
  /** How many others are without an event, as whoever asks knows. */
  lost: number
  /** What is wrong with the log itself. */
  findings: readonly Fault[]
}

const batch = 1000
const namedMax = 20

/**
 * Computes the whole trail again and compares it with its log, and the log with what it signed; with `since`, a checkpoint
 * that somebody kept, also whether anything of before was taken away.
 */
export async function verifyTrail(
  { sql, vault }: Pick<Installation, 'sql' | 'vault'>,
  {
    since,
    isLost = () => false,
    onRead,
  }: {
    since?: Checkpoint | undefined
    /** Of an entry, by its number. Nothing in the database says so: whoever changes that would say it, too. */
    isLost?: (index: number) => boolean
    onRead?: (events: number) => void
  } = {},
): Promise<TrailReport> {
  const log = await findLog(sql, trailLog)
  if (!log) throw new Error('The log of the trail is made before the first act')
  const report = { logged: 0, waiting: 0, changed: [] as number[], gone: [] as number[], lost: 0 }
  const seen = new Uint8Array(log.size)
  /** One that was not found a moment ago may be on its way: it leaves the waiting rows in the transaction that gives it a place. */
  const lookAgain = async (event: TrailEvent) => {
    const leaf = hashLeaf(entryOf(vault, event))
    if (await isPending(sql, log.id, leaf)) return 'waiting'
    return (await findIndexes(sql, log.id, [leaf])).get(0)
  }
  for (let after = 0, read = 0; ; ) {
    const events = await listEvents(sql, { after, limit: batch })
    const found = await findIndexes(
      sql,
      log.id,
      events.map((event) => hashLeaf(entryOf(vault, event))),
    )
    for (const [place, event] of events.entries()) {
      const index = found.get(place) ?? (event.waits ? 'waiting' : await lookAgain(event))
      if (index === 'waiting') report.waiting += 1
      else if (index !== undefined) {
        report.logged += 1
        // What came into the log after its size was read is not missed.
        if (index < log.size) seen[index] = 1
      } else if (report.changed.length < namedMax) report.changed.push(event.id)
    }
    read += events.length
    if (events.length < batch) break
    after = events.at(-1)!.id
    onRead?.(read)
  }
  for (let index = 0; index < seen.length && report.gone.length < namedMax; index += 1) {
    if (seen[index] === 1) continue
    if (isLost(index)) report.lost += 1
    else report.gone.push(index)
  }
  const policy = policyOfKeys((await listEveryKey(sql, log.id)).map(parseVerifierKey))
  const { findings } = await checkLog(readOwn(sql, trailLog), { policy, where: log.origin, ...(since && { since }) })
  return { ...report, findings }
}

const pendingMax = 100_000

async function isPending(sql: Sql, log: number, leaf: Hash): Promise<boolean> {
  const rows = await listPending(sql, log, { since: '0', entriesMax: pendingMax, bytesMax: Number.MAX_SAFE_INTEGER })
  return rows.some(({ width, entries }) =>
    unpackBundle(entries, { level: 'entries', index: 0n, width }).some((entry) => isSame(hashLeaf(entry), leaf)),
  )
}
