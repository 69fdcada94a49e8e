import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { start } from '#test'
import { findLastAlert, listAlerts } from '../testing/alerts.sql.ts'
import { aDevice, openAccount, sessionOf, signInWith } from '../testing/browser-of.ts'

let offsetMs = 0
const first = await start({ demonstration: true, now: () => new Date(Date.now() + offsetMs) })
const { app, sql } = first

type Headers = Record<string, string>
const get = async (url: string, headers: Headers) => (await app.inject({ url: `${url}.json`, headers })).json()
const post = (url: string, headers: Headers, payload: object = {}) =>
  app.inject({ method: 'POST', url, headers, payload })
const typeOf = (response: { body: string }) => JSON.parse(response.body).type?.replace('/problems/', '')
const signedInAgain = async (who: Awaited<ReturnType<typeof openAccount>>) =>
  sessionOf(await signInWith(first, who.authenticator))!

test('a passkey is renamed and removed by its person, and by nobody else', async () => {
  const mei = await openAccount(first)
  const other = await openAccount(first)
  const [passkey] = (await get('/account/devices', mei.headers)).passkeys
  const path = `/account/devices/${passkey.handle}`
  // biome-ignore format: matrix
  const strange = [
    ['rename',        path,                                 { name: 'mine' }],
    ['remove',        `${path}/remove`,                     {}],
    ['rename none',   `/account/devices/${randomUUID()}`,   { name: 'mine' }],
  ] as const
  for (const [what, url, body] of strange)
    assert.equal(typeOf(await post(url, other.headers, body)), 'identity.passkey-not-found', what)
  assert.equal((await app.inject({ url: path, headers: other.headers })).statusCode, 404)

  assert.equal((await post(path, mei.headers, { name: '  抽屜 內的\u0000密鑰 ' })).statusCode, 303)
  assert.equal((await get('/account/devices', mei.headers)).passkeys[0].name, '抽屜 內的 密鑰')
  for (const name of ['', ' ', '---', 'x'.repeat(61)])
    assert.equal((await post(path, mei.headers, { name })).statusCode, 422, name)

  const elsewhere = await signedInAgain(mei)
  assert.deepEqual(await listAlerts(sql, mei.personId), ['new-device'], 'what was refused is told to nobody')
  assert.equal((await post(`${path}/remove`, mei.headers)).statusCode, 303, 'codes are left to sign in with')
  assert.deepEqual(await findLastAlert(sql, mei.personId, 'passkey-removed'), {
    alertValues: { device: '抽屜 內的 密鑰' },
    undoPath: null,
  })
  assert.equal((await get('/account', mei.headers)).unread, 2)
  const page = await app.inject({ url: '/eng/account', headers: { ...mei.headers, accept: 'text/html' } })
  assert.match(page.body, /<a href="\/eng\/account\/inbox">2 unread messages/)
  assert.deepEqual((await get('/account/devices', mei.headers)).passkeys, [])
  assert.equal((await app.inject({ url: '/account.json', headers: elsewhere })).statusCode, 401)
  assert.equal(typeOf(await signInWith(first, mei.authenticator)), 'identity.passkey-unknown')
})

test('the last way in cannot be removed, though it is tried twice at once', async () => {
  const mei = await openAccount(first)
  await sql`update identity.recovery_code set withdrawn_at = now() where person_id = ${mei.personId}`
  const { passkey } = await get('/account/devices/add', mei.headers)
  const device = aDevice(first)
  const response = JSON.stringify(device.create(passkey.options))
  assert.equal((await post('/account/devices/add', mei.headers, { challenge: passkey.id, response })).statusCode, 303)
  const handles = (await get('/account/devices', mei.headers)).passkeys.map((each: { handle: string }) => each.handle)
  assert.equal(handles.length, 2)
  const told = await findLastAlert(sql, mei.personId, 'new-passkey')
  assert.equal(told?.undoPath, `/account/devices/${handles[1]}`)
  assert.equal((await app.inject({ url: told.undoPath, headers: mei.headers })).statusCode, 200)
  const answers = await Promise.all(
    handles.map((handle: string) => post(`/account/devices/${handle}/remove`, mei.headers)),
  )
  assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [303, 409])
  assert.equal(typeOf(answers.find(({ statusCode }) => statusCode === 409)), 'identity.passkey-last')
  assert.deepEqual(await listAlerts(sql, mei.personId), ['new-passkey', 'passkey-removed'])
})

test('a challenge to add a passkey counts for the session that asked', async () => {
  const mei = await openAccount(first)
  const other = await openAccount(first)
  const elsewhere = await signedInAgain(mei)
  for (const headers of [other.headers, elsewhere]) {
    const { passkey } = await get('/account/devices/add', mei.headers)
    const response = JSON.stringify(aDevice(first).create(passkey.options))
    const answer = await post('/account/devices/add', headers, { challenge: passkey.id, response })
    assert.equal(typeOf(answer), 'identity.passkey-expired')
  }
  const count = await sql`select 1 from identity.passkey where person_id in ${sql([mei.personId, other.personId])}`
  assert.equal(count.length, 2)
})

test('what changes how one signs in asks for the passkey again after ten minutes, and leads back', async () => {
  const mei = await openAccount(first)
  const other = await openAccount(first)
  const accept = { accept: 'text/html' }
  offsetMs = 11 * 60_000
  try {
    const led = await app.inject({ url: '/eng/account/devices/add', headers: { ...mei.headers, ...accept } })
    assert.equal(led.headers.location, '/sign-in/again?level=1&next=%2Faccount%2Fdevices%2Fadd')
    const again = await get('/sign-in/again', mei.headers)
    const wrong = other.authenticator.get(again.passkey.options)
    const refused = await post('/sign-in/again', mei.headers, {
      challenge: again.passkey.id,
      response: JSON.stringify(wrong),
    })
    assert.equal(typeOf(refused), 'identity.passkey-of-another')

    const stolen = await get('/sign-in/again', mei.headers)
    const answer = {
      challenge: stolen.passkey.id,
      response: JSON.stringify(mei.authenticator.get(stolen.passkey.options)),
    }
    assert.equal(typeOf(await post('/sign-in/again', other.headers, answer)), 'identity.passkey-expired')
    const confirmed = await post('/eng/sign-in/again', mei.headers, { ...answer, next: '/account/devices/add' })
    assert.equal(confirmed.headers.location, '/eng/account/devices/add')
    const renewed = sessionOf(confirmed)!
    assert.equal((await app.inject({ url: '/account.json', headers: mei.headers })).statusCode, 401)
    assert.equal((await app.inject({ url: '/account.json', headers: renewed })).statusCode, 200)
    for (const next of ['//evil.example', 'https://evil.example'])
      assert.equal((await post('/sign-in/again', renewed, { next })).statusCode, 400)
    assert.equal(typeOf(await post('/sign-in/again', renewed)), 'identity.no-demonstration')
  } finally {
    offsetMs = 0
  }
})

test('who has proven too little is led to prove more, and a passkey raises a session to what is proven', async () => {
  const mei = await openAccount(first)
  const asked = async (headers: Headers, level: number) =>
    (await app.inject({ url: `/sign-in/again.json?level=${level}`, headers })).json()
  assert.deepEqual(
    { ...(await asked(mei.headers, 2)), next: '' },
    {
      passkey: null,
      level: 2,
      proven: 1,
      next: '',
      back: '/account',
      service: null,
      madeUp: false,
      refusal: null,
    },
  )
  await sql`
    insert into identity.proof (person_id, level, method, expires_at)
    values (${mei.personId}, 2, 'register', now() + interval '1 year')`
  const code = await post('/sign-in/recovery', {}, { code: mei.codes[0] })
  const recovered = sessionOf(code)!
  const { passkey } = await asked(recovered, 2)
  const response = JSON.stringify(mei.authenticator.get(passkey.options))
  const raised = await post('/sign-in/again', recovered, { challenge: passkey.id, response, level: 2 })
  const [session] = await sql`
    select level_max, methods
    from identity.session
    where passkey_id = ${mei.credentialId}
    order by authenticated_at desc
    limit 1`
  assert.equal(raised.statusCode, 303)
  assert.deepEqual({ ...session }, { levelMax: 3, methods: ['hwk', 'user'] })
  assert.equal((await get('/account', sessionOf(raised)!)).recovered, false)
})

test('a made-up person confirms by a button, and only a made-up one', async () => {
  const enter = await post('/sign-in', {}, { person: 'ada-quay' })
  const headers = sessionOf(enter)!
  assert.equal((await get('/sign-in/again', headers)).madeUp, true)
  const confirmed = await post('/sign-in/again', headers)
  assert.equal(confirmed.statusCode, 303)
  assert.notEqual(sessionOf(confirmed)!.cookie, headers.cookie)
})

test('“not now” leads back to the page of this site from which one came, and to no other', async () => {
  const headers = { ...sessionOf(await post('/sign-in', {}, { person: 'ada-quay' })), accept: 'text/html' }
  const next = '/account/devices/add'
  const { address } = first.installation
  const leaveOf = (body: string) => /<p class="after-form"><a href="([^"]+)">([^<]+)</.exec(body)?.slice(1)
  const account = ['/eng/account', 'Not now: back to my account']
  const back = (path: string) => [path, 'Not now: back to where I was']
  // biome-ignore format: matrix
  const cases = [
    ['nothing told',            undefined,                                   account],
    ['a page',                  `${address}/eng/account/devices`,            back('/eng/account/devices')],
    ['in another language',     `${address}/han/account/inbox?before=7`,     back('/eng/account/inbox?before=7')],
    ['the home page',           `${address}/han/`,                           back('/eng/')],
    ['what was wanted',         `${address}/eng${next}`,                     account],
    ['this page',               `${address}/eng/sign-in/again?next=${next}`, account],
    ['the sign-in',             `${address}/eng/sign-in`,                    account],
    ['another site',            'https://evil.example/account',              account],
    ['one that begins alike',   `${address}.evil.example/account`,           account],
    ['one after two strokes',   `${address}//evil.example/`,                 account],
    ['after a language too',    `${address}/eng//evil.example/`,             account],
    ['no address',              'javascript:alert(1)',                       account],
  ] as const
  for (const [what, referer, leave] of cases) {
    const url = `/eng/sign-in/again?next=${next}`
    const { body } = await app.inject({ url, headers: { ...headers, ...(referer && { referer }) } })
    assert.deepEqual(leaveOf(body), leave, what)
  }
  // Kept where the confirmation is refused and the page comes again.
  const payload = { challenge: randomUUID(), response: '{}', next, back: '/account/devices' }
  const again = await app.inject({ method: 'POST', url: '/eng/sign-in/again', headers, payload })
  assert.deepEqual(leaveOf(again.body), back('/eng/account/devices'))
  const elsewhere = { ...payload, back: '//evil.example/' }
  assert.equal((await post('/sign-in/again', headers, elsewhere)).statusCode, 400)
})

test('a person ends any of their sessions, or all others, and nobody else’s', async () => {
  const mei = await openAccount(first)
  const other = await openAccount(first)
  const [two, three] = [await signedInAgain(mei), await signedInAgain(mei)]
  const { sessions } = await get('/account/sessions', mei.headers)
  assert.equal(sessions.length, 3)
  assert.deepEqual(
    sessions.map((each: { here: boolean }) => each.here),
    [false, false, true],
  )
  const [theirs] = (await get('/account/sessions', other.headers)).sessions
  for (const handle of [theirs.handle, randomUUID()])
    assert.equal(typeOf(await post('/account/sessions/end', mei.headers, { handle })), 'identity.session-not-found')
  const status = async (headers: Headers) => (await app.inject({ url: '/account.json', headers })).statusCode

  assert.equal((await post('/account/sessions/end', mei.headers, { handle: sessions[0].handle })).statusCode, 303)
  assert.deepEqual([await status(two), await status(three)], [200, 401])
  assert.equal((await post('/account/sessions/end-others', mei.headers)).statusCode, 303)
  assert.deepEqual([await status(mei.headers), await status(two), await status(other.headers)], [200, 401, 200])
})

test('a closed account lets nobody in by any way, and its name is gone', async () => {
  const mei = await openAccount(first, { name: 'Zephyrine Unique' })
  const elsewhere = await signedInAgain(mei)
  assert.equal((await post('/account/close', mei.headers)).statusCode, 422)
  assert.equal((await app.inject({ url: '/account.json', headers: mei.headers })).statusCode, 200)
  const closed = await post('/eng/account/close', mei.headers, { sure: 'yes' })
  assert.equal(closed.headers.location, '/eng/sign-in/closed')
  for (const headers of [mei.headers, elsewhere])
    assert.equal((await app.inject({ url: '/account.json', headers })).statusCode, 401)
  assert.equal(typeOf(await signInWith(first, mei.authenticator)), 'identity.passkey-unknown')
  assert.equal(typeOf(await post('/sign-in/recovery', {}, { code: mei.codes[0] })), 'identity.recovery-code-refused')
  const [person] = await sql<[{ name: object }]>`
    select name
    from identity.person
    where id = ${mei.personId}`
  assert.ok(!JSON.stringify(person.name).includes('Zephyrine'))
  const ada = sessionOf(await post('/sign-in', {}, { person: 'ada-quay' }))!
  assert.equal(typeOf(await post('/account/close', ada, { sure: 'yes' })), 'identity.account-made-up')
})

test('a line of the trail leads to a page where there is one, and nowhere where there is none', async () => {
  const mei = await openAccount(first)
  const write = (event: string, subject: string) => sql`
    insert into platform.audit_event (event, actor, subject, detail)
    values (${event}, ${mei.personId}, ${subject}, '{}')`
  // biome-ignore format: matrix
  const cases: [string, string | null][] = [
    ['client/tide-tables',         null],
    ['person/somebody',            null],
    ['account/signatures',         'See it'],
    [`sign/${randomUUID()}`,       'See it'],
    ['estimates/2031-32/1',        '2031-32 · 1'],
  ]
  for (const [subject, text] of cases) {
    await write('identity.document-signed', subject)
    const { body } = await app.inject({ url: '/eng/account', headers: { ...mei.headers, accept: 'text/html' } })
    const link = new RegExp(`<a href="/eng/${subject}">([^<]*)`).exec(body.split('class="ledger"')[1]!)
    assert.equal(link?.[1] ?? null, text, subject)
  }
})

test('a form asks for as much as what it sends needs, so that nobody types it in vain', () => {
  const config = (method: string, url: string) =>
    app.routeTable.find((route) => route.method === method && route.url === url)?.config
  const personal = app.routeTable.filter(({ url }) =>
    /^\/(account|sign|office\/channels|developers\/clients)\//.test(url),
  )
  const forms = personal.flatMap(({ method, url, config: sent = {} }) => {
    const form = method === 'POST' ? config('GET', url) : undefined
    return form && form.access !== 'public' ? [{ url, form, sent }] : []
  })
  assert.ok(forms.length > 8, String(forms.length))
  for (const { url, form, sent } of forms) {
    assert.ok((form.level ?? 1) >= (sent.level ?? 1), `${url} shows a form at a level that cannot send it`)
    assert.ok((form.freshSeconds ?? Infinity) <= (sent.freshSeconds ?? Infinity), `${url} is too old to be sent`)
  }
})

test('no name, code or credential stands in the trail', async () => {
  const mei = await openAccount(first, { name: 'Zephyrine Unique' })
  const [trail] = await sql<[{ text: string }]>`
    select string_agg(event::text, ' ') as text
    from platform.audit_event as event`
  for (const secret of ['Zephyrine', mei.credentialId, ...mei.codes]) assert.ok(!trail.text.includes(secret), secret)
})
