// What the steps ask that a round takes for many cases: answered once, by whoever confirms the result.
import { type Installation, sayEverywhere, type Text } from '#platform'
import { stepOf } from '../cases/placed.rules.ts'
import { fieldOf } from '../cases/step-form.ts'
import type { Step } from '../cases/steps.ts'
import { readTyped, type Typed } from '../cases/typed.rules.ts'
import type { CompiledService } from '../definitions/compile.rules.ts'
import type { Key, RoundRow } from './rounds.sql.ts'
import type { RoundsOfData } from './types.ts'

const ways = ['promotes', 'ends'] as const
export type Way = (typeof ways)[number]
/** What was typed for each step, as a form of the step has it: each case reads it by the questions of its own version. */
export type TypedOfRound = Readonly<Record<Way, Typed>>

/** Where two officers or a condition must say so, a step stays with officers, case by case. */
export const isOfOfficers = ({ fourEyes, when }: Step): boolean => fourEyes === true || when !== undefined

type Asked = { way: Way; step: Step; entries: number; questions: NonNullable<Step['asks']> }

/**
 * What the steps of a result ask, where they are taken for any entry. Questions that may be left out are not among it: they are about
 * one case, as a word for its applicant.
 */
export function askedOf(compiled: CompiledService, { definition, result }: RoundRow): Asked[] {
  return ways.flatMap((way) => {
    const id = definition[way]
    const step = id === undefined ? undefined : stepOf(compiled, id)
    const entries = result?.result.entries.filter(({ goesOn }) => goesOn === (way === 'promotes')).length ?? 0
    if (!step || isOfOfficers(step) || entries === 0) return []
    const questions = (step.asks ?? []).filter(({ optional }) => !optional)
    return questions.length === 0 ? [] : [{ way, step, entries, questions }]
  })
}

/** The fields of one step in what was sent, under the names that a form of the step has for them. */
function typedFor({ way, questions }: Pick<Asked, 'way' | 'questions'>, sent: Typed): Typed {
  const names = questions.flatMap(({ id }) => ['', '-year', '-month', '-day'].map((part) => `answer.${id}${part}`))
  return Object.fromEntries(
    names.filter((name) => sent[`${way}.${name}`] !== undefined).map((name) => [name, sent[`${way}.${name}`]]),
  )
}

/** Reads what was sent as a step of a case reads it: what is kept of it, and what is wrong. */
export function readAsked(asked: readonly Asked[], sent: Typed) {
  const typed: Record<Way, Typed> = { promotes: {}, ends: {} }
  const told: { field: string; text: Text }[] = []
  for (const each of asked) {
    typed[each.way] = typedFor(each, sent)
    const { wrong } = readTyped(each.questions, typed[each.way])
    for (const { name, text, values = {} } of wrong)
      told.push({ field: `${each.way}.${name}`, text: sayEverywhere(text, values) })
  }
  return { typed: typed as TypedOfRound, wrong: told }
}

/** The fields of the form, with what was typed. */
export const fieldsOf = (asked: readonly Asked[], sent: Typed): RoundsOfData['rounds'][number]['asked'] =>
  asked.map((each) => ({
    ...{ way: each.way, step: each.step.title, entries: each.entries },
    fields: each.questions.map((question) => {
      const field = fieldOf(question, typedFor(each, sent))
      const typed = Object.entries(field.typed).map(([name, value]) => [`${each.way}.${name}`, value])
      return { ...field, name: `${each.way}.${field.name}`, typed: Object.fromEntries(typed) }
    }),
  }))

const contextOf = ({ service, edition, round }: Key) => `round-answers/${service}/${edition}/${round}`
type Means = Pick<Installation, 'vault'>

export const sealTyped = ({ vault }: Means, key: Key, typed: TypedOfRound): Buffer =>
  vault.seal('case', JSON.stringify(typed), contextOf(key))

/** What was answered when a result was confirmed; nothing where nothing was asked. */
export const openTyped = ({ vault }: Means, key: Key, sealed: Buffer | null): TypedOfRound =>
  sealed
    ? (JSON.parse(vault.open('case', sealed, contextOf(key)).toString()) as TypedOfRound)
    : { promotes: {}, ends: {} }
