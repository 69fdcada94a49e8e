import type { CompiledForm } from '../definitions/compile.rules.ts'
import type { Exit, FormPage } from '../definitions/form.ts'
import { todayName } from '../definitions/names.rules.ts'
import type { Compiled } from '../rules/compile.rules.ts'
import type { Values } from '../rules/types.rules.ts'
import type { Answers } from '../types.ts'
import { valuesOfPage } from './answers.rules.ts'
import type { Draft, Filled } from './draft.ts'
import { type Mistake, readQuestions } from './read.rules.ts'

/**
 * How far a page is: `done` where all that is asked was answered; `wrong` where something was sent that is no answer; `todo` where it
 * may be answered now; `later` where something before it must be answered first.
 */
type StopState = 'done' | 'wrong' | 'todo' | 'later'
export type Stop = {
  readonly page: FormPage
  readonly at: number
  readonly state: StopState
  readonly mistakes: readonly Mistake[]
}

/** The way of one application through a form, as far as its answers show it. */
export type Journey = {
  /** The pages that are asked of whoever walks here, in their order. */
  readonly stops: readonly Stop[]
  /** Where the answers lead out: nothing behind it is asked. */
  readonly exit?: Exit
  /** Pages that others are asked to answer, as far as the answers show. */
  readonly handed: readonly FormPage[]
  /** The page to go on with; none where everything is answered. */
  readonly next?: Stop
  /** The answers that count: those of pages that are asked and done. What else was typed waits, and is never sent. */
  readonly answers: Answers
  /** The same for conditions, with what is calculated from them. */
  readonly values: Values
}

type Walker = { today: string; by?: string | undefined; others?: Answers | undefined }

/**
 * Follows the answers of a draft through a form. It depends on nothing but what the draft holds and the day, so that the same answers
 * lead the same way in whatever order they were given. `by` is the party who walks; the applicant otherwise. `others` are the answers
 * that others gave.
 */
export function walk(compiled: CompiledForm, draft: Draft, { today, by, others = {} }: Walker): Journey {
  const prepared = prepare(compiled)
  const values: Record<string, unknown> = { [todayName]: today }
  const answers: Record<string, Answers[string]> = {}
  const stops: Stop[] = []
  const handed: FormPage[] = []
  /** Pages whose answers are not known yet. */
  const unknown = new Set<number>()
  /** Sections in which a page was not answered: what stands behind it there must wait. */
  const waiting = new Set<string>()
  let exit: Exit | undefined
  const settle = (at: number) => {
    for (const { id, compiled: value } of prepared.valuesAt.get(at) ?? []) values[id] = value.evaluate(values as Values)
    for (const { exit: each, when, reads } of prepared.exitsAt.get(at) ?? [])
      if (!exit && !reads.some((page) => unknown.has(page)) && when.evaluate(values as Values) === true) exit = each
  }
  settle(-1)
  for (const [at, { page, when }] of compiled.pages.entries()) {
    if (exit) break
    const reads = prepared.readsOfPage[at]!
    const isBlind = reads.some((each) => unknown.has(each))
    const isAsked = !when || (!isBlind && when.evaluate(values as Values) === true)
    const isOwn = page.by === by
    // What no page asked is null, and what is not known yet as well: only the second keeps others waiting.
    Object.assign(values, valuesOfPage(page, {}))
    if (isBlind) unknown.add(at)
    else if (isAsked && isOwn) {
      const stop = stopAt(page, at)
      stops.push(stop)
      if (stop.state !== 'done') unknown.add(at)
      if (stop.state !== 'done') waiting.add(page.section ?? '')
    } else if (isAsked) {
      if (page.by !== undefined) handed.push(page)
      take(page, others)
    }
    settle(at)
  }
  const next = exit ? undefined : stops.find(({ state }) => state === 'wrong' || state === 'todo')
  return {
    stops,
    handed,
    ...(exit && { exit }),
    ...(next && { next }),
    answers: answers as Answers,
    values: values as Values,
  }

  function stopAt(page: FormPage, at: number): Stop {
    // What nobody answered yet need not be read.
    const read = draft.seen.includes(page.id) ? readPage(page, draft, today) : undefined
    if (read?.mistakes.length === 0 && read.isComplete) {
      take(page, read.answers)
      return { page, at, state: 'done', mistakes: [] }
    }
    if (waiting.has(page.section ?? '')) return { page, at, state: 'later', mistakes: [] }
    const mistakes = read?.mistakes ?? []
    return { page, at, state: mistakes.length > 0 ? 'wrong' : 'todo', mistakes }
  }

  function take(page: FormPage, from: Answers) {
    for (const name of namesOn(page)) if (from[name] !== undefined) answers[name] = from[name]
    Object.assign(values, valuesOfPage(page, from))
  }
}

type Way = { compiled: CompiledForm; today: string; journey: Journey }
const ways = new WeakMap<Draft, Way>()

/** The way of the applicant before anybody else answered. Followed once for what a page keeps and the next one shows: drafts never change. */
export function ownWay(compiled: CompiledForm, draft: Draft, today: string): Journey {
  const known = ways.get(draft)
  if (known?.compiled === compiled && known.today === today) return known.journey
  const journey = walk(compiled, draft, { today })
  ways.set(draft, { compiled, today, journey })
  return journey
}

export const namesOn = ({ questions = [], repeat }: FormPage): readonly string[] =>
  repeat ? [repeat.name] : questions.map(({ id }) => id)

/** What a draft holds for a page, and whether nothing is missing: of a list, whether each of its things is whole. */
export function readPage(
  page: FormPage,
  draft: Draft,
  today: string,
): { answers: Answers; mistakes: readonly Mistake[]; isComplete: boolean } {
  const { repeat } = page
  if (!repeat) return { ...readQuestions(page.questions ?? [], draft, today), isComplete: true }
  const things = (draft.lists[repeat.name] ?? []).map((thing) => readThing(page, thing, draft.seen, today))
  const isComplete =
    things.length >= repeat.min && things.length <= repeat.max && things.every((each) => each.isComplete)
  return { answers: { [repeat.name]: things.map((each) => each.answers) } as Answers, mistakes: [], isComplete }
}

/** One thing of a list: its answers, and the first of its pages that is not done. */
export function readThing(
  { repeat }: FormPage,
  thing: Filled & { id: string },
  seen: readonly string[],
  today: string,
): { answers: Answers; isComplete: boolean; next?: string } {
  const read = repeat!.pages.map(({ id, questions }) => {
    const { answers, mistakes } = readQuestions(questions, thing, today)
    return { id, answers, isDone: seen.includes(`${thing.id}/${id}`) && mistakes.length === 0 }
  })
  const next = read.find(({ isDone }) => !isDone)?.id
  const answers = Object.assign({}, ...read.map((each) => each.answers)) as Answers
  return { answers, isComplete: next === undefined, ...(next !== undefined && { next }) }
}

/** The pages that were asked of whoever gave these answers, and all values that conditions know: of what was sent and is frozen. */
export function recall(compiled: CompiledForm, answers: Answers, today: string): { pages: FormPage[]; values: Values } {
  const values: Record<string, unknown> = { [todayName]: today }
  const prepared = prepare(compiled)
  const calculate = (at: number) => {
    for (const { id, compiled: value } of prepared.valuesAt.get(at) ?? []) values[id] = value.evaluate(values as Values)
  }
  calculate(-1)
  const pages = compiled.pages.flatMap(({ page, when }, at) => {
    const isAsked = !when || when.evaluate(values as Values) === true
    Object.assign(values, valuesOfPage(page, isAsked ? answers : {}))
    calculate(at)
    return isAsked ? [page] : []
  })
  return { pages, values: values as Values }
}

/** Whether values of answers that are all known lead out of a form. */
export const leadsOut = ({ exits }: CompiledForm, values: Values): boolean =>
  exits.some(({ when }) => when.evaluate(values) === true)

type Prepared = {
  /** Pages that the condition of each page reads, through calculated values as well. */
  readsOfPage: readonly (readonly number[])[]
  valuesAt: ReadonlyMap<number, readonly { id: string; compiled: Compiled }[]>
  exitsAt: ReadonlyMap<number, readonly { exit: Exit; when: Compiled; reads: readonly number[] }[]>
}

const preparedForms = new WeakMap<CompiledForm, Prepared>()

/** What of a form is the same on every way through it. */
function prepare(compiled: CompiledForm): Prepared {
  const known = preparedForms.get(compiled)
  if (known) return known
  const pagesOf = new Map<string, readonly number[]>()
  for (const [at, { page }] of compiled.pages.entries()) for (const name of namesOn(page)) pagesOf.set(name, [at])
  const reads = (from: Compiled | undefined) => [
    ...new Set((from?.reads ?? []).flatMap((path) => pagesOf.get(path.split('.')[0]!) ?? [])),
  ]
  for (const { id, compiled: value } of compiled.values) pagesOf.set(id, reads(value))
  const prepared: Prepared = {
    readsOfPage: compiled.pages.map(({ when }) => reads(when)),
    valuesAt: Map.groupBy(compiled.values, ({ from }) => from),
    exitsAt: Map.groupBy(
      compiled.exits.map(({ exit, when, after }) => ({ exit, when, after, reads: reads(when) })),
      ({ after }) => after,
    ),
  }
  preparedForms.set(compiled, prepared)
  return prepared
}
