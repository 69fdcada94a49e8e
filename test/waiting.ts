// What tests wait for, by looking at it: a busy machine takes longer than any time that is written down.
import { on } from 'node:events'
import type { IncomingMessage, Server } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type postgres from '../src/platform/driver.ts'

/** Until so many requests, which come from now on, are being received: past all that is asked before. */
export async function untilReceiving(server: Server, count = 1): Promise<void> {
  const requests: IncomingMessage[] = []
  for await (const [request] of on(server, 'request', { signal: AbortSignal.timeout(60_000) }))
    if (requests.push(request) === count) break
  const isReceived = (each: IncomingMessage) => each.listenerCount('data') + each.listenerCount('readable') > 0
  for (let tries = 0; !requests.every(isReceived); tries += 1) {
    if (tries > 4000) throw new Error('Nobody receives')
    await pause(5)
  }
}

/** Until somebody waits for a lock of this database. Who holds it cannot ask: within a transaction the answer never changes. */
export async function untilOneWaits(sql: ReturnType<typeof postgres>): Promise<void> {
  for (let tries = 0; tries < 2000; tries += 1) {
    const waiting = await sql`
      select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    if (waiting.length > 0) return
    await pause(5)
  }
  throw new Error('Nobody waits')
}
