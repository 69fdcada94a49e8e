import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  type Identify,
  type Installation,
  type Level,
  type Person,
  recordAct,
  type Sql,
  sessionCookie,
} from '#platform'
import { refuseOnBehalf } from '../acting/acting.ts'
import { findRole, permissionsOf } from '../roles.ts'
import { tellOfNewBrowser } from './browsers.ts'
import {
  deleteSession,
  findSession,
  insertSession,
  listOrganisationsOf,
  renewSession,
  type SessionRow,
  sessionSeconds,
} from './sessions.sql.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Names the session of this browser to its person; empty for whoever has none. */
    sessionHandle: string
    /** Whether that session was opened by a recovery code, and no passkey that is known has confirmed it since. */
    sessionRecovered?: boolean
  }
}

/** Reads the session of a request, on whichever process it began. */
export const identify =
  ({ sql, demonstration }: Installation): Identify =>
  async (request) => {
    const token = tokenOf(request)
    const row = token && (await findSession(sql, token, demonstration))
    if (!row) return undefined
    const { handle, recovered, organisation, companyName, onBehalfOf, roles, limits, ...known } = row
    request.sessionHandle = handle
    request.sessionRecovered = recovered
    request.actingLimits = limitsOf(limits)
    const person: Person = {
      ...known,
      ...(organisation && { organisation }),
      ...(companyName && { companyName }),
      ...(onBehalfOf && { onBehalfOf }),
      permissions: permissionsOf(roles),
    }
    // A refusal is a page too, and says who one is.
    request.person = person
    refuseOnBehalf(request, person)
    return person
  }

/** By what a person acts for another, as `mayAct` reads it. */
export const limitsOf = (limits: SessionRow['limits']): FastifyRequest['actingLimits'] =>
  limits?.map(({ role, services, centsMax }) => ({ full: isFull(role) && services === null, services, centsMax }))

/** Owners act for the whole of their company, but for one whom it was limited before; officers by their permissions alone. */
const isFull = (role: string | undefined) => role === 'owner' || findRole(role ?? '')?.place === 'government'

/** What the browser's cookie holds, if this installation signed it. */
function tokenOf(request: FastifyRequest): string | undefined {
  const { valid, value } = request.unsignCookie(request.cookies[sessionCookie] ?? '')
  return valid && value ? value : undefined
}

export type Proven = {
  /** With the level that their proofs reach and the organisations for which they have a role, where those are known already. */
  person: Pick<Person, 'id' | 'name'> & { level?: number; organisations?: string[] }
  /** Values of `amr` (RFC 8176). */
  methods: readonly string[]
  /** The most that this way of signing in can carry. */
  levelMax: Level
  /** The credential ID of the passkey, where it was one. */
  passkeyId?: string
  /** The link by which the person came from another platform, where it was one. */
  bindingId?: string | undefined
  /** Whether what it comes of was recovered, as a phone that signs in another browser. */
  recovered?: boolean
  /** Uses up what was proven by. Where it refuses, nobody is signed in. */
  spend?: (sql: Sql) => Promise<void>
}

/**
 * Signs a person in on this browser, in the caller's transaction: ends the session that it held, and writes
 * `identity.signed-in`, which the route must declare; in a browser that is new to them they are told so. Whoever works for
 * one organisation of the government alone acts for it from the start; for a company one acts by choosing so each time.
 */
export async function signIn(
  sql: Sql,
  reply: FastifyReply,
  {
    person: { organisations: known, level = 3, ...person },
    methods,
    levelMax,
    passkeyId,
    bindingId,
    recovered,
    spend,
  }: Proven,
): Promise<void> {
  const { request } = reply
  const before = tokenOf(request)
  // Statements that do not wait for each other travel together.
  const [organisations] = await Promise.all([
    known ?? listOrganisationsOf(sql, person.id),
    before === undefined ? false : deleteSession(sql, before),
  ])
  const { pack } = request.server.installation
  const offices = organisations.filter((each) => pack.organisations.some(({ id }) => id === each))
  const organisation = offices.length === 1 ? offices[0] : undefined
  const device = request.headers['user-agent']
  request.person = {
    ...person,
    ...(organisation && { organisation }),
    permissions: [],
    level: Math.min(level, levelMax) as Level,
    methods,
    authenticatedAt: request.server.installation.now().toISOString(),
  }
  const [token] = await Promise.all([
    insertSession(sql, {
      personId: person.id,
      levelMax,
      methods,
      device,
      organisation,
      passkeyId,
      bindingId,
      recovered,
    }),
    recordAct(sql, request, { event: 'identity.signed-in', subject: `person/${person.id}` }),
    tellOfNewBrowser(sql, reply, { personId: person.id, methods }),
    spend?.(sql),
  ])
  keepToken(reply, token)
}

/**
 * Keeps that the person who is signed in on this browser proved again to be there, in the caller's transaction: time,
 * methods and level count from now, under a new cookie. False if the session ended meanwhile.
 */
export async function confirmSession(
  sql: Sql,
  reply: FastifyReply,
  proven: Pick<Proven, 'levelMax' | 'methods' | 'passkeyId'>,
): Promise<boolean> {
  const before = tokenOf(reply.request)
  const token = before && (await renewSession(sql, before, { ...proven, now: reply.request.server.installation.now() }))
  if (token) keepToken(reply, token)
  return Boolean(token)
}

function keepToken(reply: FastifyReply, token: string): void {
  const secure = reply.request.protocol === 'https'
  const cookie = { path: '/', httpOnly: true, sameSite: 'lax', secure, signed: true, maxAge: sessionSeconds } as const
  reply.setCookie(sessionCookie, token, cookie)
}

/** Ends the session of this browser, here and in the database. False if it had ended already. */
export async function signOut(sql: Sql, request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
  reply.clearCookie(sessionCookie, { path: '/' })
  const token = tokenOf(request)
  return token !== undefined && deleteSession(sql, token)
}
