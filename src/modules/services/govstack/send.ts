import type { FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import type { Installation, Sql } from '#platform'
import { lockApplication } from '../applying/applications.sql.ts'
import { type Application, getLocked, openAnswers } from '../applying/applications.ts'
import { getOpen, insertDraft, ownerOf } from '../applying/begin.ts'
import { standingOf } from '../applying/parts.ts'
import { sendDraft } from '../applying/send.ts'
import { requireNoneOpen } from '../cases/begin.ts'
import { todayOf } from '../days.ts'
import { listFiles } from '../files/files.sql.ts'
import { openName } from '../files/sealed.ts'
import { wrongForm } from '../forms.ts'
import { problem } from '../problems.ts'
import type { SubmitBody } from './shapes.ts'
import { agreeWrong, type Document, draftOf, mistakesOf } from './submit.ts'
import { documentPath } from './translate.ts'

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

/** Sends what came; under an identifier that was sent already, the same again is answered as the first and anything else refused. */
export async function sendOnce(means: Means, application: Application, body: Static<typeof SubmitBody>): Promise<void> {
  const { sql, installation, request } = means
  const { row, form } = application
  const { formData, documentUrls = [], agree } = body
  const documents = await documentsOf(means, row.id)
  const { draft, wrong } = draftOf(form, { data: formData.data, documentUrls, documents })
  const filled = { ...application, draft, own: draft }
  if (row.sentAt && row.sealedAnswers) {
    const sentAt = new Date(row.sentAt)
    const { journey } = standingOf({ ...installation, now: () => sentAt }, filled)
    const before = openAnswers(installation, row.id, row.sealedAnswers)
    if (JSON.stringify(journey.answers) !== JSON.stringify(before)) throw problem('application-sent')
    return
  }
  const standing = standingOf(installation, filled)
  const { exit } = standing.journey
  if (exit) throw problem('application-leads-out', { values: { title: exit.title, text: exit.text } })
  const all = [...wrong, ...mistakesOf(standing, draft, todayOf(installation)), ...(agree ? [] : [agreeWrong])]
  if (all.length > 0) throw wrongForm(request, 'application-incomplete', all)
  const [part] = standing.parts
  const party = application.apply.form.parties?.find(({ id }) => id === part?.party)
  if (party) throw problem('application-has-parts', { values: { who: party.title } })
  if (!standing.isReady) throw problem('answers-missing')
  if (application.apply.once) await requireNoneOpen(sql, row)
  await sendDraft(sql, installation, request, { application: filled, standing })
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
