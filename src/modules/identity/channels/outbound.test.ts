import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as client from 'openid-client'
import { aBrowserAt, aListeningSite } from '../../../../test/relying-party.ts'
import { aPersonAt } from '../../../../test/service.ts'
import { insertClient } from '../provider/clients.sql.ts'
import { listAlerts } from '../testing/alerts.sql.ts'
import { reservePlatform, shopUri, startForeignPlatform } from '../testing/foreign-platform.ts'
import { theirsOf } from './definitions.ts'

const first = await aListeningSite()
const { site, sql, installation, app } = first

/** A platform of the pack, started for real and registered here as the client that it is. */
async function aPlatform(channel: string) {
  const reserved = await reservePlatform()
  const secret = 'a secret of the platform'
  await insertClient(sql, installation.vault, {
    id: channel,
    name: { en: channel, 'zh-Hant': channel },
    metadata: {
      redirect_uris: [reserved.redirectUri],
      token_endpoint_auth_method: 'client_secret_basic',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    },
    secret,
    channel,
    state: 'live',
  })
  return startForeignPlatform(reserved, { issuer: `${site}/id`, id: channel, secret })
}
type Platform = Awaited<ReturnType<typeof aPlatform>>
type Browser = ReturnType<typeof aBrowserAt>

const neighbourland = await aPlatform('neighbourland')
const farshore = await aPlatform('farshore')

/** A shop of the platform sends somebody to sign in; ends where our own pages ask something of the person. */
async function arrive(platform: Platform, ours: Browser, person = 'ada-quay') {
  const there = aBrowserAt(platform.issuer)
  const checks = { pkceCodeVerifier: client.randomPKCECodeVerifier(), expectedState: client.randomState() }
  const start = client.buildAuthorizationUrl(platform.shop, {
    redirect_uri: shopUri,
    scope: 'openid',
    acr_values: 'low',
    state: checks.expectedState,
    code_challenge: await client.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
    code_challenge_method: 'S256',
  })
  let page = await ours.open((await there.open(start)).url)
  if (page.url.pathname.endsWith('/sign-in'))
    page = await ours.post('/eng/sign-in', { person, next: page.url.searchParams.get('next')! })
  return { page, there, checks }
}

/** From our answer by way of the platform back to the shop: who the shop is told that it is. */
async function comeBack(platform: Platform, { there, checks }: Awaited<ReturnType<typeof arrive>>, url: URL) {
  assert.equal(url.origin, platform.issuer, `still at ${url}`)
  const shop = await there.open(url)
  assert.equal(shop.url.origin + shop.url.pathname, shopUri, shop.text)
  const tokens = await client.authorizationCodeGrant(platform.shop, shop.url, checks)
  return tokens.claims()!
}

const isLinkPage = (url: URL) => /^\/eng\/sign-in\/services\/[\w-]+\/link$/.test(url.pathname)

/** All of it, with what stands on the page that asks. */
async function signInThere(platform: Platform, ours = aBrowserAt(site), person = 'ada-quay') {
  const arrived = await arrive(platform, ours, person)
  const asked = isLinkPage(arrived.page.url)
  const { url } = asked ? await ours.post(arrived.page.url.pathname, { answer: 'agree' }) : arrived.page
  const claims = await comeBack(platform, arrived, url)
  return { ours, asked, claims, tokens: platform.tokens.at(-1)! }
}

const bindingsOf = (person: string) => sql<{ id: string; channel: string; level: string; open: boolean }[]>`
  select id, channel, level, unbound_at is null as open
  from identity.channel_binding
  where person_id = ${person} and direction = 'outbound'
  order by bound_at`
const mine = async (ours: Browser) =>
  (
    (await (await fetch(`${site}/account/channels`, { headers: { cookie: ours.cookie() } })).json()) as {
      bindings: { id: string; direction: string; level: string }[]
    }
  ).bindings
const unlink = async (ours: Browser) => {
  const [binding] = await mine(ours)
  return ours.post(`/eng/account/channels/${binding!.id}/unlink`)
}
const acts = async (person: string) =>
  (await sql`select event from platform.audit_event where actor = ${person} order by id`).map(({ event }) => event)

test('a person reads what linking means, agrees once, and signs in to a shop over there by a name made for the link', async () => {
  const ours = aBrowserAt(site)
  const arrived = await arrive(neighbourland, ours)
  assert.ok(isLinkPage(arrived.page.url), arrived.page.url.href)
  assert.match(arrived.page.text, /<title>Link this account with Neighbourland Sign-in/)
  assert.match(arrived.page.text, /Your level here, 1, as its level low/)
  assert.match(arrived.page.text, /A number for you that only this service knows/)
  assert.match(arrived.page.text, /It knows you by a number that is made for this link alone/)
  assert.ok(arrived.page.text.includes(new URL(neighbourland.issuer).origin))
  assert.deepEqual([...(await bindingsOf('ada-quay'))], [], 'nothing is bound before the person agrees')
  const answered = await ours.post(arrived.page.url.pathname, { answer: 'agree' })
  const claims = await comeBack(neighbourland, arrived, answered.url)
  assert.equal(claims.acr, 'low')
  const [told] = neighbourland.tokens
  assert.equal(told!.claims()!.sub, claims.sub)
  assert.equal(told!.claims()!.acr, 'urn:praya:level:1')
  const info = await client.fetchUserInfo(neighbourland.config, told!.access_token, claims.sub)
  assert.equal(info.channel_level, 'low')
  assert.equal(info.name, undefined, 'what was not asked for is not told')

  const again = await signInThere(neighbourland, ours)
  assert.deepEqual([again.asked, again.claims.sub], [false, claims.sub], 'who is linked is not asked again')
  const elsewhere = await signInThere(neighbourland)
  assert.deepEqual([elsewhere.asked, elsewhere.claims.sub], [false, claims.sub], 'in whichever browser')
  assert.deepEqual(
    (await mine(ours)).map(({ direction, level }) => [direction, level]),
    [['outbound', 'low']],
  )
  assert.deepEqual(await listAlerts(sql, 'ada-quay'), ['channel-linked'])
  const events = await acts('ada-quay')
  assert.equal(events.filter((event) => event === 'identity.channel-linked').length, 1)
  assert.equal(events.filter((event) => event === 'identity.consent-given').length, 1)
  const [receipt] = await sql<{ sentences: string[] }[]>`
    select receipt -> 'sentences' as sentences from identity.consent where person_id = 'ada-quay'`
  assert.ok(receipt!.sentences.some((sentence) => sentence.includes('as its level low')))
})

test('unlinking ends tokens, consent and the name at once; linked again, the person has another one', async () => {
  const before = await signInThere(neighbourland)
  await unlink(before.ours)
  assert.deepEqual(await mine(before.ours), [])
  assert.equal((await listAlerts(sql, 'ada-quay')).at(-1), 'channel-unlinked')
  const { config } = neighbourland
  await assert.rejects(client.refreshTokenGrant(config, before.tokens.refresh_token!), { error: 'invalid_grant' })
  await assert.rejects(client.fetchUserInfo(config, before.tokens.access_token, before.claims.sub), { status: 401 })
  const counting = await sql`
    select 1 from identity.consent
    where person_id = 'ada-quay' and client_id = 'neighbourland' and withdrawn_at is null`
  assert.equal(counting.length, 0)
  assert.deepEqual(
    (await sql`select 1 from identity.provider_record where model = 'Grant' and account_id = 'ada-quay'`).length,
    0,
  )
  const after = await signInThere(neighbourland, before.ours)
  assert.equal(after.asked, true, 'the same browser is asked again')
  assert.notEqual(after.claims.sub, before.claims.sub)
  assert.equal((await acts('ada-quay')).at(-1), 'identity.consent-given')
  await client.refreshTokenGrant(config, after.tokens.refresh_token!)
})

test('a request that may not ask is told that there is something to agree to', async () => {
  const { ours } = await signInThere(neighbourland)
  neighbourland.asking.more = { prompt: 'none' }
  const silent = await arrive(neighbourland, ours)
  assert.ok(silent.page.url.searchParams.get('code'), 'who is linked')
  await unlink(ours)
  const refused = await arrive(neighbourland, ours)
  assert.equal(refused.page.url.searchParams.get('error'), 'consent_required')
  neighbourland.asking.more = {}
})

test('two platforms know the same person by two names, and each by its own level', async () => {
  const officer = 'cora-stamp'
  const one = await signInThere(neighbourland, aBrowserAt(site), officer)
  const other = await signInThere(farshore, one.ours, officer)
  assert.equal(other.asked, true)
  assert.notEqual(one.claims.sub, other.claims.sub)
  assert.deepEqual([one.claims.acr, other.claims.acr], ['high', 'B'])
  await sql`update identity.proof set withdrawn_at = now() where person_id = ${officer}`
  const info = await client.fetchUserInfo(farshore.config, other.tokens.access_token, other.claims.sub)
  assert.equal(info.channel_level, undefined, 'a level that stands for none of theirs is not told')
  const sunk = await client.fetchUserInfo(neighbourland.config, one.tokens.access_token, one.claims.sub)
  assert.equal(sunk.channel_level, 'low', 'a level that sank is told as it is now')
  await sql`update identity.proof set withdrawn_at = null where person_id = ${officer}`
})

test('somebody whose level counts for nothing over there is told so, and may go back or prove more', async () => {
  const ours = aBrowserAt(site)
  const arrived = await arrive(farshore, ours)
  assert.match(arrived.page.text, /takes people from level 2\. You are at level 1/)
  assert.match(arrived.page.text, /\/eng\/sign-in\/again\?level=2/)
  assert.doesNotMatch(arrived.page.text, /value="agree"/)
  const forced = await ours.post(arrived.page.url.pathname, { answer: 'agree' })
  assert.equal(forced.status, 403)
  assert.equal((await bindingsOf('ada-quay')).filter(({ channel }) => channel === 'farshore').length, 0)
  const back = await ours.post(arrived.page.url.pathname, { answer: 'refuse' })
  assert.equal(back.url.searchParams.get('error'), 'access_denied')
})

test('a platform that asks for a level has the person prove it before the link is spoken of', async () => {
  farshore.asking.more = { acr_values: 'urn:praya:level:3' }
  const ours = aBrowserAt(site)
  await ours.post('/eng/sign-in', { person: 'ada-quay' })
  const { page } = await arrive(farshore, ours)
  farshore.asking.more = {}
  assert.equal(page.url.pathname, '/eng/sign-in/again')
  assert.equal(page.url.searchParams.get('level'), '3')
})

test('who refuses is bound to nothing, and the platform is told that they refused', async () => {
  const ours = aBrowserAt(site)
  const arrived = await arrive(neighbourland, ours, 'ben-ledger')
  const refused = await ours.post(arrived.page.url.pathname, { answer: 'refuse' })
  assert.equal(refused.url.searchParams.get('error'), 'access_denied')
  const shop = await arrived.there.open(refused.url)
  assert.equal(shop.url.searchParams.get('error'), 'access_denied')
  assert.deepEqual([...(await bindingsOf('ben-ledger'))], [])
  assert.equal((await sql`select 1 from identity.consent where person_id = 'ben-ledger'`).length, 0)
  assert.equal((await acts('ben-ledger')).at(-1), 'identity.service-refused')
  assert.deepEqual(await listAlerts(sql, 'ben-ledger'), [])
})

test('linking a platform that is high-risk does not agree to what its own page asks', async () => {
  const ours = aBrowserAt(site)
  const arrived = await arrive(neighbourland, ours, 'cleo-harbour')
  const highRisk = (is: boolean) => sql`update identity.client set high_risk = ${is} where id = 'neighbourland'`
  await highRisk(true)
  try {
    const next = await ours.post(arrived.page.url.pathname, { answer: 'agree' })
    assert.equal(next.url.pathname, arrived.page.url.pathname.replace(/\/link$/, ''))
    assert.equal(next.status, 200)
    assert.equal((await bindingsOf('cleo-harbour')).length, 1)
    assert.equal((await sql`select 1 from identity.consent where person_id = 'cleo-harbour'`).length, 0)
  } finally {
    await highRisk(false)
  }
})

test('an answer that is sent twice, in two tabs or afterwards, links once', async () => {
  const ours = aBrowserAt(site)
  const arrived = await arrive(neighbourland, ours, 'ben-ledger')
  const { pathname } = arrived.page.url
  const send = (cookie = ours.cookie(), origin = site) =>
    fetch(new URL(pathname, site), {
      method: 'POST',
      body: new URLSearchParams({ answer: 'agree' }),
      headers: { accept: 'text/html', cookie, origin },
      redirect: 'manual',
    })
  const session = /praya_session=[^;]+/.exec(ours.cookie())![0]
  const refusals = [
    ['from another site', (await send(undefined, 'https://evil.example')).status, 403],
    ['without the session', (await send(ours.cookie().replace(session, ''))).status, 401],
    ['in a browser that did not begin it', (await send(session)).status, 410],
  ]
  for (const [what, is, expected] of refusals) assert.equal(is, expected, String(what))
  assert.deepEqual([...(await bindingsOf('ben-ledger'))], [])
  const both = await Promise.all([send(), send()])
  assert.deepEqual(
    both.map(({ status }) => status),
    [303, 303],
  )
  assert.equal((await bindingsOf('ben-ledger')).length, 1)
  const events = await acts('ben-ledger')
  assert.equal(events.filter((event) => event === 'identity.channel-linked').length, 1)
  const onwards = await ours.open(pathname.replace(/\/link$/, ''))
  await comeBack(neighbourland, arrived, onwards.url)
  assert.equal((await send()).status, 410, 'a request that was answered is over')
  assert.equal((await bindingsOf('ben-ledger')).length, 1)
})

/** Somebody at the page that asks about the link, with a way to answer it that goes no further than our own answer. */
async function anOpenLink() {
  const { id, browser } = await aPersonAt(first)
  const arrived = await arrive(neighbourland, browser)
  const answer = async (word: 'agree' | 'refuse', at = arrived.page.url) => {
    const response = await fetch(at, {
      method: 'POST',
      body: new URLSearchParams({ answer: word }),
      headers: { cookie: browser.cookie(), origin: site, accept: 'application/json' },
      redirect: 'manual',
    })
    const said = response.status === 303 ? word : ((await response.json()) as { type: string }).type
    return { said, onwards: response.headers.get('location') }
  }
  /** What is kept of the answers: links, consents, alerts and acts. */
  const kept = async () => ({
    links: (await bindingsOf(id)).length,
    consents: (await sql`select 1 from identity.consent where person_id = ${id}`).length,
    alerts: await listAlerts(sql, id),
    acts: (await acts(id)).filter((event) => /channel-linked|consent-given|service-refused/.test(event)),
  })
  return { ...arrived, browser, answer, kept }
}

const answered = '/problems/identity.interaction-answered'
const linked = {
  links: 1,
  consents: 1,
  alerts: ['channel-linked'],
  acts: ['identity.channel-linked', 'identity.consent-given'],
}
const nothing = { links: 0, consents: 0, alerts: [], acts: ['identity.service-refused'] }

test('of linking and refusing at the same moment one counts, and the other leaves nothing', async () => {
  for (let round = 0; round < 8; round++) {
    const { answer, kept } = await anOpenLink()
    const words = round % 2 ? (['agree', 'refuse'] as const) : (['refuse', 'agree'] as const)
    const said = (await Promise.all(words.map((word) => answer(word)))).map((each) => each.said)
    const counted = said.filter((each) => each !== answered)
    assert.equal(counted.length, 1, said.join(', '))
    assert.deepEqual(await kept(), counted[0] === 'agree' ? linked : nothing)
  }
})

test('who linked is told so when another tab refuses, and comes to the shop', async () => {
  const open = await anOpenLink()
  const agreed = await open.answer('agree')
  assert.equal((await open.answer('refuse')).said, answered)
  assert.deepEqual(await open.kept(), linked)
  const { url } = await open.browser.open(agreed.onwards!)
  await comeBack(neighbourland, open, url)
})

test('who linked may still refuse what the page after it asks', async () => {
  const open = await anOpenLink()
  await open.answer('agree')
  const service = new URL(open.page.url.href.replace(/\/link$/, ''))
  assert.equal((await open.answer('refuse', service)).said, 'refuse')
  assert.deepEqual(await open.kept(), { ...linked, acts: [...linked.acts, 'identity.service-refused'] })
})

test('unlinked in another tab before the code is used, the code is worth nothing', async () => {
  const { ours } = await signInThere(neighbourland, aBrowserAt(site), 'ben-ledger')
  const arrived = await arrive(neighbourland, ours, 'ben-ledger')
  assert.ok(arrived.page.url.searchParams.get('code'))
  await unlink(ours)
  const there = await arrived.there.open(arrived.page.url)
  assert.match(there.text, /invalid_grant|ResponseBodyError/)
})

test('a binding of somebody else is not theirs to unlink', async () => {
  const { ours } = await signInThere(neighbourland, aBrowserAt(site), 'ben-ledger')
  const [binding] = await mine(ours)
  const stranger = await arrive(neighbourland, aBrowserAt(site), 'cara-gate')
  assert.ok(stranger)
  const response = await app.inject({
    method: 'POST',
    url: `/account/channels/${binding!.id}/unlink`,
    headers: await first.as(),
  })
  assert.equal(response.json().type, '/problems/identity.channel-not-linked')
  assert.equal((await mine(ours)).length, 1)
})

test('nobody is told to be more than the table lets our level stand for', () => {
  const about = { en: 'x', 'zh-Hant': '甲' }
  const text = { name: about, about, organisation: 'x', id: 'x' }
  const channel = (...levels: [string, number][]) =>
    ({ ...text, levels: levels.map(([theirs, ours]) => ({ theirs, ours, about })) }) as never
  // biome-ignore format: matrix
  const cases: [[string, number][], 1 | 2 | 3, string | undefined][] = [
    [[['2', 1], ['3', 2], ['4', 2], ['5', 3]], 1, '2'],
    [[['2', 1], ['3', 2], ['4', 2], ['5', 3]], 2, '3'],
    [[['2', 1], ['3', 2], ['4', 2], ['5', 3]], 3, '5'],
    [[['A', 2], ['B', 3]],                     1, undefined],
    [[['A', 1]],                               3, 'A'],
    [[['A', 1], ['B', 3]],                     2, 'A'],
  ]
  for (const [levels, ours, theirs] of cases) assert.equal(theirsOf(channel(...levels), ours), theirs)
})
