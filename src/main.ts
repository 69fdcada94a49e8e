import { join } from 'node:path'
import { createApp } from './app.ts'
import { check } from './command/check.ts'
import { docs } from './command/docs.ts'
import {
  addressOf,
  chainOf,
  inProject,
  mailOf,
  openPack,
  openServer,
  openTables,
  settingsOrRefuse,
  vaultSecret,
} from './command/installation.ts'
import { closeListener, listen } from './command/listen.ts'
import { reset } from './command/reset.ts'
import { runCommand } from './command/run.ts'
import { listenForStop } from './command/stop.ts'
import { welcome } from './command/welcome.ts'
import { alone, modules } from './modules.ts'
import type { Command, ExitCode, Invocation } from './platform/command.ts'
import { openFiles } from './platform/files.ts'
import { startJobs } from './platform/jobs.ts'
import { texts } from './platform/languages.ts'
import { openLog } from './platform/log.ts'
import { openVault } from './platform/vault.ts'
import { openFolder } from './start/folder.ts'
import { readSecrets } from './start/secrets.ts'

/** Settings, database, tables, pack, application, listener, jobs; and back in reverse order when somebody says stop. */
async function run(invocation: Invocation): Promise<ExitCode> {
  const { print, progress, say } = invocation
  const settings = settingsOrRefuse()
  const log = openLog(settings.PRAYA_LOG_LEVEL)
  const opened = new AsyncDisposableStack()
  let kill = () => {}
  const signal = listenForStop(() => kill())
  // A bug that ends the process takes the database with it, so that nothing is left running.
  process.on('uncaughtExceptionMonitor', () => kill())
  const means = { say, progress, log, signal }
  // Made only where something is kept in it: beside an object store and a database of one's own there may be none.
  const folder = () => openFolder(inProject(settings.PRAYA_DATA))
  try {
    const server = await openServer(settings, opened, means)
    kill = server.kill
    const pack = await openPack(settings)
    const running = settings.PRAYA_ALONE ? [alone[settings.PRAYA_ALONE]] : modules
    const database = await openTables(settings, server.urls, opened, means)
    const { app, installation, jobs } = await createApp({
      database,
      pack,
      files: openFiles(
        settings.PRAYA_FILES_URL
          ? { s3: settings.PRAYA_FILES_URL, env: process.env }
          : { folder: join(folder(), 'files') },
      ),
      log,
      modules: running,
      alone: settings.PRAYA_ALONE !== undefined,
      now: () => new Date(),
      sessionSecret: settings.PRAYA_SESSION_SECRET ?? readSecrets(folder()).session,
      vault: openVault(vaultSecret(settings)),
      timestampUrl: settings.PRAYA_TIMESTAMP_URL,
      chain: chainOf(settings),
      address: addressOf(settings),
      demonstration: settings.PRAYA_DEMONSTRATION,
      publicUrl: settings.PRAYA_PUBLIC_URL,
      populationRegister: settings.PRAYA_POPULATION_REGISTER_URL
        ? { url: settings.PRAYA_POPULATION_REGISTER_URL, token: settings.PRAYA_POPULATION_REGISTER_TOKEN }
        : undefined,
      sources: settings.PRAYA_SOURCES_URL
        ? { url: settings.PRAYA_SOURCES_URL, token: settings.PRAYA_SOURCES_TOKEN }
        : undefined,
      mail: mailOf(settings),
      clamav: settings.PRAYA_CLAMAV,
      webhooksInside: settings.PRAYA_WEBHOOKS_INSIDE,
      requestsPerMinuteMax: settings.PRAYA_REQUESTS_PER_MINUTE,
      behindProxy: settings.PRAYA_BEHIND_PROXY,
    })
    for (const module of running) await module.load?.(installation)
    const runner = await startJobs(database, installation, jobs, log)
    opened.defer(() => runner.stop())
    // Deferred before it listens: it closes first, even when it never opened.
    opened.defer(() => closeListener(app))
    const address = await listen(app, settings)
    progress(undefined)
    for (const line of await welcome(settings, address, { installation, running }, invocation, log)) print(line)

    const gone = await Promise.race([server.exited, stopped(signal)])
    if (gone) throw gone
    return 0
  } catch (error) {
    // Whatever the stop interrupted has failed; that is no failure.
    if (signal.aborted) return 0
    throw error
  } finally {
    progress(say(words.stopping))
    await opened.disposeAsync()
  }
}

const stopped = (signal: AbortSignal) =>
  new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined)
    else signal.addEventListener('abort', () => resolve(undefined))
  })

const start: Command = {
  name: 'start',
  summary: {
    en: 'Starts Praya and serves until Ctrl-C. Settings come from the environment: docs/reference/settings.md.',
    'zh-Hant': '啟動 Praya 並提供服務，直至按下 Ctrl-C。設定取自環境變數：見 docs/reference/settings.md。',
  },
  run,
}

const words = texts({ stopping: { en: 'Stopping', 'zh-Hant': '正在停止' } })

const commands = [start, check, reset, docs, ...modules.flatMap((module) => module.commands ?? [])]
const typed = process.argv.slice(2)
process.exitCode = await runCommand(commands, typed.length > 0 ? typed : ['start'])
