// Every way to sign in begins a session under a cookie that nobody can have known before (OWASP ASVS 5.0, 7.2.4).
import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { cookieOf, start } from '#test'
import { upsertConnection } from '../channels/channels.sql.ts'
import { approveOrder, claimOrder } from '../qr/orders.sql.ts'
import { aDevice, anAddress, askToSignIn, beginAccount, openAccount, sessionOf } from '../testing/browser-of.ts'
import { passThrough, startForeignProvider } from '../testing/foreign-provider.ts'
import { insertSession } from './sessions.sql.ts'

const first = await start()
const { app, sql, installation } = first
const foreign = await startForeignProvider({
  clientId: 'praya',
  secret: 'a secret of the test',
  redirectUri: `${installation.address}/sign-in/channels/neighbourland/callback`,
})
await upsertConnection(
  sql,
  installation.vault,
  {
    id: 'neighbourland',
    protocol: 'openid',
    address: foreign.issuer,
    clientId: 'praya',
    secret: 'a secret of the test',
    open: true,
  },
  'test',
)

type Headers = { cookie: string }
const post = (url: string, headers: Headers, payload: object = {}) =>
  app.inject({ method: 'POST', url, headers, payload, remoteAddress: anAddress() })
const withCookies = ({ cookie }: Headers, response: { cookies: readonly { name: string; value: string }[] }) => ({
  cookie: [cookie, ...response.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`)].join('; '),
})

/** Comes back from the other platform, where nobody had to be asked. */
async function fromPlatform(sub: string, headers: Headers) {
  foreign.here.person = { sub, name: 'Nell Strait', acr: 'low' }
  const begun = await post('/sign-in/channels/neighbourland', headers)
  const back = await passThrough(String(begun.headers.location), foreign.issuer)
  const held = withCookies(headers, begun)
  return { held, returned: await app.inject({ url: back.pathname + back.search, headers: held }) }
}

/** Each way, in a browser that holds these cookies already; its answer begins a session. */
const ways: Record<string, (before: Headers) => ReturnType<typeof post>> = {
  'as a made-up person': (before) => post('/sign-in', before, { person: 'ada-quay' }),
  'by a passkey': async (before) => {
    const mei = await openAccount(first)
    const { id: challenge, options } = await askToSignIn(first)
    return post('/sign-in/passkey', before, { challenge, response: JSON.stringify(mei.authenticator.get(options)) })
  },
  'by a recovery code': async (before) =>
    post('/sign-in/recovery', before, { code: (await openAccount(first)).codes[0] }),
  'by opening an account': async (before) => {
    const { id: challenge, options } = await beginAccount(first)
    return post('/sign-in/new/passkey', before, { challenge, response: JSON.stringify(aDevice(first).create(options)) })
  },
  'by a phone': async (before) => {
    const mei = await openAccount(first)
    const shown = await app.inject({ url: '/sign-in/phone.json?next=/account', headers: before })
    const [order] = await sql<[{ id: string }]>`select id from identity.phone_order order by started_at desc limit 1`
    const [phone] = await sql<[{ handle: string }]>`
      select handle from identity.session where person_id = ${mei.personId}`
    const now = installation.now()
    const network = randomBytes(32)
    await claimOrder(sql, order.id, { personId: mei.personId, sessionHandle: phone.handle, network, now })
    await approveOrder(sql, order.id, { methods: ['swk', 'user', 'mca'], levelMax: 2, passkeyId: undefined, now })
    return post('/sign-in/phone/finish', withCookies(before, shown))
  },
  'by opening an account from another platform': async (before) => {
    const { held } = await fromPlatform(randomUUID(), before)
    return post('/sign-in/channels/neighbourland/open', held)
  },
  'through another platform': async (before) => (await fromPlatform('citizen-1', before)).returned,
}

// Whoever comes through the other platform has been here before.
await post('/sign-in/channels/neighbourland/open', (await fromPlatform('citizen-1', { cookie: '' })).held)

for (const [way, signIn] of Object.entries(ways)) {
  test(`who signs in ${way} gets a cookie that nobody knew, and what the browser held before is worth nothing`, async () => {
    const status = async (headers: Headers) => (await app.inject({ url: '/account', headers })).statusCode
    const held = cookieOf(await insertSession(sql, { personId: 'ben-ledger', levelMax: 3, methods: ['test'] }))
    assert.equal(await status(held), 200)
    const answer = await signIn(held)
    assert.ok(answer.statusCode < 400, answer.body)
    const given = sessionOf(answer)!
    assert.notEqual(given.cookie, held.cookie)
    assert.equal(await status(held), 401, 'the session that stood there has ended')
    assert.equal(await status(given), 200)
  })

  test(`a cookie that somebody planted becomes no session when its holder signs in ${way}`, async () => {
    const planted = `praya_session=${randomBytes(32).toString('base64url')}`
    const answer = await signIn({ cookie: planted })
    assert.ok(answer.statusCode < 400, answer.body)
    assert.notEqual(sessionOf(answer)!.cookie, planted)
    assert.equal((await app.inject({ url: '/account', headers: { cookie: planted } })).statusCode, 401)
  })
}

test('proving again renews the cookie of the session, and the one before is worth nothing', async () => {
  const before = sessionOf(await post('/sign-in', { cookie: '' }, { person: 'ada-quay' }))!
  const after = sessionOf(await post('/sign-in/again', before))!
  assert.notEqual(after.cookie, before.cookie)
  assert.equal((await app.inject({ url: '/account', headers: before })).statusCode, 401)
  assert.equal((await app.inject({ url: '/account', headers: after })).statusCode, 200)
})

test('every route that signs in is walked here', () => {
  const walked = [
    'POST /sign-in',
    'POST /sign-in/passkey',
    'POST /sign-in/recovery',
    'POST /sign-in/new/passkey',
    'POST /sign-in/phone/finish',
    'POST /sign-in/channels/:channel/open',
    'GET /sign-in/channels/:channel/callback',
    // Signs in who is signed in already; channels.test.ts walks it.
    'POST /sign-in/channels/:channel/link',
  ]
  const signing = app.routeTable
    .filter(({ config }) => [config?.event ?? []].flat().includes('identity.signed-in'))
    .map(({ method, url }) => `${method} ${url}`)
  assert.deepEqual(signing.filter((route) => !route.startsWith('HEAD')).sort(), walked.sort())
})
