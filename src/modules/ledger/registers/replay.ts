import type { Database } from '#platform'
import { readEntries } from '../explorer/entries.ts'
import { type Asked, checkLog, type Report } from '../fsck/fsck.ts'
import type { Read } from '../fsck/read.ts'
import { findLog, listEveryKey } from '../log/logs.sql.ts'
import { listPending } from '../log/pending.sql.ts'
import { readOwn } from '../log/served.ts'
import { parseVerifierKey } from '../notes/keys.rules.ts'
import { policyOfKeys } from '../notes/policy.rules.ts'
import { tileWidth, unpackBundle } from '../tree/tiles.rules.ts'
import type { StepFault } from './fold.rules.ts'
import { listAllItems, listRegistersOf } from './registers.sql.ts'
import { foldEntry, type Registers } from './replay.rules.ts'
import { canonical } from './rules.rules.ts'

/** An entry that breaks the rules of its register, or stands where it may not. */
export type Broken = { index: number; fault: StepFault }

export type Replayed = Report & {
  registers: Registers
  /** The first few entries without effect. */
  broken: Broken[]
}

const namedMax = 20

/** Computes every register of a log from its tiles alone, which are checked as `fsck` does. */
export async function replayLog(read: Read, asked: Omit<Asked, 'onEntries'>): Promise<Replayed> {
  const registers: Registers = new Map()
  const broken: Broken[] = []
  let index = 0
  const take = (entry: Uint8Array) => {
    const fault = foldEntry(registers, entry)
    if (fault && broken.length < namedMax) broken.push({ index, fault })
    index += 1
  }
  const report = await checkLog(read, { ...asked, onEntries: (entries) => entries.forEach(take) })
  return { ...report, registers, broken }
}

export type Compared = Replayed & {
  /** Items that the tables hold otherwise than the log, or not at all, or that the log does not know; the first few. */
  different: { register: string; number: string }[]
}

/**
 * Computes the registers of a log of this installation and compares them with the tables, in one snapshot: what waits for
 * its place in the log is taken after what has one. Undefined where there is no such log.
 */
export const compareLog = (
  sql: Database['sql'],
  name: string,
  onProgress?: Asked['onProgress'],
): Promise<Compared | undefined> =>
  sql.begin('isolation level repeatable read read only', async (transaction) => {
    const log = await findLog(transaction, name)
    if (!log) return undefined
    // What is published may still be signed by keys of before.
    const policy = policyOfKeys((await listEveryKey(transaction, log.id)).map(parseVerifierKey))
    const asked = { policy, where: log.origin, ...(onProgress && { onProgress }) }
    const replayed = await replayLog(readOwn(transaction, name), asked)
    const { registers, broken, checkpoint } = replayed
    let index = Number(checkpoint.size)
    const take = (entry: Uint8Array) => {
      const fault = foldEntry(registers, entry)
      if (fault && broken.length < namedMax) broken.push({ index, fault })
      index += 1
    }
    for (let at = index; at < log.size; at += tileWidth)
      for (const entry of await readEntries(transaction, log, at, Math.min(at + tileWidth, log.size))) take(entry)
    for (const { width, entries } of await listPending(transaction, log.id, pendingAsked))
      for (const entry of unpackBundle(entries, { level: 'entries', index: 0n, width })) take(entry)
    const different: Compared['different'] = []
    for (const register of await listRegistersOf(transaction, log.id)) {
      const items = new Map(registers.get(register)?.items)
      for (let after = ''; ; ) {
        const rows = await listAllItems(transaction, register, after)
        for (const { number, folded } of rows) {
          const computed = items.get(number)
          items.delete(number)
          const isSame = computed !== undefined && canonical(computed).equals(canonical(folded))
          if (!isSame && different.length < namedMax) different.push({ register, number })
        }
        if (rows.length === 0) break
        after = rows.at(-1)!.number
      }
      for (const number of items.keys()) if (different.length < namedMax) different.push({ register, number })
    }
    return { ...replayed, different }
  })

const pendingAsked = { since: '0', entriesMax: 1_000_000, bytesMax: Number.MAX_SAFE_INTEGER }
