import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { start } from '#test'
import postgres from '../../../platform/driver.ts'
import { listAlerts } from '../testing/alerts.sql.ts'
import { aDevice, askToSignIn, beginAccount, openAccount, sessionOf, signInWith } from '../testing/browser-of.ts'
import { beginAssertion, verifyAssertion } from './assertion.ts'

const first = await start({ demonstration: false })
const second = await start({ demonstration: false, beside: first })
const { app, sql, installation } = first

const rows = async () => {
  const [counted] = await sql<[Record<string, number>]>`
    select (select count(*) from identity.person) as people, (select count(*) from identity.passkey) as passkeys,
      (select count(*) from identity.recovery_code) as codes, (select count(*) from identity.session) as sessions`
  return { ...counted }
}
const typeOf = (response: { body: string }) => JSON.parse(response.body).type?.replace('/problems/', '')

test('an account is opened by a name and a passkey, and the passkey signs in on another process', async () => {
  const mei = await openAccount(first)
  assert.match(mei.personId, /^p-[0-9a-f]{32}$/)
  assert.equal(mei.codes.length, 10)
  const mine = await app.inject({ url: '/account.json', headers: mei.headers })
  assert.equal(mine.json().person.name.en, 'Mei Tide')

  const { id: challenge, options } = await askToSignIn(first)
  const response = JSON.stringify(mei.authenticator.get(options))
  const signedIn = await second.app.inject({
    method: 'POST',
    url: '/eng/sign-in/passkey',
    payload: { challenge, response, next: '/account' },
  })
  assert.equal(signedIn.statusCode, 303)
  assert.equal(signedIn.headers.location, '/eng/account')
  const [session] = await sql`
    select person_id, methods, level_max, passkey_id
    from identity.session
    order by created_at desc
    limit 1`
  assert.deepEqual(
    { ...session },
    {
      personId: mei.personId,
      methods: ['hwk', 'user'],
      levelMax: 3,
      passkeyId: mei.credentialId,
    },
  )
})

test('no account is opened under the name of a part of the government', async () => {
  for (const name of ['Counting House', 'The cοunting-house']) {
    const payload = { name, next: '/account' }
    const sent = await app.inject({
      method: 'POST',
      url: '/eng/sign-in/new',
      headers: { accept: 'text/html' },
      payload,
    })
    assert.equal(sent.statusCode, 422, name)
    assert.match(sent.body, /That is the name of a part of the government\. Write your own\./)
    assert.equal((await app.inject({ method: 'POST', url: '/sign-in/new', payload })).json().mistake, 'official')
  }
})

test('who loads the recovery codes again, or goes back, is led to where new ones are made', async () => {
  const html = { accept: 'text/html' }
  const device = aDevice(first)
  const { id: challenge, options } = await beginAccount(first)
  const opening = {
    method: 'POST',
    url: '/eng/sign-in/new/passkey',
    headers: html,
    payload: { challenge, response: JSON.stringify(device.create(options)) },
  } as const
  const opened = await app.inject(opening)
  assert.equal(opened.statusCode, 200, opened.body)
  const headers = { ...html, ...sessionOf(opened) }
  const place = '/eng/account/devices?done=account-opened'
  const before = await rows()
  const again = await app.inject({ ...opening, headers })
  assert.deepEqual([again.statusCode, again.headers.location], [303, place])
  const back = await app.inject({ url: `/eng/sign-in/new/passkey?of=${challenge}`, headers })
  assert.deepEqual([back.statusCode, back.headers.location], [303, place])
  assert.match((await app.inject({ url: place, headers })).body, /You opened this account.*make new ones here/s)
  assert.deepEqual(await rows(), before)
  // Who is not signed in learns nothing of an account.
  const stranger = await app.inject({ url: `/eng/sign-in/new/passkey?of=${challenge}`, headers: html })
  assert.equal(stranger.statusCode, 404)
})

test('who loads the recovery codes again on the way to a service still gets there, with new codes or without', async () => {
  const html = { accept: 'text/html' }
  const device = aDevice(first)
  const { id: challenge, options } = await beginAccount(first)
  const next = `/sign-in/services/${'a'.repeat(43)}`
  const form = await app.inject({ url: `/eng/sign-in/new/passkey?of=${challenge}&next=${next}`, headers: html })
  const [, url] = /<form class="passkey" method="post" action="([^"]+)"/.exec(form.body.replaceAll('&amp;', '&'))!
  const payload = { challenge, next, response: JSON.stringify(device.create(options)) }
  const opened = await app.inject({ method: 'POST', url: url!, headers: html, payload })
  assert.ok(opened.body.includes(`href="/eng${next}"`), opened.body)
  const headers = { ...html, ...sessionOf(opened) }
  const onwards = `<a href="/eng${next}">Go on to where you were going</a>`
  // By the address, as the bar of a browser opens it, or by the form once more.
  let page = ''
  for (const again of [{ url: url! }, { method: 'POST', url: url!, payload } as const]) {
    const led = await app.inject({ ...again, headers })
    assert.equal(led.statusCode, 303)
    page = (await app.inject({ url: String(led.headers.location), headers })).body
    assert.ok(page.includes(onwards), page)
  }
  const [, codes] = /href="(\/eng\/account\/devices\/codes[^"]*)"/.exec(page)!
  const asked = await app.inject({ url: codes!, headers })
  const [, action] = /<form method="post" action="([^"]*\/codes[^"]*)"/.exec(asked.body)!
  const made = await app.inject({ method: 'POST', url: action!, headers })
  assert.ok(made.body.includes(`href="/eng${next}"`), made.body)
  // Only to a page of this site.
  const elsewhere = await app.inject({ url: '/eng/account/devices?next=//evil.example/', headers })
  assert.equal(elsewhere.statusCode, 400)
})

test('what a wrong passkey answers opens no account and leaves nothing behind', async () => {
  const before = await rows()
  // biome-ignore format: matrix
  const cases = [
    ['of another origin',         { origin: 'https://evil.example' },        422, 'identity.passkey-refused'],
    ['of a look-alike port',      { origin: 'http://localhost:8081' },       422, 'identity.passkey-refused'],
    ['of another domain',         { rpId: 'evil.example' },                  422, 'identity.passkey-refused'],
    ['for another challenge',     { challenge: 'AAAA' },                     422, 'identity.passkey-refused'],
    ['of the other ceremony',     { type: 'webauthn.get' },                  422, 'identity.passkey-refused'],
    ['in a frame',                { crossOrigin: true },                     422, 'identity.passkey-refused'],
    ['without presence',          { userPresent: false },                    422, 'identity.passkey-refused'],
    ['without verification',      { userVerified: false },                   403, 'identity.passkey-unverified'],
  ] as const
  for (const [what, answering, status, code] of cases) {
    const { id: challenge, options } = await beginAccount(first)
    const response = JSON.stringify(aDevice(first).create(options, answering))
    const answer = await app.inject({ method: 'POST', url: '/sign-in/new/passkey', payload: { challenge, response } })
    assert.equal(answer.statusCode, status, what)
    assert.equal(typeOf(answer), code, what)
    assert.equal(sessionOf(answer), undefined, what)
  }
  for (const response of ['', '{}', 'null', '[]', '{"id":"a"}', 'x'.repeat(1000)]) {
    const { id: challenge } = await beginAccount(first)
    const answer = await app.inject({ method: 'POST', url: '/sign-in/new/passkey', payload: { challenge, response } })
    assert.equal(typeOf(answer), 'identity.passkey-refused', response)
  }
  assert.deepEqual(await rows(), before)
})

test('a challenge opens one account, though it is answered on two processes at once', async () => {
  const before = await rows()
  const { id: challenge, options } = await beginAccount(first)
  const payload = { challenge, response: JSON.stringify(aDevice(first).create(options)) }
  const answers = await Promise.all(
    [app, second.app, app, second.app].map((each) =>
      each.inject({ method: 'POST', url: '/sign-in/new/passkey', payload }),
    ),
  )
  assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [200, 422, 422, 422])
  const after = await rows()
  assert.deepEqual(after, {
    people: before.people! + 1,
    passkeys: before.passkeys! + 1,
    codes: before.codes! + 10,
    sessions: before.sessions! + 1,
  })
})

test('a process that dies at the last step of opening an account leaves nothing of it', async () => {
  const before = await rows()
  const { id: challenge, options } = await beginAccount(first)
  const payload = { challenge, response: JSON.stringify(aDevice(first).create(options)) }
  const owner = postgres(first.urls.owner, { max: 2, onnotice: () => {} })
  try {
    await owner.begin(async (lock) => {
      // The trail is written last: who waits for it has written everything else.
      await lock`lock table platform.audit_event in access exclusive mode`
      const opening = app.inject({ method: 'POST', url: '/sign-in/new/passkey', payload })
      let killed = 0
      while (killed === 0)
        killed = (
          await owner`
            select pg_terminate_backend(pid)
            from pg_stat_activity
            where wait_event_type = 'Lock' and datname = current_database() and query like '%platform.audit_event%'`
        ).count
      const answer = await opening
      assert.equal(answer.statusCode, 503)
    })
  } finally {
    await owner.end()
  }
  assert.deepEqual(await rows(), before)
  // The challenge is not spent either: the person tries again, and has one account.
  const again = await app.inject({ method: 'POST', url: '/sign-in/new/passkey', payload })
  assert.equal(again.statusCode, 200)
  assert.equal((await rows()).people, before.people! + 1)
})

test('a passkey that some account has opens no other', async () => {
  const mei = await openAccount(first)
  const before = await rows()
  const { id: challenge, options } = await beginAccount(first)
  const response = JSON.stringify(aDevice(first).create(options, { id: mei.credentialId }))
  const answer = await app.inject({ method: 'POST', url: '/sign-in/new/passkey', payload: { challenge, response } })
  assert.equal(typeOf(answer), 'identity.passkey-known')
  assert.deepEqual(await rows(), before)
})

test('a passkey of a made-up person signs nobody in where the installation is no demonstration', async () => {
  const demonstration = await start({ demonstration: true, beside: first })
  const enter = (payload: object) => demonstration.app.inject({ method: 'POST', url: '/sign-in', payload })
  const headers = sessionOf(await enter({ person: 'ada-quay' }))!
  const page = await demonstration.app.inject({ url: '/account/devices/add.json', headers })
  const { id: challenge, options } = page.json().passkey
  const device = aDevice(first)
  const added = await demonstration.app.inject({
    method: 'POST',
    url: '/account/devices/add',
    headers,
    payload: { challenge, response: JSON.stringify(device.create(options)) },
  })
  assert.equal(added.statusCode, 303)
  assert.equal((await signInWith(demonstration, device)).statusCode, 303)
  assert.equal(typeOf(await signInWith(first, device)), 'identity.passkey-unknown')
})

test('no answer but a right one of a known passkey signs anybody in', async () => {
  const mei = await openAccount(first)
  const stranger = await openAccount(first)
  const before = await rows()
  const handle = Buffer.from(stranger.personId).toString('base64url')
  // biome-ignore format: matrix
  const cases = [
    ['of another origin',         { origin: 'https://evil.example' },        422, 'identity.passkey-refused'],
    ['of a subdomain',            { origin: 'http://a.localhost:8080' },     422, 'identity.passkey-refused'],
    ['of another scheme',         { origin: 'https://localhost:8080' },      422, 'identity.passkey-refused'],
    ['of another domain',         { rpId: 'evil.example' },                  422, 'identity.passkey-refused'],
    ['for another challenge',     { challenge: 'AAAA' },                     422, 'identity.passkey-refused'],
    ['of the other ceremony',     { type: 'webauthn.create' },               422, 'identity.passkey-refused'],
    ['in a frame',                { crossOrigin: true },                     422, 'identity.passkey-refused'],
    ['without presence',          { userPresent: false },                    422, 'identity.passkey-refused'],
    ['without verification',      { userVerified: false },                   403, 'identity.passkey-unverified'],
    ['signed by another key',     { otherKey: true },                        422, 'identity.passkey-refused'],
    ['naming another person',     { userHandle: handle },                    422, 'identity.passkey-refused'],
    ['naming nobody',             { userHandle: null },                      422, 'identity.passkey-refused'],
  ] as const
  for (const [what, answering, status, code] of cases) {
    const answer = await signInWith(first, mei.authenticator, answering)
    assert.equal(answer.statusCode, status, what)
    assert.equal(typeOf(answer), code, what)
    assert.equal(sessionOf(answer), undefined, what)
  }
  const unknown = aDevice(first)
  unknown.create({ challenge: 'AAAA', rp: { id: 'localhost' }, user: { id: handle } })
  assert.equal(typeOf(await signInWith(first, unknown)), 'identity.passkey-unknown')
  assert.deepEqual(await rows(), before)
  assert.equal((await signInWith(first, mei.authenticator)).statusCode, 303, 'none of it locked the passkey')
})

test('a copy of a passkey is noticed by its counter: the passkey is locked and what it opened ends', async () => {
  const mei = await openAccount(first)
  const copy = mei.authenticator.clone()
  assert.equal((await signInWith(first, mei.authenticator)).statusCode, 303)
  assert.equal((await signInWith(first, mei.authenticator)).statusCode, 303)
  assert.equal(typeOf(await signInWith(first, copy)), 'identity.passkey-locked')
  for (const device of [mei.authenticator, copy])
    assert.equal(typeOf(await signInWith(first, device)), 'identity.passkey-locked')
  assert.equal((await sql`select 1 from identity.session where person_id = ${mei.personId}`).length, 0)
  const acts = await sql`
    select actor
    from platform.audit_event
    where event = 'identity.passkey-locked' and subject = ${`person/${mei.personId}`}`
  assert.deepEqual([...acts], [{ actor: 'system' }])
  const told = await listAlerts(sql, mei.personId)
  assert.deepEqual(told, ['new-device', 'new-device', 'passkey-locked'], 'once, though it was tried three times')
})

test('a counter that nobody signed locks no passkey', async () => {
  const mei = await openAccount(first)
  assert.equal((await signInWith(first, mei.authenticator)).statusCode, 303)
  const forged = await signInWith(first, mei.authenticator, { counter: 0, otherKey: true })
  assert.equal(typeOf(forged), 'identity.passkey-refused')
  assert.equal((await signInWith(first, mei.authenticator)).statusCode, 303)
})

test('a passkey without a counter signs in again and again', async () => {
  const mei = await openAccount(first, { authenticator: aDevice(first, { counts: false, synced: true }) })
  for (let each = 0; each < 3; each++) assert.equal((await signInWith(first, mei.authenticator)).statusCode, 303)
  const [session] = await sql<{ methods: string[] }[]>`
    select methods
    from identity.session
    where person_id = ${mei.personId}
    limit 1`
  assert.deepEqual(session!.methods, ['swk', 'user'])
})

test('an answer counts once, whoever sends it again', async () => {
  const mei = await openAccount(first)
  const { id: challenge, options } = await askToSignIn(first)
  const payload = { challenge, response: JSON.stringify(mei.authenticator.get(options)) }
  const send = (where: typeof app) => where.inject({ method: 'POST', url: '/sign-in/passkey', payload })
  const answers = await Promise.all([app, second.app, app, second.app].map(send))
  assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [303, 422, 422, 422])
  assert.equal(typeOf(await send(app)), 'identity.passkey-expired')
})

test('a challenge is good for its purpose, subject and person, and for five minutes', async () => {
  const mei = await openAccount(first)
  const other = await openAccount(first)
  const later = (minutes: number) => ({ ...installation, now: () => new Date(Date.now() + minutes * 60_000) })
  const { personId } = mei
  const sign = { purpose: 'sign', subject: 'sha-256 of a document' } as const
  // biome-ignore format: matrix
  const cases = [
    ['as it was asked',      sign,                                  mei,   later(4), 'verified'],
    ['for another subject',  { ...sign, subject: 'of another' },    mei,   later(4), 'identity.passkey-expired'],
    ['for another purpose',  { ...sign, purpose: 'approve' },       mei,   later(4), 'identity.passkey-expired'],
    ['by another person',    sign,                                  other, later(4), 'identity.passkey-of-another'],
    ['after five minutes',   sign,                                  mei,   later(6), 'identity.passkey-expired'],
  ] as const
  for (const [what, expected, who, when, outcome] of cases) {
    const { id, options } = await beginAssertion(sql, installation, { ...sign, personId })
    assert.deepEqual(
      options.allowCredentials?.map((each) => each.id),
      [mei.credentialId],
    )
    const response = who.authenticator.get(options)
    const verified = await sql
      .begin((own) => verifyAssertion(own, when, { ...expected, id, response }))
      .then(
        (found) => (found.personId === personId && found.userVerified ? 'verified' : 'somebody else'),
        ({ code }) => code,
      )
    assert.equal(verified, outcome, what)
  }
  const response = mei.authenticator.get({ challenge: 'AAAA' })
  for (const id of [randomUUID(), '', "' or true --"])
    await assert.rejects(verifyAssertion(sql, installation, { ...sign, id, response }), {
      code: 'identity.passkey-expired',
    })
})

test('a session that somebody set before is worth nothing after signing in', async () => {
  const attacker = await openAccount(first)
  const victim = await openAccount(first)
  const answer = await signInWith(first, victim.authenticator, {}, { headers: attacker.headers })
  const fresh = sessionOf(answer)!
  assert.notEqual(fresh.cookie, attacker.headers.cookie)
  const before = await app.inject({ url: '/account.json', headers: attacker.headers })
  assert.equal(before.statusCode, 401)
  const after = await app.inject({ url: '/account.json', headers: fresh })
  assert.equal(after.json().person.id, victim.personId)
})

test('nobody is led off the site after signing in with a passkey', async () => {
  const mei = await openAccount(first)
  for (const next of ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '/\nx']) {
    const answer = await signInWith(first, mei.authenticator, {}, { next })
    assert.equal(answer.statusCode, 400, next)
    assert.equal(sessionOf(answer), undefined, next)
  }
})

test('another site cannot sign a browser in, or open an account in it', async () => {
  const mei = await openAccount(first)
  const headers = { 'sec-fetch-site': 'cross-site' }
  const answer = await signInWith(first, mei.authenticator, {}, { headers })
  assert.equal(typeOf(answer), 'platform.cross-site')
  for (const url of ['/sign-in/new', '/sign-in/new/passkey']) {
    const refused = await app.inject({ method: 'POST', url, headers, payload: {} })
    assert.equal(typeOf(refused), 'platform.cross-site')
  }
})
