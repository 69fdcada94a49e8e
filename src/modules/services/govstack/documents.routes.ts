import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { type Routes, say, sayEverywhere, texts } from '#platform'
import type { Application } from '../applying/applications.ts'
import { getOpen, insertDraft, ownerOf } from '../applying/begin.ts'
import { requireOwnToAct } from '../cases/acting.ts'
import { findCase } from '../cases/cases.sql.ts'
import { replyFilePath } from '../cases/history.ts'
import { keepReplyFile, readQuestion, replyQuestion } from '../cases/replies.ts'
import type { Question } from '../definitions/form.ts'
import { findSame } from '../files/files.sql.ts'
import { receiverOf } from '../files/receiver.ts'
import { type Refused, refusals } from '../files/refusals.ts'
import { lookupOf } from '../files/sealed.ts'
import { keepFile } from '../files/upload.ts'
import { problem } from '../problems.ts'
import { root } from './govstack.routes.ts'
import { UploadShape } from './shapes.ts'
import { documentPath } from './translate.ts'

const words = texts({
  kept: { en: 'Kept. It is checked for viruses before anybody opens it.', 'zh-Hant': '已儲存。開啟前會先掃描病毒。' },
})

/**
 * For what a document is: the service, the identifier under which the application will be sent, and the question; or the task that
 * its answer completes.
 */
const Metadata = Type.String({
  pattern:
    '^([a-z0-9-]{1,60}/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/[a-z0-9_]{1,60}|[A-Z]{2,4}-[2-9A-Z]{5}-[2-9A-Z]{5})$',
  maxLength: 160,
})

/** Documents that are sent before their application: kept in its draft, as files that people send for its questions. */
export const govstackDocumentRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const receive = receiverOf(app)

  const upload = {
    config: { access: 'signed-in', scope: 'services:apply', event: 'services.application-begun' },
    schema: {
      summary:
        'GovStack: send a document for an application, of which `additionalMetadata` is the service, the Idempotency-Key and the question with slashes between, or for the answer to a task, of which it is the taskId',
      consumes: ['multipart/form-data'],
      querystring: Type.Object({ additionalMetadata: Metadata }),
      response: { 200: UploadShape },
    },
  }
  app.post(`${root}/documents`, upload, async (request) => {
    const [service, id, name] = request.query.additionalMetadata.split('/')
    if (id === undefined || name === undefined) return keepForTask(request, service!)
    const open = await getOpen(installation, service!)
    const owner = ownerOf(request, open)
    if (!owner) throw problem('application-in-browser')
    const pages = open.compiled.form?.pages ?? []
    const asked = pages.flatMap(({ page }) => [
      ...(page.by === undefined ? (page.questions ?? []) : []),
      ...(page.repeat?.pages.flatMap(({ questions }) => questions) ?? []),
    ])
    const question = asked.find((each) => each.id === name && each.kind === 'file')
    if (!question) throw problem('page-not-found')
    let kept: { lookup: Buffer; type: string } | undefined
    const refused = await receive(request, question.files ?? [], async (sent) => {
      // Only with a document in hand: one that was refused begins nothing.
      await sql.begin((transaction) =>
        insertDraft(transaction, installation, request, { id, open, owner, browserHash: null }),
      )
      kept = { lookup: lookupOf(installation, sent.bytes), type: sent.type }
      return keepFile(installation, request, id, { sent, placeOf: (draft) => placeOf(draft, question, service!) })
    })
    if (refused) throw refusedFor(refused)
    const row = await findSame(sql, { application: id, question: name, thing: null }, kept!.lookup)
    return {
      ...{ code: 200, type: kept!.type, message: say(words.kept, request.language) },
      url: documentPath(id, row!.id),
    }
  })

  /** A document for the answer to a question that waits: kept until that is sent. */
  async function keepForTask(request: FastifyRequest, reference: string): Promise<Static<typeof UploadShape>> {
    const now = requireOwnToAct(await findCase(sql, reference), request)
    const question = await readQuestion(installation, now)
    if (!question) throw problem('task-not-found')
    let kept: { lookup: Buffer; type: string } | undefined
    const refused = await receive(request, [], async (sent) => {
      kept = { lookup: lookupOf(installation, sent.bytes), type: sent.type }
      const by = { id: request.person!.id, organisation: request.person!.organisation ?? null, token: undefined }
      return sql.begin((transaction) =>
        keepReplyFile({ sql: transaction, installation, request, by, at: installation.now() }, reference, sent),
      )
    })
    if (refused) throw refusedFor(refused)
    const place = { application: now.application, question: replyQuestion, thing: question.files ?? null }
    const row = await findSame(sql, place, kept!.lookup, request.person!.id)
    // The question was answered meanwhile.
    if (!row) throw problem('task-not-found')
    return {
      ...{ code: 200, type: kept!.type, message: say(words.kept, request.language) },
      url: replyFilePath(reference, row.id),
    }
  }
}

const refusedFor = ({ refusal, values = {} }: Refused) =>
  problem('document-refused', { values: { why: sayEverywhere(refusals[refusal], values) } })

/** At its question, whatever has been answered by now: whether that is asked is seen when all is sent. */
function placeOf({ row, draft, by }: Application, question: Question, service: string) {
  // Whoever answers a part of it sends files on the pages of that part alone.
  if (row.service !== service || by !== undefined) throw problem('application-not-found')
  const files = draft.files[question.id] ?? []
  const withFiles = (kept: typeof files) => ({ ...draft, files: { ...draft.files, [question.id]: kept } })
  return { question, thing: null, files, withFiles }
}
