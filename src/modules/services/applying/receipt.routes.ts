import { Type } from 'typebox'
import type { Routes } from '#platform'
import { stagesOf } from '../cases/stages.rules.ts'
import { todayOf } from '../days.ts'
import { leadTo } from '../forms.ts'
import { placeOf } from '../places/of-case.ts'
import { CasePlace } from '../places/types.ts'
import { StageNote } from '../types.ts'
import { getApplication, openAnswers } from './applications.ts'
import { recall } from './journey.rules.ts'
import { SentPage } from './sent.page.tsx'
import { pathOf, unchangeableSectionsOf } from './show.ts'
import { AtApplication, SentData } from './types.ts'

/** With its stages as they stood when it was sent, and the place in a session of a course, where the service has such: kept, or waited for. */
const ReceiptData = Type.Object({
  ...SentData.properties,
  stages: Type.Array(StageNote),
  place: Type.Union([CasePlace, Type.Null()]),
})

/** What one has in hand after an application was sent. */
export const receiptRoutes: Routes = async (app) => {
  const { installation } = app

  const receipt = {
    config: { access: 'public', scope: 'services:apply' },
    schema: {
      summary: 'That an application was sent: its reference, what happens next, and the answers that were sent',
      params: AtApplication,
      response: { 200: ReceiptData, 303: Type.Null() },
    },
  }
  app.get('/applications/:id/sent', receipt, async (request, reply) => {
    const { id } = request.params
    const application = await getApplication(installation, request, id)
    const { row, service, apply, form } = application
    if (!row.sealedAnswers || !row.reference || !row.sentAt) return leadTo(request, reply, pathOf(id))
    const answers = openAnswers(installation, id, row.sealedAnswers)
    const { pages, values } = recall(form, answers, todayOf({ ...installation, now: () => new Date(row.sentAt!) }))
    const sections = unchangeableSectionsOf(installation, application, { pages, answers, values })
    const begins = apply.case.states.find((state) => state.id === apply.case.begins)!
    const begun = { state: begins.id, stateSinceAt: row.sentAt, openedAt: row.sentAt }
    const open = { endedAt: null, outcome: null, reviewOf: null }
    // Read again in a month, it must not say where the case stands now.
    const stages = stagesOf({ ...begun, ...open }, application.compiled, [], installation.pack.government.timeZone)
    reply.header('cache-control', 'no-store')
    return reply.page(
      {
        service: { id: service.id, title: service.title },
        ...{ reference: row.reference, sentAt: row.sentAt, takes: service.takes, contact: service.contact },
        next: begins.next,
        inAccount: row.personId !== null,
        casePath: `/services/cases/${row.reference}`,
        stages: stages.map((each) => (each.is === 'now' ? { ...each, is: 'done' as const } : each)),
        place: await placeOf(installation, row.reference),
        sections,
      },
      SentPage,
    )
  })
}
