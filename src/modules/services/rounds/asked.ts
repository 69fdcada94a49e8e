// What the steps ask that a round takes for many cases: answered by whoever confirms the result, once for all or once for each stream.
import { type Installation, sayEverywhere, type Text, texts } from '#platform'
import { stepOf } from '../cases/placed.rules.ts'
import { fieldOf } from '../cases/step-form.ts'
import type { Step } from '../cases/steps.ts'
import { readTyped, type Typed } from '../cases/typed.rules.ts'
import type { CompiledService } from '../definitions/compile.rules.ts'
import type { Key, RoundRow } from './rounds.sql.ts'
import { inOrder, titleOf } from './streams.rules.ts'
import type { RoundsOfData } from './types.ts'

const { ofStream } = texts({ ofStream: { en: '{stream}: {text}', 'zh-Hant': '{stream}：{text}' } })

const ways = ['promotes', 'ends'] as const
export type Way = (typeof ways)[number]
/**
 * What was typed for each step, as a form of the step has it: each case reads it by the questions of its own version. Answers of one
 * stream have its identifier before their names.
 */
export type TypedOfRound = Readonly<Record<Way, Typed>>

/** Where two officers or a condition must say so, a step stays with officers, case by case. */
export const isOfOfficers = ({ fourEyes, when }: Step): boolean => fourEyes === true || when !== undefined

/** Questions of one step for so many entries: of one stream, or of all where it is null. */
type Asked = { way: Way; stream: string | null; step: Step; entries: number; questions: NonNullable<Step['asks']> }

/**
 * What the steps of a result ask, where they are taken for any entry: once for all, and then for each stream of such an entry.
 * Questions that may be left out are not among it: they are about one case, as a word for its applicant.
 */
export function askedOf(compiled: CompiledService, { definition, result }: RoundRow): Asked[] {
  const isApart = ({ id }: Asked['questions'][number]) => definition.perStream?.includes(id) === true
  return ways.flatMap((way) => {
    const id = definition[way]
    const step = id === undefined ? undefined : stepOf(compiled, id)
    if (!step || isOfOfficers(step)) return []
    const taken = result?.result.entries.filter(({ goesOn }) => goesOn === (way === 'promotes')) ?? []
    const asks = (step.asks ?? []).filter(({ optional }) => !optional)
    const byStream = Map.groupBy(inOrder(compiled.service, taken), ({ stream }) => stream)
    return [
      { stream: null, entries: taken.length, questions: asks.filter((each) => !isApart(each)) },
      ...[...byStream].map(([stream, own]) => ({ stream, entries: own.length, questions: asks.filter(isApart) })),
    ].flatMap((each) => (each.entries === 0 || each.questions.length === 0 ? [] : [{ ...each, way, step }]))
  })
}

/** What becomes of the entries of a result once it is confirmed: how many take which step, or none, which stays with officers. */
export const takenBy = (
  compiled: CompiledService,
  { definition, result }: RoundRow,
): RoundsOfData['rounds'][number]['takes'] =>
  ways.flatMap((way) => {
    const id = definition[way]
    const step = id === undefined ? undefined : stepOf(compiled, id)
    const entries = result?.result.entries.filter(({ goesOn }) => goesOn === (way === 'promotes')).length ?? 0
    return entries === 0 ? [] : [{ way, entries, step: step && !isOfOfficers(step) ? step.title : null }]
  })

/** What stands before the names of a step’s form in that of a round. */
const prefixOf = ({ way, stream }: Pick<Asked, 'way' | 'stream'>) => (stream === null ? `${way}.` : `${way}.${stream}.`)

/** The fields of one step in what was sent, under the names that a form of the step has for them. */
function typedFor(asked: Pick<Asked, 'way' | 'stream' | 'questions'>, sent: Typed): Typed {
  const prefix = prefixOf(asked)
  const names = asked.questions.flatMap(({ id }) =>
    ['', '-year', '-month', '-day'].map((part) => `answer.${id}${part}`),
  )
  return Object.fromEntries(
    names.filter((name) => sent[`${prefix}${name}`] !== undefined).map((name) => [name, sent[`${prefix}${name}`]]),
  )
}

/** Reads what was sent as a step of a case reads it: what is kept of it, and what is wrong. */
export function readAsked(compiled: CompiledService, asked: readonly Asked[], sent: Typed) {
  const typed: Record<Way, Record<string, unknown>> = { promotes: {}, ends: {} }
  const told: { field: string; text: Text }[] = []
  for (const each of asked) {
    const own = typedFor(each, sent)
    const prefix = prefixOf(each)
    for (const [name, value] of Object.entries(own))
      typed[each.way][`${prefix}${name}`.slice(each.way.length + 1)] = value
    const stream = titleOf(compiled.service, each.stream)
    for (const { name, text, values = {} } of readTyped(each.questions, own).wrong) {
      const said = sayEverywhere(text, values)
      told.push({ field: `${prefix}${name}`, text: stream ? sayEverywhere(ofStream, { stream, text: said }) : said })
    }
  }
  return { typed: typed as TypedOfRound, wrong: told }
}

/** What of it one case reads: the answers for all, and those of its own stream. */
export function typedOf(typed: TypedOfRound, way: Way, stream: string): Typed {
  const own = `${stream}.answer.`
  const all = Object.entries(typed[way])
  return Object.fromEntries([
    ...all.filter(([name]) => name.startsWith('answer.')),
    ...all.flatMap(([name, value]) => (name.startsWith(own) ? [[name.slice(stream.length + 1), value]] : [])),
  ])
}

/** The fields of the form, with what was typed. */
export const fieldsOf = (
  compiled: CompiledService,
  asked: readonly Asked[],
  sent: Typed,
): RoundsOfData['rounds'][number]['asked'] =>
  asked.map((each) => ({
    ...{ way: each.way, step: each.step.title, entries: each.entries, stream: titleOf(compiled.service, each.stream) },
    fields: each.questions.map((question) => {
      const field = fieldOf(question, typedFor(each, sent))
      const prefix = prefixOf(each)
      const typed = Object.entries(field.typed).map(([name, value]) => [`${prefix}${name}`, value])
      return { ...field, name: `${prefix}${field.name}`, typed: Object.fromEntries(typed) }
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
