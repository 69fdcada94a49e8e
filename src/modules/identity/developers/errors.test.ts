import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { actingIn, type Somebody } from '../../../../test/acting.ts'
import { aListeningSite } from '../../../../test/relying-party.ts'
import { insertClientError } from '../provider/clients.sql.ts'

const started = await aListeningSite()
const { site, app, sql } = started
const { somebody, post, get } = actingIn(started)

type Shown = { error: string; reason: string; proven: boolean; count: number }
type Given = { who: Somebody; path: string; id: string; secret: string }

async function aClientOf(who: Somebody, more: object = {}): Promise<Given> {
  const form = { nameEn: 'Tide tables', kind: 'secret', addresses: 'http://localhost:3000/callback', ...more }
  const answer = await post(who, '/developers/clients', form)
  assert.equal(answer.statusCode, 303, answer.body)
  const path = String(answer.headers.location).replace(/^\/\w+|\?.*$/g, '')
  const view = (await get(who, path)).json()
  return { who, path, id: view.client.id, secret: view.secret }
}

/** Asks for a token with a code that never was. */
const exchange = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${site}/id/token`, {
    method: 'POST',
    headers,
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: 'never',
      redirect_uri: 'http://localhost:3000/callback',
      ...fields,
    }),
  })
const begin = ({ id }: Given, headers: Record<string, string> = {}) =>
  fetch(
    `${site}/id/auth?response_type=code&scope=openid&client_id=${id}&redirect_uri=http%3A%2F%2Flocalhost%3A3000%2Fother`,
    { headers },
  )

/** What its developer sees, once all of `sent` is there: a refusal is kept after it is answered. */
async function errorsOf({ who, path }: Given, sent: number): Promise<Shown[]> {
  for (let tries = 0; ; tries++) {
    const { errors } = (await get(who, `${path}/errors`)).json<{ errors: Shown[] }>()
    const kept = errors.reduce((sum, { count }) => sum + count, 0)
    if (kept >= sent || tries === 60) return errors
    await pause(50)
  }
}
const kinds = (errors: readonly Shown[]) => errors.map(({ error, proven, count }) => [error, proven, count])

test('a stranger pushes out nothing, neither what is proven nor what is not, by words of their own in each request', async () => {
  const given = await aClientOf(await somebody({ level: 1 }))
  const { id: client_id, secret: client_secret } = given
  assert.equal((await exchange({ client_id, client_secret })).status, 400)
  assert.equal((await exchange({ client_id, client_secret: 'of the day before' })).status, 401)
  await errorsOf(given, 2)
  // Each under another origin, so that no reason is like another.
  for (let each = 0; each < 110; each += 10)
    await Promise.all(
      Array.from({ length: 10 }, (_, more) =>
        exchange({ client_id, client_secret: 'guessed' }, { origin: `https://stranger-${each + more}.example` }),
      ),
    )
  const errors = await errorsOf(given, 112)
  assert.deepEqual(kinds(errors), [
    ['invalid_grant', true, 1],
    ['invalid_request', false, 110],
    ['invalid_client', false, 1],
  ])
  assert.match(errors[1]!.reason, /^origin https:\/\/stranger-\d+\.example not allowed/, 'the last is told as it was')
  const headers = { ...given.who.headers, accept: 'text/html' }
  const { body } = await app.inject({ url: `/eng${given.path}`, headers })
  assert.match(body, /Proven to come from the service itself/)
  assert.match(body, /Anybody can send these/)
})

const letters = (at: number) => String.fromCharCode(97 + (at % 26), 97 + Math.floor(at / 26))
test('whatever a stranger finds to say, of each other error something is left, and the table does not grow', async () => {
  const given = await aClientOf(await somebody({ level: 1 }))
  const refuse = (error: string, reason: string, proven = false) =>
    insertClientError(sql, given.id, { route: 'token', error, reason, proven, request: null, personId: undefined })
  await refuse('invalid_grant', 'grant not found', true)
  await refuse('invalid_client', 'no such secret')
  for (let each = 0; each < 120; each++) await refuse('invalid_request', `something ${letters(each)} of a stranger`)
  const errors = await errorsOf(given, 52)
  assert.deepEqual(
    ['invalid_grant', 'invalid_client', 'invalid_request'].map(
      (name) => errors.filter(({ error }) => error === name).length,
    ),
    [1, 1, 50],
  )
  const view = (await get(given.who, given.path)).json<{ errors: Shown[] }>()
  assert.deepEqual([view.errors.length, view.errors[0]!.error], [6, 'invalid_grant'], 'a few of each on its page')
  assert.equal(errors[1]!.reason, `something ${letters(119)} of a stranger`, 'the newest stay')
  for (let each = 0; each < 120; each++) await refuse('invalid_grant', `grant ${letters(each)} not found`, true)
  assert.equal((await errorsOf(given, 151)).filter(({ proven }) => proven).length, 100)
})

// biome-ignore format: matrix
const alike: readonly [what: string, one: string, other: string, lines: number][] = [
  ['origins',                 'origin https://a.example not allowed', 'origin null not allowed',                    1],
  ['parameters',              "missing required parameter 'code'",    "missing required parameters 'a' and 'b'",    2],
  ['lists',                   "'a' parameters must not be twice",     "'b' and 'c' parameters must not be twice",   1],
  ['algorithms',              'unsupported JWS algorithm (none)',     'unsupported JWS algorithm (x)',              1],
  ['numbers',                 'at index 1',                           'at index 20',                                1],
  ['words of the provider',   'jwt expired',                          'jwt not active yet',                         2],
]
for (const [what, one, other, lines] of alike)
  test(`refusals that differ in ${what} are ${lines === 1 ? 'one line' : 'two lines'} without proof, and two with it`, async () => {
    const given = await aClientOf(await somebody({ level: 1 }))
    for (const proven of [true, false])
      for (const reason of [one, other])
        await insertClientError(sql, given.id, {
          ...{ route: 'token', error: 'invalid_request', reason, proven },
          ...{ request: null, personId: undefined },
        })
    const errors = await errorsOf(given, 4)
    assert.equal(errors.filter(({ proven }) => proven).length, 2)
    assert.equal(errors.filter(({ proven }) => !proven).length, lines)
  })

// biome-ignore format: matrix
const cases: readonly [what: string, kind: 'secret' | 'public', send: (given: Given) => Promise<unknown>, proven: boolean][] = [
  ['the right secret',                  'secret', ({ id, secret }) => exchange({ client_id: id, client_secret: secret }),   true],
  ['a wrong secret',                    'secret', ({ id }) => exchange({ client_id: id, client_secret: 'wrong' }),          false],
  ['no secret',                         'secret', ({ id }) => exchange({ client_id: id }),                                  false],
  ['an assertion that nobody signed',   'secret', ({ id }) => exchange({ client_id: id, ...forged(id) }),                   false],
  ['a client that can prove nothing',   'public', ({ id }) => exchange({ client_id: id }),                                  false],
  ['a browser',                         'secret', (given) => begin(given),                                                  false],
  ['the browser of its developer',      'secret', (given) => begin(given, given.who.headers),                               true],
]
const forged = (sub: string) => ({
  client_assertion: [{ alg: 'none' }, { sub, iss: sub, jti: '1', exp: 9_999_999_999 }, '']
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.'),
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
})
for (const [what, kind, send, proven] of cases)
  test(`what is refused of ${what} counts as ${proven ? '' : 'not '}proven`, async () => {
    const given = await aClientOf(await somebody({ level: 1 }), { kind })
    await send(given)
    assert.deepEqual(
      (await errorsOf(given, 1)).map((each) => each.proven),
      [proven],
    )
  })

test('the browser of another developer proves nothing', async () => {
  const given = await aClientOf(await somebody({ level: 1 }))
  await begin(given, (await somebody({ level: 1 })).headers)
  assert.deepEqual(
    (await errorsOf(given, 1)).map(({ proven }) => proven),
    [false],
  )
})

test('what is refused again and again is one line that counts', async () => {
  const given = await aClientOf(await somebody({ level: 1 }))
  await Promise.all(Array.from({ length: 12 }, () => exchange({ client_id: given.id, client_secret: 'wrong' })))
  assert.deepEqual(kinds(await errorsOf(given, 12)), [['invalid_client', false, 12]])
  const headers = { ...given.who.headers, accept: 'text/html' }
  const { body } = await app.inject({ url: `/eng${given.path}/errors`, headers })
  assert.match(body, /and 11 more like this/)
})

test('what a person answered stands apart from what is sent without proof, where the sign-in began', async () => {
  const given = await aClientOf(await somebody({ level: 1 }))
  const refuse = (route: string, error: string, reason: string) =>
    insertClientError(sql, given.id, { route, error, reason, proven: false, request: null, personId: undefined })
  await refuse('resume', 'access_denied', 'the person did not agree')
  await refuse('resume', 'unmet_authentication_requirements', 'the person is not at this level')
  await refuse('authorization', 'access_denied', 'the person did not agree, says a stranger')
  const headers = { ...given.who.headers, accept: 'text/html' }
  const { body } = await app.inject({ url: `/eng${given.path}/errors`, headers })
  const [, people, others] = /What people answered(.*)Sent in the name of this client(.*)/s.exec(body)!
  assert.match(people!, /did not agree/)
  assert.match(people!, /does not reach the level that your service demands/)
  assert.doesNotMatch(people!, />resume</)
  assert.match(others!, /says a stranger/)
})
