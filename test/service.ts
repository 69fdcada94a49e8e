// A service that people sign in to, by a client that we did not write. For tests.
import * as client from 'openid-client'
import { insertPerson } from '../src/modules/identity/people/people.sql.ts'
import type { NewClient } from '../src/modules/identity/provider/clients.sql.ts'
import { insertSession } from '../src/modules/identity/sessions/sessions.sql.ts'
import { aClient, aRequest, discover, secret } from './logins.ts'
import { aBrowserAt, type aListeningSite } from './relying-party.ts'
import { cookieOf } from './start.ts'

type Site = Awaited<ReturnType<typeof aListeningSite>>
type Browser = ReturnType<typeof aBrowserAt>

/** Registers a service, and returns how it asks. */
export async function aService(first: Site, id: string, more: Partial<NewClient> = {}) {
  await aClient(first, id, {}, { secret, ...more })
  return { id, config: await discover(first.site, id) }
}
export type Service = Awaited<ReturnType<typeof aService>>

let people = 0
/** Somebody new who is signed in on a browser of their own. */
export async function aPersonAt({ site, sql }: Site, methods: string[] = ['hwk', 'user']) {
  people += 1
  const id = `p-visitor${people}`
  await insertPerson(sql, id, { en: 'Ada Quay', 'zh-Hant': '岸阿達' })
  return { id, browser: await signedIn({ site, sql } as Site, id, methods) }
}
export type Visitor = Awaited<ReturnType<typeof aPersonAt>>

/** Another browser of a person. */
export async function signedIn({ site, sql }: Site, personId: string, methods: string[] = ['hwk', 'user']) {
  const browser = aBrowserAt(site)
  const { cookie } = cookieOf(await insertSession(sql, { personId, levelMax: 3, methods }))
  const [name, value] = cookie.split(/=(.*)/s) as [string, string]
  browser.jar.set(name, value)
  return browser
}

/** A request of a service, and how its code is exchanged. */
export async function requestOf({ config }: Service, more: Record<string, string> = {}) {
  const { url, checks } = await aRequest(config, more, { scope: 'openid' })
  const exchange = (back: URL) => client.authorizationCodeGrant(config, back, checks)
  return { url, exchange }
}

/** Sends a browser to sign in at a service; it ends at the page that asks, or back at the service. */
export async function ask(service: Service, browser: Browser, more: Record<string, string> = {}) {
  const { url, exchange } = await requestOf(service, more)
  return { page: await browser.open(url), exchange }
}

/** The whole way, to tokens and what userinfo says. */
export async function signIn(
  service: Service,
  browser: Browser,
  more: Record<string, string> = {},
  without: readonly string[] = [],
) {
  const { page, exchange } = await ask(service, browser, more)
  const back = page.url.pathname.includes('/sign-in/services/') ? await browser.agree(page, without) : page
  if (!back.url.searchParams.has('code')) throw new Error(`${back.status} ${back.url.pathname} ${back.text}`)
  const tokens = await exchange(back.url)
  const info = () => client.fetchUserInfo(service.config, tokens.access_token, tokens.claims()!.sub)
  return { tokens, info, asked: page }
}
