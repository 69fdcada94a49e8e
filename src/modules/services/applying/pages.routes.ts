import { Type } from 'typebox'
import type { Installation, Routes } from '#platform'
import type { FormPage, Question } from '../definitions/form.ts'
import { notesOf } from '../files/notes.ts'
import type { FileNote } from '../files/types.ts'
import { leadTo } from '../forms.ts'
import { problem } from '../problems.ts'
import { type Application, changeDraft, getDraft, journeyOf } from './applications.ts'
import type { Draft, Filled } from './draft.ts'
import type { Journey, Stop } from './journey.rules.ts'
import { findKnown, type Known } from './prefill.ts'
import { QuestionPage } from './question.page.tsx'
import type { Mistake } from './read.rules.ts'
import { askedOf, controlsOf, noteOf, pagePath, pathOf, sectionOf, stopPath } from './show.ts'
import { AtPage, FormBody, QuestionData } from './types.ts'

export const Query = Type.Object({
  return: Type.Optional(Type.Literal('check')),
  /** That one tried to go on and could not: where a page is opened again for it. */
  wrong: Type.Optional(Type.Enum(['agree', 'changed', 'list'])),
})
/** An address from which one returns to the answers to check, where one came from there. */
export const at = (path: string, returns: boolean) => (returns ? `${path}?return=check` : path)
export type Typed = { readonly [control: string]: string | string[] }

/** What a form sent for some questions; what it did not send counts as nothing typed, as browsers send no box that is not ticked. */
export const typedOf = (questions: readonly Question[], body: Typed): Filled['typed'] =>
  Object.fromEntries(questions.flatMap(controlsOf).map((control) => [control, body[control] ?? '']))

/** A page of the form that is asked of the applicant now; any other is refused. */
export function getStop(journey: Journey, page: string): Stop {
  const stop = journey.stops.find((each) => each.page.id === page)
  if (!stop) throw problem('page-not-found')
  return stop
}

/** Where a person goes on from a page: out, to what is open, back to the answers, or to the list of tasks at the end of a section. */
export function nextPath(
  application: Application,
  { exit, next, handed }: Journey,
  from: FormPage,
  returns: boolean,
): string {
  const { row, apply } = application
  const path = pathOf(row.id)
  if (exit) return `${path}/exit`
  if (!next) return `${path}/${application.by !== undefined ? 'sign' : handed.length > 0 ? 'parts' : 'check'}`
  const onward = at(stopPath(row.id, next.page), returns)
  if (returns || application.by !== undefined || !apply.form.sections) return onward
  return next.page.section === from.section ? onward : path
}

/** Where “Back” leads: the page before, the tasks, or the answers that were being checked. */
export function backPath(
  { row, apply, service, by }: Application,
  { stops }: Journey,
  page: FormPage,
  returns: boolean,
): string {
  if (returns) return `${pathOf(row.id)}/${by === undefined ? 'check' : 'sign'}`
  const before = stops[stops.findIndex((stop) => stop.page.id === page.id) - 1]?.page
  if (apply.form.sections) return before && before.section === page.section ? stopPath(row.id, before) : pathOf(row.id)
  if (before) return stopPath(row.id, before)
  return by === undefined ? `/services/${service.id}/apply` : pathOf(row.id)
}

/** What a page of a form shows: what was typed, unless it is `given` otherwise, and how far its files are. */
export function pageData(
  installation: Installation,
  application: Application,
  journey: Journey,
  page: FormPage,
  returns: boolean,
  given: { filled?: Filled; mistakes?: readonly Mistake[]; sources?: Draft['sources']; files: FileNote[] },
): QuestionData {
  const { filled = application.draft, mistakes = [], sources = application.draft.sources, files } = given
  return {
    application: noteOf(application, installation.now()),
    title: page.title ?? null,
    caption: sectionOf(application, page),
    text: page.text ?? null,
    asked: askedOf(page.questions ?? [], filled, sources, installation),
    files,
    mistakes: [...mistakes],
    action: at(pagePath(application.row.id, page.id), returns),
    back: backPath(application, journey, page, returns),
    returns,
    currency: installation.pack.government.currency.code,
  }
}

/** The pages of a form, one after the other. Whatever is typed is kept, also where it is no answer. */
export const pageRoutes: Routes = async (app) => {
  const { installation } = app

  const get = {
    config: { access: 'public', scope: 'services:apply' },
    schema: {
      summary: 'One page of a form, with what was typed so far',
      params: AtPage,
      querystring: Query,
      response: { 200: QuestionData, 303: Type.Null() },
    },
  }
  app.get('/applications/:id/pages/:page', get, async (request, reply) => {
    const { params, query } = request
    const application = await getDraft(installation, request, params.id)
    const journey = journeyOf(installation, application)
    const stop = getStop(journey, params.page)
    const { page } = stop
    // Whoever jumps ahead is led to what comes before.
    if (stop.state === 'later')
      return leadTo(request, reply, journey.next ? stopPath(params.id, journey.next.page) : pathOf(params.id))
    if (page.repeat) return leadTo(request, reply, at(stopPath(params.id, page), query.return === 'check'))
    reply.header('cache-control', 'no-store')
    const known = await findKnown(
      { installation, server: app.server },
      application,
      page.questions ?? [],
      () => journey.answers,
    )
    const filled = { typed: { ...application.draft.typed, ...known.typed }, files: application.draft.files }
    const sources = { ...application.draft.sources, ...known.sources }
    const files = await notesOf(installation, params.id, page.questions ?? [])
    const given = { filled, mistakes: stop.mistakes, sources, files }
    return reply.page(pageData(installation, application, journey, page, query.return === 'check', given), QuestionPage)
  })

  const post = {
    // The person’s own draft, which nobody else sees: no act before it is sent.
    config: { access: 'public', scope: 'services:apply', event: 'none' },
    schema: {
      summary: 'Answer one page of a form; what is typed is kept also where it is no answer',
      params: AtPage,
      querystring: Query,
      body: FormBody,
      response: { 200: QuestionData, 303: Type.Null(), 422: QuestionData },
    },
  }
  app.post('/applications/:id/pages/:page', post, async (request, reply) => {
    const { params, query, body } = request
    const returns = query.return === 'check'
    let found: { journey: Journey; stop: Stop } | undefined
    const application = await changeDraft(installation, request, params.id, async (before) => {
      const page = before.apply.form.pages.find(({ id, questions }) => id === params.page && questions)
      if (!page) throw problem('page-not-found')
      const questions = page.questions ?? []
      const given = () => journeyOf(installation, before).answers
      const known = await findKnown({ installation, server: app.server }, before, questions, given)
      const draft = answered(before, page, typedOf(questions, body), known)
      // What a page asks does not depend on its own answers, so that the way is followed once, with them.
      const journey = journeyOf(installation, { ...before, draft })
      found = { journey, stop: getStop(journey, params.page) }
      return draft
    })
    const { journey, stop } = found!
    const { page: asked, mistakes } = stop
    reply.header('cache-control', 'no-store')
    const later = body.act === 'later'
    const isWrong = mistakes.length > 0 && !later
    if (isWrong && request.wanted.format !== 'html') {
      const files = await notesOf(installation, params.id, asked.questions ?? [])
      return reply.code(422).send(pageData(installation, application, journey, asked, returns, { mistakes, files }))
    }
    // The page itself shows what is wrong, as what was typed is kept: so “Back” never asks to send a form again.
    const here = at(pagePath(params.id, asked.id), returns)
    const onward = later ? `${pathOf(params.id)}/later` : nextPath(application, journey, asked, returns)
    const next = isWrong ? here : onward
    return leadTo(request, reply, next)
  })
}

/** A draft in which a page was answered. An answer that came from somewhere keeps its source only while nobody changes it. */
function answered({ draft, apply }: Application, page: FormPage, typed: Filled['typed'], known: Known): Draft {
  const questions = page.questions ?? []
  const isSame = (question: Question, before: Filled['typed']) =>
    controlsOf(question).every((control) => (before[control] ?? '') === typed[control])
  const changed = questions.filter((question) => !isSame(question, draft.typed))
  const taken = questions.filter((question) => known.sources[question.id] && isSame(question, known.typed))
  const sources = { ...draft.sources }
  for (const { id } of changed) delete sources[id]
  for (const { id } of taken) sources[id] = known.sources[id]!
  // What a register said of another key is asked anew.
  const stale = apply.form.pages.filter(({ questions = [] }) =>
    questions.some(
      ({ id, prefill }) => sources[id]?.startsWith('register:') && changed.some((each) => each.id === prefill?.by),
    ),
  )
  const kept = { ...draft.typed, ...typed }
  for (const question of stale.flatMap(({ questions = [] }) => questions)) {
    if (!sources[question.id]?.startsWith('register:')) continue
    delete sources[question.id]
    for (const control of controlsOf(question)) delete kept[control]
  }
  const seen = draft.seen.filter((each) => each !== page.id && !stale.some(({ id }) => id === each))
  return { ...draft, typed: kept, seen: [...seen, page.id], sources }
}
