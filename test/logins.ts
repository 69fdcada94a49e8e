// Clients that we did not write, at the provider of an installation that listens: registration, and a whole login.
import assert from 'node:assert/strict'
import * as client from 'openid-client'
import { insertClient, type NewClient } from '../src/modules/identity/provider/clients.sql.ts'
import { aBrowserAt, type aListeningSite } from './relying-party.ts'

type Site = Awaited<ReturnType<typeof aListeningSite>>
type Browser = ReturnType<typeof aBrowserAt>

export const secret = 'a secret of the test alone'
export const redirectUri = 'https://service.example/callback'
export const allScopes = 'openid profile offline_access'

/** Registers a client that people trust; `metadata` adds to that of an ordinary one, which authenticates by `secret`. */
export async function aClient(
  { sql, installation }: Site,
  id: string,
  metadata: Record<string, unknown> = {},
  more: Partial<NewClient> = { secret },
): Promise<string> {
  await insertClient(sql, installation.vault, {
    id,
    name: { en: 'Tide tables', 'zh-Hant': '潮汐表' },
    metadata: {
      redirect_uris: [redirectUri],
      token_endpoint_auth_method: 'client_secret_basic',
      grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
      response_types: ['code'],
      ...metadata,
    },
    state: 'live',
    ...more,
  })
  return id
}

/** What `openid-client` knows of the provider after its discovery. */
export const discover = (site: string, id: string, by: string | client.ClientAuth = secret) =>
  client.discovery(
    new URL(`${site}/id`),
    id,
    typeof by === 'string' ? by : undefined,
    typeof by === 'string' ? undefined : by,
    { execute: [client.allowInsecureRequests] },
  )

/** A request for a login with everything that its answer is checked by; `usual` is what it asks for but for `more`. */
export async function aRequest(
  config: client.Configuration,
  more: Record<string, string> = {},
  usual: Record<string, string> = { scope: allScopes, prompt: 'consent' },
) {
  const verifier = client.randomPKCECodeVerifier()
  const state = client.randomState()
  const nonce = client.randomNonce()
  const params = {
    redirect_uri: redirectUri,
    ...usual,
    state,
    nonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...more,
  }
  const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce }
  return { url: client.buildAuthorizationUrl(config, params), params, checks }
}

/** Opens a request as a made-up person, who agrees, and returns where the browser is led. */
export async function answerAt(
  site: string,
  url: URL,
  { browser = aBrowserAt(site), person = 'ada-quay' }: { browser?: Browser; person?: string } = {},
) {
  let page = await browser.open(url)
  if (page.url.pathname.endsWith('/sign-in'))
    page = await browser.post('/eng/sign-in', { person, next: page.url.searchParams.get('next')! })
  if (page.url.origin === site) {
    assert.ok(page.text.includes('name="answer"'), headingOf(page.text))
    page = await browser.agree(page)
  }
  assert.notEqual(page.url.origin, site, headingOf(page.text))
  return { back: page.url, browser }
}

/** What a page says first, for a test that did not expect it. */
export const headingOf = (page: string) => /<h1[^>]*>(.*?)<\/h1>/s.exec(page)?.[1] ?? page.slice(0, 500)

/** A whole login of a client that authenticates by a secret or as `config` says. */
export async function login(
  site: string,
  config: client.Configuration,
  more: Record<string, string> = {},
  by?: { browser?: Browser; person?: string },
) {
  const { url, checks } = await aRequest(config, more)
  const { back, browser } = await answerAt(site, url, by)
  const tokens = await client.authorizationCodeGrant(config, back, checks)
  return { tokens, back, checks, browser }
}
