import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { cookieOf, start } from '#test'
import { insertSession } from '../sessions/sessions.sql.ts'
import { findLastAlert, listAlerts } from '../testing/alerts.sql.ts'
import { openAccount, sessionOf } from '../testing/browser-of.ts'
import { readCode, showCode } from '../testing/scanning.ts'
import { qrAllowedFor } from './allowed.rules.ts'
import { ordersMax } from './orders.sql.ts'

// The clock stands until a test moves it.
let clock = new Date()
const now = () => clock
const pass = (seconds: number) => {
  clock = new Date(clock.getTime() + seconds * 1000)
}
const first = await start({ now })
const second = await start({ now, beside: first })
const { app, sql, installation } = first
const { address } = installation

type Headers = Record<string, string>
const home = '198.51.100.7'
const elsewhere = '203.0.113.9'

/** A phone that is signed in: with a passkey, or as a made-up person. */
async function aPhone() {
  const account = await openAccount(first)
  return { ...account, headers: account.headers as Headers }
}
async function aMadeUpPhone(person = installation.pack.people[0]!.id) {
  const token = await insertSession(sql, { personId: person, levelMax: 3, methods: ['demo'] })
  return { personId: person, headers: cookieOf(token) as Headers }
}

const open = (headers: Headers, text: string, { ip = home, at = app as FastifyInstance } = {}) =>
  at.inject({ url: text.replace(address, ''), headers: { accept: 'application/json', ...headers }, remoteAddress: ip })

type Phone = Awaited<ReturnType<typeof aPhone>>

/** The phone answers as a person with a passkey does. */
async function approve(
  phone: Phone,
  path: string,
  number: number | string,
  answering = {},
  at = app as FastifyInstance,
) {
  const asked = (await at.inject({ url: `${path}.json`, headers: phone.headers })).json().passkey
  const response = asked && JSON.stringify(phone.authenticator.get(asked.options, answering))
  return at.inject({
    method: 'POST',
    url: path,
    headers: phone.headers,
    payload: { number: String(number), challenge: asked?.id, response },
  })
}

const sessionsOf = async (personId: string) =>
  (
    await sql<{ methods: string[]; levelMax: number; device: string | null }[]>`
    select methods, level_max, device from identity.session where person_id = ${personId} order by created_at`
  ).map((each) => ({ ...each }))
const actsOf = async (personId: string) =>
  (
    await sql<{ event: string; detail: unknown }[]>`
    select event, detail from platform.audit_event where subject = ${`person/${personId}`} order by id`
  ).map((each) => ({ ...each }))
const typeOf = (response: { body: string }) => JSON.parse(response.body).type?.replace('/problems/identity.', '')
/** The page of an order, without its language. */
const placeOf = (response: { headers: Record<string, unknown> }) =>
  String(response.headers.location).replace(/^\/[a-z]+(?=\/sign-in)/, '')

test('a phone signs in the browser that shows the code, once, and the browser says how', async () => {
  const phone = await aPhone()
  const browser = await showCode(app)
  const text = await browser.scan()
  assert.ok(text.startsWith(`${address}/sign-in/scan?f=`) && text.length < 120, text)
  assert.equal((await browser.look()).number, null, 'the number is not shown before the scan')

  const scanned = await open(phone.headers, text)
  assert.equal(scanned.statusCode, 303, scanned.body)
  const path = placeOf(scanned)
  const asks = (await app.inject({ url: `${path}.json`, headers: phone.headers })).json()
  assert.equal(asks.origin, new URL(address).origin)
  assert.equal(asks.browser, 'Firefox, Windows')
  assert.equal(asks.network, 'same')
  assert.equal((await browser.look()).state, 'claimed')
  assert.equal(typeOf(await browser.finish()), 'phone-not-approved')
  assert.equal((await sessionsOf(phone.personId)).length, 1, 'nobody is signed in before the approval')

  assert.equal((await approve(phone, path, await browser.number())).statusCode, 303)
  assert.equal((await browser.look()).state, 'approved')
  const finished = await browser.finish()
  assert.equal(finished.statusCode, 303)
  assert.match(String(finished.headers.location), /\/account$/)
  const mine = await app.inject({ url: '/account.json', headers: sessionOf(finished)! })
  assert.equal(mine.json().person.id, phone.personId)
  const [, added] = await sessionsOf(phone.personId)
  assert.deepEqual(added, { methods: ['swk', 'user', 'mca'], levelMax: 2, device: browser.headers['user-agent'] })
  assert.deepEqual((await actsOf(phone.personId)).slice(-2), [
    { event: 'identity.phone-sign-in-approved', detail: { browser: 'Firefox, Windows', network: 'same' } },
    { event: 'identity.signed-in', detail: {} },
  ])

  assert.deepEqual(await listAlerts(sql, phone.personId), ['phone-sign-in'], 'and not as a new device once more')
  assert.deepEqual((await findLastAlert(sql, phone.personId, 'phone-sign-in'))?.alertValues, {
    device: { en: 'Firefox on Windows', 'zh-Hant': 'Windows 上的 Firefox', 'zh-Hans': 'Windows 上的 Firefox' },
  })

  const twice = await browser.finish()
  assert.equal(sessionOf(twice), undefined)
  assert.equal((await sessionsOf(phone.personId)).length, 2, 'an approval signs in once')
})

test('a frame is read by one phone; that one may load its page again, and no other sees it', async () => {
  const one = await aMadeUpPhone()
  const two = await aPhone()
  const browser = await showCode(app)
  const text = await browser.scan()
  const path = placeOf(await open(one.headers, text))
  assert.equal(typeOf(await open(two.headers, text)), 'phone-code-dead')
  pass(10)
  assert.equal((await open(one.headers, text)).statusCode, 303)
  const json = { accept: 'application/json' }
  assert.equal(typeOf(await app.inject({ url: path, headers: { ...two.headers, ...json } })), 'phone-order-not-found')
  const number = String(await browser.number())
  for (const [url, payload] of [
    [path, { number }],
    [`${path}/refuse`, {}],
  ] as const) {
    const other = await app.inject({ method: 'POST', url, headers: { ...two.headers, ...json }, payload })
    assert.equal(typeOf(other), 'phone-order-not-found', url)
  }
  // Nor another session of the same person.
  const again = await aMadeUpPhone(one.personId)
  const other = await app.inject({
    method: 'POST',
    url: path,
    headers: { ...again.headers, ...json },
    payload: { number },
  })
  assert.equal(typeOf(other), 'phone-order-not-found')
  assert.equal((await browser.look()).state, 'claimed')
})

test('of two phones that scan at once, one has the order', async () => {
  const phones = await Promise.all([aMadeUpPhone(), aPhone(), aPhone()])
  const browser = await showCode(app)
  const text = await browser.scan()
  const answers = await Promise.all(
    phones.map(({ headers }, index) => open(headers, text, { at: (index % 2 ? second : first).app })),
  )
  assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [303, 403, 403])
})

test('a phone on another network is warned in words, and one on the same is not', async () => {
  // biome-ignore format: matrix
  const cases: [browser: string, phone: string, network: string][] = [
    [home,                home,                  'same'],
    [home,                elsewhere,             'other-internet'],
    ['10.1.2.3',          '10.1.2.77',           'same'],
    ['10.1.2.3',          elsewhere,             'other-local'],
    ['2001:db8:1:2::5',   '2001:db8:1:2:9::1',   'same'],
    ['2001:db8:1:2::5',   '2001:db8:1:3::5',     'other-internet'],
    ['::ffff:192.0.2.1',  '192.0.2.1',           'same'],
  ]
  const { headers } = await aMadeUpPhone()
  for (const [ip, from, network] of cases) {
    const browser = await showCode(app, { ip })
    const path = placeOf(await open(headers, await browser.scan(), { ip: from }))
    assert.equal((await app.inject({ url: `${path}.json`, headers })).json().network, network, `${ip} ${from}`)
    const { body } = await app.inject({ url: `/eng${path}`, headers: { ...headers, accept: 'text/html' } })
    assert.equal(body.includes('The other screen is on another network'), network !== 'same', `${ip} ${from}`)
  }
})

test('a wrong number ends the order; the right one after it is too late, and nobody is signed in', async () => {
  const phone = await aPhone()
  const browser = await showCode(app)
  const path = placeOf(await open(phone.headers, await browser.scan()))
  const number = await browser.number()
  for (const typed of ['', '7', '123', 'ab', '-1']) {
    const mistake = await approve(phone, path, typed)
    assert.equal(mistake.statusCode, 422, `“${typed}” costs no try`)
  }
  await approve(phone, path, number === 99 ? 10 : number + 1)
  assert.equal((await browser.look()).state, 'wrong-number')
  assert.equal(typeOf(await approve(phone, path, number)), 'phone-order-not-found')
  assert.equal(sessionOf(await browser.finish()), undefined)
  assert.equal((await sessionsOf(phone.personId)).length, 1)
  assert.deepEqual((await actsOf(phone.personId)).at(-1), {
    event: 'identity.phone-sign-in-mistyped',
    detail: { browser: 'Firefox, Windows', network: 'same', reason: 'wrong-number' },
  })
})

test('who refuses ends the order and is heard', async () => {
  const phone = await aPhone()
  const browser = await showCode(app)
  const path = placeOf(await open(phone.headers, await browser.scan()))
  const number = await browser.number()
  const refused = await app.inject({ method: 'POST', url: `${path}/refuse`, headers: phone.headers })
  assert.equal(refused.statusCode, 303)
  assert.equal((await browser.look()).state, 'refused')
  assert.equal(typeOf(await approve(phone, path, number)), 'phone-order-not-found')
  assert.equal(sessionOf(await browser.finish()), undefined)
  assert.equal((await actsOf(phone.personId)).at(-1)?.event, 'identity.phone-sign-in-refused')
})

test('whoever has a passkey approves with it, for this order, and with their own', async () => {
  const phone = await aPhone()
  const stranger = await aPhone()
  const browser = await showCode(app)
  const path = placeOf(await open(phone.headers, await browser.scan()))
  const number = String(await browser.number())
  const post = (payload: object) => app.inject({ method: 'POST', url: path, headers: phone.headers, payload })
  assert.notEqual((await post({ number })).statusCode, 303, 'without a passkey')
  for (const answering of [{ userVerified: false }, { origin: 'https://evil.example' }, { otherKey: true }])
    assert.notEqual((await approve(phone, path, number, answering)).statusCode, 303, JSON.stringify(answering))
  const asked = (await app.inject({ url: `${path}.json`, headers: phone.headers })).json().passkey
  const theirs = JSON.stringify(stranger.authenticator.get(asked.options))
  assert.equal(typeOf(await post({ number, challenge: asked.id, response: theirs })), 'passkey-of-another')
  // A challenge to sign in does not approve.
  const { passkey } = (await app.inject({ url: '/sign-in.json' })).json()
  const signIn = JSON.stringify(phone.authenticator.get(passkey.options))
  assert.equal(typeOf(await post({ number, challenge: passkey.id, response: signIn })), 'passkey-expired')
  assert.equal((await browser.look()).state, 'claimed')
  assert.equal((await approve(phone, path, number)).statusCode, 303)
})

test('approving after two minutes is too late, and so is going on two minutes after that', async () => {
  const phone = await aPhone()
  const late = await showCode(app)
  const path = placeOf(await open(phone.headers, await late.scan()))
  const number = await late.number()
  pass(120)
  assert.equal(typeOf(await approve(phone, path, number)), 'phone-order-not-found')
  assert.equal((await late.look()).state, 'expired')

  const slow = await showCode(app)
  const other = placeOf(await open(phone.headers, await slow.scan()))
  pass(119)
  assert.equal((await approve(phone, other, await slow.number())).statusCode, 303)
  pass(120)
  assert.equal(sessionOf(await slow.finish()), undefined)
  assert.equal((await sessionsOf(phone.personId)).length, 1)
})

test('only the browser that began is signed in, and of two answers at once one', async () => {
  const phone = await aPhone()
  const browser = await showCode(app)
  const thief = await showCode(app)
  const path = placeOf(await open(phone.headers, await browser.scan()))
  await approve(phone, path, await browser.number())
  for (const headers of [thief.headers, {}, { cookie: 'praya_phone=guessed' }])
    assert.equal(sessionOf(await browser.finish(app, headers as Headers)), undefined)
  assert.equal((await sessionsOf(phone.personId)).length, 1)
  const both = await Promise.all([browser.finish(first.app), browser.finish(second.app), browser.finish(second.app)])
  assert.equal(both.filter((each) => sessionOf(each)).length, 1)
  assert.equal((await sessionsOf(phone.personId)).length, 2)
})

test('every step may be on another process', async () => {
  const phone = await aPhone()
  const browser = await showCode(first.app)
  const text = await browser.scan(second.app)
  const path = placeOf(await open(phone.headers, text, { at: first.app }))
  assert.equal((await approve(phone, path, await browser.number(), {}, second.app)).statusCode, 303)
  assert.ok(sessionOf(await browser.finish(second.app)))
})

test('a made-up person signs in another browser as what they are, and must have come lately', async () => {
  clock = new Date()
  const phone = await aMadeUpPhone()
  const { personId } = phone
  const browser = await showCode(app)
  const path = placeOf(await open(phone.headers, await browser.scan()))
  const payload = { number: String(await browser.number()) }
  assert.equal((await app.inject({ method: 'POST', url: path, headers: phone.headers, payload })).statusCode, 303)
  assert.ok(sessionOf(await browser.finish()))
  const added = (await sessionsOf(personId)).at(-1)!
  assert.deepEqual(added.methods, ['demo', 'mca'])
  assert.ok(added.levelMax <= 2)

  pass(10 * 60)
  const later = await showCode(app)
  assert.equal((await open(phone.headers, await later.scan())).json().state, 'sign-in-again')
  assert.equal((await later.look()).state, 'waiting')
})

test('who came in with a recovery code gives another browser no more than that', async () => {
  clock = new Date()
  const { personId } = await aPhone()
  await sql`update identity.passkey set removed_at = now() where person_id = ${personId}`
  const token = await insertSession(sql, { personId, levelMax: 1, methods: ['otp'] })
  const phone = cookieOf(token)
  const browser = await showCode(app)
  const path = placeOf(await open(phone, await browser.scan()))
  const payload = { number: String(await browser.number()) }
  assert.equal((await app.inject({ method: 'POST', url: path, headers: phone, payload })).statusCode, 303)
  assert.ok(sessionOf(await browser.finish()))
  const { methods, levelMax } = (await sessionsOf(personId)).at(-1)!
  assert.deepEqual({ methods, levelMax }, { methods: ['otp', 'mca'], levelMax: 1 })
})

test('a phone that was recovered and confirmed by a passkey added since opens a session that is recovered too', async () => {
  clock = new Date()
  const { personId } = await aPhone()
  await sql`update identity.passkey set removed_at = now() where person_id = ${personId}`
  const phone = cookieOf(await insertSession(sql, { personId, levelMax: 2, methods: ['swk'], recovered: true }))
  const browser = await showCode(app)
  const path = placeOf(await open(phone, await browser.scan()))
  const payload = { number: String(await browser.number()) }
  assert.equal((await app.inject({ method: 'POST', url: path, headers: phone, payload })).statusCode, 303)
  const headers = sessionOf(await browser.finish())!
  assert.equal((await app.inject({ url: '/account.json', headers })).json().recovered, true)
})

test('an approval by a passkey that is locked before the browser goes on is void', async () => {
  const phone = await aPhone()
  const browser = await showCode(app)
  const path = placeOf(await open(phone.headers, await browser.scan()))
  await approve(phone, path, await browser.number())
  await sql`update identity.passkey set locked_at = now() where person_id = ${phone.personId}`
  assert.equal(sessionOf(await browser.finish()), undefined)
})

test('an approval is void once its phone signs out, or signs out every other browser', async () => {
  for (const url of ['/sign-out', '/account/sessions/end-others']) {
    const phone = await aPhone()
    const browser = await showCode(app)
    const path = placeOf(await open(phone.headers, await browser.scan()))
    await approve(phone, path, await browser.number())
    assert.equal((await app.inject({ method: 'POST', url, headers: phone.headers })).statusCode, 303)
    assert.equal(sessionOf(await browser.finish()), undefined, url)
    assert.equal((await sessionsOf(phone.personId)).length, url === '/sign-out' ? 0 : 1)
  }
})

test('a phone that confirms its session between the approval and the sign-in is still the phone', async () => {
  const phone = await aPhone()
  const browser = await showCode(app)
  const path = placeOf(await open(phone.headers, await browser.scan()))
  await approve(phone, path, await browser.number())
  const { passkey } = (await app.inject({ url: '/sign-in/again.json', headers: phone.headers })).json()
  const payload = { challenge: passkey.id, response: JSON.stringify(phone.authenticator.get(passkey.options)) }
  const confirmed = await app.inject({ method: 'POST', url: '/sign-in/again', headers: phone.headers, payload })
  assert.equal(confirmed.statusCode, 303, confirmed.body)
  assert.ok(sessionOf(await browser.finish()))
})

test('a phone that is not signed in claims nothing', async () => {
  const browser = await showCode(app)
  const text = await browser.scan()
  assert.equal((await open({}, text)).json().state, 'sign-in-first')
  assert.equal((await browser.look()).state, 'waiting')
})

test('a phone is not enough for level 3 and for what is high-risk, by whatever address', async () => {
  // biome-ignore format: matrix
  const allowed: [level: 1 | 2 | 3, highRisk: boolean, is: boolean][] = [
    [1, false, true], [2, false, true], [3, false, false], [1, true, false], [2, true, false], [3, true, false],
  ]
  for (const [level, highRisk, is] of allowed) assert.equal(qrAllowedFor({ level, highRisk }), is)
  // biome-ignore format: matrix
  const cases: [next: string, status: number][] = [
    ['/account',                                                               200],
    ['/sign-in/again?level=2&next=/account',                                   200],
    ['/id/auth?acr_values=urn:praya:level:2',                                  200],
    ['/sign-in/again?level=3&next=/account',                                   403],
    ['/eng/sign-in/again?level=3',                                             403],
    ['/id/auth?client_id=a&acr_values=phrh',                                   403],
    ['/id/auth?acr_values=urn:praya:level:2%20urn:praya:level:3',              403],
    ['/sign-in?next=%2Fid%2Fauth%3Facr_values%3Dphrh',                         403],
    [`/a?next=${encodeURIComponent(`/a?next=${encodeURIComponent('/sign-in/again?level=3')}`)}`, 403],
  ]
  const count = async () => (await sql<[{ count: number }]>`select count(*) from identity.phone_order`)[0].count
  for (const [next, status] of cases) {
    const before = await count()
    const query = `next=${encodeURIComponent(next)}`
    const shown = await app.inject({ url: `/sign-in/phone.json?${query}` })
    assert.equal(shown.statusCode, status, next)
    if (status === 200) continue
    assert.deepEqual([shown.json().state, shown.json().code], ['not-allowed', null])
    const again = await app.inject({ method: 'POST', url: '/sign-in/phone', payload: { next } })
    assert.equal(again.statusCode, 403)
    assert.equal(await count(), before, `${next} begins no order`)
    const { body } = await app.inject({ url: `/eng/sign-in/phone?${query}`, headers: { accept: 'text/html' } })
    assert.match(body, /demands a passkey in this browser itself/)
    assert.match(body, /href="\/eng\/sign-in\?next=/)
  }
})

test('another site neither approves nor finishes, and no address leads away', async () => {
  const phone = await aPhone()
  const browser = await showCode(app)
  const path = placeOf(await open(phone.headers, await browser.scan()))
  const number = String(await browser.number())
  for (const [url, headers] of [
    [path, phone.headers],
    [`${path}/refuse`, phone.headers],
    ['/sign-in/phone/finish', browser.headers],
    ['/sign-in/phone', browser.headers],
  ] as const) {
    const from = { ...headers, 'sec-fetch-site': 'cross-site' }
    const sent = await app.inject({ method: 'POST', url, headers: from, payload: { number } })
    assert.equal(JSON.parse(sent.body).type, '/problems/platform.cross-site', url)
  }
  assert.equal((await browser.look()).state, 'claimed')
  for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example'])
    assert.equal((await app.inject({ url: `/sign-in/phone.json?next=${encodeURIComponent(next)}` })).statusCode, 400)
})

test('a network shows so many codes in ten minutes, and others go on', async () => {
  const ip = '192.0.2.200'
  for (let each = 0; each < ordersMax; each++) await showCode(app, { ip })
  const refused = await app.inject({ url: '/sign-in/phone.json', remoteAddress: ip })
  assert.equal(refused.statusCode, 429)
  await showCode(app, { ip: '192.0.2.201' })
  pass(10 * 60)
  await showCode(app, { ip })
})

test('the table holds no address, no token and nothing from which a frame is made', async () => {
  const browser = await showCode(app, { ip: elsewhere })
  const { code } = await browser.look()
  const [, , mac] = readCode(code).split('.')
  const [row] = await sql<[{ text: string }]>`
    select phone_order::text as text from identity.phone_order order by started_at desc, id limit 1`
  const token = browser.headers.cookie.split('=')[1]!
  for (const secret of [elsewhere, token, mac!]) assert.ok(!row.text.includes(secret))
})

test('a page without scripts loads itself before its frame is dead, and has a button', async () => {
  const plain = await app.inject({ url: '/eng/sign-in/phone?plain=yes', headers: { accept: 'text/html' } })
  assert.equal(plain.headers.refresh, '2')
  assert.ok(!plain.body.includes('phone-sign-in.'), 'no script')
  assert.match(plain.body, /I have approved on the phone/)
  const cookie = `praya_phone=${plain.cookies.find(({ name }) => name === 'praya_phone')!.value}`
  const { httpOnly, sameSite } = plain.cookies.find(({ name }) => name === 'praya_phone')!
  assert.deepEqual([httpOnly, sameSite], [true, 'Lax'])
  const early = await app.inject({
    method: 'POST',
    url: '/eng/sign-in/phone/finish',
    headers: { cookie, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'plain=yes',
  })
  assert.equal(early.headers.location, '/eng/sign-in/phone?plain=yes&early=yes')
  const told = await app.inject({ url: String(early.headers.location), headers: { cookie, accept: 'text/html' } })
  assert.match(told.body, /The phone has not approved yet/)
})
