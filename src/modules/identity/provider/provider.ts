import type { IncomingMessage, ServerResponse } from 'node:http'
import { type KoaContextWithOIDC, Provider } from 'oidc-provider'
import type { Logger } from 'pino'
import type { Installation } from '#platform'
import { scopesOf, tellLists } from '../consents/told.ts'
import type { Logout } from '../sessions/sessions.sql.ts'
import { acceptFormerSecrets, withClientLimits } from './client-limits.ts'
import { insertClientError, openClientSource } from './clients.sql.ts'
import { configure, type Hooks } from './configuration.ts'
import { foundOf } from './found.ts'
import { findKeyVersion, getKeySet, openCustody } from './keys.sql.ts'
import { beginWork, openWriter, type Writer } from './work.ts'

/** How long a process may go on with keys that were rotated meanwhile; both kinds verify all the while. */
const keysKeptMs = 5000

export type OpenProvider = {
  /** The provider with the keys as they stand. */
  get: () => Promise<Provider>
  writer: Writer
}

/** The issuer of tokens: its address, under which everything of the provider is served. */
export const issuerOf = ({ address }: Installation) => `${address}/id`

/** Opens the provider when it is first asked for, and again whenever the keys were rotated. */
export function openProvider(installation: Installation, log: Logger, hooks: Hooks): OpenProvider {
  const { sql, vault } = installation
  const custody = openCustody(vault)
  const clients = openClientSource(['offline_access', ...scopesOf(installation)])
  const writer = openWriter(sql)
  let current: { version: string; checkedAt: number; provider: Provider } | undefined
  let opening: Promise<Provider> | undefined

  async function open(): Promise<Provider> {
    const keys = await getKeySet(sql, custody)
    if (current?.version !== keys.version) {
      const configuration = configure(installation, keys, clients, writer, hooks)
      const provider = new Provider(issuerOf(installation), withClientLimits(configuration))
      acceptFormerSecrets(provider, installation)
      tellLists(provider)
      const endings = new WeakMap<object, Promise<void>>()
      provider.use(async (ctx, next) => {
        const { work, answer } = beginWork(next)
        await answer
        // Nobody reads that they are signed out before they are.
        await endings.get(ctx.req)
        await writer.write([...work.puts.values()], [...work.gone.values()])
      })
      // Only for what `handOver` writes itself.
      provider.proxy = true
      reportErrors(provider, installation, log)
      provider.on('end_session.success', (ctx: KoaContextWithOIDC) => {
        const ending = hooks.ended(ctx)
        ending.catch((error: Error) => log.error({ err: error }, 'A session could not be ended'))
        endings.set(ctx.req, ending)
      })
      current = { version: keys.version, checkedAt: performance.now(), provider }
    }
    return current.provider
  }

  const provider: OpenProvider = {
    writer,
    get: async () => {
      if (current && performance.now() - current.checkedAt < keysKeptMs) return current.provider
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

/** For jobs, which come without a request. */
export const openedProvider = (installation: Installation): OpenProvider => opened.get(installation)!

/** A job: tells a service that its person signed out. Throws where the service did not take it, to be tried again. */
export async function tellServiceOfLogout(installation: Installation, payload: unknown): Promise<void> {
  const { personId, clientId, sid } = payload as Logout
  const provider = await openedProvider(installation).get()
  const client = await provider.Client.find(clientId)
  // It may have been suspended meanwhile, or wants to know no longer.
  if (client?.backchannelLogoutUri) await (client as unknown as TellsOfLogout).backchannelLogout(personId, sid)
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
  for (const event of refusals)
    provider.on(event as never, (ctx: KoaContextWithOIDC, error: Error & Refused) => {
      const reason = [error.error_description, error.error_detail].filter(Boolean).join(': ').slice(0, 500)
      const request = foundOf(ctx)?.requestId ?? null
      const clientId = ctx.oidc.client?.clientId
      log.info({ code: error.error, route: ctx.oidc.route, request }, 'The provider refused')
      if (clientId)
        insertClientError(sql, clientId, {
          route: ctx.oidc.route,
          error: error.error ?? error.name,
          reason,
          request,
        }).catch((failure: Error) => log.error({ err: failure }, 'A refusal could not be kept for its developer'))
    })
  provider.on('server_error', (_: KoaContextWithOIDC, error: Error) => log.error({ err: error }, 'The provider failed'))
  // What fails after the library has answered, as writing its records: without a listener it goes to stderr as it is.
  ;(provider as NodeJS.EventEmitter).on('error', (error: Error, ctx?: KoaContextWithOIDC) =>
    log.error({ err: error, request: foundOf(ctx)?.requestId ?? null }, 'The provider failed'),
  )
}

/** As the library has it, without a type. */
type TellsOfLogout = { backchannelLogout: (personId: string, sid: string) => Promise<void> }

type Refused = { error?: string; error_description?: string; error_detail?: string }

/**
 * Hands a request over, whole and unread, with what the platform found out about who sends it. Whatever host the request
 * names, the provider answers under its own: nobody can make it publish other addresses.
 */
export function handOver(provider: Provider, request: IncomingMessage, response: ServerResponse, found: object) {
  const { host, protocol } = new URL(provider.issuer)
  const url = request.url!.replace(/^\/id(?=[/?]|$)/, '') || '/'
  Object.assign(request.headers, { host, 'x-forwarded-proto': protocol.slice(0, -1) })
  for (const name of ['x-forwarded-host', 'x-forwarded-for']) delete request.headers[name]
  Object.assign(request, { url, found })
  return provider.callback()(request, response)
}
