import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { type Static, type TSchema, Type } from 'typebox'
import { Value } from 'typebox/value'
import { problem } from '../problems.ts'

const Base64url = (maxLength: number) => Type.String({ pattern: '^[A-Za-z0-9_-]*$', maxLength })
const CredentialId = Type.String({ pattern: '^[A-Za-z0-9_-]+$', maxLength: 1366 })

// WebAuthn §5.1, `PublicKeyCredentialJSON`: what is read of it. Browsers add members; those are left alone.
const head = { id: CredentialId, rawId: CredentialId, type: Type.Literal('public-key') }
const Assertion = Type.Object({
  ...head,
  response: Type.Object({
    clientDataJSON: Base64url(8192),
    authenticatorData: Base64url(8192),
    signature: Base64url(4096),
    userHandle: Type.Optional(Type.Union([Base64url(100), Type.Null()])),
  }),
})
const Attestation = Type.Object({
  ...head,
  response: Type.Object({
    clientDataJSON: Base64url(8192),
    attestationObject: Base64url(16_384),
    transports: Type.Optional(Type.Array(Type.String({ maxLength: 30 }), { maxItems: 10 })),
  }),
})

/** The most that a form may send as `response`. */
export const responseLengthMax = 40_000

/** What a browser sent for an assertion, or `passkey-refused`. All of it is in the sender's hand until it is verified. */
export function readAssertion(response: unknown): AuthenticationResponseJSON {
  const { response: answer, ...credential } = read(Assertion, response)
  const { userHandle, ...rest } = answer
  return { ...credential, clientExtensionResults: {}, response: { ...rest, ...(userHandle && { userHandle }) } }
}

/** What a browser sent for a new passkey, or `passkey-refused`. */
export function readAttestation(response: unknown): RegistrationResponseJSON {
  const { response: answer, ...credential } = read(Attestation, response)
  return { ...credential, clientExtensionResults: {}, response: answer as RegistrationResponseJSON['response'] }
}

function read<Shape extends TSchema>(shape: Shape, sent: unknown): Static<Shape> {
  let response = sent
  try {
    if (typeof sent === 'string') response = JSON.parse(sent)
  } catch {
    response = undefined
  }
  if (!Value.Check(shape, response)) throw problem('passkey-refused', { detail: 'no answer of a passkey' })
  return response as Static<Shape>
}
