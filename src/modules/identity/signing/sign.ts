import { createHash } from 'node:crypto'
import { type Installation, type Person, type Sql, say } from '#platform'
import { sendAlert } from '../inbox/messages.ts'
import { checkAssertion } from '../passkeys/assertion.ts'
import { problem } from '../problems.ts'
import { provenNameOf } from '../proofing/claims.ts'
import { listRevoked } from './authority.sql.ts'
import { authorityKey, getAuthorities, openSigningKey } from './authority.ts'
import { makeRevocationList } from './certificates.ts'
import { addTimestamp, encodeCms, signatureValueOf, signCms, type ToSign } from './cms.ts'
import { checkToken } from './cms-check.ts'
import { makeDual } from './dual.ts'
import type { Hindered } from './hindered.page.tsx'
import { fillPdf } from './pdf-place.ts'
import type { PdfReader } from './pdf-reader.ts'
import {
  findDocument,
  findRequest,
  insertSignature,
  keepDocument,
  lockRequest,
  type SigningRequest,
} from './requests.sql.ts'
import { timestampsOf } from './timestamps.ts'

const purpose = 'signing-document'
/** For how long a signed PDF can be fetched. */
const signedDays = 7

/** A PDF is sealed for its request. */
export const sealDocument = ({ vault }: Installation, requestId: string, bytes: Uint8Array): Buffer =>
  vault.seal(purpose, bytes, `request/${requestId}`)
export const openDocument = ({ vault }: Installation, requestId: string, sealed: Uint8Array): Buffer =>
  vault.open(purpose, sealed, `request/${requestId}`)

/** What keeps this person, signed in as they are, from signing at all. */
export const hindranceOf = ({ onBehalfOf, methods }: Person): Hindered['by'] | undefined =>
  onBehalfOf
    ? 'another'
    : // RFC 8176: a code is no key; `mca` came by another device, whose holder may be led here by somebody.
      methods.some((method) => method === 'otp' || method === 'mca')
      ? 'passkey'
      : undefined

/** Refuses what this person, signed in as they are, may not sign at all. */
export function refuseSigner(person: Person): void {
  const by = hindranceOf(person)
  if (by) throw problem(by === 'another' ? 'signing-for-another' : 'signing-by-passkey')
}

/** Whether a request is this person’s to see: theirs, or anybody’s who has its address until somebody signs it. */
export const isFor = (request: SigningRequest, { id }: Pick<Person, 'id'>): boolean =>
  (request.signedBy ?? request.personId ?? id) === id

/** What this person may see. */
export async function getRequestFor(sql: Sql, id: string, person: Pick<Person, 'id'>): Promise<SigningRequest> {
  const request = await findRequest(sql, id)
  if (!request || !isFor(request, person)) throw problem('request-not-found')
  return request
}

export const isOver = (request: SigningRequest, now: Date): boolean =>
  request.declinedAt !== null || Date.parse(request.expiresAt) <= now.getTime()

export type Approval = { requestId: string; person: Person; challenge: string; response: string; dual: boolean }
type Write = (sql: Sql) => Promise<void>

/**
 * Signs what a request asks for. First the passkey's answer is checked, which must be this person's, for this document;
 * only then the key is opened, used once and let go. Nothing is locked and no connection kept while the document is
 * prepared and its time asked for. In one transaction at the end, with `record`, all of it is written and the answer
 * spent: nothing stands unless all of it does. Nothing is written where this person signed it before, so that a second
 * window changes nothing.
 *
 * Refuses as `refuseSigner`, `checkAssertion` and the reader do; as `request-not-found`, `request-ended`,
 * `timestamp-unavailable`; and as `request-busy` where this is being signed in another window, or its key or the name that
 * is proven of the signer changed.
 */
export async function signRequest(
  installation: Installation,
  pdf: PdfReader,
  { signing, ...approval }: Approval & { signing: Set<string> },
  record: Write,
): Promise<void> {
  const { sql } = installation
  const { person } = approval
  refuseSigner(person)
  const request = await getRequestFor(sql, approval.requestId, person)
  if (request.signedBy) return
  if (isOver(request, installation.now())) throw problem('request-ended')
  const { personId, spend } = await checkAssertion(sql, installation, {
    id: approval.challenge,
    purpose: 'sign',
    subject: request.hash,
    response: approval.response,
  })
  if (personId !== person.id) throw problem('passkey-of-another')
  if (signing.has(personId)) throw problem('request-busy')
  signing.add(personId)
  try {
    const keep = await makeSignature(installation, pdf, { ...approval, request })
    await sql.begin(async (own) => {
      const now = await lockRequest(own, request.id)
      if (!now) throw problem('request-busy')
      if (!isFor(now, person)) throw problem('request-not-found')
      if (now.signedBy) return
      if (isOver(now, installation.now())) throw problem('request-ended')
      await spend(own)
      // Locks the person, as whoever withdraws their proof does.
      await keep(own)
      const proven = await provenNameOf(own, installation, person)
      if (proven?.en !== person.name.en) throw problem('request-busy', { detail: 'another name is proven, or none' })
      await record(own)
    })
  } finally {
    signing.delete(personId)
  }
}

type ToSignRequest = Approval & { request: SigningRequest }

/** The signature with what belongs to it, and how all of that is written. Writes nothing of it yet. */
async function makeSignature(
  installation: Installation,
  pdf: PdfReader,
  { request, person, dual }: ToSignRequest,
): Promise<Write> {
  const { sql } = installation
  // What the authority lacks is made now: whatever asks for it later only reads.
  await sql.begin((own) => getAuthorities(own, installation))
  const { serial, signer, lattice, keep } = await openSigningKey(sql, installation, person)
  const at = installation.now()
  const prepared =
    request.kind === 'pdf'
      ? await pdf.hold((take) => {
          take(request.bytes ?? 0)
          return preparePdf(sql, installation, pdf, { request, person, signer, at })
        })
      : undefined
  const signed = await signWithTime(sql, installation, {
    signer,
    digest: prepared?.digest ?? Buffer.from(request.hash, 'hex'),
    // A PDF says its time itself.
    ...(!prepared && { signingTime: at }),
  })
  const sealed = prepared && sealDocument(installation, request.id, fillPdf(prepared, signed.cms))
  const both = dual && lattice && request.kind === 'hash'
  const second = both ? makeDual(request.hash, signed.cms, signer.certificate, lattice) : null
  return async (own) => {
    await keep(own)
    const until = new Date(at.getTime() + signedDays * 86_400_000).toISOString()
    if (sealed) await keepDocument(own, request.id, sealed, until)
    await insertSignature(own, {
      requestId: request.id,
      personId: person.id,
      serial,
      cms: signed.cms,
      dual: second,
      signedAt: signed.at,
    })
    await sendAlert(own, { personId: person.id, kind: 'document-signed', values: { request: request.id } })
  }
}

/** CMS with a time stamp over its signature (CAdES-T, EN 319 122-1, §6.3), and what the stamp says. */
async function signWithTime(sql: Sql, installation: Installation, what: ToSign): Promise<{ cms: Buffer; at: string }> {
  const signed = signCms(what)
  const hash = createHash('sha256').update(signatureValueOf(signed)).digest()
  const token = await timestampsOf(
    sql,
    installation,
  )(hash).catch((error: Error) => {
    throw installation.timestampUrl ? problem('timestamp-unavailable', { detail: error.message }) : error
  })
  addTimestamp(signed, token)
  return { cms: encodeCms(signed), at: checkToken(token, { hash }).at! }
}

type ToPrepare = { request: SigningRequest; person: Person; signer: ToSign['signer']; at: Date }

/** The PDF with a place for the signature, and what proves it later: certificates and lists of revoked ones of this hour. */
async function preparePdf(
  sql: Sql,
  installation: Installation,
  pdf: PdfReader,
  { request, person, signer, at }: ToPrepare,
) {
  const sealed = await findDocument(sql, request.id, at.toISOString())
  if (!sealed) throw problem('request-ended', { detail: 'the document is not kept any more' })
  const { government } = installation.pack
  const { root, issuing, timestamp } = await getAuthorities(sql, installation)
  const until = new Date(at.getTime() + 86_400_000)
  const listOf = async (row: typeof root) =>
    makeRevocationList({
      issuer: row.certificate,
      issuerKey: authorityKey(installation, row),
      at,
      until,
      revoked: await listRevoked(sql, row.id),
    })
  return pdf.prepare(openDocument(installation, request.id, sealed), {
    name: say(person.name, government.defaultLanguage),
    reason: request.documentName,
    location: say(government.name, government.defaultLanguage),
    at,
    proofs: {
      certificates: [signer.certificate, issuing.certificate, timestamp.certificate, root.certificate],
      revocationLists: [await listOf(issuing), await listOf(root)],
    },
  })
}
