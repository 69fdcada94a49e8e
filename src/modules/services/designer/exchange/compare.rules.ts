import { sayEverywhere, type Text } from '#platform'
import type { Service } from '../../definitions/service.ts'
import { token } from '../../texts.rules.ts'
import { labels, languageNames, nouns, phrases } from './difference-words.ts'
import { fieldsOf, isRecord, isSame, matchLists } from './match.rules.ts'

/** One thing in which two definitions differ. */
export type Difference = {
  /** A JSON Pointer (RFC 6901) into the definition after; into the one before for what was removed. */
  readonly path: string
  readonly kind: 'added' | 'removed' | 'changed' | 'moved'
  /** In words: “Question “Name” of page “Your group”: hint (English)”. */
  readonly what: Text
  /** What stood there; absent for what was added. For what moved its place, as a JSON Pointer into the definition before. */
  readonly before?: unknown
  /** What stands there; absent for what was removed. For what moved its place, as `path`. */
  readonly after?: unknown
}

/** A step on the way to a place: a field by its name, or a thing of a list with what it is called. */
type Part = { readonly field: string } | { readonly list: string; readonly item: unknown; readonly number: number }
export type Place = { readonly before: string; readonly after: string; readonly parts: readonly Part[] }

/**
 * In what two definitions differ, in the order of the one after. Things are found again by their ids, so that what was put before
 * others is one difference; a question that went to another page moved, and was not removed and added.
 */
export function differencesOf(before: Service, after: Service): Difference[] {
  const root: Place = { before: '', after: '', parts: [] }
  const all = [...compare(before, after, root)]
  const moved = movedQuestions(before, after)
  const from = new Set(moved.map((each) => each.from.before))
  const to = new Set(moved.map((each) => each.to.after))
  const rest = all.filter(
    ({ kind, path }) => !((kind === 'removed' && from.has(path)) || (kind === 'added' && to.has(path))),
  )
  return [
    ...rest,
    ...moved.flatMap((each): Difference[] => [
      movedTo(each.to, each.from.before),
      ...compare(each.from.question, each.to.question, { ...each.to, before: each.from.before }),
    ]),
  ]
}

function* compare(before: unknown, after: unknown, place: Place): Generator<Difference> {
  if (isSame(before, after)) return
  if (Array.isArray(before) && Array.isArray(after)) yield* compareLists(before, after, place)
  else if (isRecord(before) && isRecord(after)) {
    const old = new Set(fieldsOf(before))
    const now = new Set(fieldsOf(after))
    for (const key of now) {
      const inner = inField(place, key)
      if (old.has(key)) yield* compare(before[key], after[key], inner)
      else yield added(inner, after[key])
    }
    for (const key of old.difference(now)) yield removed(inField(place, key), before[key])
  } else yield { path: place.after, kind: 'changed', what: wordsOf(place.parts), before, after }
}

/** Lists whose places mean something: the tests of a row belong to the inputs of its table. */
const positional = new Set(['when', 'inputs'])

function* compareLists(before: readonly unknown[], after: readonly unknown[], place: Place): Generator<Difference> {
  const list = listOf(place)
  if (positional.has(list) && before.length === after.length) {
    for (const [at, item] of after.entries()) yield* compare(before[at], item, inList(place, list, item, at, at))
    return
  }
  for (const { from, to, moved } of matchLists(before, after)) {
    const item = to === undefined ? before[from!] : after[to]
    const inner = inList(place, list, item, from ?? -1, to ?? -1)
    if (from === undefined) yield added(inner, item)
    else if (to === undefined) yield removed(inner, item)
    else {
      if (moved) yield movedTo(inner, inner.before)
      yield* compare(before[from], item, inner)
    }
  }
}

const added = (place: Place, after: unknown): Difference => ({
  path: place.after,
  kind: 'added',
  what: wordsOf(place.parts),
  after,
})
const removed = (place: Place, before: unknown): Difference => ({
  path: place.before,
  kind: 'removed',
  what: wordsOf(place.parts),
  before,
})
const movedTo = (place: Place, before: string): Difference => ({
  path: place.after,
  kind: 'moved',
  what: wordsOf(place.parts),
  before,
  after: place.after,
})

export const inField = ({ before, after, parts }: Place, field: string): Place => ({
  before: `${before}/${token(field)}`,
  after: `${after}/${token(field)}`,
  parts: [...parts, { field }],
})

export function inList({ before, after, parts }: Place, list: string, item: unknown, from: number, to: number): Place {
  const number = (to < 0 ? from : to) + 1
  return {
    before: `${before}/${from}`,
    after: `${after}/${to}`,
    parts: [...parts.slice(0, -1), { list, item, number }],
  }
}

function listOf({ parts }: Place): string {
  const last = parts.at(-1)
  return last && 'field' in last ? last.field : ''
}

type Home = Place & { readonly page: string; readonly question: unknown }

/** Questions that stand on a page with another id than before. */
function movedQuestions(before: Service, after: Service): { from: Home; to: Home }[] {
  const homes = homesOf(before)
  return [...homesOf(after)].flatMap(([id, to]) => {
    const from = homes.get(id)
    return from && from.page !== to.page ? [{ from, to }] : []
  })
}

function homesOf({ apply }: Service): ReadonlyMap<string, Home> {
  const homes = new Map<string, Home>()
  const note = (place: Place, page: string, questions: readonly { id: string }[]) => {
    const within = inField(place, 'questions')
    for (const [at, question] of questions.entries())
      homes.set(question.id, { ...inList(within, 'questions', question, at, at), page, question })
  }
  const pages = ['apply', 'form', 'pages'].reduce(inField, { before: '', after: '', parts: [] } as Place)
  for (const [at, page] of (apply?.form.pages ?? []).entries()) {
    const place = inList(pages, 'pages', page, at, at)
    note(place, page.id, page.questions ?? [])
    const inner = inField(inField(place, 'repeat'), 'pages')
    for (const [number, each] of (page.repeat?.pages ?? []).entries())
      note(inList(inner, 'pages', each, number, number), `${page.id}/${each.id}`, each.questions)
  }
  return homes
}

/** What only holds other fields, and says nothing itself where they are named. */
const silent = new Set(['apply', 'form', 'case', 'repeat'])

/** A place in words, with its first letter large in English. */
export function wordsOf(parts: readonly Part[]): Text {
  let thing: Text | undefined
  let field: Text | undefined
  for (const [at, part] of parts.entries()) {
    if ('list' in part) {
      const named = nameOf(part)
      thing = thing ? sayEverywhere(phrases.of, { inner: named, outer: thing }) : named
      field = undefined
    } else if (isLanguage(part.field)) {
      const language = languageNames[part.field]
      field = field ? sayEverywhere(phrases.written, { field, language }) : language
    } else if (at === parts.length - 1 || !silent.has(part.field)) {
      const label = labels[part.field] ?? { en: part.field, 'zh-Hant': part.field }
      field = field ? sayEverywhere(phrases.within, { outer: field, inner: label }) : label
    }
  }
  const whole = thing ?? phrases.service
  return capital(field ? sayEverywhere(phrases.field, { thing: whole, field }) : whole)
}

const isLanguage = (key: string): key is keyof typeof languageNames => Object.hasOwn(languageNames, key)
const capital = (text: Text): Text => ({ ...text, en: text.en.charAt(0).toUpperCase() + text.en.slice(1) })

const nameCharactersMax = 80

function nameOf({ list, item, number }: Extract<Part, { list: string }>): Text {
  const noun = (nouns as Readonly<Record<string, Text>>)[list] ?? { en: list, 'zh-Hant': list }
  const name = calledBy(item)
  if (name === undefined) return sayEverywhere(phrases.numbered, { noun, number })
  return sayEverywhere(phrases.named, { noun, name })
}

/** What a person would call it: its title or words, and its id where it has none. */
function calledBy(item: unknown): string | Text | undefined {
  if (typeof item === 'string') return short(item)
  if (!isRecord(item)) return undefined
  const text = [item.title, item.subject, item.text, item].find(isText)
  if (text)
    return {
      en: short(text.en),
      'zh-Hant': short(text['zh-Hant']),
      ...(text['zh-Hans'] !== undefined && { 'zh-Hans': short(text['zh-Hans']) }),
    }
  const id = item.id ?? item.kind
  return typeof id === 'string' ? id : undefined
}

const isText = (value: unknown): value is Text =>
  isRecord(value) && typeof value.en === 'string' && typeof value['zh-Hant'] === 'string'

const short = (words: string): string => {
  const letters = [...words]
  return letters.length > nameCharactersMax ? `${letters.slice(0, nameCharactersMax).join('')}…` : words
}
