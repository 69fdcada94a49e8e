import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { queueJob, type Routes, recordAct, type Sql } from '#platform'
import { answer, organisationOf } from '../../forms.ts'
import { problem } from '../../problems.ts'
import { decideCase, requireHuman } from '../acting.ts'
import { cohortPath } from '../history.ts'
import { cohortsPath, subjectOf } from './begin.routes.ts'
import {
  approve,
  type CohortRow,
  deletePreview,
  findCohort,
  goOn,
  lockCohort,
  propose,
  sendBack,
} from './cohorts.sql.ts'
import { isPreview } from './read.ts'
import { Acted, AtCohort, type CohortState } from './types.ts'
import { cohortJob } from './work.ts'

type Change = {
  event: string
  from: CohortState
  done: (row: CohortRow, by: string) => boolean
  write: (sql: Sql, row: CohortRow) => unknown
}

/** One act on a cohort in the state in which it is possible; who did it before is answered as then. */
export async function act(request: FastifyRequest, reply: FastifyReply, change: Change): Promise<FastifyReply> {
  const { sql } = request.server.installation
  const { cohort: id } = request.params as { cohort: string }
  const by = request.person!.id
  const state = await sql.begin(async (transaction) => {
    const row = await lockCohort(transaction, organisationOf(request), id)
    if (!row) throw problem('cohort-not-found')
    if (row.state !== change.from) {
      if (change.done(row, by)) return row.state
      throw problem('cohort-changed')
    }
    await change.write(transaction, row)
    await recordAct(transaction, request, { event: change.event, subject: subjectOf(id), detail: { kind: row.kind } })
    return (await findCohort(transaction, row.organisation, id))!.state
  })
  return answer(request, reply, { id, state }, cohortPath(id))
}

/** The four eyes on an operation, and the way back. Each act may be sent again: it is then answered as before. */
export const cohortActRoutes: Routes = async (app) => {
  const { installation, sql } = app

  const response = { 200: Acted, 303: Type.Null() }

  const suggest = {
    config: { access: decideCase, scope: 'services:work-cases', event: 'services.cohort-proposed' },
    schema: { summary: 'Propose what the preview shows to another officer', params: AtCohort, response },
  }
  app.post(`${cohortsPath}/:cohort/proposal`, suggest, async (request, reply) =>
    act(request, reply, {
      ...{ event: 'services.cohort-proposed', from: 'previewed', done: (row, by) => row.proposedBy === by },
      write: (transaction, { id }) => {
        requireHuman(request.person!)
        return propose(transaction, id, request.person!.id, installation.now())
      },
    }),
  )

  const approval = {
    config: {
      access: decideCase,
      scope: 'services:work-cases',
      event: ['services.cohort-approved', 'services.cohort-sent-back'],
    },
    schema: {
      summary: 'Approve what another officer proposed, or send it back: once approved, the cases are changed',
      params: AtCohort,
      body: Type.Object({ answer: Type.Enum(['approved', 'sent-back']) }),
      response,
    },
  }
  app.post(`${cohortsPath}/:cohort/approval`, approval, async (request, reply) => {
    const isApproved = request.body.answer === 'approved'
    const by = request.person!.id
    return act(request, reply, {
      event: isApproved ? 'services.cohort-approved' : 'services.cohort-sent-back',
      from: 'proposed',
      done: (row) => (isApproved ? row.approvedBy === by : row.state === 'previewed'),
      write: async (transaction, row) => {
        if (!isApproved) return sendBack(transaction, row.id)
        if (row.proposedBy === by) throw problem('proposal-own')
        requireHuman(request.person!)
        await approve(transaction, row.id, by, installation.now())
        await queueJob(transaction, cohortJob, {}, { key: cohortJob })
      },
    })
  })

  const discard = {
    config: { access: decideCase, scope: 'services:work-cases', event: 'services.cohort-discarded' },
    schema: {
      summary: 'Throw away a preview that nobody has proposed; no case was changed by it',
      params: AtCohort,
      response: { 200: Type.Object({ id: Type.String() }), 303: Type.Null() },
    },
  }
  app.post(`${cohortsPath}/:cohort/discard`, discard, async (request, reply) => {
    const { cohort: id } = request.params
    await sql.begin(async (transaction) => {
      const row = await lockCohort(transaction, organisationOf(request), id)
      if (!row) throw problem('cohort-not-found')
      if (!isPreview(row)) throw problem('cohort-changed')
      await deletePreview(transaction, id)
      const event = { event: 'services.cohort-discarded', subject: subjectOf(id), detail: { kind: row.kind } }
      await recordAct(transaction, request, event)
    })
    return answer(request, reply, { id }, cohortsPath)
  })

  const resume = {
    config: { access: decideCase, scope: 'services:work-cases', event: 'services.cohort-resumed' },
    schema: { summary: 'Let an operation go on that an error stopped', params: AtCohort, response },
  }
  app.post(`${cohortsPath}/:cohort/go-on`, resume, async (request, reply) =>
    act(request, reply, {
      ...{ event: 'services.cohort-resumed', from: 'failed', done: () => true },
      write: async (transaction, { id }) => {
        await goOn(transaction, id)
        await queueJob(transaction, cohortJob, {}, { key: cohortJob })
      },
    }),
  )
}
