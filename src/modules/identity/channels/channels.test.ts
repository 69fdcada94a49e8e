import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { isNewSession } from '../passkeys/passkeys.sql.ts'
import { listAlerts } from '../testing/alerts.sql.ts'
import { aDevice, anAddress, openAccount, signInWith } from '../testing/browser-of.ts'
import { passThrough, startForeignProvider } from '../testing/foreign-provider.ts'
import { type Connection, upsertConnection } from './channels.sql.ts'
import { sealEnvelope } from './envelope.ts'
import { generateSm2Key } from './sm2.ts'

const clock = Date.parse('2026-01-05T09:00:00Z')
const now = () => new Date(clock)
const first = await start({ now })
const second = await start({ now, beside: first })
const { app, sql, installation } = first
const { vault } = installation
const callback = `${installation.address}/sign-in/channels/neighbourland/callback`
const html = { accept: 'text/html' }

const foreign = await startForeignProvider({ clientId: 'praya', secret: 'a secret of the test', redirectUri: callback })
const peer = generateSm2Key()
const envelopeAddress = 'https://envelope.example/sign-in'

const openid: Omit<Connection, 'changedAt'> = {
  id: 'neighbourland',
  protocol: 'openid',
  address: foreign.issuer,
  clientId: 'praya',
  secret: 'a secret of the test',
  open: true,
}
const envelope: Omit<Connection, 'changedAt'> = {
  id: 'neighbourland',
  protocol: 'envelope',
  address: envelopeAddress,
  clientId: 'praya',
  peerKey: peer.publicKey,
  signingKey: generateSm2Key(),
  open: true,
}
const setUp = (connection: Omit<Connection, 'changedAt'>) => upsertConnection(sql, vault, connection, 'test')
await setUp(openid)

type Cookies = Record<string, string>
const cookieHeader = (cookies: Cookies) => ({
  cookie: Object.entries(cookies)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('; '),
})
type Response = Awaited<ReturnType<typeof app.inject>>
/** Keeps what an answer sets, as a browser does. */
function keep(cookies: Cookies, response: Response): Response {
  for (const { name, value } of response.cookies) {
    if (value === '') delete cookies[name]
    else cookies[name] = value
  }
  return response
}
const get = async (cookies: Cookies, url: string, where = app) =>
  keep(cookies, await where.inject({ url, headers: { ...html, ...cookieHeader(cookies) } }))
const post = async (cookies: Cookies, url: string, payload: object = {}, where = app) =>
  keep(cookies, await where.inject({ method: 'POST', url, headers: { ...html, ...cookieHeader(cookies) }, payload }))

/** Begins in this browser, and returns where the other platform would be reached. */
async function begin(cookies: Cookies, next = '/account', where = app): Promise<string> {
  const response = await post(cookies, '/eng/sign-in/channels/neighbourland', { next }, where)
  assert.equal(response.statusCode, 303)
  return String(response.headers.location)
}

const pathOf = (url: URL) => url.pathname + url.search
const whoIs = async (cookies: Cookies) => {
  const response = await app.inject({ url: '/account', headers: cookieHeader(cookies) })
  return response.statusCode === 200
    ? (response.json() as { person: { id: string; name: { en: string } } }).person
    : null
}
const levelOf = async (personId: string) => {
  const [row] = await sql<{ level: number }[]>`
    select coalesce(max(level), 1) as level from identity.proof
    where person_id = ${personId} and withdrawn_at is null and expires_at > now()`
  return row!.level
}
const count = async () => {
  const [row] = await sql<{ people: number; bindings: number; sessions: number }[]>`
    select (select count(*) from identity.person) as people, (select count(*) from identity.channel_binding) as bindings,
      (select count(*) from identity.session) as sessions`
  return { ...row! }
}

test('who comes from another platform opens an account at the level that it counts for, on whichever process', async () => {
  foreign.here.person = { sub: 'citizen-1', name: 'Nell Strait', acr: 'good' }
  const browser: Cookies = {}
  const back = await passThrough(await begin(browser, '/account?before=1', first.app), foreign.issuer)
  const returned = await get(browser, pathOf(back), second.app)
  assert.equal(returned.headers.location, '/eng/sign-in/channels/neighbourland/first')
  const page = await get(browser, '/eng/sign-in/channels/neighbourland/first', first.app)
  assert.match(page.body, /“Nell Strait”, known at its level good\. That counts as level 2 here/)
  const opened = await post(browser, '/eng/sign-in/channels/neighbourland/open', {}, second.app)
  assert.equal(opened.headers.location, '/eng/account?before=1')
  const person = (await whoIs(browser))!
  assert.match(person.id, /^p-[0-9a-f]{20}$/)
  assert.equal(person.name.en, 'Nell Strait')
  assert.equal(await levelOf(person.id), 2)
  const kept = JSON.stringify(await sql`select binding::text as text from identity.channel_binding as binding`)
  assert.ok(!kept.includes('citizen-1'), 'who they are over there is kept as a keyed hash alone')
})

test('who was here before is signed in at once, and a level that sank over there sinks here', async () => {
  const browser: Cookies = {}
  foreign.here.person = { sub: 'citizen-1', name: 'Nell Strait', acr: 'low' }
  const back = await passThrough(await begin(browser), foreign.issuer)
  const returned = await get(browser, pathOf(back))
  assert.equal(returned.headers.location, '/eng/account')
  const person = (await whoIs(browser))!
  assert.equal(await levelOf(person.id), 1)
  assert.deepEqual((await listAlerts(sql, person.id)).sort(), ['level-changed', 'new-device'])
  assert.equal(browser.praya_channel, undefined)
  const traces = await sql`
    select event from platform.audit_event where actor = ${person.id} order by id`
  assert.deepEqual(
    traces.map(({ event }) => event),
    ['identity.signed-in', 'identity.channel-linked', 'identity.signed-in'],
  )
})

test('somebody with an account links it, reaches it from then on, and unlinks it in one press', async () => {
  const browser: Cookies = {}
  await post(browser, '/eng/sign-in', { person: 'ada-quay' })
  foreign.here.person = { sub: 'citizen-2', acr: 'high' }
  const from = '/account/channels'
  await get(browser, pathOf(await passThrough(await begin(browser, from), foreign.issuer)))
  const linked = await post(browser, '/eng/sign-in/channels/neighbourland/link')
  assert.match(
    (await get(browser, String(linked.headers.location))).body,
    /You linked another platform to your account</,
  )
  assert.equal((await whoIs(browser))?.id, 'ada-quay')
  assert.equal(await levelOf('ada-quay'), 3)
  assert.deepEqual((await listAlerts(sql, 'ada-quay')).sort(), ['channel-linked', 'level-changed'])

  const other: Cookies = {}
  await get(other, pathOf(await passThrough(await begin(other), foreign.issuer)))
  assert.equal((await whoIs(other))?.id, 'ada-quay')

  const { bindings } = (await app.inject({ url: '/account/channels', headers: cookieHeader(other) })).json()
  assert.deepEqual(
    bindings.map((each: { direction: string; level: string }) => [each.direction, each.level]),
    [['inbound', 'high']],
  )
  const unlinked = await post(other, `/eng/account/channels/${bindings[0].id}/unlink`)
  assert.equal(unlinked.headers.location, '/eng/account/channels?done=channel-unlinked')
  assert.equal(await whoIs(other), null, 'browsers that came in by it are signed out')
  assert.equal(await levelOf('ada-quay'), 1)
  const told = (await listAlerts(sql, 'ada-quay')).filter((kind) => kind !== 'new-device')
  assert.deepEqual(told.slice(2).sort(), ['channel-unlinked', 'level-changed'])

  const again: Cookies = {}
  const returned = await get(again, pathOf(await passThrough(await begin(again), foreign.issuer)))
  assert.equal(returned.headers.location, '/eng/sign-in/channels/neighbourland/first')
  assert.equal(await whoIs(again), null)
})

test('who came in by a recovery code, or by a passkey added from one, links nothing until a passkey of before', async () => {
  const { personId, codes, authenticator } = await openAccount(first)
  const recovered: Cookies = {}
  const payload = { code: codes[0] }
  keep(recovered, await app.inject({ method: 'POST', url: '/sign-in/recovery', payload, remoteAddress: anAddress() }))
  const device = aDevice(first)
  const { passkey } = (await app.inject({ url: '/account/devices/add.json', headers: cookieHeader(recovered) })).json()
  const answer = { challenge: passkey.id, response: JSON.stringify(device.create(passkey.options)) }
  assert.equal((await post(recovered, '/account/devices/add', answer)).statusCode, 303)
  const [byNew, byKnown]: [Cookies, Cookies] = [{}, {}]
  keep(byNew, await signInWith(first, device))
  keep(byKnown, await signInWith(first, authenticator))

  foreign.here.person = { sub: 'citizen-6', name: 'Thief', acr: 'high' }
  const link = async (browser: Cookies) => {
    await get(browser, pathOf(await passThrough(await begin(browser), foreign.issuer)))
    const headers = cookieHeader(browser)
    return keep(browser, await app.inject({ method: 'POST', url: '/sign-in/channels/neighbourland/link', headers }))
  }
  for (const browser of [recovered, byNew]) {
    const refused = await link(browser)
    assert.equal(refused.json().type, '/problems/identity.channel-link-too-new')
    assert.equal((await whoIs(browser))?.id, personId, 'the session is as it was')
  }
  assert.equal((await sql`select 1 from identity.channel_binding where person_id = ${personId}`).length, 0)
  assert.equal(await levelOf(personId), 1)

  assert.equal((await link(byKnown)).statusCode, 303)
  assert.equal(await levelOf(personId), 3)
  const [session] = await sql<{ handle: string }[]>`
    select handle from identity.session where person_id = ${personId} and methods @> array['fed']`
  assert.equal(await isNewSession(sql, session!.handle, now()), false)
  assert.equal(await isNewSession(sql, session!.handle, new Date(clock - 1000)), true, 'before the link was known')
})

test('a link that is the only way into an account stays until there is another', async () => {
  foreign.here.person = { sub: 'citizen-5', name: 'Sole', acr: 'low' }
  const browser: Cookies = {}
  await get(browser, pathOf(await passThrough(await begin(browser), foreign.issuer)))
  await post(browser, '/eng/sign-in/channels/neighbourland/open')
  const person = (await whoIs(browser))!
  const page = await get(browser, '/eng/account/channels?done=channel-unlinked')
  assert.match(page.body, /This is the only way into this account/)
  assert.match(page.body, /href="\/eng\/account\/devices\/add"/)
  assert.doesNotMatch(page.body, /\/unlink"/)
  const bound = async () => {
    const [row] = await sql<{ id: string; open: boolean }[]>`
      select id, unbound_at is null as open from identity.channel_binding where person_id = ${person.id}`
    return row!
  }
  const { id } = await bound()
  const unlink = () => post(browser, `/eng/account/channels/${id}/unlink`)
  const refused = await unlink()
  assert.equal(refused.statusCode, 409)
  assert.equal((await bound()).open, true)
  assert.ok(await whoIs(browser))
  await sql`insert into identity.recovery_code (lookup, person_id, created_at) values (${Buffer.alloc(32, 5)}, ${person.id}, now())`
  assert.equal((await unlink()).statusCode, 303)
  assert.equal((await bound()).open, false)
})

test('a name that the other platform gives is kept as it can be read, or the person is asked for one', async () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const open = async (browser: Cookies, payload = '') =>
    keep(
      browser,
      await app.inject({
        method: 'POST',
        url: '/eng/sign-in/channels/neighbourland/open',
        headers: { ...html, ...form, ...cookieHeader(browser) },
        payload,
      }),
    )
  // biome-ignore format: matrix
  const cases: [given: string | undefined, kept: string | null][] = [
    ['Nell Strait',                      'Nell Strait'],
    ['  Nell\n\tStrait ',                'Nell Strait'],
    ['\u202eNell \u2066Strait\n\u0000',  'Nell Strait'],
    ['Nell\ud800Strait',                 'Nell Strait'],
    [undefined,                          null],
    ['\u200b\u3164',                     null],
    ['<!-- -->',                         null],
    ['x'.repeat(61),                     null],
    ['The Counting  House',              null],
    ['Сounting House',                   null],
  ]
  for (const [at, [given, kept]] of cases.entries()) {
    const what = JSON.stringify(given) ?? 'none'
    foreign.here.person = { sub: `named-${at}`, acr: 'good', ...(given !== undefined && { name: given }) }
    const browser: Cookies = {}
    await get(browser, pathOf(await passThrough(await begin(browser), foreign.issuer)))
    const page = await get(browser, '/eng/sign-in/channels/neighbourland/first')
    assert.equal(page.body.includes('How do you want to be addressed?'), kept === null, what)
    if (kept === null) {
      const before = await count()
      for (const typed of ['', 'name=%E2%80%AE', `name=${'x'.repeat(61)}`, 'name=Counting-House']) {
        const again = await open(browser, typed)
        assert.equal(again.statusCode, 422, `${what} ${typed}`)
        assert.match(again.body, /href="#name"/)
      }
      assert.deepEqual(await count(), before)
    }
    const opened = await open(browser, kept === null ? 'name=+Nell%0AStrait' : '')
    assert.equal(opened.statusCode, 303, `${what} ${opened.body}`)
    assert.equal((await whoIs(browser))?.name.en, 'Nell Strait', what)
  }
})

test('of two tabs that open an account for the same person, one does', async () => {
  foreign.here.person = { sub: 'citizen-3', name: 'Twin', acr: 'low' }
  const browser: Cookies = {}
  await get(browser, pathOf(await passThrough(await begin(browser), foreign.issuer)))
  const before = await count()
  const both = await Promise.all(
    [app, second.app].map((where) => post({ ...browser }, '/eng/sign-in/channels/neighbourland/open', {}, where)),
  )
  assert.deepEqual(both.map(({ statusCode }) => statusCode).sort(), [303, 409])
  const after = await count()
  assert.deepEqual([after.people, after.bindings], [before.people + 1, before.bindings + 1])
})

test('an account over there belongs to one account here', async () => {
  foreign.here.person = { sub: 'citizen-4', name: 'Once', acr: 'low' }
  const one: Cookies = {}
  const two: Cookies = {}
  for (const browser of [one, two]) await get(browser, pathOf(await passThrough(await begin(browser), foreign.issuer)))
  await post(one, '/eng/sign-in/channels/neighbourland/open')
  const before = await count()
  const refused = await post(two, '/eng/sign-in/channels/neighbourland/open')
  assert.equal(refused.statusCode, 409)
  assert.match(refused.body, /linked to an account here already/)
  assert.deepEqual(await count(), before, 'not even a person is left')
})

test('a way back that was not begun here, in this browser, for this platform, just now, signs nobody in', async () => {
  foreign.here.person = { sub: 'citizen-1', name: 'Nell Strait', acr: 'good' }
  const fresh = async () => {
    const browser: Cookies = {}
    return { browser, url: pathOf(await passThrough(await begin(browser), foreign.issuer)) }
  }
  const attempt = async (what: string, code: string, send: () => Promise<Response>) => {
    const before = await count()
    const response = await send()
    const told = response.headers['content-type']?.toString().includes('problem+json') ? response.json().type : ''
    assert.equal(told, `/problems/identity.${code}`, `${what}: ${response.statusCode} ${response.headers.location}`)
    assert.deepEqual(await count(), before, what)
  }
  const json = (browser: Cookies, url: string) => app.inject({ url, headers: cookieHeader(browser) })
  const { url, browser } = await fresh()
  const changed = (name: string, value: string) => {
    const copy = new URL(url, installation.address)
    copy.searchParams.set(name, value)
    return pathOf(copy)
  }
  await attempt('without the cookie', 'channel-order-gone', () => json({}, url))
  await attempt('in another browser', 'channel-order-gone', async () => json((await fresh()).browser, url))
  await attempt('with another state', 'channel-order-gone', () => json(browser, changed('state', 'x')))
  await attempt('a mix-up of issuers', 'channel-refused', () => json(browser, changed('iss', 'https://evil.example')))
  await attempt('after a refusal', 'channel-order-gone', () => json(browser, url))
  const other = await fresh()
  await attempt('with another code', 'channel-refused', () =>
    json(other.browser, other.url.replace(/code=[^&]+/, 'code=stolen')),
  )
  const late = await fresh()
  await sql`update identity.channel_order set expires_at = now() - interval '1 second'`
  await attempt('after ten minutes', 'channel-order-gone', () => json(late.browser, late.url))
  const once = await fresh()
  assert.equal((await json(once.browser, once.url)).statusCode, 303)
  await attempt('a second time', 'channel-order-gone', () => json(once.browser, once.url))
  foreign.here.person = { sub: 'citizen-1', acr: 'strange' }
  const strange = await fresh()
  await attempt('at a level that was not agreed', 'channel-level-unknown', () => json(strange.browser, strange.url))
  const denied = await fresh()
  await attempt('refused over there', 'channel-refused', () =>
    json(denied.browser, denied.url.replace(/code=[^&]+/, 'error=access_denied')),
  )
})

test('a platform that does not answer, is closed or is not there says so', async () => {
  const from = async (connection: typeof openid) => {
    await setUp(connection)
    const response = await app.inject({ method: 'POST', url: '/sign-in/channels/neighbourland', payload: {} })
    return response.json().type
  }
  try {
    assert.equal(await from({ ...openid, address: 'http://127.0.0.1:9' }), '/problems/identity.channel-away')
    assert.equal(await from({ ...openid, open: false }), '/problems/identity.channel-not-found')
    const { channels } = (await app.inject({ url: '/sign-in/channels' })).json()
    assert.deepEqual(channels, [])
  } finally {
    await setUp(openid)
  }
  const nowhere = await app.inject({ method: 'POST', url: '/sign-in/channels/elsewhere', payload: {} })
  assert.equal(nowhere.json().type, '/problems/identity.channel-not-found')
})

test('a form may lead to the platforms that are open, and nowhere else', async () => {
  const { headers } = await app.inject({ url: '/eng/sign-in/channels', headers: html })
  assert.match(String(headers['content-security-policy']), new RegExp(`form-action 'self' ${foreign.issuer};`))
})

/** What the envelope platform read in our request, and an answer that it would sign. */
async function answerTo(url: string) {
  const request = new URL(url).searchParams.get('request')!
  const asked = JSON.parse(Buffer.from(request.split('.')[1]!, 'base64url').toString())
  const seconds = Math.floor(clock / 1000)
  const payload = {
    iss: envelopeAddress,
    aud: 'praya',
    sub: 'citizen-9',
    nonce: asked.nonce as string,
    level: 'middle',
    name: '陸九',
    iat: seconds,
    exp: seconds + 60,
  }
  return { state: asked.state as string, payload }
}

test('an envelope signed by the other side signs in, and any other changes nothing', async () => {
  await setUp(envelope)
  try {
    const good = (payload: object) => sealEnvelope(payload, peer.privateKey)
    type Payload = Awaited<ReturnType<typeof answerTo>>['payload']
    const resigned = (header: object) => (payload: Payload) => {
      const [, body] = good(payload).split('.')
      return `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${body}.${good(payload).split('.')[2]}`
    }
    // biome-ignore format: matrix
    const cases: [string, (payload: Payload) => string][] = [
      ['signed by somebody else',  (payload) => sealEnvelope(payload, generateSm2Key().privateKey)],
      ['signed by ourselves',      (payload) => sealEnvelope(payload, envelope.signingKey!.privateKey)],
      ['changed after signing',    (payload) => good(payload).replace(/^([^.]+)\.[^.]+/, `$1.${Buffer.from(JSON.stringify({ ...payload, level: 'high' })).toString('base64url')}`)],
      ['without a signature',      (payload) => `${good(payload).split('.').slice(0, 2).join('.')}.`],
      ['of another algorithm',     resigned({ alg: 'none' })],
      ['of a longer header',       resigned({ alg: 'SM2SM3', jwk: {} })],
      ['for somebody else',        (payload) => good({ ...payload, aud: 'another' })],
      ['from somebody else',       (payload) => good({ ...payload, iss: 'https://evil.example' })],
      ['for another order',        (payload) => good({ ...payload, nonce: 'x' })],
      ['expired',                  (payload) => good({ ...payload, iat: payload.iat - 120, exp: payload.iat })],
      ['from the future',          (payload) => good({ ...payload, iat: payload.iat + 60, exp: payload.iat + 90 })],
      ['good for an hour',         (payload) => good({ ...payload, exp: payload.iat + 3600 })],
      ['without a subject',        (payload) => good({ ...payload, sub: '' })],
      ['with a number as level',   (payload) => good({ ...payload, level: 3 })],
      ['padded',                   (payload) => good(payload).replace('.', '=.')],
      ['in another alphabet',      (payload) => good(payload).replace(/^./, '+')],
      ['of four parts',            (payload) => `${good(payload)}.`],
      ['of 3,200 characters',            (payload) => good({ ...payload, more: 'x'.repeat(2100) })],
      ['empty',                    () => ''],
    ]
    for (const [what, make] of cases) {
      const browser: Cookies = {}
      const { state, payload } = await answerTo(await begin(browser))
      const before = await count()
      const query = new URLSearchParams({ state, envelope: make(payload) })
      const url = `/sign-in/channels/neighbourland/callback?${query}`
      const response = await app.inject({ url, headers: cookieHeader(browser) })
      assert.equal(response.json().type, '/problems/identity.channel-refused', what)
      assert.deepEqual(await count(), before, what)
    }
    for (const sub of ['citizen-\0', 'citizen-\ud800']) {
      const browser: Cookies = {}
      const { state, payload } = await answerTo(await begin(browser))
      const query = new URLSearchParams({ state, envelope: good({ ...payload, sub }) })
      const url = `/sign-in/channels/neighbourland/callback?${query}`
      const response = await app.inject({ url, headers: cookieHeader(browser) })
      assert.equal(response.json().type, '/problems/identity.channel-refused', JSON.stringify(sub))
    }
    const browser: Cookies = {}
    const { state, payload } = await answerTo(await begin(browser))
    const query = new URLSearchParams({ state, envelope: good(payload) })
    const url = `/sign-in/channels/neighbourland/callback?${query}`
    assert.match(String((await get(browser, url)).headers.location), /first$/)
    await post(browser, '/eng/sign-in/channels/neighbourland/open')
    assert.equal((await whoIs(browser))?.name.en, '陸九')
  } finally {
    await setUp(openid)
  }
})

test('a job deletes who never came back', async () => {
  await begin({})
  await sql`update identity.channel_order set expires_at = now() - interval '1 second'`
  await begin({})
  await first.jobs['identity.delete-expired-channel-orders']!.run(installation, {})
  assert.equal((await sql`select 1 from identity.channel_order`).length, 1)
})
