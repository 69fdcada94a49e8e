import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'

/** Programs that others wrote, by which signatures are judged; in a folder of its own that goes with the test file. */
export function judges() {
  const folder = mkdtempSync(join(tmpdir(), 'praya-signing-'))
  after(() => rmSync(folder, { recursive: true, force: true }))
  /** What a program says, and how it ends: 0 is well. */
  const run = (program: string, ...given: string[]): { said: string; status: number } => {
    const { stdout, stderr, status } = spawnSync(program, given, { cwd: folder, encoding: 'utf8' })
    return { said: stdout + stderr, status: status ?? -1 }
  }
  return { folder, run, keep: (name: string, bytes: Uint8Array | string) => writeFileSync(join(folder, name), bytes) }
}

/** Why a test is left out where a program is missing; false where it is there. */
export function missing(program: 'openssl' | 'pdfsig'): string | false {
  try {
    execFileSync(program, [program === 'openssl' ? 'version' : '-v'], { stdio: 'ignore' })
    return false
  } catch {
    return program === 'pdfsig' ? 'pdfsig is not there: apt-get install poppler-utils' : 'openssl is not there'
  }
}
