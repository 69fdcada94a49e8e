import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { projectFolder } from '#platform'

/** A whole Praya as `npm start` runs it, on a free port and an empty data folder of its own. */
export async function startPraya(settings: Record<string, string> = {}, dataFolder?: string) {
  const data = dataFolder ?? (await mkdtemp(join(tmpdir(), 'praya-bench-')))
  const port = Number(settings.PRAYA_PORT ?? (await freePort()))
  const address = `http://127.0.0.1:${port}`
  const began = performance.now()
  const { words, surroundings } = startWords()
  const child = spawn(process.execPath, words, {
    cwd: projectFolder,
    env: {
      ...process.env,
      ...surroundings,
      PRAYA_PORT: String(port),
      PRAYA_DATA: data,
      PRAYA_LOG_LEVEL: 'warn',
      ...settings,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await ready(address, child)
  const stop = async () => {
    child.kill('SIGTERM')
    if (child.exitCode === null) await once(child, 'exit')
    if (!dataFolder) await rm(data, { recursive: true, force: true })
  }
  return { address, data, pid: child.pid!, readyMs: performance.now() - began, stop }
}

/** What `npm start` gives to Node and its surroundings, so that what is measured is what people run. */
export function startWords(): { words: string[]; flags: string[]; surroundings: Record<string, string> } {
  const { scripts } = JSON.parse(readFileSync(new URL('package.json', projectFolder), 'utf8')) as {
    scripts: { start: string }
  }
  const [, set = '', given = ''] = /^exec env (.*?) ?node (.*)$/.exec(scripts.start)!
  const words = given.split(' ')
  return {
    words,
    flags: words.filter((each) => each.startsWith('--') && !each.startsWith('--conditions')),
    surroundings: Object.fromEntries(set.split(' ').map((each) => each.split('='))),
  }
}

const readyWaitMs = 120_000

export async function ready(address: string, child: ChildProcess): Promise<void> {
  const until = performance.now() + readyWaitMs
  while (performance.now() < until) {
    if (child.exitCode !== null) throw new Error(`Praya ended with ${child.exitCode}`)
    const response = await fetch(`${address}/readyz`).catch(() => undefined)
    if (response?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('Praya did not become ready')
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** The machine that figures were measured on, for the record. */
export function machine(): string {
  const [first] = cpus()
  return `${cpus().length} × ${first?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`
}

export const median = (values: readonly number[]): number => part(values, 0.5)

/** What so large a share of the values does not exceed: 0.95. */
export const part = (values: readonly number[], share: number): number =>
  values.toSorted((one, other) => one - other)[Math.min(values.length - 1, Math.floor(values.length * share))]!
