import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { problem } from '../problems.ts'
import type { Connection, Foreign, Order } from './channels.sql.ts'
import { signSm2, verifySm2 } from './sm2.ts'

/*
 * Three parts in base64url, joined by dots as in JWS compact serialisation (RFC 7515, §3.1): header, payload, and a
 * signature by SM2 with SM3 over the first two, as DER. One algorithm, so that none can be chosen by whoever sends it.
 */
const algorithm = 'SM2SM3'
const envelopeLengthMax = 3000
const lifeSecondsMax = 300
const clockSecondsMax = 30

/** Who signed in over there, for whom, in answer to what. */
type Payload = Static<typeof Payload>
const text = (maxLength: number) => Type.String({ minLength: 1, maxLength })
const instant = Type.Integer({ minimum: 0, maximum: 9_999_999_999 })
const Payload = Type.Object({
  iss: text(2000),
  aud: text(200),
  sub: text(200),
  nonce: text(200),
  level: text(60),
  name: Type.Optional(text(100)),
  iat: instant,
  exp: instant,
})
const Header = Type.Object({ alg: Type.Literal(algorithm) }, { additionalProperties: false })

/** Where the browser goes: the other side's page, with a request that it can know is ours. */
export function beginEnvelope(
  connection: Connection,
  { nonce, state, redirectUri }: Order & { state: string; redirectUri: string },
  now: Date,
): URL {
  const url = new URL(connection.address)
  const request = {
    client_id: connection.clientId,
    redirect_uri: redirectUri,
    state,
    nonce,
    iat: Math.floor(now.getTime() / 1000),
  }
  url.searchParams.set('request', sealEnvelope(request, connection.signingKey!.privateKey))
  return url
}

/** Signs `payload` with our SM2 key. */
export function sealEnvelope(payload: object, privateKey: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = `${part({ alg: algorithm })}.${part(payload)}`
  return `${signed}.${signSm2(Buffer.from(signed), privateKey).toString('base64url')}`
}

/**
 * Who came back. Everything is checked before anything is believed: form, signature by the other side's key, issuer,
 * audience, nonce of this order, age. Refuses as `channel-refused`, with the reason for the log.
 */
export function finishEnvelope(connection: Connection, order: Order, envelope: string, now: Date): Foreign {
  const refuse = (detail: string) => problem('channel-refused', { detail: `Envelope: ${detail}` })
  if (envelope.length > envelopeLengthMax) throw refuse('too long')
  const parts = envelope.split('.')
  if (parts.length !== 3) throw refuse('not three parts')
  const [header, payload, signature] = parts.map(readBase64url)
  if (!header || !payload || !signature) throw refuse('not base64url')
  if (!Value.Check(Header, readJson(header))) throw refuse('another header')
  const signed = Buffer.from(envelope.slice(0, envelope.lastIndexOf('.')))
  if (!connection.peerKey || !verifySm2(signed, signature, connection.peerKey)) throw refuse('signature')
  const said = readJson(payload)
  if (!Value.Check(Payload, said)) throw refuse('payload')
  const seconds = now.getTime() / 1000
  if (said.iss !== connection.address) throw refuse('issuer')
  if (said.aud !== connection.clientId) throw refuse('audience')
  if (said.nonce !== order.nonce) throw refuse('nonce')
  if (said.iat > seconds + clockSecondsMax) throw refuse('issued later than now')
  if (said.exp <= seconds || said.exp - said.iat > lifeSecondsMax) throw refuse('expired, or lives too long')
  return { subject: said.sub, level: said.level, ...(said.name && { name: said.name }) }
}

/** RFC 4648, §5, without padding and in its one canonical form; undefined for anything else. */
function readBase64url(text: string): Buffer | undefined {
  if (!/^[A-Za-z0-9_-]+$/.test(text)) return undefined
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : undefined
}

function readJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

export type { Payload }
