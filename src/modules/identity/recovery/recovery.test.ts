import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { start } from '#test'
import { isNewDevice, isNewSession, knownFrom } from '../passkeys/passkeys.sql.ts'
import { findLastAlert, listAlerts } from '../testing/alerts.sql.ts'
import { aDevice, anAddress, openAccount, sessionOf, signInWith } from '../testing/browser-of.ts'
import { type AttemptKind, networkOf, secondsToWait } from './attempts.rules.ts'
import { makeCode, makeCodes, readCode } from './codes.rules.ts'

let offsetMs = 0
const now = () => new Date(Date.now() + offsetMs)
const first = await start({ demonstration: false, now })
const second = await start({ demonstration: false, now, beside: first })
const { app, sql } = first

const enter = (code: string, remoteAddress = anAddress(), where = app, headers: Record<string, string> = {}) =>
  where.inject({ method: 'POST', url: '/sign-in/recovery', headers, payload: { code }, remoteAddress })
const typeOf = (response: { body: string }) => JSON.parse(response.body).type?.replace('/problems/', '')

test('a recovery code signs its person in at level 1, without a name beside it, and once', async () => {
  const mei = await openAccount(first)
  const typed = ` ${mei.codes[3]!.toUpperCase().replaceAll('-', ' – ').replaceAll('0', 'O').replaceAll('1', 'l')}`
  const answer = await enter(typed)
  assert.equal(answer.statusCode, 303)
  const headers = sessionOf(answer)!
  const mine = (await app.inject({ url: '/account.json', headers })).json()
  assert.equal(mine.person.id, mei.personId)
  assert.equal(mine.recovered, true)
  assert.equal(mine.acts[0].event, 'identity.recovery-code-used')
  const [session] = await sql`
    select methods, level_max
    from identity.session
    where person_id = ${mei.personId}
    order by created_at desc
    limit 1`
  assert.deepEqual({ ...session }, { methods: ['otp'], levelMax: 1 })
  assert.equal(typeOf(await enter(mei.codes[3]!)), 'identity.recovery-code-refused')
  assert.deepEqual(await listAlerts(sql, mei.personId), ['recovery-code-used'])
  assert.deepEqual((await findLastAlert(sql, mei.personId, 'recovery-code-used'))?.alertValues, { left: 9 })
  assert.equal((await app.inject({ url: '/account/devices.json', headers })).json().codesLeft, 9)
})

test('of many who send one code at once, on two processes, one is signed in', async () => {
  const mei = await openAccount(first)
  const answers = await Promise.all(
    [app, second.app, app, second.app].map((each) => enter(mei.codes[0]!, anAddress(), each)),
  )
  assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [303, 422, 422, 422])
})

test('a wrong code signs nobody in and tells nothing', async () => {
  const mei = await openAccount(first)
  const before = await sql`select 1 from identity.session`
  // biome-ignore format: matrix
  const cases = [
    ['never given',           makeCode()],
    ['empty',                 ''],
    ['a word',                'recovery'],
    ['one letter short',      mei.codes[0]!.slice(0, -1)],
    ['one letter long',       `${mei.codes[0]}a`],
    ['another letter',        `${mei.codes[0]!.slice(0, -1)}${mei.codes[0]!.endsWith('a') ? 'b' : 'a'}`],
    ['two at once',           `${mei.codes[0]}${mei.codes[1]}`],
    ['SQL',                   "' or true --"],
    ['a NUL',                 '\u0000'],
  ] as const
  for (const [what, code] of cases) {
    const answer = await enter(code)
    const problem = what === 'empty' ? 'identity.recovery-code-missing' : 'identity.recovery-code-refused'
    assert.equal(typeOf(answer), problem, what)
    assert.equal(sessionOf(answer), undefined, what)
  }
  assert.equal((await sql`select 1 from identity.session`).length, before.length)
})

test('a copy of the tables holds no code, and none is logged by its address', async () => {
  const mei = await openAccount(first)
  const [row] = await sql<[{ text: string }]>`
    select string_agg(code::text, ' ') as text
    from identity.recovery_code as code`
  for (const code of mei.codes) {
    const plain = readCode(code)!
    for (const form of [code, plain, Buffer.from(plain).toString('hex')]) assert.ok(!row.text.includes(form))
  }
  await enter(makeCode(), '192.0.2.77')
  const [tries] = await sql<[{ text: string }]>`
    select coalesce(string_agg(attempt::text, ' '), '') as text
    from identity.attempt`
  for (const form of ['192.0.2.77', Buffer.from('192.0.2.77').toString('hex')]) assert.ok(!tries.text.includes(form))
})

test('new codes take the place of the old ones', async () => {
  const mei = await openAccount(first)
  const made = await app.inject({ method: 'POST', url: '/account/devices/codes', headers: mei.headers })
  const { codes } = made.json() as { codes: string[] }
  assert.equal(new Set([...codes, ...mei.codes]).size, 20)
  assert.equal(typeOf(await enter(mei.codes[0]!)), 'identity.recovery-code-refused')
  assert.deepEqual(await listAlerts(sql, mei.personId), ['recovery-codes-made'])
  assert.equal((await enter(codes[0]!)).statusCode, 303)
})

test('of new codes that are made at once, those of one are left', async () => {
  const mei = await openAccount(first)
  const make = { method: 'POST', url: '/account/devices/codes', headers: mei.headers } as const
  const answers = await Promise.all(Array.from({ length: 8 }, (_, at) => (at % 2 ? app : second.app).inject(make)))
  assert.deepEqual([...new Set(answers.map(({ statusCode }) => statusCode))], [200])
  const { codesLeft } = (await app.inject({ url: '/account/devices.json', headers: mei.headers })).json()
  assert.equal(codesLeft, 10)
})

test('who guesses from one address waits longer and longer, and shuts nobody else out', async () => {
  const mei = await openAccount(first)
  const guesser = anAddress()
  for (let each = 0; each < 5; each++)
    assert.equal(typeOf(await enter(makeCode(), guesser)), 'identity.recovery-code-refused')
  const refused = await enter(makeCode(), guesser)
  assert.equal(refused.statusCode, 429)
  assert.equal(typeOf(refused), 'identity.too-many-attempts')
  // The right code is not even looked at, so that the answer tells nothing.
  assert.equal((await enter(mei.codes[0]!, guesser, second.app)).statusCode, 429)

  assert.equal((await signInWith(first, mei.authenticator)).statusCode, 303, 'a passkey works at once')
  assert.equal((await enter(mei.codes[0]!)).statusCode, 303, 'from elsewhere the code is good')
  offsetMs += 3_000
  assert.equal((await enter(mei.codes[1]!, guesser)).statusCode, 303, 'after the wait the address tries again')
  assert.equal(typeOf(await enter(makeCode(), guesser)), 'identity.recovery-code-refused', 'and begins anew')
})

test('of guesses that come at once from one address, five are looked at', async () => {
  const guesser = anAddress()
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, at) => enter(makeCode(), guesser, at % 2 ? app : second.app)),
  )
  assert.equal(answers.filter(({ statusCode }) => statusCode === 422).length, 5)
  assert.equal(answers.filter(({ statusCode }) => statusCode === 429).length, 7)
})

test('how long an address waits is a table', () => {
  const at = new Date('2026-01-01T12:00:00Z')
  // biome-ignore format: matrix
  const cases = [
    // kind            tries  ago s  everybody  waits s
    ['recovery-code',      0,     0,         0,       0],
    ['recovery-code',      4,     0,         0,       0],
    ['recovery-code',      5,     0,         0,       2],
    ['recovery-code',      5,     1,         0,       1],
    ['recovery-code',      5,     2,         0,       0],
    ['recovery-code',      8,     0,         0,      16],
    ['recovery-code',     12,     0,         0,     256],
    ['recovery-code',     40,     0,         0,     900],
    ['recovery-code',     40,   899,         0,       1],
    ['recovery-code',     40,  3601,         0,       0],
    ['recovery-code',      0,     0,  50000000,       0],
    ['recovery-code',      1,     0,      1999,       0],
    ['recovery-code',      1,     0,      2000,       2],
    ['recovery-code',      2,     0,  50000000,       4],
    ['account',           29,     0,         0,       0],
    ['account',           30,     0,         0,       2],
    ['account',            4,     0,  50000000,       0],
    ['account',            5,     0,  50000000,       2],
  ] as const satisfies readonly (readonly [AttemptKind, number, number, number, number])[]
  for (const [kind, count, ago, everybody, wait] of cases) {
    const own = { count, lastAt: new Date(at.getTime() - ago * 1000) }
    assert.equal(
      secondsToWait(kind, own, { count: everybody, lastAt: at }, at),
      wait,
      `${kind} ${count} ${ago} ${everybody}`,
    )
  }
})

test('an address of IPv6 is counted by its network', () => {
  // biome-ignore format: matrix
  const cases = [
    ['192.0.2.1',                    '192.0.2.1'],
    ['::ffff:192.0.2.1',             '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6',         '2001:db8:1:2'],
    ['2001:db8:1:2::9',              '2001:db8:1:2'],
    ['2001:0db8:0001:0002::9',       '2001:db8:1:2'],
    ['2001:db8::1',                  '2001:db8:0:0'],
    ['fe80::1%eth0',                 'fe80:0:0:0'],
    ['::1',                          '0:0:0:0'],
  ] as const
  for (const [address, network] of cases) assert.equal(networkOf(address), network, address)
})

test('codes are ten, differ, and are read as they are written', () => {
  const codes = makeCodes()
  assert.equal(new Set(codes).size, 10)
  for (const code of codes) assert.equal(readCode(code), code.replaceAll('-', ''))
  assert.equal(readCode('ＡＢＣＤ－０１２３－ｅｆｇｈ－４５６７'), 'abcd0123efgh4567')
  assert.equal(readCode('oooo-iiii-llll-0000'), '0000111111110000')
  assert.equal(readCode('uuuu-uuuu-uuuu-uuuu'), undefined)
})

test('a passkey that is added after a recovery is new for a day, and any other is known at once', async () => {
  const mei = await openAccount(first)
  const recovered = sessionOf(await enter(mei.codes[0]!))!
  const page = (await app.inject({ url: '/account/devices/add.json', headers: recovered })).json()
  assert.equal(page.recovered, true)
  const device = aDevice(first)
  const { id: challenge, options } = page.passkey
  const response = JSON.stringify(device.create(options))
  const added = await app.inject({
    method: 'POST',
    url: '/account/devices/add',
    headers: recovered,
    payload: { challenge, response },
  })
  assert.equal(added.statusCode, 303, added.body)

  const later = (hours: number) => new Date(now().getTime() + hours * 3_600_000)
  const id = device.credentials[0]!.id
  // biome-ignore format: matrix
  const cases = [
    ['the first passkey',        mei.credentialId,  0,  false],
    ['the new one',              id,                0,  true],
    ['after 23 hours',           id,               23,  true],
    ['after 25 hours',           id,               25,  false],
    ['one that does not exist',  'AAAA',            0,  true],
  ] as const
  for (const [what, credential, hours, isNew] of cases)
    assert.equal(await isNewDevice(sql, credential, later(hours)), isNew, what)
  const { passkeys } = (await app.inject({ url: '/account/devices.json', headers: recovered })).json()
  assert.deepEqual(
    passkeys.map((each: { newUntil: string | null }) => each.newUntil !== null),
    [false, true],
  )
  const signedIn = await signInWith(first, device)
  assert.equal(signedIn.statusCode, 303)
  const sessions = await sql<{ handle: string; passkeyId: string | null; methods: string[] }[]>`
    select handle, passkey_id, methods
    from identity.session
    where person_id = ${mei.personId}`
  for (const { handle, passkeyId, methods } of sessions) {
    const fresh = passkeyId === id || methods.includes('otp')
    assert.equal(await isNewSession(sql, handle, later(1)), fresh)
    assert.equal(await isNewSession(sql, handle, later(25)), methods.includes('otp'))
  }
  assert.equal(sessions.length, 3)
  assert.equal(await isNewSession(sql, randomUUID(), now()), undefined)
})

type Headers = { cookie: string }
type Device = ReturnType<typeof aDevice>

/** Adds a passkey of a device in a session. */
async function add(headers: Headers, device: Device) {
  const { passkey } = (await app.inject({ url: '/account/devices/add.json', headers })).json()
  const payload = { challenge: passkey.id, response: JSON.stringify(device.create(passkey.options)) }
  const added = await app.inject({ method: 'POST', url: '/account/devices/add', headers, payload })
  assert.equal(added.statusCode, 303, added.body)
}

/** Confirms a session with the last passkey of a device; returns the cookie that it has from then on. */
async function confirm(headers: Headers, device: Device): Promise<Headers> {
  const { passkey } = (await app.inject({ url: '/sign-in/again.json', headers })).json()
  const payload = { challenge: passkey.id, response: JSON.stringify(device.get(passkey.options)) }
  const confirmed = await app.inject({ method: 'POST', url: '/sign-in/again', headers, payload })
  assert.equal(confirmed.statusCode, 303, confirmed.body)
  return sessionOf(confirmed)!
}

const newUntilOf = async (headers: Headers): Promise<(string | null)[]> =>
  (await app.inject({ url: '/account/devices.json', headers }))
    .json()
    .passkeys.map(({ newUntil }: { newUntil: string | null }) => newUntil)

test('a passkey that is added by one from a recovery is new for as long as that', async () => {
  const mei = await openAccount(first)
  const [a, b, c] = [aDevice(first), aDevice(first), aDevice(first)]
  await add(sessionOf(await enter(mei.codes[0]!))!, a)
  await add(sessionOf(await signInWith(first, a))!, b)
  await add(sessionOf(await signInWith(first, b))!, c)
  const [own, ofA, ofB, ofC] = await newUntilOf(mei.headers)
  assert.equal(own, null)
  assert.ok(ofA)
  assert.deepEqual([ofB, ofC], [ofA, ofA])
  const [session] = await sql<{ handle: string }[]>`
    select handle
    from identity.session
    where passkey_id = ${b.credentials[0]!.id}`
  const [soon, later] = [1, 25].map((hours) => new Date(now().getTime() + hours * 3_600_000))
  assert.equal((await knownFrom(sql, session!.handle, soon!)).toISOString(), ofA)
  assert.deepEqual(await knownFrom(sql, session!.handle, later!), later, 'after the day nothing keeps it')
})

test('a recovered session stays one until a passkey of before confirms it, and not one that was added in it', async () => {
  const mei = await openAccount(first)
  const [a, b] = [aDevice(first), aDevice(first)]
  const recovered = sessionOf(await enter(mei.codes[0]!))!
  await add(recovered, a)
  const byA = await confirm(recovered, a)
  assert.equal((await app.inject({ url: '/account.json', headers: byA })).json().recovered, true)
  await add(byA, b)
  const [, ofA, ofB] = await newUntilOf(byA)
  assert.ok(ofA && ofB && ofB >= ofA)

  const known = await confirm(byA, mei.authenticator)
  assert.equal((await app.inject({ url: '/account.json', headers: known })).json().recovered, false)
  await add(known, aDevice(first))
  assert.equal((await newUntilOf(known))[3], null)
})
