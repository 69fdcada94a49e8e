import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '../../platform/command.ts'
import postgres from '../../platform/driver.ts'
import { texts } from '../../platform/languages.ts'
import { readSecrets, type Secrets } from '../secrets.ts'
import { type Binaries, giveTo, runAs, type Way } from './way.ts'

const majorVersion = '18'
/** How a database that is not whole begins its name: one that is being made, or deleted. */
export const partPrefix = 'postgres.part.'
// What a database takes as it is made, and what one needs to go on. An empty one has 1,300 files.
const room = {
  first: { bytes: 400_000_000, files: 4000 },
  later: { bytes: 100_000_000, files: 1000 },
}

export type ClusterOptions = {
  folder: string
  way: Way
  binaries: Binaries
  durable: boolean
  signal: AbortSignal | undefined
}

/**
 * Makes the folder `postgres` below the data folder ready to be served, and returns its passwords. It is built under
 * another name and renamed when it is whole, so a start that was killed in the middle leaves nothing that looks whole.
 * The name is new each time: the initdb of a killed start may still be writing.
 */
export async function prepareCluster(options: ClusterOptions): Promise<Secrets> {
  const { folder, way } = options
  const cluster = join(folder, 'postgres')
  const exists = existsSync(cluster)
  checkDisk(folder, exists ? room.later : room.first)
  // Another user must pass through to its own folder; everything else in here keeps itself closed.
  if (way.uid !== undefined) chmodSync(folder, 0o711)
  if (!exists) {
    const secrets = readSecrets(folder)
    removeParts(folder)
    const part = join(folder, `${partPrefix}${randomUUID()}`)
    await runInitdb(part, secrets, options)
    renameSync(part, cluster)
    syncFolder(folder)
    return secrets
  }
  // Only root gives files away.
  if (way.name === 'direct' && statSync(cluster).uid !== way.owner) throw new Refusal(words.owner, { folder })
  if (!existsSync(join(folder, 'secrets.json'))) throw new Refusal(words.noSecrets, { folder })
  const versionPath = join(cluster, 'PG_VERSION')
  const version = existsSync(versionPath) ? readFileSync(versionPath, 'utf8').trim() : '?'
  if (version !== majorVersion) throw new Refusal(words.version, { folder, version, ours: majorVersion })
  giveTo(way, cluster)
  // A folder that came out of a backup is often open to others, which the server refuses.
  chmodSync(cluster, 0o700)
  return readSecrets(folder)
}

/** What killed starts left. One that its initdb still writes to stays until the next first start. */
function removeParts(folder: string): void {
  for (const name of readdirSync(folder).filter((name) => name.startsWith(partPrefix)))
    try {
      rmSync(join(folder, name), { recursive: true, force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error
    }
}

/** Makes a new name durable. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}

/** Refuses when there is too little room. A database that meets a full disk stops in the middle of its work. */
export function checkDisk(folder: string, needed: { bytes: number; files: number }): void {
  const { bavail, bsize, files, ffree } = statfsSync(folder)
  const megabytes = (bytes: number) => Math.floor(bytes / 1_000_000)
  if (bavail * bsize < needed.bytes)
    throw new Refusal(words.disk, { folder, free: megabytes(bavail * bsize), needed: megabytes(needed.bytes) })
  // Some file systems count no files.
  if (files > 0 && ffree < needed.files) throw new Refusal(words.files, { folder, free: ffree, needed: needed.files })
}

// What counts as a letter for pg_trgm and full-text search comes from the C library; not every system has the first.
const characterTypes = ['C.UTF-8', 'en_US.UTF-8', 'C']

async function runInitdb(cluster: string, secrets: Secrets, { way, binaries, durable, signal }: ClusterOptions) {
  const passwordPath = `${cluster}.password`
  writeFileSync(passwordPath, secrets.superuser, { mode: 0o600 })
  if (way.uid !== undefined) chownSync(passwordPath, way.uid, way.uid)
  let reason = ''
  try {
    for (const characterType of characterTypes) {
      rmSync(cluster, { recursive: true, force: true })
      mkdirSync(cluster, { mode: 0o700 })
      giveTo(way, cluster)
      const { code, output } = await run(way, signal, binaries.initdb, [
        `--pgdata=${cluster}`,
        '--username=postgres',
        `--pwfile=${passwordPath}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // Letters by Unicode, order by code point: the same on every machine, whatever locales it has.
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
        `--lc-ctype=${characterType}`,
        '--no-instructions',
        ...(durable ? [] : ['--no-sync']),
      ])
      if (code === 0) return
      reason = output.trim().split('\n').at(-1) ?? ''
      if (!output.includes('locale')) break
    }
  } finally {
    rmSync(passwordPath, { force: true })
  }
  throw new Refusal(words.initdb, { reason })
}

type Ended = { code: number | null; output: string }

async function run(way: Way, signal: AbortSignal | undefined, program: string, parameters: string[]): Promise<Ended> {
  const pieces: string[] = []
  const [first, rest, options] = runAs(way, program, parameters)
  const child = spawn(first, rest, { ...options, ...(signal && { signal }) })
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (piece) => pieces.push(String(piece)))
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve))
  return { code, output: pieces.join('') }
}

/**
 * Makes the roles and the database, once the server runs. `praya_owner` owns the tables and migrates, and may end what
 * `app` does; `app` may do what migrations grant it; the superuser does this and nothing else. Safe to repeat.
 */
export async function prepareRoles(at: Listens, secrets: Secrets): Promise<void> {
  const sql = connect(addressOf('postgres', secrets.superuser, at, 'postgres'))
  try {
    // Passwords are base64url, so they cannot leave their quotation marks.
    await sql.unsafe(`
      do $$ begin
        if not exists (select from pg_roles where rolname = 'praya_owner') then create role praya_owner; end if;
        if not exists (select from pg_roles where rolname = 'app') then create role app; end if;
      end $$;
      alter role praya_owner login createdb createrole password '${secrets.owner}';
      alter role app login password '${secrets.app}';
      grant app to praya_owner;`)
    const [made] = await sql`select from pg_database where datname = 'praya'`
    if (made) return
    await sql`drop database if exists praya_part`
    await sql`create database praya_part owner praya_owner`
    await sql`revoke all on database praya_part from public`
    await sql`grant connect on database praya_part to app`
    // The name comes last: a database called praya is whole.
    await sql`alter database praya_part rename to praya`
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** Where a server is heard: a port of this machine’s own address and, where it can have one, the folder of its socket. */
export type Listens = { port: number; sockets: string | undefined }

/** By its socket, as libpq writes it: a turn there takes two thirds of the time that one by the port does. */
export const addressOf = (user: string, password: string, { port, sockets }: Listens, database: string) =>
  `postgres://${user}:${password}@${sockets ? encodeURIComponent(sockets) : '127.0.0.1'}:${port}/${database}`

const connect = (url: string) => postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} })

/** What a connection meets: nobody listens yet, the server is starting up or recovering, it wants the roles made, or all is well. */
export async function tryConnection(url: string): Promise<'good' | 'starting' | 'no-roles'> {
  const sql = connect(url)
  try {
    await sql`select 1`
    return 'good'
  } catch (error) {
    const { code, name } = error as { code?: string; name: string }
    // Nobody listens yet, or somebody hangs up: whether the server still runs is asked of its process, not of the line.
    if (code && name !== 'PostgresError') return 'starting'
    // 57P01 to 57P03: stopping, crashed, starting up. 28P01, 3D000: no such login, password or database.
    if (code?.startsWith('57P0')) return 'starting'
    if (code === '28P01' || code === '3D000') return 'no-roles'
    // So much up that every place is taken.
    if (code === '53300') return 'good'
    throw error
  } finally {
    await sql.end({ timeout: 1 })
  }
}

const words = texts({
  disk: {
    en: 'There is too little room on the disk of {folder}: {free} MB are free and {needed} MB are needed. Make room, or choose another folder with PRAYA_DATA.',
    'zh-Hant': '{folder} 所在磁碟空間不足：尚餘 {free} MB，需要 {needed} MB。請騰出空間，或以 PRAYA_DATA 另選資料夾。',
  },
  files: {
    en: 'The disk of {folder} takes too few more files: {free} are left and {needed} are needed. Delete some, or choose another folder with PRAYA_DATA.',
    'zh-Hant':
      '{folder} 所在磁碟可再建立的檔案不足：尚餘 {free} 個，需要 {needed} 個。請刪除部分檔案，或以 PRAYA_DATA 另選資料夾。',
  },
  owner: {
    en: 'The database in {folder} belongs to another user. Start Praya as that user, or make the folder over to this one.',
    'zh-Hant': '{folder} 內的資料庫屬另一使用者。請以該使用者啟動 Praya，或把資料夾轉交此使用者。',
  },
  noSecrets: {
    en: 'The passwords of the database in {folder} are gone (secrets.json). Put that file back from a backup, or start over with ./praya reset.',
    'zh-Hant': '{folder} 內資料庫的密碼檔（secrets.json）不見了。請從備份還原該檔，或以 ./praya reset 重新開始。',
  },
  version: {
    en: 'The database in {folder} was made by PostgreSQL {version}, and this Praya brings {ours}. Start it with the Praya that made it and move the data over, or choose another folder with PRAYA_DATA.',
    'zh-Hant':
      '{folder} 內的資料庫由 PostgreSQL {version} 建立，而本 Praya 附帶 {ours}。請以原來的 Praya 啟動並轉移資料，或以 PRAYA_DATA 另選資料夾。',
  },
  initdb: {
    en: 'A new database could not be made: {reason}',
    'zh-Hant': '未能建立新資料庫：{reason}',
  },
})
