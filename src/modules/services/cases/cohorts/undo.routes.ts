import { Type } from 'typebox'
import { queueJob, type Routes } from '#platform'
import { todayOf } from '../../days.ts'
import { problem } from '../../problems.ts'
import { decideCase, requireHuman } from '../acting.ts'
import { act } from './acts.routes.ts'
import { cohortsPath } from './begin.routes.ts'
import { beginUndo, type CohortRow, proposeUndo, sendUndoBack } from './cohorts.sql.ts'
import { undoUntil } from './read.ts'
import { Acted, AtCohort } from './types.ts'
import { cohortJob } from './work.ts'

/** The way back from an operation, which takes two officers as the operation does. */
export const cohortUndoRoutes: Routes = async (app) => {
  const { installation } = app
  const response = { 200: Acted, 303: Type.Null() }
  const requireInTime = (row: CohortRow) => {
    const today = todayOf(installation)
    if (today > undoUntil(installation, row)!) throw problem('cohort-undo-closed')
  }
  const takeBack = {
    config: { access: decideCase, scope: 'services:work-cases', event: 'services.cohort-undo-proposed' },
    schema: {
      summary: 'Propose to another officer to undo the whole operation, within 30 days',
      params: AtCohort,
      response,
    },
  }
  app.post(`${cohortsPath}/:cohort/undo`, takeBack, async (request, reply) =>
    act(request, reply, {
      ...{ event: 'services.cohort-undo-proposed', from: 'done', done: (row, by) => row.undoProposedBy === by },
      write: (transaction, row) => {
        requireHuman(request.person!)
        requireInTime(row)
        return proposeUndo(transaction, row.id, request.person!.id, installation.now())
      },
    }),
  )

  const undoing = {
    config: {
      access: decideCase,
      scope: 'services:work-cases',
      event: ['services.cohort-undone', 'services.cohort-sent-back'],
    },
    schema: {
      summary: 'Approve that an operation is undone, as another officer proposed, or leave it as it is',
      params: AtCohort,
      body: Type.Object({ answer: Type.Enum(['approved', 'sent-back']) }),
      response,
    },
  }
  app.post(`${cohortsPath}/:cohort/undo/approval`, undoing, async (request, reply) => {
    const isApproved = request.body.answer === 'approved'
    const by = request.person!.id
    return act(request, reply, {
      ...{ event: isApproved ? 'services.cohort-undone' : 'services.cohort-sent-back', from: 'undo-proposed' },
      done: (row) => (isApproved ? row.undoneBy === by : row.state === 'done'),
      write: async (transaction, row) => {
        if (!isApproved) return sendUndoBack(transaction, row.id)
        if (row.undoProposedBy === by) throw problem('proposal-own')
        requireHuman(request.person!)
        requireInTime(row)
        await beginUndo(transaction, row.id, by)
        await queueJob(transaction, cohortJob, {}, { key: cohortJob })
      },
    })
  })
}
