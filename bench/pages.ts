/*
 * How fast pages are answered, as a share of a bare Fastify route that returns a constant of the same size: both on one
 * process, 64 connections, in turns within one run. Prints the medians, the ratio, and the memory of the process.
 * Load comes from a third process (autocannon), on the same machine. Pages for everybody are kept for a second; what one
 * costs when it is made for each request is measured as a person who is signed in, for whom nothing is kept.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import autocannon from 'autocannon'
import { machine, median, print, startPraya } from './praya.ts'

const connections = 64
const seconds = Number(process.env.BENCH_SECONDS ?? 5)
const turns = 3

const praya = await startPraya({ PRAYA_REQUESTS_PER_MINUTE: '1000000' })
const paths =
  process.argv.slice(2).length > 0 ? process.argv.slice(2) : ['/tc/', '/tc/estimates/2023-24/47', '/tc/systems']
print(machine())
try {
  for (const path of paths) await compare(path)
  await compare(paths[0]!, await signIn())
} finally {
  await praya.stop()
}

async function compare(path: string, cookie?: string): Promise<void> {
  const headers = { accept: 'text/html', ...(cookie !== undefined && { cookie }) }
  const response = await fetch(praya.address + path, { headers })
  if (!response.ok) throw new Error(`${path} answers ${response.status}`)
  const bytes = (await response.arrayBuffer()).byteLength
  const bare = await startBare(bytes)
  const mine: number[] = []
  const theirs: number[] = []
  let memoryMb = 0
  try {
    await load(praya.address + path, 2, headers)
    await load(bare.address, 2, headers)
    for (let turn = 0; turn < turns; turn++) {
      const measured = load(praya.address + path, seconds, headers)
      const timer = setInterval(() => {
        memoryMb = Math.max(memoryMb, residentMb(praya.pid))
      }, 200)
      mine.push(await measured)
      clearInterval(timer)
      theirs.push(await load(bare.address, seconds, headers))
    }
  } finally {
    bare.process.kill()
  }
  const ratio = median(mine) / median(theirs)
  print(
    `${path}${cookie ? ', signed in' : ''}: ${median(mine).toFixed(0)} requests/s of ${bytes} bytes; bare route ${median(theirs).toFixed(0)} requests/s; share ${ratio.toFixed(2)}; memory ${memoryMb.toFixed(0)} MB`,
  )
}

/** The cookie of one of the people of the demonstration. */
async function signIn(): Promise<string> {
  const choice = await fetch(`${praya.address}/en/sign-in`, { headers: { accept: 'text/html' } }).then((page) =>
    page.text(),
  )
  const person =
    /name="person" value="([^"]+)"/.exec(choice)?.[1] ?? /value="([^"]+)"[^>]*name="person"/.exec(choice)?.[1]
  const response = await fetch(`${praya.address}/en/sign-in`, {
    method: 'POST',
    body: new URLSearchParams({ person: person ?? '' }),
    redirect: 'manual',
  })
  const [cookie] = response.headers.getSetCookie()
  if (!cookie) throw new Error(`Signing in answers ${response.status}`)
  return cookie.split(';')[0]!
}

async function load(url: string, duration: number, headers: Record<string, string>): Promise<number> {
  const result = await autocannon({ url, connections, duration, workers: 1, headers })
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} refused, ${result.errors} errors`)
  return result.requests.average
}

async function startBare(bytes: number): Promise<{ process: ChildProcess; address: string }> {
  const child = fork(new URL('./bare.ts', import.meta.url), [String(bytes)])
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve(message as number))
    child.once('exit', (code) => reject(new Error(`The bare server ended with ${code}`)))
  })
  return { process: child, address: `http://127.0.0.1:${port}/` }
}

function residentMb(pid: number): number {
  const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(line?.[1] ?? 0) / 1024
}
