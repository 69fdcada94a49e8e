// The program put together without a database, for the rules that read its routes.
import { after } from 'node:test'
import { pino } from 'pino'
import { openDatabase, scopesOfRoute } from '#platform'
import { createApp } from '../../src/app.ts'
import { modules } from '../../src/modules.ts'
import { eventsOf } from '../../src/platform/access.ts'
import { openVault } from '../../src/platform/vault.ts'
import { loadPackOrThrow } from '../pack.ts'

export type Shape = Readonly<Record<string, unknown>>
export type RouteShape = {
  hide?: boolean
  summary?: string
  tags?: string[]
  params?: Shape
  querystring?: Shape
  headers?: Shape
  body?: Shape
  response?: Record<string, Shape>
  produces?: string[]
}
export type Route = {
  method: string
  url: string
  name: string
  access: string
  scopes: readonly string[]
  events: readonly string[]
  schema: RouteShape
}

let started: ReturnType<typeof startProgram> | undefined
after(async () => {
  const program = await started
  await program?.app.close()
  await program?.database.close()
})

async function startProgram() {
  const nowhere = 'postgres://app@127.0.0.1:9/none'
  const database = openDatabase({ owner: nowhere, app: nowhere })
  const { app } = await createApp({
    database,
    pack: await loadPackOrThrow('testland', modules),
    files: { put: async () => '', find: async () => undefined },
    log: pino({ level: 'silent' }),
    modules,
    now: () => new Date(0),
    sessionSecret: 'x'.repeat(32),
    vault: openVault('x'.repeat(32)),
    address: 'http://localhost:8080',
    demonstration: true,
    requestsPerMinuteMax: 1,
    behindProxy: false,
  })
  await app.ready()
  return { app, database }
}

/** Every route, HEAD left out: it is its GET. Asked for within tests, as what is registered after a wait may not be run. */
export async function readRoutes(): Promise<readonly Route[]> {
  started ??= startProgram()
  const { app } = await started
  return app.routeTable
    .flatMap((route) => [route.method].flat().map((method) => ({ ...route, method })))
    .filter(({ method }) => method !== 'HEAD')
    .map(({ method, url, config, schema }) => ({
      method,
      url,
      name: `${method} ${url}`,
      access: String(config?.access),
      scopes: scopesOfRoute(config),
      events: eventsOf(config),
      schema: (schema ?? {}) as RouteShape,
    }))
}
