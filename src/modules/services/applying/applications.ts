import { hash, randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { mayAct } from '#identity'
import type { Installation, Person, Sql } from '#platform'
import { todayOf } from '../days.ts'
import type { CompiledForm, CompiledService } from '../definitions/compile.rules.ts'
import type { Service } from '../definitions/service.ts'
import { withSessions } from '../places/options.ts'
import { problem } from '../problems.ts'
import type { Answers } from '../types.ts'
import { getVersion } from '../versions/versions.ts'
import { findApplication, findSince, lockApplication, type Row, updateDraft } from './applications.sql.ts'
import type { Draft } from './draft.ts'
import { type Journey, ownWay, walk } from './journey.rules.ts'
import { listParts, type PartRow, updatePart } from './parts.sql.ts'
import { seenOf } from './seen.ts'

const cookie = 'praya_applications'
const cookieSeconds = 366 * 24 * 60 * 60

/** By what a browser proves that it began an application: 32 bytes that it alone holds, of which their hash is kept. */
export const browserHashOf = (request: FastifyRequest): Buffer | null => {
  const secret = request.cookies[cookie]
  return secret && /^[\w-]{43}$/.test(secret) ? hash('sha256', secret, 'buffer') : null
}

/** The same, given to the browser first where it has none. */
export function giveBrowserHash(request: FastifyRequest, reply: FastifyReply): Buffer {
  const known = browserHashOf(request)
  if (known) return known
  const secret = randomBytes(32).toString('base64url')
  reply.setCookie(cookie, secret, {
    ...{ path: '/', sameSite: 'lax', httpOnly: true, maxAge: cookieSeconds },
    secure: request.protocol === 'https',
  })
  return hash('sha256', secret, 'buffer')
}

/** In whose name somebody applies: their own, that of the person for whom they act, or of an organisation. */
export const applicantOf = ({ id, organisation, onBehalfOf }: Person) => ({
  personId: onBehalfOf?.id ?? id,
  organisation: organisation ?? null,
})

/** Of what a person for whom one acts began and sent, one sees what a mandate covers. */
export const mayRead = (request: FastifyRequest, { service }: Pick<Row, 'service'>): boolean =>
  !request.person?.onBehalfOf || mayAct(request, { service })

/** Whoever is signed in owns what they began in the name in which they act now; a browser owns what was begun in it. */
function isOwner(
  request: FastifyRequest,
  { personId, organisation, browserHash, service }: Pick<Row, 'personId' | 'organisation' | 'browserHash' | 'service'>,
): boolean {
  const { person } = request
  if (personId === null) return isBrowser(request, browserHash)
  const as = person && applicantOf(person)
  return as?.personId === personId && as.organisation === organisation && mayRead(request, { service })
}

/** What a company or an association sent is open to all who act for it, as its case is; a draft is of whoever writes it. */
const isOfOrganisation = ({ person }: FastifyRequest, { organisation, state }: Row): boolean =>
  state === 'sent' && organisation !== null && person?.organisation === organisation && !person.onBehalfOf

function isBrowser(request: FastifyRequest, browserHash: Buffer | null): boolean {
  const browser = browserHashOf(request)
  return browser !== null && browserHash !== null && browser.equals(browserHash)
}

/** Whoever took a part over, in whatever name they act now: they answer for themselves. */
const isParty = (request: FastifyRequest, { personId, browserHash }: PartRow): boolean =>
  personId !== null ? request.person?.id === personId : isBrowser(request, browserHash)

export type Part = PartRow & { draft: Draft }

export type Application = {
  row: Row
  /** What whoever asks has typed: the applicant, or the party `by` who was asked for pages of their own. */
  draft: Draft
  by?: string
  /** What the applicant typed. */
  own: Draft
  parts: readonly Part[]
  service: Service
  compiled: CompiledService
  form: CompiledForm
  apply: NonNullable<Service['apply']>
}

const contextOf = (id: string) => `application/${id}`
export const sealDraft = ({ vault }: Pick<Installation, 'vault'>, id: string, draft: Draft): Buffer =>
  vault.seal('application', JSON.stringify(draft), contextOf(id))
export const openDraft = (
  { vault }: Pick<Installation, 'vault'>,
  { id, sealedTyped }: Pick<Row, 'id' | 'sealedTyped'>,
): Draft => JSON.parse(vault.open('application', sealedTyped, contextOf(id)).toString()) as Draft
export const sealAnswers = ({ vault }: Pick<Installation, 'vault'>, id: string, answers: Answers): Buffer =>
  vault.seal('application-answers', JSON.stringify(answers), contextOf(id))
export const openAnswers = ({ vault }: Pick<Installation, 'vault'>, id: string, sealed: Uint8Array): Answers =>
  JSON.parse(vault.open('application-answers', sealed, contextOf(id)).toString()) as Answers

async function read(sql: Sql, installation: Installation, row: Row, known?: Draft): Promise<Application> {
  const sent = row.sealedAnswers ? openAnswers(installation, row.id, row.sealedAnswers) : undefined
  const compiled = await withSessions(sql, installation, await getVersion(sql, row.version), sent)
  const { service, form } = compiled
  if (!form || !service.apply) throw new Error(`Version ${row.version} takes no applications`)
  const own = known ?? openDraft(installation, row)
  seenOf(installation).keep(row, own)
  const rows = service.apply.form.parties ? await listParts(sql, row.id) : []
  const parts = rows.map((part) => ({
    ...part,
    draft: openDraft(installation, { id: row.id, sealedTyped: part.sealedTyped }),
  }))
  return { row, draft: own, own, parts, service, compiled, form, apply: service.apply }
}

/** An application as it stands now. */
async function find(installation: Installation, id: string): Promise<Application | undefined> {
  const known = seenOf(installation).find(id)
  if (!known) {
    const row = await findApplication(installation.sql, id)
    return row && read(installation.sql, installation, row)
  }
  const row = await findSince(installation.sql, id, known.row.revision)
  if (!row) return undefined
  if (row.sealedTyped) return read(installation.sql, installation, { ...row, sealedTyped: row.sealedTyped })
  return read(installation.sql, installation, { ...row, sealedTyped: known.row.sealedTyped }, known.own)
}

/** An application of whoever asks, as applicant or as a party; for everybody else it is as if there were none. */
export async function getApplication(
  installation: Installation,
  request: FastifyRequest,
  id: string,
): Promise<Application> {
  const application = await find(installation, id)
  if (!application) throw problem('application-not-found')
  if (isOwner(request, application.row) || isOfOrganisation(request, application.row)) return application
  return asParty(request, application)
}

function asParty(request: FastifyRequest, application: Application): Application {
  const part = application.parts.find((each) => isParty(request, each))
  if (!part) throw problem('application-not-found')
  return { ...application, draft: part.draft, by: part.party }
}

/** A draft of whoever was asked for a part of it, kept from everybody else until the caller’s transaction ends. */
export async function getLockedPart(
  installation: Installation,
  request: FastifyRequest,
  id: string,
  sql: Sql,
): Promise<Application> {
  const row = await lockApplication(sql, id)
  if (!row) throw problem('application-not-found')
  const application = asParty(request, await read(sql, installation, row))
  if (row.state === 'sent') throw problem('application-sent')
  return application
}

/** An application of its applicant, kept from everybody else until the caller’s transaction ends. */
export async function getLocked(
  installation: Installation,
  request: FastifyRequest,
  id: string,
  sql: Sql,
): Promise<Application> {
  const row = await lockApplication(sql, id)
  if (!row || !isOwner(request, row)) throw problem('application-not-found')
  return read(sql, installation, row)
}

/** A draft: what was sent cannot be changed any more. */
export async function getDraft(installation: Installation, request: FastifyRequest, id: string): Promise<Application> {
  const application = await getApplication(installation, request, id)
  if (application.row.state === 'sent') throw problem('application-sent')
  return application
}

/** A draft of its applicant: what a party has no part in. */
export async function getOwnDraft(
  installation: Installation,
  request: FastifyRequest,
  id: string,
): Promise<Application> {
  const application = await getDraft(installation, request, id)
  if (application.by !== undefined) throw problem('application-not-found')
  return application
}

const triesMax = 5
/** Letters of a draft as it is kept: far more than any form needs. */
const draftMax = 2_000_000
const dayMs = 86_400_000
/** Until when a draft is kept: always the end of a day, so that no index follows each change of it. */
export const expiryOf = (apply: Application['apply'], now: Date): Date =>
  new Date((Math.ceil(now.getTime() / dayMs) + apply.keep.draftDays) * dayMs)

/**
 * Changes a draft and keeps it, also where another tab changes it at the same moment: then `change` is asked again with what that one
 * left. `within` runs in the transaction that keeps the draft, when it was kept: what it writes and the draft are there together or not
 * at all. Returns the application as it is now.
 */
export async function changeDraft(
  installation: Installation,
  request: FastifyRequest,
  id: string,
  change: (application: Application) => Draft | Promise<Draft>,
  within?: (sql: Sql) => Promise<void>,
): Promise<Application> {
  const seen = seenOf(installation)
  for (let tries = 0; tries < triesMax; tries += 1) {
    // What was seen last is changed only if it is still so; otherwise it is looked up.
    const known = tries === 0 ? seen.find(id) : undefined
    const application =
      known &&
      isOwner(request, known.row) &&
      !(await getVersion(installation.sql, known.row.version)).service.apply?.form.parties
        ? await read(installation.sql, installation, known.row, known.own)
        : await getDraft(installation, request, id)
    const draft = await change(application)
    if (JSON.stringify(draft).length > draftMax) throw problem('draft-too-large')
    const now = installation.now()
    const sealedTyped = sealDraft(installation, id, draft)
    const { by, row } = application
    const expires = row.preview ? new Date(row.expiresAt!) : expiryOf(application.apply, now)
    const kept = { id, revision: row.revision, sealedTyped, language: request.language, now, expires }
    const part = application.parts.find(({ party }) => party === by)
    const update = (sql: Sql) =>
      part
        ? updatePart(sql, { application: id, party: part.party, revision: part.revision, sealedTyped })
        : updateDraft(sql, kept)
    const isKept = within
      ? await installation.sql.begin(async (sql) => {
          const isFirst = await update(sql)
          if (isFirst) await within(sql)
          return isFirst
        })
      : await update(installation.sql)
    if (isKept && part) return { ...application, draft }
    if (isKept) {
      const at = { changedAt: now.toISOString(), expiresAt: expires.toISOString() }
      const changed = { ...row, ...at, sealedTyped, language: request.language, revision: row.revision + 1 }
      seen.keep(changed, draft)
      return { ...application, row: changed, draft, own: draft }
    }
    seen.forget(id)
  }
  throw problem('draft-busy')
}

/** The way of whoever asks through the form. */
export function journeyOf(installation: Installation, { form, draft, own, by }: Application): Journey {
  const today = todayOf(installation)
  if (by === undefined) return ownWay(form, draft, today)
  return walk(form, draft, { today, by, others: ownWay(form, own, today).answers })
}
