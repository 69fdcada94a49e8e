import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { projectFolder } from '#platform'
import { startPostgres } from '../../src/start/postgres/server.ts'

/** The folder of the project, as a path. */
export const project = fileURLToPath(projectFolder)
const readyMsMax = 90_000

const folders: string[] = []
const children: ChildProcess[] = []

/** Whatever a failed test has left behind ends with the file: processes first, then the servers of their folders. */
function endAll(): void {
  for (const child of children) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
  for (const folder of folders.splice(0)) {
    endServerOf(folder)
    rmSync(folder, { recursive: true, force: true })
  }
}
after(endAll)
// And with a file that fails before its tests begin, after which no hook runs.
process.once('uncaughtExceptionMonitor', endAll)

/** A folder that is removed when the test file ends; its name is one that scripts trip over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'praya running 資料-'))
  folders.push(folder)
  return folder
}

let template: Promise<string> | undefined

/** A data folder with a new database, as a first start leaves it; made once and copied. */
export async function aDataFolder(): Promise<string> {
  template ??= (async () => {
    const folder = temporaryFolder()
    await (await startPostgres({ folder, log: pino({ level: 'silent' }), durable: false })).stop()
    return folder
  })()
  const folder = temporaryFolder()
  cpSync(await template, folder, { recursive: true })
  return folder
}

/** Has the process killed at the end of the file, if it still runs. */
export function endWithFile<Child extends ChildProcess>(child: Child): Child {
  children.push(child)
  return child
}

/** The environment of a person who has set nothing of Praya's but `settings`. */
export function environment(settings: Record<string, string>): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(PRAYA_|PG|NODE_|LANG$|LC_)/.test(name))
  return { ...Object.fromEntries(own), PRAYA_PACK: 'governments/testland', ...settings }
}

export type Ran = { code: number | null; out: string; err: string }

/** A verb of the command line, run to its end. */
export async function run(words: string[], settings: Record<string, string> = {}): Promise<Ran> {
  const child = spawnPraya(words, settings)
  return child.ended
}

export type Running = ReturnType<typeof spawnPraya>

/** `node scripts/run.mjs` as `npm start` runs it. `prefix` is a program that steps down to another user first. */
export function spawnPraya(words: string[], settings: Record<string, string>, prefix: string[] = []) {
  const all = [...prefix, process.execPath, '--conditions=source', join(project, 'scripts', 'run.mjs'), ...words]
  const [program, ...parameters] = all as [string, ...string[]]
  // In a group of its own, to be sent what a terminal sends: a signal to the whole group.
  const child = endWithFile(spawn(program, parameters, { cwd: project, env: environment(settings), detached: true }))
  const out: string[] = []
  const err: string[] = []
  child.stdout.on('data', (piece) => out.push(String(piece)))
  child.stderr.on('data', (piece) => err.push(String(piece)))
  const ended = once(child, 'close').then(
    ([code]): Ran => ({ code: code as number | null, out: out.join(''), err: err.join('') }),
  )
  return { child, ended, said: () => out.join(''), complained: () => err.join('') }
}

/** Starts on a free port and waits for a good /readyz. */
export async function startPraya(folder: string, settings: Record<string, string> = {}, prefix: string[] = []) {
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  const running = spawnPraya(['start'], { PRAYA_DATA: folder, PRAYA_PORT: String(port), ...settings }, prefix)
  for (const until = performance.now() + readyMsMax; (await readyStatus(address)) !== 200; await pause(30)) {
    const { exitCode, signalCode } = running.child
    if (exitCode !== null || signalCode !== null || performance.now() > until)
      throw new Error(`Praya did not become ready (${exitCode ?? signalCode}): ${running.complained()}`)
  }
  return { ...running, address, port }
}

/** The status of /readyz; 0 when nobody answers. */
export async function readyStatus(address: string): Promise<number> {
  return fetch(`${address}/readyz`, { signal: AbortSignal.timeout(5000) }).then(
    ({ status }) => status,
    () => 0,
  )
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

/** The number of the server that a data folder belongs to, by its own mark. */
export function postmasterOf(folder: string): number {
  return Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    // A process that ended and that nobody asked after yet still has its number.
    return !/^\d+ \(.*\) Z /.test(readIfThere(`/proc/${pid}/stat`))
  } catch {
    return false
  }
}

const readIfThere = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '')

function endServerOf(folder: string): void {
  for (const data of [folder, join(folder, 'data')]) {
    if (!existsSync(join(data, 'postgres', 'postmaster.pid'))) continue
    const pid = postmasterOf(data)
    if (isAlive(pid) && readIfThere(`/proc/${pid}/cmdline`).includes(data)) process.kill(pid, 'SIGKILL')
  }
}

/** Words that step down to an ordinary user, when this is root and the project is open to others; else why not. */
export function asNobody(): { prefix: string[] } | { skip: string } {
  if (process.getuid?.() !== 0) return { skip: 'only root can become another user' }
  const prefix = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']
  const opens = spawnSync('setpriv', [...prefix.slice(1), 'cat', join(project, 'package.json')], { stdio: 'ignore' })
  return opens.status === 0 ? { prefix } : { skip: 'an ordinary user may not read this folder' }
}
