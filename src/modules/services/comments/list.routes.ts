import type { Routes } from '#platform'
import { workCase } from '../cases/acting.ts'
import { todayOf } from '../days.ts'
import { organisationOf } from '../forms.ts'
import { listComments } from './comments.sql.ts'
import { textOf } from './comments.ts'
import { CommentListPage, OfficeCommentPage } from './office.page.tsx'
import { dataOf, officePath, titled } from './ours.ts'
import { AtComment, OfficeListData, OfficeOneData, OfficeQuery } from './types.ts'

const shownMax = 100
const beginsWith = 140

/** Comments as officers of the department of a service read them. To everybody else it is as if there were none. */
export const commentListRoutes: Routes = async (app) => {
  const { installation, sql } = app

  const list = {
    config: { access: workCase, scope: 'services:work-cases' },
    schema: {
      summary: 'Comments on services of my department: those that wait, mine, or the settled ones',
      querystring: OfficeQuery,
      response: { 200: OfficeListData },
    },
  }
  app.get(officePath, list, async (request, reply) => {
    const show = request.query.show ?? 'waiting'
    const asked = { organisation: organisationOf(request), officer: request.person!.id, show, limit: shownMax + 1 }
    const rows = await listComments(sql, asked)
    const comments = rows.slice(0, shownMax).map(async (row) => ({
      ...{
        number: row.number,
        service: await titled(installation, row.service),
        answer: row.answerBy,
        state: row.state,
      },
      ...{ text: textOf(installation, row).slice(0, beginsWith), dueOn: row.dueOn, settledOn: row.settledOn },
    }))
    const data: OfficeListData = {
      ...{ show, today: todayOf(installation), comments: await Promise.all(comments), more: rows.length > shownMax },
    }
    return reply.page(data, CommentListPage)
  })

  const one = {
    config: { access: workCase, scope: 'services:work-cases' },
    schema: {
      summary: 'A comment on a service of my department',
      params: AtComment,
      response: { 200: OfficeOneData },
    },
  }
  app.get(`${officePath}/:number`, one, async (request, reply) =>
    reply.page(await dataOf(installation, request, request.params.number), OfficeCommentPage),
  )
}
