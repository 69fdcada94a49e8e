import { randomUUID } from 'node:crypto'
import ValidatorsOf from '@fastify/ajv-compiler'
import cookie from '@fastify/cookie'
import SerializersOf from '@fastify/fast-json-stringify-compiler'
import formbody from '@fastify/formbody'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifySchemaCompiler,
  type LightMyRequestResponse,
  LogController,
  type RouteOptions,
} from 'fastify'
import helmet, { type HelmetOptions } from 'helmet'
import type { Logger } from 'pino'
import { addAccess } from './access.ts'
import { addBodies, addReadingOn } from './bodies.ts'
import type { Database } from './database.ts'
import type { Figures } from './figures.ts'
import type { Files } from './files.ts'
import { say, texts } from './languages.ts'
import { addMetrics } from './metrics.ts'
import type { Installation } from './module.ts'
import { addPages, addressReader, addWanted, pageAbove, rememberLanguage, type Site } from './page.tsx'
import { ProblemPage } from './pages/problem.page.tsx'
import { acrOf, addPersons, type Identify } from './person.ts'
import { Problem, problem } from './problem.ts'
import type { IdentifyToken } from './tokens.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Every route as it was registered, for the checks and the reference. */
    routeTable: RouteOptions[]
    sql: Database['sql']
    installation: Installation
    figures: Figures
    files: Files
    /** Whether made-up people may sign in without proof. */
    demonstration: boolean
    publicUrl: string | undefined
    /** What this program answers at an address, without the network and counted against nobody. */
    askItself: (url: string) => Promise<LightMyRequestResponse>
    /** Counts a request against its address, and refuses it beyond the limit: for routes that count only what they refuse. */
    countRequest: (request: FastifyRequest, reply: FastifyReply) => Promise<void>
  }
}

export type HttpOptions = {
  site: Site
  database: Database
  log: Logger
  permissions: ReadonlySet<string>
  events: ReadonlySet<string>
  now: () => Date
  /** Signs cookies. The same in every process of an installation. */
  sessionSecret: string
  demonstration: boolean
  identify: Identify | undefined
  identifyToken: IdentifyToken | undefined
  /** Where people reach this installation, if it was told. */
  publicUrl?: string | undefined
  /** Requests that one address may send in a minute. */
  requestsPerMinuteMax: number
  /** Whether a proxy in front tells the real address and scheme. */
  behindProxy: boolean
}

/** In the place of a network address, which no connection has. */
const itself = 'itself'
const bodyBytesMax = 1_000_000
const addressLengthMax = 4096
export const uploadBytesMax = 25_000_000

/** A Fastify application with the guards that every route stands behind, in the order in which they act. */
export async function createHttp(options: HttpOptions) {
  const { site, database, log } = options
  const dataFiles = new Set<string>()
  const app = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    // One hop: what a client itself writes into X-Forwarded-For stands further to the left, and is not believed.
    trustProxy: options.behindProxy && ((_, hop) => hop === 0),
    bodyLimit: bodyBytesMax,
    requestTimeout: 60_000,
    // The person's own request id would let them write into our log.
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    rewriteUrl: addressReader(site, dataFiles),
    // The router's own refusals are no problems of ours; the schema of each route limits its parameters.
    routerOptions: { maxParamLength: 16_384, ignoreTrailingSlash: true },
    ajv: { customOptions: { allErrors: false, coerceTypes: true, removeAdditional: false, strictNumbers: false } },
    schemaController: {
      compilersFactory: { buildSerializer: writeWhenAsked, buildValidator: checkWhenAsked as never },
    },
    return503OnClosing: true,
  }).withTypeProvider<TypeBoxTypeProvider>()

  // A route whose address ends in `.json` is a file; every other address has its data under `.json`.
  app.addHook('onRoute', (route) => {
    if (route.url.endsWith('.json')) dataFiles.add(route.url.slice(route.url.lastIndexOf('/') + 1))
    app.routeTable.push(route)
  })
  app.decorate('routeTable', [])
  app.decorate('sql', database.sql)
  app.decorate('demonstration', options.demonstration)
  app.decorate('publicUrl', options.publicUrl?.replace(/\/$/, ''))
  addErrors(app)
  addMetrics(app)
  app.addHook('onRequest', (_, reply, done) => {
    reply.headers(securityHeaders)
    done()
  })
  await app.register(cookie, { secret: options.sessionSecret })
  addWanted(app, site)
  await app.register(rateLimit, {
    global: false,
    max: options.requestsPerMinuteMax,
    timeWindow: 60_000,
    cache: 20_000,
    // Only who must wait is told how long.
    addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
    errorResponseBuilder: (_, { ttl }) => problem('too-many-requests', { values: { seconds: Math.ceil(ttl / 1000) } }),
  })
  // For every request and not by the plugin's hook on routes, so that addresses without a route count too.
  const limit = app.rateLimit()
  app.decorate('countRequest', async function (request, reply) {
    await limit.call(this, request, reply)
  })
  app.addHook('onRequest', async function (request, reply) {
    if (request.routeOptions.config?.rateLimit === false || request.socket.remoteAddress === itself) return
    // Who has hung up already has no address to be counted by, and waits for no answer.
    if (!request.ip) return reply.code(400).send()
    await limit.call(this, request, reply)
  })
  app.decorate('askItself', (url) => app.inject({ url, headers: { accept: 'text/html,*/*' }, remoteAddress: itself }))
  addPages(app, { ...site, origin: app.publicUrl }, { demonstration: options.demonstration })
  addPersons(app, options.identify, options.identifyToken)
  addAccess(app, options.permissions, options.events, options.now)
  addBodies(app, { each: bodyBytesMax })
  addReadingOn(app)
  await app.register(formbody, { bodyLimit: bodyBytesMax })
  await app.register(multipart, {
    limits: { fileSize: uploadBytesMax, files: 4, fields: 50, fieldSize: 100_000, parts: 60 },
  })
  const tooLong = () => problem('invalid-request', { values: { what: words.address }, detail: 'address too long' })
  app.addHook('onRequest', ({ url }, _, done) => done(url.length > addressLengthMax ? tooLong() : undefined))
  app.addHook('onSend', async (request, reply) => {
    rememberLanguage(request, reply)
    // What says itself how long it may be kept is the same for everybody.
    if (reply.hasHeader('cache-control')) return
    if (!reply.hasHeader('vary')) reply.header('vary', 'accept, accept-language, cookie, authorization')
    if (request.person) reply.header('cache-control', 'no-store')
  })
  return app
}

/** Makes what writes a route's data when it is first asked for: together they take 13 MB, and most are never asked for. */
const writeWhenAsked: SerializersOf.SerializerFactory = (...settings) => {
  const make = SerializersOf()(...settings)
  return (route) => {
    let write: SerializersOf.Serializer | undefined
    return (data) => {
      write ??= make(route)
      return write(data)
    }
  }
}

/** Makes what checks a part of a request when the first one comes: together they take a third of a second of every start. */
function checkWhenAsked(...settings: Parameters<ValidatorsOf.BuildCompilerFromPool>): FastifySchemaCompiler<unknown> {
  // Its types name the schema alone, where it takes what Fastify gives.
  const make = ValidatorsOf()(...settings) as never as FastifySchemaCompiler<unknown>
  return (route) => {
    let check: ReturnType<typeof make> | undefined
    return (data) => {
      check ??= make(route)
      return check(data) || { error: check.errors! }
    }
  }
}

const helmetOptions: HelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      manifestSrc: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
    },
  },
  // Told by a proxy that ends TLS; on plain loopback it would only confuse browsers.
  strictTransportSecurity: false,
  crossOriginEmbedderPolicy: false,
  frameguard: { action: 'deny' },
  referrerPolicy: { policy: 'same-origin' },
  // For browsers that no page here runs in, and plug-ins that are gone.
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
}

/** What helmet puts on every response. It depends on nothing that a request brings, so it is asked once. */
const securityHeaders: Record<string, string> = {}
const into = { setHeader: (name: string, of: string) => Object.assign(securityHeaders, { [name.toLowerCase()]: of }) }
helmet(helmetOptions)({} as never, { ...into, removeHeader: () => {} } as never, () => {})

/** RFC 9457 for programs, a page for people, one shape for every refusal, mistake and bug. */
function addErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | Problem, request, reply) =>
    sendProblem(asProblem(error), error, request, reply),
  )
  app.setNotFoundHandler((request, reply) => sendProblem(problem('not-found'), undefined, request, reply))
}

function asProblem(error: FastifyError | Problem): Problem {
  if (error instanceof Problem) return error
  if (error.validation) return asInvalid(error)
  if (/^FST_(FILES|FIELDS|PARTS)_LIMIT$/.test(error.code)) return problem('too-many-parts')
  const bytesMax = error.code === 'FST_REQ_FILE_TOO_LARGE' ? uploadBytesMax : bodyBytesMax
  // Whoever hung up in the middle reads no answer, and nothing of ours has failed.
  if (error.code === 'ECONNRESET' && error.message === 'aborted')
    return problem('invalid-request', { values: { what: words.content }, detail: error.message })
  if (error.statusCode === 413) return problem('too-large', { values: { limit: `${bytesMax / 1_000_000} MB` } })
  if (isBrokenForm(error))
    return problem('invalid-request', { values: { what: 'multipart/form-data' }, detail: error.message })
  if (error.statusCode === 415) return problem('unsupported-type')
  if (error.statusCode === 429) return problem('too-many-requests', { values: { seconds: 60 } })
  if (error.statusCode === 400)
    return problem('invalid-request', { values: { what: words.content }, detail: error.message })
  if (isUnkeepable(error)) return problem('invalid-request', { values: { what: 'U+0000, U+D800–U+DFFF' } })
  if (/^(ENOSPC|EDQUOT|53100)$/.test(error.code)) return problem('disk-full', { detail: error.message })
  if (isDatabaseGone(error)) return problem('not-ready', { detail: error.message })
  return problem('went-wrong', { detail: error.message })
}

/** What a route's shapes refuse: no such address, or a value that it does not take, named for people and for programs. */
function asInvalid({ validation = [], validationContext, message }: FastifyError): Problem {
  if (validationContext === 'params') return problem('not-found', { detail: message })
  const errors = validation.map(({ instancePath, params, message: detail = '' }) => {
    const missing = params.missingProperty ?? params.additionalProperty
    return { pointer: missing ? `${instancePath}/${missing}` : instancePath, detail }
  })
  const name = errors[0]?.pointer.slice(1) || `${validationContext}`
  return problem('invalid-value', { values: { name }, detail: message, errors })
}

/** A form without its boundary, with one that is too long, or one that breaks off: @fastify/busboy says so in words alone. */
const isBrokenForm = ({ message }: FastifyError) =>
  /^(Multipart: Boundary not found|The needle |Unexpected end of (multipart data|form)|Part terminated )/.test(message)

/** What PostgreSQL answers to text that it cannot keep: the character U+0000, or half a character in JSON. */
const isUnkeepable = ({ code, message }: FastifyError) =>
  code === '22021' || code === '22P05' || (code === '22P02' && message.endsWith('type json'))

/**
 * Connection failures of the driver, and of a server that is starting or stopping (SQLSTATE class 57P). One that stops takes its socket
 * away, and what is written on a socket that is closed at the other end is a broken pipe.
 */
export const isDatabaseGone = ({ code, syscall }: { code?: string; syscall?: string }) =>
  /^(CONNECTION_|CONNECT_TIMEOUT|ECONNREFUSED|ECONNRESET|EPIPE|57P0[1-3])/.test(code ?? '') ||
  (code === 'ENOENT' && syscall === 'connect')

function sendProblem(refusal: Problem, cause: Error | undefined, request: FastifyRequest, reply: FastifyReply) {
  const { status, code, options } = refusal
  if (status >= 500) request.log.error({ err: cause, code }, 'A request failed')
  else request.log.info({ code }, 'A request was refused')
  const body = {
    type: `/problems/${code}`,
    title: say(refusal.title, request.language, options.values),
    status,
    instance: request.id,
    ...(options.errors && { errors: options.errors }),
  }
  reply.code(status)
  const { level, freshSeconds } = request.routeOptions.config ?? {}
  const prove = code === 'platform.level-too-low' || code === 'platform.sign-in-too-old'
  if (prove) reply.header('www-authenticate', challenge(level, freshSeconds))
  if (request.wanted?.format !== 'html')
    return reply.type('application/problem+json; charset=utf-8').send(JSON.stringify(body))
  const next = `next=${encodeURIComponent(request.wanted.path)}`
  const reads = ['GET', 'HEAD'].includes(request.method)
  if (code === 'platform.not-signed-in' && reads) return reply.redirect(`/sign-in?${next}`, 303)
  if (prove && reads) return reply.redirect(`/sign-in/again?level=${level ?? 1}&${next}`, 303)
  return reply.page({ ...body, above: status === 404 || !reads ? pageAbove(request, reads) : undefined }, ProblemPage)
}

/** RFC 9470, §3: what would be enough. */
const challenge = (level = 1, freshSeconds?: number) =>
  `Bearer error="insufficient_user_authentication", acr_values="${acrOf(level)}"${freshSeconds === undefined ? '' : `, max_age=${freshSeconds}`}`

const words = texts({
  address: { en: 'its address is too long', 'zh-Hant': '網址過長' },
  content: { en: 'its content does not have the form that it names', 'zh-Hant': '內容與所報的格式不符' },
})
