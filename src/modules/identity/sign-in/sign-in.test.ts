import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { start } from '#test'
import { aClient, aRequest, discover, login, secret } from '../../../../test/logins.ts'
import { aBrowserAt, aListeningSite } from '../../../../test/relying-party.ts'
import { insertFilling, refuseFilling } from '../filling/filling.sql.ts'
import { sessionOf } from '../testing/browser-of.ts'

test('who may not do something is led to the people of the demonstration, and only there', async () => {
  for (const demonstration of [true, false]) {
    const { app, as } = await start({ demonstration })
    const { statusCode, body } = await app.inject({
      url: '/eng/estimates/import',
      headers: { accept: 'text/html', ...(await as()) },
    })
    assert.equal(statusCode, 403)
    assert.equal(body.includes('href="/eng/sign-in">Sign in as another person'), demonstration)
  }
})

test('who is signed in already reads as whom before signing in as somebody else', async () => {
  const { app } = await start()
  const open = async (headers = {}) =>
    (await app.inject({ url: '/eng/sign-in', headers: { accept: 'text/html', ...headers } })).body
  const signedIn = await app.inject({ method: 'POST', url: '/sign-in', payload: { person: 'ada-quay' } })
  assert.match(await open(sessionOf(signedIn)), /You are signed in as Ada Quay\./)
  assert.doesNotMatch(await open(), /You are signed in/)
})

test('who signs out is told so, and nobody who is signed in', async () => {
  const { app } = await start()
  const open = async (headers = {}) => {
    const { body } = await app.inject({ url: '/eng/sign-out', headers: { accept: 'text/html', ...headers } })
    return /<h1>(.*?)<\/h1>/.exec(body.replace(/<\/?span[^>]*>/g, ''))?.[1]
  }
  const headers = sessionOf(await app.inject({ method: 'POST', url: '/sign-in', payload: { person: 'ada-quay' } }))!
  assert.equal(await open(headers), 'Sign out of this browser?')
  const left = await app.inject({ method: 'POST', url: '/eng/sign-out', headers })
  assert.equal(left.headers.location, '/eng/sign-out')
  assert.equal(await open(headers), 'You are signed out')
  assert.equal(await open(), 'You are signed out')
})

test('the page names the service that sent this browser, for as long as its request can be answered, and no other', async () => {
  const listening = await aListeningSite()
  const { site, sql } = listening
  const by = { id: 'tide-tables', organisation: 'tally-office' }
  const config = await discover(site, await aClient(listening, by.id, {}, { secret, organisation: by.organisation }))
  const named = /Tide tables at https:\/\/service\.example sent you here to sign in\./
  const sent = async (browser = aBrowserAt(site)) => {
    const { url } = await browser.open((await aRequest(config)).url)
    return { browser, url: new URL(url) }
  }

  const { browser, url } = await sent()
  const { text } = await browser.open(url)
  assert.match(text, named)
  assert.match(text, /Run by [A-Z]/)
  assert.doesNotMatch(text, /In trial use/)
  assert.match(
    (await browser.open(`${url}`.replace('/eng/', '/han/'))).text,
    /潮汐表（https:\/\/service\.example）要求你登入。/,
  )
  const wrong = await browser.post('/eng/sign-in/passkey', {
    challenge: randomUUID(),
    response: '{}',
    next: url.searchParams.get('next')!,
  })
  assert.match(wrong.text, named, 'also where the passkey was refused')

  assert.doesNotMatch((await aBrowserAt(site).open(url)).text, named, 'a browser that was sent the address')
  for (const next of ['/account', `${url.searchParams.get('next')}/link`, `/sign-in/services/${'x'.repeat(43)}`])
    assert.doesNotMatch((await browser.open(`/eng/sign-in?next=${encodeURIComponent(next)}`)).text, named, next)

  await sql`update identity.client set state = 'sandbox' where id = ${by.id}`
  assert.match((await browser.open(url)).text, /In trial use/)
  await sql`update identity.client set state = 'suspended' where id = ${by.id}`
  assert.doesNotMatch((await browser.open(url)).text, named, 'a client that is suspended')
  await sql`update identity.client set state = 'live' where id = ${by.id}`
  assert.match((await browser.open(url)).text, named)
  await sql`update identity.provider_record set expires_at = now() where model = 'Interaction'`
  assert.doesNotMatch((await browser.open(url)).text, named, 'a request that is too old')

  // One that began in a session, which is still that of the same person, or ended meanwhile.
  const person = await login(site, config)
  const { url: asked } = await sent(person.browser)
  const page = `/eng/sign-in?next=${encodeURIComponent(asked.pathname.replace('/eng', ''))}`
  assert.match((await person.browser.open(page)).text, named)
  await person.browser.post('/eng/sign-out')
  assert.doesNotMatch((await person.browser.open(page)).text, named, 'the session ended in which it began')
})

test('who does not reach the level reads which service needs it, and goes back to it, which is told why', async () => {
  const listening = await aListeningSite()
  const { site, sql } = listening
  const config = await discover(site, await aClient(listening, 'tide-tables'))
  const essential = (acr: object) => ({ claims: JSON.stringify({ id_token: { acr: { essential: true, ...acr } } }) })
  // biome-ignore format: matrix
  const cases = [
    [{ acr_values: 'urn:praya:level:3' },                    'access_denied'],
    [essential({ value: 'urn:praya:level:3' }),              'unmet_authentication_requirements'],
    [essential({ values: ['urn:praya:level:2'] }),           'unmet_authentication_requirements'],
    [{ prompt: 'login' },                                    'access_denied'],
  ] as const
  for (const [more, error] of cases) {
    const { browser } = await login(site, config)
    await sql`update identity.session set authenticated_at = now() - interval '1 hour'`
    const { url, params } = await aRequest(config, more as Record<string, string>, { scope: 'openid' })
    const page = await browser.open(url)
    assert.match(page.url.pathname, /\/sign-in\/again$/)
    assert.match(
      page.text,
      /Tide tables at https:\/\/service\.example (needs level \d; your account|asks you to confirm)/,
    )
    assert.match(page.text, /Not now: go back to Tide tables/)
    const refused = await browser.post(page.url.searchParams.get('next')!, { answer: 'refuse' })
    assert.equal(refused.url.searchParams.get('error'), error, JSON.stringify(more))
    assert.equal(refused.url.searchParams.get('state'), params.state)
  }
  // Whoever only has the address of the page is told of no service.
  const { browser } = await login(site, config)
  const { url } = await browser.open((await aRequest(config, { acr_values: 'urn:praya:level:3' })).url)
  const other = (await login(site, config)).browser
  assert.doesNotMatch((await other.open(url.pathname + url.search)).text, /Tide tables/)
})

test('the page names the service whose form waits, for as long as it waits', async () => {
  const listening = await aListeningSite()
  const { site, installation, sql } = listening
  const id = await aClient(listening, 'tide-tables')
  const form = {
    fields: [{ name: 'email' }],
    purpose: { en: 'To book a berth', 'zh-Hant': '預約泊位' },
    redirect_uri: 'https://service.example/callback',
    state: 'browser-of-the-visitor',
  }
  const { handle } = (await insertFilling(sql, installation, id, form))!
  const open = async () => (await aBrowserAt(site).open(`/filling/${handle}`)).text
  assert.match(await open(), /Tide tables at https:\/\/service\.example sent you here to sign in\./)
  await refuseFilling(sql, handle)
  assert.doesNotMatch((await aBrowserAt(site).open(`/eng/sign-in?next=/filling/${handle}`)).text, /Tide tables/)
})
