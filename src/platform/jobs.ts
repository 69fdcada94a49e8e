import { Logger, parseCronItems, type Runner, run, runMigrations, type TaskList } from 'graphile-worker'
import type { Logger as Log } from 'pino'
import type { Database, Sql } from './database.ts'
import postgres from './driver.ts'
import type { Installation } from './module.ts'

/** Work for later: limited in tries, and safe to run twice. */
export type Job = {
  run: (installation: Installation, payload: unknown) => Promise<void>
  /** A crontab pattern in UTC, for work that returns: `5 * * * *`. */
  every?: string
  triesMax?: number
}

const concurrentMax = 2
const defaultTriesMax = 5

/**
 * Queues a job in the caller's transaction: it exists exactly if the act that caused it does. With `key`, a job that
 * waits already under this key is replaced, not doubled.
 */
export async function queueJob(
  sql: Sql,
  name: string,
  payload: object,
  options: { key?: string; triesMax?: number } = {},
) {
  await sql`
    select graphile_worker.add_job(${name}, ${sql.json(payload as never)}::json,
      job_key => ${options.key ?? null}, max_attempts => ${options.triesMax ?? defaultTriesMax})`
}

/** Creates the queue's own schema as the owner and lets the app use it. */
export async function migrateJobs(ownerUrl: string): Promise<void> {
  await runMigrations({ connectionString: ownerUrl, logger: silent })
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} })
  try {
    await sql.begin(async (transaction) => {
      // Two processes that grant at once would fail with “tuple concurrently updated”.
      await transaction`select pg_advisory_xact_lock(hashtext('praya.migrate.jobs'))`
      await transaction.unsafe(`
        grant usage on schema graphile_worker to app;
        grant select, insert, update, delete on all tables in schema graphile_worker to app;
        grant usage on all sequences in schema graphile_worker to app;
        do $$ declare each regclass; begin
          for each in select oid from pg_class where relnamespace = 'graphile_worker'::regnamespace and relrowsecurity
          loop execute format('alter table %s disable row level security', each); end loop;
        end $$;`)
    })
  } finally {
    await sql.end({ timeout: 5 })
  }
}

const silent = new Logger(() => () => {})

/** Works on the queue in this process until `stop`, which lets running jobs end. Any number of processes may do so. */
export async function startJobs(
  database: Database,
  installation: Installation,
  jobs: Readonly<Record<string, Job>>,
  log: Log,
): Promise<{ stop: () => Promise<void> }> {
  const taskList: TaskList = {}
  for (const [name, job] of Object.entries(jobs))
    taskList[name] = (payload) =>
      job.run(installation, payload).catch((error: Error) => {
        // Logged here, as the queue would write the error's whole message, which may hold somebody's data.
        log.error({ err: error, job: name }, 'A job failed')
        throw error
      })
  const cron = Object.entries(jobs).flatMap(([name, { every, triesMax }]) =>
    every ? [{ task: name, match: every, options: { maxAttempts: triesMax ?? defaultTriesMax, jobKey: name } }] : [],
  )
  const runner: Runner = await run({
    connectionString: database.urls.app,
    maxPoolSize: concurrentMax + 2,
    concurrency: concurrentMax,
    noHandleSignals: true,
    pollInterval: 2000,
    logger: new Logger(() => (level, message, meta) => {
      if (level === 'error' && !meta?.failure) log.error(message.replace(/[:"'].*/s, '…'))
    }),
    taskList,
    parsedCronItems: parseCronItems(cron),
  })
  // A lost server rejects this; the process itself decides when to end.
  runner.promise.catch((error: Error) => log.error({ err: error }, 'The job queue stopped'))
  return { stop: () => runner.stop().catch(() => {}) }
}
