import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import type { Installation, Routes } from '#platform'
import { todayOf } from '../days.ts'
import type { FormPage } from '../definitions/form.ts'
import { leadTo } from '../forms.ts'
import { problem } from '../problems.ts'
import { type Application, changeDraft, getDraft, journeyOf } from './applications.ts'
import type { Draft } from './draft.ts'
import type { Journey } from './journey.rules.ts'
import { ListPage } from './list.page.tsx'
import { at, backPath, getStop, nextPath, Query } from './pages.routes.ts'
import type { Mistake } from './read.rules.ts'
import { listPath, noteOf, pathOf, sectionOf, thingsOf, titleOf } from './show.ts'
import { AtPage, ListData } from './types.ts'
import { tooFew } from './words.ts'

export type Thing = Draft['lists'][string][number]

/** A page that is a list of things, with what the list asks. */
export function getList(journey: Journey, id: string) {
  const { page } = getStop(journey, id)
  if (!page.repeat) throw problem('page-not-found')
  return { page, repeat: page.repeat }
}

export const withThings = (draft: Draft, page: FormPage, change: (things: readonly Thing[]) => Thing[]): Draft => {
  const { name } = page.repeat!
  return { ...draft, lists: { ...draft.lists, [name]: change(draft.lists[name] ?? []) } }
}
export const withSeen = (draft: Draft, page: string): Draft =>
  draft.seen.includes(page) ? draft : { ...draft, seen: [...draft.seen, page] }

const mistakeOf = ({ repeat }: FormPage): Mistake => ({ control: 'things', text: tooFew(repeat!) })

/** What the page of a list shows. */
export function listOf(
  installation: Installation,
  application: Application,
  page: FormPage,
  returns: boolean,
  mistakes: Mistake[] = [],
): ListData {
  const repeat = page.repeat!
  const things = thingsOf(installation, application, page, todayOf(installation))
  return {
    application: noteOf(application, installation.now()),
    ...{ title: titleOf(page), caption: sectionOf(application, page), text: page.text ?? null, item: repeat.item },
    things: things.map((each) => ({ ...each, change: at(each.change, returns), remove: at(each.remove, returns) })),
    ...{ min: repeat.min, max: repeat.max, returns, mistakes, token: randomUUID() },
    action: at(listPath(application.row.id, page.id), returns),
    back: backPath(application, journeyOf(installation, application), page, returns),
  }
}

/** Lists of a form: what is in them, and how one adds another. */
export const listRoutes: Routes = async (app) => {
  const { installation } = app
  const list = {
    config: { access: 'public', scope: 'services:apply' },
    schema: {
      summary: 'A list of a form, with the things that were added',
      params: AtPage,
      querystring: Query,
      response: { 200: ListData },
    },
  }
  app.get('/applications/:id/lists/:page', list, async (request, reply) => {
    const { params, query } = request
    const application = await getDraft(installation, request, params.id)
    const { page } = getList(journeyOf(installation, application), params.page)
    reply.header('cache-control', 'no-store')
    const mistakes = query.wrong === 'list' ? [mistakeOf(page)] : []
    return reply.page(listOf(installation, application, page, query.return === 'check', mistakes), ListPage)
  })

  const change = {
    // The person’s own draft, which nobody else sees: no act before it is sent.
    config: { access: 'public', scope: 'services:apply', event: 'none' },
    schema: {
      summary:
        'Add a thing to a list of a form, or go on from it; the token, a UUID, becomes the identifier of a new thing',
      params: AtPage,
      querystring: Query,
      body: Type.Object({
        act: Type.Enum(['add', 'continue', 'later']),
        token: Type.String({ format: 'uuid', maxLength: 36 }),
      }),
      response: { 200: ListData, 303: Type.Null(), 422: ListData },
    },
  }
  app.post('/applications/:id/lists/:page', change, async (request, reply) => {
    const { params, query, body } = request
    const returns = query.return === 'check'
    let page: FormPage | undefined
    const application = await changeDraft(installation, request, params.id, (application) => {
      const found = getList(journeyOf(installation, application), params.page)
      page = found.page
      if (body.act !== 'add') return withSeen(application.draft, page.id)
      return withThings(application.draft, page, (things) => {
        if (things.some(({ id }) => id === body.token)) return [...things]
        if (things.length >= found.repeat.max) throw problem('list-full', { values: { max: found.repeat.max } })
        return [...things, { id: body.token, typed: {}, files: {} }]
      })
    })
    const { repeat } = page!
    if (body.act === 'add')
      return leadTo(
        request,
        reply,
        at(`${listPath(params.id, params.page)}/${body.token}/${repeat!.pages[0]!.id}`, returns),
      )
    if (body.act === 'later') return leadTo(request, reply, `${pathOf(params.id)}/later`)
    const journey = journeyOf(installation, application)
    reply.header('cache-control', 'no-store')
    if (journey.stops.find((stop) => stop.page.id === params.page)?.state !== 'done') {
      if (request.wanted.format !== 'html')
        return reply.code(422).send(listOf(installation, application, page!, returns, [mistakeOf(page!)]))
      return leadTo(request, reply, `${listPath(params.id, params.page)}?wrong=list${returns ? '&return=check' : ''}`)
    }
    return leadTo(request, reply, nextPath(application, journey, page!, returns))
  })
}
