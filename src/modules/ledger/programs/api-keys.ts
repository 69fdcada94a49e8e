import { hash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Sql } from '#platform'
import { problem } from '../problems.ts'
import { type ApiKey, findApiKey, insertApiKey, type NewApiKey, type Scope } from './api-keys.sql.ts'

const letters = '23456789abcdefghjkmnpqrstuvwxyz'
const idLength = 10

/** Makes a key. Its text is shown this once: what is kept of it opens nothing. */
export async function issueApiKey(
  sql: Sql,
  asked: Pick<NewApiKey, 'organisation' | 'name' | 'scopes' | 'createdBy' | 'days'>,
): Promise<{ key: ApiKey; text: string }> {
  const id = Array.from({ length: idLength }, () => letters[randomInt(letters.length)]).join('')
  const secret = randomBytes(32).toString('base64url')
  const key = await insertApiKey(sql, { ...asked, id, hash: hashOf(secret) })
  return { key, text: `praya-ledger-${id}-${secret}` }
}

const hashOf = (secret: string): Buffer => hash('sha256', secret, 'buffer')

/** How long a process relies on what it read of a key: one that is withdrawn counts nowhere after as long. */
const keptMs = 1000
const keptMax = 1000

export type Program = Pick<ApiKey, 'id' | 'organisation' | 'scopes'>

/** Knows programs by what they send: RFC 6750, §2.1. One for each process. */
export function openPrograms(sql: Sql) {
  const kept = new Map<string, { until: number; found: Promise<Awaited<ReturnType<typeof findApiKey>>> }>()

  function find(id: string) {
    const now = performance.now()
    const known = kept.get(id)
    if (known && known.until >= now) return known.found
    const found = findApiKey(sql, id)
    found.catch(() => kept.delete(id))
    kept.delete(id)
    kept.set(id, { until: now + keptMs, found })
    if (kept.size > keptMax) kept.delete(kept.keys().next().value!)
    return found
  }

  /** The program that sends a request, if its key has the scope; refuses with 401 and 403 and says so in `www-authenticate`. */
  return async (request: FastifyRequest, reply: FastifyReply, scope: Scope): Promise<Program> => {
    const [, id, secret] = keyPattern.exec(request.headers.authorization ?? '') ?? []
    const key = id === undefined ? undefined : await find(id)
    if (!key || !timingSafeEqual(key.hash, hashOf(secret!))) {
      reply.header('www-authenticate', 'Bearer realm="ledger", error="invalid_token"')
      throw problem('key-refused')
    }
    if (!key.scopes.includes(scope)) {
      reply.header('www-authenticate', `Bearer realm="ledger", error="insufficient_scope", scope="${scope}"`)
      throw problem('key-scope', { values: { scope } })
    }
    return key
  }
}

const keyPattern = /^Bearer praya-ledger-([2-9a-hjkmnp-z]{10})-([\w-]{43})$/i
