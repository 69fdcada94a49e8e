import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asPerson, start } from '#test'
import { findLastAlert, listAlerts } from '../testing/alerts.sql.ts'
import { openAccount, signInWith } from '../testing/browser-of.ts'
import { type AlertKind, alerts } from './alerts.rules.ts'

let offsetMs = 0
const first = await start({ now: () => new Date(Date.now() + offsetMs) })
const second = await start({ beside: first })
const { app, sql } = first

for (const kind of Object.keys(alerts) as AlertKind[]) {
  const { path } = alerts[kind]
  test(`what the alert ${kind} leads to is a page for its person`, async () => {
    // What an officer is told of leads to a page of the office.
    const mei = path.startsWith('/office/')
      ? asPerson({ id: 'officer', organisation: 'tide-station', permissions: ['ledger:see-office'], level: 3 })
      : (await openAccount(first)).headers
    const headers = { ...mei, accept: 'text/html' }
    const page = await app.inject({ url: `/eng${path}`, headers })
    assert.equal(page.statusCode, 200, path)
    assert.match(page.body, /<h1>/)
    const nobody = await app.inject({ url: `/eng${path}`, headers: { accept: 'text/html' } })
    assert.match(String(nobody.headers.location), /\/sign-in\?next=/, 'who comes by a mail signs in first')
    offsetMs = 12 * 60_000
    try {
      const late = await app.inject({ url: `/eng${path}`, headers })
      assert.ok(late.statusCode === 200 || /\/sign-in\/again\?/.test(String(late.headers.location)), path)
    } finally {
      offsetMs = 0
    }
  })
}

const kept = (response: { cookies: readonly { name: string; value: string }[] }) => {
  const cookie = response.cookies.find(({ name }) => name === 'praya_browser')
  return { cookie: `praya_browser=${encodeURIComponent(cookie!.value)}` }
}

test('a browser in which a person never signed in is told of once, on whichever process, and others are not', async () => {
  const mei = await openAccount(first)
  const device = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' }
  const there = await signInWith(first, mei.authenticator, {}, { headers: device })
  assert.deepEqual(await listAlerts(sql, mei.personId), ['new-device'])
  assert.deepEqual((await findLastAlert(sql, mei.personId, 'new-device'))?.alertValues, {
    device: { en: 'Firefox on Linux', 'zh-Hant': 'Linux 上的 Firefox', 'zh-Hans': 'Linux 上的 Firefox' },
  })
  await signInWith(second, mei.authenticator, {}, { headers: kept(there) })
  assert.equal((await listAlerts(sql, mei.personId)).length, 1, 'it is known now')
  const forged = kept(there).cookie.replace(/=.{10}/, '=AAAAAAAAAA')
  await signInWith(first, mei.authenticator, {}, { headers: { cookie: forged } })
  assert.equal((await listAlerts(sql, mei.personId)).length, 2, 'what somebody wrote into a cookie is not')

  const kai = await openAccount(first)
  await signInWith(first, kai.authenticator, {}, { headers: kept(there) })
  assert.deepEqual(await listAlerts(sql, kai.personId), ['new-device'], 'it is new to another person')
  const keys = await sql<{ key: Buffer; personId: string }[]>`select key, person_id from identity.known_browser`
  assert.equal(
    new Set(keys.map(({ key }) => key.toString('hex'))).size,
    keys.length,
    'and cannot be joined by the table',
  )
})

test('the cookie by which a browser is known says nothing, and no script or other site reads it', async () => {
  const mei = await openAccount(first)
  const cookie = (await signInWith(first, mei.authenticator)).cookies.find(({ name }) => name === 'praya_browser')
  const { value, maxAge, ...rest } = cookie!
  assert.match(value, /^[\w-]{43}\./)
  assert.ok(maxAge! > 365 * 24 * 60 * 60)
  assert.deepEqual(rest, { name: 'praya_browser', path: '/', httpOnly: true, sameSite: 'Lax' })
  const madeUp = await app.inject({ method: 'POST', url: '/sign-in', payload: { person: 'ada-quay' } })
  assert.equal(
    madeUp.cookies.find(({ name }) => name === 'praya_browser'),
    undefined,
    'anybody is a made-up person',
  )
  assert.deepEqual(await listAlerts(sql, 'ada-quay'), [])
})

test('somebody who failed to sign in leaves no alert and no browser', async () => {
  const mei = await openAccount(first)
  const before = await sql`select 1 from identity.known_browser`
  const refused = await signInWith(first, mei.authenticator, { userVerified: false })
  assert.equal(refused.statusCode, 403)
  assert.deepEqual(await listAlerts(sql, mei.personId), [])
  assert.equal((await sql`select 1 from identity.known_browser`).length, before.length)
})

test('a browser that was not used for longer than its cookie lives is forgotten by a job, and none of a hundred others', async () => {
  const mei = await openAccount(first)
  const old = 'an old browser'
  await sql`
    insert into identity.known_browser (person_id, key, used_at)
    select ${mei.personId}, sha256(convert_to(${old} || n, 'UTF8')), now() - n * interval '10 days'
    from generate_series(1, 120) as n`
  await first.jobs['identity.delete-old-browsers']!.run(first.installation, {})
  const left = async () => (await sql`select 1 from identity.known_browser where person_id = ${mei.personId}`).length
  assert.equal(await left(), 40)
  await sql`
    insert into identity.known_browser (person_id, key)
    select ${mei.personId}, sha256(convert_to(${old} || 'x' || n, 'UTF8'))
    from generate_series(1, 90) as n`
  await signInWith(first, mei.authenticator)
  assert.equal(await left(), 100, 'nobody has more than a hundred')
})
