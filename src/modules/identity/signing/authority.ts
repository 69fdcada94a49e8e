import { createPublicKey, type KeyObject, randomBytes } from 'node:crypto'
import { type Installation, type Person, type Sql, say, type Text } from '#platform'
import { sendAlert } from '../inbox/messages.ts'
import { problem } from '../problems.ts'
import {
  type AuthorityKind,
  type AuthorityRow,
  findSigningKey,
  insertAuthority,
  insertSigningKey,
  listAuthorities,
  lockAuthorities,
  lockPerson,
  replaceSigningKey,
  revokeSigningKey,
} from './authority.sql.ts'
import {
  type Extension,
  extension,
  isMadeOutTo,
  makeCertificate,
  type Name,
  nameMax,
  secondKeyOf,
} from './certificates.ts'
import { fingerprintOf, type Signer } from './cms.ts'
import { newKey, newLatticeKey, newSerial, openKey, publicKeyOf, sealKey } from './keys.ts'
import { oids } from './oids.ts'

type Means = Pick<Installation, 'vault' | 'pack' | 'now' | 'address'>
type Authorities = Record<AuthorityKind, AuthorityRow>

const dayMs = 86_400_000
/** For how long a certificate counts, and how long before its end another takes its place: longer than what it issues. */
const lives: Record<AuthorityKind | 'person', { days: number; renewDays: number }> = {
  root: { days: 20 * 365, renewDays: 6 * 365 },
  issuing: { days: 5 * 365, renewDays: 2 * 365 },
  timestamp: { days: 5 * 365, renewDays: 4 * 365 },
  person: { days: 365, renewDays: 30 },
}
/** Of clocks that differ: a certificate counts from a little before it was made. */
const earlyMs = 60_000

/**
 * The certificates of the authority that are in use, in the caller's transaction. Makes them when they are first asked
 * for, and again in good time before they end; of two processes at once, one does.
 */
export async function getAuthorities(sql: Sql, means: Means): Promise<Authorities> {
  const found = inUse(await listAuthorities(sql), means.now())
  if (isWhole(found)) return found
  await lockAuthorities(sql)
  const { root, issuing, timestamp } = inUse(await listAuthorities(sql), means.now())
  const above = root ?? (await makeAuthority(sql, means, 'root'))
  return {
    root: above,
    issuing: issuing ?? (await makeAuthority(sql, means, 'issuing', above)),
    timestamp: timestamp ?? (await makeAuthority(sql, means, 'timestamp', above)),
  }
}

/** The newest of each kind that has enough of its life before it. */
function inUse(rows: readonly AuthorityRow[], now: Date): Partial<Authorities> {
  const newest = (kind: AuthorityKind) =>
    rows.find((row) => row.kind === kind && Date.parse(row.endsAt) - now.getTime() > lives[kind].renewDays * dayMs)
  const [root, issuing, timestamp] = [newest('root'), newest('issuing'), newest('timestamp')]
  return { ...(root && { root }), ...(issuing && { issuing }), ...(timestamp && { timestamp }) }
}

const isWhole = (found: Partial<Authorities>): found is Authorities =>
  Boolean(found.root && found.issuing && found.timestamp)

const titles: Record<AuthorityKind, string> = {
  root: 'Signing Root',
  issuing: 'Signing Authority',
  timestamp: 'Time Stamps',
}

/** Of the authority (RFC 5280, §4.2.1.3 and §4.2.1.9), and of time stamps (RFC 3161, §2.3: critical, and for nothing else). */
const purposes: Record<AuthorityKind, readonly Extension[]> = {
  root: [extension.basicConstraints(1), extension.keyUsage('keyCertSign', 'cRLSign')],
  issuing: [
    extension.basicConstraints(0),
    // It answers for its certificates itself (RFC 6960, §4.2.2.2).
    extension.keyUsage('keyCertSign', 'cRLSign', 'digitalSignature'),
    extension.policy(oids.signingPolicy),
  ],
  timestamp: [
    extension.basicConstraints(undefined),
    extension.keyUsage('digitalSignature'),
    extension.onlyFor(oids.timeStamping),
    extension.policy(oids.timestampPolicy),
  ],
}

async function makeAuthority(sql: Sql, means: Means, kind: AuthorityKind, above?: AuthorityRow): Promise<AuthorityRow> {
  const id = randomBytes(8).toString('hex')
  const key = newKey()
  const government = means.pack.government.name.en
  const name = `${government} ${titles[kind]}`
  // Never cut within a word: where both do not fit, the line above it says whose it is.
  const isShort = name.length <= nameMax
  const made = certify(means, {
    serial: newSerial(),
    subject: [
      ['O', government],
      ['CN', isShort ? name : titles[kind]],
      ['serialNumber', id],
    ],
    publicKey: publicKeyOf(key),
    issuer: above,
    issuerKey: above ? authorityKey(means, above) : key,
    extensions: purposes[kind],
    days: lives[kind].days,
  })
  const sealedKey = sealKey(means.vault, key, contextOf(made.certificate))
  const row = { id, kind, issuerId: above?.id ?? null, sealedKey, ...made }
  await insertAuthority(sql, row)
  return row
}

const contextOf = (certificate: Uint8Array) => `authority/${fingerprintOf(certificate)}`

/** The private key of a certificate of the authority. */
export const authorityKey = ({ vault }: Pick<Means, 'vault'>, { certificate, sealedKey }: AuthorityRow): KeyObject =>
  openKey(vault, sealedKey, contextOf(certificate))

type ToCertify = {
  serial: string
  subject: Name
  publicKey: Buffer
  /** Without one, the certificate signs itself. */
  issuer: AuthorityRow | undefined
  issuerKey: KeyObject
  extensions: readonly Extension[]
  days: number
}

/** A certificate that says where to ask whether it still counts; and when it begins and ends. */
function certify({ now, address }: Means, { issuer, days, ...what }: ToCertify) {
  const begins = new Date(now().getTime() - earlyMs)
  begins.setMilliseconds(0)
  const longest = begins.getTime() + days * dayMs
  // Nothing counts for longer than what vouches for it.
  const ends = new Date(issuer ? Math.min(longest, Date.parse(issuer.endsAt)) : longest)
  const at = issuer && `${address}/signing/ca/${issuer.id}`
  const where = at
    ? [extension.revocationList(`${at}.crl`), extension.issuerAccess(`${at}.crt`, `${address}/signing/ocsp`)]
    : []
  const extensions = [...what.extensions, ...where]
  const certificate = makeCertificate({ ...what, extensions, issuer: issuer?.certificate, begins, ends })
  return { certificate, beginsAt: begins.toISOString(), endsAt: ends.toISOString() }
}

/** What a person signs with, open for this moment only. */
export type OpenKey = {
  serial: string
  signer: Signer
  lattice: KeyObject | undefined
  /**
   * To be done in the transaction that keeps the signature: keeps a key that was made for it. Refuses as `request-busy`
   * where another one was made meanwhile, or this one was revoked, so that no signature stands by a key that does not.
   */
  keep: (sql: Sql) => Promise<void>
}

/**
 * The person's key, or a new one where there is none, it ends soon or it bears another name than theirs is now; whoever asks must have verified that the person
 * does. A key never leaves this process and stands in the table sealed for this person alone. Writes nothing.
 */
export async function openSigningKey(sql: Sql, means: Means, person: Pick<Person, 'id' | 'name'>): Promise<OpenKey> {
  const now = means.now()
  const before = await findSigningKey(sql, person.id)
  const lasts = before && Date.parse(before.endsAt) - now.getTime() > lives.person.renewDays * dayMs
  const stays = lasts && isMadeOutTo(before.certificate, nameIn(means, person.name))
  const row = stays ? before : await makeSigningKey(sql, means, person)
  const issuer = (await listAuthorities(sql)).find(({ id }) => id === row.authorityId)
  if (!issuer) throw new Error(`The authority of certificate ${row.serial} is not in the table`)
  const context = keyContext(person.id, row.serial)
  return {
    serial: row.serial,
    signer: {
      certificate: row.certificate,
      chain: [issuer.certificate],
      key: openKey(means.vault, row.sealedKey, context),
    },
    lattice: row.sealedLatticeKey ? openKey(means.vault, row.sealedLatticeKey, `${context}/lattice`) : undefined,
    async keep(sql) {
      await lockPerson(sql, person.id)
      if ((await findSigningKey(sql, person.id))?.serial !== before?.serial)
        throw problem('request-busy', { detail: 'another key, or none' })
      if (stays) return
      if (before) await replaceSigningKey(sql, before.serial, now.toISOString())
      await insertSigningKey(sql, row)
      await sendAlert(sql, { personId: person.id, kind: 'signing-key-created' })
    },
  }
}

/**
 * Revokes the certificate that a person signs with, in the caller’s transaction, unless it bears the name that documents
 * prove of them now. Returns its serial number; undefined where none had to be revoked. A signature that is being made
 * meanwhile is refused, or was written before and holds.
 */
export async function revokeUnproven(
  sql: Sql,
  means: Means,
  { personId, provenName }: { personId: string; provenName: Text | undefined },
): Promise<string | undefined> {
  await lockPerson(sql, personId)
  const key = await findSigningKey(sql, personId)
  if (!key || (provenName && isMadeOutTo(key.certificate, nameIn(means, provenName)))) return undefined
  await revokeSigningKey(sql, personId, key.serial, means.now().toISOString())
  await sendAlert(sql, { personId, kind: 'signing-key-revoked' })
  return key.serial
}

/** A person’s name as a certificate bears it. */
const nameIn = ({ pack }: Pick<Means, 'pack'>, name: Text) => say(name, pack.government.defaultLanguage)

const keyContext = (personId: string, serial: string) => `person/${personId}/${serial}`

async function makeSigningKey(sql: Sql, means: Means, person: Pick<Person, 'id' | 'name'>) {
  const { issuing } = await getAuthorities(sql, means)
  const [key, lattice, serial] = [newKey(), newLatticeKey(), newSerial()]
  const context = keyContext(person.id, serial)
  const made = certify(means, {
    serial,
    // A number of its own, so that a certificate does not say under which identifier the person is known here.
    subject: [
      ['CN', nameIn(means, person.name)],
      ['serialNumber', newSerial()],
    ],
    publicKey: publicKeyOf(key),
    issuer: issuing,
    issuerKey: authorityKey(means, issuing),
    extensions: [
      extension.basicConstraints(undefined),
      extension.keyUsage('digitalSignature', 'nonRepudiation'),
      extension.policy(oids.signingPolicy),
      ...(lattice ? [extension.secondKey(publicKeyOf(lattice))] : []),
    ],
    days: lives.person.days,
  })
  return {
    serial,
    personId: person.id,
    authorityId: issuing.id,
    sealedKey: sealKey(means.vault, key, context),
    sealedLatticeKey: lattice ? sealKey(means.vault, lattice, `${context}/lattice`) : null,
    ...made,
  }
}

/** The ML-DSA-44 key that a certificate names beside its own, if any. */
export function latticeKeyOf(certificate: Uint8Array): KeyObject | undefined {
  const key = secondKeyOf(certificate)
  return key && createPublicKey({ key, type: 'spki', format: 'der' })
}
