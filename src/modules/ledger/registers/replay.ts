import { hash } from 'node:crypto'
import type { Installation, Sql } from '#platform'
import { secondOf } from '../entries/envelope.rules.ts'
import { readEntries } from '../explorer/entries.ts'
import { type Asked, checkLog, type Report } from '../fsck/fsck.ts'
import type { Read } from '../fsck/read.ts'
import { findLog, type LogRow, listEveryKey } from '../log/logs.sql.ts'
import { listPending } from '../log/pending.sql.ts'
import { readOwn } from '../log/served.ts'
import { findIndexes } from '../log/tiles.sql.ts'
import { parseVerifierKey } from '../notes/keys.rules.ts'
import { policyOfKeys } from '../notes/policy.rules.ts'
import { tileWidth, unpackBundle } from '../tree/tiles.rules.ts'
import { hashLeaf, isSame } from '../tree/tree.rules.ts'
import { type Contents, openContents } from './contents.ts'
import type { ItemState, StepFault } from './fold.rules.ts'
import { listAllItems, listAllSteps, listRegistersOf, listRules, type StepLine } from './registers.sql.ts'
import { type Counted, foldEntry, type Registers } from './replay.rules.ts'
import { canonical } from './rules.rules.ts'

/** An entry that breaks the rules of its register, or stands where it may not. */
export type Broken = { index: number; fault: StepFault }

export type Replayed = Report & {
  registers: Registers
  /** The first few entries without effect. */
  broken: Broken[]
}

const namedMax = 20

/** Folds the entries of a log one by one, and hands on each that counts. */
function openFolding(onCounted: (counted: Counted) => void = () => {}) {
  const registers: Registers = new Map()
  const broken: Broken[] = []
  let index = 0
  return {
    ...{ registers, broken },
    take(entry: Uint8Array) {
      const folded = foldEntry(registers, entry)
      if (typeof folded === 'object') onCounted(folded)
      else if (folded && broken.length < namedMax) broken.push({ index, fault: folded })
      index += 1
    },
  }
}

/** Computes every register of a log from its tiles alone, which are checked as `fsck` does. */
export async function replayLog(
  read: Read,
  asked: Omit<Asked, 'onEntries'>,
  { registers, broken, take } = openFolding(),
): Promise<Replayed> {
  const report = await checkLog(read, { ...asked, onEntries: (entries) => entries.forEach(take) })
  return { ...report, registers, broken }
}

export type Compared = Replayed & {
  /** Registers whose rules the tables hold otherwise than the log. */
  otherRules: string[]
  /**
   * Items whose state, steps, fields or holder the tables hold otherwise than the log, or than its entries were committed to, or
   * not at all, or that the log does not know; the first few.
   */
  different: { register: string; number: string }[]
}

/**
 * Computes the registers of a log of this installation and compares them with the tables, in one snapshot: what waits for
 * its place in the log is taken after what has one. Undefined where there is no such log.
 */
export const compareLog = (
  { sql, vault }: Pick<Installation, 'sql' | 'vault'>,
  name: string,
  onProgress?: Asked['onProgress'],
): Promise<Compared | undefined> =>
  sql.begin('isolation level repeatable read read only', async (transaction) => {
    const log = await findLog(transaction, name)
    if (!log) return undefined
    // What is published may still be signed by keys of before.
    const policy = policyOfKeys((await listEveryKey(transaction, log.id)).map(parseVerifierKey))
    const asked = { policy, where: log.origin, ...(onProgress && { onProgress }) }
    const steps = new Map<string, string>()
    const folding = openFolding((counted) => {
      if (!('item' in counted)) return
      const { entry, item, leaf, tookEffect } = counted
      const { register, item: number, kind, step, party, proposal = null } = entry
      const name = `${register}/${number}`
      const line = { leaf, place: item.entries, kind, step, party, proposal, tookEffect, at: entry.time }
      steps.set(name, chained(steps.get(name), line))
    })
    const replayed = await replayLog(readOwn(transaction, name), asked, folding)
    const size = Number(replayed.checkpoint.size)
    for (let at = size; at < log.size; at += tileWidth)
      (await readEntries(transaction, log, at, Math.min(at + tileWidth, log.size))).forEach(folding.take)
    for (const entry of await listWaiting(transaction, log)) folding.take(entry)
    const otherRules: string[] = []
    const different: Compared['different'] = []
    for (const register of await listRegistersOf(transaction, log.id)) {
      const { rules, items = new Map<string, ItemState>() } = replayed.registers.get(register) ?? {}
      const held = await listRules(transaction, register)
      if (held.map(({ leaf }) => leaf.toString('hex')).join() !== [...(rules?.all.keys() ?? [])].join())
        otherRules.push(register)
      const contents = openContents({ vault }, rules ?? { all: new Map() })
      const others = new Set<string>([
        ...(await differentSteps(transaction, register, { computed: steps, contents })),
        ...(await differentItems(transaction, register, { computed: items, contents })),
      ])
      for (const number of others) if (different.length < namedMax) different.push({ register, number })
    }
    return { ...replayed, otherRules, different }
  })

/** What waits for its place in a log and has none yet, in the order in which it will stand. */
export async function listWaiting(sql: Sql, log: Pick<LogRow, 'id'>): Promise<Uint8Array[]> {
  const entries = (await listPending(sql, log.id, pendingAsked)).flatMap(({ width, entries }) =>
    unpackBundle(entries, { level: 'entries', index: 0n, width }),
  )
  const placed = await findIndexes(sql, log.id, entries.map(hashLeaf))
  return entries.filter((_, at) => !placed.has(at))
}

const pendingAsked = { since: '0', entriesMax: 1_000_000, bytesMax: Number.MAX_SAFE_INTEGER }

/** Items whose rows do not hold what was computed, or that only one of both knows. */
async function differentItems(
  sql: Sql,
  register: string,
  { computed, contents }: { computed: ReadonlyMap<string, ItemState>; contents: Contents },
): Promise<string[]> {
  const left = new Set(computed.keys())
  const different: string[] = []
  for (let after = ''; ; ) {
    const rows = await listAllItems(sql, register, after)
    for (const row of rows) {
      left.delete(row.number)
      const item = computed.get(row.number)
      if (!item || !canonical(item).equals(canonical(row.folded)) || contents.isOther(row)) different.push(row.number)
    }
    if (rows.length === 0) return [...different, ...left].slice(0, namedMax)
    after = rows.at(-1)!.number
  }
}

/** Items whose steps are others than those that count in the log: their lines are chained to one hash for each item. */
async function differentSteps(
  sql: Sql,
  register: string,
  { computed, contents }: { computed: ReadonlyMap<string, string>; contents: Contents },
): Promise<string[]> {
  const prefix = `${register}/`
  const left = new Map([...computed].filter(([name]) => name.startsWith(prefix)))
  const held = new Map<string, string>()
  for (let after = { number: '', place: 0 }; ; ) {
    const rows = await listAllSteps(sql, register, after)
    for (const each of rows) {
      const { number, entry, actedAt, ...row } = each
      contents.take(each)
      // What the entry holds is shown as the leaf’s: it has to be that.
      const isOne = isSame(hashLeaf(entry), Buffer.from(row.leaf, 'hex'))
      const line = { ...row, at: isOne ? secondOf(new Date(actedAt)) : '' }
      held.set(number, chained(held.get(number), line))
    }
    if (rows.length === 0) break
    after = { number: rows.at(-1)!.number, place: rows.at(-1)!.place }
  }
  contents.end()
  const numbers = new Set([...held.keys(), ...[...left.keys()].map((name) => name.slice(prefix.length))])
  return [...numbers].filter((number) => held.get(number) !== left.get(prefix + number)).slice(0, namedMax)
}

/** A hash of one more step after those of before. */
const chained = (
  before = '',
  {
    leaf,
    place,
    kind,
    step,
    party,
    proposal,
    tookEffect,
    at,
  }: Pick<StepLine, 'leaf' | 'place' | 'kind' | 'step' | 'party' | 'proposal' | 'tookEffect'> & { at: string },
): string => hash('sha256', JSON.stringify([before, leaf, place, kind, step, party, proposal, tookEffect, at]))
