import type { Server } from 'node:http'
import type { FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import type { Installation, Sql } from '#platform'
import { findApplication, lockApplication, updateDraft } from '../applying/applications.sql.ts'
import {
  type Application,
  applicantOf,
  expiryOf,
  getApplication,
  getLocked,
  openAnswers,
  sealDraft,
} from '../applying/applications.ts'
import { getOpen, insertDraft, ownerOf } from '../applying/begin.ts'
import type { Draft } from '../applying/draft.ts'
import { ownWay } from '../applying/journey.rules.ts'
import { standingOf } from '../applying/parts.ts'
import { findKnown, type Known } from '../applying/prefill.ts'
import { sendDraft } from '../applying/send.ts'
import { requireNoneOpen } from '../cases/begin.ts'
import { todayOf } from '../days.ts'
import type { CompiledForm } from '../definitions/compile.rules.ts'
import type { FormPage } from '../definitions/form.ts'
import { listFiles } from '../files/files.sql.ts'
import { openName } from '../files/sealed.ts'
import { wrongForm } from '../forms.ts'
import { problem } from '../problems.ts'
import type { Answers } from '../types.ts'
import type { AnswersData, SubmitBody } from './shapes.ts'
import { agreeWrong, type Document, draftOf, mistakesOf } from './submit.ts'
import { dataOf, documentPath } from './translate.ts'

type Body = Static<typeof SubmitBody>
/** One sending, in a transaction of its own. */
type Means = { sql: Sql; installation: Installation; request: FastifyRequest }

/** Begins what was not begun yet under this identifier, and holds it. */
export async function beginOrLock({ sql, installation, request }: Means, id: string, service: string) {
  if (!(await lockApplication(sql, id))) {
    const open = await getOpen(installation, service)
    const owner = ownerOf(request, open)
    if (!owner) throw problem('application-in-browser')
    await insertDraft(sql, installation, request, { id, open, owner, browserHash: null })
  }
  const application = await getLocked(installation, request, id, sql)
  if (application.row.service !== service || application.row.preview) throw problem('application-not-found')
  return application
}

/**
 * What is known of questions that a sending leaves out, as on the pages: from the account, or from a register by an answer that was
 * sent. Nothing of what was sent before, which has its answers.
 */
export async function knownFor(
  { installation, server, request }: Omit<Means, 'sql'> & { server: Server },
  { id, service, body }: { id: string; service: string; body: Body },
): Promise<Known> {
  const known: Known = { typed: {}, sources: {} }
  const form = await formOf()
  if (!form) return known
  const { personId } = applicantOf(request.person!)
  const today = todayOf(installation)
  let { draft } = draftOf(form, { data: body.formData.data, documentUrls: [], documents: [] })
  for (const { page } of form.pages) {
    const questions = page.by === undefined ? (page.questions ?? []) : []
    const left = questions.filter(({ id, prefill }) => prefill && body.formData.data[id] === undefined)
    if (left.length === 0) continue
    const journey = ownWay(form, draft, today)
    if (!journey.stops.some((stop) => stop.page.id === page.id)) continue
    const asking = { row: { personId, language: request.language }, draft }
    const found = await findKnown({ installation, server }, asking, left, () => journey.answers)
    Object.assign(known.typed, found.typed)
    Object.assign(known.sources, found.sources)
    draft = filledIn(draft, found)
  }
  return known

  /** The form by which it goes, of whoever may send it: nobody else asks a register by this. */
  async function formOf(): Promise<CompiledForm | undefined> {
    if (await findApplication(installation.sql, id)) {
      const begun = await getApplication(installation, request, id)
      return begun.row.state === 'sent' ? undefined : begun.form
    }
    const open = await getOpen(installation, service)
    ownerOf(request, open)
    return open.compiled.form
  }
}

const filledIn = (draft: Draft, { typed, sources }: Known): Draft => ({
  ...draft,
  typed: { ...draft.typed, ...typed },
  sources: { ...draft.sources, ...sources },
})

/**
 * Sends what came; under an identifier that was sent already, the same again is answered as the first and anything else refused. Where
 * somebody else answers a part it is kept as a draft, which is sent by the same again when they signed; and as a draft with all that is
 * open where that is asked for.
 */
export async function sendOnce(
  means: Means,
  application: Application,
  { body, known }: { body: Body; known: Known },
): Promise<void> {
  const { sql, installation, request } = means
  const { row, form } = application
  const { formData, documentUrls = [], agree } = body
  const documents = await documentsOf(means, row.id)
  const read = (data: AnswersData) => {
    const { draft, wrong } = draftOf(form, { data, documentUrls, documents })
    const filled = filledIn(draft, known)
    return { filled: { ...application, draft: filled, own: filled }, wrong }
  }
  if (row.sentAt && row.sealedAnswers) {
    const sentAt = new Date(row.sentAt)
    const before = openAnswers(installation, row.id, row.sealedAnswers)
    // What was filled in for the first is left out again.
    const { filled } = read({ ...sourcedOf(application, before), ...formData.data })
    const { journey } = standingOf({ ...installation, now: () => sentAt }, filled)
    const { answers } = journey
    if (JSON.stringify(answers) !== JSON.stringify(before)) throw problem('application-sent')
    return
  }
  const { filled, wrong } = read(formData.data)
  const { draft } = filled
  const keep = async (kept: Draft) => {
    const now = installation.now()
    const at = { id: row.id, revision: row.revision, sealedTyped: sealDraft(installation, row.id, kept), now }
    await updateDraft(sql, { ...at, language: request.language, expires: expiryOf(application.apply, now) })
  }
  if (body.draft) {
    // What the form has no place for could not be kept.
    if (wrong.length > 0) throw wrongForm(request, 'application-incomplete', wrong)
    const given = Object.keys(formData.data)
    const isAnswered = ({ questions = [], repeat }: FormPage) =>
      repeat
        ? given.includes(repeat.name)
        : questions.some(({ id }) => given.includes(id)) &&
          questions.every(({ id, optional }) => optional || given.includes(id))
    const open = form.pages.flatMap(({ page }) => (isAnswered(page) ? [] : page.id))
    // As if nobody had been there: what is open is asked, and is no mistake.
    return keep({ ...draft, seen: draft.seen.filter((page) => !open.includes(page)) })
  }
  const standing = standingOf(installation, filled)
  const { exit } = standing.journey
  if (exit) throw problem('application-leads-out', { values: { title: exit.title, text: exit.text } })
  const all = [...wrong, ...mistakesOf(standing, draft, todayOf(installation)), ...(agree ? [] : [agreeWrong])]
  if (all.length > 0) throw wrongForm(request, 'application-incomplete', all)
  if (standing.parts.some(({ state }) => state !== 'signed')) return keep(draft)
  if (!standing.isReady) throw problem('answers-missing')
  if (application.apply.once) await requireNoneOpen(sql, row)
  await sendDraft(sql, installation, request, { application: filled, standing })
}

/** The answers that were filled in, as they would have been sent. */
function sourcedOf({ row, draft, form }: Application, answers: Answers): AnswersData {
  const pages = form.pages.map(({ page }) => page).filter(({ by }) => by === undefined)
  const all = Object.entries(dataOf(pages, answers, (file) => documentPath(row.id, file)))
  return Object.fromEntries(all.filter(([name]) => draft.sources[name] !== undefined))
}

async function documentsOf({ sql, installation }: Means, id: string): Promise<Document[]> {
  const rows = await listFiles(sql, id)
  return rows
    .filter(({ state }) => state !== 'refused')
    .map((row) => ({
      ...{ url: documentPath(id, row.id), question: row.question },
      file: { id: row.id, name: openName(installation, row), type: row.mediaType, octets: row.octets },
    }))
}
