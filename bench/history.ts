/*
 * How long it takes to find every entry of an item with what shows that it is every, and how fast the index of a log grows: a
 * log of BENCH_KEYS items with three entries each. Beside it, in the same run, PostgreSQL reading the same rows without
 * proving anything, which is the limit. On disk, with fsync, and everything on this one machine.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { openDatabase } from '#platform'
import { growIndex } from '../src/modules/ledger/history/grow.ts'
import { parseHistory, printHistory, verifyHistory } from '../src/modules/ledger/history/history.rules.ts'
import { findIndexedLog, listIndexed } from '../src/modules/ledger/history/index.sql.ts'
import { ensureIndex } from '../src/modules/ledger/history/index-log.ts'
import { keyOf } from '../src/modules/ledger/history/key.rules.ts'
import { findHistory } from '../src/modules/ledger/history/lookup.ts'
import { append } from '../src/modules/ledger/log/append.ts'
import { findLog, listLogKeys } from '../src/modules/ledger/log/logs.sql.ts'
import { ensureLog } from '../src/modules/ledger/log/logs.ts'
import { openSequencer } from '../src/modules/ledger/log/sequencer.ts'
import { parseVerifierKey } from '../src/modules/ledger/notes/keys.rules.ts'
import { policyOfKey } from '../src/modules/ledger/notes/policy.rules.ts'
import { newNumber } from '../src/modules/ledger/registers/numbers.rules.ts'
import { printStep } from '../src/modules/ledger/registers/step-entry.rules.ts'
import { modules } from '../src/modules.ts'
import { openVault } from '../src/platform/vault.ts'
import { migrate, migrationsOf } from '../src/start/migrate.ts'
import { startPostgres } from '../src/start/postgres/server.ts'
import { machine, median, part, print } from './praya.ts'

const items = Number(process.env.BENCH_KEYS ?? 100_000)
const entriesOfItem = 3
const lookups = 1000
const name = 'harbour'

const folder = await mkdtemp(join(tmpdir(), 'praya-bench-'))
const server = await startPostgres({ folder, log: pino({ level: 'silent' }) })
await migrate(server.ownerUrl, migrationsOf(modules))
const database = openDatabase({ owner: server.ownerUrl, app: server.appUrl })
const { sql } = database
const installation = {
  ...{ sql, vault: openVault('what seals keys of the bench alone'), address: 'http://localhost:8000' },
  ...{ now: () => new Date(), pack: { list: () => [], organisations: [] } as never },
}
await ensureLog(installation, name)
await ensureIndex(installation, name)
const sequencer = openSequencer(installation, pino({ level: 'silent' }))

let state = 7
const random = (below: number) => {
  state = (state * 48_271) % 2_147_483_647
  return state % below
}
const numbers = Array.from({ length: items }, () => newNumber('BT', random))
const zeros = '0'.repeat(64)
let made = 0
const anEntry = (item: string) =>
  printStep({
    ...{ kind: 'step-proposed', register: 'boats', item, step: 'rename', org: 'tide-station', party: 'registry' },
    ...{ who: zeros, rules: zeros, commitment: (made++).toString(16).padStart(64, '0') },
    ...{ time: '2031-03-01T08:00:00Z', v: 1 },
  })

print(machine())
for (let round = 0; round < entriesOfItem; round += 1)
  for (let at = 0; at < items; at += 4096) {
    const some = numbers.slice(at, at + 4096)
    for (let each = 0; each < some.length; each += 256)
      await append(sql, name, some.slice(each, each + 256).map(anEntry))
    await sequencer.tick()
  }
const began = performance.now()
/** Entries each second, for every tenth of the whole. */
const rates: number[] = []
let [told, toldAt] = [0, began]
for (;;) {
  await growIndex(installation, name)
  await sequencer.tick()
  const { scanned, publishedSize } = (await findIndexedLog(sql, name))!
  if (scanned - told >= publishedSize / 10 || scanned === publishedSize) {
    rates.push(((scanned - told) * 1000) / (performance.now() - toldAt))
    ;[told, toldAt] = [scanned, performance.now()]
  }
  if (scanned === publishedSize) break
}
const seconds = (performance.now() - began) / 1000
await sequencer.tick()

const output = (await findLog(sql, `${name}-index`))!
const vkey = (await listLogKeys(sql, output.id)).find(({ kind }) => kind === 'ed25519')!.vkey
const policy = policyOfKey(parseVerifierKey(vkey))
const { log } = (await findIndexedLog(sql, name))!
const waits = { proved: [] as number[], none: [] as number[], rows: [] as number[], verified: [] as number[] }
async function timed<Result>(into: number[], work: () => Result): Promise<Awaited<Result>> {
  const asked = performance.now()
  const result = await work()
  into.push(performance.now() - asked)
  return result
}
let bytes = 0
for (let each = 0; each < lookups; each += 1) {
  const item = numbers[random(items)]!
  const { history } = await timed(waits.proved, () => findHistory(installation, { log: name, register: 'boats', item }))
  if (history.entries.length !== entriesOfItem) throw new Error(`${item} has ${history.entries.length} entries`)
  const file = printHistory(history)
  bytes = file.length
  await timed(waits.verified, () => verifyHistory(parseHistory(file), policy))
  await timed(waits.none, () =>
    findHistory(installation, { log: name, register: 'boats', item: newNumber('XX', random) }),
  )
  await timed(waits.rows, () =>
    listIndexed(sql, log, { key: keyOf('boats', item), below: Number.MAX_SAFE_INTEGER, limit: 100 }),
  )
}
const line = (label: string, all: number[]) =>
  print(`${label}: ${median(all).toFixed(2)} ms, p99 ${part(all, 0.99).toFixed(2)} ms`)
print(`${items} items, ${items * entriesOfItem} entries`)
print(`index grown at ${Math.round((items * entriesOfItem) / seconds)} entries/s`)
print(`by tenths: ${rates.map((each) => Math.round(each)).join(', ')}`)
line('history with its proof', waits.proved)
line('that there is none', waits.none)
line('the same rows without a proof (limit)', waits.rows)
line('read and verified', waits.verified)
print(`${bytes} octets for each`)
await database.close()
await server.stop()
await rm(folder, { recursive: true, force: true })
