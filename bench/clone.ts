/*
 * How long a fresh clone takes from `npm start` to the first good /readyz, with the npm cache warm (limit 90 s): the commit
 * that is checked out, in an empty folder, with the Node that is first on the PATH outside npm.
 */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { projectFolder } from '#platform'
import { freePort, machine, print, ready } from './praya.ts'

const folder = await mkdtemp(join(tmpdir(), 'praya-clone-'))
const clone = join(folder, 'praya')
try {
  execFileSync('git', ['clone', '--quiet', fileURLToPath(projectFolder), clone])
  // Warms the cache, and nothing else: what it installs is thrown away.
  await cp(join(clone, 'package.json'), join(folder, 'warm', 'package.json'), { recursive: true })
  await cp(join(clone, 'package-lock.json'), join(folder, 'warm', 'package-lock.json'))
  execFileSync('npm', ['ci', '--ignore-scripts'], { cwd: join(folder, 'warm'), stdio: 'ignore' })

  const port = await freePort()
  const began = performance.now()
  const child = spawn('npm', ['start'], {
    cwd: clone,
    env: {
      ...process.env,
      PATH: withoutModules(process.env.PATH ?? ''),
      PRAYA_PORT: String(port),
      HOME: folder,
      npm_config_cache: cache(),
    },
    stdio: 'ignore',
    detached: true,
  })
  try {
    await ready(`http://127.0.0.1:${port}`, child)
    print(machine())
    print(
      `fresh clone, warm npm cache: ${((performance.now() - began) / 1000).toFixed(1)} s to the first good /readyz; limit 90 s`,
    )
  } finally {
    process.kill(-child.pid!, 'SIGTERM')
    if (child.exitCode === null) await once(child, 'exit')
  }
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 })
}

/** Where npm keeps what it has fetched: a home of its own must not mean a cache of its own. */
function cache(): string {
  return execFileSync('npm', ['config', 'get', 'cache'], { encoding: 'utf8' }).trim()
}

/** npm puts the binaries of this folder first on the PATH; the clone must find its own. */
function withoutModules(path: string): string {
  return path
    .split(':')
    .filter((each) => !each.includes('node_modules'))
    .join(':')
}
