import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import * as client from 'openid-client'
import { aListeningSite } from '../../../../test/relying-party.ts'
import { aPersonAt, aService, ask, signedIn, signIn, type Visitor } from '../../../../test/service.ts'
import postgres from '../../../platform/driver.ts'
import { saveDeclared } from '../profile/declared.sql.ts'
import { deleteOldSharings, insertFillingShared } from './sharing.sql.ts'

const first = await aListeningSite()
const { site, sql, installation } = first

let services = 0
const newService = () => aService(first, `tide-tables-${++services}`)
const request = { scope: 'openid email offline_access', prompt: 'consent' }
async function visitor(): Promise<Visitor> {
  const who = await aPersonAt(first)
  await saveDeclared(sql, installation, who.id, { field: 'email', value: 'ada@quay.example' })
  return who
}
type Consent = { id: string; state: string; fields: { field: string }[]; service: { en: string } }
async function dataOf<Data>({ browser }: Visitor, path: string): Promise<Data> {
  const response = await fetch(`${site}${path}`, { headers: { cookie: browser.cookie(), accept: 'application/json' } })
  assert.equal(response.status, 200, path)
  return (await response.json()) as Data
}
const consentsOf = async (who: Visitor) => (await dataOf<{ consents: Consent[] }>(who, '/account/consents')).consents
const withdraw = ({ browser }: Visitor, id: string, headers?: Record<string, string>) =>
  browser.post(`/eng/account/consents/${id}/withdraw`, {}, headers)
/** What a refusal of the token endpoint or of userinfo is called. */
const refusal = (act: () => Promise<unknown>) =>
  act().then(
    () => assert.fail('it was answered'),
    (error: { error?: string; status?: number; response?: Response; cause?: { status?: number } }) => ({
      error: error.error ?? 'invalid_token',
      status: error.status ?? error.response?.status,
    }),
  )

test('after taking it back, refresh gives invalid_grant and userinfo 401, at once', async () => {
  const service = await newService()
  const who = await visitor()
  const { tokens, info } = await signIn(service, who.browser, request)
  assert.equal((await info()).email, 'ada@quay.example')
  const [consent] = await consentsOf(who)
  const page = await who.browser.open(`/eng/account/consents/${consent!.id}`)
  assert.match(page.text, /Take this back/)
  const after = await withdraw(who, consent!.id)
  assert.match(after.text, /You took it back/)
  assert.doesNotMatch(after.text, /<button[^>]*>Take this back/)
  const refresh = () => client.refreshTokenGrant(service.config, tokens.refresh_token!)
  assert.deepEqual(await refusal(refresh), { error: 'invalid_grant', status: 400 })
  assert.equal((await refusal(info)).status, 401)
  assert.equal(
    (
      await sql`select 1 from identity.provider_record where account_id = ${who.id} and model in ('Grant', 'AccessToken', 'RefreshToken')`
    ).length,
    0,
  )
  const events = await sql<{ event: string }[]>`
    select event from platform.audit_event where actor = ${who.id} and event like 'identity.consent%' order by id`
  assert.deepEqual(
    events.map(({ event }) => event),
    ['identity.consent-given', 'identity.consent-withdrawn'],
  )
})

test('a code that was on its way when it was taken back buys no token', async () => {
  const service = await newService()
  const who = await visitor()
  const { page, exchange } = await ask(service, who.browser, request)
  const back = await who.browser.agree(page)
  await withdraw(who, (await consentsOf(who))[0]!.id)
  assert.deepEqual(await refusal(() => exchange(back.url)), { error: 'invalid_grant', status: 400 })
})

test('what is taken back at one service leaves another as it is, and a new login asks again', async () => {
  const [service, other] = [await newService(), await newService()]
  const who = await visitor()
  await signIn(service, who.browser, request)
  const { info } = await signIn(other, who.browser, request)
  const consents = await consentsOf(who)
  assert.equal(consents.length, 2)
  const [row] = await sql<{ id: string }[]>`
    select id from identity.consent where person_id = ${who.id} and client_id = ${service.id}`
  await withdraw(who, row!.id)
  assert.equal((await info()).email, 'ada@quay.example')
  const again = await ask(service, who.browser, { scope: 'openid email' })
  assert.match(again.page.text, /ada@quay\.example/)
})

test('a service that its developer deletes loses every consent and token, of each person, and another keeps its own', async () => {
  const [developer, one, other] = [await visitor(), await visitor(), await visitor()]
  const service = await aService(first, 'tide-tables-deleted', { ownerId: developer.id })
  const kept = await newService()
  for (const who of [one, other]) await signIn(service, who.browser, request)
  const { info } = await signIn(kept, one.browser, request)
  assert.equal((await developer.browser.post(`/eng/developers/clients/${service.id}/delete`)).status, 200)
  const left = await sql<{ clientId: string; kind: string }[]>`
    select client_id, 'Consent' as kind
    from identity.consent
    where person_id in (${one.id}, ${other.id}) and withdrawn_at is null
    union all
    select payload ->> 'clientId', model
    from identity.provider_record
    where account_id in (${one.id}, ${other.id}) and model in ('Grant', 'AccessToken', 'RefreshToken')
    order by 2`
  assert.deepEqual(
    left.map(({ clientId, kind }) => [clientId, kind]),
    ['AccessToken', 'Consent', 'Grant', 'RefreshToken'].map((kind) => [kept.id, kind]),
  )
  assert.equal((await info()).email, 'ada@quay.example')
})

test('even without the grants being gone, nothing is told once the consent is', async () => {
  const service = await newService()
  const who = await visitor()
  const { tokens, info } = await signIn(service, who.browser, request)
  // As if the process had ended between the two, which one transaction keeps from happening.
  await sql`update identity.consent set withdrawn_at = now() where person_id = ${who.id}`
  assert.equal((await refusal(info)).status, 401)
  const refresh = () => client.refreshTokenGrant(service.config, tokens.refresh_token!)
  assert.equal((await refusal(refresh)).error, 'invalid_grant')
})

test('taking it back twice ends it once', async () => {
  const service = await newService()
  const who = await visitor()
  await signIn(service, who.browser, request)
  const [consent] = await consentsOf(who)
  await Promise.all([withdraw(who, consent!.id), withdraw(who, consent!.id)])
  const events = await sql`
    select 1 from platform.audit_event where actor = ${who.id} and event = 'identity.consent-withdrawn'`
  assert.equal(events.length, 1)
})

test('nobody sees or ends what somebody else agreed to, and no other site ends it', async () => {
  const service = await newService()
  const who = await visitor()
  const { info } = await signIn(service, who.browser, request)
  const [consent] = await consentsOf(who)
  const stranger = await visitor()
  assert.equal((await stranger.browser.open(`/eng/account/consents/${consent!.id}`)).status, 404)
  assert.equal((await withdraw(stranger, consent!.id)).status, 404)
  assert.equal((await withdraw(who, consent!.id, { origin: 'https://elsewhere.example' })).status, 403)
  assert.equal((await withdraw(who, randomUUID())).status, 404)
  assert.equal((await info()).email, 'ada@quay.example')
})

test('the list tells what counts, what was replaced and what was taken back', async () => {
  const service = await newService()
  const who = await visitor()
  await signIn(service, who.browser, { scope: 'openid email' }, ['email'])
  await signIn(service, who.browser, { scope: 'openid email profile', prompt: 'consent' })
  const states = async () =>
    (await consentsOf(who)).map(({ state, fields }) => [state, fields.map(({ field }) => field)])
  assert.deepEqual(await states(), [
    ['counts', ['name', 'email']],
    ['replaced', []],
  ])
  await withdraw(who, (await consentsOf(who))[0]!.id)
  assert.deepEqual(
    (await states()).map(([state]) => state),
    ['withdrawn', 'replaced'],
  )
})

test('a first consent and a wider one alert the person, with where to undo them; the same again does not', async () => {
  const service = await newService()
  const who = await visitor()
  await signIn(service, who.browser, { scope: 'openid email' })
  await signIn(service, await signedIn(first, who.id), { scope: 'openid email', prompt: 'consent' })
  await signIn(service, await signedIn(first, who.id), { scope: 'openid email profile' })
  const alerts = await sql<{ kind: string; scope: string; undo: string }[]>`
    select alert_kind as kind, alert_values -> 'scope' ->> 'en' as scope, undo_path as undo
    from identity.message where person_id = ${who.id} order by sent_at`
  assert.deepEqual(
    alerts.map(({ kind, scope }) => [kind, scope]),
    [
      ['new-service', null],
      ['new-scope', 'Name by which you are addressed'],
    ],
  )
  assert.equal(alerts[1]!.undo, `/account/consents/${(await consentsOf(who))[0]!.id}`)
  assert.equal((await who.browser.open(`/eng${alerts[1]!.undo}`)).status, 200)
})

type History = { lines: { way: string; fields: { field: string }[]; service: { en: string } }[]; next: string | null }
test('the history lists every time, newest first, page by page, and only one’s own', async () => {
  const service = await newService()
  const who = await visitor()
  const { info } = await signIn(service, who.browser, request)
  await info()
  const { lines } = await dataOf<History>(who, '/account/sharing')
  assert.deepEqual(
    lines.map(({ way, fields, service: { en } }) => [en, way, fields.map(({ field }) => field)]),
    [['Tide tables', 'sign-in', ['email']]],
  )
  const receipt = {
    service: { en: 'Form', 'zh-Hant': '表格' },
    origin: 'https://service.example',
    language: 'en',
    sentences: ['Email address'],
  }
  for (let each = 0; each < 60; each++)
    await insertFillingShared(sql, { personId: who.id, clientId: service.id, fields: ['email'], receipt })
  const newest = await dataOf<History>(who, '/account/sharing')
  assert.equal(newest.lines.length, 50)
  const rest = await dataOf<History>(who, `/account/sharing?before=${newest.next}`)
  assert.deepEqual([rest.lines.length, rest.next], [11, null])
  const stranger = await visitor()
  assert.deepEqual(await dataOf<History>(stranger, `/account/sharing?before=${newest.next}`), { lines: [], next: null })
  const [{ id }] = await sql<
    [{ id: string }]
  >`select id from identity.sharing where person_id = ${who.id} and receipt is not null limit 1`
  assert.equal((await stranger.browser.open(`/eng/account/sharing/${id}`)).status, 404)
  assert.match((await who.browser.open(`/eng/account/sharing/${id}`)).text, /Not collected, so nothing was told/)
})

test('the history is kept for 24 months and no longer', async () => {
  const who = await visitor()
  const receipt = {
    service: { en: 'Form', 'zh-Hant': '表格' },
    origin: 'https://service.example',
    language: 'en',
    sentences: [],
  }
  // Only the owner can make a line older than it is.
  const owner = postgres(first.urls.owner, { max: 1 })
  for (const months of [23, 25]) {
    const id = await insertFillingShared(sql, { personId: who.id, clientId: 'x', fields: ['email'], receipt })
    await owner`update identity.sharing set at = now() - make_interval(months => ${months}) where id = ${id}`
  }
  await owner.end()
  await deleteOldSharings(sql)
  assert.equal((await sql`select 1 from identity.sharing where person_id = ${who.id}`).length, 1)
})
