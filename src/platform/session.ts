import { createHash, randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Database, Sql } from './database.ts'
import type { Text } from './languages.ts'

/** Who is signed in, as the session keeps it. */
export type Person = {
  id: string
  name: Text
  /** Identifier of the organisation that the person acts for, as an officer. */
  organisation?: string
  permissions: readonly string[]
}

declare module 'fastify' {
  interface FastifyRequest {
    person: Person | undefined
  }
}

export const sessionCookie = 'praya_session'
const lastsSeconds = 12 * 60 * 60

const keyOf = (token: string) => createHash('sha256').update(token).digest('hex')

/** Reads the session of every request that carries the cookie, on whichever process it began. */
export function addSessions(app: FastifyInstance, sql: Database['sql']): void {
  app.decorateRequest('person', undefined)
  app.addHook('onRequest', async (request) => {
    const signed = request.cookies[sessionCookie]
    if (!signed) return
    const { valid, value } = request.unsignCookie(signed)
    if (valid && value) request.person = await findPerson(sql, value)
  })
}

async function findPerson(sql: Sql, token: string): Promise<Person | undefined> {
  const [session] = await sql<{ person: Person }[]>`
    select person
    from platform.session
    where id = ${keyOf(token)} and expires_at > now()`
  return session?.person
}

/** Begins a session and returns the unsigned token. The token is new each time, so an old cookie gains nothing by it. */
export async function insertSession(sql: Sql, person: Person): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await sql`
    insert into platform.session (id, person, expires_at)
    values (${keyOf(token)}, ${sql.json(person as never)}, now() + ${lastsSeconds} * interval '1 second')`
  return token
}

/** Signs `person` in on this browser, which ends the session that it held. */
export async function signIn(sql: Sql, reply: FastifyReply, person: Person): Promise<void> {
  await deleteSession(sql, reply.request)
  const token = await insertSession(sql, person)
  const secure = reply.request.protocol === 'https'
  const cookie = { path: '/', httpOnly: true, sameSite: 'lax', secure, signed: true, maxAge: lastsSeconds } as const
  reply.setCookie(sessionCookie, token, cookie)
}

/** Ends the session of this browser, here and in the database. False if it had ended already. */
export async function signOut(sql: Sql, request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
  reply.clearCookie(sessionCookie, { path: '/' })
  return deleteSession(sql, request)
}

async function deleteSession(sql: Sql, request: FastifyRequest): Promise<boolean> {
  const { value } = request.unsignCookie(request.cookies[sessionCookie] ?? '')
  return !!value && (await sql`delete from platform.session where id = ${keyOf(value)}`).count > 0
}

/** A job: rows of sessions that ended. */
export async function deleteExpiredSessions(sql: Sql): Promise<void> {
  await sql`delete from platform.session where expires_at < now()`
}

/** How many people are signed in, each counted once however many browsers they use. */
export async function countSessions(sql: Sql): Promise<number> {
  const [row] = await sql<[{ people: number }]>`
    select count(distinct person ->> 'id') as people
    from platform.session
    where expires_at > now()`
  return row.people
}
