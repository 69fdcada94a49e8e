import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { actingIn, type Somebody } from '../../../../test/acting.ts'
import { aListeningSite } from '../../../../test/relying-party.ts'

const started = await aListeningSite()
const { site, app } = started
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

test('a stranger pushes out nothing that came with the client’s own proof', async () => {
  const given = await aClientOf(await somebody({ level: 1 }))
  const { id: client_id, secret: client_secret } = given
  assert.equal((await exchange({ client_id, client_secret })).status, 400)
  await errorsOf(given, 1)
  // Each under another origin, so that no reason is like another.
  for (let each = 0; each < 110; each += 10)
    await Promise.all(
      Array.from({ length: 10 }, (_, more) =>
        exchange({ client_id, client_secret: 'guessed' }, { origin: `https://stranger-${each + more}.example` }),
      ),
    )
  let errors: Shown[] = []
  for (let tries = 0; tries < 60 && errors.length < 101; tries++) {
    errors = await errorsOf(given, 101)
    await pause(50)
  }
  assert.deepEqual(kinds(errors.filter(({ proven }) => proven)), [['invalid_grant', true, 1]])
  assert.equal(errors.filter(({ proven }) => !proven).length, 100)
  const view = (await get(given.who, given.path)).json<{ errors: Shown[] }>()
  assert.deepEqual([view.errors.length, view.errors[0]!.error], [6, 'invalid_grant'])
  const headers = { ...given.who.headers, accept: 'text/html' }
  const { body } = await app.inject({ url: `/eng${given.path}`, headers })
  assert.match(body, /Proven to come from the service itself/)
  assert.match(body, /Anybody can send these/)
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
