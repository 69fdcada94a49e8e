import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Installation } from '#platform'
import { placeOf } from '../notarise/notarise.ts'
import { problem } from '../problems.ts'
import { registersOf } from '../registers/registers.ts'
import { type ApiKey, findOwnKey } from './api-keys.sql.ts'
import { counts, stateOf } from './keys.rules.ts'

export const params = Type.Object({ id: Type.String({ pattern: '^[2-9a-hjkmnp-z]{10}$' }) })

/** The organisation for which the person acts, and where its programs may write. Refuses who acts for one that writes to no log. */
export function placesOf(installation: Pick<Installation, 'pack'>, request: FastifyRequest) {
  const place = placeOf(installation, request)
  return { ...place, registers: registersOf(installation, place.organisation) }
}

/** The key that an address names, of the organisation for which the person acts. */
export async function getKey(
  installation: Pick<Installation, 'sql' | 'pack'>,
  request: FastifyRequest,
): Promise<ApiKey> {
  const { organisation } = placeOf(installation, request)
  const { id } = request.params as { id: string }
  const key = await findOwnKey(installation.sql, { id, organisation })
  if (!key) throw problem('key-not-found')
  return key
}

/** Refuses for one that opens nothing any more. */
export async function getCounting(
  installation: Pick<Installation, 'sql' | 'pack' | 'now'>,
  request: FastifyRequest,
): Promise<ApiKey> {
  const key = await getKey(installation, request)
  if (!counts(stateOf(key, installation.now()))) throw problem('key-ended')
  return key
}
