// One sending of a whole application, as if somebody had typed it on the pages of its form and looked at each of them.
import { randomUUID } from 'node:crypto'
import { sayEverywhere, type Text, texts } from '#platform'
import type { Draft, Filled } from '../applying/draft.ts'
import { readPage } from '../applying/journey.rules.ts'
import type { Standing } from '../applying/parts.ts'
import { type Mistake, readQuestions } from '../applying/read.rules.ts'
import { words as applyingWords, tooFew } from '../applying/words.ts'
import type { CompiledForm } from '../definitions/compile.rules.ts'
import type { FormPage, Question } from '../definitions/form.ts'
import type { Wrong } from '../forms.ts'
import { token } from '../texts.rules.ts'
import type { SentFile } from '../types.ts'
import type { AnswersData, FormData } from './shapes.ts'
import { textsOf } from './translate.ts'

const words = texts({
  unknown: {
    en: 'The form asks for nothing of this name. Look it up in the form of the service.',
    'zh-Hant': '表格沒有這個項目。請查閱服務的表格。',
  },
  option: {
    en: '“{title}” has no answer “{id}”. Choose from the form of the service.',
    'zh-Hant': '「{title}」沒有「{id}」這個答案。請從服務的表格選擇。',
  },
  oneValue: { en: '“{title}” has one answer. Send one value.', 'zh-Hant': '「{title}」只有一個答案。請只提交一個值。' },
  list: {
    en: '“{item}” is a list. Send an array of objects.',
    'zh-Hant': '「{item}」是列表。請提交由物件組成的陣列。',
  },
  tooMany: { en: 'There may be {max} in this list. Take some away.', 'zh-Hant': '列表最多可有 {max} 項。請刪減。' },
  documentElsewhere: {
    en: 'No document of this address waits for this application. Send it first, with the same key.',
    'zh-Hant': '這宗申請沒有這個網址的文件。請先以同一識別碼提交文件。',
  },
  document: {
    en: 'No document of this address waits for “{title}” of this application. Send it first, with the same key.',
    'zh-Hant': '這宗申請的「{title}」沒有這個網址的文件。請先以同一識別碼提交文件。',
  },
})

/** A document that was sent for a question of this application. */
export type Document = { url: string; question: string; file: SentFile }
type Sent = { data: AnswersData; documentUrls: readonly string[]; documents: readonly Document[] }
type Value = AnswersData[string]['value']

/** A draft that holds what was sent, and what of it no page of the form could hold. */
export function draftOf(
  { pages }: CompiledForm,
  { data, documentUrls, documents }: Sent,
): { draft: Draft; wrong: Wrong[] } {
  const wrong: Wrong[] = []
  const draft: Draft = { typed: {}, files: {}, lists: {}, seen: [], sources: {} }
  const known = new Set<string>()
  for (const { page } of pages) {
    if (page.by !== undefined) continue
    draft.seen.push(page.id)
    const { questions = [], repeat } = page
    fill(draft, questions, { data, at: 'formData/data', beside: documentUrls })
    for (const { id } of questions) known.add(id)
    if (!repeat) continue
    known.add(repeat.name)
    const value = data[repeat.name]?.value ?? []
    if (!isListOfThings(value)) {
      wrong.push({ field: `formData/data/${repeat.name}`, text: sayEverywhere(words.list, { item: repeat.name }) })
      continue
    }
    const asked = repeat.pages.flatMap((each) => each.questions)
    draft.lists[repeat.name] = value.map((thing, number) => {
      const filled = { id: randomUUID(), typed: {}, files: {} }
      const at = `formData/data/${repeat.name}/value/${number}`
      fill(filled, asked, { data: thing, at, beside: [] })
      refuseUnknown(thing, new Set(asked.map(({ id }) => id)), at)
      draft.seen.push(...repeat.pages.map(({ id }) => `${filled.id}/${id}`))
      return filled
    })
  }
  refuseUnknown(data, known, 'formData/data')
  for (const [number, url] of documentUrls.entries())
    if (!documents.some((each) => each.url === pathOf(url)))
      wrong.push({ field: `documentUrls/${number}`, text: words.documentElsewhere })
  return { draft, wrong }

  function refuseUnknown(given: object, names: ReadonlySet<string>, at: string) {
    for (const name of Object.keys(given))
      if (!names.has(name)) wrong.push({ field: `${at}/${token(name)}`, text: words.unknown })
  }

  function fill(
    filled: Pick<Draft, 'typed' | 'files'>,
    questions: readonly Question[],
    given: { data: AnswersData | FormData; at: string; beside: readonly string[] },
  ) {
    for (const question of questions) {
      const { id, kind } = question
      const value = given.data[id]?.value
      if (kind === 'file') filled.files[id] = filesOf(question, value, given)
      else if (value !== undefined) Object.assign(filled.typed, typedFor(question, value, `${given.at}/${id}`))
    }
  }

  function filesOf(
    question: Question,
    value: Value | undefined,
    { at, beside }: { at: string; beside: readonly string[] },
  ): SentFile[] {
    const mine = documents.filter((each) => each.question === question.id)
    const urls = [value ?? []].flat().map(String).map(pathOf)
    if (urls.some((url) => !mine.some((each) => each.url === url)))
      wrongAt(`${at}/${question.id}`, words.document, question)
    const all = [...urls, ...beside.map(pathOf)]
    return mine.filter(({ url }) => all.includes(url)).map(({ file }) => file)
  }

  function typedFor(question: Question, value: Value, at: string): Filled['typed'] {
    const { id, kind, options = [] } = question
    const isMany = kind === 'choices'
    if (isListOfThings(value) && value.length > 0) wrongAt(at, words.oneValue, question)
    const given = isListOfThings(value) ? [] : textsOf(value)
    // What reads requests makes texts of truth values where a text may stand as well.
    const isYesNo = kind === 'yes-no' || kind === 'declaration'
    const text = isYesNo && given === 'true' ? 'yes' : isYesNo && given === 'false' ? 'no' : given
    if (Array.isArray(text) && !isMany) wrongAt(at, words.oneValue, question)
    const stray = isMany && [text].flat().find((each) => !options.some((option) => option.id === each))
    if (stray) wrong.push({ field: at, text: sayEverywhere(words.option, { title: question.title, id: stray }) })
    if (kind !== 'date') return { [id]: text }
    // What is no day is left as it is in each part, so that it is refused as no day.
    const [year = '', month = '', day = ''] = /^\d{4}-\d{2}-\d{2}$/.test(String(text))
      ? String(text).split('-')
      : Array(3).fill(String(text))
    return { [`${id}-year`]: year, [`${id}-month`]: month, [`${id}-day`]: day }
  }

  function wrongAt(field: string, text: Text, { title }: Question) {
    wrong.push({ field, text: sayEverywhere(text, { title }) })
  }
}

const isListOfThings = (value: Value): value is Extract<Value, readonly (string | object)[]> & FormData[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'object')

/** An address of this site without its site and language: documents are known by either. */
const pathOf = (url: string): string => /\/applications\/[^?#]*$/.exec(url)?.[0] ?? url

/** What is wrong on the pages that are asked: in the sentences of the pages, at the place of what was sent. */
export function mistakesOf({ journey }: Standing, draft: Draft, today: string): Wrong[] {
  return journey.stops.flatMap(({ page, state }) => {
    if (state === 'done') return []
    const { repeat } = page
    return repeat ? ofList(repeat) : readPage(page, draft, today).mistakes.map((each) => placeOf('formData/data', each))
  })

  function ofList(repeat: NonNullable<FormPage['repeat']>): Wrong[] {
    const things = draft.lists[repeat.name] ?? []
    const field = `formData/data/${repeat.name}`
    const count: Wrong[] = []
    if (things.length < repeat.min) count.push({ field, text: tooFew(repeat) })
    if (things.length > repeat.max) count.push({ field, text: sayEverywhere(words.tooMany, { max: repeat.max }) })
    const asked = repeat.pages.flatMap(({ questions }) => questions)
    const inside = things.flatMap((thing, number) =>
      readQuestions(asked, thing, today).mistakes.map((each) => placeOf(`${field}/value/${number}`, each)),
    )
    return [...count, ...inside]
  }
}

export const agreeWrong: Wrong = { field: 'agree', text: applyingWords.agree }

/** A day has three controls and one name. */
export const placeOf = (root: string, { control, text }: Mistake): Wrong => ({
  field: `${root}/${control.split('-')[0]}`,
  text,
})
