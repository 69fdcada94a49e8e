import { hash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { keepReads, type Sql, type Vault } from '#platform'
import { problem } from '../problems.ts'
import { type ApiKey, findApiKey, findKeyByToken, insertApiKey, keepUsed, type NewApiKey } from './api-keys.sql.ts'
import { allows, type ScopedAct } from './scopes.rules.ts'

const letters = '23456789abcdefghjkmnpqrstuvwxyz'
const idLength = 10

export type Issued = { key: ApiKey; text: string }
type Asked = Pick<NewApiKey, 'organisation' | 'name' | 'scopes' | 'createdBy' | 'days' | 'replaces'>

/** Makes a key. Its text is shown this once: what is kept of it opens nothing. */
export async function issueApiKey(sql: Sql, asked: Asked): Promise<Issued> {
  const issued = await insertNew(sql, asked, randomBytes(secretBytes))
  if (!issued) throw new Error('Another key has the place of this one')
  return issued
}

async function insertNew(sql: Sql, asked: Asked, bytes: Buffer, token?: Buffer): Promise<Issued | undefined> {
  const id = Array.from({ length: idLength }, () => letters[randomInt(letters.length)]).join('')
  const secret = bytes.toString('base64url')
  const key = await insertApiKey(sql, { ...asked, id, hash: hashOf(secret), ...(token && { token }) })
  return key && { key, text: textOf(id, secret) }
}

const secretBytes = 32
const textOf = (id: string, secret: string) => `praya-ledger-${id}-${secret}`

/** For how long a form that is sent again is answered with the text again. */
export const shownMinutes = 10

/**
 * Makes a key for a form. The secret follows from what stands in the form and from the vault together, so that neither the
 * database nor the vault gives it away, and a form that is sent twice is answered twice with one key: `isNew` tells which
 * time it was. Undefined where the form is too old for that, is another person's, held something else then, or the key that it
 * replaces is replaced.
 */
export async function issueByForm(
  sql: Sql,
  vault: Pick<Vault, 'lookup'>,
  { form, ...asked }: Asked & { form: string },
): Promise<(Issued & { isNew: boolean }) | undefined> {
  const bytes = vault.lookup('ledger-api-key', `${asked.organisation}/${form}`)
  const token = hash('sha256', form, 'buffer')
  const issued = await insertNew(sql, asked, bytes, token)
  if (issued) return { ...issued, isNew: true }
  const before = await findKeyByToken(sql, { token, createdBy: asked.createdBy, minutes: shownMinutes })
  const secret = bytes.toString('base64url')
  if (!before?.hash.equals(hashOf(secret)) || !isAsked(before, asked)) return undefined
  const { hash: _, ...key } = before
  return { key, text: textOf(key.id, secret), isNew: false }
}

const dayMs = 86_400_000

/** Whether a key is what a form asks for. */
const isAsked = (key: ApiKey, { name, scopes, days, replaces }: Asked): boolean =>
  key.name === name &&
  key.replaces === (replaces ?? null) &&
  [...key.scopes].sort().join(' ') === [...scopes].sort().join(' ') &&
  Math.round((Date.parse(key.expiresAt) - Date.parse(key.createdAt)) / dayMs) === days

const hashOf = (secret: string): Buffer => hash('sha256', secret, 'buffer')

/** How long a process relies on what it read of a key: one that is withdrawn counts nowhere after as long. */
const keptMs = 1000
const keptMax = 1000

export type Program = Pick<ApiKey, 'id' | 'organisation' | 'scopes'>

/** Knows programs by what they send: RFC 6750, §2.1. One for each process. */
export function openPrograms({ sql, countRequest }: Pick<FastifyInstance, 'sql' | 'countRequest'>) {
  const keys = keepReads((id) => findApiKey(sql, id), { keptMs, keptMax })

  /**
   * The program that sends a request, if its key lets it do this with this log or register; refuses with 401 and 403 and says so in
   * `www-authenticate`. On the first use of each day that is kept.
   */
  async function programOf(request: FastifyRequest, reply: FastifyReply, act: ScopedAct, on: string): Promise<Program> {
    const [, id, secret] = keyPattern.exec(request.headers.authorization ?? '') ?? []
    const key = id === undefined ? undefined : await keys.get(id)
    if (!key || !timingSafeEqual(key.hash, hashOf(secret!))) {
      reply.header('www-authenticate', 'Bearer realm="ledger", error="invalid_token"')
      throw problem('key-refused')
    }
    if (!allows(key.scopes, act, on)) {
      const scope = `${act}:${on}`
      reply.header('www-authenticate', `Bearer realm="ledger", error="insufficient_scope", scope="${scope}"`)
      throw problem('key-scope', { values: { scope } })
    }
    if (!key.usedToday) {
      key.usedToday = true
      await keepUsed(sql, key.id)
    }
    return key
  }

  const known = new WeakMap<FastifyRequest, Program>()
  return {
    /**
     * A hook `onRequest` of routes for programs: before a body is read, whoever may not do this is refused, and counted against
     * their address. `on` is the parameter of the route that names the log or register.
     */
    require: (act: ScopedAct, on: 'log' | 'register') => async (request: FastifyRequest, reply: FastifyReply) => {
      const { [on]: name = '' } = request.params as Record<string, string>
      try {
        known.set(request, await programOf(request, reply, act, name))
      } catch (error) {
        await countRequest(request, reply)
        throw error
      }
    },
    /** Whose key let a request through. */
    of: (request: FastifyRequest): Program => known.get(request)!,
  }
}

export type Programs = ReturnType<typeof openPrograms>

const keyPattern = /^Bearer praya-ledger-([2-9a-hjkmnp-z]{10})-([\w-]{43})$/i
