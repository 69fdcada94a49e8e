import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import { loadPack, type Pack } from '#pack'
import { definitions, modules } from '../modules.ts'
import { type Command, type Invocation, Refusal } from '../platform/command.ts'
import { type DatabaseUrls, openDatabase, projectFolder } from '../platform/database.ts'
import { migrateJobs } from '../platform/jobs.ts'
import { say as sayIn, texts } from '../platform/languages.ts'
import { openLog } from '../platform/log.ts'
import type { Installation } from '../platform/module.ts'
import { openVault } from '../platform/vault.ts'
import { readEnvironment } from '../settings.ts'
import { openFolder, refusalOf } from '../start/folder.ts'
import { lockFolder, lockFolderOrRefuse } from '../start/lock.ts'
import { migrate, migrationsOf } from '../start/migrate.ts'
import { prepareExternal } from '../start/postgres/external.ts'
import { findPostgres, startPostgres } from '../start/postgres/server.ts'
import { readSecrets } from '../start/secrets.ts'
import { languageOf } from './language.ts'

export type Settings = ReturnType<typeof readEnvironment>['settings']

/** What was opened, to be closed in reverse order. */
export type Opened = AsyncDisposableStack

/** The settings, or one refusal that holds every fault, a line for each. */
export function settingsOrRefuse(): Settings {
  const { settings, faults } = readEnvironment(process.env)
  const folder = inProject(settings.PRAYA_PACK)
  if (!existsSync(folder)) faults.push({ text: words.noPack, values: { folder } })
  if (faults.length === 0) return settings
  const lines = (language: Parameters<typeof sayIn>[1]) =>
    faults.map(({ text, values }) => sayIn(text, language, values)).join('\n')
  // Only the person's own language is needed, and it is the one that will be chosen.
  const spoken = lines(languageOf(process.env))
  throw new Refusal({ en: spoken, 'zh-Hant': spoken, 'zh-Hans': spoken })
}

/** Where people reach this installation: what the operator says, or this machine by the one name that passkeys accept. */
export const addressOf = ({ PRAYA_PUBLIC_URL, PRAYA_PORT }: Settings) =>
  PRAYA_PUBLIC_URL?.replace(/\/$/, '') ?? `http://localhost:${PRAYA_PORT}`

/** Where mail goes; nowhere unless the operator says so. */
export const mailOf = ({ PRAYA_MAIL_URL: url, PRAYA_MAIL_FROM: from }: Settings) =>
  url && from ? { url, from } : undefined

/** The chain on which checkpoints are anchored; none unless the operator names a node of it. */
export const chainOf = (settings: Settings): Installation['chain'] =>
  settings.PRAYA_CHAIN_URL && settings.PRAYA_CHAIN_ID
    ? {
        url: settings.PRAYA_CHAIN_URL,
        id: settings.PRAYA_CHAIN_ID,
        contract: settings.PRAYA_CHAIN_CONTRACT,
        everyMinutes: settings.PRAYA_CHAIN_MINUTES,
        confirmations: settings.PRAYA_CHAIN_CONFIRMATIONS,
        gweiMax: settings.PRAYA_CHAIN_GWEI_MAX,
      }
    : undefined

export function vaultSecret(settings: Settings): string {
  if (settings.PRAYA_VAULT_SECRET) return settings.PRAYA_VAULT_SECRET
  const { vault, session } = readSecrets(openFolder(inProject(settings.PRAYA_DATA)))
  return vault ?? session
}

/** A path of the settings: a relative one lies in the project folder, wherever Praya is called from. */
export const inProject = (path: string) => resolve(fileURLToPath(projectFolder), path)

type Means = Pick<Invocation, 'say' | 'progress'> & { log: Logger; signal?: AbortSignal }

/** The addresses of the database: the embedded one, started and locked for this process, or the operator's own. */
export async function openServer(settings: Settings, opened: Opened, means: Means) {
  const { say, progress, log, signal } = means
  const never = new Promise<never>(() => {})
  if (settings.PRAYA_DATABASE_URL) {
    progress(say(words.reaching))
    const urls = await prepareExternal(settings.PRAYA_DATABASE_URL, settings.PRAYA_DATABASE_APP_URL)
    return { urls, exited: never as Promise<Error>, kill: () => {} }
  }
  const { folder, release } = lockFolderOrRefuse(inProject(settings.PRAYA_DATA))
  opened.defer(release)
  progress(say(words.starting))
  const postgres = await startPostgres({ folder, log, ...(signal && { signal }) }).catch((error) => {
    throw refusalOf(folder, error)
  })
  opened.defer(() => postgres.stop())
  const urls: DatabaseUrls = { owner: postgres.ownerUrl, app: postgres.appUrl }
  return { urls, exited: postgres.exited, kill: postgres.kill }
}

/** Brings the tables to the newest version and opens the pool. */
export async function openTables(settings: Settings, urls: DatabaseUrls, opened: Opened, { say, progress }: Means) {
  progress(say(words.migrating))
  await migrate(urls.owner, migrationsOf(modules))
  await migrateJobs(urls.owner)
  const database = openDatabase(urls, { connectionsMax: settings.PRAYA_DATABASE_CONNECTIONS })
  opened.defer(() => database.close())
  return database
}

/** The pack, which has to be without a mistake. */
export async function openPack(settings: Settings): Promise<Pack> {
  const folder = inProject(settings.PRAYA_PACK)
  const { pack, mistakes } = await loadPack(folder, definitions)
  const [first] = mistakes
  if (!first) return pack
  const { file, line, text, values } = first
  const spoken = sayIn(text, languageOf(process.env), values)
  throw new Refusal(words.pack, {
    folder,
    count: mistakes.length,
    first: file === folder ? spoken : `${file}:${line} ${spoken}`,
  })
}

/** For a command: joins the Praya that runs on the data folder, or opens everything for as long as the work takes. */
export async function withInstallation<Result>(
  { say, progress }: Pick<Invocation, 'say' | 'progress'>,
  work: (installation: Installation) => Promise<Result>,
  { asItStands }: Pick<Command, 'asItStands'> = {},
): Promise<Result> {
  const settings = settingsOrRefuse()
  const means = { say, progress, log: openLog(settings.PRAYA_LOG_LEVEL) }
  const opened = new AsyncDisposableStack()
  try {
    const running = settings.PRAYA_DATABASE_URL ? undefined : findRunning(inProject(settings.PRAYA_DATA))
    const urls = running ?? (await openServer(settings, opened, means)).urls
    const pack = await openPack(settings)
    const { sql } = await openTables(settings, urls, opened, means)
    const installation: Installation = {
      sql,
      pack,
      now: () => new Date(),
      running: modules.map(({ name }) => name),
      address: addressOf(settings),
      demonstration: settings.PRAYA_DEMONSTRATION,
      vault: openVault(vaultSecret(settings)),
      chain: chainOf(settings),
    }
    if (!asItStands) for (const module of modules) await module.load?.(installation)
    progress(undefined)
    return await work(installation)
  } finally {
    await opened.disposeAsync()
  }
}

function findRunning(folder: string): DatabaseUrls | undefined {
  const lock = lockFolder(folder)
  if ('release' in lock) {
    lock.release()
    return undefined
  }
  const urls = findPostgres(folder)
  return urls && { owner: urls.ownerUrl, app: urls.appUrl }
}

const words = texts({
  reaching: { en: 'Reaching the database', 'zh-Hant': '正在連接資料庫' },
  starting: { en: 'Starting the database', 'zh-Hant': '正在啟動資料庫' },
  migrating: { en: 'Bringing the tables to the newest version', 'zh-Hant': '正在更新資料表' },
  noPack: {
    en: 'PRAYA_PACK must be the folder of a government’s pack; there is no {folder}.',
    'zh-Hant': 'PRAYA_PACK 須為政府資料包的資料夾；找不到 {folder}。',
  },
  pack: {
    en: 'The pack {folder} cannot be used ({count} found by ./praya check). The first: {first}',
    'zh-Hant': '資料包 {folder} 不能使用（./praya check 發現 {count} 處）。第一處：{first}',
  },
})
