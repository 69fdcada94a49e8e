/*
 * How many checkpoints of others the witness cosigns per second over HTTP, each on disk before it is answered: by Ed25519 alone
 * and by both keys, in turns within one run, each in a process of its own on one PostgreSQL with fsync. Many logs grow, 32
 * connections send their checkpoints, and every cosignature of the last turn is checked. Beside them, as the limit: the
 * same statement for a row of the same length, sent by the driver alone. Prints the medians, and what one cosignature
 * costs of the processor. BENCH_SECONDS changes the length of a turn.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { openDatabase } from '#platform'
import { printCheckpoint } from '../src/modules/ledger/notes/checkpoint.rules.ts'
import { encodeUtf8 } from '../src/modules/ledger/notes/encoding.rules.ts'
import type { Signer, VerifierKey } from '../src/modules/ledger/notes/keys.rules.ts'
import { openCheckpoint } from '../src/modules/ledger/notes/open.rules.ts'
import { aSigner } from '../src/modules/ledger/testing/keys.ts'
import { makeConsistency } from '../src/modules/ledger/tree/proofs.rules.ts'
import { rootOfLeaves } from '../src/modules/ledger/tree/tree.rules.ts'
import { getKeys, witnessName } from '../src/modules/ledger/witness/keys.ts'
import { bodyOf, leavesOf, signedBy, watch } from '../src/modules/ledger/witness/testing/asking.ts'
import { findWatchedLog, keepCosigned } from '../src/modules/ledger/witness/witness.sql.ts'
import { openVault } from '../src/platform/vault.ts'
import { startPostgres } from '../src/start/postgres/server.ts'
import { freePort, machine, median, print, startPraya } from './praya.ts'

const connections = 32
const logsOfConnection = 16
const seconds = Number(process.env.BENCH_SECONDS ?? 5)
const turns = 3
/** More than will be answered, signed before a turn begins so that nobody signs beside what is measured. */
const perSecondMax = 4000
const vaultSecret = 'what seals the keys of the bench alone'
const limitWanted = 1000

type Log = { signer: Signer; size: number }

const folder = await mkdtemp(join(tmpdir(), 'praya-bench-'))
const postgres = await startPostgres({ folder, log: pino({ level: 'silent' }) })
const database = openDatabase({ owner: postgres.ownerUrl, app: postgres.ownerUrl }, { connectionsMax: 10 })
const { sql } = database
const contestants: Contestant[] = []
const means = { sql, vault: openVault(vaultSecret), now: () => new Date() }
const load = loadavg()[0]!.toFixed(1)

/** The same entries in every log: to which root each grows from one size to the next, and the proof of it. */
const leaves = leavesOf(1000)
const steps = leaves.map((_, size) => {
  const grown = leaves.slice(0, size + 1)
  return { root: rootOfLeaves(grown), proof: makeConsistency(grown, BigInt(size)) }
})

print(machine())
try {
  // The first brings the tables.
  const both = await startWitness('both keys', 'https://both.example')
  contestants.push(both)
  const alone = 'https://alone.example'
  await getKeys({ ...means, address: alone })
  await sql`delete from ledger.witness_key where name like 'alone.example/%' and kind <> 'ed25519-cosignature'`
  const keys = (await getKeys({ ...means, address: alone })).map(({ signer }) => signer.key)
  contestants.push(await startWitness('Ed25519 alone', alone, keys))
  both.keys = (await getKeys({ ...means, address: both.address })).map(({ signer }) => signer.key)

  const [settings] = await sql<[{ fsync: string; commit: string; version: string }]>`
    select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
      current_setting('server_version') as version`
  print(`PostgreSQL ${settings.version}, fsync ${settings.fsync}, synchronous_commit ${settings.commit}`)
  print(
    `${connections} connections, ${connections * logsOfConnection} logs each, turns of ${seconds} s; load of the machine before: ${load}`,
  )

  for (let turn = 0; turn <= turns; turn += 1)
    for (const contestant of contestants) {
      const measured = await cosignatures(contestant)
      const peer = await updates(contestant, connections)
      // The first is for warming up.
      if (turn > 0) contestant.measured.push({ ...measured, peer })
    }
  for (const { name, measured } of contestants) {
    const of = (key: keyof (typeof measured)[number]) => median(measured.map((each) => each[key]))
    print(
      `${name}: ${of('perSecond').toFixed(0)} cosignatures/s (wanted: ${limitWanted}), median ${of('medianMs').toFixed(1)} ms, 95 of 100 within ${of('mostMs').toFixed(1)} ms; ` +
        `processor ${of('processorMs').toFixed(2)} ms each, so ${(1000 / of('processorMs')).toFixed(0)} in one second of it, and ${of('databaseMs').toFixed(2)} ms of PostgreSQL; PostgreSQL alone with rows of that length: ${of('peer').toFixed(0)}/s; ratio ${(of('perSecond') / of('peer')).toFixed(2)}`,
    )
  }
} finally {
  for (const { stop } of contestants) await stop()
  await database.close()
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
}

type Measured = {
  perSecond: number
  medianMs: number
  mostMs: number
  processorMs: number
  databaseMs: number
  peer: number
}
type Contestant = {
  name: string
  address: string
  port: number
  pid: number
  keys: VerifierKey[]
  workers: { socket: Socket; logs: Log[]; bodies: Buffer[]; next: number }[]
  measured: Measured[]
  stop: () => Promise<void>
}

/** A Praya with logs of its own that it watches. */
async function startWitness(name: string, publicUrl: string, keys: VerifierKey[] = []): Promise<Contestant> {
  const port = await freePort()
  const data = await mkdtemp(join(tmpdir(), 'praya-bench-'))
  const praya = await startPraya(
    {
      PRAYA_PORT: String(port),
      PRAYA_DATABASE_URL: postgres.ownerUrl,
      PRAYA_PUBLIC_URL: publicUrl,
      PRAYA_REQUESTS_PER_MINUTE: '1000000',
      PRAYA_VAULT_SECRET: vaultSecret,
      PRAYA_PACK: 'governments/testland',
    },
    data,
  )
  const host = new URL(publicUrl).host
  const workers = await Promise.all(
    Array.from({ length: connections }, async (_, worker) => {
      const logs = Array.from({ length: logsOfConnection }, (_, at) => ({
        signer: aSigner(`${host}/log-${worker}-${at}`),
        size: 0,
      }))
      await watch(sql, ...logs.map(({ signer }) => signer))
      const socket = connect(port, '127.0.0.1').setNoDelay(true)
      return { socket, logs, bodies: [] as Buffer[], next: 0 }
    }),
  )
  const stop = async () => {
    for (const { socket } of workers) socket.destroy()
    await praya.stop()
    await rm(data, { recursive: true, force: true })
  }
  return { name, address: publicUrl, port, pid: praya.pid, keys, workers, measured: [], stop }
}

function bodyAfter({ signer, size }: Log): Buffer {
  const { root, proof } = steps[size]!
  const text = printCheckpoint({ origin: signer.key.name, size: BigInt(size + 1), root, extensions: [] })
  return bodyOf(size, proof, signedBy(text, signer))
}

async function cosignatures({ port, pid, keys, workers }: Contestant): Promise<Omit<Measured, 'peer'>> {
  const each = Math.ceil((perSecondMax * seconds) / connections)
  for (const worker of workers) {
    worker.bodies.splice(0, worker.next)
    worker.next = 0
    for (let at = worker.bodies.length; at < each; at += 1) {
      const log = worker.logs[0]!
      worker.bodies.push(bodyAfter(log))
      log.size += 1
      // The next body is one of the next log.
      worker.logs.push(worker.logs.shift()!)
    }
  }
  const took: number[] = []
  let last: { body: Buffer; answer: string } | undefined
  const databases = databasePids().map((each) => ({ pid: each, before: processorOf(each) }))
  const processor = processorOf(pid)
  const began = performance.now()
  const until = began + seconds * 1000
  await Promise.all(
    workers.map(async (worker) => {
      while (performance.now() < until) {
        const body = worker.bodies[worker.next++]
        if (!body) throw new Error('Every body was sent: raise perSecondMax')
        const sent = performance.now()
        const { status, text } = await ask(worker.socket, port, body)
        if (status !== 200) throw new Error(`${status} ${text}`)
        took.push(performance.now() - sent)
        last = { body, answer: text }
      }
    }),
  )
  const elapsed = (performance.now() - began) / 1000
  const note = last!.body.subarray(last!.body.indexOf('\n\n') + 2).toString()
  const opened = openCheckpoint(encodeUtf8(`${note.slice(0, note.lastIndexOf('\n\n'))}\n\n${last!.answer}`), keys)
  if (opened.signed.length !== keys.length) throw new Error('A cosignature does not hold')
  const sorted = took.toSorted((one, other) => one - other)
  return {
    perSecond: took.length / elapsed,
    medianMs: sorted[sorted.length >> 1]!,
    mostMs: sorted[Math.floor(sorted.length * 0.95)]!,
    processorMs: ((processorOf(pid) - processor) * 1000) / took.length,
    databaseMs:
      (databases.reduce((sum, each) => sum + Math.max(0, processorOf(each.pid) - each.before), 0) * 1000) / took.length,
  }
}

/** One request and its answer on a connection that stays: a client that costs little of the machine it shares. */
function ask(socket: Socket, port: number, body: Buffer): Promise<{ status: number; text: string }> {
  const head = `POST /ledger/witness/add-checkpoint HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\n\r\n`
  return new Promise((resolve, reject) => {
    let got = ''
    const read = (piece: Buffer) => {
      got += piece.toString('latin1')
      const end = got.indexOf('\r\n\r\n')
      const length = Number(/content-length: (\d+)/i.exec(got)?.[1])
      if (end < 0 || got.length < end + 4 + length) return
      socket.off('data', read).off('error', reject).off('close', closed)
      resolve({ status: Number(got.slice(9, 12)), text: Buffer.from(got.slice(end + 4), 'latin1').toString() })
    }
    const closed = () => reject(new Error('The connection was closed'))
    socket.on('data', read).on('error', reject).on('close', closed)
    socket.write(Buffer.concat([Buffer.from(head), body]))
  })
}

/** The statement that keeps a cosignature, for rows as long as those of the contestant, by the driver alone. */
async function updates({ workers, address }: Contestant, atOnce: number): Promise<number> {
  const rows = await Promise.all(
    Array.from({ length: atOnce }, async (_, at) => {
      const known = await findWatchedLog(sql, workers[at]!.logs[0]!.signer.key.name)
      const signer = aSigner(`peer.example/${workers[0]!.logs[0]!.signer.key.name}/${at}`)
      await watch(sql, signer)
      const own = await findWatchedLog(sql, signer.key.name)
      return { log: own!, note: known!.note! }
    }),
  )
  const by = { name: witnessName({ address }), keys: await getKeys({ ...means, address }) }
  let done = 0
  const began = performance.now()
  const until = began + seconds * 1000
  await Promise.all(
    rows.map(async ({ log, note }) => {
      let before = log
      while (performance.now() < until) {
        const next = { size: before.size + 1n, root: before.root, note, seconds: 1_800_000_000, by }
        if (!(await keepCosigned(sql, before, next))) throw new Error('Nothing was kept')
        before = { ...before, ...next }
        done += 1
      }
    }),
  )
  return done / ((performance.now() - began) / 1000)
}

function statOf(pid: string | number): string[] {
  return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
}

/** Processor time of a process in seconds, of a hundred ticks each; of one that has ended none. */
function processorOf(pid: string | number): number {
  try {
    const fields = statOf(pid)
    return (Number(fields[11]) + Number(fields[12])) / 100
  } catch {
    return 0
  }
}

/** The server of the database with the processes that it has for its connections. */
function databasePids(): string[] {
  const [main = ''] = readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')
  const isChild = (pid: string) => {
    try {
      return statOf(pid)[1] === main
    } catch {
      // It ended meanwhile.
      return false
    }
  }
  return [main, ...readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isChild(name))]
}
