import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import cookieSignature from '@fastify/cookie'
import { type Logger, pino } from 'pino'
import { type Identify, type Installation, type Module, openDatabase, type Person } from '#platform'
import { createApp } from '../src/app.ts'
import { modules as allModules } from '../src/modules.ts'
import type { DatabaseUrls } from '../src/platform/database.ts'
import postgres from '../src/platform/driver.ts'
import { openFiles } from '../src/platform/files.ts'
import { openVault } from '../src/platform/vault.ts'
import { loadPackOrThrow } from './pack.ts'

export type StartOptions = {
  /** A folder of `governments/`, or any other by its absolute address. */
  pack?: string
  modules?: readonly Module[]
  now?: () => Date
  log?: Logger
  demonstration?: boolean
  publicUrl?: string
  timestampUrl?: string
  chain?: Installation['chain']
  /** Where a browser reaches it, for passkeys. */
  address?: string
  populationRegister?: Installation['populationRegister']
  sources?: Installation['sources']
  requestsPerMinuteMax?: number
  behindProxy?: boolean
  mail?: Installation['mail']
  clamav?: string
  webhooksInside?: boolean
  /** Another process of the same installation: on the database of an application that runs already. */
  beside?: { urls: DatabaseUrls }
}

/** One for the whole file, as all processes of an installation share it. */
export const sessionSecret = randomBytes(32).toString('hex')

/**
 * A whole application for one test file: its own database, cloned from a template that is migrated already; connected as
 * the weak `app` role; with the pack of Testland unless told otherwise. Everything ends with the file.
 */
export async function start(options: StartOptions = {}) {
  const urls = options.beside?.urls ?? (await cloneDatabase())
  const database = openDatabase(urls, { connectionsMax: 5 })
  const folder = await mkdtemp(join(tmpdir(), 'praya-test-'))
  let app: Awaited<ReturnType<typeof createApp>> | undefined
  // Registered first: if the start fails, open connections must not keep the process alive.
  after(async () => {
    await app?.app.close()
    await database.close()
    if (!options.beside) await dropDatabase(urls.owner)
    await rm(folder, { recursive: true, force: true })
  })
  // Beside whoever signs in for real, people of the tests with exactly the permissions that a test gives them.
  const modules = (options.modules ?? allModules).map((module) =>
    module.identify ? { ...module, identify: (each: Installation) => withTestPeople(module.identify!(each)) } : module,
  )
  if (!modules.some((module) => module.identify))
    modules.push({ name: 'test', summary: '', uses: [], routes: [], identify: () => withTestPeople() })
  app = await createApp({
    database,
    pack: await loadPackOrThrow(options.pack ?? 'testland', modules),
    files: openFiles({ folder }),
    log: options.log ?? pino({ level: process.env.TEST_LOG ?? 'silent' }),
    modules,
    now: options.now ?? (() => new Date()),
    sessionSecret,
    vault: openVault(sessionSecret),
    timestampUrl: options.timestampUrl,
    chain: options.chain,
    address: options.address ?? 'http://localhost:8080',
    demonstration: options.demonstration ?? true,
    publicUrl: options.publicUrl,
    populationRegister: options.populationRegister,
    sources: options.sources,
    mail: options.mail,
    clamav: options.clamav,
    webhooksInside: options.webhooksInside,
    requestsPerMinuteMax: options.requestsPerMinuteMax ?? 1_000_000,
    behindProxy: options.behindProxy ?? false,
  })
  for (const module of modules) await module.load?.(app.installation)
  await app.app.ready()

  /** Headers of somebody who holds exactly these permissions, and has proven all that there is to prove. */
  const as = async (...permissions: string[]) => {
    const name = { en: 'Test', 'zh-Hant': '測試' }
    return asPerson({ id: `test-${randomUUID()}`, name, organisation: 'test', permissions, level: 3 })
  }
  return { ...app, app: app.app, sql: database.sql, database, urls, folder, as, asPerson }
}

/** By what their cookies hold. One list for the whole file, as all processes of an installation know the same people. */
const testPeople = new Map<string, Person>()

/** Headers of somebody who need not be in any table. */
export function asPerson(person: Partial<Person> & { id: string }) {
  const token = `test-${randomUUID()}`
  const now = new Date().toISOString()
  const nobody = { name: { en: 'Test', 'zh-Hant': '測試' }, permissions: [], methods: ['test'], authenticatedAt: now }
  testPeople.set(token, { level: 1, ...nobody, ...person })
  return cookieOf(token)
}

const withTestPeople =
  (real?: Identify): Identify =>
  async (request) =>
    testPeople.get(request.unsignCookie(request.cookies.praya_session ?? '').value ?? '') ?? real?.(request)

/** What a browser that holds the session `token` sends. */
export const cookieOf = (token: string, secret: string = sessionSecret) => ({
  cookie: `praya_session=${encodeURIComponent(cookieSignature.sign(token, secret))}`,
})

/** Addresses of a fresh clone of the template database, as the owner and as the app. */
export async function cloneDatabase(): Promise<DatabaseUrls> {
  const owner = process.env.TEST_OWNER_URL
  const app = process.env.TEST_APP_URL
  if (!owner || !app) throw new Error('Run tests by `npm test`, which starts a PostgreSQL for them')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await administer(`create database "${name}" template "${new URL(owner).pathname.slice(1)}" strategy file_copy`)
  return { owner: withDatabase(owner, name), app: withDatabase(app, name) }
}

/** An empty database, for tests of migrations. */
export async function createDatabase(): Promise<DatabaseUrls> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await administer(`create database "${name}" template template0`)
  return {
    owner: withDatabase(process.env.TEST_OWNER_URL!, name),
    app: withDatabase(process.env.TEST_APP_URL!, name),
  }
}

export const dropDatabase = (ownerUrl: string): Promise<void> =>
  administer(`drop database if exists "${new URL(ownerUrl).pathname.slice(1)}" with (force)`)

/** From the neighbouring database `postgres`: a template with a connection on it cannot be cloned. */
async function administer(statement: string): Promise<void> {
  const sql = postgres(withDatabase(process.env.TEST_OWNER_URL!, 'postgres'), { max: 1, onnotice: () => {} })
  await sql.unsafe(statement)
  await sql.end()
}

function withDatabase(address: string, name: string): string {
  const url = new URL(address)
  url.pathname = `/${name}`
  return url.href
}

/**
 * The same server by its port, before which a test can stand: one that is reached by a socket listens on its port too, and only a
 * connection by that can be reset.
 */
export const byPort = (url: string): string => url.replace(/@%2F[^:]+:/, '@127.0.0.1:')
