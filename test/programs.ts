// Programs that a document or a page gives to developers, run as they stand.
import assert from 'node:assert/strict'
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { projectFolder } from '#platform'
import { aBrowserAt } from './relying-party.ts'

const startMsMax = 30_000
const own = Object.entries(process.env).filter(([name]) => !/^(PRAYA_|PG|NODE_|npm_|TEST_)/.test(name))
const env = Object.fromEntries(own)

/** An empty folder of a developer, in which our packages are installed. */
export function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'praya-program-'))
  symlinkSync(join(fileURLToPath(projectFolder), 'node_modules'), join(folder, 'node_modules'))
  after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** What a command prints that is typed in `folder`. It may ask an installation of this process. */
export const typed = async (folder: string, command: string): Promise<string> =>
  (await promisify(execFile)('bash', ['-ec', command], { cwd: folder, env, timeout: startMsMax })).stdout

/** Runs a program that serves at `address` until the file ends; fails with what it said if it does not come up. */
export async function serve(folder: string, name: string, code: string, address: string): Promise<ChildProcess> {
  writeFileSync(join(folder, name), code)
  const program = spawn(process.execPath, [name], { cwd: folder, env })
  let said = ''
  for (const stream of [program.stdout, program.stderr])
    stream.on('data', (piece) => {
      said += piece
    })
  after(() => program.kill('SIGKILL'))
  for (let waited = 0; waited < startMsMax; waited += 50) {
    assert.equal(program.exitCode, null, said)
    const answer = await fetch(address, { redirect: 'manual' }).catch(() => undefined)
    if (answer) return program
    await pause(50)
  }
  throw new Error(`The program does not answer at ${address}: ${said}`)
}

/** Signs Ada in to the service at `address`, as her browser does, and returns what the service says then. */
export async function signInTo(address: string, site: string) {
  const sent = await fetch(address, { redirect: 'manual' })
  const cookie = sent.headers.getSetCookie().map((each) => each.split(';')[0]!)
  const browser = aBrowserAt(site)
  let page = await browser.open(sent.headers.get('location')!)
  assert.ok(page.url.pathname.endsWith('/sign-in'), page.text.slice(0, 2000))
  page = await browser.post('/eng/sign-in', { person: 'ada-quay', next: page.url.searchParams.get('next')! })
  if (page.url.origin === site) page = await browser.agree(page)
  assert.equal(page.url.origin, new URL(address).origin)
  const back = (headers: Record<string, string>) => fetch(page.url, { headers })
  const stranger = await back({})
  assert.equal(stranger.status, 400, 'a browser that did not begin it is not signed in')
  const response = await back({ cookie: cookie.join('; ') })
  return { status: response.status, text: await response.text() }
}
