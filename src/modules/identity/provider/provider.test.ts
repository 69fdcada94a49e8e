import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import * as client from 'openid-client'
import { aClient, aRequest, discover, headingOf, login, secret } from '../../../../test/logins.ts'
import { aBrowserAt, aListeningSite, formOf } from '../../../../test/relying-party.ts'
import { logoutJob } from '../sessions/sessions.sql.ts'
import { tellServiceOfLogout } from './provider.ts'
import { hashOf, insertOnce } from './records.sql.ts'

const first = await aListeningSite()
const { site } = first
await aClient(first, 'tide-tables', {
  post_logout_redirect_uris: ['https://service.example/'],
  authorization_details_types: ['data_exchange'],
})
const config = await discover(site, 'tide-tables')

test('a client that we did not write signs a person in, refreshes, asks who it is, and signs out', async () => {
  const { tokens, browser } = await login(site, config)
  const claims = tokens.claims()!
  assert.equal(claims.acr, 'urn:praya:level:1')
  assert.deepEqual(claims.amr, ['demo'])
  assert.ok(Number.isInteger(claims.auth_time))
  assert.notEqual(claims.sub, 'ada-quay')
  const info = await client.fetchUserInfo(config, tokens.access_token, claims.sub)
  assert.equal(info.name, 'Ada Quay')
  const again = await client.refreshTokenGrant(config, tokens.refresh_token!)
  assert.notEqual(again.refresh_token, tokens.refresh_token)
  const logout = client.buildEndSessionUrl(config, {
    id_token_hint: tokens.id_token!,
    post_logout_redirect_uri: 'https://service.example/',
  })
  const asked = await browser.open(logout)
  const [, xsrf] = /name="xsrf" value="([^"]+)"/.exec(asked.text)!
  const [, action] = /<form method="post" action="([^"]+)"/.exec(asked.text)!
  const left = await browser.post(action!, { xsrf: xsrf!, logout: 'yes' })
  assert.equal(left.url.href.split('?')[0], 'https://service.example/')
  assert.equal((await browser.open('/account')).url.pathname, '/eng/sign-in')
})

test('two services know one person by two names that cannot be joined, and each by the same name again', async () => {
  await aClient(first, 'harbour-fees', { redirect_uris: ['https://fees.example/callback'] })
  const other = await discover(site, 'harbour-fees')
  const one = (await login(site, config)).tokens.claims()!.sub
  const two = (await login(site, other, { redirect_uri: 'https://fees.example/callback' })).tokens.claims()!.sub
  assert.notEqual(one, two)
  assert.equal((await login(site, config)).tokens.claims()!.sub, one)
  assert.notEqual((await login(site, config, {}, { person: 'ben-ledger' })).tokens.claims()!.sub, one)
})

test('a client for trials that names the host of a live one is told another name', async () => {
  const live = (await login(site, config)).tokens.claims()!.sub
  await aClient(first, 'pretender', {}, { secret, state: 'sandbox' })
  const pretender = await discover(site, 'pretender')
  assert.notEqual((await login(site, pretender)).tokens.claims()!.sub, live)
})

test('who agreed before is not asked again; prompt=none answers without a page, or says why it cannot', async () => {
  const { browser } = await login(site, config)
  const silent = await aRequest(config, { prompt: 'none', scope: 'openid profile' })
  const { url } = await browser.open(silent.url)
  assert.ok((await client.authorizationCodeGrant(config, url, silent.checks)).id_token)
  const stranger = await aBrowserAt(site).open((await aRequest(config, { prompt: 'none', scope: 'openid' })).url)
  assert.equal(stranger.url.searchParams.get('error'), 'login_required')
})

test('who goes on before answering is led back to what asks, and in a browser that did not begin it nowhere', async () => {
  const { browser } = await login(site, config)
  const asked = await browser.open((await aRequest(config)).url)
  assert.ok(asked.text.includes('name="answer"'), headingOf(asked.text))
  const onwards = `/id/auth/${asked.url.pathname.split('/').at(-1)}`
  assert.equal((await browser.open(onwards)).url.pathname, asked.url.pathname)
  const elsewhere = await aBrowserAt(site).open(onwards)
  assert.equal(elsewhere.status, 400, headingOf(elsewhere.text))
  const agreed = await browser.agree(asked)
  assert.ok(agreed.url.searchParams.has('code'), headingOf(agreed.text))
})

test('a refusal that was kept and not carried out stays one, also where as much was agreed to before', async () => {
  await login(site, config)
  const browser = aBrowserAt(site)
  const next = (await browser.open((await aRequest(config, {}, { scope: 'openid' })).url)).url.searchParams.get('next')!
  const id = hashOf(next.split('/').at(-1)!).toString('hex')
  await insertOnce(first.sql, { key: { model: 'InteractionAnswer', id }, payload: { answer: 'refuse' }, seconds: 60 })
  const { url } = await browser.post('/eng/sign-in', { person: 'ada-quay', next })
  assert.equal(url.searchParams.get('error'), 'access_denied', url.href)
})

test('what is posted to the address of a request that waits answers nothing, and it can still be answered', async () => {
  const { browser } = await login(site, config)
  await browser.post('/eng/sign-out')
  const waiting = (await browser.open((await aRequest(config, {}, { scope: 'openid' })).url)).url.searchParams.get(
    'next',
  )!
  await browser.post('/eng/sign-in', { person: 'ada-quay' })
  const onwards = `/id/auth/${waiting.split('/').at(-1)}`
  assert.equal((await browser.post(onwards)).status, 404)
  const { url } = await browser.open(waiting)
  assert.ok(url.searchParams.has('code'), url.href)
})

test('an answer that was given but not carried out is nothing to whoever signs in after', async () => {
  await login(site, config, {}, { person: 'ben-ledger' })
  const browser = aBrowserAt(site)
  const next = (await browser.open((await aRequest(config)).url)).url.searchParams.get('next')!
  const asked = await browser.post('/eng/sign-in', { person: 'ada-quay', next })
  const headers = { cookie: browser.cookie(), origin: site }
  const body = new URLSearchParams([...formOf(asked.text), ['answer', 'agree']])
  const agreed = await fetch(asked.url, { method: 'POST', redirect: 'manual', headers, body })
  const onwards = agreed.headers.get('location')!
  assert.match(onwards, /\/id\/auth\//)
  await browser.post('/eng/sign-out')
  assert.equal((await browser.open(onwards)).url.pathname, '/eng/sign-in')
  await browser.post('/eng/sign-in', { person: 'ben-ledger' })
  const question = await browser.open(onwards)
  assert.equal(question.url.pathname, asked.url.pathname)
  assert.ok((await browser.agree(question)).url.searchParams.has('code'))
  const { url } = await browser.open((await aRequest(config, {}, { scope: 'openid profile' })).url)
  assert.ok(url.searchParams.has('code'), url.href)
})

test('a scope that is a client’s own is not asked of a person, nor given by one', async () => {
  const { browser } = await login(site, config)
  const { url, checks } = await aRequest(config, { resource: site, scope: 'openid filling' })
  const { url: back } = await browser.agree(await browser.open(url))
  assert.ok(back.searchParams.has('code'), back.href)
  const tokens = await client.authorizationCodeGrant(config, back, checks, { resource: site })
  assert.doesNotMatch(String((await client.tokenIntrospection(config, tokens.access_token)).scope), /filling/)
})

test('a service that wants somebody else is told that another person is signed in', async () => {
  const { tokens } = await login(site, config)
  const { browser } = await login(site, config, {}, { person: 'ben-ledger' })
  const { sub } = tokens.claims()!
  const wanted: Record<string, string>[] = [
    { id_token_hint: tokens.id_token! },
    { claims: JSON.stringify({ id_token: { sub: { value: sub } } }) },
  ]
  for (const more of wanted) {
    const { url } = await aRequest(config, more, { scope: 'openid profile' })
    const { url: back } = await browser.open(url)
    assert.equal(back.searchParams.get('error'), 'login_required', back.href)
    // Likewise whoever signs in on the way.
    const elsewhere = aBrowserAt(site)
    const next = (await elsewhere.open(url)).url.searchParams.get('next')!
    const page = await elsewhere.post('/eng/sign-in', { person: 'ben-ledger', next })
    assert.equal(page.url.searchParams.get('error'), 'login_required', page.url.href)
    const right = aBrowserAt(site)
    const itsNext = (await right.open(url)).url.searchParams.get('next')!
    const led = await right.post('/eng/sign-in', { person: 'ada-quay', next: itsNext })
    assert.ok(led.url.searchParams.has('code'), led.url.href)
  }
})

test('a level that nobody has here is refused, and one that was proven meanwhile or is surpassed is met', async () => {
  const by = { person: 'cora-post' }
  const { browser } = await login(site, config, {}, by)
  const answerTo = async (acr: object) => {
    const claims = JSON.stringify({ id_token: { acr: { essential: true, ...acr } } })
    const { url, checks } = await aRequest(config, { claims }, { scope: 'openid profile' })
    return { back: (await browser.open(url)).url, checks }
  }
  for (const acr of [{ value: 'urn:elsewhere' }, { values: ['urn:elsewhere', 'urn:other'] }])
    assert.equal((await answerTo(acr)).back.searchParams.get('error'), 'unmet_authentication_requirements')
  await first.sql`
    insert into identity.proof (person_id, level, method, expires_at)
    values (${by.person}, 2, 'register', now() + interval '1 day')`
  // The session at the provider is of before, and is told without a question.
  for (const value of ['urn:praya:level:2', 'urn:praya:level:1']) {
    const { back, checks } = await answerTo({ value })
    const tokens = await client.authorizationCodeGrant(config, back, checks)
    assert.equal(tokens.claims()!.acr, 'urn:praya:level:2', value)
  }
})

test('a proof that ended is told no more, neither of the next login nor by what was given before', async () => {
  const person = 'ada-quay'
  const prove = () => first.sql`
    insert into identity.proof (person_id, level, method, expires_at)
    values (${person}, 3, 'counter', now() + interval '1 day')`
  const end = () => first.sql`update identity.proof set withdrawn_at = now() where person_id = ${person} and level = 3`
  await prove()
  const { browser, tokens } = await login(site, config, {}, { person })
  assert.equal(tokens.claims()!.acr, 'urn:praya:level:3')
  const request = () => aRequest(config, {}, { scope: 'openid profile' })
  const before = await request()
  const code = await browser.open(before.url)
  await end()
  // biome-ignore format: matrix
  const told = [
    ['by a code of before', await client.authorizationCodeGrant(config, code.url, before.checks)],
    ['by a refresh token',  await client.refreshTokenGrant(config, tokens.refresh_token!)],
  ] as const
  for (const [what, set] of told) assert.equal(set.claims()!.acr, 'urn:praya:level:1', what)
  const silent = await aRequest(config, { prompt: 'none' }, { scope: 'openid' })
  assert.equal((await browser.open(silent.url)).url.searchParams.get('error'), 'login_required')
  const after = await request()
  const back = await browser.open(after.url)
  assert.ok(back.url.searchParams.has('code'), 'nobody is asked for it')
  // Not because the token is held to what is proven: the session itself was told.
  await prove()
  const next = await client.authorizationCodeGrant(config, back.url, after.checks)
  assert.equal(next.claims()!.acr, 'urn:praya:level:1')
  await end()
})

test('max_age and prompt=login ask for the person again', async ({ mock }) => {
  const { browser } = await login(site, config)
  // Both are reckoned in whole seconds.
  mock.timers.enable({ apis: ['Date'], now: Date.now() + 2000 })
  for (const more of [{ max_age: '0' }, { prompt: 'login' }] as Record<string, string>[]) {
    const page = await browser.open((await aRequest(config, { ...more, scope: 'openid' })).url)
    assert.match(page.url.pathname, /\/sign-in\/again$/, JSON.stringify(more))
  }
})

test('what is essential decides the level, whatever else the service would like', async () => {
  const { browser } = await login(site, config)
  const claims = JSON.stringify({ id_token: { acr: { essential: true, value: 'urn:praya:level:3' } } })
  const { url } = await aRequest(config, { claims, acr_values: 'urn:praya:level:1' }, { scope: 'openid' })
  const page = await browser.open(url)
  assert.match(page.url.pathname, /\/sign-in\/again$/)
  assert.equal(page.url.searchParams.get('level'), '3')
  const voluntary = JSON.stringify({ id_token: { acr: { value: 'urn:praya:level:3' } } })
  const either = await aRequest(config, { claims: voluntary, acr_values: 'urn:praya:level:1' }, { scope: 'openid' })
  assert.ok((await browser.open(either.url)).url.searchParams.has('code'))
})

test('a service that needs a higher level has the person prove more first', async () => {
  const { browser } = await login(site, config)
  const page = await browser.open((await aRequest(config, { acr_values: 'urn:praya:level:2' })).url)
  assert.match(page.url.pathname, /\/sign-in\/again$/)
  assert.equal(page.url.searchParams.get('level'), '2')
  const essential = { id_token: { acr: { essential: true, values: ['urn:praya:level:3'] } } }
  const other = await browser.open((await aRequest(config, { claims: JSON.stringify(essential) })).url)
  assert.equal(other.url.searchParams.get('level'), '3')
  // By what somebody’s document is to be proven is no word on how they sign in.
  const verification = { trust_framework: null, assurance_level: { value: 'urn:praya:level:1' } }
  const claims = JSON.stringify({ userinfo: { verified_claims: { verification, claims: { birthdate: null } } } })
  const both = await browser.open((await aRequest(config, { acr_values: 'urn:praya:level:2', claims })).url)
  assert.equal(both.url.searchParams.get('level'), '2')
  const none = await aRequest(config, { prompt: 'none', acr_values: 'urn:praya:level:2', scope: 'openid' })
  assert.equal((await browser.open(none.url)).url.searchParams.get('error'), 'unmet_authentication_requirements')
})

test('a refusal of the person goes back to the service as access_denied', async () => {
  const browser = aBrowserAt(site)
  const { url, params } = await aRequest(config)
  const page = await browser.open(url)
  const asked = await browser.post('/eng/sign-in', {
    person: 'ada-quay',
    next: page.url.searchParams.get('next')!,
  })
  const refused = await browser.post(asked.url.pathname, { answer: 'refuse' })
  assert.equal(refused.url.searchParams.get('error'), 'access_denied')
  assert.equal(refused.url.searchParams.get('state'), params.state)
})

test('a token of a client alone is introspected, and revoked', async () => {
  const tokens = await client.clientCredentialsGrant(config)
  assert.equal(tokens.refresh_token, undefined)
  const seen = await client.tokenIntrospection(config, tokens.access_token)
  assert.deepEqual([seen.active, seen.client_id], [true, 'tide-tables'])
  await client.tokenRevocation(config, tokens.access_token)
  assert.deepEqual(await client.tokenIntrospection(config, tokens.access_token), { active: false })
})

test('two services opened at once in one browser do not disturb each other, and a stranger’s browser answers neither', async () => {
  const browser = aBrowserAt(site)
  const other = await discover(site, await aClient(first, 'ferry-tables'))
  const [one, two] = [await aRequest(config, { scope: 'openid' }), await aRequest(other, { scope: 'openid' })]
  const [pageOne, pageTwo] = [await browser.open(one.url), await browser.open(two.url)]
  const waiting = pageOne.url.searchParams.get('next')!
  const stranger = await aBrowserAt(site).post('/eng/sign-in', { person: 'ada-quay', next: waiting })
  assert.match(stranger.text, /began in another browser/, headingOf(stranger.text))
  for (const [page, at, { checks }] of [
    [pageOne, config, one],
    [pageTwo, other, two],
  ] as const) {
    const next = page.url.searchParams.get('next')!
    const question = await browser.post('/eng/sign-in', { person: 'ada-quay', next })
    const { url: back } = await browser.agree(question)
    assert.ok((await client.authorizationCodeGrant(at, back, checks)).id_token)
  }
})

test('a browser that is sent here again and again holds the last ten requests, and no more', async () => {
  const browser = aBrowserAt(site)
  const asked: URL[] = []
  for (let each = 0; each < 24; each++) asked.push((await browser.open((await aRequest(config)).url)).url)
  assert.equal([...browser.jar.keys()].filter((name) => name.startsWith('praya_request_')).length, 10)
  const headingAt = async (at: number) => headingOf((await browser.open(asked.at(at)!.searchParams.get('next')!)).text)
  await browser.post('/eng/sign-in', { person: 'ada-quay', next: '/' })
  assert.match(await headingAt(-1), /Tide tables/)
  assert.match(await headingAt(-10), /Tide tables/)
  const gone = await browser.open(asked.at(-11)!.searchParams.get('next')!)
  assert.match(gone.text, /began in another browser/)

  // One that holds many from before is rid of them by and by, in answers that every proxy reads.
  const many = Array.from({ length: 100 }, (_, at) => `praya_request_${String(at).padStart(21, 'x')}=1`)
  const answer = await fetch((await aRequest(config)).url, { redirect: 'manual', headers: { cookie: many.join('; ') } })
  const set = answer.headers.getSetCookie()
  assert.equal(set.filter((each) => each.startsWith('praya_request_') && /1970/.test(each)).length, 20)
})

test('a token of a client alone stands for itself on every process, and only as it was sealed', async () => {
  const { access_token: token } = await client.clientCredentialsGrant(config)
  const rows = await first.sql`select model from identity.provider_record where model = 'ClientCredentials' limit 1`
  assert.equal(rows.length, 0)
  const second = await aListeningSite({ beside: { urls: first.urls } })
  const seenElsewhere = async (path: string, sent: string) => {
    const headers = { authorization: `Basic ${btoa(`tide-tables:${encodeURIComponent(secret)}`)}` }
    const body = new URLSearchParams({ token: sent })
    return (await fetch(`${second.site}/id/token/${path}`, { method: 'POST', headers, body })).text()
  }
  const at = token.length >> 1
  const changed = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`
  assert.match(await seenElsewhere('introspection', changed), /"active":false/)
  assert.match(await seenElsewhere('introspection', token), /"active":true/)
  await seenElsewhere('revocation', token)
  assert.deepEqual(await client.tokenIntrospection(config, token), { active: false })
})

test('a client sees nothing of the tokens of another', async () => {
  await aClient(first, 'curious')
  const curious = await discover(site, 'curious')
  const { tokens } = await login(site, config)
  assert.equal((await client.tokenIntrospection(curious, tokens.refresh_token!)).active, false)
  await client.tokenRevocation(curious, tokens.refresh_token!).catch(() => undefined)
  assert.equal((await client.tokenIntrospection(config, tokens.refresh_token!)).active, true)
})

test('what a service asks to read of a department goes into code, token and introspection as it was agreed', async () => {
  const detail = {
    type: 'data_exchange',
    actions: ['read'],
    datatypes: ['immd/residence'],
    purpose: 'To know which tide is yours',
  }
  const { url, checks } = await aRequest(config, { authorization_details: JSON.stringify([detail]) })
  const browser = aBrowserAt(site)
  const page = await browser.open(url)
  const asked = await browser.post('/eng/sign-in', { person: 'ada-quay', next: page.url.searchParams.get('next')! })
  assert.match(asked.text, /Read immd\/residence in your name, for this purpose: To know which tide is yours/)
  const { url: back } = await browser.agree(asked)
  const tokens = await client.authorizationCodeGrant(config, back, checks)
  assert.deepEqual(tokens.authorization_details, [detail])
  const seen = await client.tokenIntrospection(config, tokens.access_token)
  assert.deepEqual(seen.authorization_details, [detail])
  const wrong = await aRequest(config, { authorization_details: JSON.stringify([{ ...detail, actions: ['write'] }]) })
  assert.equal((await browser.open(wrong.url)).url.searchParams.get('error'), 'invalid_authorization_details')
})

/** A service that is told of logouts at an address of its own, and what it was told. */
async function aListener(id: string) {
  const told: string[] = []
  const state = { status: 200 }
  const service = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => {
      body += part
    })
    request.on('end', () => {
      if (state.status === 200) told.push(new URLSearchParams(body).get('logout_token')!)
      response.writeHead(state.status).end()
    })
  })
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve))
  after(() => service.close())
  const address = `http://127.0.0.1:${(service.address() as AddressInfo).port}/logout`
  await aClient(first, id, { backchannel_logout_uri: address, backchannel_logout_session_required: true })
  const its = await discover(site, id)
  const keys = createRemoteJWKSet(new URL(its.serverMetadata().jwks_uri!))
  const expected = { issuer: `${site}/id`, audience: id, typ: 'logout+jwt' }
  const read = async () => (await jwtVerify(told.shift()!, keys, expected)).payload
  return { config: its, told, state, read }
}

const logoutEvent = { 'http://schemas.openid.net/event/backchannel-logout': {} }

test('a service is told over the back channel that its person signed out at another one', async () => {
  const { config: its, told, read } = await aListener('told')
  const { tokens, browser } = await login(site, its)
  const asked = await browser.open(client.buildEndSessionUrl(its, { id_token_hint: tokens.id_token! }))
  const [, xsrf] = /name="xsrf" value="([^"]+)"/.exec(asked.text)!
  const out = await browser.post('/id/session/end/confirm', { xsrf: xsrf!, logout: 'yes' })
  assert.equal(told.length, 1)
  const { sub, sid, events } = await read()
  assert.deepEqual({ sub, sid, events }, { sub: tokens.claims()!.sub, sid: tokens.claims()!.sid, events: logoutEvent })
  assert.match(out.text, /You are signed out/)
  assert.doesNotMatch(out.text, /Ada Quay/)
})

test('a service is told when the session ends here, however it ends, and again until it takes it', async () => {
  const { config: its, told, state, read } = await aListener('told-later')
  const { sql, installation } = first
  const jobs = () => sql<{ payload: unknown }[]>`
    with gone as (
      delete from graphile_worker._private_jobs as job using graphile_worker._private_tasks as task
      where task.id = job.task_id and task.identifier = ${logoutJob}
      returning job.payload)
    select payload from gone`
  for (const end of ['/eng/sign-out', '/eng/account/sessions/end-others'] as const) {
    const { tokens, browser } = await login(site, its)
    if (end === '/eng/sign-out') await browser.post(end)
    else {
      const { browser: elsewhere } = await login(site, config)
      await elsewhere.post(end)
    }
    const queued = await jobs()
    assert.equal(queued.length, 1, end)
    state.status = 503
    await assert.rejects(tellServiceOfLogout(installation, queued[0]!.payload))
    state.status = 200
    await tellServiceOfLogout(installation, queued[0]!.payload)
    assert.equal(told.length, 1)
    assert.equal((await read()).sid, tokens.claims()!.sid)
  }
})

test('closing a browser’s session ends what was given in it, unless it was to last without the person', async () => {
  const { tokens, browser } = await login(site, config, { scope: 'openid profile' })
  const kept = (await login(site, config, {}, { browser })).tokens
  await browser.post('/eng/sign-out')
  await assert.rejects(client.fetchUserInfo(config, tokens.access_token, tokens.claims()!.sub))
  assert.ok((await client.refreshTokenGrant(config, kept.refresh_token!)).access_token)
})

test('the provider says at its addresses what it serves', async () => {
  const metadata = config.serverMetadata()
  assert.equal(metadata.issuer, `${site}/id`)
  assert.deepEqual(metadata.subject_types_supported, ['pairwise'])
  assert.deepEqual(metadata.code_challenge_methods_supported, ['S256'])
  assert.deepEqual(metadata.response_types_supported, ['code'])
  assert.ok(!metadata.id_token_signing_alg_values_supported!.some((alg) => alg === 'none' || alg.startsWith('HS')))
  const elsewhere = await fetch(`${site}/.well-known/oauth-authorization-server/id`)
  assert.equal(((await elsewhere.json()) as { issuer: string }).issuer, metadata.issuer)
  const { keys } = (await (await fetch(metadata.jwks_uri!)).json()) as { keys: Record<string, unknown>[] }
  for (const key of keys) assert.equal(key.d, undefined)
})

test('who is sent here to sign out in a way that cannot be answered reads what is wrong, and how to sign out', async () => {
  const { tokens, browser } = await login(site, config)
  const asked = client.buildEndSessionUrl(config, {
    id_token_hint: tokens.id_token!,
    post_logout_redirect_uri: 'https://service.example/not-registered',
  })
  const page = await browser.open(asked)
  assert.equal(page.status, 400)
  assert.match(headingOf(page.text), /You are not signed out here/)
  assert.match(page.text, /led on to an address that is not registered for it/)
  assert.match(page.text, /<a href="\/eng\/sign-out">Sign out<\/a>/)
  assert.equal((await browser.open('/account')).status, 200)
})

test('what a service asked wrongly can be read in every language', async () => {
  const { url } = await aRequest(config, { redirect_uri: 'https://service.example/other' })
  const page = await aBrowserAt(site).open(url)
  assert.match(headingOf(page.text), /cannot go on/)
  const [, address] = /<a href="([^"]+)" hreflang="zh-Hant"/.exec(page.text)!
  const other = await aBrowserAt(site).open(address!.replaceAll('&amp;', '&'))
  assert.match(other.text, /登入程序無法繼續/)
  assert.match(other.text, /invalid_redirect_uri/)
})
