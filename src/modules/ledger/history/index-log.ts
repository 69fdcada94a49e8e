import type { Logger } from 'pino'
import type { Installation } from '#platform'
import { ensureLog } from '../log/logs.ts'
import { rest } from '../log/rest.ts'
import { growIndex } from './grow.ts'
import { outputOf } from './history.rules.ts'
import { insertIndexedLog, listIndexedLogs } from './index.sql.ts'

/** Makes the index of a log and the log that holds its roots, unless they are there. */
export async function ensureIndex(
  installation: Pick<Installation, 'sql' | 'vault' | 'address' | 'now'>,
  log: string,
): Promise<void> {
  const output = outputOf(log)
  await ensureLog(installation, output)
  await insertIndexedLog(installation.sql, { log, output })
}

const everyMs = 1000
const restMsAfterFailure = 5000

/** Lets every index grow while this process listens. What fails is tried again: an index is never ahead of its log. */
export function openIndexer(installation: Pick<Installation, 'sql' | 'now'>, log: Pick<Logger, 'error'>) {
  const stopping = new AbortController()
  let running: Promise<void> | undefined
  /** Until when an index that failed is left alone. */
  const waits = new Map<string, number>()

  async function run(): Promise<void> {
    let names: readonly string[] = []
    while (!stopping.signal.aborted) {
      await attempt('all', async () => {
        names = await listIndexedLogs(installation.sql)
      })
      for (const name of names) await attempt(name, () => growIndex(installation, name))
      await rest(everyMs, stopping.signal)
    }
  }

  /** One that fails is said once, left alone for a while, and keeps no other waiting. */
  async function attempt(name: string, work: () => Promise<void>): Promise<void> {
    if (stopping.signal.aborted || (waits.get(name) ?? 0) > performance.now()) return
    try {
      await work()
      waits.delete(name)
    } catch (error) {
      if (!waits.has(name) && !stopping.signal.aborted)
        log.error({ err: error, log: name }, 'The index of a log cannot grow')
      waits.set(name, performance.now() + restMsAfterFailure)
    }
  }

  return {
    start() {
      running = run()
    },
    async stop() {
      stopping.abort()
      await running
    },
  }
}
