import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { start } from '#test'
import { actingIn } from '../../../../test/acting.ts'
import { cookieOf } from '../../../../test/start.ts'
import postgres from '../../../platform/driver.ts'
import { insertInboundBinding, upsertConnection } from '../channels/channels.sql.ts'
import { findConsent, insertConsent } from '../consents/consents.sql.ts'
import { confirmMailAddress } from '../inbox/notifications.sql.ts'
import { isNewDevice } from '../passkeys/passkeys.sql.ts'
import { insertClient } from '../provider/clients.sql.ts'
import { insertSession } from '../sessions/sessions.sql.ts'
import { proveLevel } from '../signing/testing/proofs.sql.ts'
import { aPdf, approve, look, send } from '../signing/testing/signers.ts'
import { listAlerts } from '../testing/alerts.sql.ts'
import { aDevice, anAddress, openAccount, sessionOf, signInWith } from '../testing/browser-of.ts'

const first = await start({ demonstration: false })
const { app, sql } = first
const { somebody, codeOf } = actingIn(first)
type Headers = Record<string, string>
type Account = Awaited<ReturnType<typeof openAccount>>

const enter = async (code: string) => {
  const answer = await app.inject({
    method: 'POST',
    url: '/sign-in/recovery',
    payload: { code },
    remoteAddress: anAddress(),
  })
  return sessionOf(answer)
}
const post = (url: string, headers: Headers, payload: object = {}) =>
  app.inject({ method: 'POST', url, headers, payload })
const read = async (url: string, headers: Headers) => (await app.inject({ url: `${url}.json`, headers })).json()
const outcome = (response: { statusCode: number; body: string }) =>
  response.statusCode < 400 ? response.statusCode : JSON.parse(response.body).type.replace('/problems/identity.', '')
const page = async (url: string, headers: Headers) =>
  (await app.inject({ url: `/eng${url}`, headers: { ...headers, accept: 'text/html' } })).body

/** Adds a passkey in a session, on a device of its own. */
async function addPasskey(headers: Headers) {
  const device = aDevice(first)
  const { id: challenge, options } = (await read('/account/devices/add', headers)).passkey
  const added = await post('/account/devices/add', headers, {
    challenge,
    response: JSON.stringify(device.create(options)),
  })
  assert.equal(added.statusCode, 303, added.body)
  return { device, credentialId: device.credentials[0]!.id }
}

const handlesOf = async (headers: Headers): Promise<string[]> =>
  (await read('/account/devices', headers)).passkeys.map(({ handle }: { handle: string }) => handle)

/** The three acts by which an account changes hands, each with what came of it. */
async function tries(headers: Headers, handle: string) {
  const removed = outcome(await post(`/account/devices/${handle}/remove`, headers))
  const made = outcome(await post('/account/devices/codes', headers))
  return [removed, made, outcome(await post('/account/close', headers, { sure: 'yes' }))]
}
const waits = ['recovery-waits', 'recovery-waits', 'recovery-waits']

/** As if the day were over. */
async function passADay({ personId }: Account) {
  const owner = postgres(first.urls.owner, { max: 1, onnotice: () => {} })
  await owner`
    update identity.passkey
    set created_at = created_at - interval '25 hours', known_at = known_at - interval '25 hours'
    where person_id = ${personId}`
  await owner`update identity.recovery_code set used_at = used_at - interval '25 hours' where person_id = ${personId}`
  await owner.end()
}

test('one recovery code takes no account: for a day what was there before stays, and then its person goes on', async () => {
  const mei = await openAccount(first)
  const recovered = (await enter(mei.codes[0]!))!
  const [handle] = await handlesOf(recovered)
  assert.deepEqual(await tries(recovered, handle!), waits, 'by the code')
  const { device, credentialId } = await addPasskey(recovered)
  const fresh = sessionOf(await signInWith(first, device))!
  assert.deepEqual(await tries(fresh, handle!), waits, 'by the passkey that was added')
  assert.equal((await read('/account/devices', fresh)).codesLeft, 9)
  assert.equal((await sql`select closed_at from identity.person where id = ${mei.personId}`)[0]!.closedAt, null)

  // Who tries a second passkey to be rid of the wait of the first.
  const second = await addPasskey(fresh)
  assert.equal(await isNewDevice(sql, second.credentialId, new Date()), true)
  const own = (await handlesOf(fresh))[2]!
  assert.equal(outcome(await post(`/account/devices/${own}/remove`, fresh)), 303, 'what is as new is theirs to remove')

  await passADay(mei)
  assert.equal(await isNewDevice(sql, credentialId, new Date()), false)
  const known = sessionOf(await signInWith(first, device))!
  assert.deepEqual(await tries(known, handle!), [303, 200, 303])
})

test('whoever waits is told until when, and what to do', async () => {
  const mei = await openAccount(first)
  const recovered = (await enter(mei.codes[0]!))!
  const [handle] = await handlesOf(recovered)
  const places = [`/account/devices/${handle}`, '/account/devices/codes', '/account/close']
  for (const place of places) {
    assert.deepEqual((await read(place, recovered)).waits, { until: null }, place)
    const before = await page(place, recovered)
    assert.match(before, /Add a passkey now\. A day later you can do it/, place)
    assert.doesNotMatch(before, /action="[^"]*(remove|codes|close)"/, place)
  }
  assert.match(await page('/account/devices', recovered), /Add a new passkey now/)
  const { device } = await addPasskey(recovered)
  assert.doesNotMatch(await page('/account/devices', recovered), /Add a new passkey now/, 'it was added')
  const fresh = sessionOf(await signInWith(first, device))!
  for (const headers of [recovered, fresh])
    for (const place of places) {
      const { until } = (await read(place, headers)).waits
      const hours = (Date.parse(until) - Date.now()) / 3_600_000
      assert.ok(hours > 23.9 && hours <= 24, `${place} ${until}`)
      assert.match(await page(place, headers), new RegExp(`You can do it from <time dateTime="${until}"`, 'i'))
    }
})

test('a passkey from before stops a recovery: new passkeys, platforms and sessions go, and codes are made anew', async () => {
  const mei = await openAccount(first)
  assert.equal((await read('/account', mei.headers)).recovery, null)
  assert.equal(outcome(await post('/account/devices/stop', mei.headers)), 'recovery-not-found')
  const thief = (await enter(mei.codes[0]!))!
  const { device } = await addPasskey(thief)
  const again = sessionOf(await signInWith(first, device))!
  for (const headers of [thief, again]) {
    assert.equal((await read('/account', headers)).recovery, null)
    assert.equal(outcome(await post('/account/devices/stop', headers)), 'recovery-waits')
  }

  assert.match(await page('/account', mei.headers), /A recovery code was used to get into this account/)
  const stopped = await post('/account/devices/stop', mei.headers)
  assert.equal(stopped.statusCode, 200, stopped.body)
  for (const headers of [thief, again])
    assert.equal((await app.inject({ url: '/account.json', headers })).statusCode, 401)
  assert.notEqual((await signInWith(first, device)).statusCode, 303)
  assert.equal(await enter(mei.codes[1]!), undefined, 'the codes on the sheet are worth nothing')
  assert.ok(await enter(stopped.json().codes[0]))
  assert.equal((await handlesOf(mei.headers)).length, 1)
  assert.equal((await listAlerts(sql, mei.personId)).filter((kind) => kind === 'recovery-codes-made').length, 1)
})

test('a session without a passkey waits while a code was used within the day, and one with an older passkey never', async () => {
  const mei = await openAccount(first)
  const session = { personId: mei.personId, levelMax: 2, methods: ['fed'] } as const
  const elsewhere = cookieOf(await insertSession(sql, session))
  assert.equal((await read('/account/close', elsewhere)).waits, null)
  await enter(mei.codes[0]!)
  assert.notEqual((await read('/account/close', elsewhere)).waits, null)
  assert.equal((await read('/account/close', mei.headers)).waits, null)
  const confirmed = sessionOf(await signInWith(first, mei.authenticator))!
  assert.equal((await read('/account/close', confirmed)).waits, null)
  await passADay(mei)
  assert.equal((await read('/account/close', elsewhere)).waits, null)
})

test('who has no codes is not told that some stop working', async () => {
  const mei = await openAccount(first)
  assert.match(await page('/account/devices/codes', mei.headers), /Those that you have now stop working/)
  await sql`update identity.recovery_code set withdrawn_at = now() where person_id = ${mei.personId}`
  assert.doesNotMatch(await page('/account/devices/codes', mei.headers), /stop working/)
  assert.equal((await post('/account/devices/codes', mei.headers)).json().replaced, false)
})

test('who came in by a code signs nobody out who was there before, so that the owner can always stop it', async () => {
  const mei = await openAccount(first)
  const thief = (await enter(mei.codes[0]!))!
  const { device } = await addPasskey(thief)
  const again = sessionOf(await signInWith(first, device))!
  const second = (await enter(mei.codes[1]!))!
  const owner = sessionOf(await signInWith(first, mei.authenticator))!
  const hereOf = async (headers: Headers) =>
    (await read('/account/sessions', headers)).sessions.find(({ here }: { here: boolean }) => here).handle as string
  const handle = await hereOf(owner)
  for (const headers of [thief, again]) {
    assert.equal(outcome(await post('/account/sessions/end', headers, { handle })), 'recovery-waits')
    const shown = await page('/account/sessions', headers)
    assert.match(shown, /This must wait, as a recovery code was used/)
    assert.doesNotMatch(shown, new RegExp(`value="${handle}"`))
  }
  assert.equal(outcome(await post('/account/sessions/end', again, { handle: await hereOf(second) })), 303, 'as new')
  assert.equal(outcome(await post('/account/sessions/end-others', again)), 303)
  assert.equal((await app.inject({ url: '/account.json', headers: thief })).statusCode, 401, 'as new as its own')
  assert.equal((await read('/account/sessions', again)).sessions.length, 3, 'the two of the owner, and its own')
  assert.equal(outcome(await post('/account/devices/stop', owner)), 200)
  assert.equal(outcome(await post('/account/sessions/end-others', owner)), 303)
  assert.equal((await read('/account/sessions', owner)).sessions.length, 1)
})

test('for a day after a recovery nothing is signed, and nobody is given a mandate or a role', async () => {
  const mei = await openAccount(first)
  await proveLevel(sql, first.installation, mei.personId, { level: 2, family: 'Tide', given: 'Mei' })
  await sql`
    insert into identity.role_grant (person_id, organisation, role, granted_by, approved_by, approved_at)
    values (${mei.personId}, 'counting-house', 'identity-administrator', 'system', 'operator', now())`
  const accomplice = await somebody()
  const { device, credentialId } = await addPasskey((await enter(mei.codes[0]!))!)
  const fresh = sessionOf(await signInWith(first, device))!
  const owner = sessionOf(await signInWith(first, mei.authenticator))!

  const ends = new Date(Date.now() + 300 * 86_400_000).toISOString().slice(0, 10)
  const people = '/office/organisations/counting-house/people'
  const give = async (headers: Headers) => [
    await post('/account/mandates', headers, { code: await codeOf(accomplice), kind: 'helper', ends, sure: 'yes' }),
    await post(people, headers, { code: await codeOf(accomplice), role: 'auditor', sure: 'yes' }),
  ]
  const given = async () =>
    (
      await sql`
        select 'mandate' from identity.mandate where agent_id = ${accomplice.id}
        union all select 'role' from identity.role_grant where person_id = ${accomplice.id}`
    ).length
  assert.deepEqual((await give(fresh)).map(outcome), ['recovery-waits', 'recovery-waits'])
  assert.equal(await given(), 0)

  const { id } = (await send(first, { headers: fresh }, await aPdf())).json<{ id: string }>()
  const sign = async (headers: Headers, authenticator: typeof device, credential: string) => {
    const asked = (await look(first, { headers: owner }, id)).data.passkey
    return approve(first, { ...mei, headers, authenticator, credentialId: credential }, id, { asked })
  }
  assert.match(await page(`/sign/${id}`, fresh), /for a day nothing is signed in it/)
  assert.equal(outcome(await sign(fresh, device, credentialId)), 'recovery-waits')
  assert.equal((await sql`select 1 from identity.signature where person_id = ${mei.personId}`).length, 0)

  // Her passkey from before is kept from nothing.
  assert.deepEqual(
    (await give(owner)).map(({ statusCode }) => statusCode),
    [303, 303],
  )
  assert.equal(await given(), 2)
  assert.equal(outcome(await sign(owner, mei.authenticator, mei.credentialId)), 303)
})

test('stopping a recovery takes back what services were agreed to be told since, and nothing older', async () => {
  const mei = await openAccount(first)
  const agreed = async (id: string) => {
    await insertClient(sql, first.installation.vault, {
      id,
      name: { en: id, 'zh-Hant': id },
      metadata: { redirect_uris: [] },
      state: 'live',
    })
    const receipt = { service: { en: id, 'zh-Hant': id }, origin: 'https://s.example', language: 'en', sentences: [] }
    await sql.begin((own) =>
      insertConsent(own, { personId: mei.personId, clientId: id, scopes: ['openid'], fields: [], receipt }),
    )
  }
  await agreed('before-it')
  await enter(mei.codes[0]!)
  await agreed('since-it')
  assert.equal(outcome(await post('/account/devices/stop', mei.headers)), 200)
  assert.ok(await findConsent(sql, mei.personId, 'before-it'))
  assert.equal(await findConsent(sql, mei.personId, 'since-it'), undefined)
})

test('a recovery takes away neither the mail address, nor what is sent there, nor a platform', async () => {
  const mei = await openAccount(first)
  const { vault } = first.installation
  await upsertConnection(
    sql,
    vault,
    {
      id: 'neighbourland',
      protocol: 'openid',
      address: 'https://x.example',
      clientId: 'praya',
      secret: 's',
      open: true,
    },
    'test',
  )
  const subject = vault.lookup('protection-test', mei.personId)
  const link = { channel: 'neighbourland', personId: mei.personId, subject, level: 'x', knownAt: new Date(0) }
  const unlink = `/account/channels/${await insertInboundBinding(sql, link)}/unlink`
  const here = '/account/notifications'
  assert.equal(outcome(await post(`${here}/address`, mei.headers, { address: 'mei@mail.example' })), 303)
  await confirmMailAddress(sql, mei.personId)

  const thief = (await enter(mei.codes[0]!))!
  const fresh = sessionOf(await signInWith(first, (await addPasskey(thief)).device))!
  for (const headers of [thief, fresh]) {
    assert.equal(outcome(await post(`${here}/address/removal`, headers)), 'recovery-waits')
    assert.equal(outcome(await post(`${here}/address`, headers, { address: 'thief@mail.example' })), 'recovery-waits')
    assert.equal(outcome(await post(`${here}/preferences`, headers)), 'recovery-waits', 'no mail of alerts')
    assert.equal(outcome(await post(`${here}/quiet-hours`, headers)), 'recovery-waits')
    assert.equal(outcome(await post(`${here}/push/${randomUUID()}/removal`, headers)), 'recovery-waits')
    assert.equal(outcome(await post(unlink, headers)), 'recovery-waits')
    for (const place of [here, '/account/channels']) {
      const shown = await page(place, headers)
      assert.match(shown, /This must wait, as a recovery code was used/, place)
      assert.doesNotMatch(shown, /action="[^"]*(removal|address|preferences|quiet-hours|unlink)"/, place)
    }
  }
  assert.equal((await read(here, mei.headers)).address.text, 'mei@mail.example')
  assert.equal((await read('/account/channels', mei.headers)).bindings.length, 1)

  assert.equal(outcome(await post(`${here}/address/removal`, mei.headers)), 303, 'a passkey from before')
  assert.equal(outcome(await post(unlink, mei.headers)), 303)
  assert.equal(outcome(await post(`${here}/address`, thief, { address: 'new@mail.example' })), 303, 'where none was')
})
