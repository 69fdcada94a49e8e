import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import * as client from 'openid-client'
import { aClient, answerAt, aRequest, discover, headingOf, secret } from '../../../test/logins.ts'
import { aBrowserAt, aListeningSite } from '../../../test/relying-party.ts'
import { cookieOf } from '../../../test/start.ts'
import { withdrawConsents } from '../identity/consents/consents.sql.ts'
import { insertSession } from '../identity/sessions/sessions.sql.ts'
import { sendApplication } from './testing/cases.ts'

const started = await aListeningSite()
const { site, sql } = started
await aClient(started, 'tide-desk')
await aClient(started, 'tide-program', {}, { secret, organisation: 'tide-station' })
const config = await discover(site, 'tide-desk')
const program = await discover(site, 'tide-program')

/** A token by which a person lets the client act, and what the person read before. */
async function tokenOf(person: string, scope: string, of = config, options: client.DPoPOptions = {}) {
  const usual = { scope: `openid ${scope}`, prompt: 'consent', resource: site }
  const { url, checks } = await aRequest(of, {}, usual)
  const browser = aBrowserAt(site)
  const first = await browser.open(url)
  const asked = await browser.post('/eng/sign-in', { person, next: first.url.searchParams.get('next')! })
  const { back } = await answerAt(site, url, { browser })
  const tokens = await client.authorizationCodeGrant(of, back, checks, { resource: site }, options)
  return { token: tokens.access_token, tokens, page: asked.text, browser }
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const ask = (path: string, headers: Record<string, string>, body?: object) =>
  fetch(`${site}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }), ...headers },
    redirect: 'manual',
    ...(body && { body: JSON.stringify(body) }),
  })

const mine = '/account/applications'
const cases = '/office/services/cases'
const apply = '/services/tide-grant/apply'

test('a program begins an application in the name of a person who agreed to that, in these words', async () => {
  const { token, page } = await tokenOf('ada-quay', 'services:apply')
  assert.match(page, /Apply for services in your name/, headingOf(page))
  const id = randomUUID()
  const response = await ask(apply, bearer(token), { token: id })
  assert.equal(response.status, 201, await response.clone().text())
  const [row] = await sql`select person_id from services.application where id = ${id}`
  assert.equal(row?.personId, 'ada-quay')
  const [act] = await sql`select actor from platform.audit_event where subject = ${`application/${id}`}`
  assert.equal(act?.actor, 'ada-quay')
  assert.match(await (await ask(mine, bearer(token))).text(), new RegExp(id))
})

test('an officer’s token carries what both the role and the scope allow, for the department in whose name they agreed', async () => {
  const reference = await sendApplication(started)
  const { token } = await tokenOf('olga-pile', 'services:read-cases')
  const one = await ask(`${cases}/${reference}`, bearer(token))
  assert.equal(one.status, 200, await one.clone().text())
  const claim = await ask(`${cases}/${reference}/claim`, bearer(token), {})
  assert.equal(claim.status, 403)
  assert.match(claim.headers.get('www-authenticate')!, /insufficient_scope".*scope="services:work-cases"/)
  const { token: ofResident } = await tokenOf('ada-quay', 'services:read-cases')
  assert.equal((await ask(cases, bearer(ofResident))).status, 403)
})

test('a department’s program reads and works cases by itself, and the trail names it', async () => {
  const reference = await sendApplication(started)
  const own = (scope: string) => client.clientCredentialsGrant(program, { scope, resource: site })
  const { access_token: token } = await own('services:read-cases services:work-cases')
  const one = await ask(`${cases}/${reference}`, bearer(token))
  assert.equal(one.status, 200, await one.clone().text())
  const noted = await ask(`${cases}/${reference}/notes`, bearer(token), { text: 'The register was asked.' })
  assert.ok([200, 201, 303].includes(noted.status), await noted.clone().text())
  const [act] = await sql`select actor, organisation from platform.audit_event where event = 'services.case-noted'`
  assert.deepEqual({ ...act }, { actor: 'client/tide-program', organisation: 'tide-station' })
  const { access_token: other } = await own('services:apply')
  assert.equal((await ask(mine, bearer(other))).status, 403, 'what is a person’s own')
  const { access_token: ofNobody } = await client.clientCredentialsGrant(config, {
    ...{ scope: 'services:read-cases', resource: site },
  })
  assert.equal((await ask(cases, bearer(ofNobody))).status, 403, 'of no department')
})

test('a token that is bound to a key opens nothing without the proof of that key', async () => {
  const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair())
  const { token } = await tokenOf('ada-quay', 'services:apply', config, { DPoP })
  const headers = new Headers({ accept: 'application/json' })
  const url = new URL(mine, site)
  const good = await client.fetchProtectedResource(config, token, url, 'GET', null, headers, { DPoP })
  assert.equal(good.status, 200)
  for (const scheme of ['Bearer', 'DPoP'])
    assert.equal((await ask(mine, { authorization: `${scheme} ${token}` })).status, 401, scheme)
})

test('what is refused: no scope, another scope, no token of ours, one for nobody’s resource, and never is a cookie asked instead', async () => {
  const { token, browser } = await tokenOf('ada-quay', 'services:feedback')
  const cookie = { cookie: browser.cookie() }
  assert.equal((await ask(mine, cookie)).status, 200, 'the cookie alone is good')
  const plain = (await client.clientCredentialsGrant(program, {})).access_token
  // biome-ignore format: matrix
  const refused = [
    ['a route without scope',       '/account', token,                  403, 'insufficient_scope'],
    ['another scope',               mine,       token,                  403, 'insufficient_scope'],
    ['unknown',                     mine,       'x'.repeat(43),         401, 'invalid_token'],
    ['no token at all',             mine,       '"',                    401, 'invalid_token'],
    ['for no resource',             cases,      plain,                  401, 'invalid_token'],
  ] as const
  for (const [what, path, sent, status, error] of refused)
    for (const more of [{}, cookie]) {
      const response = await ask(path, { ...bearer(sent), ...more })
      assert.equal(response.status, status, what)
      assert.match(response.headers.get('content-type')!, /problem\+json/, what)
      assert.match(response.headers.get('www-authenticate')!, new RegExp(`^Bearer error="${error}"`), what)
    }
})

test('a program that may write services sends what happens in cases nowhere, and publishes nothing', async () => {
  const scope = 'services:edit services:work-cases'
  const { access_token: token } = await client.clientCredentialsGrant(program, { scope, resource: site })
  const design = '/office/services/design'
  assert.equal((await ask(design, bearer(token))).status, 200)
  const hooks = await ask('/office/services/webhooks', bearer(token), { url: 'https://tide.example/', events: [] })
  assert.equal((await hooks.json()).type, '/problems/identity.token-not-taken')
  await ask(`${design}/tide-grant`, bearer(token), {})
  const asked = await ask(`${design}/tide-grant/ask`, bearer(token), {})
  assert.equal((await asked.json()).type, '/problems/services.approval-by-program')
  await sql`delete from services.definition_draft where service = 'tide-grant'`
})

test('what ends counts at the next request: the token, the consent, the session, the client, the role', async () => {
  const open = async (token: string, path = mine) => (await ask(path, bearer(token))).status
  const ends: [string, (given: Awaited<ReturnType<typeof tokenOf>>) => Promise<unknown>][] = [
    ['revoked', ({ token }) => client.tokenRevocation(config, token)],
    ['taken back', () => withdrawConsents(sql, sql`person_id = 'ada-quay' and client_id = 'tide-desk'`)],
    ['signed out', ({ browser }) => browser.post('/eng/sign-out')],
    ['expired', () => sql`update identity.provider_record set expires_at = now() where model = 'AccessToken'`],
  ]
  for (const [what, end] of ends) {
    const given = await tokenOf('ada-quay', 'services:apply')
    assert.equal(await open(given.token), 200, what)
    await end(given)
    assert.equal(await open(given.token), 401, what)
  }
  const { token: officer } = await tokenOf('olga-pile', 'services:read-cases')
  assert.equal(await open(officer, cases), 200)
  await sql`update identity.role_grant set withdrawn_at = now(), withdrawn_by = 'emil-weir' where person_id = 'olga-pile'`
  assert.equal(await open(officer, cases), 401, 'a role withdrawn')
  const { token } = await tokenOf('ada-quay', 'services:apply')
  const own = { scope: 'services:read-cases', resource: site }
  const { access_token: byItself } = await client.clientCredentialsGrant(program, own)
  await sql`update identity.client set state = 'suspended' where id in ('tide-desk', 'tide-program')`
  assert.equal(await open(token), 401, 'a client suspended')
  assert.equal(await open(byItself, cases), 401, 'a program suspended')
  await sql`update identity.client set state = 'live' where id in ('tide-desk', 'tide-program')`
})

test('a client that somebody registered needs an officer’s approval to act', async () => {
  await aClient(started, 'eager', {}, { secret, ownerId: 'ada-quay' })
  const eager = await discover(site, 'eager')
  const { url } = await aRequest(eager, {}, { scope: 'openid services:apply', resource: site })
  const led = await aBrowserAt(site).open(url)
  assert.equal(led.url.searchParams.get('error'), 'invalid_scope', led.url.href)
  const { token } = await tokenOf('ada-quay', 'services:apply')
  assert.equal((await ask(mine, bearer(token))).status, 200)
  await sql`update identity.client set owner_id = 'ada-quay' where id = 'tide-desk'`
  assert.equal((await ask(mine, bearer(token))).status, 401, 'what was given before counts no more')
  await sql`update identity.client set owner_id = null where id = 'tide-desk'`
})

test('a token costs one statement more than a cookie', async () => {
  const { token } = await tokenOf('ada-quay', 'services:apply')
  const session = await insertSession(sql, { personId: 'ada-quay', levelMax: 1, methods: ['demo'] })
  const count = async (headers: Record<string, string>) => {
    const before = statements
    assert.equal((await ask(mine, headers)).status, 200)
    return statements - before
  }
  let statements = 0
  await count(bearer(token))
  const { debug } = sql.options
  // By what finds out who asks; what the page itself reads is the same for both.
  sql.options.debug = (_: unknown, query: string) => {
    if (/identity\./.test(query)) statements++
  }
  // Now and then a process looks again at what counts for everybody: the least is what a request costs.
  const least = async (headers: Record<string, string>) =>
    Math.min(await count(headers), await count(headers), await count(headers))
  const [byCookie, byToken] = [await least(cookieOf(session)), await least(bearer(token))]
  sql.options.debug = debug
  assert.deepEqual({ byCookie, byToken }, { byCookie: 1, byToken: 2 })
})

test('discovery, the metadata of the resource and the OpenAPI document name the scopes', async () => {
  assert.ok(config.serverMetadata().scopes_supported!.includes('services:apply'))
  const metadata = (await (await ask('/.well-known/oauth-protected-resource', {})).json()) as Record<string, unknown>
  assert.equal(metadata.resource, site)
  const document = (await (await ask('/developers/openapi.json', {})).json()) as {
    paths: Record<string, Record<string, { security?: object[] }>>
    components: { securitySchemes: Record<string, { flows?: Record<string, { scopes: object }> }> }
  }
  assert.deepEqual(document.paths['/account/applications']!.get!.security, [
    { session: [] },
    { token: ['services:apply'] },
  ])
  const { clientCredentials } = document.components.securitySchemes.token!.flows!
  assert.ok(!Object.hasOwn(clientCredentials!.scopes, 'services:apply'))
})
