import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify } from 'jose'
import type { Provider } from 'oidc-provider'

const proofSeconds = 300
const proofLengthMax = 4000

/**
 * The thumbprint of the key that a DPoP proof shows (RFC 9449, §4.3): for this method and address, this token, made within
 * five minutes, and never seen before for this use. `none` for a proof that shows nothing; undefined where the token is a bearer.
 */
export async function provenKey(
  { ReplayDetection }: Provider,
  { headers, method }: FastifyRequest,
  { scheme, value, htu, use }: { scheme: string; value: string; htu: string; use: string },
): Promise<string | undefined> {
  if (scheme.toLowerCase() !== 'dpop') return undefined
  const proof = headers.dpop
  if (typeof proof !== 'string' || proof.length > proofLengthMax) return 'none'
  const algorithms = ['ES256', 'PS256', 'EdDSA', 'Ed25519']
  const options = { algorithms, typ: 'dpop+jwt', maxTokenAge: proofSeconds, clockTolerance: 5 }
  const read = await jwtVerify(proof, EmbeddedJWK, options).catch(() => undefined)
  const { jti, htm, htu: of, ath } = read?.payload ?? {}
  const bound = createHash('sha256').update(value).digest('base64url')
  if (!read || !jti || jti.length > 200 || htm !== method || of !== htu || ath !== bound) return 'none'
  const thumbprint = await calculateJwkThumbprint(read.protectedHeader.jwk!)
  const until = Math.floor((read.payload.iat ?? 0) + 2 * proofSeconds)
  // Of two that come at once, the later write fails.
  const first = await ReplayDetection.unique(`${use} ${thumbprint}`, jti, until).catch(() => false)
  return first ? thumbprint : 'none'
}
