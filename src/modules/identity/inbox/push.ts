import { lookup } from 'node:dns'
import { Agent, request } from 'node:https'
import type { LookupFunction } from 'node:net'
import { type Installation, type Language, type Sql, say, texts, withLanguage } from '#platform'
import type { Outcome } from './deliver.ts'
import { findPushKey, insertPushKey } from './notifications.sql.ts'
import { isPublicAddress, isPushEndpoint } from './push.rules.ts'

const words = texts({ body: { en: 'You have a new message.', 'zh-Hant': '你有新訊息。' } })

const waitMs = 15_000
/** How long a push service keeps it for a browser that is away. */
const keepSeconds = 24 * 60 * 60

/** What a browser gave us: its address at a push service, and the keys for which texts are encrypted (RFC 8291). */
export type Subscription = { endpoint: string; keys: { p256dh: string; auth: string } }

/** The key pair by which push services know this installation, made when first needed. Of two processes, one makes it. */
export async function pushKey(sql: Sql, { vault }: Pick<Installation, 'vault'>) {
  const found = await findPushKey(sql)
  if (!found) {
    const { default: webPush } = await import('web-push')
    const { publicKey, privateKey } = webPush.generateVAPIDKeys()
    await insertPushKey(sql, publicKey, vault.seal('push', privateKey, 'push-key'))
  }
  const { publicKey, privateKey } = found ?? (await findPushKey(sql))!
  return { publicKey, privateKey: vault.open('push', privateKey, 'push-key').toString() }
}

/** Refuses to connect to a machine that is not on the public internet, whatever its name. */
const publicLookup: LookupFunction = (hostname, options, done) =>
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, '')
    const [first] = addresses
    if (!first || !addresses.every(({ address }) => isPublicAddress(address)))
      return done(Object.assign(new Error('Not a public address'), { code: 'ENOTPUBLIC' }), '')
    return options.all ? done(null, addresses) : done(null, first.address, first.family)
  })

/** How push services are reached. Tests hand in one that leads to their own. */
export const publicAgent = new Agent({ lookup: publicLookup, keepAlive: false })

/** Tells one browser that there is a message, and not from whom. `gone` means that the subscription has ended. */
export async function sendPush(
  installation: Installation,
  { subscription, language }: { subscription: Subscription; language: Language },
  key: Awaited<ReturnType<typeof pushKey>>,
  agent: Agent,
): Promise<Outcome | { state: 'gone' }> {
  const { address, mail, pack } = installation
  if (!isPushEndpoint(subscription.endpoint)) return { state: 'given-up', failure: 'address' }
  const payload = JSON.stringify({
    title: say(pack.government.site, language),
    body: say(words.body, language),
    path: withLanguage(pack.government, language, '/account/inbox'),
  })
  const { default: webPush } = await import('web-push')
  const subject = address.startsWith('https:') ? address : `mailto:${mail?.from ?? 'postmaster@localhost'}`
  try {
    const { endpoint, headers, body } = webPush.generateRequestDetails(subscription, payload, {
      vapidDetails: { subject, ...key },
      TTL: keepSeconds,
      // What waits for a browser that is away is one notice, not twenty.
      topic: 'inbox',
      contentEncoding: 'aes128gcm',
    })
    return outcomeOf(await post(endpoint, headers as Record<string, string>, body!, agent))
  } catch (error) {
    const failure = String((error as { code?: string }).code ?? 'unknown').slice(0, 60)
    return failure === 'ENOTPUBLIC' ? { state: 'given-up', failure } : { state: 'retry', failure, stop: false }
  }
}

/** RFC 8030, §5 and §7.3. */
function outcomeOf(status: number): Outcome | { state: 'gone' } {
  if (status >= 200 && status < 300) return { state: 'sent' }
  if (status === 404 || status === 410) return { state: 'gone' }
  const later = status === 408 || status === 429 || status >= 500
  const failure = String(status)
  return later ? { state: 'retry', failure, stop: false } : { state: 'given-up', failure }
}

/** Follows no redirect and reads nothing of the answer but its status. */
function post(url: string, headers: Record<string, string>, body: Buffer, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers, agent, signal: AbortSignal.timeout(waitMs) }, (response) => {
      resolve(response.statusCode ?? 0)
      response.destroy()
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
