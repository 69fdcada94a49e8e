/*
 * How many entries a log takes each second, durable and published, and how long one waits for its checkpoint: entries in
 * batches of 256 within one process; beside it, in the same run, PostgreSQL inserting the same rows in batches, which is the
 * limit; and a chain that takes one hash in each transaction, which is the other way to do it. On disk, with fsync, and everything on this one machine.
 */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import { createPublicClient, http } from 'viem'
import { mnemonicToAccount } from 'viem/accounts'
import { openDatabase } from '#platform'
import { copyLog } from '../src/modules/ledger/copies/copy.ts'
import { append } from '../src/modules/ledger/log/append.ts'
import { findLog, listLogKeys } from '../src/modules/ledger/log/logs.sql.ts'
import { ensureLog } from '../src/modules/ledger/log/logs.ts'
import { openSequencer } from '../src/modules/ledger/log/sequencer.ts'
import { readOwn } from '../src/modules/ledger/log/served.ts'
import { parseVerifierKey } from '../src/modules/ledger/notes/keys.rules.ts'
import { policyOfKey } from '../src/modules/ledger/notes/policy.rules.ts'
import { issueApiKey } from '../src/modules/ledger/programs/api-keys.ts'
import { findAnvil, startAnvil } from '../src/modules/ledger/testing/anvil.ts'
import { inclusionByTiles, tileOf, tilePath } from '../src/modules/ledger/tree/tiles.rules.ts'
import { modules } from '../src/modules.ts'
import postgres from '../src/platform/driver.ts'
import { openVault } from '../src/platform/vault.ts'
import { migrate, migrationsOf } from '../src/start/migrate.ts'
import { startPostgres } from '../src/start/postgres/server.ts'
import { keepTiles } from './kept-tiles.ts'
import { freePort, machine, median, part, print, startPraya } from './praya.ts'
import { onOneConnection } from './wire.ts'

const seconds = Number(process.env.BENCH_SECONDS ?? 8)
const turns = 3
const clients = 64
const entriesOfBatch = 128
const entryBytes = 256

const folder = await mkdtemp(join(tmpdir(), 'praya-bench-'))
const server = await startPostgres({ folder, log: pino({ level: 'silent' }) })
await migrate(server.ownerUrl, migrationsOf(modules))
const database = openDatabase({ owner: server.ownerUrl, app: server.appUrl })
const { sql } = database
const installation = {
  ...{ sql, vault: openVault('what seals keys of the bench alone'), address: 'http://localhost:8000' },
  now: () => new Date(),
}
const owner = postgres(server.ownerUrl, { max: 10, onnotice: () => {} })

/** A pool of random octets, of which each entry is another piece: making them must not count. */
const pool = randomBytes(8 * 1024 * 1024)
let at = 0
let made = 0
function anEntry(): Buffer {
  const entry = Buffer.allocUnsafe(entryBytes)
  at = (at + 257) % (pool.length - entryBytes)
  pool.copy(entry, 0, at, at + entryBytes)
  entry.writeUInt32BE(made++)
  return entry
}
const aBatch = () => Array.from({ length: entriesOfBatch }, anEntry)

async function inTurns(work: () => Promise<void>): Promise<{ perSecond: number; waits: number[] }> {
  const waits: number[] = []
  const began = performance.now()
  const until = began + seconds * 1000
  let batches = 0
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < until) {
        const asked = performance.now()
        await work()
        waits.push(performance.now() - asked)
        batches++
      }
    }),
  )
  return { perSecond: (batches * entriesOfBatch * 1000) / (performance.now() - began), waits }
}

/** One by one over HTTP to a whole Praya of its own, as `npm start` runs it, and how long one waits for its place. */
async function overHttp(): Promise<void> {
  const port = await freePort()
  const praya = await startPraya({
    PRAYA_PORT: String(port),
    PRAYA_DATABASE_URL: server.ownerUrl,
    PRAYA_PACK: 'governments/testland',
    PRAYA_VAULT_SECRET: 'what seals keys of the bench alone',
  })
  try {
    const { text } = await issueApiKey(owner as never, {
      ...{ organisation: 'tide-station', name: 'Bench', createdBy: 'bench', days: 1 },
      scopes: ['append'],
    })
    const requestOf = (more = '') => {
      const commitment = anEntry().subarray(0, 32).toString('hex')
      const body = JSON.stringify({ entries: [{ kind: 'document-notarised', commitment }] })
      return Buffer.from(
        `POST /ledger/logs/harbour/entries HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${text}\r\ncontent-type: application/json\r\n${more}content-length: ${body.length}\r\n\r\n${body}`,
      )
    }
    const rates: number[] = []
    const waits: number[] = []
    for (let turn = 0; turn < 1 + turns; turn++) {
      const began = performance.now()
      const until = began + seconds * 1000
      let kept = 0
      const answered = (status: number) => {
        if (status !== 202) throw new Error(`Answered with ${status}`)
        kept++
      }
      const wanted = [...Array(clients).keys()].map((client) =>
        client === 0
          ? onOneConnection(port, {
              ...{ until, next: () => requestOf('prefer: wait=10\r\n') },
              answered: (status, ms) => (status === 201 && turn > 0 ? void waits.push(ms) : undefined),
            })
          : onOneConnection(port, { until, next: requestOf, answered }),
      )
      await Promise.all(wanted)
      if (turn > 0) rates.push((kept * 1000) / (performance.now() - began))
    }
    print(
      `entries one by one over HTTP from ${clients} clients, on disk before the answer: ${median(rates).toFixed(0)} each second; meanwhile from request to published checkpoint: median ${median(waits).toFixed(0)} ms, 99 of 100 within ${part(waits, 0.99).toFixed(0)} ms; memory ${memoryOf(praya.pid)} MB`,
    )
  } finally {
    await praya.stop()
  }
}

const memoryOf = (pid: number) =>
  (Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1000).toFixed(0)

const tilesKept = 4096

/** Proofs of inclusion from static tiles, as anybody makes them who has a copy: a folder, read anew for each. */
async function proofs(): Promise<void> {
  const log = (await findLog(sql, 'bench'))!
  const copy = join(folder, 'copy')
  const keys = await listLogKeys(sql, log.id)
  const policy = policyOfKey(parseVerifierKey(keys.find(({ kind }) => kind === 'ed25519')!.vkey))
  const { checkpoint } = await copyLog(readOwn(sql, 'bench'), copy, { policy, where: 'bench' })
  const tile = keepTiles(async (each) => tileOf(readFileSync(join(copy, tilePath(each))), each), tilesKept)
  const rates: number[] = []
  for (let turn = 0; turn < 1 + turns; turn++) {
    const began = process.cpuUsage()
    const until = performance.now() + 2000
    let count = 0
    while (performance.now() < until) {
      const index = BigInt(Math.floor(Math.random() * Number(checkpoint.size)))
      const proof = await inclusionByTiles(index, checkpoint.size, tile)
      if (proof.length === 0) throw new Error('No proof')
      count++
    }
    const { user, system } = process.cpuUsage(began)
    if (turn > 0) rates.push((count * 1e6) / (user + system))
  }
  print(
    `proofs of inclusion from static tiles of ${checkpoint.size} entries: ${median(rates).toFixed(0)} in one second of the processor`,
  )
}

const hashesOfChain = 3000

/**
 * What it would cost to give every entry a transaction of its own: a chain of one node on this machine, without anybody to agree
 * with, which takes one hash in each. Signed, sent and in a block.
 */
async function onChain(): Promise<void> {
  if (!findAnvil()) return print('a chain beside it: left out, @foundry-rs/anvil has no program for this machine')
  const { url, child } = await startAnvil('--block-time', '1', '--gas-limit', '1000000000', '--balance', '1000000')
  try {
    const account = mnemonicToAccount('test test test test test test test test test test test junk')
    const node = createPublicClient({ cacheTime: 0, transport: http(url) })
    const chainId = await node.getChainId()
    const rates: number[] = []
    let nonce = 0
    for (let turn = 0; turn < 1 + turns; turn++) {
      const end = nonce + hashesOfChain
      const began = performance.now()
      await Promise.all(
        Array.from({ length: clients }, async () => {
          while (nonce < end) {
            const each = { ...{ chainId, nonce: nonce++, to: account.address }, gas: 30_000n, maxFeePerGas: 10n ** 11n }
            const data = `0x${anEntry().toString('hex', 0, 32)}` as const
            const raw = await account.signTransaction({ ...each, type: 'eip1559', maxPriorityFeePerGas: 1n, data })
            await node.sendRawTransaction({ serializedTransaction: raw })
          }
        }),
      )
      while ((await node.getTransactionCount({ address: account.address })) < end) await pause(20)
      if (turn > 0) rates.push((hashesOfChain * 1000) / (performance.now() - began))
    }
    print(
      `beside it, a chain of one node (anvil) with one hash in each transaction: ${median(rates).toFixed(0)} each second, signed and in a block`,
    )
  } finally {
    child.kill()
  }
}

print(machine())
try {
  await ensureLog(installation, 'bench')
  await owner`create table public.bench_row (id bigint generated always as identity primary key, entry bytea not null)`
  const sequencer = openSequencer(installation, pino({ level: 'warn' }))
  sequencer.start()
  const ours: { perSecond: number; waits: number[] }[] = []
  const limits: number[] = []
  for (let turn = 0; turn < 1 + turns; turn++) {
    const measured = await inTurns(async () => {
      const leaves = await append(sql, 'bench', aBatch())
      await sequencer.wait('bench', leaves.slice(-1), AbortSignal.timeout(60_000))
    })
    const limit = await inTurns(async () => {
      await owner`insert into public.bench_row (entry) select unnest(${owner.array(aBatch())}::bytea[])`
    })
    if (turn === 0) continue
    ours.push(measured)
    limits.push(limit.perSecond)
  }
  const waits = ours.flatMap((each) => each.waits)
  const rate = median(ours.map(({ perSecond }) => perSecond))
  print(
    `entries of ${entryBytes} octets from ${clients} clients in batches of ${entriesOfBatch}: ${rate.toFixed(0)} each second, in the published checkpoint; ${(rate / median(limits)).toFixed(2)} of PostgreSQL inserting the same rows (${median(limits).toFixed(0)})`,
  )
  print(
    `from the promise to the published checkpoint: median ${median(waits).toFixed(0)} ms, 99 of 100 within ${part(waits, 0.99).toFixed(0)} ms`,
  )
  const log = await findLog(sql, 'bench')
  print(`the log has ${log!.size} entries; memory ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`)
  await sequencer.stop()
  await proofs()
  await overHttp()
  await onChain()
} finally {
  await owner.end()
  await database.close()
  await server.stop()
  await rm(folder, { recursive: true, force: true })
}
