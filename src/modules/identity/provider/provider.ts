import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Adapter, type Client, errors, type KoaContextWithOIDC, Provider } from 'oidc-provider'
import type { Logger } from 'pino'
import { allScopes, type Installation, isDatabaseGone } from '#platform'
import { scopesOf, tellLists } from '../consents/told.ts'
import type { Logout } from '../sessions/sessions.sql.ts'
import { acceptFormerSecrets, withClientLimits } from './client-limits.ts'
import { insertClientError, openClientSource } from './clients.sql.ts'
import { configure, type Hooks } from './configuration.ts'
import { foundOf } from './found.ts'
import { findKeyVersion, getKeySet, openCustody } from './keys.sql.ts'
import { deleteGrantOf, type Key, UsedBefore } from './records.sql.ts'
import { resume } from './resume.ts'
import { sealClientCredentials } from './sealed-tokens.ts'
import { findSuspended, suspendedReason } from './suspended.ts'
import { beginWork, openWriter, type Writer } from './work.ts'

/** How long a process may go on with keys that were rotated meanwhile; both kinds verify all the while. */
const keysKeptMs = 5000

export type OpenProvider = {
  /** The provider with the keys as they stand. */
  get: () => Promise<Provider>
  /** Likewise what answers the requests under its address. */
  getAnswer: () => Answer | Promise<Answer>
  writer: Writer
  /** Drops what this process keeps of a client that was changed, so that the change counts here at once. */
  forget: (clientId: string) => void
}

/** Answers a request, with what the platform found out about who sends it. */
type Answer = (request: IncomingMessage, response: ServerResponse, found: object) => Promise<void>

/** The issuer of tokens: its address, under which everything of the provider is served. */
export const issuerOf = ({ address }: Installation) => `${address}/id`

/** Opens the provider when it is first asked for, and again whenever the keys were rotated. */
export function openProvider(installation: Installation, log: Logger, hooks: Hooks): OpenProvider {
  const { sql, vault } = installation
  const custody = openCustody(vault)
  const clients = openClientSource(installation, ['offline_access', ...scopesOf(installation)])
  const writer = openWriter(sql)
  let current: { version: string; checkedAt: number; provider: Provider; answer: Answer } | undefined
  let opening: Promise<Provider> | undefined

  async function open(): Promise<Provider> {
    const keys = await getKeySet(sql, custody)
    if (current?.version !== keys.version) {
      const configuration = configure(installation, keys, clients, writer, hooks)
      const provider = new Provider(issuerOf(installation), withClientLimits(configuration))
      acceptFormerSecrets(provider, installation)
      knowClients(provider)
      tellLists(provider)
      const goOn = resume(installation, provider)
      const endings = new WeakMap<object, Promise<void>>()
      tellOutages(provider, hooks)
      provider.use(tellScopes)
      provider.use(async (ctx, next) => {
        const { work, answer } = beginWork(() => goOn(ctx as never, next), foundOf(ctx)?.person?.id)
        await answer
        // Nobody reads that they are signed out before they are.
        await endings.get(ctx.req)
        await writer.write(work).catch((error: Error) => {
          if (!(error instanceof UsedBefore)) throw error
          return refuseReplay(ctx as never, [...work.used.values()])
        })
      })
      sealClientCredentials(provider, vault)
      // Only for what `handOver` writes itself.
      provider.proxy = true
      reportErrors(provider, installation, log)
      provider.on('end_session.success', (ctx: KoaContextWithOIDC) => {
        const ending = hooks.ended(ctx)
        ending.catch((error: Error) => log.error({ err: error }, 'A session could not be ended'))
        endings.set(ctx.req, ending)
      })
      current = { version: keys.version, checkedAt: performance.now(), provider, answer: answerOf(provider) }
    }
    return current.provider
  }

  /** What was used before is a replay, and ends everything that came of its grant (RFC 9700, §4.14.2; RFC 6749, §4.1.2). */
  async function refuseReplay(ctx: KoaContextWithOIDC, used: readonly Key[]): Promise<void> {
    for (const { model, id } of used) await deleteGrantOf(sql, model, Buffer.from(id, 'hex'))
    const refusal = new errors.InvalidGrant('it was used before')
    ctx.status = refusal.status
    ctx.body = { error: refusal.error, error_description: refusal.error_description }
    ctx.oidc.provider.emit('grant.error', ctx, refusal)
  }

  const fresh = () => (current && performance.now() - current.checkedAt < keysKeptMs ? current : undefined)
  const provider: OpenProvider = {
    writer,
    forget: clients.forget,
    getAnswer: () => fresh()?.answer ?? provider.get().then(() => current!.answer),
    get: async () => {
      const known = fresh()
      if (known) return known.provider
      if (current && (await findKeyVersion(sql)) === current.version) {
        current.checkedAt = performance.now()
        return current.provider
      }
      opening ??= open().finally(() => {
        opening = undefined
      })
      return opening
    },
  }
  opened.set(installation, provider)
  return provider
}

const opened = new WeakMap<Installation, OpenProvider>()

/** The provider of an installation whose routes are registered. */
export const providerOf = (installation: Installation): OpenProvider => opened.get(installation)!

/** A job: tells a service that its person signed out. Throws where the service did not take it, to be tried again. */
export async function tellServiceOfLogout(installation: Installation, payload: unknown): Promise<void> {
  const { personId, clientId, sid } = payload as Logout
  const provider = await providerOf(installation).get()
  const client = await provider.Client.find(clientId)
  // It may have been suspended meanwhile, or wants to know no longer.
  if (client?.backchannelLogoutUri) await (client as unknown as TellsOfLogout).backchannelLogout(personId, sid)
}

/** Discovery names the scopes of the modules too, which the library knows as those of a resource. */
async function tellScopes(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  await next()
  const { scopes_supported: known } = (ctx.body ?? {}) as { scopes_supported?: string[] }
  if (ctx.oidc?.route === 'discovery' && known)
    ctx.body = { ...(ctx.body as object), scopes_supported: [...known, ...allScopes.keys()] }
}

/** The library makes a digest of a client's whole registration at each request. Here the same object is the same client. */
function knowClients(provider: Provider): void {
  const model = provider.Client as unknown as Finds
  const { adapter, find } = model
  const known = new WeakMap<object, Client>()
  model.find = async (id) => {
    const registered = typeof id === 'string' && id !== '' ? await adapter.find(id) : undefined
    if (!registered) return undefined
    const client = known.get(registered) ?? (await find.call(model, id))
    if (client) known.set(registered, client)
    return client
  }
}

/** As the library has it, without a type. */
type Finds = { adapter: Adapter; find: (id: unknown) => Promise<Client | undefined> }

/**
 * Answers 503 where the database is away, before anything was written or while it was, as everywhere else: the library knows
 * of faults of its own alone. RFC 6749, §4.1.2.1, has the word for it.
 */
function tellOutages(provider: Provider, hooks: Hooks): void {
  const failed = new WeakSet<object>()
  provider.on('server_error', (ctx: KoaContextWithOIDC, error: Error) => {
    if (isDatabaseGone(error as { code?: string })) failed.add(ctx.req)
  })
  provider.use(async (ctx, next) => {
    try {
      await next()
    } catch (error) {
      if (!isDatabaseGone(error as { code?: string })) throw error
      failed.add(ctx.req)
    }
    if (!failed.has(ctx.req)) return
    const out = { error: 'temporarily_unavailable', error_description: 'the database cannot be reached just now' }
    ctx.remove('location')
    ctx.status = 503
    if (ctx.accepts('json', 'html') === 'html')
      await hooks.renderError(ctx as never, out as never, new Error(out.error))
    else ctx.body = out
  })
}

const refusals = [
  'authorization.error',
  'grant.error',
  'pushed_authorization_request.error',
  'backchannel_authentication.error',
  'introspection.error',
  'revocation.error',
  'userinfo.error',
  'end_session.error',
] as const

/** What was refused, for the log and for the client's developer: the specification's words, and nothing of a person. */
function reportErrors(provider: Provider, { sql }: Installation, log: Logger): void {
  async function keep(event: string, ctx: KoaContextWithOIDC, error: Error & Refused, request: string | null) {
    const { client, route } = ctx.oidc
    const suspended = client ? undefined : await findSuspended(sql, ctx, error.error)
    const clientId = client?.clientId ?? suspended?.id
    if (clientId === undefined) return
    const said = [error.error_description, error.error_detail].filter(Boolean).join(': ')
    await insertClientError(sql, clientId, {
      route,
      error: error.error ?? error.name,
      reason: suspended ? suspendedReason : said.slice(0, 500),
      request,
      proven: isProven(event, ctx, error),
      personId: foundOf(ctx)?.person?.id,
    })
  }
  for (const event of refusals)
    provider.on(event as never, (ctx: KoaContextWithOIDC, error: Error & Refused) => {
      const request = foundOf(ctx)?.requestId ?? null
      log.info({ code: error.error, route: ctx.oidc.route, request }, 'The provider refused')
      keep(event, ctx, error, request).catch((failure: Error) =>
        log.error({ err: failure }, 'A refusal could not be kept for its developer'),
      )
    })
  provider.on('server_error', (_: KoaContextWithOIDC, error: Error) => log.error({ err: error }, 'The provider failed'))
  // What fails after the library has answered, as writing its records: without a listener it goes to stderr as it is.
  ;(provider as NodeJS.EventEmitter).on('error', (error: Error, ctx?: KoaContextWithOIDC) => {
    const request = foundOf(ctx)?.requestId ?? null
    if (ctx && isHangUp(error, ctx))
      log.info({ code: (error as { code?: string }).code, request }, 'The client hung up')
    else log.error({ err: error, request }, 'The provider failed')
  })
}

/** Whether an error is that of the connection by which the request came, and so nothing of ours: by itself, as a database has the same codes. */
const isHangUp = (error: Error, { req }: Pick<KoaContextWithOIDC, 'req'>): boolean =>
  [req.errored, req.socket?.errored].includes(error)

/** Where a client proves itself. What is refused before it has is called `invalid_client`, but for a page's origin. */
const byClients: readonly string[] = refusals.filter((event) => !/^(authorization|userinfo|end_session)/.test(event))

/** Whether a refused request is proven to be the client's own: anybody can name it. */
function isProven(event: string, ctx: KoaContextWithOIDC, { error }: Refused): boolean {
  const { oidc } = ctx
  // By a token of the client, and by an address that it was given for the request that it pushed.
  if (event === 'userinfo.error' || oidc.entities.PushedAuthorizationRequest) return true
  const holdsProof = oidc.client?.clientAuthMethod !== 'none'
  return byClients.includes(event) && holdsProof && error !== 'invalid_client' && !ctx.get('origin')
}

/** As the library has it, without a type. */
type TellsOfLogout = { backchannelLogout: (personId: string, sid: string) => Promise<void> }

type Refused = { error?: string; error_description?: string; error_detail?: string }

/**
 * Hands a request over, whole and unread, with what the platform found out about who sends it. Whatever host the request
 * names, the provider answers under its own: nobody can make it publish other addresses.
 */
function answerOf(provider: Provider): Answer {
  const { host, protocol } = new URL(provider.issuer)
  const scheme = protocol.slice(0, -1)
  const answer = provider.callback()
  return (request, response, found) => {
    const { headers } = request
    headers.host = host
    headers['x-forwarded-proto'] = scheme
    for (const name of ['x-forwarded-host', 'x-forwarded-for']) delete headers[name]
    const url = request.url!.replace(/^\/id(?=[/?]|$)/, '') || '/'
    return answer(Object.assign(request, { url, found }), response)
  }
}
