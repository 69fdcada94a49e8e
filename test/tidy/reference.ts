// docs/reference: what the program itself knows, as pages. `npm run reference` writes them; the check compares.
import { roles } from '../../src/modules/identity/roles.ts'
import { modules } from '../../src/modules.ts'
import { allProblems } from '../../src/platform/problem.ts'
import { routes } from './program.ts'
import { columns, type Table, tables } from './tables.ts'

type Row = readonly string[]

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
const code = (text: string) => `\`${text}\``

function page(title: string, lead: string, head: Row, rows: readonly Row[]): string {
  const line = (cells: Row) => `| ${cells.map(cell).join(' | ')} |`
  const note = 'Made from the code by `npm run reference`; a check compares it.'
  return [`# ${title}`, '', `${lead} ${note}`, '', line(head), line(head.map(() => '---')), ...rows.map(line), ''].join('\n')
}

const byName = (one: Row, other: Row) => (one[0]! < other[0]! ? -1 : 1)

function routesPage(): string {
  const rows = routes
    .filter(({ url }) => !url.startsWith('/assets/'))
    .map(({ method, url, access, event, schema }) => [code(url), method, access, event && event !== 'none' ? code(event) : '', schema.summary ?? ''])
  const lead =
    'Every address, who may use it (`public`, `signed-in` or a permission), and the event that it leaves in the audit trail. Pages have a language before the address, and their data under `.json`.'
  return page('Addresses', lead, ['address', 'method', 'access', 'event', 'what it does'], rows.sort(byName))
}

function problemsPage(): string {
  const rows = [...allProblems].map(([name, { status, title }]) => [code(name), String(status), title.en, title['zh-Hant']])
  const lead = 'Every refusal, as RFC 9457 `problem+json` and as a page. Its `type` is `/problems/` and the code, and leads to an explanation.'
  return page('Problems', lead, ['code', 'status', 'English', 'Chinese'], rows.sort(byName))
}

function eventsPage(): string {
  const named = routes.filter(({ event }) => event && event !== 'none')
  const events = Map.groupBy(named, ({ event }) => event!)
  const rows = [...events].map(([event, from]) => [code(event), from.map(({ method, url }) => code(`${method} ${url}`)).join(', ')])
  return page('Events of the audit trail', 'What people do here, as `platform.audit_event` keeps it.', ['event', 'comes from'], rows.sort(byName))
}

function permissionsPage(): string {
  const names = Object.keys(roles) as (keyof typeof roles)[]
  const rows = modules.flatMap((module) =>
    Object.entries(module.permissions ?? {}).map(([name, text]) => [
      code(name),
      text.en,
      ...names.map((role) => ((roles[role] as readonly string[]).includes(name) ? '●' : '')),
    ]),
  )
  const lead = 'What a role of a person allows. A permission belongs to the module whose name it begins with.'
  return page('Permissions and roles', lead, ['permission', 'allows to', ...names], rows.sort(byName))
}

function figuresPage(): string {
  const rows = modules.flatMap((module) =>
    (module.figures ?? []).map(({ id, title, unit, period, evidence }) => [code(id), title.en, unit, period.en, code(evidence)]),
  )
  const lead = 'The named numbers that this program computes. Indicators of the Estimates refer to them by their name, which is never used for something else.'
  return page('Figures', lead, ['figure', 'what it is', 'unit', 'period', 'evidence'], rows.sort(byName))
}

async function tablesPage(): Promise<string> {
  const all = await columns()
  const of = ({ name }: Table) =>
    all
      .filter(({ table }) => table === name)
      .map((column) => column.name)
      .join(', ')
  const rows = (await tables()).map((table) => [code(table.name), table.comment ?? '', table.appMay.join(', '), of(table)])
  const lead = 'Every table, as the database itself tells, and what the role that serves may do with it.'
  return page('Tables', lead, ['table', 'what it holds', 'the app may', 'columns'], rows)
}

/** Every page of the reference, by its path. */
export const reference = async (): Promise<ReadonlyMap<string, string>> =>
  new Map([
    ['docs/reference/routes.md', routesPage()],
    ['docs/reference/problems.md', problemsPage()],
    ['docs/reference/events.md', eventsPage()],
    ['docs/reference/permissions.md', permissionsPage()],
    ['docs/reference/figures.md', figuresPage()],
    ['docs/reference/tables.md', await tablesPage()],
  ])
