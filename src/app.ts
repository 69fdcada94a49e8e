import type { Logger } from 'pino'
import type { Pack } from '#pack'
import type { Database, Files, Installation, Module } from '#platform'
import { addAssets } from './platform/assets/assets.ts'
import { openFigures } from './platform/figures.ts'
import { createHttp } from './platform/http.ts'
import type { Job } from './platform/jobs.ts'
import { openPrinting } from './platform/print/printing.ts'
import { addOpenApi, platformRoutes } from './platform/routes.ts'
import type { Vault } from './platform/vault.ts'

/** What an application is made of. Everything that a test may want to break is handed in. */
export type AppOptions = {
  database: Database
  pack: Pack
  files: Files
  log: Logger
  modules: readonly Module[]
  now: () => Date
  sessionSecret: string
  vault: Vault
  timestampUrl?: string | undefined
  chain?: Installation['chain']
  mail?: Installation['mail']
  clamav?: string | undefined
  webhooksInside?: boolean | undefined
  /** Where people reach it when `publicUrl` does not say. */
  address: string
  demonstration: boolean
  publicUrl?: string | undefined
  populationRegister?: Installation['populationRegister']
  sources?: Installation['sources']
  requestsPerMinuteMax: number
  behindProxy: boolean
  /** Whether this serves one thing alone, and pages lead to no other. */
  alone?: boolean
}

/** The whole application: platform, then each module in order. Does not listen, and starts no job. */
export async function createApp(options: AppOptions) {
  const { database, pack, files, log, modules, now } = options
  const { demonstration, vault, populationRegister, sources, timestampUrl, mail, chain, clamav } = options
  const { webhooksInside } = options
  const address = (options.publicUrl ?? options.address).replace(/\/$/, '')
  const running = modules.map(({ name }) => name)
  const own = { running, address, demonstration, vault, populationRegister, sources, timestampUrl, mail, chain, clamav }
  const installation: Installation = { sql: database.sql, pack, now, webhooksInside, ...own }
  const permissions = new Set(modules.flatMap((module) => Object.keys(module.permissions ?? {})))
  const events = new Set(modules.flatMap((module) => Object.keys(module.events ?? {})))
  const figures = openFigures(
    installation,
    modules.flatMap((module) => [...(module.figures ?? []), ...(module.figuresOf?.(pack) ?? [])]),
    log,
  )

  const identify = modules.find((module) => module.identify)?.identify?.(installation)
  const identifyToken = modules.find((module) => module.identifyToken)?.identifyToken?.(installation)
  const app = await createHttp({
    ...options,
    site: { ...pack.government, alone: options.alone ?? false },
    permissions,
    events,
    identify,
    identifyToken,
  })
  app.decorate('installation', installation)
  app.decorate('figures', figures)
  app.decorate('files', files)
  app.decorate('modules', modules)
  app.decorate('printing', openPrinting(app))
  await addOpenApi(app, modules)
  await addAssets(app)
  for (const { name, routes } of [{ name: 'platform', routes: [platformRoutes] }, ...modules])
    await app.register(async (scope) => {
      // The OpenAPI document groups addresses by module.
      scope.addHook('onRoute', (route) => {
        route.schema = { tags: [name], ...route.schema }
      })
      for (const each of routes) await scope.register(each)
    })

  const jobs: Record<string, Job> = Object.assign({}, ...modules.map((module) => module.jobs ?? {}))
  return { app, installation, jobs }
}

declare module 'fastify' {
  interface FastifyInstance {
    modules: readonly Module[]
  }
}
