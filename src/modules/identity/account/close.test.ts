import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { test } from 'node:test'
import * as client from 'openid-client'
import { actingIn } from '../../../../test/acting.ts'
import { aBrowserAt, aListeningSite } from '../../../../test/relying-party.ts'
import postgres from '../../../platform/driver.ts'
import { confirmMailAddress, insertSubscription, saveMailAddress, saveQuietHours } from '../inbox/notifications.sql.ts'
import { insertMandate } from '../mandates/mandates.sql.ts'
import { insertClient } from '../provider/clients.sql.ts'
import { claimOrder, insertOrder } from '../qr/orders.sql.ts'
import { aPdf, approve, aSigner, ask, send } from '../signing/testing/signers.ts'
import { listAlerts } from '../testing/alerts.sql.ts'

const first = await aListeningSite()
const { app, sql, installation, site } = first
const { somebody } = actingIn(first)
const redirectUri = 'https://platform.example/back'
await insertClient(sql, installation.vault, {
  id: 'platform',
  name: { en: 'Platform', 'zh-Hant': '平台' },
  metadata: {
    redirect_uris: [redirectUri],
    token_endpoint_auth_method: 'client_secret_basic',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
  },
  secret: 'a secret of the test',
  channel: 'neighbourland',
  state: 'live',
})
const config = await client.discovery(new URL(`${site}/id`), 'platform', 'a secret of the test', undefined, {
  execute: [client.allowInsecureRequests],
})

/** Links the platform, which is also a consent and a grant; what the platform then holds. */
async function tokensOf(browser: ReturnType<typeof aBrowserAt>) {
  const checks = { pkceCodeVerifier: client.randomPKCECodeVerifier(), expectedState: client.randomState() }
  const asked = await browser.open(
    client.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope: 'openid',
      state: checks.expectedState,
      code_challenge: await client.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
      code_challenge_method: 'S256',
    }),
  )
  const page = await browser.post(asked.url.pathname, { answer: 'agree' })
  return client.authorizationCodeGrant(config, page.url, checks)
}

/** Somebody who holds one of everything that an account can hold. */
async function somebodyWithEverything() {
  const mei = await aSigner(first)
  const { personId, headers } = mei
  const browser = aBrowserAt(site)
  browser.jar.set('praya_session', headers.cookie!.split('=')[1]!)
  const tokens = await tokensOf(browser)
  const { id } = await ask(first, { documentName: 'Lease', hash: 'a'.repeat(64), person: personId })
  assert.equal((await approve(first, mei, id)).statusCode, 303)
  assert.equal((await send(first, mei, await aPdf())).statusCode, 201)
  const agent = await somebody()
  const mandate = {
    ...{ kind: 'helper', principalId: personId, agentId: agent.id, services: null, grantedBy: personId },
    ...{ beginsOn: '', endsOn: '2999-01-01', timeZone: 'UTC' },
  }
  await insertMandate(sql, mandate)
  await sql`
    insert into identity.role_grant (person_id, organisation, role, granted_by, approved_by, approved_at)
    values (${personId}, 'tide-station', 'identity-administrator', 'system', 'operator', now())`
  const sealed = randomBytes(40)
  const subscription = { id: randomUUID(), personId, endpointHash: randomBytes(32), sealed, device: undefined }
  await insertSubscription(sql, { ...subscription, language: 'en' })
  await saveMailAddress(sql, { personId, id: randomUUID(), sealedAddress: sealed, sealedCode: sealed, language: 'en' })
  await confirmMailAddress(sql, personId)
  await saveQuietHours(sql, personId, { from: '22:00', until: '07:00' })
  const network = randomBytes(32)
  const now = new Date()
  await insertOrder(sql, { next: '/', device: undefined, network, networkLocal: false, now })
  const [order] = await sql<[{ id: string }]>`select id from identity.phone_order where network = ${network}`
  const [session] = await sql<[{ handle: string }]>`select handle from identity.session where person_id = ${personId}`
  await claimOrder(sql, order.id, { personId, sessionHandle: session.handle, network, now })
  await app.inject({ method: 'POST', url: '/account/acting/code', headers })
  const name = { en: 'Tides', 'zh-Hant': '潮汐' }
  await insertClient(sql, installation.vault, {
    id: `of-${personId}`,
    name,
    metadata: {},
    ownerId: personId,
    state: 'live',
  })
  return { mei, personId, headers, tokens, agent }
}

/** How many rows of each table still count for a person. */
const left = async (personId: string) => {
  const [row] = await sql<[Record<string, number>]>`
    select
      (select count(*) from identity.consent where person_id = ${personId} and withdrawn_at is null)::int as consents,
      (select count(*) from identity.provider_record
       where account_id = ${personId} or grant_id in (
         select grant_id from identity.provider_record where model = 'Grant' and account_id = ${personId}))::int as records,
      (select count(*) from identity.channel_binding where person_id = ${personId} and unbound_at is null)::int as bindings,
      (select count(*) from identity.signing_key where person_id = ${personId} and sealed_key is not null)::int as keys,
      (select count(*) from identity.signing_document
       join identity.signing_request as request on request.id = request_id
       where request.requested_by = ${personId})::int as documents,
      (select count(*) from identity.mandate
       where (principal_id = ${personId} or agent_id = ${personId}) and withdrawn_at is null)::int as mandates,
      (select count(*) from identity.role_grant where person_id = ${personId} and withdrawn_at is null)::int as roles,
      (select count(*) from identity.push_subscription where person_id = ${personId})::int as pushes,
      (select count(*) from identity.mail_address where person_id = ${personId})::int as addresses,
      (select count(*) from identity.quiet_time where person_id = ${personId})::int as "quietHours",
      (select count(*) from identity.notification where person_id = ${personId} and state = 'queued')::int as queued,
      (select count(*) from identity.phone_order where person_id = ${personId} and finished_at is null)::int as orders,
      (select count(*) from identity.acting_code where person_id = ${personId})::int as "actingCodes",
      (select count(*) from identity.known_browser where person_id = ${personId})::int as browsers,
      (select count(*) from identity.client where owner_id = ${personId} and state <> 'suspended')::int as clients,
      (select count(*) from identity.session where person_id = ${personId})::int as sessions,
      (select count(*) from identity.passkey where person_id = ${personId} and removed_at is null)::int as passkeys,
      (select count(*) from identity.recovery_code
       where person_id = ${personId} and used_at is null and withdrawn_at is null)::int as codes`
  return row
}
const close = (headers: Record<string, string>) =>
  app.inject({ method: 'POST', url: '/account/close', headers, payload: { sure: 'yes' } })

test('who closes an account reads before what ends, and then all of it has ended', async () => {
  const { personId, headers, tokens, agent } = await somebodyWithEverything()
  const page = await app.inject({ url: '/eng/account/close', headers: { ...headers, accept: 'text/html' } })
  const { ends } = (await app.inject({ url: '/account/close', headers })).json()
  for (const [name, count] of Object.entries(ends)) assert.ok(Number(count) > 0, `${name} is there to end`)
  for (const line of ['Linked platforms', 'Signing certificates, which are revoked', 'Mandates, yours'])
    assert.ok(page.body.includes(line), line)
  const before = await left(personId)
  for (const [name, count] of Object.entries(before)) assert.ok(count > 0, `${name} is there to end`)

  assert.equal((await close(headers)).statusCode, 303)
  assert.deepEqual(await left(personId), Object.fromEntries(Object.keys(before).map((name) => [name, 0])))
  await assert.rejects(client.refreshTokenGrant(config, tokens.refresh_token!), { error: 'invalid_grant' })
  await assert.rejects(client.fetchUserInfo(config, tokens.access_token, client.skipSubjectCheck), { status: 401 })
  assert.equal((await listAlerts(sql, agent.id)).at(-1), 'mandate-ended', 'the other of a mandate is told')
  const [certificate] = await sql`select revoked_at from identity.signing_key where person_id = ${personId}`
  assert.notEqual(certificate?.revokedAt, null)
  assert.equal((await sql`select 1 from identity.signature where person_id = ${personId}`).length, 1)
})

test('what cannot be closed whole is not closed at all', async () => {
  const { personId, headers } = await somebodyWithEverything()
  const before = await left(personId)
  const owner = postgres(first.urls.owner, { max: 1, onnotice: () => {} })
  try {
    await owner`
      create function public.refuse_closing() returns trigger language plpgsql as $$
      begin raise exception 'the trail cannot be written'; end $$`
    await owner`
      create trigger refuse_closing before insert on platform.audit_event
      for each row when (new.event = 'identity.account-closed') execute function public.refuse_closing()`
    assert.equal((await close(headers)).statusCode, 500)
    assert.deepEqual(await left(personId), before)
    assert.equal((await app.inject({ url: '/account', headers })).statusCode, 200)
  } finally {
    await owner`drop trigger refuse_closing on platform.audit_event`
    await owner.end()
  }
  const both = await Promise.all([close(headers), close(headers)])
  assert.ok(both.every(({ statusCode }) => [303, 401].includes(statusCode)))
  const closed = await sql`
    select 1 from platform.audit_event where event = 'identity.account-closed' and subject = ${`person/${personId}`}`
  assert.equal(closed.length, 1, 'of two at once, one closes it')
})

test('who alone grants the roles of an organisation is told what it loses', async () => {
  const [alone, one, two] = [
    await somebody({ organisation: 'tally-office', roles: ['auditor'] }),
    await somebody({ organisation: 'counting-house', roles: ['identity-administrator'] }),
    await somebody({ organisation: 'counting-house', roles: ['identity-administrator'] }),
  ]
  const told = async (who: { headers: Record<string, string> }) =>
    (await app.inject({ url: '/account/close', headers: who.headers })).json().alone as { en: string }[]
  assert.deepEqual(await told(alone), [])
  assert.deepEqual(await told(one), [])
  await sql`update identity.role_grant set withdrawn_at = now(), withdrawn_by = 'test' where person_id = ${two.id}`
  await sql`
    update identity.role_grant
    set withdrawn_at = now(), withdrawn_by = 'test'
    where organisation = 'counting-house' and person_id <> ${one.id} and withdrawn_at is null`
  assert.equal((await told(one)).length, 1)
})

test('a made-up person sees that they are not closed', async () => {
  const browser = aBrowserAt(site)
  await browser.post('/eng/sign-in', { person: 'ada-quay' })
  const page = await browser.open('/eng/account/close')
  assert.match(page.text, /belong to everybody/)
  assert.doesNotMatch(page.text, /action="\/eng\/account\/close"/)
})
