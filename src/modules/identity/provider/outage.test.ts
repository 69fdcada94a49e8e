// A database that ends its connections in the middle of a request of a service: said as an outage, by whichever way it is met.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import * as client from 'openid-client'
import { aClient, aRequest, discover, login, secret } from '../../../../test/logins.ts'
import { aListeningSite } from '../../../../test/relying-party.ts'
import postgres from '../../../platform/driver.ts'

const first = await aListeningSite()
const { site } = first
const config = await discover(site, await aClient(first, 'tide-tables'))
const [owner, watcher] = [1, 2].map(() => postgres(first.urls.owner, { max: 1, onnotice: () => {} })) as [Own, Own]
type Own = ReturnType<typeof postgres>
after(() => Promise.all([owner.end(), watcher.end()]))

/** Sends a request that needs the records of the provider, and ends every connection that waits for them. */
async function cutOff(send: () => Promise<Response>): Promise<Response> {
  const { answer } = await owner.begin(async (sql) => {
    await sql`lock table identity.provider_record in access exclusive mode`
    const answer = send()
    for (let tries = 0; tries < 500; tries++) {
      // By another connection: within one transaction this table never changes.
      const ended = await watcher`
        select pg_terminate_backend(pid)
        from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`
      if (ended.length > 0) return { answer }
      await pause(10)
    }
    throw new Error('It waited for nothing')
  })
  return answer
}

const basic = `Basic ${btoa(`tide-tables:${encodeURIComponent(secret)}`)}`
const { tokens, browser } = await login(site, config)
const { url } = await aRequest(config)
const cookie = browser.cookie()
const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token! })
const html = { accept: 'text/html' }
// biome-ignore format: matrix
const cases: [what: string, send: () => Promise<Response>][] = [
  ['the exchange of a token', () => fetch(`${site}/id/token`, { method: 'POST', body, headers: { authorization: basic } })],
  ['userinfo',                () => fetch(`${site}/id/me`, { headers: { authorization: `Bearer ${tokens.access_token}` } })],
  ['a new request',           () => fetch(url, { redirect: 'manual', headers: html })],
  ['a request of a session',  () => fetch(url, { redirect: 'manual', headers: { ...html, cookie } })],
  ['a way back',              () => fetch(`${site}/id/auth/${'x'.repeat(21)}`, { redirect: 'manual', headers: { ...html, cookie: `${cookie}; praya_resume=${'x'.repeat(21)}` } })],
]

for (const [what, send] of cases)
  test(`${what} that the database leaves in the middle is answered 503, and the next one as ever`, async () => {
    const answer = await cutOff(send)
    const text = await answer.text()
    assert.equal(answer.status, 503, text)
    assert.equal(answer.headers.get('location'), null)
    assert.match(text, /temporarily_unavailable/)
    assert.doesNotMatch(text, /terminat|CONNECTION|server_error/)
    assert.ok((await client.clientCredentialsGrant(config)).access_token)
  })

test('what was not answered was not used up: the token is exchanged once the database is back', async () => {
  assert.ok((await client.refreshTokenGrant(config, tokens.refresh_token!)).access_token)
})
