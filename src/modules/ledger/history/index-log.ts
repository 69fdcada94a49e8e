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

  async function run(): Promise<void> {
    let failing = false
    while (!stopping.signal.aborted) {
      try {
        for (const name of await listIndexedLogs(installation.sql)) await growIndex(installation, name)
        failing = false
      } catch (error) {
        if (!failing && !stopping.signal.aborted) log.error({ err: error }, 'The index of a log cannot grow')
        failing = true
      }
      await rest(failing ? restMsAfterFailure : everyMs, stopping.signal)
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
