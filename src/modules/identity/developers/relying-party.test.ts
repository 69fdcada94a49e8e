import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { exportJWK, generateKeyPair } from 'jose'
import * as client from 'openid-client'
import { actingIn, type Somebody } from '../../../../test/acting.ts'
import { aBrowserAt, aListeningSite } from '../../../../test/relying-party.ts'
import { letPass } from '../../../../test/time.ts'

const started = await aListeningSite()
const { site, sql } = started
const { somebody, post, get } = actingIn(started)
const ann = await somebody({ level: 1 })
/** How long a process relies on what it read of a client. */
const keptMs = 2100

type Given = { path: string; id: string; secret: string }

async function register(who: Somebody, more: object): Promise<Given> {
  const form = { nameEn: 'Tide tables', addresses: 'http://localhost:3000/callback', ...more }
  const answer = await post(who, '/developers/clients', form)
  assert.equal(answer.statusCode, 303, answer.body)
  const path = String(answer.headers.location).replace(/^\/\w+|\?.*$/g, '')
  const view = (await get(who, path)).json()
  return { path, id: view.client.id, secret: view.secret }
}

const discover = (id: string, proof: client.ClientAuth) =>
  client.discovery(new URL(`${site}/id`), id, undefined, proof, { execute: [client.allowInsecureRequests] })

/** Signs Ada in to the client, as a browser does. */
async function signIn(config: client.Configuration, redirectUri = 'http://localhost:3000/callback') {
  const browser = aBrowserAt(site)
  const [pkceCodeVerifier, expectedState, expectedNonce] = [
    client.randomPKCECodeVerifier(),
    client.randomState(),
    client.randomNonce(),
  ]
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: 'openid profile',
    state: expectedState,
    nonce: expectedNonce,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  })
  let page = await browser.open(url)
  page = await browser.post('/eng/sign-in', { person: 'ada-quay', next: page.url.searchParams.get('next')! })
  assert.match(page.text, /in trial use/, page.text.slice(0, 2000))
  page = await browser.agree(page)
  const tokens = await client.authorizationCodeGrant(config, page.url, {
    pkceCodeVerifier,
    expectedState,
    expectedNonce,
  })
  return client.fetchUserInfo(config, tokens.access_token, tokens.claims()!.sub)
}

const errorsOf = async ({ path }: Given, sent = 1) => {
  // The refusal is kept after it is answered.
  for (let tries = 0; tries < 50; tries++) {
    const { errors } = (await get(ann, `${path}/errors`)).json()
    if (errors.length >= sent) return errors
    await pause(50)
  }
  return []
}

test('a client registered on the page with a secret signs a person in at once', async () => {
  const given = await register(ann, { kind: 'secret' })
  const config = await discover(given.id, client.ClientSecretBasic(given.secret))
  assert.equal((await signIn(config)).name, 'Ada Quay')
  const own = await client.clientCredentialsGrant(config)
  assert.ok(own.access_token)
})

for (const alg of ['ES256', 'PS256', 'Ed25519'] as const)
  test(`a client registered with its own key signs a person in by it: ${alg}`, async () => {
    const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
    const given = await register(ann, { kind: 'key', keys: JSON.stringify(await exportJWK(publicKey)) })
    const { keys } = (await get(ann, given.path)).json()
    const config = await discover(given.id, client.PrivateKeyJwt({ key: privateKey, kid: keys[0].kid }))
    assert.equal((await signIn(config)).name, 'Ada Quay')
  })

test('an app registered without a secret signs a person in on whichever port it listens, and a page fetches tokens', async () => {
  const given = await register(ann, { kind: 'public' })
  const config = await discover(given.id, client.None())
  assert.equal((await signIn(config, 'http://localhost:51234/callback')).name, 'Ada Quay')
  const asks = (origin: string) =>
    fetch(`${site}/id/token`, {
      method: 'POST',
      headers: { origin },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: given.id,
        code: 'x',
        redirect_uri: 'x',
      }),
    })
  assert.equal(
    (await asks('http://localhost:3000')).headers.get('access-control-allow-origin'),
    'http://localhost:3000',
  )
  const other = await asks('https://evil.example')
  assert.equal(other.headers.get('access-control-allow-origin'), null)
})

test('whatever the page takes, the provider takes', async () => {
  const { publicKey } = await generateKeyPair('ES256')
  const keys = JSON.stringify(await exportJWK(publicKey))
  const addresses = ['https://tides.example/a\nhttps://tides.example/b?c=d', 'http://127.0.0.1/a', 'http://[::1]:90/a']
  const afterwards = ['', 'https://tides.example/', 'https://localhost:3000/', 'http://localhost:3000/out']
  for (const kind of ['secret', 'key', 'public'])
    for (const each of [...addresses, 'https://localhost:3000/a'])
      for (const signOutAddresses of afterwards) {
        const who = await somebody({ level: 1 })
        const form = { nameEn: 'Tides', kind, keys, addresses: each, signOutAddresses }
        const answer = await post(who, '/developers/clients', form)
        assert.equal(answer.statusCode, 303, JSON.stringify(form))
        const url = new URL(`${site}/id/auth?response_type=code&scope=openid&code_challenge_method=S256`)
        url.searchParams.set('client_id', String(answer.headers.location).split(/[/?]/).at(-2)!)
        url.searchParams.set('redirect_uri', each.split('\n')[0]!)
        url.searchParams.set('code_challenge', 'x'.repeat(43))
        const led = (await fetch(url, { redirect: 'manual' })).headers.get('location')
        assert.match(decodeURIComponent(String(led)), /\/sign-in\/services\//, JSON.stringify(form))
      }
})

test('a real refusal stands on the developer’s page, with what to do', async () => {
  const given = await register(ann, { kind: 'secret' })
  const config = await discover(given.id, client.ClientSecretBasic('not the secret'))
  await assert.rejects(client.clientCredentialsGrant(config), client.WWWAuthenticateChallengeError)
  const [error] = await errorsOf(given)
  assert.equal(error.error, 'invalid_client')
  assert.match(error.reason, /invalid secret provided/)
  assert.equal(error.route, 'token')
  assert.equal(error.fix.at, 'secret')
  assert.ok(error.request)
  const html = await started.app.inject({
    url: `/eng${given.path}/errors`,
    headers: { ...ann.headers, accept: 'text/html' },
  })
  assert.match(html.body, /The secret is not the one of this client/)
  assert.ok(!html.body.includes('not the secret'), 'what was sent is not repeated')
})

test('an address that is not registered is refused, and its developer reads so', async () => {
  const given = await register(ann, { kind: 'secret' })
  const config = await discover(given.id, client.ClientSecretBasic(given.secret))
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: 'http://localhost:3000/other',
    scope: 'openid',
    code_challenge: 'x'.repeat(43),
    code_challenge_method: 'S256',
  })
  const page = await aBrowserAt(site).open(url)
  assert.equal(page.status, 400)
  const [error] = await errorsOf(given)
  assert.equal(error.fix.at, 'change')
})

test('a new secret works at once, the one before for a day or until it is ended', async () => {
  const given = await register(ann, { kind: 'secret' })
  const may = async (secret: string) => {
    const config = await discover(given.id, client.ClientSecretBasic(secret))
    return client.clientCredentialsGrant(config).then(
      () => true,
      () => false,
    )
  }
  assert.equal(await may(given.secret), true)
  await post(ann, `${given.path}/secret`)
  const { secret: second, formerEndsAt } = (await get(ann, given.path)).json()
  assert.notEqual(second, given.secret)
  const hours = (Date.parse(formerEndsAt) - Date.now()) / 3_600_000
  assert.ok(hours > 23.9 && hours <= 24)
  letPass(keptMs)
  assert.deepEqual([await may(second), await may(given.secret), await may('other')], [true, true, false])
  await post(ann, `${given.path}/secret/end-former`)
  assert.deepEqual([await may(second), await may(given.secret)], [true, false])

  await post(ann, `${given.path}/secret`)
  const { secret: third } = (await get(ann, given.path)).json()
  await sql`update identity.client set former_ends_at = now() where id = ${given.id}`
  letPass(keptMs)
  assert.deepEqual([await may(third), await may(second), await may(given.secret)], [true, false, false])
})

test('a key is replaced without a break: both verify while both are listed, then the next alone', async () => {
  const [one, two] = [await generateKeyPair('ES256'), await generateKeyPair('Ed25519')]
  const jwks = await Promise.all(
    [one, two].map(async ({ publicKey }, at) => ({ ...(await exportJWK(publicKey)), kid: `key-${at}` })),
  )
  const given = await register(ann, { kind: 'key', keys: JSON.stringify(jwks[0]) })
  const may = async ({ privateKey }: typeof one, kid: string) => {
    const config = await discover(given.id, client.PrivateKeyJwt({ key: privateKey, kid }))
    return client.clientCredentialsGrant(config).then(
      () => true,
      () => false,
    )
  }
  assert.deepEqual([await may(one, 'key-0'), await may(two, 'key-1')], [true, false])
  assert.equal((await post(ann, `${given.path}/keys`, { keys: JSON.stringify({ keys: jwks }) })).statusCode, 303)
  letPass(keptMs)
  assert.deepEqual([await may(one, 'key-0'), await may(two, 'key-1')], [true, true])
  assert.equal((await post(ann, `${given.path}/keys`, { keys: '{"keys":[]}' })).statusCode, 422)
  await post(ann, `${given.path}/keys`, { keys: JSON.stringify({ keys: jwks.slice(1) }) })
  letPass(keptMs)
  assert.deepEqual([await may(one, 'key-0'), await may(two, 'key-1')], [false, true])
})

test('a suspended client gets nothing until its developer resumes it, on the process that does so at once', async () => {
  const given = await register(ann, { kind: 'secret' })
  const config = await discover(given.id, client.ClientSecretBasic(given.secret))
  await client.clientCredentialsGrant(config)
  assert.equal((await post(ann, `${given.path}/suspend`)).statusCode, 303)
  await assert.rejects(client.clientCredentialsGrant(config))
  assert.equal((await post(ann, `${given.path}/resume`)).statusCode, 303)
  await client.clientCredentialsGrant(config)
})

type Kept = { route: string; reason: string; proven: boolean }
test('who is sent by a suspended service reads so, and its developer finds what was refused', async () => {
  const given = await register(ann, { kind: 'secret' })
  const config = await discover(given.id, client.ClientSecretBasic(given.secret))
  const begin = client.buildAuthorizationUrl(config, {
    redirect_uri: 'http://localhost:3000/callback',
    scope: 'openid profile',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  })
  const browser = aBrowserAt(site)
  const { url } = await browser.open(begin)
  const next = url.searchParams.get('next')!
  await post(ann, `${given.path}/suspend`)
  const refused = await browser.open(begin)
  assert.equal(refused.status, 400)
  assert.match(refused.text, /<h1>This service is suspended<\/h1>.*Nobody can sign in to Tide tables for now/s)
  assert.doesNotMatch(refused.text, /invalid_client|begin again/)
  await assert.rejects(client.clientCredentialsGrant(config))
  const waiting = await browser.post('/eng/sign-in', { person: 'ada-quay', next })
  assert.equal(waiting.status, 403)
  assert.match(waiting.text, /This service is suspended/)
  assert.deepEqual(
    ((await errorsOf(given, 2)) as Kept[]).map(({ route, reason, proven }) => [route, reason, proven]).toSorted(),
    [
      ['authorization', 'the client is suspended', false],
      ['token', 'the client is suspended', false],
    ],
  )
  // What nobody has registered, or has deleted, is still no client.
  await post(ann, `${given.path}/delete`)
  assert.match((await browser.open(begin)).text, /This sign-in cannot go on/)
})

test('what is of high risk is withheld from whom it was not approved for', async () => {
  const given = await register(ann, { kind: 'secret' })
  const config = await discover(given.id, client.ClientSecretBasic(given.secret))
  const token = await client.clientCredentialsGrant(config, { scope: 'filling', resource: site })
  assert.equal(token.scope, undefined)
  const form = {
    fields: [{ name: 'email' }],
    purpose: { en: 'To book a berth', 'zh-Hant': '預約泊位' },
    redirect_uri: 'http://localhost:3000/callback',
    state: 'browser-of-the-visitor',
  }
  const asked = await fetch(`${site}/filling`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token.access_token}` },
    body: JSON.stringify(form),
  })
  const told = (await asked.json()) as { type: string; title: string }
  assert.deepEqual([asked.status, told.type], [403, '/problems/identity.filling-unapproved'])
  assert.match(told.title, /Ask for approval .* its own key, and tokens bound to a key by DPoP/)
  const [kept] = await errorsOf(given)
  assert.deepEqual([kept.route, kept.proven, kept.fix.at], ['filling', true, 'approval'])
})
