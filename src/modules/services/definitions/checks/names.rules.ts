import type { Complaint } from '#pack'
import { texts } from '#platform'
import { isName } from '../../rules/check.rules.ts'
import { todayName } from '../names.rules.ts'
import type { Service } from '../service.ts'

const sentences = texts({
  twice: {
    en: '“{id}” is taken already. Give one of the two another name.',
    'zh-Hant': '「{id}」已有人用。請為其中一個另取名稱。',
  },
  reserved: {
    en: '“{id}” means something of its own in conditions and messages. Take another name.',
    'zh-Hant': '「{id}」在條件和訊息中另有意思。請另取名稱。',
  },
  keyword: {
    en: '“{id}” is a word of the language of conditions. Take another name, as {id}_is.',
    'zh-Hant': '「{id}」是條件的保留字。請另取名稱，例如 {id}_is。',
  },
})

/** Places of messages that the engine fills; no answer may be called so. */
export const enginePlaces = [
  'reference',
  'title',
  'state',
  'next',
  'reason',
  'days',
  'organisation',
  'appeal_until',
  todayName,
] as const

/** The number of the item that the step began before, in what it leaves behind after it. */
export const recordPlace = 'record'

/** What every object has by itself would be found where nobody answered. */
const ofEveryObject = ['constructor']
const reserved: ReadonlySet<string> = new Set([...enginePlaces, recordPlace, ...ofEveryObject])

/** Every name means one thing: those of conditions in one space, and each list of ids in its own. */
export function* checkNames({ apply }: Service): Generator<Complaint> {
  if (!apply) return
  const { form, case: process } = apply
  yield* checkAnswerNames(namedOf(apply))
  for (const { outputs } of process.rules ?? [])
    yield* checkAnswerNames(
      outputs.map((output) => ({ at: output, key: 'id', id: output.id })),
      new Set(ofEveryObject),
    )
  const { sections = [], parties = [], pages, exits = [] } = form
  const { roles, states, steps, reasons = [], messages, outputs = [] } = process
  for (const list of [sections, parties, pages, exits, roles, states, steps, reasons, messages, outputs])
    yield* checkOnce(list)
  for (const { repeat } of pages) if (repeat) yield* checkOnce(repeat.pages)
}

type Named = { at: object; key: string; id: string }
const asId = (each: { id: string }): Named => ({ at: each, key: 'id', id: each.id })

/** All that conditions and messages may call by its name: questions, lists of things, values, tables, notes of officers. */
function namedOf({ form, case: process }: NonNullable<Service['apply']>): Named[] {
  const ofPages = form.pages.flatMap(({ questions = [], repeat }) => [
    ...questions.map(asId),
    ...(repeat ? [{ at: repeat, key: 'name', id: repeat.name }] : []),
    ...(repeat?.pages.flatMap(({ questions }) => questions.map(asId)) ?? []),
  ])
  const ofSteps = process.steps.flatMap(({ asks = [] }) => asks.map(asId))
  return [...ofPages, ...(form.values ?? []).map(asId), ...(process.rules ?? []).map(asId), ...ofSteps]
}

function* checkAnswerNames(named: readonly Named[], words: ReadonlySet<string> = reserved): Generator<Complaint> {
  const seen = new Set<string>()
  for (const { at, key, id } of named) {
    const values = { id }
    if (!isName(id)) yield { at, key, text: sentences.keyword, values }
    else if (words.has(id)) yield { at, key, text: sentences.reserved, values }
    else if (seen.has(id)) yield { at, key, text: sentences.twice, values }
    seen.add(id)
  }
}

/** That no two of a list share an id. */
export function* checkOnce(list: readonly { id: string }[]): Generator<Complaint> {
  const seen = new Set<string>()
  for (const each of list) {
    if (seen.has(each.id)) yield { at: each, key: 'id', text: sentences.twice, values: { id: each.id } }
    seen.add(each.id)
  }
}
