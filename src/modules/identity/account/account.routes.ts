import { Type } from 'typebox'
import { listActsOf, type Routes, Text } from '#platform'
import { countRequests } from '../ciba/requests.sql.ts'
import { isDeveloper } from '../developers/registered.sql.ts'
import { countUnread } from '../inbox/inbox.sql.ts'
import { findOrganisation } from '../organisations/organisations.sql.ts'
import { AccountPage } from './account.page.tsx'
import { cameByRecovery } from './fresh.ts'
import { Waits } from './protection.page.tsx'
import { findProtection, findRecovery } from './protection.sql.ts'

const linesMax = 50

const Named = Type.Object({ id: Type.String(), name: Text })
const Account = Type.Object({
  person: Named,
  organisation: Type.Union([Named, Type.Null()]),
  proves: Type.Boolean(),
  acts: Type.Array(
    Type.Object({
      id: Type.Integer(),
      at: Type.String(),
      event: Type.String(),
      sentence: Text,
      subject: Type.String(),
      /** Whether the subject is the address of a page. */
      leads: Type.Boolean(),
    }),
  ),
  /** Where the page before this one in time begins. */
  next: Type.Union([Type.Integer(), Type.Null()]),
  /** Whether the person came in by a recovery code, and has a passkey to add. */
  recovered: Type.Boolean(),
  waits: Waits,
  /** When a recovery code was used that this person can still stop. */
  recovery: Type.Union([Type.String(), Type.Null()]),
  /** Messages and alerts in the inbox that were not opened. */
  unread: Type.Integer(),
  /** What staff ask, and wait for just now. */
  requests: Type.Integer(),
  /** Pages of other modules: the person’s own, and those of their work. */
  places: Type.Array(
    Type.Object({ path: Type.String(), title: Text, line: Type.Optional(Text), isWork: Type.Boolean() }),
  ),
  /** Whether the person registered a service that people sign in to here. */
  developer: Type.Boolean(),
})

export const account: Routes = async (app) => {
  const sentences: Readonly<Record<string, Text>> = Object.assign({}, ...app.modules.map(({ events }) => events))
  /** Whether an address of the trail is a page; asked when every module has said what it serves. */
  let pages: readonly RegExp[] | undefined
  const isPage = (path: string) => {
    pages ??= app.routeTable
      .filter(({ method, schema }) => method === 'GET' && !(schema as { hide?: boolean } | undefined)?.hide)
      .map(({ url }) => new RegExp(`^${url.replace(/\./g, '\\.').replace(/:[a-z]+/gi, '[^/]+')}$`))
    return pages.some((page) => page.test(path))
  }

  const mine = {
    config: { access: 'signed-in' },
    schema: {
      summary: 'My account: who I am here, and what I did',
      querystring: Type.Object({
        before: Type.Optional(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })),
      }),
      response: { 200: Account },
    },
  }
  app.get('/account', mine, async (request, reply) => {
    const { person, query } = request
    const { id, name, organisation } = person!
    const acts = await listActsOf(app.sql, id, { limit: linesMax + 1, ...(query.before && { before: query.before }) })
    const known = organisation && (await findOrganisation(app.installation, organisation))
    const waits = (await findProtection(app.sql, app.installation, request)) ?? null
    const data = {
      person: { id, name },
      organisation: known ? { id: known.id, name: known.name } : null,
      // The trail outlives the module that wrote into it.
      acts: acts.slice(0, linesMax).map((act) => ({
        ...act,
        sentence: sentences[act.event] ?? { en: act.event, 'zh-Hant': act.event },
        leads: isPage(`/${act.subject}`),
      })),
      proves: isPage('/ledger/acts/1'),
      next: acts.length > linesMax ? acts[linesMax - 1]!.id : null,
      recovered: cameByRecovery(request),
      waits,
      recovery: waits ? null : ((await findRecovery(app.sql, id, app.installation.now())) ?? null),
      unread: await countUnread(app.sql, id),
      requests: await countRequests(app.sql, id),
      developer: await isDeveloper(app.sql, id),
      places: app.modules
        .flatMap(({ account = [] }) => account)
        .filter(({ permission }) => !permission || (organisation && person!.permissions.includes(permission)))
        .map(({ permission, ...place }) => ({ ...place, isWork: permission !== undefined })),
    }
    return reply.page(data, AccountPage)
  })
}
