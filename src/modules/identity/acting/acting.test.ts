import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defineModule, type Routes } from '#platform'
import { start } from '#test'
import { actingIn, refusal, type Somebody } from '../../../../test/acting.ts'
import { modules as all } from '../../../modules.ts'
import postgres from '../../../platform/driver.ts'
import { warnOfEndings } from '../mandates/warn.ts'
import { insertClient } from '../provider/clients.sql.ts'
import { listAlerts } from '../testing/alerts.sql.ts'
import { prove } from '../testing/proven.ts'
import { type ActAsked, mayAct, requireMayAct } from './acting.ts'
import { readServices } from './limits.rules.ts'

/** A service as another module has one: it says that it may be used in another’s name, and asks whether this act is covered. */
const counter: Routes = async (app) => {
  const asked = { config: { access: 'signed-in', event: 'none', onBehalf: true } as const, schema: { summary: 'Acts' } }
  app.post('/counter/act', asked, async (request) => {
    requireMayAct(request, request.body as ActAsked)
    return { onBehalfOf: request.person!.onBehalfOf?.id ?? null, organisation: request.person!.organisation ?? null }
  })
  const silent = { config: { access: 'signed-in', event: 'none' }, schema: { summary: 'Says nothing of it' } }
  app.post('/counter/silent', silent, async () => ({ done: true }))
}
const modules = [...all, defineModule({ name: 'counter', summary: '', uses: [], routes: [counter] })]
const first = await start({ modules })
const second = await start({ modules, beside: first })
const { sql, app } = first
const { somebody, company, session, post, get, codeOf, events, switchTo, verify } = actingIn(first)

/** Services to which somebody can be limited, but for the two that nobody uses yet or any more and a platform elsewhere. */
const tides = { en: 'Tide tables', 'zh-Hant': '潮汐表' }
for (const [id, name, more] of [
  ['renew-licence', { en: 'Licence renewal', 'zh-Hant': '續領牌照' }, { organisation: 'counting-house' }],
  ['book-court', { en: 'Court booking', 'zh-Hant': '預訂球場', 'zh-Hans': '球场预约' }, {}],
  ['bid', { en: 'Tenders', 'zh-Hant': '投標' }, { highRisk: true }],
  ['trial', tides, { state: 'sandbox' }],
  ['stopped', tides, { state: 'suspended' }],
  ['elsewhere', tides, { channel: 'elsewhere' }],
] as const)
  await insertClient(sql, first.installation.vault, { id, name, metadata: {}, state: 'live', ...more })

type Mandate = { id: string; state: string; ending: boolean; services: string[] | null }
const mandatesOf = async (who: Somebody) => (await get(who, '/account/acting')).json<{ mandates: Mandate[] }>().mandates
const nowOf = async (who: Somebody) => (await get(who, '/account/acting')).json().now
const act = (who: Somebody, asked: ActAsked, where = app) => post(who, '/counter/act', asked, where)

test('an owner acts for the whole of the company, and one who was limited before within that alone', async () => {
  const organisation = await company()
  const [owner, limited] = [
    await somebody({ organisation, roles: ['owner'] }),
    await somebody({ organisation, roles: ['owner'] }),
  ]
  const before = postgres(first.urls.owner, { max: 1 })
  await before`
    update identity.role_grant set services = '{book-court}', cents_max = 10000 where person_id = ${limited.id}`
  await before.end()
  for (const [asked, outcome] of [
    [{ service: 'book-court', cents: 10_000 }, '200'],
    [{ service: 'book-court', cents: 10_001 }, 'identity.beyond-limits'],
    [{ service: 'renew-licence' }, 'identity.beyond-limits'],
    [{ service: 'bid', highRisk: true }, 'identity.beyond-limits'],
  ] as const) {
    assert.equal(refusal(await act(owner, asked)), '200')
    assert.equal(refusal(await act(limited, asked)), outcome, JSON.stringify(asked))
  }
})

/** One who acts for another, with what the mandate says. */
async function underMandate(form: Record<string, string | string[]> = {}) {
  const [principal, agent] = [await somebody(), await somebody()]
  const given = { code: await codeOf(agent), kind: 'helper', ends: nextMonth, ...form }
  assert.equal(refusal(await post(principal, '/account/mandates', given)), '303')
  const { id } = (await mandatesOf(agent))[0]!
  return { principal, agent, id }
}
const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
const nextMonth = dayIn(30)

test('the last day of a mandate and of a role is the day that was chosen', async () => {
  const day = '2031-01-31'
  const organisation = 'counting-house'
  const administrator = await somebody({ organisation, roles: ['identity-administrator'] })
  const people = `/office/organisations/${organisation}/people`
  const given = { code: await codeOf(await somebody()), role: 'mandate-officer', ends: day }
  assert.equal(refusal(await post(administrator, people, given)), '303')
  const { principal } = await underMandate({ ends: nextMonth })
  const page = async (who: Somebody, url: string) =>
    (await app.inject({ url: `/eng${url}`, headers: { ...who.headers, accept: 'text/html' } })).body
  assert.match(await page(administrator, people), /<time dateTime="2031-01-31">31 January 2031<\/time>/i)
  assert.match(await page(principal, '/account/acting'), new RegExp(`until <time dateTime="${nextMonth}">`, 'i'))
})

test('a mandate counts once the agent accepts it, and the trail then keeps both names', async () => {
  const { principal, agent, id } = await underMandate()
  assert.equal(refusal(await switchTo(agent, `mandate/${id}`)), 'identity.may-not-act-so')
  assert.equal(refusal(await post(principal, `/account/mandates/${id}/accept`)), 'identity.mandate-not-found')
  assert.equal(refusal(await post(agent, `/account/mandates/${id}/accept`)), '303')
  assert.equal(refusal(await switchTo(agent, `mandate/${id}`)), '303')
  assert.deepEqual((await act(agent, { service: 'renew-licence' })).json(), {
    onBehalfOf: principal.id,
    organisation: null,
  })
  const page = await app.inject({ url: '/eng/account', headers: { accept: 'text/html', ...agent.headers } })
  assert.match(page.body, /Somebody \d+ for Somebody \d+/)
  assert.equal(refusal(await switchTo(agent, 'myself')), '303')
  const [last] = await sql`
    select actor, on_behalf_of from platform.audit_event where event = 'identity.acting-changed' order by id desc limit 1`
  assert.deepEqual({ ...last }, { actor: agent.id, onBehalfOf: principal.id })
  const seen = (await get(principal, '/account/acting')).json().acts
  assert.deepEqual(
    seen.map(({ event, agent }: { event: string; agent: { en: string } }) => [event, typeof agent.en]),
    [
      ['identity.acting-changed', 'string'],
      ['identity.acting-began', 'string'],
    ],
  )
  assert.deepEqual((await get(agent, '/account/acting')).json().acts, [])
  assert.deepEqual(await listAlerts(sql, principal.id), ['mandate-given', 'mandate-granted'])
  assert.deepEqual(await listAlerts(sql, agent.id), ['mandate-offered', 'mandate-granted'])
  assert.equal(refusal(await post(principal, `/account/mandates/${id}/withdraw`)), '303')
  assert.equal(refusal(await post(agent, `/account/mandates/${id}/withdraw`)), 'identity.mandate-not-found')
  for (const { id } of [principal, agent]) assert.deepEqual((await listAlerts(sql, id)).slice(2), ['mandate-ended'])
})

test('who acted stays named after a mandate has ended, and it is listed with when and by whom it ended', async () => {
  const { principal, agent, id } = await underMandate()
  const name = agent.id.replace('somebody-', 'Somebody ')
  const page = async (who: Somebody, language = 'eng') =>
    (
      await app.inject({ url: `/${language}/account/acting`, headers: { ...who.headers, accept: 'text/html' } })
    ).body.replace(/<[^>]+>/g, ' ')
  await post(agent, `/account/mandates/${id}/accept`)
  await switchTo(agent, `mandate/${id}`)
  assert.match(await page(principal), new RegExp(`${name} began to act in your name`))
  await switchTo(agent, 'myself')
  await post(agent, `/account/mandates/${id}/withdraw`)
  const body = await page(principal)
  for (const said of ['began to act in your name', 'stopped acting in your name', 'for you +Ended .+ · by'])
    assert.match(body, new RegExp(said.startsWith('for') ? `${name} ${said} ${name}` : `${name} ${said}`))
  assert.doesNotMatch(body, /You changed in whose name/)
  assert.match(await page(principal, 'han'), /停止以你的名義行事/)
  assert.match(await page(agent), /you for .+ +Ended .+ · by you/)
  const { ended, mandates } = (await get(principal, '/account/acting')).json()
  assert.deepEqual([mandates, ended.length, ended[0].endedBy.id], [[], 1, agent.id])

  const other = await underMandate()
  const at = new Date(Date.now() - 60_000).toISOString()
  await byOwner(
    `update identity.mandate set begins_at = now() - interval '2 days', expires_at = '${at}' where id = '${other.id}'`,
  )
  const past = (await get(other.principal, '/account/acting')).json().ended[0]
  assert.deepEqual([past.endedAt, past.endedBy, past.accepted], [at, null, false])
  assert.deepEqual((await get(await somebody(), '/account/acting')).json().ended, [])
})

test('whoever switches from one mandate to another ends the first and begins the second, and each is told so', async () => {
  const one = await underMandate()
  const principal = await somebody()
  await post(principal, '/account/mandates', { code: await codeOf(one.agent), kind: 'helper', ends: nextMonth })
  const second = (await mandatesOf(principal))[0]!.id
  for (const id of [one.id, second]) await post(one.agent, `/account/mandates/${id}/accept`)
  for (const id of [one.id, second]) assert.equal(refusal(await switchTo(one.agent, `mandate/${id}`)), '303')
  const eventsOf = async (who: Somebody) =>
    (await get(who, '/account/acting')).json().acts.map(({ event }: { event: string }) => event)
  assert.deepEqual(await eventsOf(one.principal), ['identity.acting-changed', 'identity.acting-began'])
  assert.deepEqual(await eventsOf(principal), ['identity.acting-began'])
})

test('who acts for another reads whom by the name that a document proves, and the other likewise', async () => {
  const { principal, agent } = await underMandate()
  await prove(sql, first.installation, principal.id)
  const [held] = (await get(agent, '/account/acting')).json().mandates
  assert.match(held.principal.name.en, /^Ada Quay \(addressed as Somebody \d+\)$/)
  assert.match(held.agent.name.en, /^Somebody \d+$/)
  const [given] = (await get(principal, '/account/acting')).json().mandates
  assert.match(given.principal.name.en, /^Somebody \d+$/, 'to oneself one is who one is')
})

test('a mandate that either ends, or whose time is over, is gone at the next request on every process', async () => {
  const endings: [string, (given: Awaited<ReturnType<typeof underMandate>>) => Promise<unknown>][] = [
    ['the principal ends it', ({ principal, id }) => post(principal, `/account/mandates/${id}/withdraw`)],
    [
      'its time is over',
      ({ id }) =>
        byOwner(
          `update identity.mandate set begins_at = now() - interval '2 days', expires_at = now() where id = '${id}'`,
        ),
    ],
    [
      'it has not begun',
      ({ id }) => byOwner(`update identity.mandate set begins_at = now() + interval '1 day' where id = '${id}'`),
    ],
    [
      'the account is closed',
      ({ principal }) => sql`update identity.person set closed_at = now() where id = ${principal.id}`,
    ],
  ]
  for (const [what, end] of endings) {
    const given = await underMandate()
    await post(given.agent, `/account/mandates/${given.id}/accept`)
    await switchTo(given.agent, `mandate/${given.id}`)
    assert.equal((await nowOf(given.agent)).onBehalfOf, given.principal.id, what)
    await end(given)
    for (const each of [app, second.app])
      assert.equal((await act(given.agent, { service: 'renew-licence' }, each)).json().onBehalfOf, null, what)
  }
})

test('in another’s name nothing is done that does not say so: keys, consents, mandates, codes, companies', async () => {
  const { principal, agent, id } = await underMandate()
  await post(agent, `/account/mandates/${id}/accept`)
  const other = await somebody()
  const code = await codeOf(other)
  await switchTo(agent, `mandate/${id}`)
  const before = await sql`select count(*)::int as events from platform.audit_event`
  for (const [url, payload] of [
    ['/account/mandates', { code, kind: 'helper', ends: nextMonth }],
    [`/account/mandates/${id}/withdraw`, {}],
    ['/account/acting/code', {}],
    ['/account/organisations', { kind: 'company', number: 'T00001', english: 'X' }],
    ['/counter/silent', {}],
  ] as const)
    assert.equal(refusal(await post(agent, url, payload)), 'identity.not-on-behalf', url)
  // Every unsafe route of identity that asks who one is refuses it, those of today and those to come.
  const paths = (app.swagger() as { paths: Record<string, Record<string, { tags?: string[] }>> }).paths
  // A form may be refused (consents/as-oneself.test.ts).
  const allowed = new Set(['/account/acting', '/sign-out', '/filling/{handle}'])
  // What is public asks for nobody; it answers programs.
  for (const { url, config } of app.routeTable)
    if (config?.access === 'public') allowed.add(url.replace(/:(\w+)/g, '{$1}'))
  let tried = 0
  for (const [path, methods] of Object.entries(paths))
    for (const [method, { tags }] of Object.entries(methods)) {
      if (!tags?.includes('identity') || method === 'get' || allowed.has(path) || /^\/sign-in/.test(path)) continue
      const url = path.replace(/\{\w+\}/g, '1')
      const answer = await app.inject({
        method: method.toUpperCase() as 'POST',
        url,
        headers: agent.headers,
        payload: {},
      })
      assert.match(refusal(answer), /^(identity\.not-on-behalf|platform\.not-allowed)$/, `${method} ${path}`)
      tried += 1
    }
  assert.ok(tried > 8)
  const after = await sql`select count(*)::int as events from platform.audit_event`
  assert.deepEqual([...after], [...before])
  assert.equal((await nowOf(agent)).onBehalfOf, principal.id)
  assert.equal((await mandatesOf(principal))[0]?.state, 'counts')
})

test('an agent or member does what they were given and nothing beyond', async () => {
  const limit = (services: string[] | null, centsMax: number | null = null, full = false) => ({
    services,
    centsMax,
    full,
  })
  const other = { id: 'a', name: { en: '', 'zh-Hant': '' } }
  const person = { ...other, permissions: [], level: 2, methods: [], authenticatedAt: '' } as const
  const licence = { service: 'renew-licence' }
  // biome-ignore format: matrix
  const cases = [
    // acts for     by                                          what                                  may
    ['oneself',     undefined,                                  { ...licence, highRisk: true },       true],
    ['a person',    undefined,                                  licence,                              false],
    ['a person',    [],                                         licence,                              false],
    ['a person',    [limit(null)],                              licence,                              true],
    ['a person',    [limit(null)],                              { ...licence, highRisk: true },       false],
    ['a person',    [limit(['renew-licence'])],                 licence,                              true],
    ['a person',    [limit(['renew-licence'])],                 { service: 'sell-land' },             false],
    ['a person',    [limit(['sell-land'])],                     { service: 'sell-land', highRisk: true }, true],
    ['a company',   [limit(null, 10_000)],                      { ...licence, cents: 10_000 },        true],
    ['a company',   [limit(null, 10_000)],                      { ...licence, cents: 10_001 },        false],
    ['a company',   [limit(null, 0)],                           { ...licence, cents: 1 },             false],
    ['a company',   [limit(null, null, true)],                  { ...licence, cents: 1e9, highRisk: true }, true],
    ['a company',   [limit(['a'], null), limit(null, 5)],       { ...licence, cents: 5 },             true],
    ['a company',   [limit(['renew-licence'], 5), limit(['a'], 9)], { ...licence, cents: 9 },         false],
  ] as const
  for (const [whom, actingLimits, what, may] of cases) {
    const request = {
      actingLimits,
      person: {
        ...person,
        ...(whom === 'a person' && { onBehalfOf: other }),
        ...(whom === 'a company' && { organisation: 'company-1' }),
      },
    }
    assert.equal(mayAct(request as never, what), may, `${whom} ${JSON.stringify([actingLimits, what])}`)
  }
  const { agent, id } = await underMandate({ services: ['renew-licence', 'book-court'] })
  await post(agent, `/account/mandates/${id}/accept`)
  await switchTo(agent, `mandate/${id}`)
  assert.equal(refusal(await act(agent, { service: 'book-court' })), '200')
  assert.equal(refusal(await act(agent, { service: 'sell-land' })), 'identity.beyond-limits')
})

test('services are chosen from those there are, by their names in the language of the page, without JavaScript', async () => {
  const [principal, agent] = [await somebody(), await somebody()]
  const headers = { ...principal.headers, accept: 'text/html' }
  const page = async (url: string, reader = headers) => (await app.inject({ url, headers: reader })).body
  const offeredOn = (body: string) =>
    [
      ...body.matchAll(/<input type="checkbox"[^>]* name="services" value="([^"]+)"[^>]*>.*?<label[^>]*>([^<]+)</gs),
    ].map(([, id, name]) => `${id} ${name}`)
  const english = await page('/eng/account/mandates')
  assert.deepEqual(offeredOn(english), ['renew-licence Licence renewal', 'book-court Court booking', 'bid Tenders'])
  assert.match(english, /Tenders<\/label><p class="field__hint"[^>]*>High-risk</)
  assert.match(english, /Licence renewal<\/label><p class="field__hint"[^>]*>[A-Z][^<]+</, 'who runs it')
  const chinese = ['renew-licence 續領牌照', 'book-court 預訂球場', 'bid 投標']
  assert.deepEqual(offeredOn(await page('/han/account/mandates')), chinese)
  const simplified = ['renew-licence 续领牌照', 'book-court 球场预约', 'bid 投标']
  assert.deepEqual(offeredOn(await page('/jian/account/mandates')), simplified)

  const send = async (services: string[], code: string) => {
    const fields = [
      ['code', code],
      ['kind', 'helper'],
      ['ends', nextMonth],
      ['sure', 'yes'],
      ...services.map((id) => ['services', id]),
    ]
    const form = { ...headers, 'content-type': 'application/x-www-form-urlencoded' }
    const payload = new URLSearchParams(fields as [string, string][]).toString()
    return app.inject({ method: 'POST', url: '/eng/account/mandates', headers: form, payload })
  }
  const code = await codeOf(agent)
  // biome-ignore format: matrix
  const wrong = [
    ['not there',          ['bid', 'sell-land']],
    ['in trial use',       ['trial']],
    ['stopped meanwhile',  ['bid', 'stopped']],
    ['another platform',   ['elsewhere']],
  ] as const
  for (const [what, services] of wrong) {
    const { statusCode, body } = await send([...services], code)
    assert.equal(statusCode, 422, what)
    assert.match(body, /<a href="#services">A service that you chose is no longer in use/, what)
    assert.equal(
      /name="services" value="bid" checked/.test(body),
      (services as readonly string[]).includes('bid'),
      what,
    )
  }
  assert.deepEqual(await mandatesOf(principal), [])
  for (const services of [['renew-licence', 'bid'], ['book-court'], []]) {
    const { statusCode } = await send(services, await codeOf(agent))
    assert.equal(statusCode, 303, `${services}`)
    const [given] = await mandatesOf(principal)
    assert.deepEqual(given!.services, services.length > 0 ? services : null)
    const shown = await page('/eng/account/acting')
    const said = { 0: /all services but high-risk ones/, 1: /only Court booking/, 2: /only Licence renewal, Tenders/ }
    assert.match(shown, said[services.length as 0 | 1 | 2])
    if (services[0] === 'book-court')
      assert.match(await page('/jian/account/acting'), /球场预约/, 'as the form names it')
    await post(principal, `/account/mandates/${given!.id}/withdraw`)
  }

  const many = Array.from({ length: 51 }, (_, at) => ({ id: `service-${at}` }))
  const all = many.map(({ id }) => id)
  assert.deepEqual(readServices([...all.slice(1), 'service-1'], many), all.slice(1))
  assert.equal(readServices(all, many), undefined, 'more than fifty')
  for (const none of [undefined, '', []]) assert.equal(readServices(none, many), null)
})

test('a company acts once an officer verified it: its owner wholly, its members within their limits', async () => {
  const owner = await somebody()
  const officer = await somebody({ organisation: 'counting-house', roles: ['company-officer'] })
  const wrong = await post(owner, '/account/organisations', { kind: 'company', number: '123', english: ' ' })
  assert.deepEqual([wrong.statusCode, wrong.json().mistakes], [422, ['number', 'english']])
  const weak = await somebody({ level: 1 })
  const form = { kind: 'company', number: 't12345', english: 'Lamp Makers' }
  assert.equal(refusal(await post(weak, '/account/organisations', form)), 'platform.level-too-low')
  assert.equal(refusal(await post(owner, '/account/organisations', form)), '303')
  // The same number, as people copy it.
  const spaced = { ...form, number: ' T12 345' }
  assert.equal(refusal(await post(owner, '/account/organisations', spaced)), 'identity.organisation-declared-already')
  const [company] = (await get(owner, '/account/acting')).json().organisations as { id: string }[]
  assert.equal(refusal(await switchTo(owner, `organisation/${company!.id}`)), '303')
  const huge = { service: 'bid', cents: 1_000_000, highRisk: true }
  assert.equal(refusal(await act(owner, huge)), 'identity.beyond-limits', 'not verified yet')
  const shown = async () =>
    (await app.inject({ url: '/eng/account/acting', headers: { ...owner.headers, accept: 'text/html' } })).body
  assert.match(await shown(), /not verified yet[\s\S]*An officer compares its number[\s\S]*nothing more for you to do/)

  const member = await somebody()
  const people = `/office/organisations/${company!.id}/people`
  const given = { code: await codeOf(member), role: 'member', services: 'bid', money: '50.00', ends: nextMonth }
  assert.equal(refusal(await post(owner, people, given)), '303')
  assert.equal(refusal(await switchTo(member, `organisation/${company!.id}`)), '303')

  // Another who declares the same number, and an officer who cannot verify both.
  const squatter = await somebody()
  assert.equal(refusal(await post(squatter, '/account/organisations', form)), '303')
  const listed = (await get(officer, '/office/organisations')).json().organisations as { id: string }[]
  assert.equal(listed.length, 2)
  const answers = await Promise.all(listed.map(({ id }, at) => verify(officer, id, [app, second.app][at])))
  assert.deepEqual(answers.map(refusal).sort(), ['303', 'identity.number-verified-already'])
  await byOwner(`update identity.organisation set verified_by = null, verified_at = null`)
  assert.equal(refusal(await verify(officer, company!.id)), '303')
  assert.doesNotMatch(await shown(), /not verified yet/)

  assert.equal(refusal(await act(owner, huge)), '200')
  assert.equal(refusal(await act(member, { service: 'bid', cents: 5000 })), '200')
  assert.equal(refusal(await act(member, { service: 'bid', cents: 5001 })), 'identity.beyond-limits')
  assert.equal(refusal(await act(member, { service: 'sell-land' })), 'identity.beyond-limits')
  assert.equal(refusal(await get(member, people)), 'platform.not-allowed')
})

test('an officer confirms mandates of parents and carers, and never one of their own', async () => {
  const officer = await somebody({ level: 3, organisation: 'counting-house', roles: ['mandate-officer'] })
  const parent = await somebody()
  const form = { code: await codeOf(parent), name: 'A Child', kind: 'parent', ends: dayIn(4000) }
  assert.equal(refusal(await post(officer, '/office/mandates', form)), '303')
  const [mandate] = await mandatesOf(parent)
  assert.equal(mandate!.state, 'counts')
  assert.deepEqual(await listAlerts(sql, parent.id), ['mandate-granted'])
  assert.equal(refusal(await switchTo(parent, `mandate/${mandate!.id}`)), '303')
  // biome-ignore format: matrix
  const cases = [
    [officer, { code: 'parent',  name: 'A', kind: 'helper', ends: nextMonth },     '422'],
    [officer, { code: 'parent',  kind: 'parent', ends: nextMonth },                '422'],
    [officer, { code: 'parent',  name: 'A', principal: 'B', kind: 'parent', ends: nextMonth }, '422'],
    [officer, { code: 'parent',  name: 'A', kind: 'parent', ends: dayIn(8000) },   '422'],
    [officer, { code: 'officer', name: 'A', kind: 'parent', ends: nextMonth },     'identity.not-to-yourself'],
    [officer, { code: 'weak',    name: 'A', kind: 'parent', ends: nextMonth },     'identity.agent-level-too-low'],
    [parent,  { code: 'weak',    name: 'A', kind: 'parent', ends: nextMonth },     'identity.not-on-behalf'],
  ] as const
  const weak = await somebody({ level: 1 })
  const people = { parent: await somebody(), officer, weak }
  const count = async () => (await sql`select 1 from identity.person`).length
  const before = await count()
  for (const [who, { code, ...rest }, outcome] of cases) {
    const typed = { ...rest, code: await codeOf(people[code]) }
    assert.equal(refusal(await post(who, '/office/mandates', typed)), outcome, JSON.stringify(rest))
  }
  assert.equal(await count(), before, 'no half account is left')
})

test('nobody acts in a name that nothing gives them', async () => {
  const { id } = await underMandate()
  const stranger = await somebody()
  for (const as of [`mandate/${id}`, 'organisation/counting-house', 'organisation/company-0000000000000000'])
    assert.equal(refusal(await switchTo(stranger, as)), 'identity.may-not-act-so', as)
  for (const as of ['', 'person/ada-quay', 'mandate/1', 'organisation/../x', 'myself '])
    assert.equal((await switchTo(stranger, as)).statusCode, 400, as)
  for (const verb of ['accept', 'withdraw'])
    assert.equal(refusal(await post(stranger, `/account/mandates/${id}/${verb}`)), 'identity.mandate-not-found')
  assert.deepEqual(await nowOf(stranger), { organisation: null, onBehalfOf: null })
  assert.equal(
    (await act({ ...stranger, headers: await session(stranger.id, 'counting-house') }, { service: 'a' })).json()
      .organisation,
    null,
  )
})

test('a mandate that ends within a fortnight is warned of once', async () => {
  const { principal, agent, id } = await underMandate({ ends: dayIn(5) })
  await post(agent, `/account/mandates/${id}/accept`)
  const before = await events('identity.mandate-ending')
  await Promise.all([warnOfEndings(first.installation), warnOfEndings(second.installation)])
  await warnOfEndings(first.installation)
  assert.equal(await events('identity.mandate-ending'), before + 1)
  assert.equal((await mandatesOf(agent))[0]!.ending, true)
  for (const { id } of [principal, agent]) assert.deepEqual((await listAlerts(sql, id)).slice(2), ['mandate-ending'])
})

async function byOwner(statement: string): Promise<void> {
  const { default: postgres } = await import('../../../platform/driver.ts')
  const owner = postgres(first.urls.owner, { max: 1, onnotice: () => {} })
  await owner.unsafe(statement)
  await owner.end()
}
