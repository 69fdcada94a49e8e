import { Type } from 'typebox'
import { type Installation, type Routes, withLanguage } from '#platform'
import type { FormPage, Question } from '../definitions/form.ts'
import { notesOf } from '../files/notes.ts'
import type { FileNote } from '../files/types.ts'
import { problem } from '../problems.ts'
import { type Application, changeDraft, getDraft, journeyOf, todayOf } from './applications.ts'
import type { Draft, Filled } from './draft.ts'
import type { Journey } from './journey.rules.ts'
import { findKnown, type Known } from './prefill.ts'
import { QuestionPage } from './question.page.tsx'
import { type Mistake, readQuestions } from './read.rules.ts'
import { askedOf, controlsOf, noteOf, pagePath, pathOf, sectionOf, stopPath } from './show.ts'
import { AtPage, FormBody, QuestionData } from './types.ts'

export const Query = Type.Object({ return: Type.Optional(Type.Literal('check')) })
export type Typed = { readonly [control: string]: string | string[] }

/** What a form sent for some questions; what it did not send counts as nothing typed, as browsers send no box that is not ticked. */
export const typedOf = (questions: readonly Question[], body: Typed): Filled['typed'] =>
  Object.fromEntries(questions.flatMap(controlsOf).map((control) => [control, body[control] ?? '']))

/** A page of the form that is asked of the applicant now; any other is refused. */
export function getStop(journey: Journey, page: string): FormPage {
  const stop = journey.stops.find((each) => each.page.id === page)
  if (!stop) throw problem('page-not-found')
  return stop.page
}

/** Where a person goes on from a page: out, to what is open, back to the answers, or to the list of tasks at the end of a section. */
export function nextPath(application: Application, { exit, next }: Journey, from: FormPage, returns: boolean): string {
  const { row, apply } = application
  const path = pathOf(row.id)
  if (exit) return `${path}/exit`
  if (!next) return `${path}/check`
  const onward = `${stopPath(row.id, next.page)}${returns ? '?return=check' : ''}`
  if (returns || !apply.form.sections) return onward
  return next.page.section === from.section ? onward : path
}

/** Where “Back” leads: the page before, the tasks, or the answers that were being checked. */
export function backPath(
  { row, apply, service }: Application,
  { stops }: Journey,
  page: FormPage,
  returns: boolean,
): string {
  if (returns) return `${pathOf(row.id)}/check`
  const before = stops[stops.findIndex((stop) => stop.page.id === page.id) - 1]?.page
  if (apply.form.sections) return before && before.section === page.section ? stopPath(row.id, before) : pathOf(row.id)
  return before ? stopPath(row.id, before) : `/services/${service.id}/apply`
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
    action: `${pagePath(application.row.id, page.id)}${returns ? '?return=check' : ''}`,
    back: backPath(application, journey, page, returns),
    returns,
    currency: installation.pack.government.currency.code,
  }
}

/** The pages of a form, one after the other. Whatever is typed is kept, also where it is no answer. */
export const pageRoutes: Routes = async (app) => {
  const { installation } = app

  const get = {
    config: { access: 'public' },
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
    const page = getStop(journey, params.page)
    const stop = journey.stops.find((each) => each.page === page)!
    const go = (path: string) => reply.redirect(withLanguage(installation.pack.government, request.language, path), 303)
    // Whoever jumps ahead is led to what comes before.
    if (stop.state === 'later') return go(journey.next ? stopPath(params.id, journey.next.page) : pathOf(params.id))
    if (page.repeat) return go(`${stopPath(params.id, page)}${query.return ? '?return=check' : ''}`)
    reply.header('cache-control', 'no-store')
    const known = await findKnown(installation, application, page.questions ?? [])
    const filled = { typed: { ...application.draft.typed, ...known.typed }, files: application.draft.files }
    const sources = { ...application.draft.sources, ...known.sources }
    const files = await notesOf(installation, params.id, page.questions ?? [])
    const given = { filled, mistakes: stop.mistakes, sources, files }
    return reply.page(pageData(installation, application, journey, page, query.return === 'check', given), QuestionPage)
  })

  const post = {
    // The person’s own draft, which nobody else sees: no act before it is sent.
    config: { access: 'public', event: 'none' },
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
    let page: FormPage | undefined
    const application = await changeDraft(installation, request, params.id, async (application) => {
      page = getStop(journeyOf(installation, application), params.page)
      const questions = page.questions ?? []
      return answered(
        application,
        page,
        typedOf(questions, body),
        await findKnown(installation, application, questions),
      )
    })
    const asked = page!
    const journey = journeyOf(installation, application)
    const { mistakes } = readQuestions(asked.questions ?? [], application.draft, todayOf(installation))
    reply.header('cache-control', 'no-store')
    const later = body.act === 'later'
    if (mistakes.length > 0 && !later) {
      const files = await notesOf(installation, params.id, asked.questions ?? [])
      const given = { mistakes, files }
      return reply.code(422).page(pageData(installation, application, journey, asked, returns, given), QuestionPage)
    }
    const next = later ? `${pathOf(params.id)}/later` : nextPath(application, journey, asked, returns)
    return reply.redirect(withLanguage(installation.pack.government, request.language, next), 303)
  })
}

/** A draft in which a page was answered. An answer that came from somewhere keeps its source only while nobody changes it. */
function answered({ draft }: Application, page: FormPage, typed: Filled['typed'], known: Known): Draft {
  const kept = Object.entries(draft.sources).filter(([each]) => !(each in typed) || draft.typed[each] === typed[each])
  const taken = Object.entries(known.sources).filter(([each]) => known.typed[each] === typed[each])
  return {
    ...draft,
    typed: { ...draft.typed, ...typed },
    seen: draft.seen.includes(page.id) ? draft.seen : [...draft.seen, page.id],
    sources: Object.fromEntries([...kept, ...taken]),
  }
}
