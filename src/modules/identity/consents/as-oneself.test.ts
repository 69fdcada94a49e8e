import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as client from 'openid-client'
import { headingOf, redirectUri } from '../../../../test/logins.ts'
import { aListeningSite } from '../../../../test/relying-party.ts'
import { aPersonAt, aService, ask, requestOf, signIn, type Visitor } from '../../../../test/service.ts'
import { insertPerson } from '../people/people.sql.ts'

const first = await aListeningSite()
const { site, sql } = first
const service = await aService(first, 'tide-tables')

/** Lets a person act for somebody else in their browser from now on. */
async function actFor({ id, browser }: Visitor): Promise<string> {
  const other = `${id}-s-child`
  await insertPerson(sql, other, { en: 'Wendy Weir', 'zh-Hant': '韋雲' })
  const [mandate] = await sql<{ id: string }[]>`
    insert into identity.mandate (kind, principal_id, agent_id, granted_by, accepted_at, expires_at)
    values ('helper', ${other}, ${id}, ${other}, now(), now() + interval '1 day')
    returning id`
  await browser.post('/account/acting', { as: `mandate/${mandate!.id}` })
  return other
}
const nowOf = async ({ browser }: Visitor) => JSON.parse((await browser.open('/account/acting.json')).text).now
const fieldsOf = (text: string) => ({
  as: /name="as" value="([^"]+)"/.exec(text)![1]!,
  next: /name="next" value="([^"]+)"/.exec(text)![1]!,
})

test('who acts for somebody else is told that a service would know them alone, and goes on as themselves', async () => {
  const who = await aPersonAt(first)
  await actFor(who)
  const { page, exchange } = await ask(service, who.browser)
  assert.equal(page.status, 403)
  assert.match(headingOf(page.text), /Tide tables will know you as yourself/)
  assert.match(page.text, /You act for Wendy Weir now/)
  assert.doesNotMatch(page.text, /value="agree"/)
  const agreedAllTheSame = await who.browser.post(page.url, { answer: 'agree', version: 'any' })
  assert.match(headingOf(agreedAllTheSame.text), /as yourself/)
  const asked = await who.browser.post('/account/acting', fieldsOf(page.text))
  assert.equal(asked.url.pathname, page.url.pathname)
  assert.deepEqual(await nowOf(who), { organisation: null, onBehalfOf: null })
  const { url } = await who.browser.agree(asked)
  assert.ok((await exchange(url)).id_token)
})

test('who agreed before is not signed in silently while they act for somebody else', async () => {
  const who = await aPersonAt(first)
  await signIn(service, who.browser)
  const other = await actFor(who)
  const silent = await ask(service, who.browser, { prompt: 'none' })
  assert.equal(silent.page.url.searchParams.get('error'), 'interaction_required')
  const { page, exchange } = await ask(service, who.browser)
  assert.match(headingOf(page.text), /as yourself/)
  // Neither is who goes round the page.
  const round = await who.browser.open(`/id/auth/${page.url.pathname.split('/').at(-1)}`)
  assert.equal(round.url.pathname, page.url.pathname)
  assert.equal((await nowOf(who)).onBehalfOf, other)
  const { url } = await who.browser.post('/account/acting', fieldsOf(page.text))
  assert.ok((await exchange(url)).id_token, url.href)
})

test('who acts for somebody else can refuse: the service is told, and they still act for them', async () => {
  const who = await aPersonAt(first)
  const other = await actFor(who)
  const { page } = await ask(service, who.browser)
  const { url } = await who.browser.post(page.url, { answer: 'refuse' })
  assert.equal(url.href.split('?')[0], redirectUri)
  assert.equal(url.searchParams.get('error'), 'access_denied')
  assert.equal((await nowOf(who)).onBehalfOf, other)
})

test('a form is filled in as oneself too, and refused in whosever name one acts', async () => {
  const who = await aPersonAt(first)
  await actFor(who)
  const { access_token: token } = await client.clientCredentialsGrant(service.config, {
    scope: 'filling',
    resource: site,
  })
  const order = {
    fields: [{ name: 'name' }],
    purpose: { en: 'To book a berth', 'zh-Hant': '預約泊位' },
    redirect_uri: redirectUri,
    state: 'browser-of-the-visitor',
  }
  const answer = await fetch(`${site}/filling`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(order),
  })
  const { address } = (await answer.json()) as { address: string }
  const page = await who.browser.open(address)
  assert.equal(page.status, 403)
  assert.match(headingOf(page.text), /as yourself/)
  const sent = await who.browser.post(page.url, { answer: 'agree', field: 'name', version: 'any' })
  assert.match(headingOf(sent.text), /as yourself/)
  const { url } = await who.browser.post(page.url, { answer: 'refuse' })
  assert.equal(url.searchParams.get('error'), 'access_denied')
})

test('acting as oneself leads back to a page of this site alone', async () => {
  const who = await aPersonAt(first)
  const { url } = await requestOf(service)
  for (const next of ['//elsewhere.example/', url.href, '/\\elsewhere.example']) {
    const refused = await who.browser.post('/account/acting', { as: 'myself', next })
    assert.equal(refused.status, 400, next)
  }
})
