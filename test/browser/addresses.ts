// The addresses at which every page of an installation can be seen: found from the routes, so that a new page cannot be
// forgotten, with examples for the places in them.
import assert from 'node:assert/strict'
import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { asPerson, type start } from '#test'
import { printEnvelope } from '../../src/modules/ledger/entries/envelope.rules.ts'
import { growIndex } from '../../src/modules/ledger/history/grow.ts'
import { append } from '../../src/modules/ledger/log/append.ts'
import { logs } from '../../src/modules/ledger/log/definitions.ts'
import { openSequencer } from '../../src/modules/ledger/log/sequencer.ts'
import { registers } from '../../src/modules/ledger/registers/definitions.ts'
import { insertAnchors } from '../../src/modules/ledger/testing/anchors.sql.ts'
import { hashLeaf } from '../../src/modules/ledger/tree/tree.rules.ts'
import { services } from '../../src/modules/services/definitions/service.ts'

type Started = Awaited<ReturnType<typeof start>>
export type Address = { route: string; path: string; status: number; signedIn: boolean }

/** Examples for the routes with places in their addresses, from what this installation holds. */
async function examplesOf(
  started: Started,
  headers: Record<string, string>,
): Promise<Record<string, readonly string[]>> {
  const { app, installation } = started
  const data = async (url: string) => (await app.inject({ url: `${url}.json`, headers })).json()
  const { years } = (await data('/estimates')) as { years: { heads: { year: string; head: string }[] }[] }
  type Ids = { id: string }[]
  const offered = (await data('/services')) as Record<'services' | 'audiences' | 'lifeEvents', Ids>
  const { departments } = (await data('/services/departments')) as { departments: Ids }
  const heads = years.flatMap((each) => each.heads)
  const paths = heads.map(({ year, head }) => `/estimates/${year}/${head}`)
  const main = paths[0]!
  const checks = await data(`${main}/checks`)
  const failing: string[] = []
  for (const path of paths)
    for (const { id, outcome } of (await data(`${path}/checks`)).identities)
      if (outcome === 'fails') failing.push(`${path}/explain?identity=${encodeURIComponent(id)}`)
  /** A part that not every Head has: of the first that has it. */
  const part = async (name: string) => {
    for (const path of paths)
      if ((await app.inject({ url: `${path}/${name}.json`, headers })).statusCode === 200) return [`${path}/${name}`]
    return []
  }
  const { systems } = await data('/systems')
  const { initiatives } = await data('/initiatives')
  const [cell] = checks.document.cells
  const item = await anItemOfARegister(started)
  const log = await aLogWithEntries(started)
  return {
    '/problems/:code': ['/problems/platform.not-found'],
    '/estimates/:year': [`/estimates/${heads[0]!.year}`],
    '/estimates/:year/:head': paths,
    '/estimates/:year/:head/programmes/:number': await part('programmes/1'),
    '/estimates/:year/:head/subheads': await part('subheads'),
    '/estimates/:year/:head/commitments': await part('commitments'),
    '/estimates/:year/:head/establishment': await part('establishment'),
    '/estimates/:year/:head/checks': [`${main}/checks`, `${main}/checks?outcome=holds`],
    '/estimates/:year/:head/findings': [`${main}/findings`],
    '/estimates/:year/:head/cells/*': [`${main}/cells/${cell.id}`],
    '/estimates/:year/:head/rows/:table': [`${main}/rows/${checks.document.tables[0].id}`],
    '/estimates/:year/:head/compare': paths.slice(0, 2).map((path) => `${path}/compare`),
    '/estimates/:year/:head/print': [`${main}/print`],
    '/estimates/:year/:head/explain': failing.slice(0, 1),
    '/systems/:id': [`/systems/${systems[0].id}`],
    '/initiatives/:year/:head/:id': [`/initiatives/${heads[0]!.year}/${heads[0]!.head}/${initiatives[0].id}`],
    '/office/channels/:channel': (await data('/office/channels')).channels.map(
      ({ id }: { id: string }) => `/office/channels/${id}`,
    ),
    '/account/profile/:field': ['email', 'address', 'birthdate'].map((field) => `/account/profile/${field}`),
    '/office/clients/:id': ['/office/clients/first-try'],
    '/ledger/logs/:log': [log, `${log}?before=20`],
    '/ledger/logs/:log/anchors': [`${log}/anchors`],
    '/ledger/logs/:log/entries/:index': [`${log}/entries/31`, `${log}/entries/32`],
    '/ledger/logs/:log/history/:register/:item': [
      `${log}/history/${item.path.replace('/ledger/registers/', '').replace('/items/', '/')}`,
      `${log}/history/boats/BT-22222-22222`,
    ],
    '/ledger/registers/:register': [item.register],
    '/services/:service': offered.services.map(({ id }) => `/services/${id}`),
    '/services/:service/feedback': offered.services
      .slice(0, 1)
      .flatMap(({ id }) => [`/services/${id}/feedback`, `/services/${id}/feedback?done=yes`]),
    '/services/:service/comment': offered.services.slice(0, 1).map(({ id }) => `/services/${id}/comment`),
    '/services/for/:audience': offered.audiences.map(({ id }) => `/services/for/${id}`),
    '/services/when/:lifeEvent': offered.lifeEvents.map(({ id }) => `/services/when/${id}`),
    '/services/departments/:organisation': departments.slice(0, 3).map(({ id }) => `/services/departments/${id}`),
    '/ledger/registers/:register/items/:number': [item.path],
    '/ledger/acts/:id': (await data('/account')).acts.slice(0, 1).map(({ id }: { id: number }) => `/ledger/acts/${id}`),
    '/services/:service/apply': installation.pack
      .list(services)
      .filter(({ apply }) => apply && apply.signIn !== 'needed')
      .map(({ id }) => `/services/${id}/apply`),
    '/search': ['/search', '/search?q=a', '/search?q=xyzzy'],
    '/style': ['/style', '/style?example=none'],
    '/sign-in': ['/sign-in?next=/account'],
  }
}

/** The addresses of a register and of an item in it, which an officer of its first party began. */
async function anItemOfARegister({ app, installation }: Started): Promise<{ register: string; path: string }> {
  const { id, parties, steps, fields } = installation.pack.list(registers)[0]!
  const { id: party, organisation } = parties.find(({ is }) => is === 'organisation')!
  const step = steps.find(({ from }) => from.length === 0)!
  const sample = { text: 'Gull', number: '9.5', date: '2099-12-31' }
  const values = (step.fields ?? []).map((field) => [
    `field.${field}`,
    sample[fields.find((each) => each.id === field)!.kind],
  ])
  const register = `/ledger/registers/${id}`
  const { statusCode, body } = await app.inject({
    ...{ method: 'POST', url: `${register}/items` },
    headers: asPerson({
      id: 'a-registrar',
      organisation: organisation!,
      permissions: ['ledger:keep-register'],
      level: 3,
    }),
    payload: { token: randomUUID(), step: step.id, party, ...Object.fromEntries(values) },
  })
  assert.equal(statusCode, 201, body)
  return { register, path: `${register}/items/${(JSON.parse(body) as { number: string }).number}` }
}

/** The address of a log in which departments and others entered something. */
async function aLogWithEntries({ sql, installation }: Started): Promise<string> {
  const [{ id: name, writers } = { id: '', writers: [''] }] = installation.pack.list(logs)
  const said = { org: writers[0]!, time: '2026-11-27T07:00:00Z', v: 1 } as const
  const commitment = () => createHmac('sha256', randomBytes(32)).update('document').digest('hex')
  const entries = Array.from({ length: 31 }, () =>
    printEnvelope({ ...said, kind: 'document-notarised', commitment: commitment() }),
  )
  const prev = Buffer.from(hashLeaf(entries[30]!)).toString('hex')
  const schema = 'https://example.gov/mooring-licence/1'
  entries.push(printEnvelope({ ...said, kind: 'licence-withdrawn', commitment: commitment(), schema, prev }))
  await append(sql, name, [...entries, Buffer.of(0, 1, 254, 255)])
  const sequencer = openSequencer(installation, pino({ level: 'silent' }))
  await sequencer.tick()
  await growIndex(installation, name)
  await sequencer.tick()
  await insertAnchors(sql, name)
  return `/ledger/logs/${name}`
}

/** Addresses that are no page, or one only after somebody did something. */
const left: Record<string, string> = {
  '/estimates/:year/:head/tables/:file': 'CSV or XLSX',
  '/estimates/:year/:head/data/:file': 'CSV',
  '/estimates/:year/:head/charts/:kind.:form': 'SVG or CSV',
  '/estimates/:year/:head/head.xlsx': 'XLSX',
  '/estimates/:year/:head/head.pdf': 'PDF',
  '/estimates/:year/:head/datapackage.json': 'JSON',
  '/account/requests/:handle': 'staff begin it at their counter; ciba.test.ts opens it',
  '/sign-in/services/:uid': 'a request of a service opens it; provider.test.ts answers it',
  '/sign-in/services/:uid/link': 'a platform that is a channel opens it; outbound.test.ts answers it',
  '/sign-in/channels/:channel/callback': 'leads on at once; channels.test.ts comes back by it',
  '/sign-in/channels/:channel/first': 'for who came back from another platform; channels.test.ts opens it',
  '/office/organisations/:id/people':
    'for administrators of that organisation alone; organisations/pages.test.ts opens it',
  '/office/organisations/:id/people/:grant/withdraw': 'the same; organisations/people.test.ts opens it',
  '/account/organisations/:id': 'for whoever registered one; organisations/office.test.ts opens it',
  '/office/organisations/:id/refuse': 'for one that waits; organisations/office.test.ts opens it',
  '/office/identity/counter/:id': 'a code at the counter opens it; counter.test.ts does',
  '/office/identity/proofs/:reference': 'a proof has it; counter.test.ts withdraws one',
  '/ledger/logs/:log/leaves/:leaf': 'leads on to its entry; explorer.test.ts follows it',
  '/signing/ca/:id.:form': 'certificates and lists of revocation',
  '/account/consents/:id': 'a service asks and the person agrees; consents.test.ts opens it',
  '/account/sharing/:id': 'a form that was filled in makes it; filling.test.ts opens it',
  '/filling/:handle': 'a service asks for a form; filling.test.ts opens it',
  ...Object.fromEntries(
    ['', '/change', '/secret', '/keys', '/errors', '/approval', '/delete'].map((page) => [
      `/developers/clients/:id${page}`,
      'a registration makes it; developers/browser.test.ts opens it',
    ]),
  ),
  '/account/inbox/:id': 'a department sends it; inbox.test.ts opens it',
  '/account/notifications': 'a browser is told of messages with JavaScript alone; inbox.test.ts opens it',
  '/office/messages': 'an officer of a department sees it; inbox.test.ts opens it',
  '/office/ledger/notarise':
    'an officer of a department that writes to a log sees it; notarise/browser.test.ts opens it',
  ...Object.fromEntries(
    ['', '/erase'].map((page) => [
      `/office/ledger/notarise/:id${page}`,
      'a document that was notarised makes it; notarise/browser.test.ts opens it',
    ]),
  ),
  ...Object.fromEntries(
    ['', '/new', '/:id', '/:id/rotate', '/:id/withdraw'].map((page) => [
      `/office/ledger/keys${page}`,
      'an officer of a department that writes to a log sees it; programs/keys.test.ts opens it',
    ]),
  ),
  ...Object.fromEntries(
    ['', '/new', '/items/:number/erase'].map((page) => [
      `/office/ledger/registers/:register${page}`,
      'an officer of one of its parties sees it; registers/browser.test.ts opens it',
    ]),
  ),
  ...Object.fromEntries(
    ['steps', 'steps/new', 'proposals/:proposal', 'proposals/:proposal/letter'].map((page) => [
      `/ledger/registers/:register/items/:number/${page}`,
      'a party of the item sees it; registers/browser.test.ts opens it',
    ]),
  ),
  ...Object.fromEntries(
    ['', '/steps/:step', '/corrections/:question', '/decisions/:number', '/matches'].map((page) => [
      `/office/services/cases/:reference${page}`,
      'an officer of the department of a case sees it; services/cases/browser.test.ts opens it',
    ]),
  ),
  ...Object.fromEntries(
    ['', '/pages/:page', '/exit', '/later', '/check', '/sent', '/parts', '/sign', '/files/:file'].map((page) => [
      `/applications/:id${page}`,
      'an application makes it; services/applying/browser.test.ts opens it',
    ]),
  ),
  ...Object.fromEntries(
    ['', '/:thing/:part', '/:thing/remove'].map((page) => [
      `/applications/:id/lists/:page${page}`,
      'a list in an application makes it; services/applying/browser.test.ts opens it',
    ]),
  ),
  ...Object.fromEntries(
    ['', '/edit', '/texts', '/import', '/compare', '/walk'].map((page) => [
      `/office/services/design/:service${page}`,
      'an editor of the department of a service sees it; services/designer/browser.test.ts opens it',
    ]),
  ),
  '/office/services/design/:service/merge':
    'a version must be published while another is written; services/designer/designer.test.ts opens it',
  '/office/services/design/:service/pack-change':
    'the pack must change what officers changed; services/designer/pack-change.test.ts opens it',
  '/office/services/cohorts/:cohort': 'an officer chooses its cases; services/cases/cohorts/browser.test.ts opens it',
  '/office/services/comments/:number': 'an officer of the department sees it; comments/comments.test.ts opens it',
  ...Object.fromEntries(
    ['/rounds/sheets/:sheet', '/rounds/chair/:service/:edition/:round', '/services/:service/results/:edition'].map(
      (page) => [page, 'a round makes it; services/rounds/rounds.test.ts opens it'],
    ),
  ),
  '/rounds/sheets/:sheet/files/:number': 'a file; services/rounds/rounds.test.ts opens it',
  '/office/services/rounds/:service': 'a decider of its department sees it; services/rounds/rounds.test.ts opens it',
  '/office/services/webhooks/:webhook': 'an editor adds it; webhooks/webhooks.test.ts opens it',
  '/office/services/files/:file': 'a file; services/files/files.test.ts opens it',
  '/services/cases/:reference/entries/:number': 'a case makes it; services/places/places.test.ts opens it',
  ...Object.fromEntries(
    ['', '/edit'].map((page) => [
      `/office/services/sessions/:session${page}`,
      'an officer adds it; services/places/places.test.ts opens it',
    ]),
  ),
  '/services/cases/:reference/grant': 'a grant makes it; services/grants/grant.test.ts opens it',
  '/office/services/cases/:reference/grant': 'the same',
  '/services/cases/:reference/files/:file': 'a file to be saved; cases/replies.test.ts opens it',
  '/services/cases/:reference': 'the person of a case sees it; services/cases/browser.test.ts opens it',
  ...Object.fromEntries(
    [
      'services/:serviceId',
      'services/:serviceId/eForms',
      'eForms/:eFormId',
      'applications/:fileId',
      'tasks/:taskId',
    ].map((path) => [`/govstack/registration/${path}`, 'JSON; services/govstack/govstack.test.ts asks it']),
  ),
  '/messages/:id': 'JSON',
  '/unsubscribe/:token': 'a mail brings it; inbox.test.ts opens it',
  '/sign/:id': 'somebody asks for a signature; sign.test.ts opens it',
  '/sign/requests/:id': 'an officer asks for a signature; sign.test.ts opens it',
  '/sign-in/scan/:order': 'a scan makes it; qr/browser.test.ts opens it',
  '/estimates/imports/:id': 'an import makes it; forms.test.ts opens it',
  '/sign-in/new/passkey': 'a name makes it; passkeys/browser.test.ts opens it',
  '/account/devices/:handle': 'a passkey makes it; passkeys/browser.test.ts opens it',
}

/** Every page, and one that does not exist. Fails when a route with places has no example here. */
export async function addressesOf(started: Started, headers: Record<string, string>): Promise<Address[]> {
  const { app } = started
  const examples = await examplesOf(started, headers)
  const [{ address: prefix } = { address: '' }] = started.installation.pack.government.languages
  const addresses: Address[] = [{ route: 'none', path: '/no-such-page', status: 404, signedIn: false }]
  for (const { method, url, config, schema } of app.routeTable) {
    const { hide, produces } = (schema ?? {}) as { hide?: boolean; produces?: string[] }
    if (method !== 'GET' || hide || produces || Object.hasOwn(left, url)) continue
    const paths = examples[url] ?? (/[:*]/.test(url) ? undefined : [url])
    assert.ok(paths, `Give ${url} an example in test/browser/addresses.ts`)
    for (const path of paths) {
      const { statusCode, headers: answer } = await app.inject({
        url: `/${prefix}${path}`,
        headers: { accept: 'text/html', ...headers },
      })
      if (!String(answer['content-type']).startsWith('text/html')) continue
      assert.ok(statusCode < 300, `${path} answers ${statusCode}`)
      addresses.push({ route: url, path, status: statusCode, signedIn: config?.access !== 'public' })
    }
  }
  return addresses
}
