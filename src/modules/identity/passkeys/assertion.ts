import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  type PublicKeyCredentialRequestOptionsJSON,
  verifyAuthenticationResponse,
} from '@simplewebauthn/server'
import { decodeClientDataJSON } from '@simplewebauthn/server/helpers'
import { type Installation, type Level, recordAct, type Sql, type Text } from '#platform'
import { sendAlert } from '../inbox/messages.ts'
import { problem } from '../problems.ts'
import { findAnsweredChallenge, insertChallenge, takeChallenge } from './challenges.sql.ts'
import { listPasskeys, lockPasskey, recordUse } from './passkeys.sql.ts'
import { readAssertion } from './responses.ts'

export const challengeSeconds = 5 * 60

/** Why a passkey is asked. A challenge for one purpose is worth nothing for another. */
export type Purpose = 'sign-in' | 'step-up' | 'sign' | 'approve'

type Asked = {
  purpose: Purpose
  /** What it is asked for: the hash of a document, the handle of a session. At most 200 characters. */
  subject: string
}

/** The domain to which passkeys of this installation belong, and the only origin at which they may be used. */
export const relyingParty = ({ address }: Pick<Installation, 'address'>) => {
  const { hostname, origin } = new URL(address)
  return { rpID: hostname, origin }
}

/**
 * Begins to ask for a passkey: of `personId`, or of whoever holds one. `options` go into the page
 * (`<PasskeyForm options>`); `id` names the challenge, which is good for five minutes, once, for this purpose and subject.
 */
export async function beginAssertion(
  sql: Sql,
  installation: Installation,
  { purpose, subject, personId }: Asked & { personId?: string },
): Promise<{ id: string; options: PublicKeyCredentialRequestOptionsJSON }> {
  const passkeys = personId === undefined ? [] : await listPasskeys(sql, personId)
  const usable = passkeys.filter(({ lockedAt }) => !lockedAt)
  const options = await generateAuthenticationOptions({
    rpID: relyingParty(installation).rpID,
    userVerification: 'required',
    timeout: challengeSeconds * 1000,
    allowCredentials: usable.map(({ id, transports }) => ({ id, transports })),
  })
  const expiresAt = new Date(installation.now().getTime() + challengeSeconds * 1000)
  const { challenge } = options
  return { id: await insertChallenge(sql, { purpose, subject, personId, challenge, expiresAt }), options }
}

export type Assertion = {
  personId: string
  credentialId: string
  /** The person as they are now, with the level that their proofs reach and the organisations for which they have a role. */
  person: { id: string; name: Text; level: Level; organisations: string[] }
  /** Values of `amr` (RFC 8176): a key of hardware or one that its maker copies, and that the device checked the person. */
  methods: ['hwk' | 'swk', 'user']
  userVerified: true
}

type Answered = Asked & { id: string; response: unknown }

/**
 * Verifies what a passkey answered and spends the challenge, in the caller's transaction: if that is rolled back, the
 * challenge is unspent. Refuses as `checkAssertion` and its `spend` do.
 */
export async function verifyAssertion(sql: Sql, installation: Installation, answered: Answered): Promise<Assertion> {
  const { spend, ...assertion } = await checkAssertion(sql, installation, answered)
  await spend(sql)
  return assertion
}

/**
 * Checks what a passkey answered (WebAuthn §7.2). It counts only once `spend` was done in the transaction of what it is for:
 * of two that answer one challenge at once, one is refused there as `passkey-expired`. `response` is what the browser's
 * `PublicKeyCredential.toJSON()` gave, as an object or as JSON.
 *
 * Refuses, as problems of identity: `passkey-expired` (spent, late, or begun for something else), `passkey-unknown`,
 * `passkey-of-another`, `passkey-locked`, `passkey-unverified` and `passkey-refused`. One whose counter went back is
 * locked at once, in a transaction of its own, whatever becomes of the caller's.
 */
export async function checkAssertion(
  sql: Sql,
  installation: Installation,
  { id, purpose, subject, response }: Answered,
): Promise<Assertion & { spend: (sql: Sql) => Promise<void> }> {
  const now = installation.now()
  const answer = readAssertion(response)
  if (!/^[0-9a-f-]{36}$/.test(id)) throw problem('passkey-expired', { detail: 'no challenge' })
  const found = await findAnsweredChallenge(sql, { id, purpose, subject, now, credentialId: answer.id })
  if (!found) throw problem('passkey-expired')
  const { passkey } = found
  if (!passkey || (passkey.demonstration && !installation.demonstration)) throw problem('passkey-unknown')
  const personId = passkey.person.id
  if (found.askedOf !== null && found.askedOf !== personId) throw problem('passkey-of-another')
  if (passkey.locked) throw problem('passkey-locked')
  // §7.2, step 6: who was not known before is whom the passkey itself names.
  const { userHandle } = answer.response
  if (userHandle === undefined ? found.askedOf === null : userHandle !== handleOf(personId))
    throw problem('passkey-refused', { detail: 'the user handle names nobody, or another person' })

  const { newCounter, userVerified, credentialBackedUp } = await signedBy(answer, {
    ...relyingParty(installation),
    challenge: found.challenge,
    publicKey: passkey.publicKey,
  })
  if (!userVerified) throw problem('passkey-unverified')
  // Only now, when the signature holds: a counter that anybody could write would lock other people's passkeys.
  if ((newCounter > 0 || passkey.counter > 0) && newCounter <= passkey.counter) {
    await lock(installation, { id: answer.id, personId, now })
    throw problem('passkey-locked', { detail: `the counter went from ${passkey.counter} to ${newCounter}` })
  }
  return {
    personId,
    person: passkey.person,
    credentialId: answer.id,
    methods: [passkey.synced ? 'swk' : 'hwk', 'user'],
    userVerified: true,
    async spend(sql) {
      const [taken, used] = await Promise.all([
        takeChallenge(sql, { id, purpose, subject, now }),
        recordUse(sql, { id: answer.id, counter: newCounter, backedUp: credentialBackedUp, now }),
      ])
      if (!taken) throw problem('passkey-expired')
      if (!used) throw problem('passkey-refused', { detail: 'another assertion of the same passkey came in between' })
    },
  }
}

/** The user handle (WebAuthn §5.4.3) of a person: the identifier, which is random. */
export const handleOf = (personId: string) => Buffer.from(personId).toString('base64url')

type Expected = { rpID: string; origin: string; challenge: string; publicKey: Uint8Array }

/** What the authenticator says, if its signature, domain, origin and challenge are right. The counter is not judged here. */
async function signedBy(response: AuthenticationResponseJSON, { rpID, origin, challenge, publicKey }: Expected) {
  const verified = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: rpID,
    requireUserVerification: false,
    credential: { id: response.id, publicKey: new Uint8Array(publicKey), counter: 0 },
  }).catch((error: Error) => {
    throw problem('passkey-refused', { detail: error.message })
  })
  // The library lets a frame of another site pass when the browser does not name that site.
  if (decodeClientDataJSON(response.response.clientDataJSON).crossOrigin)
    throw problem('passkey-refused', { detail: 'asked from a frame of another site' })
  if (!verified.verified) throw problem('passkey-refused', { detail: 'the signature is wrong' })
  return verified.authenticationInfo
}

/**
 * By a connection of its own: it stands though the caller's transaction is rolled back, which holds no row of it, nor a
 * lock on the person.
 */
async function lock({ sql }: Installation, { id, personId, now }: { id: string; personId: string; now: Date }) {
  await sql.begin(async (own) => {
    if (!(await lockPasskey(own, id, now))) return
    await recordAct(own, 'system', { event: 'identity.passkey-locked', subject: `person/${personId}` })
    await sendAlert(own, { personId, kind: 'passkey-locked' })
  })
}
