import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import cookieSignature from '@fastify/cookie'
import { pino } from 'pino'
import postgres from 'postgres'
import { insertSession, type Module, openDatabase, type Person } from '#platform'
import { createApp } from '../src/app.ts'
import { modules as allModules } from '../src/modules.ts'
import { openFiles } from '../src/platform/files.ts'
import { loadPackOrThrow } from './pack.ts'

export type StartOptions = {
  /** A folder of `governments/`. */
  pack?: string
  modules?: readonly Module[]
  now?: () => Date
  demonstration?: boolean
  requestsPerMinuteMax?: number
}

const sessionSecret = randomBytes(32).toString('hex')

/**
 * A whole application for one test file: its own database, cloned from a template that is migrated already; connected as
 * the weak `app` role; with the pack of Testland unless told otherwise. Everything ends with the file.
 */
export async function start(options: StartOptions = {}) {
  const urls = await cloneDatabase()
  const database = openDatabase(urls, { connectionsMax: 5 })
  const folder = await mkdtemp(join(tmpdir(), 'praya-test-'))
  // Registered first: if the start fails, open connections must not keep the process alive.
  after(async () => {
    await app?.app.close()
    await database.close()
    await dropDatabase(urls.owner)
    await rm(folder, { recursive: true, force: true })
  })
  const modules = options.modules ?? allModules
  let app: Awaited<ReturnType<typeof createApp>> | undefined
  app = await createApp({
    database,
    pack: await loadPackOrThrow(options.pack ?? 'testland', modules),
    files: openFiles({ folder }),
    log: pino({ level: process.env.PRAYA_TEST_LOG ?? 'silent' }),
    modules,
    now: options.now ?? (() => new Date()),
    sessionSecret,
    demonstration: options.demonstration ?? true,
    requestsPerMinuteMax: options.requestsPerMinuteMax ?? 1_000_000,
    behindProxy: false,
  })
  for (const module of modules) await module.load?.(app.installation)
  await app.app.ready()

  /** Headers of somebody who holds exactly these permissions. */
  const as = async (...permissions: string[]) => {
    const name = { en: 'Test', 'zh-Hant': '測試' }
    const person: Person = { id: `test-${randomUUID()}`, name, organisation: 'test', permissions }
    const token = await insertSession(database.sql, person)
    return { cookie: `praya_session=${encodeURIComponent(cookieSignature.sign(token, sessionSecret))}` }
  }
  return { ...app, app: app.app, sql: database.sql, database, urls, as }
}

/** Addresses of a fresh clone of the template database, as the owner and as the app. */
export async function cloneDatabase(): Promise<{ owner: string; app: string }> {
  const owner = process.env.PRAYA_TEST_OWNER_URL
  const app = process.env.PRAYA_TEST_APP_URL
  if (!owner || !app) throw new Error('Run tests by `npm test`, which starts a PostgreSQL for them')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const sql = postgres(owner, { max: 1, onnotice: () => {} })
  await sql.unsafe(`create database "${name}" template "${new URL(owner).pathname.slice(1)}" strategy file_copy`)
  await sql.end()
  return { owner: withDatabase(owner, name), app: withDatabase(app, name) }
}

async function dropDatabase(ownerUrl: string): Promise<void> {
  const name = new URL(ownerUrl).pathname.slice(1)
  const sql = postgres(process.env.PRAYA_TEST_OWNER_URL!, { max: 1, onnotice: () => {} })
  await sql.unsafe(`drop database if exists "${name}" with (force)`)
  await sql.end()
}

function withDatabase(address: string, name: string): string {
  const url = new URL(address)
  url.pathname = `/${name}`
  return url.href
}
