import { Type } from 'typebox'
import type { Installation, Routes } from '#platform'
import { todayOf } from '../days.ts'
import type { FormPage } from '../definitions/form.ts'
import { deleteFilesOfThing } from '../files/files.sql.ts'
import { notesOf } from '../files/notes.ts'
import type { FileNote } from '../files/types.ts'
import { leadTo } from '../forms.ts'
import { problem } from '../problems.ts'
import { type Application, changeDraft, getDraft, journeyOf } from './applications.ts'
import type { Filled } from './draft.ts'
import { readThing } from './journey.rules.ts'
import { getList, listOf, type Thing, withSeen, withThings } from './lists.routes.ts'
import { at, Query, typedOf } from './pages.routes.ts'
import { QuestionPage } from './question.page.tsx'
import { type Mistake, readQuestions } from './read.rules.ts'
import { RemovePage } from './remove.page.tsx'
import { askedOf, listPath, noteOf, pathOf, titleOf } from './show.ts'
import { AtThing, AtThingPage, FormBody, QuestionData, RemoveData } from './types.ts'

function getThing({ draft }: Application, page: FormPage, id: string): Thing {
  const thing = draft.lists[page.repeat!.name]?.find((each) => each.id === id)
  if (!thing) throw problem('thing-not-found')
  return thing
}

type Place = { page: string; thing: string; part: string }

export function partOf(installation: Installation, application: Application, params: Place) {
  const { page, repeat } = getList(journeyOf(installation, application), params.page)
  const thing = getThing(application, page, params.thing)
  const at = repeat.pages.findIndex(({ id }) => id === params.part)
  const part = repeat.pages[at]
  if (!part) throw problem('page-not-found')
  return { page, repeat, thing, part, before: repeat.pages[at - 1] }
}

/** What a page about one thing of a list shows. */
export function partData(
  installation: Installation,
  application: Application,
  params: Place,
  returns: boolean,
  { mistakes = [], files }: { mistakes?: readonly Mistake[]; files: FileNote[] },
): QuestionData {
  const { page, part, thing, before } = partOf(installation, application, params)
  const path = listPath(application.row.id, page.id)
  return {
    application: noteOf(application, installation.now()),
    ...{ title: part.title ?? null, caption: titleOf(page), text: part.text ?? null },
    asked: askedOf(part.questions, thing, {}, installation),
    files,
    mistakes: [...mistakes],
    action: at(`${path}/${thing.id}/${part.id}`, returns),
    back: at(before ? `${path}/${thing.id}/${before.id}` : path, returns),
    returns,
    currency: installation.pack.government.currency.code,
  }
}

/** What is asked about each thing of a list, and how one takes it away. */
export const thingRoutes: Routes = async (app) => {
  const { installation } = app

  const part = {
    config: { access: 'public', scope: 'services:apply' },
    schema: {
      summary: 'One page about one thing of a list',
      params: AtThingPage,
      querystring: Query,
      response: { 200: QuestionData },
    },
  }
  app.get('/applications/:id/lists/:page/:thing/:part', part, async (request, reply) => {
    const { params, query } = request
    const application = await getDraft(installation, request, params.id)
    const { part, thing } = partOf(installation, application, params)
    const isSeen = application.draft.seen.includes(`${thing.id}/${part.id}`)
    const { mistakes } = readQuestions(part.questions, thing, todayOf(installation))
    reply.header('cache-control', 'no-store')
    const given = {
      mistakes: isSeen ? mistakes : [],
      files: await notesOf(installation, params.id, part.questions, thing.id),
    }
    return reply.page(partData(installation, application, params, query.return === 'check', given), QuestionPage)
  })

  const answer = {
    // The person’s own draft, which nobody else sees: no act before it is sent.
    config: { access: 'public', scope: 'services:apply', event: 'none' },
    schema: {
      summary: 'Answer one page about one thing of a list',
      params: AtThingPage,
      querystring: Query,
      body: FormBody,
      response: { 200: QuestionData, 303: Type.Null(), 422: QuestionData },
    },
  }
  app.post('/applications/:id/lists/:page/:thing/:part', answer, async (request, reply) => {
    const { params, query, body } = request
    const returns = query.return === 'check'
    const application = await changeDraft(installation, request, params.id, (application) => {
      const { page, part, thing } = partOf(installation, application, params)
      const typed: Filled['typed'] = { ...thing.typed, ...typedOf(part.questions, body) }
      const changed = withThings(application.draft, page, (things) =>
        things.map((each) => (each.id === thing.id ? { ...each, typed } : each)),
      )
      return withSeen(changed, `${thing.id}/${part.id}`)
    })
    const { page, part, thing } = partOf(installation, application, params)
    const { mistakes } = readQuestions(part.questions, thing, todayOf(installation))
    reply.header('cache-control', 'no-store')
    const isWrong = mistakes.length > 0 && body.act !== 'later'
    if (isWrong && request.wanted.format !== 'html') {
      const files = await notesOf(installation, params.id, part.questions, thing.id)
      return reply.code(422).send(partData(installation, application, params, returns, { mistakes, files }))
    }
    const { next } = readThing(page, thing, application.draft.seen, todayOf(installation))
    const list = listPath(params.id, page.id)
    const path =
      body.act === 'later'
        ? `${pathOf(params.id)}/later`
        : at(isWrong ? `${list}/${thing.id}/${part.id}` : next ? `${list}/${thing.id}/${next}` : list, returns)
    return leadTo(request, reply, path)
  })

  const ask = {
    config: { access: 'public', scope: 'services:apply' },
    schema: {
      summary: 'Whether to take a thing away from a list',
      params: AtThing,
      querystring: Query,
      response: { 200: RemoveData },
    },
  }
  app.get('/applications/:id/lists/:page/:thing/remove', ask, async (request, reply) => {
    const { params, query } = request
    const application = await getDraft(installation, request, params.id)
    const { page } = getList(journeyOf(installation, application), params.page)
    getThing(application, page, params.thing)
    const { things, item, title, ...data } = listOf(installation, application, page, query.return === 'check')
    const number = things.findIndex(({ id }) => id === params.thing) + 1
    const { rows, remove } = things[number - 1]!
    reply.header('cache-control', 'no-store')
    return reply.page(
      { application: data.application, list: title, item, number, rows, action: remove, back: data.action },
      RemovePage,
    )
  })

  const remove = {
    // The person’s own draft, which nobody else sees: no act before it is sent.
    config: { access: 'public', scope: 'services:apply', event: 'none' },
    schema: {
      summary: 'Take a thing away from a list; one that is gone already stays gone',
      params: AtThing,
      querystring: Query,
      response: { 303: Type.Null() },
    },
  }
  app.post('/applications/:id/lists/:page/:thing/remove', remove, async (request, reply) => {
    const { params, query } = request
    const change = (application: Application) => {
      const { page } = getList(journeyOf(installation, application), params.page)
      const changed = withThings(application.draft, page, (things) => things.filter(({ id }) => id !== params.thing))
      return { ...changed, seen: changed.seen.filter((each) => !each.startsWith(`${params.thing}/`)) }
    }
    await changeDraft(installation, request, params.id, change, (sql) =>
      deleteFilesOfThing(sql, params.id, params.thing),
    )
    const path = at(listPath(params.id, params.page), query.return === 'check')
    return leadTo(request, reply, path)
  })
}
