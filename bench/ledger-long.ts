/*
 * Whether a log takes entries as fast when it is large as when it is small: ten million are loaded in batches of 256, every
 * one in order, signed and published, with fsync. One process makes entries, another puts them in order as `npm start` would,
 * and only its memory counts. Prints the rate of each half million, the last beside the first, the most memory, and the disk
 * that the tables take. BENCH_ENTRIES loads fewer, in whole half millions.
 */
import { fork } from 'node:child_process'
import { randomFillSync } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import { openDatabase } from '#platform'
import { append } from '../src/modules/ledger/log/append.ts'
import { findLog } from '../src/modules/ledger/log/logs.sql.ts'
import { ensureLog } from '../src/modules/ledger/log/logs.ts'
import { openSequencer } from '../src/modules/ledger/log/sequencer.ts'
import { modules } from '../src/modules.ts'
import postgres from '../src/platform/driver.ts'
import { openVault } from '../src/platform/vault.ts'
import { migrate, migrationsOf } from '../src/start/migrate.ts'
import { startPostgres } from '../src/start/postgres/server.ts'
import { machine, print, startWords } from './praya.ts'

const part = 500_000
const entries = Math.max(part, Math.floor(Number(process.env.BENCH_ENTRIES ?? 10_000_000) / part) * part)
const entryBytes = 256
const entriesOfBatch = 256
/** In one transaction, so that whoever makes entries does not wait for the disk as often as it could. */
const batchesOfAct = 16
const clients = 6
/** More than these never wait to be put in order: whoever makes entries is faster. */
const waitingMax = 60_000
const lookMs = 50
const name = 'bench'
const vault = openVault('what seals keys of the bench alone')

/** The process that is measured: puts in order until it is told to stop, and tells the most memory that it took. */
async function putInOrder(urls: { owner: string; app: string }): Promise<void> {
  const database = openDatabase(urls)
  const sequencer = openSequencer({ sql: database.sql, vault, now: () => new Date() }, pino({ level: 'warn' }))
  sequencer.start()
  const telling = setInterval(() => process.send!({ megabytes: process.memoryUsage.rss() / 1e6 }), lookMs * 10)
  await once(process, 'message')
  clearInterval(telling)
  await sequencer.stop()
  await database.close()
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
  process.send!({ megabytes: (maxRSS * 1024) / 1e6, seconds: (userCPUTime + systemCPUTime) / 1e6 })
  process.disconnect()
}

async function load(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'praya-bench-'))
  const server = await startPostgres({ folder, log: pino({ level: 'silent' }) })
  const urls = { owner: server.ownerUrl, app: server.appUrl }
  await migrate(urls.owner, migrationsOf(modules))
  const database = openDatabase(urls)
  const owner = postgres(urls.owner, { max: 1, onnotice: () => {} })
  const { sql } = database
  await ensureLog({ sql, vault, address: 'http://localhost:8000', now: () => new Date() }, name)
  const { flags, surroundings } = startWords()
  const child = fork(new URL(import.meta.url), [JSON.stringify(urls)], {
    execArgv: [...process.execArgv, ...flags.filter((flag) => flag.startsWith('-'))],
    env: { ...process.env, ...surroundings },
  })
  try {
    const sizes: [size: number, at: number][] = [[0, performance.now()]]
    const size = () => sizes.at(-1)![0]
    /** The most memory within each half million. */
    const memory: number[] = []
    const keepMemory = ({ megabytes }: { megabytes: number }) => {
      const at = Math.floor(size() / part)
      memory[at] = Math.max(memory[at] ?? 0, megabytes)
    }
    child.on('message', keepMemory)
    let made = 0
    const make = async () => {
      while (made < entries) {
        if (made - size() > waitingMax) await pause(lookMs / 2)
        else
          await sql.begin(async (transaction) => {
            const start = made
            made += batchesOfAct * entriesOfBatch
            const batches = Array.from({ length: batchesOfAct }, (_, at) => aBatch(start + at * entriesOfBatch))
            await Promise.all(batches.map((each) => append(transaction, name, each)))
          })
      }
    }
    const look = async () => {
      while (size() < entries) {
        await pause(lookMs)
        if (child.exitCode !== null) throw new Error(`The process that puts in order ended with ${child.exitCode}`)
        sizes.push([(await findLog(sql, name))!.size, performance.now()])
      }
    }
    await Promise.all([look(), ...Array.from({ length: clients }, make)])
    const rates = ratesOf(sizes)
    for (const [at, rate] of rates.entries())
      print(
        `entries ${at * part} to ${(at + 1) * part}: ${rate.toFixed(0)} each second, in a published checkpoint; memory ${memory[at]?.toFixed(0)} MB`,
      )
    const [first, last] = [rates[0]!, rates.at(-1)!]
    print(`the last half million beside the first: ${(last / first).toFixed(2)}`)
    child.off('message', keepMemory)
    child.send('stop')
    let used = { megabytes: 0, seconds: 0 }
    for (; !used.seconds; ) [used] = (await once(child, 'message')) as [typeof used]
    print(
      `the process that puts in order: ${used.megabytes.toFixed(0)} MB of memory at most, ${used.seconds.toFixed(0)} s of the processor`,
    )
    for (const { table, megabytes } of await owner<{ table: string; megabytes: number }[]>`
      select oid::regclass::text as table, (pg_total_relation_size(oid) / 1e6)::int as megabytes
      from pg_class
      where relnamespace = 'ledger'::regnamespace and relkind = 'r' and pg_total_relation_size(oid) > 1e6
      order by 2 desc
      limit 10`)
      print(`on disk: ${table} ${megabytes} MB`)
  } finally {
    child.kill()
    await owner.end()
    await database.close()
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** A batch of random octets, each entry another. */
function aBatch(number: number): Buffer[] {
  const octets = randomFillSync(Buffer.allocUnsafe(entriesOfBatch * entryBytes))
  return Array.from({ length: entriesOfBatch }, (_, at) => {
    const entry = octets.subarray(at * entryBytes, (at + 1) * entryBytes)
    entry.writeUInt32BE(number + at)
    return entry
  })
}

/** Entries each second of every half million, from when its first and its last were seen to be published. */
function ratesOf(sizes: readonly [size: number, at: number][]): number[] {
  const reached = (wanted: number) => {
    const after = sizes.findIndex(([size]) => size >= wanted)
    const [[size, at], [next, then]] = [sizes[Math.max(after - 1, 0)]!, sizes[after]!]
    return next === size ? then : at + ((then - at) * (wanted - size)) / (next - size)
  }
  return Array.from(
    { length: entries / part },
    (_, at) => (part * 1000) / (reached((at + 1) * part) - reached(at * part)),
  )
}

if (process.argv[2]) await putInOrder(JSON.parse(process.argv[2]))
else {
  print(machine())
  await load()
}
