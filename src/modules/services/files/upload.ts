import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Installation, queueJob, sayEverywhere } from '#platform'
import { type Application, changeDraft, getDraft, journeyOf } from '../applying/applications.ts'
import { getStop, pageData } from '../applying/pages.routes.ts'
import { QuestionPage } from '../applying/question.page.tsx'
import type { Mistake } from '../applying/read.rules.ts'
import { partData } from '../applying/things.routes.ts'
import { countFiles, findSame, insertFile } from './files.sql.ts'
import { notesOf } from './notes.ts'
import { getPlace, type Params, type Place, returnTo } from './places.ts'
import { fileLimits } from './receive.ts'
import { receiverOf, type Sent } from './receiver.ts'
import { type Refused, refusals, refuse, statusOf } from './refusals.ts'
import { scanJob } from './scan.ts'
import { lookupOf, openName, sealFile } from './sealed.ts'

/** A refusal that undoes what was begun for a file. */
class NotTaken extends Error {
  readonly refused: Refused
  constructor(refused: Refused) {
    super(refused.refusal)
    this.refused = refused
  }
}
const notTaken = (...refused: Parameters<typeof refuse>): never => {
  throw new NotTaken(refuse(...refused))
}

export type Asking = FastifyRequest & { query: { return?: 'check' } }

/** Receives the file of a form for a question and keeps it: back to the page, or the page again with what is wrong. */
export function openUpload(app: FastifyInstance) {
  const { installation } = app
  const receive = receiverOf(app)
  return async (request: Asking, reply: FastifyReply, params: Params) => {
    const returns = request.query.return === 'check'
    reply.header('cache-control', 'no-store')
    // Before anything is received.
    const { question, path } = getPlace(installation, await getDraft(installation, request, params.id), params)
    const refused = await receive(request, question.files ?? [], (sent) =>
      keepFile(installation, request, params.id, { sent, placeOf: (draft) => getPlace(installation, draft, params) }),
    )
    if (!refused) return reply.redirect(returnTo(installation, request.language, path, returns), 303)
    const application = await getDraft(installation, request, params.id)
    const data = await pageAgain(installation, application, params, returns, refused)
    return reply.code(statusOf(refused.refusal)).page(data, QuestionPage)
  }
}

/**
 * Keeps a file and puts it into the draft, both or neither. The same bytes for the same question are there already. Returns why it was
 * not taken.
 */
export async function keepFile(
  installation: Installation,
  request: FastifyRequest,
  application: string,
  {
    sent,
    placeOf,
  }: { sent: Sent; placeOf: (draft: Application) => Pick<Place, 'question' | 'thing' | 'files' | 'withFiles'> },
): Promise<Refused | undefined> {
  const { name, type, bytes } = sent
  const id = randomUUID()
  const lookup = lookupOf(installation, bytes)
  const sealed = sealFile(installation, id, { name, bytes })
  let place: ReturnType<typeof placeOf>
  let isNew: boolean
  const change = async (draft: Application) => {
    place = placeOf(draft)
    const at = { application, question: place.question.id, thing: place.thing }
    const same = await findSame(installation.sql, at, lookup)
    if (same?.state === 'refused') notTaken('infected', { name: same.finding ?? openName(installation, same) })
    isNew = same === undefined
    if (!isNew) return draft.draft
    const max = place.question.max ?? fileLimits.ofQuestion
    if (place.files.length >= max) notTaken('too-many', { max })
    return place.withFiles([...place.files, { id, name, type, octets: bytes.length }])
  }
  try {
    await changeDraft(installation, request, application, change, async (sql) => {
      if (!isNew) return
      const { files, octets } = await countFiles(sql, application)
      if (files >= fileLimits.files) notTaken('too-many-files', { max: fileLimits.files })
      if (octets + bytes.length > fileLimits.applicationOctets)
        notTaken('too-many-octets', { megabytes: fileLimits.applicationOctets / 1e6 })
      await insertFile(sql, {
        ...{ id, application, question: place.question.id, thing: place.thing },
        ...{ ...sealed, lookup, mediaType: type, octets: bytes.length, now: installation.now() },
      })
      if (installation.clamav) await queueJob(sql, scanJob, {}, { key: scanJob })
    })
  } catch (error) {
    if (error instanceof NotTaken) return error.refused
    throw error
  }
  return undefined
}

/** The page of a question again, with what is wrong; everything else on it is as it was. */
async function pageAgain(
  installation: Installation,
  application: Application,
  params: Params,
  returns: boolean,
  refused: Refused,
) {
  const { question, thing } = getPlace(installation, application, params)
  const text = sayEverywhere(refusals[refused.refusal], refused.values ?? {})
  const mistakes: Mistake[] = [{ control: question.id, text }]
  const files = await notesOf(installation, params.id, [question], thing)
  const given = { mistakes, files }
  if (params.thing !== undefined && params.part !== undefined)
    return partData(installation, application, { ...params, thing: params.thing, part: params.part }, returns, given)
  const journey = journeyOf(installation, application)
  return pageData(installation, application, journey, getStop(journey, params.page).page, returns, given)
}
