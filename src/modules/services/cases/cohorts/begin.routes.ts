import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import { queueJob, type Routes, recordAct, sayEverywhere, type Text, texts } from '#platform'
import { catalogueOf } from '../../catalogue/catalogue.ts'
import { answer, organisationOf, refuse } from '../../forms.ts'
import { problem } from '../../problems.ts'
import { decideCase } from '../acting.ts'
import { cohortPath } from '../history.ts'
import { offeredTo, readChoice, typedOf } from './choose.ts'
import { countChosen, findCohort, insertChosen, insertCohort } from './cohorts.sql.ts'
import { NewCohortPage } from './new.page.tsx'
import { Acted, casesMax, NewCohort, NewData } from './types.ts'
import { cohortJob } from './work.ts'

export const cohortsPath = '/office/services/cohorts'
export const subjectOf = (id: string) => `services/cohorts/${id}`

const words = texts({
  none: {
    en: 'No case fits. Choose fewer conditions, or another version.',
    'zh-Hant': '沒有符合的個案。請減少條件，或選擇其他版本。',
  },
  many: {
    en: 'More than {max} cases fit. Choose fewer, by their days for instance.',
    'zh-Hant': '符合的個案多於 {max} 宗。請縮小範圍，例如以日期篩選。',
  },
})

/** Which cases, and under which version: a preview is made of them. A form that is sent twice makes one. */
export const cohortBeginRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const catalogue = catalogueOf(installation)

  const begin = {
    config: { access: decideCase, scope: 'services:work-cases', event: 'services.cohort-begun' },
    schema: {
      summary: 'Choose cases and have a preview made of what another version comes to; nothing is changed',
      body: NewCohort,
      response: { 201: Acted, 303: Type.Null(), 422: NewData },
    },
  }
  app.post(cohortsPath, begin, async (request, reply) => {
    const { token: id, service } = request.body
    const organisation = organisationOf(request)
    const offered = await offeredTo(installation, catalogue, request, service)
    if (offered.chosen?.service !== service) throw problem('service-not-found')
    const again = (wrong: NewData['wrong']) => {
      const data: NewData = { token: randomUUID(), ...offered, typed: typedOf(request.body), wrong }
      return refuse(request, reply, { code: 'cohort-refused', data, view: NewCohortPage })
    }
    const read = readChoice(installation, offered, request.body)
    if ('wrong' in read) return again(read.wrong)
    const cohort = { id, organisation, service, ...read.chosen, begunBy: request.person!.id }
    const count = await countChosen(sql, cohort, casesMax)
    if (count === 0 && !(await findCohort(sql, organisation, id))) return again([{ field: 'kind', text: words.none }])
    if (count > casesMax) return again([{ field: 'kind', text: filled(words.many, casesMax) }])
    await sql.begin(async (transaction) => {
      if (!(await insertCohort(transaction, cohort, installation.now()))) {
        // Sent a second time; of another department it is not found.
        if (!(await findCohort(transaction, organisation, id))) throw problem('cohort-not-found')
        return
      }
      await insertChosen(transaction, cohort, casesMax)
      await recordAct(transaction, request, {
        event: 'services.cohort-begun',
        subject: subjectOf(id),
        detail: { kind: cohort.kind, service, cases: count },
      })
      await queueJob(transaction, cohortJob, {}, { key: cohortJob })
    })
    return answer(request, reply.code(201), { id, state: 'previewing' }, cohortPath(id))
  })
}

const filled = (text: Text, max: number) => sayEverywhere(text, { max: max.toLocaleString('en') })
