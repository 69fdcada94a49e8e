import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import type { Text } from './languages.ts'
import { type IdentifyToken, tokenOf } from './tokens.ts'

/**
 * How sure this installation is of who acts: 1 as the person says, 2 a document that was compared with the population
 * register, 3 seen by an officer at a counter. docs/concepts/levels.md.
 */
export type Level = Static<typeof Level>
export const Level = Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(3)])

/** The level as programs are told it: the `acr` of OpenID Connect Core 1.0, §2. */
export const acrOf = (level: number) => `urn:praya:level:${level}`

/** Who asks, as the module that signs people in found out. */
export type Person = {
  id: string
  name: Text
  /** Identifier of the organisation that the person acts for, as an officer or a member. */
  organisation?: string
  /** Its name, where it is a company or an association. */
  companyName?: Text
  /** The person in whose name this one acts, under a mandate: a child, somebody cared for. */
  onBehalfOf?: { id: string; name: Text }
  permissions: readonly string[]
  /** What is known of the person, cut to what the way of signing in can carry. */
  level: Level
  /** When the person last proved to be there, in ISO 8601. */
  authenticatedAt: string
  /** How, as values of `amr` (RFC 8176). */
  methods: readonly string[]
  /** The access token by which they ask: its scope that opened the route, and the program that has it. Without one they are here themselves. */
  token?: { scope: string; client: string }
}

declare module 'fastify' {
  interface FastifyRequest {
    person: Person | undefined
  }
}

/** Pages are not kept for whoever sends it. */
export const sessionCookie = 'praya_session'

/** Finds out who sends a request, on whichever process the session began; undefined for everybody else. */
export type Identify = (request: FastifyRequest) => Promise<Person | undefined>

/** Asks for every request that carries an access token, or else the cookie: where a token was sent, no cookie counts. */
export function addPersons(app: FastifyInstance, identify?: Identify, identifyToken?: IdentifyToken): void {
  app.decorateRequest('person', undefined)
  app.addHook('onRequest', (request, reply, done) => {
    const token = identifyToken && tokenOf(request)
    if (!token && !(identify && request.cookies[sessionCookie])) return done()
    const asked = token ? identifyToken(request, reply, token) : identify!(request)
    asked.then((person) => {
      request.person = person
      done()
    }, done)
  })
}
