// What a person applied for, for the program that they let ask.
import type { FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import { subjectOf } from '#identity'
import { type Installation, say, sayEverywhere, texts } from '#platform'
import { listApplications, type Part } from '../applying/applications.sql.ts'
import {
  type Application,
  applicantOf,
  getApplication,
  journeyOf,
  mayRead,
  openAnswers,
} from '../applying/applications.ts'
import { standingOf } from '../applying/parts.ts'
import { listCasesOf } from '../cases/cases.sql.ts'
import { filesIn } from '../files/places.ts'
import { problem } from '../problems.ts'
import { getVersion } from '../versions/versions.ts'
import type { ApplicationLineShape, ApplicationShape } from './shapes.ts'
import { dataOf, documentPath, statusOf } from './translate.ts'

const words = texts({
  draft: { en: 'Not sent yet', 'zh-Hant': '尚未提交' },
  waits: { en: 'Not sent yet. Waits for: {who}', 'zh-Hant': '尚未提交，等候：{who}' },
})

/** What a person applied for, drafts too. */
export async function listOwn(
  installation: Installation,
  request: FastifyRequest,
  { service, applicantId }: { service?: string | undefined; applicantId?: string | undefined },
  part: Part,
): Promise<Static<typeof ApplicationLineShape>[]> {
  const { sql } = installation
  const { person, language } = request
  const mine = applicantOf(person!)
  const isMine = applicantId === (await subjectOf(installation, person!, mine.personId))
  // Names of others cannot be turned back into whose they are.
  const applicant = applicantId === undefined ? undefined : isMine ? mine.personId : ''
  const by = { ...mine, service, applicant }
  const rows = (await listApplications(sql, by, part)).filter((row) => mayRead(request, row))
  const cases = await listCasesOf(
    sql,
    rows.map(({ id }) => id),
  )
  return Promise.all(
    rows.map(async ({ id, service, version, begunAt, sentAt, personId }) => {
      const compiled = await getVersion(sql, version)
      const now = cases.find(({ application }) => application === id)
      return {
        ...{ fileId: id, serviceId: service, serviceName: say(compiled.service.title, language) },
        ...{ applicantId: await subjectOf(installation, person!, personId), created: begunAt },
        ...(sentAt && { registered: sentAt }),
        ...(now && { mainTaskId: now.reference }),
        status: now
          ? statusOf(compiled, now, language)
          : { code: 'PENDING' as const, title: say(words.draft, language) },
      }
    }),
  )
}

/** One of them, so that it could be sent again. */
export async function showOwn(
  installation: Installation,
  request: FastifyRequest,
  id: string,
): Promise<Static<typeof ApplicationShape>> {
  const application = await getApplication(installation, request, id)
  const { row, by, compiled, form } = application
  if (by !== undefined || row.preview || row.personId === null) throw problem('application-not-found')
  const [now] = await listCasesOf(installation.sql, [id])
  const answers = row.sealedAnswers
    ? openAnswers(installation, id, row.sealedAnswers)
    : journeyOf(installation, application).answers
  const pages = form.pages.map(({ page }) => page)
  const applicantId = await subjectOf(installation, request.person!, row.personId)
  const pathOf = (file: string) => documentPath(id, file)
  return {
    ...{ fileId: id, serviceId: row.service, serviceName: say(compiled.service.title, request.language) },
    ...{ applicantId, ended: (now?.outcome ?? null) !== null, ...(row.sentAt && { registered: row.sentAt }) },
    ...(now ? { status: statusOf(compiled, now, request.language) } : draftOf(installation, application, request)),
    applicationData: {
      ...{ applicantId, created: row.begunAt },
      formData: { eFormId: row.service, data: dataOf(pages, answers, pathOf) },
      documentUrls: filesIn(answers).map(pathOf),
    },
  }
}

/** Where the person goes on with what is not sent, and for whose part it waits. */
function draftOf(installation: Installation, application: Application, { language }: FastifyRequest) {
  const { parts } = standingOf(installation, application)
  const waiting = parts.filter(({ state }) => state !== 'signed')
  const who = application.apply.form.parties?.find(({ id }) => waiting.some(({ party }) => party === id))
  const title = who ? sayEverywhere(words.waits, { who: who.title }) : words.draft
  const path = `/applications/${application.row.id}`
  return { status: { code: 'PENDING' as const, title: say(title, language) }, url: who ? `${path}/parts` : path }
}
