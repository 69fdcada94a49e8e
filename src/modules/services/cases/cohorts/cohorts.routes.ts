import { randomUUID } from 'node:crypto'
import { namesOf } from '#identity'
import { type Language, type Routes, say, type Text } from '#platform'
import { catalogueOf } from '../../catalogue/catalogue.ts'
import { sendCsv } from '../../csv.ts'
import { organisationOf } from '../../forms.ts'
import { same } from '../../texts.rules.ts'
import { getVersion } from '../../versions/versions.ts'
import { decideCase } from '../acting.ts'
import { cohortsPath } from './begin.routes.ts'
import { offeredTo } from './choose.ts'
import { CohortPage } from './cohort.page.tsx'
import { CohortsPage } from './cohorts.page.tsx'
import { listCohortCases, listCohorts } from './cohorts.sql.ts'
import { NewCohortPage } from './new.page.tsx'
import { getOurs, readCases, readCohort } from './read.ts'
import {
  AtCohort,
  type CaseOf,
  CohortData,
  CohortQuery,
  CohortsData,
  casesMax,
  NewData,
  NewQuery,
  type Said,
} from './types.ts'
import { caseStateNames, misfitNames, shared } from './words.ts'

/** Many cases changed together, of an officer’s own department. To everybody else it is as if there were none. */
export const cohortRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const catalogue = catalogueOf(installation)

  const list = {
    config: { access: decideCase, scope: 'services:work-cases' },
    schema: { summary: 'Operations on many cases of my department, the newest first', response: { 200: CohortsData } },
  }
  app.get(cohortsPath, list, async (request, reply) => {
    const rows = await listCohorts(sql, organisationOf(request))
    const names = await namesOf(
      sql,
      rows.map(({ begunBy }) => begunBy),
    )
    const cohorts = await Promise.all(
      rows.map(async ({ id, kind, service, target, state, cases, begunAt, begunBy }) => ({
        ...{ id, kind, service, state, cases, begunAt },
        title: (await getVersion(sql, target)).service.title,
        begunBy: names.get(begunBy) ?? same(begunBy),
      })),
    )
    return reply.page({ cohorts } as CohortsData, CohortsPage)
  })

  const form = {
    config: { access: decideCase, scope: 'services:work-cases' },
    schema: {
      summary: 'The form by which cases are chosen',
      querystring: NewQuery,
      response: { 200: NewData },
    },
  }
  app.get(`${cohortsPath}/new`, form, async (request, reply) => {
    const offered = await offeredTo(installation, catalogue, request, request.query.service)
    const data: NewData = { token: randomUUID(), ...offered, typed: {}, wrong: [] }
    return reply.page(data, NewCohortPage)
  })

  const one = {
    config: { access: decideCase, scope: 'services:work-cases' },
    schema: {
      summary: 'One operation on many cases: how far it is, what comes of each case and why some are left out',
      params: AtCohort,
      querystring: CohortQuery,
      response: { 200: CohortData },
    },
  }
  app.get(`${cohortsPath}/:cohort`, one, async (request, reply) => {
    const { state, page = 1 } = request.query
    const query = { state: state || null, page }
    return reply.page(await readCohort(installation, request, request.params.cohort, query), CohortPage)
  })

  const table = {
    config: { access: decideCase, scope: 'services:work-cases' },
    schema: {
      summary: 'The cases of an operation as CSV, with what was decided before and after',
      params: AtCohort,
      produces: ['text/csv'],
    },
  }
  app.get(`${cohortsPath}/:cohort/cases.csv`, table, async (request, reply) => {
    const cohort = await getOurs(sql, request, request.params.cohort)
    const rows = await listCohortCases(sql, { cohort: cohort.id, state: null, offset: 0, limit: casesMax })
    const cases = await readCases(installation, cohort, rows)
    return sendCsv(reply, `cohort-${cohort.id}`, rowsOf(cases, request.language))
  })
}

function rowsOf(cases: readonly CaseOf[], language: Language): string[][] {
  const write = (text: Text) => say(text, language)
  const sideOf = (side: Said | null) =>
    side === null
      ? ['', '', '']
      : [
          write(side.outcome),
          side.reasons.map(write).join(' '),
          side.noted.map(({ title, value }) => `${write(title)}: ${write(value)}`).join('; '),
        ]
  const head = [shared.reference, shared.state, shared.before, shared.reasons, shared.set, shared.after]
  return [
    [...head, shared.reasons, shared.set, shared.why].map(write),
    ...cases.map(({ reference, state, misfits, before, after }) => [
      ...[reference, write(caseStateNames[state]), ...sideOf(before), ...sideOf(after)],
      misfits.map(({ code, what }) => `${write(misfitNames[code])}${what ? `: ${what}` : ''}`).join('; '),
    ]),
  ]
}
