import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import { Refusal } from '../../platform/command.ts'
import { texts } from '../../platform/languages.ts'
import { findSecrets, type Secrets } from '../secrets.ts'
import { addressOf, type ClusterOptions, type Listens, prepareCluster, prepareRoles, tryConnection } from './cluster.ts'
import { findBinaries, findWay, runAs, type WayName } from './way.ts'

export type PostgresOptions = {
  /** The data folder. The caller has locked it. */
  folder: string
  log: Logger
  /** False: faster, and data may be lost when the machine stops. For tests. */
  durable?: boolean
  /** One way of running as root, for tests of it. */
  way?: WayName
  /** Ends a start that is under way. */
  signal?: AbortSignal
}

export type Postgres = {
  ownerUrl: string
  appUrl: string
  /** Lets transactions end by rolling them back, writes everything and stops the server. */
  stop: () => Promise<void>
  /** Stops it this instant, for a process that is about to end. Nothing committed is lost; the next start takes longer. */
  kill: () => void
  /** Resolves when the server is gone for good though nobody stopped it. */
  exited: Promise<Error>
}

const triesMax = 8
const restartsMax = 5
const restartsWithinMs = 60_000
const restartPauseMs = 500
const recoveryMsMax = 600_000
const stopMs = 20_000
const stops = [
  ['SIGTERM', 1000],
  ['SIGINT', stopMs],
  ['SIGQUIT', stopMs],
  ['SIGKILL', stopMs],
] as const
const logBytesMax = 10_000_000
/** A part of the machine that leaves it to others: as many as PostgreSQL takes by itself where it has 4 GB. */
const sharedMegabytes = Math.min(Math.max(Math.floor(totalmem() / 32 / 1_048_576), 128), 1024)

/** Starts the embedded PostgreSQL on a socket and a free port of this machine's own address, and again when it is killed. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { folder, log, durable = true, signal } = options
  const binaries = findBinaries()
  const way = findWay(binaries, options.way)
  await stopOrphan(folder)
  const secrets = await prepareCluster({ folder, way, binaries, durable, signal })
  const start = (at?: Listens) => startServer({ folder, way, binaries, durable, secrets, signal }, at)
  let { server, at } = await start()
  let restart = Promise.resolve()
  let stopping = false

  const startAgain = async () => {
    log.error('PostgreSQL ended though nobody stopped it. It is started again.')
    try {
      // At the same place, so that the pools find it again.
      server = (await start(at)).server
    } catch (error) {
      // Tried again, as often as one that was killed.
      log.error({ err: error }, 'PostgreSQL could not be started again')
      await pause(restartPauseMs)
    }
  }
  const supervise = async (): Promise<Error> => {
    for (let restarts: number[] = []; ; ) {
      await server.exited
      if (stopping) return new Promise<never>(() => {})
      restarts = [...restarts, performance.now()].filter((at) => at > performance.now() - restartsWithinMs)
      if (restarts.length > restartsMax) return new Refusal(words.gone, { folder })
      restart = startAgain()
      await restart
    }
  }
  return {
    ownerUrl: addressOf('praya_owner', secrets.owner, at, 'praya'),
    appUrl: addressOf('app', secrets.app, at, 'praya'),
    exited: supervise(),
    stop: async () => {
      stopping = true
      // One that is being started again is waited for, so that it is not left behind.
      await restart
      await server.stop()
    },
    kill: () => {
      stopping = true
      server.kill()
    },
  }
}

type Server = { exited: Promise<void>; stop: () => Promise<void>; kill: () => void }
type Setting = ClusterOptions & { secrets: Secrets }

async function startServer(setting: Setting, fixed?: Listens): Promise<{ server: Server; at: Listens }> {
  let sockets = socketsIn(setting.folder)
  for (let tries = 1; ; tries++) {
    const at = fixed ?? { port: await findFreePort(), sockets }
    const log = openServerLog(setting.folder)
    const child = spawnServer(setting, at, log.file)
    closeSync(log.file)
    const server = serverOf(child)
    const outcome = await waitUntilReady(child, at, setting).catch(async (error) => {
      await server.stop()
      throw error
    })
    if (outcome === 'ready') return { server, at }
    const said = readFileSync(log.path).subarray(log.from).toString()
    // Some file systems, as those that a virtual machine shares with its host, hold no sockets.
    const isSocketRefused = sockets !== undefined && /Unix(-domain)? socket/.test(said)
    if (isSocketRefused) sockets = undefined
    // A port that somebody took meanwhile, helpers of a killed server that still hold its memory, or another kill: all pass.
    const passes =
      isSocketRefused ||
      child.signalCode === 'SIGKILL' ||
      /Address already in use|shared memory block|postmaster.pid/.test(said)
    if (tries < triesMax && passes) await pause(300 * tries)
    else throw new Refusal(words.notStarted, { reason: reasonIn(said), log: log.path })
  }
}

function spawnServer({ folder, way, binaries, durable }: Setting, at: Listens, log: number): ChildProcess {
  const settings = {
    listen_addresses: '127.0.0.1',
    port: at.port,
    unix_socket_directories: at.sockets ?? '',
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // The server's log may hold no personal data: no statement, no parameter, and no row in a message's detail.
    log_min_error_statement: 'panic',
    log_parameter_max_length_on_error: 0,
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
    // Where a table is too large to stay in memory, each write to an index brings its page in, and after each checkpoint the
    // whole of it into the journal: rarer checkpoints and smaller pages are what a log of ten million entries needs.
    shared_buffers: `${sharedMegabytes}MB`,
    max_wal_size: '4GB',
    wal_compression: 'on',
    // What waits for a log is deleted as soon as it is in order: its room is to be used again, and not more taken.
    autovacuum_naptime: '5s',
    // A database that is dropped at once needs no tidying, and its tidier would be in the way.
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' }),
  }
  const parameters = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const [program, all, options] = runAs(way, binaries.postgres, ['-D', clusterIn(folder), ...parameters])
  // In a session of its own: Ctrl-C in a terminal goes to every process there, and Praya must end before its database.
  return spawn(program, all, { ...options, detached: true, stdio: ['ignore', log, log] })
}

/** By its one true path: the server of a killed Praya is known again when the next one comes by a link. */
const clusterIn = (folder: string) => realpathSync(join(folder, 'postgres'))

/**
 * The folder for the server's socket: its own, which is closed to every other user. None where the path would be longer than a
 * socket's may be (104 bytes with the end of the text on macOS, 108 on Linux), or has a comma, which PostgreSQL and its driver
 * read as the end of one folder and the beginning of another.
 */
function socketsIn(folder: string): string | undefined {
  const sockets = clusterIn(folder)
  const isShort = Buffer.byteLength(join(sockets, '.s.PGSQL.12345.lock')) < 104
  return isShort && !sockets.includes(',') && process.platform !== 'win32' ? sockets : undefined
}

function serverOf(child: ChildProcess): Server {
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()))
  return {
    exited,
    kill: () => void child.kill('SIGQUIT'),
    stop: async () => {
      // When every client has left; at once, rolling back what is under way; without tidying; by force. Each is safe for
      // what was committed. The first spares pools that close this instant a connection that breaks.
      for (const [signal, waitMs] of stops) {
        if (hasEnded(child)) return
        child.kill(signal)
        if (await Promise.race([exited.then(() => true), pause(waitMs, false, { ref: false })])) return
      }
    },
  }
}

/** Waits as long as the server needs: after a crash it reads its log again first. */
async function waitUntilReady(child: ChildProcess, at: Listens, setting: Setting): Promise<'ready' | 'ended'> {
  const { secrets, signal } = setting
  const url = addressOf('praya_owner', secrets.owner, at, 'praya')
  for (const until = performance.now() + recoveryMsMax; performance.now() < until; await pause(25)) {
    signal?.throwIfAborted()
    if (hasEnded(child)) return 'ended'
    const found = await tryConnection(url)
    if (found === 'good') return 'ready'
    if (found === 'no-roles') await prepareRoles(at, secrets)
  }
  throw new Refusal(words.tooSlow)
}

const hasEnded = ({ exitCode, signalCode, pid }: ChildProcess) => exitCode !== null || signalCode !== null || !pid

/** Below the range from which systems take ports for outgoing connections, so that none of those comes between. */
async function findFreePort(): Promise<number> {
  for (let tries = 0; tries < 50; tries++) {
    const port = 15_000 + Math.floor(Math.random() * 15_000)
    const free = await new Promise<boolean>((resolve) => {
      const probe = createServer().once('error', () => resolve(false))
      probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
    })
    if (free) return port
  }
  throw new Refusal(words.noPort)
}

/** Stops a server that lived on when its Praya was killed, and removes its mark when its number is somebody else's now. */
export async function stopOrphan(folder: string): Promise<void> {
  const mark = join(folder, 'postgres', 'postmaster.pid')
  if (!existsSync(mark)) return
  const pid = Number(readFileSync(mark, 'utf8').split('\n')[0])
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (!isServerOf(pid, folder)) break
    process.kill(pid, signal)
    for (const until = performance.now() + stopMs; isServerOf(pid, folder) && performance.now() < until; )
      await pause(20)
  }
  rmSync(mark, { force: true })
  // And its sockets: the next server takes another port, and so another name.
  for (const name of readdirSync(join(folder, 'postgres')).filter((name) => name.startsWith('.s.PGSQL.')))
    rmSync(join(folder, 'postgres', name), { force: true })
}

/** Whether the process is a PostgreSQL that serves this folder: numbers of processes are used again. */
function isServerOf(pid: number, folder: string): boolean {
  if (!Number.isInteger(pid) || pid < 2) return false
  try {
    const line = existsSync('/proc/self/cmdline')
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      : spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout
    return line.includes(` -D ${clusterIn(folder)} `)
  } catch {
    return false
  }
}

/** The server that runs on this data folder now, for a command that finds the folder locked. */
export function findPostgres(folder: string): { ownerUrl: string; appUrl: string } | undefined {
  const mark = join(folder, 'postgres', 'postmaster.pid')
  const secrets = findSecrets(join(folder, 'secrets.json'))
  if (!secrets || !existsSync(mark)) return undefined
  const lines = readFileSync(mark, 'utf8').split('\n')
  const at = { port: Number(lines[3]), sockets: lines[4] || undefined }
  return {
    ownerUrl: addressOf('praya_owner', secrets.owner, at, 'praya'),
    appUrl: addressOf('app', secrets.app, at, 'praya'),
  }
}

function openServerLog(folder: string): { file: number; path: string; from: number } {
  const path = join(folder, 'postgres.log')
  if (existsSync(path) && statSync(path).size > logBytesMax) renameSync(path, `${path}.1`)
  const file = openSync(path, 'a', 0o600)
  return { file, path, from: fstatSync(file).size }
}

/** What the server itself complained of last; not what it told those who knocked while it was starting. */
function reasonIn(log: string): string {
  const lines = log
    .trim()
    .split('\n')
    .filter((line) => !line.includes('the database system is'))
  const said = lines.findLast((line) => /FATAL|PANIC|ERROR/.test(line)) ?? lines.at(-1) ?? ''
  return said.replace(/^.*?(FATAL|PANIC|ERROR):\s+/, '')
}

const words = texts({
  notStarted: {
    en: 'PostgreSQL did not start: {reason}. Its log is {log}.',
    'zh-Hant': 'PostgreSQL 未能啟動：{reason}。紀錄檔為 {log}。',
  },
  gone: {
    en: 'PostgreSQL ended again and again though nobody stopped it. Its log is postgres.log in {folder}.',
    'zh-Hant': 'PostgreSQL 一再無故終止。紀錄檔為 {folder} 內的 postgres.log。',
  },
  tooSlow: {
    en: 'PostgreSQL was not ready after ten minutes. Its log is postgres.log in the data folder.',
    'zh-Hant': 'PostgreSQL 十分鐘後仍未就緒。紀錄檔為資料夾內的 postgres.log。',
  },
  noPort: {
    en: 'No free port was found for PostgreSQL.',
    'zh-Hant': '找不到可供 PostgreSQL 使用的連接埠。',
  },
})
