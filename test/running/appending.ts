/* One of several processes that append to a log and put it in order, until it is killed or told to stop; for tests that do. */
import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import { openDatabase } from '#platform'
import { append } from '../../src/modules/ledger/log/append.ts'
import { openSequencer } from '../../src/modules/ledger/log/sequencer.ts'
import { insertActs } from '../../src/modules/ledger/testing/history.sql.ts'
import type { DatabaseUrls } from '../../src/platform/database.ts'
import { openVault } from '../../src/platform/vault.ts'

export type Appending = { urls: DatabaseUrls; secret: string; log: string; who: string }
/** Texts that were acknowledged, and where each stands if that was waited for. */
export type Told = { texts: string[]; places: (number | undefined)[] }

const { urls, secret, log, who } = JSON.parse(process.argv[2]!) as Appending
const { sql, close } = openDatabase(urls, { connectionsMax: 3 })
const sequencer = openSequencer({ sql, vault: openVault(secret), now: () => new Date() }, pino({ level: 'silent' }))
sequencer.start()
const stopping = new AbortController()
for (const event of ['message', 'disconnect']) process.once(event, () => stopping.abort())

/** Some of its own, and one that every process writes. */
async function act(at: number): Promise<void> {
  const texts = [...Array.from({ length: 1 + (at % 40) }, (_, each) => `${who}/${at}/${each}`), `all/${at % 50}`]
  const entries = texts.map((text) => Buffer.from(text))
  const leaves = await sql.begin(async (transaction) => {
    await insertActs(transaction, log, entries)
    return append(transaction, log, entries)
  })
  process.send!({ texts, places: [] } satisfies Told)
  if (at % 5 > 0) return
  const signal = AbortSignal.any([AbortSignal.timeout(5000), stopping.signal])
  process.send!({ texts, places: await sequencer.wait(log, leaves, signal) } satisfies Told)
}

for (let at = 0; !stopping.signal.aborted; at += 1) {
  // Whoever writes too much only waits for the others.
  await pause(10)
  await act(at).catch(() => pause(50))
}
await sequencer.stop()
await close()
if (process.connected) process.disconnect()
