import {
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type RegistrationResponseJSON,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { decodeAttestationObject, decodeClientDataJSON } from '@simplewebauthn/server/helpers'
import { type Installation, type Language, type Sql, say } from '#platform'
import { problem } from '../problems.ts'
import { challengeSeconds, relyingParty } from './assertion.ts'
import { findChallenge, insertChallenge, takeChallenge } from './challenges.sql.ts'
import { nameOfMaker } from './makers.rules.ts'
import { insertPasskey, listPasskeys } from './passkeys.sql.ts'
import { readAttestation } from './responses.ts'

/** `register` opens an account, for which there is more time; `add` adds to one, and is bound to the session. */
type Asked = { purpose: 'register' | 'add'; subject: string }

/** Somebody who opens an account reads and thinks on the way. */
const secondsFor = { register: 30 * 60, add: challengeSeconds }
/** ES256, EdDSA, RS256 (IANA COSE Algorithms): what authenticators have. */
const algorithms = [-7, -8, -257]
export const coolOffMs = 24 * 60 * 60 * 1000
const sealPurpose = 'registration-name'

type Owner = { personId: string; name: string }

/**
 * Begins to make a passkey for a person, who need not be in any table yet. For `register` the name is kept with the
 * challenge, sealed, until the account is opened or half an hour is over.
 */
export async function beginAttestation(
  sql: Sql,
  installation: Installation,
  { purpose, subject, personId, name }: Asked & Owner,
): Promise<string> {
  const { vault } = installation
  const challenge = (await creationOptions(sql, installation, { personId, name })).challenge
  const expiresAt = new Date(installation.now().getTime() + secondsFor[purpose] * 1000)
  const sealed = (id: string) => vault.seal(sealPurpose, name, `challenge/${id}`)
  return insertChallenge(sql, {
    purpose,
    subject,
    personId,
    challenge,
    expiresAt,
    ...(purpose === 'register' && { name: sealed }),
  })
}

/** The options of a challenge that was begun and is not spent, for its page. */
export async function findAttestation(
  sql: Sql,
  installation: Installation,
  { id, purpose, name, language }: { id: string; purpose: Asked['purpose']; name?: string; language: Language },
): Promise<{ options: PublicKeyCredentialCreationOptionsJSON; name: string } | undefined> {
  const found = await findChallenge(sql, { id, purpose, now: installation.now() })
  if (!found?.personId) return undefined
  const owner = { personId: found.personId, name: name ?? openName(installation, id, found.name) }
  const options = await creationOptions(sql, installation, owner, language)
  return { options: { ...options, challenge: found.challenge }, name: owner.name }
}

const openName = ({ vault }: Installation, id: string, sealed: Buffer | null) =>
  sealed ? vault.open(sealPurpose, sealed, `challenge/${id}`).toString() : ''

async function creationOptions(sql: Sql, installation: Installation, owner: Owner, language?: Language) {
  const { government } = installation.pack
  const known = await listPasskeys(sql, owner.personId)
  return generateRegistrationOptions({
    rpID: relyingParty(installation).rpID,
    rpName: say(government.site, language ?? government.defaultLanguage),
    userID: new Uint8Array(Buffer.from(owner.personId)),
    userName: owner.name,
    userDisplayName: owner.name,
    timeout: challengeSeconds * 1000,
    attestationType: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: known.map(({ id, transports }) => ({ id, transports })),
    supportedAlgorithmIDs: algorithms,
  })
}

export type NewPasskeyVerified = Owner & {
  credentialId: string
  methods: ['hwk' | 'swk', 'user']
  /** Keeps it, after the person, whom the table asks for; returns its handle and its first name. */
  insert: (options: { language: Language; fromRecovery: boolean }) => Promise<{ handle: string; name: string }>
}

/**
 * Verifies a new passkey (WebAuthn §7.1) and spends its challenge, in the caller's transaction. Refuses, as problems of
 * identity: `passkey-expired`, `passkey-unverified`, `passkey-refused`, and from `insert` `passkey-known`.
 */
export async function verifyAttestation(
  sql: Sql,
  installation: Installation,
  { id, purpose, subject, response }: Asked & { id: string; response: unknown },
): Promise<NewPasskeyVerified> {
  const now = installation.now()
  const answer = readAttestation(response)
  const taken = await takeChallenge(sql, { id, purpose, subject, now })
  if (!taken?.personId) throw problem('passkey-expired')
  const made = await madeBy(answer, installation, taken.challenge)
  if (!made.userVerified) throw problem('passkey-unverified')
  const { personId } = taken
  const { credential, aaguid, credentialDeviceType, credentialBackedUp } = made
  const synced = credentialDeviceType === 'multiDevice'
  return {
    personId,
    name: openName(installation, id, taken.name),
    credentialId: credential.id,
    methods: [synced ? 'swk' : 'hwk', 'user'],
    insert: async ({ language, fromRecovery }) => {
      const name = nameOfMaker(aaguid, { synced, language })
      const handle = await insertPasskey(sql, {
        id: credential.id,
        personId,
        publicKey: credential.publicKey,
        counter: credential.counter,
        transports: answer.response.transports ?? [],
        synced,
        backedUp: credentialBackedUp,
        aaguid,
        name,
        createdAt: now,
        knownAt: fromRecovery ? new Date(now.getTime() + coolOffMs) : now,
      })
      if (handle === undefined) throw problem('passkey-known')
      return { handle, name }
    },
  }
}

async function madeBy(response: RegistrationResponseJSON, installation: Installation, challenge: string) {
  const { rpID, origin } = relyingParty(installation)
  try {
    const object = decodeAttestationObject(
      new Uint8Array(Buffer.from(response.response.attestationObject, 'base64url')),
    )
    // We ask who made it no authenticator. A chain of certificates that nobody asked for is not followed: it could name
    // any address to be fetched.
    const [format, statement] = [object.get('fmt'), object.get('attStmt')]
    if (format !== 'none' && (format !== 'packed' || statement.get('x5c'))) throw new Error(`attestation ${format}`)
    if (decodeClientDataJSON(response.response.clientDataJSON).crossOrigin) throw new Error('a frame of another site')
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpID,
      requireUserVerification: false,
      supportedAlgorithmIDs: algorithms,
    })
    if (!verified) throw new Error('not verified')
    return registrationInfo
  } catch (error) {
    throw problem('passkey-refused', { detail: (error as Error).message })
  }
}
