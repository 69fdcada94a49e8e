import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import type { Routes } from '#platform'
import { CommentPage } from '../comments/comment.page.tsx'
import { newComment } from '../comments/comment.routes.ts'
import { todayOf } from '../days.ts'
import { leadTo } from '../forms.ts'
import { catalogueOf, listServices } from './catalogue.ts'
import { FeedbackOfficePage, FeedbackPage, MissesPage } from './feedback.page.tsx'
import { insertFeedback, listComments, listUseful } from './feedback.sql.ts'
import { listMisses } from './misses.sql.ts'
import { missTimesMin, sinceOf } from './misses.ts'
import {
  AtService,
  commentMax,
  FeedbackBody,
  FeedbackData,
  FeedbackOfficeData,
  FeedbackQuery,
  MissesData,
} from './types.ts'

const servicesMax = 5000
const commentsMax = 100
const missesMax = 200

/** Whether a service was useful: asked of everybody, told to the officers of the organisation that offers it. */
export const feedbackRoutes: Routes = async (app) => {
  const { installation, sql } = app

  async function get(id: string) {
    const { compiled } = await catalogueOf(installation).get(id)
    return { id, title: compiled.service.title }
  }

  const ask = {
    config: { access: 'public', scope: 'services:feedback' },
    schema: {
      summary: 'Was this service useful? A form with a token of its own, so that it counts once',
      params: AtService,
      querystring: FeedbackQuery,
      response: { 200: FeedbackData },
    },
  }
  app.get('/services/:service/feedback', ask, async ({ params, query }, reply) => {
    reply.header('cache-control', 'no-store')
    const data: FeedbackData = {
      ...{ service: await get(params.service), token: randomUUID(), place: query.place ?? 'page' },
      ...{ useful: query.useful ?? null, comment: '', wrong: [], done: query.done !== undefined },
    }
    return reply.page(data, FeedbackPage)
  })

  const give = {
    // Of nobody: an act in the trail would say who it was.
    config: { access: 'public', scope: 'services:feedback', event: 'none' },
    schema: {
      summary: 'Say whether a service was useful, and why; kept without who said it, once for each token',
      params: AtService,
      body: FeedbackBody,
      response: { 200: FeedbackData, 303: Type.Null(), 422: FeedbackData },
    },
  }
  app.post('/services/:service/feedback', give, async (request, reply) => {
    const { body } = request
    const service = await get(request.params.service)
    const comment = (body.comment ?? '').replaceAll('\r\n', '\n').trim()
    const wrong: FeedbackData['wrong'] = []
    if (!body.useful) wrong.push('useful')
    if (comment.length > commentMax) wrong.push('comment')
    const data: FeedbackData = {
      ...{ service, token: body.token, place: body.place, useful: body.useful ?? null, comment },
      ...{ wrong, done: wrong.length === 0 },
    }
    reply.header('cache-control', 'no-store')
    if (wrong.length > 0) return reply.code(422).page(data, FeedbackPage)
    // What is to be answered goes on to the form of a comment, and is not kept here as well.
    const goesOn = body.reply !== undefined && comment !== '' && request.wanted.format === 'html'
    await insertFeedback(sql, {
      ...{ token: body.token, service: service.id, place: body.place, useful: body.useful === 'yes' },
      ...{ comment: goesOn ? null : comment || null, on: todayOf(installation) },
    })
    if (goesOn) return reply.page(await newComment(installation, request, service.id, comment), CommentPage)
    if (request.wanted.format !== 'html') return reply.send(data)
    const thanks = `/services/${service.id}/feedback?done=yes`
    return leadTo(request, reply, thanks)
  })

  const office = {
    config: { access: 'services:see-statistics', scope: 'services:feedback' },
    schema: {
      summary: 'What people say of the services of my organisation',
      response: { 200: FeedbackOfficeData },
    },
  }
  app.get('/office/services/feedback', office, async ({ person }, reply) => {
    const own = (await listServices(installation)).filter(({ organisation }) => organisation === person!.organisation)
    const titles = new Map(own.map(({ id, title }) => [id, { id, title }]))
    const since = sinceOf(installation)
    const ids = [...titles.keys()]
    const counts = await listUseful(sql, { services: ids, since }, servicesMax)
    const comments = await listComments(sql, { services: ids, since }, commentsMax + 1)
    const data: FeedbackOfficeData = {
      since,
      services: counts.map(({ service, useful, given }) => ({ ...titles.get(service)!, useful, given })),
      comments: comments.slice(0, commentsMax).map((each) => ({ ...each, service: titles.get(each.service)! })),
      more: comments.length > commentsMax,
    }
    return reply.page(data, FeedbackOfficePage)
  })

  const searches = {
    config: { access: 'services:see-statistics', scope: 'services:feedback' },
    schema: {
      summary: 'What people looked for on this site and did not find, without who they are',
      response: { 200: MissesData },
    },
  }
  app.get('/office/services/searches', searches, async (_, reply) => {
    const since = sinceOf(installation)
    const misses = await listMisses(sql, { since, timesMin: missTimesMin }, missesMax)
    return reply.page({ since, timesMin: missTimesMin, misses: [...misses] }, MissesPage)
  })
}
