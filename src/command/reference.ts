// The pages of docs/reference that tell what the program itself knows: addresses, problems, events, permissions, figures, tables.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { createApp } from '../app.ts'
import { modules } from '../modules.ts'
import { eventsOf } from '../platform/access.ts'
import { type DatabaseUrls, openDatabase } from '../platform/database.ts'
import type { Text } from '../platform/languages.ts'
import type { Module } from '../platform/module.ts'
import { allProblems } from '../platform/problem.ts'
import { openVault } from '../platform/vault.ts'
import { migrate, migrationsOf } from '../start/migrate.ts'
import { startPostgres } from '../start/postgres/server.ts'
import { openPack, settingsOrRefuse } from './installation.ts'
import { listTables, type Table } from './tables.sql.ts'

type Row = readonly string[]
type Route = { method: string; url: string; access: string; events: string[]; summary: string }

const log = pino({ level: 'silent' })
const schemas = ['platform', ...modules.map(({ name }) => name)]

/** Every such page by its path. Tables come from a database that is made for this and thrown away. */
export async function referenceFiles(): Promise<Map<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'praya-reference-'))
  const postgres = await startPostgres({ folder, log, durable: false })
  try {
    const urls = { owner: postgres.ownerUrl, app: postgres.appUrl }
    await migrate(urls.owner, migrationsOf(modules))
    const { routes, tables } = await readProgram(urls)
    return new Map([
      ['docs/reference/routes.md', routesPage(routes)],
      ['docs/reference/problems.md', problemsPage()],
      ['docs/reference/events.md', eventsPage(routes)],
      ['docs/reference/permissions.md', permissionsPage()],
      ['docs/reference/figures.md', figuresPage()],
      ['docs/reference/tables.md', tablesPage(tables)],
    ])
  } finally {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** The program put together as for serving, and its tables. */
async function readProgram(urls: DatabaseUrls): Promise<{ routes: Route[]; tables: Table[] }> {
  const database = openDatabase(urls, { connectionsMax: 1 })
  try {
    const { app } = await createApp({
      database,
      pack: await openPack(settingsOrRefuse()),
      files: { put: async () => '', find: async () => undefined },
      log,
      modules,
      now: () => new Date(),
      sessionSecret: 'for the reference, which nobody signs in to',
      vault: openVault('for the reference, which seals nothing'),
      address: 'https://praya.example',
      demonstration: true,
      requestsPerMinuteMax: 1,
      behindProxy: false,
    })
    await app.ready()
    const routes = app.routeTable
      .filter(({ method, url }) => method !== 'HEAD' && !url.startsWith('/assets/'))
      .map(({ method, url, config, schema }) => ({
        method: String(method),
        url,
        access: String(config?.access),
        events: eventsOf(config).filter((event) => event !== 'none'),
        summary: (schema as { summary?: string } | undefined)?.summary ?? '',
      }))
    await app.close()
    return { routes, tables: await listTables(database.sql, schemas) }
  } finally {
    await database.close()
  }
}

const code = (text: string) => `\`${text}\``
const byName = (one: Row, other: Row) => (one[0]! < other[0]! ? -1 : 1)

function page(title: string, lead: string, head: Row, rows: readonly Row[]): string {
  const line = (cells: Row) =>
    `| ${cells.map((text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
  const note = 'This page is made from the code by `./praya docs`.'
  return [`# ${title}`, '', `${lead} ${note}`, '', line(head), line(head.map(() => '---')), ...rows.map(line), ''].join(
    '\n',
  )
}

function routesPage(routes: readonly Route[]): string {
  const rows = routes.map(({ method, url, access, events, summary }) => [
    code(url),
    method,
    access,
    events.map(code).join(' '),
    summary,
  ])
  const lead =
    'Every address, who may use it (`public`, `signed-in` or a permission), and the event that it leaves in the audit trail. Pages have a language before the address, and their data under `.json`.'
  return page('Addresses', lead, ['address', 'method', 'access', 'event', 'what it does'], rows.sort(byName))
}

function problemsPage(): string {
  const rows = [...allProblems].map(([name, { status, title }]) => [
    code(name),
    String(status),
    title.en,
    title['zh-Hant'],
  ])
  const lead =
    'Every refusal, as RFC 9457 `problem+json` and as a page. Its `type` is `/problems/` and the code, and leads to an explanation.'
  return page('Problems', lead, ['code', 'status', 'English', 'Chinese'], rows.sort(byName))
}

function eventsPage(routes: readonly Route[]): string {
  const events = Map.groupBy(
    routes.flatMap((route) => route.events.map((event) => ({ ...route, event }))),
    ({ event }) => event,
  )
  const sentences: Readonly<Record<string, Text>> = Object.assign({}, ...modules.map((module) => module.events))
  const rows = [...events].map(([event, from]) => [
    code(event),
    sentences[event]!.en,
    from.map(({ method, url }) => code(`${method} ${url}`)).join(', '),
  ])
  return page(
    'Events of the audit trail',
    'What people do here, as `platform.audit_event` keeps it.',
    ['event', 'what it says to the person', 'comes from'],
    rows.sort(byName),
  )
}

function permissionsPage(): string {
  const roles: NonNullable<Module['roles']> = Object.assign({}, ...modules.map((module) => module.roles))
  const rows = modules.flatMap(({ permissions = {} }) =>
    Object.entries(permissions).map(([name, text]) => {
      const has = Object.values(roles).map((allowed) => (allowed.includes(name) ? '●' : ''))
      return [code(name), text.en, ...has]
    }),
  )
  const lead = 'What a role of a person allows. A permission belongs to the module whose name it begins with.'
  return page('Permissions and roles', lead, ['permission', 'allows to', ...Object.keys(roles)], rows.sort(byName))
}

function figuresPage(): string {
  const rows = modules.flatMap(({ figures = [] }) =>
    figures.map(({ id, title, unit, period, evidence }) => [code(id), title.en, unit, period.en, code(evidence)]),
  )
  const lead =
    'The named numbers that this program computes. Indicators of the Estimates refer to them by their name, which is never used for something else.'
  return page('Figures', lead, ['figure', 'what it is', 'unit', 'period', 'evidence'], rows.sort(byName))
}

function tablesPage(tables: readonly Table[]): string {
  const rows = tables.map(({ name, comment, appMay, columns }) => [
    code(name),
    comment ?? '',
    appMay.join(', '),
    columns.join(', '),
  ])
  const lead = 'Every table, as the database itself tells, and what the role that serves may do with it.'
  return page('Tables', lead, ['table', 'what it holds', 'the app may', 'columns'], rows)
}
