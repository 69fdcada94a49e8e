import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { projectFolder } from '../src/platform/database.ts'
import { migrateJobs } from '../src/platform/jobs.ts'
import { migrate, migrationsOf } from '../src/start/migrate.ts'
import { startPostgres } from '../src/start/postgres/server.ts'

/*
 * One PostgreSQL for a whole test run, thrown away at its end. Test processes find it in their environment:
 * TEST_OWNER_URL (the login that migrates and may create databases) and TEST_APP_URL (the weak one). Both
 * name a database that is migrated already, which each test file clones.
 */

let stop: () => Promise<void> = async () => {}

export async function globalSetup(): Promise<void> {
  if (process.env.TEST_OWNER_URL) return
  const folder = mkdtempSync(join(tmpdir(), 'praya-test-'))
  // A run that is interrupted must not leave a server behind.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => void globalTeardown().finally(() => process.exit(1)))
  stop = async () => rmSync(folder, { recursive: true, force: true })
  try {
    const postgres = await startPostgres({ folder, log: pino({ level: 'silent' }), durable: false })
    stop = async () => {
      await postgres.stop()
      rmSync(folder, { recursive: true, force: true })
    }
    // By their folders: the runner that calls this reads no pages, and the list of modules would bring them in.
    const modules = readdirSync(new URL('src/modules', projectFolder)).map((name) => ({ name }))
    await migrate(postgres.ownerUrl, migrationsOf(modules))
    await migrateJobs(postgres.ownerUrl)
    process.env.TEST_OWNER_URL = postgres.ownerUrl
    process.env.TEST_APP_URL = postgres.appUrl
  } catch (error) {
    await globalTeardown()
    throw error
  }
}

export async function globalTeardown(): Promise<void> {
  const once = stop
  stop = async () => {}
  await once()
}
