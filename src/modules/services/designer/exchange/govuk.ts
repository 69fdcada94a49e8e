import type { Text } from '#platform'
import type { Exit, FormPage, Question } from '../../definitions/form.ts'
import {
  type Document,
  idOf,
  isTrue,
  type Json,
  listIn,
  readDocument,
  type Step,
  wordsIn,
} from './govuk-document.rules.ts'
import { type Asked, noneId, questionsOf, type Reading, textIn } from './govuk-questions.rules.ts'
import { whats, words } from './govuk-words.ts'
import {
  dropRefused,
  type Imported,
  type ImportedDefinition,
  importWords,
  openNames,
  openNotes,
  Refused,
  serviceIdOf,
} from './imported.ts'
import { noteMarks } from './marks.rules.ts'

const conditionMax = 1000
const pagesMax = 300
const exitsMax = 100
/** How often GOV.UK Forms lets one add another answer. */
const repeatMax = 20

/**
 * What a form document of GOV.UK Forms says of a service: its questions, routes, exit pages and declaration, with a note of what
 * could not be taken over, by the number of the question. `json` is the document as it was parsed; what is none is refused with why.
 */
export function importGovukForm(json: unknown): Imported {
  try {
    return importDocument(readDocument(json))
  } catch (error) {
    if (error instanceof Refused) return { refused: error.text }
    throw error
  }
}

function importDocument({ form, steps }: Document): Imported {
  const reading: Reading = { notes: openNotes(), names: openNames() }
  const { notes } = reading
  const asked = steps.map((step) => questionsOf(reading, step))
  const { conditions, exits, exitLines } = routesOf(reading, steps, asked)
  const lines = new Map<object, number>(exitLines)
  const pages = steps.flatMap((step, at): FormPage[] => {
    const each = asked[at]
    noteRest(reading, step, steps[at + 1])
    if (!each) return []
    const made = pagesOf(reading, step, each, conditions.get(at) ?? [])
    for (const page of made) lines.set(page, step.line)
    return made
  })
  if (pages.length === 0) throw new Refused(importWords.nothing)
  for (const page of pages.splice(pagesMax))
    notes.add({ line: lines.get(page)! }, importWords.pagesMax, { max: pagesMax })
  const declaration = textIn(
    notes,
    { line: 0 },
    whats.declaration,
    wordsIn(form.declaration_markdown) || form.declaration_text,
    2000,
  )
  const taken = { pages, ...(exits.length > 0 && { exits }), ...(declaration && { declaration }) }
  dropRefused(taken, notes, (part) => ({ line: lines.get(part) ?? 0 }))
  if (declaration) noteMarks(notes, { line: 0 }, declaration)
  return { definition: { ...readForm(form, reading), apply: { form: taken } }, notes: notes.list() }
}

/** What belongs to a form and its place in GOV.UK Forms alone, or is read elsewhere. */
const silent = new Set(
  'id,form_id,external_id,form_slug,created_at,updated_at,live_at,first_made_live_at,creator_id,organisation_id,state,version,steps,pages,start_page,language,available_languages,question_section_completed,declaration_section_completed,share_preview_completed,name,declaration_text,declaration_markdown,support_email,support_phone,support_url,support_url_text'.split(
    ',',
  ),
)

function readForm(form: Json, { notes }: Reading): Pick<ImportedDefinition, 'id' | 'title' | 'contact'> {
  const at = { line: 0 }
  notes.add(at, form.language === 'cy' ? words.welsh : words.english)
  for (const [field, value] of Object.entries(form)) if (!silent.has(field)) noteField({ notes }, 0, field, value)
  const title = textIn(notes, at, whats.name, form.name, 100)
  const support = [form.support_email, form.support_phone, form.support_url_text, form.support_url]
    .map(wordsIn)
    .filter(Boolean)
  const contact = textIn(notes, at, whats.contact, support.join('\n'), 300)
  return { ...(title && { id: serviceIdOf(title.en), title }), ...(contact && { contact }) }
}

function noteField({ notes }: Pick<Reading, 'notes'>, line: number, field: string, value: unknown): void {
  const isEmpty =
    value === null ||
    value === undefined ||
    value === '' ||
    value === false ||
    (Array.isArray(value) && value.length === 0)
  if (isEmpty) return
  const shown = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  notes.add({ line }, words.field, { field, value: shown.slice(0, 500) })
}

const readOfStep = new Set(
  'id,external_id,form_id,position,next_step_id,next_page,type,data,routing_conditions,exit_pages,created_at,updated_at,question_text,hint_text,answer_type,answer_settings,is_optional,is_repeatable,page_heading,guidance_markdown,has_routing_errors'.split(
    ',',
  ),
)

/** What else a step says, and where it goes on. */
function noteRest({ notes }: Reading, { asks, step, next, line }: Step, following: Step | undefined): void {
  for (const [field, value] of Object.entries(asks === step ? step : { ...step, ...asks }))
    if (!readOfStep.has(field)) noteField({ notes }, line, field, value)
  if (next !== (following?.id ?? '')) notes.add({ line }, words.order, { next: next || '–' })
}

function pagesOf(
  reading: Reading,
  { asks, line }: Step,
  { questions, other }: Asked,
  conditions: readonly string[],
): FormPage[] {
  const { notes, names } = reading
  const at = { line }
  const [first] = questions
  const heading = textIn(notes, at, whats.heading, asks.page_heading, 200)
  const text = textIn(notes, at, whats.guidance, asks.guidance_markdown, 2000)
  for (const each of [heading, text]) if (each) noteMarks(notes, at, each)
  const asking = textIn(notes, at, whats.question, wordsIn(asks.question_text).slice(0, 200), 200)
  const title = heading ?? (questions.length > 1 || isTrue(asks.is_repeatable) ? asking : undefined)
  const id = names.page(asking?.en ?? first!.title.en)
  const page = { id, ...(title && { title }), ...(text && { text }), ...whenOf(reading, line, conditions) }
  if (isTrue(asks.is_repeatable))
    return [
      {
        ...page,
        title: title ?? first!.title,
        repeat: repeatOf(reading, at, asking ?? first!.title, questions, heading),
      },
    ]
  const pages: FormPage[] = [{ ...page, questions: [...questions] }]
  if (other) pages.push(otherPage(reading, line, first!.id, other, conditions))
  return pages
}

function repeatOf(
  { names, notes }: Reading,
  at: { line: number },
  title: Text,
  questions: readonly Question[],
  heading: Text | undefined,
) {
  const item = textIn(notes, at, whats.question, title.en, 60)!
  const inner = questions.length > 1 ? { title: heading ?? title } : {}
  const optional = questions.every((each) => each.optional)
  const needed = questions.map(({ optional: _, ...each }) => each)
  return {
    name: names.answer(`all ${title.en}`),
    item,
    min: optional ? 0 : 1,
    max: repeatMax,
    pages: [{ id: 'answer', ...inner, questions: optional ? needed : [...questions] }],
  }
}

/** What “None of the above” asks on. */
function otherPage(
  reading: Reading,
  line: number,
  id: string,
  other: NonNullable<Asked['other']>,
  conditions: readonly string[],
): FormPage {
  const { notes, names } = reading
  const title = textIn(notes, { line }, whats.question, other.title, 200)!
  const question: Question = {
    id: names.answer(other.title),
    title,
    kind: 'text',
    max: 499,
    ...(other.optional && { optional: true }),
  }
  return {
    id: names.page(other.title),
    ...whenOf(reading, line, [...conditions, `${id} = "${noneId}"`]),
    questions: [question],
  }
}

function whenOf({ notes }: Reading, line: number, conditions: readonly string[]): { when?: string } {
  const when = [...new Set(conditions)].join(' and ')
  if (when.length > conditionMax) notes.add({ line }, words.routeLong, { max: conditionMax })
  return when === '' || when.length > conditionMax ? {} : { when }
}

type Route = {
  readonly from: number
  readonly check: number
  readonly answer: string
  readonly to: number | undefined
  readonly condition: Json
  readonly line: number
}

/**
 * Routes turned round: GOV.UK Forms says where an answer goes on, and a definition on which answers a page is asked. A page that a
 * route passes over is asked on every other answer; one that the others pass over, only on this.
 */
function routesOf(reading: Reading, steps: readonly Step[], asked: readonly (Asked | undefined)[]) {
  const { notes } = reading
  const places = new Map(steps.map(({ id }, at) => [id, at]))
  const routes = steps.flatMap((step, from) =>
    listIn(step.step.routing_conditions).map((condition): Route => {
      const check = places.get(idOf(condition.check_page_id)) ?? from
      const to = isTrue(condition.skip_to_end) ? steps.length : places.get(idOf(condition.goto_page_id))
      return { from, check, answer: wordsIn(condition.answer_value), to, condition, line: step.line }
    }),
  )
  const conditions = new Map<number, string[]>()
  const exits: Exit[] = []
  const exitLines = new Map<object, number>()
  const ask = (from: number, to: number, when: string) => {
    for (let at = from + 1; at < to; at++) conditions.set(at, [...(conditions.get(at) ?? []), when])
  }
  for (const route of routes) {
    const { from, check, answer, to, line } = route
    // Without an answer it is for all whom another route of that question did not take past it.
    const first = routes.find(
      (each) => each.check === check && each.answer !== '' && each.from < from && from < (each.to ?? -1),
    )
    const value = answer === '' ? first?.answer : answer
    const option = value === undefined ? undefined : asked[check]?.options?.get(value)
    const id = asked[check]?.questions[0]?.id
    if (answer === '' && first === undefined) notes.add({ line }, words.routeAlways)
    else if (option === undefined) notes.add({ line }, words.routeAnswer, { answer: value ?? '' })
    else if (isExit(steps[from]!, route)) {
      const exit = { ...exitOf(reading, steps[from]!, route), when: `${id} = "${option}"` }
      if (exits.length >= exitsMax) notes.add({ line }, words.exitsMax, { max: exitsMax, title: exit.title.en })
      else exits.push(exit)
      exitLines.set(exit, line)
    } else if (to === undefined || to <= from) notes.add({ line }, words.routeBack)
    else ask(from, to, `${id} ${answer === '' ? '=' : '!='} "${option}"`)
  }
  return { conditions, exits, exitLines }
}

const exitPageOf = ({ step }: Step, { condition }: Route): Json | undefined =>
  listIn(step.exit_pages).find(({ id }) => idOf(id) !== '' && idOf(id) === idOf(condition.exit_page_id))

const isExit = (step: Step, route: Route): boolean =>
  exitPageOf(step, route) !== undefined ||
  wordsIn(route.condition.exit_page_heading) + wordsIn(route.condition.exit_page_markdown) !== ''

/** The page on which a route leaves the form. */
function exitOf({ notes, names }: Reading, step: Step, route: Route): Omit<Exit, 'when'> {
  const { condition, line } = route
  const page = exitPageOf(step, route)
  const heading = wordsIn(condition.exit_page_heading) || wordsIn(page?.heading)
  const markdown = wordsIn(condition.exit_page_markdown) || wordsIn(page?.markdown)
  const title = textIn(notes, { line }, whats.exit, heading || markdown.split('\n')[0] || '–', 200)!
  const text = textIn(notes, { line }, whats.exit, markdown || heading || '–', 2000)!
  noteMarks(notes, { line }, text)
  return { id: names.page(`exit ${title.en}`), title, text }
}
