import { hash, randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Installation, Person, Sql } from '#platform'
import type { CompiledForm, CompiledService } from '../definitions/compile.rules.ts'
import type { Service } from '../definitions/service.ts'
import { problem } from '../problems.ts'
import type { Answers } from '../types.ts'
import { getVersion } from '../versions/versions.ts'
import { findApplication, lockApplication, type Row, updateDraft } from './applications.sql.ts'
import type { Draft } from './draft.ts'
import { type Journey, walk } from './journey.rules.ts'

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

/** Whoever is signed in owns what they began in the name in which they act now; a browser owns what was begun in it. */
function isOwner(request: FastifyRequest, row: Row): boolean {
  const { person } = request
  if (row.personId !== null) {
    const as = person && applicantOf(person)
    return as?.personId === row.personId && as.organisation === row.organisation
  }
  const browser = browserHashOf(request)
  return browser !== null && row.browserHash !== null && browser.equals(row.browserHash)
}

export type Application = {
  row: Row
  draft: Draft
  service: Service
  compiled: CompiledService
  form: CompiledForm
  apply: NonNullable<Service['apply']>
}

const contextOf = (id: string) => `application/${id}`
export const sealDraft = ({ vault }: Pick<Installation, 'vault'>, id: string, draft: Draft): Buffer =>
  vault.seal('application', JSON.stringify(draft), contextOf(id))
export const openDraft = ({ vault }: Pick<Installation, 'vault'>, { id, sealedTyped }: Row): Draft =>
  JSON.parse(vault.open('application', sealedTyped, contextOf(id)).toString()) as Draft
export const sealAnswers = ({ vault }: Pick<Installation, 'vault'>, id: string, answers: Answers): Buffer =>
  vault.seal('application-answers', JSON.stringify(answers), contextOf(id))
export const openAnswers = ({ vault }: Pick<Installation, 'vault'>, id: string, sealed: Uint8Array): Answers =>
  JSON.parse(vault.open('application-answers', sealed, contextOf(id)).toString()) as Answers

async function read(sql: Sql, installation: Pick<Installation, 'vault'>, row: Row): Promise<Application> {
  const compiled = await getVersion(sql, row.version)
  const { service, form } = compiled
  if (!form || !service.apply) throw new Error(`Version ${row.version} takes no applications`)
  const draft = openDraft(installation, row)
  return { row, draft, service, compiled, form, apply: service.apply }
}

/** An application of whoever asks; for everybody else it is as if there were none. */
export async function getApplication(
  installation: Installation,
  request: FastifyRequest,
  id: string,
): Promise<Application> {
  const row = await findApplication(installation.sql, id)
  if (!row || !isOwner(request, row)) throw problem('application-not-found')
  return read(installation.sql, installation, row)
}

/** The same, kept from everybody else until the caller’s transaction ends. */
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

const triesMax = 5
/** Letters of a draft as it is kept: far more than any form needs. */
const draftMax = 2_000_000
const dayMs = 86_400_000
export const expiryOf = (apply: Application['apply'], now: Date): Date =>
  new Date(now.getTime() + apply.keep.draftDays * dayMs)

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
  for (let tries = 0; tries < triesMax; tries += 1) {
    const application = await getDraft(installation, request, id)
    const draft = await change(application)
    if (JSON.stringify(draft).length > draftMax) throw problem('draft-too-large')
    const now = installation.now()
    const kept = {
      ...{ id, revision: application.row.revision, sealedTyped: sealDraft(installation, id, draft) },
      ...{ language: request.language, now, expires: expiryOf(application.apply, now) },
    }
    const isKept = within
      ? await installation.sql.begin(async (sql) => {
          const isFirst = await updateDraft(sql, kept)
          if (isFirst) await within(sql)
          return isFirst
        })
      : await updateDraft(installation.sql, kept)
    if (isKept) return { ...application, draft }
  }
  throw problem('draft-busy')
}

/** The day at the government, as 2026-11-28. */
export function todayOf({ now, pack }: Pick<Installation, 'now' | 'pack'>): string {
  const { timeZone } = pack.government
  // Made once: making one costs more than a page.
  const form = dayForms.get(timeZone) ?? new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })
  dayForms.set(timeZone, form)
  return form.format(now())
}
const dayForms = new Map<string, Intl.DateTimeFormat>()

/** The way of the applicant through the form. */
export const journeyOf = (installation: Installation, { form, draft }: Application): Journey =>
  walk(form, draft, { today: todayOf(installation) })
