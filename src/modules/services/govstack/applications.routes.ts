import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import { Type } from 'typebox'
import { subjectOf } from '#identity'
import { type Routes, say, sayEverywhere, texts } from '#platform'
import { listApplications } from '../applying/applications.sql.ts'
import { type Application, applicantOf, getApplication, journeyOf, openAnswers } from '../applying/applications.ts'
import { standingOf } from '../applying/parts.ts'
import { listCasesOf } from '../cases/cases.sql.ts'
import type { Case } from '../cases/events.ts'
import { filesIn } from '../files/places.ts'
import { problem } from '../problems.ts'
import { getVersion } from '../versions/versions.ts'
import { Key, OnceHeaders, paging, root } from './govstack.routes.ts'
import { beginOrLock, knownFor, sendOnce } from './send.ts'
import { ApplicationLineShape, ApplicationShape, SubmitBody } from './shapes.ts'
import { dataOf, documentPath, statusOf } from './translate.ts'

const words = texts({
  draft: { en: 'Not sent yet', 'zh-Hant': '尚未提交' },
  waits: { en: 'Not sent yet. Waits for: {who}', 'zh-Hant': '尚未提交，等候：{who}' },
})

/** What a person applied for, and what a program sends in their name. */
export const govstackApplicationRoutes: Routes = async (app) => {
  const { sql, installation } = app
  const config = { access: 'signed-in', scope: 'services:apply' }

  const list = {
    config,
    schema: {
      summary: 'GovStack: the applications of whoever asks; `firstResult` counts from 0',
      querystring: Type.Object({
        serviceKey: Type.Optional(Key),
        applicantId: Type.Optional(Type.String({ maxLength: 60 })),
        ...paging,
        sortBy: Type.Optional(Type.Literal('created')),
        sortOrder: Type.Optional(Type.Enum(['asc', 'desc'])),
      }),
      response: { 200: Type.Array(ApplicationLineShape) },
    },
  }
  app.get(`${root}/applications`, list, async ({ person, query, language }) => {
    const { serviceKey: service, firstResult, maxResult, sortBy, sortOrder } = query
    const begun = sortBy || sortOrder ? (sortOrder ?? 'asc') : undefined
    const mine = applicantOf(person!)
    const isMine = query.applicantId === (await subjectOf(installation, person!, mine.personId))
    // Names of others cannot be turned back into whose they are.
    const applicant = query.applicantId === undefined ? undefined : isMine ? mine.personId : ''
    const by = { ...mine, service, applicant }
    const rows = await listApplications(sql, by, { first: firstResult, max: maxResult, begun })
    const cases = await listCasesOf(
      sql,
      rows.map(({ id }) => id),
    )
    return Promise.all(
      rows.map(async ({ id, service, version, begunAt, sentAt, personId }) => {
        const compiled = await getVersion(sql, version)
        const now = cases.find(({ application }) => application === id)
        return {
          ...{ fileId: id, serviceKey: service, serviceName: say(compiled.service.title, language) },
          ...{ applicantId: await subjectOf(installation, person!, personId), created: begunAt },
          ...(sentAt && { registered: sentAt }),
          ...(now && { mainTaskId: now.reference }),
          status: now
            ? statusOf(compiled, now, language)
            : { code: 'PENDING' as const, title: say(words.draft, language) },
        }
      }),
    )
  })

  async function show(request: FastifyRequest, id: string): Promise<Static<typeof ApplicationShape>> {
    const application = await getApplication(installation, request, id)
    const { row, by, compiled, form } = application
    if (by !== undefined || row.preview || row.personId === null) throw problem('application-not-found')
    const [now] = await listCasesOf(sql, [id])
    const answers = row.sealedAnswers
      ? openAnswers(installation, id, row.sealedAnswers)
      : journeyOf(installation, application).answers
    const pages = form.pages.map(({ page }) => page)
    const applicantId = await subjectOf(installation, request.person!, row.personId)
    return {
      ...{ fileId: id, serviceKey: row.service, serviceName: say(compiled.service.title, request.language) },
      ...{ applicantId, ended: isEnded(now), ...(row.sentAt && { registered: row.sentAt }) },
      ...(now ? { status: statusOf(compiled, now, request.language) } : draftOf(application, request)),
      applicationData: {
        ...{ applicantId, created: row.begunAt },
        formData: { eFormId: row.service, data: dataOf(pages, answers, id) },
        documentUrls: filesIn(answers).map((file) => documentPath(id, file)),
      },
    }
  }

  /** Where the person goes on with what is not sent, and for whose part it waits. */
  function draftOf(application: Application, { language }: FastifyRequest) {
    const { parts } = standingOf(installation, application)
    const waiting = parts.filter(({ state }) => state !== 'signed')
    const who = application.apply.form.parties?.find(({ id }) => waiting.some(({ party }) => party === id))
    const title = who ? sayEverywhere(words.waits, { who: who.title }) : words.draft
    const path = `/applications/${application.row.id}`
    return { status: { code: 'PENDING' as const, title: say(title, language) }, url: who ? `${path}/parts` : path }
  }

  const one = {
    config,
    schema: {
      summary: 'GovStack: one application of whoever asks',
      params: Type.Object({ fileId: Type.String({ format: 'uuid', maxLength: 36 }) }),
      response: { 200: ApplicationShape },
    },
  }
  app.get(`${root}/applications/:fileId`, one, ({ params }, reply) => show(reply.request, params.fileId))

  const submit = {
    config: { ...config, event: ['services.application-begun', 'services.application-sent'] },
    schema: {
      summary:
        'GovStack: send a whole application, once for each Idempotency-Key, a UUID that becomes its identifier; or keep it for those who answer parts of it',
      params: Type.Object({ serviceKey: Key }),
      headers: OnceHeaders,
      body: SubmitBody,
      response: { 200: ApplicationShape },
    },
  }
  app.post(`${root}/services/:serviceKey/applications`, submit, async (request, reply) => {
    const { params, body, person } = request
    const id = request.headers['idempotency-key'] ?? randomUUID()
    const applicant = await subjectOf(installation, person!, applicantOf(person!).personId)
    if ((body.applicantId ?? applicant) !== applicant) throw problem('applicant-is-another')
    // Before the transaction, as a register may take its time.
    const known = await knownFor(
      { installation, server: app.server, request },
      { id, service: params.serviceKey, body },
    )
    await sql.begin(async (transaction) => {
      const means = { sql: transaction, installation, request }
      await sendOnce(means, await beginOrLock(means, id, params.serviceKey), { body, known })
    })
    reply.header('cache-control', 'no-store')
    return show(request, id)
  })
}

const isEnded = (now: Case | undefined) => (now?.outcome ?? null) !== null
