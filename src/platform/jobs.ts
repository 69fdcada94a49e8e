import { EventEmitter } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import {
  Logger,
  parseCronItems,
  type Runner,
  run,
  runMigrations,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker'
import type { Logger as Log } from 'pino'
import type * as driver from 'postgres'
import type { Database, Sql } from './database.ts'
import postgres from './driver.ts'
import type { Installation } from './module.ts'

/** Work for later: limited in tries, and safe to run twice. */
export type Job = {
  run: (installation: Installation, payload: unknown) => Promise<void>
  /** A crontab pattern in UTC, for work that returns: `5 * * * *`. */
  every?: string
}

const concurrentMax = 2
const restartMs = 1000
const failuresMax = 5
const watchMs = 5000
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
  const cron = Object.entries(jobs).flatMap(([name, { every }]) =>
    every ? [{ task: name, match: every, options: { maxAttempts: defaultTriesMax, jobKey: name } }] : [],
  )
  const begin = async (): Promise<Runner> => {
    const events: WorkerEvents = new EventEmitter()
    let failures = 0
    events.on('pool:create', ({ ctx, workerPool }) => {
      workers.push(workerPool.id)
      // The queue takes its own listener away before its last connections have closed: an error of theirs, heard by
      // nobody, would end the process.
      ;(ctx as unknown as { pgPool: EventEmitter }).pgPool.on('error', () => {})
    })
    // A worker whose first question fails keeps that failure as its answer for ever: only a new one helps.
    const count = (by: number) => {
      failures = by && failures + by
      if (failures === failuresMax) void begun.stop().catch(() => {})
    }
    events.on('worker:getJob:error', () => count(1))
    for (const good of ['worker:getJob:empty', 'job:start'] as const) events.on(good, () => count(0))
    const begun = await run({
      connectionString: database.urls.app,
      maxPoolSize: concurrentMax + 2,
      concurrency: concurrentMax,
      noHandleSignals: true,
      pollInterval: 2000,
      // Without it a job that ends while the server goes away ends the process: nobody awaits that promise.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      events,
      logger: new Logger(() => (level, message, meta) => {
        if (level === 'error' && !meta?.failure) log.error(message)
      }),
      taskList,
      parsedCronItems: parseCronItems(cron),
    })
    return begun
  }

  /** Does it, or says what failed: when it begins to fail, and not again before it has worked. */
  const failing = new Set<string>()
  let stopping = false
  const attempt = async <Result>(what: string, act: () => Promise<Result>): Promise<Result | undefined> => {
    try {
      const result = await act()
      failing.delete(what)
      return result
    } catch (error) {
      if (!stopping && !failing.has(what)) log.error({ err: error }, what)
      failing.add(what)
      return undefined
    }
  }

  /** What this process works as, newest last. */
  const workers: string[] = []
  const watch = postgres(database.urls.app, { max: 1, idle_timeout: 0, max_lifetime: null, onnotice: () => {} })
  let runner = await begin()
  const stopWatching = repeat(watchMs, () =>
    attempt('Jobs of lost workers cannot be freed', () => unlockLostJobs(watch, workers.at(-1)!)),
  )

  // A server that goes away may stop the queue; it begins again until it is stopped here.
  const again = async (): Promise<void> => {
    await runner.promise.catch((error: Error) => log.error({ err: error }, 'The job queue stopped'))
    while (!stopping) {
      await pause(restartMs)
      const next = stopping ? undefined : await attempt('The job queue cannot begin again', begin)
      if (!next) continue
      runner = next
      return stopping ? next.stop().catch(() => {}) : again()
    }
  }
  void again()
  return {
    stop: async () => {
      stopping = true
      stopWatching()
      await runner.stop().catch(() => {})
      await watch.end({ timeout: 1 })
    },
  }
}

/** Does something now and again, never twice at once, without keeping the process alive. */
function repeat(everyMs: number, act: () => Promise<unknown>): () => void {
  let running = false
  const once = async () => {
    if (running) return
    running = true
    await act()
    running = false
  }
  void once()
  const timer = setInterval(once, everyMs).unref()
  return () => clearInterval(timer)
}

/**
 * Frees the jobs of workers that are gone, which would wait for hours otherwise. A worker that lives holds a lock under
 * its name, on a connection of its own; who can take the lock of another knows that the other died. One that has just
 * begun may not hold it yet, so a young job is left alone.
 */
async function unlockLostJobs(sql: driver.Sql, own: string): Promise<void> {
  await sql`select pg_try_advisory_lock(hashtextextended(${own}, 0))`
  await sql`
    select graphile_worker.force_unlock_workers(array[lost.worker])
    from (select distinct locked_by as worker
          from graphile_worker._private_jobs
          where locked_by <> ${own} and locked_at < now() - ${2 * watchMs} * interval '1 millisecond') as lost
    where pg_try_advisory_lock(hashtextextended(lost.worker, 0))`
}
