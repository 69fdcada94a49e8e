import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { exportJWK, SignJWT } from 'jose'
import * as client from 'openid-client'
import { redirectUri } from '../../../../test/logins.ts'
import { aListeningSite } from '../../../../test/relying-party.ts'
import { aPersonAt, signedIn, type Visitor } from '../../../../test/service.ts'
import { insertPasskey } from '../passkeys/passkeys.sql.ts'
import { insertClient } from '../provider/clients.sql.ts'

let at = Date.now()
const first = await aListeningSite({ now: () => new Date(at) })
const { site, sql, installation } = first
const day = 24 * 60 * 60 * 1000
/** What a page calls the service in English. */
const names = ['Harbour dues', 'Pilot rolls', 'Quay leases', 'Salvage claims', 'Wreck sales', 'Light dues']

/** A service held to FAPI 2.0: pushed requests, tokens bound to a key, itself known by a key. */
async function aHighRiskService() {
  const name = names.pop()!
  const id = name.toLowerCase().replace(' ', '-')
  const keys = (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair
  const jwk = { ...(await crypto.subtle.exportKey('jwk', keys.publicKey)), kid: 'test', alg: 'ES256', use: 'sig' }
  await insertClient(sql, installation.vault, {
    id,
    name: { en: name, 'zh-Hant': '高風險服務' },
    metadata: {
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code', 'client_credentials'],
      response_types: ['code'],
      jwks: { keys: [jwk] },
    },
    highRisk: true,
    state: 'live',
  })
  const key = { key: keys.privateKey, kid: 'test' }
  const config = await client.discovery(new URL(`${site}/id`), id, undefined, client.PrivateKeyJwt(key), {
    execute: [client.allowInsecureRequests],
  })
  return { id, name, config }
}
type Service = Awaited<ReturnType<typeof aHighRiskService>>

async function ask({ config }: Service, { open }: Visitor['browser'], scope = 'openid profile') {
  const dPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair())
  const parameters = {
    redirect_uri: redirectUri,
    scope,
    state: client.randomState(),
    nonce: client.randomNonce(),
    code_challenge: await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier()),
    code_challenge_method: 'S256',
  }
  return open(await client.buildAuthorizationUrlWithPAR(config, parameters, { DPoP: dPoP }))
}

async function withPasskey({ id }: { id: string }, knownIn: number) {
  const passkey = `pass${id}${knownIn}`
  await insertPasskey(sql, {
    id: passkey,
    personId: id,
    publicKey: Buffer.from('test'),
    counter: 0,
    transports: [],
    synced: false,
    backedUp: false,
    aaguid: '00000000-0000-0000-0000-000000000000',
    name: 'Test',
    createdAt: new Date(at),
    knownAt: new Date(at + knownIn),
  })
  const browser = await signedIn(first, id)
  await sql`
    update identity.session set passkey_id = ${passkey}
    where handle = (select handle from identity.session where person_id = ${id} order by created_at desc limit 1)`
  return browser
}
const alertsOf = ({ id }: { id: string }) => sql<{ kind: string; service: string; undo: string }[]>`
  select alert_kind as kind, alert_values -> 'service' ->> 'en' as service, undo_path as undo
  from identity.message
  where person_id = ${id}
  order by sent_at`

test('who came in by a recovery code begins no high-risk service, is told what to do, and is alerted once', async () => {
  const service = await aHighRiskService()
  const who = await aPersonAt(first, ['otp'])
  for (const _ of [1, 2]) {
    const page = await ask(service, who.browser)
    assert.equal(page.status, 403, page.text)
    assert.match(page.text, /This device must wait/)
    assert.match(page.text, /Sign in with a passkey that you had before/)
    assert.equal((await who.browser.post(page.url, { answer: 'agree' })).status, 409)
    const back = await who.browser.post(page.url, { answer: 'refuse' })
    assert.equal(back.url.searchParams.get('error'), 'access_denied')
  }
  assert.deepEqual(
    [...(await alertsOf(who))],
    [{ kind: 'high-risk-scope', service: service.name, undo: '/account/sessions' }],
  )
  assert.equal((await sql`select 1 from identity.consent where person_id = ${who.id}`).length, 0)
})

test('a passkey added from a recovery waits until its day is over, and then agrees', async () => {
  const service = await aHighRiskService()
  const { id } = await aPersonAt(first)
  const browser = await withPasskey({ id }, day)
  const page = await ask(service, browser)
  assert.equal(page.status, 403)
  assert.match(page.text, /Come back from \d+ \w+ \d{4}, \d\d:\d\d on/)
  at += day + 1000
  const later = await ask(service, browser)
  assert.equal(later.status, 200, later.text)
  assert.ok((await browser.agree(later)).url.searchParams.has('code'))
})

test('who agrees on a known device is not held up on a newer one, until the service asks for more', async () => {
  const service = await aHighRiskService()
  const { id } = await aPersonAt(first)
  const known = await withPasskey({ id }, 0)
  const page = await ask(service, known)
  assert.ok((await known.agree(page)).url.searchParams.has('code'))
  const alerts = await alertsOf({ id })
  assert.deepEqual(
    [...alerts].map(({ kind }) => kind),
    ['new-service'],
  )
  const fresh = await withPasskey({ id }, day)
  assert.ok((await ask(service, fresh)).url.searchParams.has('code'))
  assert.equal((await ask(service, fresh, 'openid profile email')).status, 403)
})

test('a page that was open before the device became too new is held up when it is answered', async () => {
  const service = await aHighRiskService()
  const { id } = await aPersonAt(first)
  const browser = await withPasskey({ id }, 0)
  const page = await ask(service, browser)
  assert.equal(page.status, 200)
  await sql`update identity.session set methods = array['otp'], recovered = true where person_id = ${id}`
  assert.equal((await browser.agree(page)).status, 403)
  assert.equal((await sql`select 1 from identity.consent where person_id = ${id}`).length, 0)
})

test('a high-risk service orders a form by a token bound to its key, and a device that is too new fills in none', async () => {
  const { config } = await aHighRiskService()
  const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair())
  const { access_token: token } = await client.clientCredentialsGrant(
    config,
    { scope: 'filling', resource: site },
    { DPoP },
  )
  const body = JSON.stringify({
    fields: [{ name: 'name' }],
    purpose: { en: 'To know how to call you', 'zh-Hant': '稱呼' },
    redirect_uri: redirectUri,
    state: 'of-the-visitor',
  })
  const headers = new Headers({ 'content-type': 'application/json' })
  const order = () =>
    client.fetchProtectedResource(config, token, new URL('/filling', site), 'POST', body, headers, { DPoP })
  const { address } = (await (await order()).json()) as { address: string }
  const who = await aPersonAt(first, ['otp'])
  const page = await who.browser.open(address)
  assert.equal(page.status, 403)
  assert.match(page.text, /This device must wait/)
  const known = await signedIn(first, who.id)
  assert.ok((await known.agree(await known.open(address))).url.searchParams.has('code'))
})

test('a token bound to a key is worth nothing without a fresh proof of that key, for this request', async () => {
  const { config } = await aHighRiskService()
  const keys = await client.randomDPoPKeyPair('ES256', { extractable: true })
  const DPoP = client.getDPoPHandle(config, keys)
  const { access_token: token } = await client.clientCredentialsGrant(
    config,
    { scope: 'filling', resource: site },
    { DPoP },
  )
  const jwk = await exportJWK(keys.publicKey)
  const other = await client.randomDPoPKeyPair('ES256', { extractable: true })
  const good = {
    jti: randomUUID(),
    htm: 'POST',
    htu: `${site}/filling/values`,
    iat: Math.floor(Date.now() / 1000),
    ath: createHash('sha256').update(token).digest('base64url'),
  }
  const proof = (claims: object, header: object = {}, key = keys.privateKey) =>
    new SignJWT({ ...good, jti: randomUUID(), ...claims })
      .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk, ...header })
      .sign(key)
  const send = async (scheme: string, dpop: string | undefined) => {
    const answer = await fetch(`${site}/filling/values`, {
      method: 'POST',
      headers: { authorization: `${scheme} ${token}`, 'content-type': 'application/json', ...(dpop && { dpop }) },
      body: JSON.stringify({ code: 'x'.repeat(43) }),
    })
    return ((await answer.json()) as { type: string }).type
  }
  const refused = '/problems/identity.filling-token'
  // With the token believed, the code is what is wrong.
  const used = await proof({})
  assert.equal(await send('DPoP', used), '/problems/identity.filling-code')
  const publicOther = await exportJWK(other.publicKey)
  // biome-ignore format: matrix
  const cases: [what: string, scheme: string, dpop: string | undefined][] = [
    ['as a bearer',              'Bearer', undefined],
    ['as a bearer with a proof', 'Bearer', await proof({})],
    ['without a proof',          'DPoP',   undefined],
    ['with a proof again',       'DPoP',   used],
    ['of another key',           'DPoP',   await proof({}, { jwk: publicOther }, other.privateKey)],
    ['signed by another key',    'DPoP',   await proof({}, {}, other.privateKey)],
    ['of another type',          'DPoP',   await proof({}, { typ: 'jwt' })],
    ['for another method',       'DPoP',   await proof({ htm: 'GET' })],
    ['for another address',      'DPoP',   await proof({ htu: `${site}/filling` })],
    ['for another token',        'DPoP',   await proof({ ath: createHash('sha256').update('x').digest('base64url') })],
    ['of ten minutes ago',       'DPoP',   await proof({ iat: good.iat - 600 })],
    ['of the day after',         'DPoP',   await proof({ iat: good.iat + 86_400 })],
    ['without a name of its own', 'DPoP',  await proof({ jti: undefined })],
    ['of nothing',               'DPoP',   'x.y.z'],
  ]
  for (const [what, scheme, dpop] of cases) assert.equal(await send(scheme, dpop), refused, what)
})
