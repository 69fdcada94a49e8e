import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import { subjectOf } from '#identity'
import type { Routes } from '#platform'
import { applicantOf } from '../applying/applications.ts'
import { problem } from '../problems.ts'
import { Key, OnceHeaders, paging, root } from './govstack.routes.ts'
import { listForOffice, showForOffice } from './office-applications.ts'
import { listOwn, showOwn } from './own-applications.ts'
import { asksForOwn, requireWorker } from './own-tasks.ts'
import { beginOrLock, knownFor, sendOnce } from './send.ts'
import { ApplicationLineShape, ApplicationShape, SubmitBody } from './shapes.ts'

/** What a person applied for, and what a program sends in their name. */
export const govstackApplicationRoutes: Routes = async (app) => {
  const { sql, installation } = app
  const config = { access: 'signed-in', scope: 'services:apply' }
  const reading = { ...config, scope: ['services:apply', 'services:read-cases'] }

  const list = {
    config: reading,
    schema: {
      summary:
        'GovStack: the applications of whoever asks, or those that my department received; `firstResult` counts from 0',
      querystring: Type.Object({
        serviceId: Type.Optional(Key),
        applicantId: Type.Optional(Type.String({ maxLength: 60 })),
        ...paging,
        sortBy: Type.Optional(Type.Literal('created')),
        sortOrder: Type.Optional(Type.Enum(['asc', 'desc'])),
      }),
      response: { 200: Type.Array(ApplicationLineShape) },
    },
  }
  app.get(`${root}/applications`, list, async (request) => {
    const { serviceId: service, applicantId, firstResult: first, maxResult: max, sortBy, sortOrder } = request.query
    const order = sortBy || sortOrder ? (sortOrder ?? 'asc') : undefined
    if (asksForOwn(request.person!))
      return listOwn(installation, request, { service, applicantId }, { first, max, begun: order })
    requireWorker(request)
    if (applicantId !== undefined) throw problem('applicants-not-searched')
    return listForOffice(installation, request, { service, first, max, order: order ?? 'desc' })
  })

  const one = {
    config: reading,
    schema: {
      summary: 'GovStack: one application of whoever asks, or one that my department received',
      params: Type.Object({ fileId: Type.String({ format: 'uuid', maxLength: 36 }) }),
      response: { 200: ApplicationShape },
    },
  }
  app.get(`${root}/applications/:fileId`, one, async (request, reply) => {
    const { fileId } = request.params
    reply.header('cache-control', 'no-store')
    if (asksForOwn(request.person!)) return showOwn(installation, request, fileId)
    requireWorker(request)
    return showForOffice(installation, request, fileId)
  })

  const submit = {
    config: { ...config, event: ['services.application-begun', 'services.application-sent'] },
    schema: {
      summary:
        'GovStack: send a whole application, once for each Idempotency-Key, a UUID that becomes its identifier; or keep it for those who answer parts of it',
      params: Type.Object({ serviceId: Key }),
      headers: OnceHeaders,
      body: SubmitBody,
      response: { 200: ApplicationShape },
    },
  }
  app.post(`${root}/services/:serviceId/applications`, submit, async (request, reply) => {
    const { params, body, person } = request
    const id = request.headers['idempotency-key'] ?? randomUUID()
    const applicant = await subjectOf(installation, person!, applicantOf(person!).personId)
    if ((body.applicantId ?? applicant) !== applicant) throw problem('applicant-is-another')
    // Before the transaction, as a register may take its time.
    const known = await knownFor({ installation, server: app.server, request }, { id, service: params.serviceId, body })
    await sql.begin(async (transaction) => {
      const means = { sql: transaction, installation, request }
      await sendOnce(means, await beginOrLock(means, id, params.serviceId), { body, known })
    })
    reply.header('cache-control', 'no-store')
    return showOwn(installation, request, id)
  })
}
