// An authenticator in software, for tests: it answers as one of hardware would, and wrongly where a test asks for it.
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'

type Creation = { challenge: string; rp: { id?: string | undefined }; user: { id: string } }
type Request = { challenge: string; rpId?: string | undefined }

/** What goes wrong, or stays as it is. */
export type Answering = {
  origin?: string
  rpId?: string
  challenge?: string
  type?: string
  crossOrigin?: boolean
  userPresent?: boolean
  userVerified?: boolean
  counter?: number
  userHandle?: string | null
  /** Signs with a key that is not the one of the passkey. */
  otherKey?: boolean
}

export type Credential = { id: string; key: KeyObject; rpId: string; userHandle: string; counter: number }

const sha256 = (data: Uint8Array | string) => createHash('sha256').update(data).digest()
const base64url = (data: Uint8Array | string) => Buffer.from(data).toString('base64url')

const flag = { userPresent: 0x01, userVerified: 0x04, eligible: 0x08, backedUp: 0x10, attested: 0x40 }

/**
 * A device that holds passkeys at `origin`. `create` and `get` take the options of a page and return what the browser's
 * `PublicKeyCredential.toJSON()` would. `counts: false` for one that keeps no counter; `synced` for one whose keys are
 * copied to other devices. `clone` makes a copy that counts on its own.
 */
export function softwareAuthenticator(
  origin: string,
  { counts = true, synced = false, credentials = [] as Credential[] } = {},
) {
  const held = credentials

  const clientData = (type: string, challenge: string, answering: Answering) =>
    JSON.stringify({
      type: answering.type ?? type,
      challenge: answering.challenge ?? challenge,
      origin: answering.origin ?? origin,
      crossOrigin: answering.crossOrigin ?? false,
    })

  /** WebAuthn §6.1: hash of the domain, flags, counter, and what follows. */
  function authenticatorData(rpId: string, counter: number, answering: Answering, attested?: Uint8Array) {
    const flags =
      (answering.userPresent === false ? 0 : flag.userPresent) |
      (answering.userVerified === false ? 0 : flag.userVerified) |
      (synced ? flag.eligible | flag.backedUp : 0) |
      (attested ? flag.attested : 0)
    const head = Buffer.alloc(5)
    head.writeUInt8(flags, 0)
    head.writeUInt32BE(answering.counter ?? counter, 1)
    return Buffer.concat([sha256(answering.rpId ?? rpId), head, attested ?? Buffer.alloc(0)])
  }

  return {
    credentials: held,

    create(options: Creation, answering: Answering = {}) {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const { x, y } = publicKey.export({ format: 'jwk' })
      const rpId = options.rp.id ?? new URL(origin).hostname
      const id = randomBytes(32)
      const counter = counts ? 1 : 0
      held.push({ id: base64url(id), key: privateKey, rpId, userHandle: options.user.id, counter })
      // RFC 9053, §7.1: kty EC2, alg ES256, crv P-256, x, y.
      const cose = new Map<number, number | Uint8Array>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, new Uint8Array(Buffer.from(x!, 'base64url'))],
        [-3, new Uint8Array(Buffer.from(y!, 'base64url'))],
      ])
      const length = Buffer.alloc(2)
      length.writeUInt16BE(id.length)
      const attested = Buffer.concat([Buffer.alloc(16), length, id, isoCBOR.encode(cose)])
      const authData = new Uint8Array(authenticatorData(rpId, counter, answering, attested))
      const object = isoCBOR.encode(
        new Map<string, string | Uint8Array | Map<string, string>>([
          ['fmt', 'none'],
          ['attStmt', new Map()],
          ['authData', authData],
        ]),
      )
      return {
        id: base64url(id),
        rawId: base64url(id),
        type: 'public-key' as const,
        clientExtensionResults: {},
        response: {
          clientDataJSON: base64url(clientData('webauthn.create', options.challenge, answering)),
          attestationObject: base64url(object),
          transports: ['internal' as const],
        },
      }
    },

    /** Answers with the last passkey that it holds, or the one named. */
    get(options: Request, answering: Answering = {}, id = held.at(-1)?.id) {
      const credential = held.find((each) => each.id === id)
      if (!credential) throw new Error('The authenticator holds no such passkey')
      if (counts) credential.counter += 1
      const authData = authenticatorData(credential.rpId, credential.counter, answering)
      const client = clientData('webauthn.get', options.challenge, answering)
      const key = answering.otherKey ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey : credential.key
      const userHandle = answering.userHandle === undefined ? credential.userHandle : answering.userHandle
      return {
        id: credential.id,
        rawId: credential.id,
        type: 'public-key' as const,
        clientExtensionResults: {},
        response: {
          clientDataJSON: base64url(client),
          authenticatorData: base64url(authData),
          signature: base64url(sign('sha256', Buffer.concat([authData, sha256(client)]), key)),
          ...(userHandle !== null && { userHandle }),
        },
      }
    },

    clone: () =>
      softwareAuthenticator(origin, { counts, synced, credentials: held.map((credential) => ({ ...credential })) }),
  }
}
