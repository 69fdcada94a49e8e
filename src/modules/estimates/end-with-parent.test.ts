import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'

const busy = `
  import { endWithParent } from ${JSON.stringify(new URL('end-with-parent.ts', import.meta.url).href)}
  endWithParent()
  setTimeout(() => {
    process.stdout.write(String(process.pid))
    for (const end = Date.now() + 30_000; Date.now() < end; );
  }, 500)`
const parent = `
  import { spawn } from 'node:child_process'
  spawn(process.execPath, ${JSON.stringify([...process.execArgv.filter((each) => !each.startsWith('--test')), '--input-type=module', '--eval', busy])}, { stdio: 'inherit' })`

/** One that has ended and that nobody has asked after is none. */
function isAlive(pid: number): boolean {
  try {
    return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).startsWith('Z')
  } catch {
    return false
  }
}

test('a busy process ends with the one that started it, even if that one is killed', async () => {
  const started = spawn(process.execPath, ['--input-type=module', '--eval', parent], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said] = await once(started.stdout, 'data')
  const pid = Number(String(said))
  await new Promise((resolve) => setTimeout(resolve, 1200))
  assert.ok(isAlive(pid))
  started.kill('SIGKILL')
  for (let tries = 0; tries < 50 && isAlive(pid); tries++) await new Promise((resolve) => setTimeout(resolve, 100))
  assert.ok(!isAlive(pid))
})
