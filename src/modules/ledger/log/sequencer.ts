import type { Logger } from 'pino'
import type { Installation } from '#platform'
import type { Signer } from '../notes/keys.rules.ts'
import type { Hash } from '../tree/tree.rules.ts'
import { findLog } from './logs.sql.ts'
import { openSigners } from './logs.ts'
import { findWaitingLogs, waitingLogsMax } from './pending.sql.ts'
import { rest } from './rest.ts'
import { sequence } from './sequence.ts'
import { findIndexes } from './tiles.sql.ts'

/** From a promise to its place in the log, at most, while nothing fails. */
export const sequenceEveryMs = 200
/** Now and then everything is looked for again: a database that was restored counts its transactions anew. */
const ticksOfHorizon = 25
/** Of what nobody waits for. */
const ticksOfRound = 5
const restMsAfterFailure = 500

export type Sequencer = {
  /** Puts in order whatever waits, of every log. Rejects where the database cannot be asked. */
  tick: () => Promise<void>
  /**
   * Where these leaves are, as soon as all are in order, by whichever process; undefined for what is not there when `signal`
   * says that nobody waits any more.
   */
  wait: (log: string, leaves: readonly Hash[], signal: AbortSignal) => Promise<(number | undefined)[]>
  /** Ticks until it is stopped; `stop` resolves when nothing is under way. */
  start: () => void
  stop: () => Promise<void>
}

/** What goes on around the order of entries. */
type Around = {
  /** Appends what others keep for a log, now and then, and returns how much. */
  feed?: () => Promise<number>
  /** A log has a new checkpoint. */
  onGrown?: (name: string) => void
  /** As often as there is something to feed. */
  onRound?: () => Promise<void>
}

type Waiting = { log: string; leaves: readonly Hash[]; done: (indexes: (number | undefined)[]) => void }

/** One for each process. Any number of processes may do this at once: each log grows by one of them at a time. */
export function openSequencer(
  { sql, vault, now }: Pick<Installation, 'sql' | 'vault' | 'now'>,
  log: Pick<Logger, 'error' | 'info'>,
  { feed, onGrown, onRound }: Around = {},
): Sequencer {
  const signers = new Map<number, { epoch: number; opened: readonly Signer[] }>()
  const waiting = new Set<Waiting>()
  let since = '0'
  let ticks = 0

  async function tick(): Promise<void> {
    ticks += 1
    if (ticks % ticksOfHorizon === 0) since = '0'
    if (ticks % ticksOfRound === 0) {
      if (feed) while ((await feed()) > 0);
      await onRound?.()
    }
    const { names, horizon } = await findWaitingLogs(sql, since)
    let whole = names.length < waitingLogsMax
    for (const name of names) if (!(await sequenceAll(name))) whole = false
    if (whole) since = horizon
    await Promise.all(
      Map.groupBy(waiting, ({ log }) => log)
        .entries()
        .map(tellThose),
    )
  }

  /** All that waits for a log. False where somebody else is about it, or this is stopped. */
  async function sequenceAll(name: string): Promise<boolean> {
    for (;;) {
      const done = await sequence(name, {
        ...{ sql, now, since },
        async signersOf(sql, row) {
          const known = signers.get(row.id)
          if (known?.epoch === row.epoch) return known.opened
          const opened = await openSigners(sql, vault, row)
          signers.set(row.id, { epoch: row.epoch, opened })
          return opened
        },
      })
      if (done && done.added > 0) onGrown?.(name)
      if (!done?.more) return done !== undefined
      if (stopping?.signal.aborted) return false
    }
  }

  /** All of one log in one question. */
  async function tellThose([name, those]: [string, Waiting[]]): Promise<void> {
    const row = await findLog(sql, name)
    const found = row
      ? await findIndexes(
          sql,
          row.id,
          those.flatMap(({ leaves }) => leaves),
        )
      : new Map()
    let at = 0
    for (const each of those) {
      const indexes = each.leaves.map((_, place) => found.get(at + place))
      at += each.leaves.length
      if (indexes.includes(undefined)) continue
      waiting.delete(each)
      each.done(indexes)
    }
  }

  let stopping: AbortController | undefined
  let running: Promise<void> | undefined

  async function run(signal: AbortSignal): Promise<void> {
    let failing = false
    while (!signal.aborted) {
      const began = performance.now()
      try {
        await tick()
        if (failing) log.info('Entries of logs are put in order again')
        failing = false
      } catch (error) {
        // Nothing is lost: what waits stands in the database, and is tried again.
        if (!failing && !signal.aborted) log.error({ err: error }, 'Entries of logs cannot be put in order')
        failing = true
      }
      const took = performance.now() - began
      await rest(failing ? restMsAfterFailure : Math.max(sequenceEveryMs - took, 0), signal)
    }
  }

  return {
    tick,
    wait(name, leaves, signal) {
      return new Promise((done) => {
        const each = { log: name, leaves, done }
        waiting.add(each)
        const leave = () => {
          if (waiting.delete(each)) done(leaves.map(() => undefined))
        }
        if (signal.aborted) leave()
        else signal.addEventListener('abort', leave, { once: true })
      })
    },
    start() {
      stopping = new AbortController()
      running = run(stopping.signal)
    },
    async stop() {
      stopping?.abort()
      for (const each of waiting) each.done(each.leaves.map(() => undefined))
      waiting.clear()
      await running
    },
  }
}
