import { type Installation, type Text, texts } from '#platform'
import type { FormPage, Question } from '../definitions/form.ts'
import { sources } from '../definitions/sources.ts'
import { same } from '../texts.rules.ts'
import type { Answers, SentFile } from '../types.ts'
import { textOf, textOfValue } from './answers.rules.ts'
import type { Row } from './applications.sql.ts'
import { type Application, expiryOf } from './applications.ts'
import type { Draft, Filled } from './draft.ts'
import { type Journey, readThing } from './journey.rules.ts'
import type { AnswerRow, ApplicationNote, Asked, CheckData } from './types.ts'

const words = texts({
  fromAccount: { en: 'From your account', 'zh-Hant': '來自你的帳戶' },
  corrected: { en: 'Corrected by the department', 'zh-Hant': '部門已更正' },
  calculated: { en: 'Calculated from your answers', 'zh-Hant': '按你的答案計算' },
})

export const pathOf = (id: string) => `/applications/${id}`
export const pagePath = (id: string, page: string) => `${pathOf(id)}/pages/${page}`
export const listPath = (id: string, page: string) => `${pathOf(id)}/lists/${page}`
/** Where a page of a form is: a list of things has an address of another kind. */
export const stopPath = (id: string, { id: page, repeat }: FormPage) =>
  repeat ? listPath(id, page) : pagePath(id, page)
export const servicePath = (service: string) => `/services/${service}`

export const noteOf = ({ row, service, apply }: Application, now: Date): ApplicationNote => ({
  id: row.id,
  service: { id: service.id, title: service.title },
  path: pathOf(row.id),
  keptUntil: (row.expiresAt ? new Date(row.expiresAt) : expiryOf(apply, now)).toISOString(),
  inAccount: row.personId !== null,
  preview: row.preview,
})

/** The heading of a page: its own, or its only question. */
export const titleOf = ({ title, questions = [], id }: FormPage): Text => title ?? questions[0]?.title ?? same(id)

export const sectionOf = ({ apply }: Application, { section }: FormPage): Text | null =>
  apply.form.sections?.find(({ id }) => id === section)?.title ?? null

/** Names where an answer comes from that nobody typed. */
const sourceText = (source: string | undefined, installation: Pick<Installation, 'pack'>): Text | null => {
  if (source === 'account') return words.fromAccount
  if (source?.startsWith('officer:')) return words.corrected
  if (!source?.startsWith('register:')) return null
  return installation.pack.find(sources, source.slice('register:'.length))?.title ?? null
}

const parts = ['day', 'month', 'year'] as const
/** The names of a question’s controls. */
export const controlsOf = ({ kind, id }: Question): string[] =>
  kind === 'date' ? parts.map((part) => `${id}-${part}`) : kind === 'file' ? [] : [id]

/** The questions of a page with what was typed for them. */
export function askedOf(
  questions: readonly Question[],
  filled: Filled,
  sources: Readonly<Record<string, string>>,
  installation: Pick<Installation, 'pack'>,
): Asked[] {
  return questions.map((question) => ({
    question,
    typed: controlsOf(question).flatMap((control) => filled.typed[control] ?? (question.kind === 'date' ? [''] : [])),
    files: [...(filled.files[question.id] ?? [])],
    source: sourceText(sources[question.id], installation),
  }))
}

type Given = { currency: string; sourceOf?: (name: string) => Text | null }

/** The answers of some questions, each as people read it; null for those that were left out. */
export const rowsOf = (questions: readonly Question[], answers: Answers, { currency, sourceOf }: Given): AnswerRow[] =>
  questions.map((question) => {
    const answer = answers[question.id]
    const isEmpty = answer === undefined || (Array.isArray(answer) && answer.length === 0)
    return {
      name: question.id,
      title: question.title,
      text: isEmpty ? null : textOf(question, answer, currency),
      source: sourceOf?.(question.id) ?? null,
      ...(question.kind === 'file' && { files: (answer ?? []) as SentFile[] }),
    }
  })

/** Whose answers are shown: an application, or what a case keeps of one. */
type Shown = Pick<Application, 'apply' | 'by'> & { row: Pick<Row, 'id'>; draft: Pick<Draft, 'sources'> }

/** What was answered, section by section, with the way to change each. */
export function sectionsOf(
  installation: Pick<Installation, 'pack'>,
  application: Shown,
  { pages, answers, values }: { pages: readonly FormPage[]; answers: Answers; values: Journey['values'] },
): CheckData['sections'] {
  const { apply, row, draft } = application
  const { code: currency } = installation.pack.government.currency
  const sourceOf = (name: string) => sourceText(draft.sources[name], installation)
  const all = pages.map((page) => {
    const { repeat, by } = page
    // What a party answered is theirs to change.
    const party = apply.form.parties?.find(({ id }) => id === by)
    const change = by === application.by ? `${stopPath(row.id, page)}?return=check` : null
    const given = { currency, sourceOf: party ? () => party.title : sourceOf }
    if (!repeat)
      return { page, rows: rowsOf(page.questions ?? [], answers, given).map((each) => ({ ...each, change })) }
    const asked = repeat.pages.flatMap(({ questions }) => questions)
    const things = (answers[repeat.name] ?? []) as Answers[]
    const rows = things.flatMap((thing, at) =>
      rowsOf(asked, thing, given).map((each, line) => ({
        ...each,
        title: line === 0 ? numbered(repeat.item, at + 1, each.title) : each.title,
        change: line === 0 ? change : null,
      })),
    )
    return { page, rows }
  })
  const sections = apply.form.sections ?? [{ id: undefined, title: null }]
  const shown = sections.map(({ id, title }) => ({
    title,
    rows: all.filter(({ page }) => id === undefined || page.section === id).flatMap(({ rows }) => rows),
  }))
  const calculated = (apply.form.values ?? []).flatMap(({ id, title, kind }) => {
    const value = values[id]
    if (!title || value === null || value === undefined) return []
    return [{ name: id, title, text: textOfValue({ kind }, value, currency), source: words.calculated, change: null }]
  })
  if (calculated.length > 0) shown.at(-1)!.rows.push(...calculated)
  return shown.filter(({ rows }) => rows.length > 0)
}

/** The same without a way to change anything: of what was sent, or of what somebody else answered. */
export const unchangeableSectionsOf = (...given: Parameters<typeof sectionsOf>): CheckData['sections'] =>
  sectionsOf(...given).map(({ title, rows }) => ({ title, rows: rows.map((each) => ({ ...each, change: null })) }))

/** At the beginning of a line, where names of things stand in small letters within sentences. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const numbered = (item: Text, number: number, title: Text): Text => ({
  en: `${capital(item.en)} ${number}: ${title.en}`,
  'zh-Hant': `${item['zh-Hant']} ${number}：${title['zh-Hant']}`,
})

/** The things of a list, each with its answers and what is missing. */
export function thingsOf(
  installation: Pick<Installation, 'pack'>,
  { row, draft }: Application,
  page: FormPage,
  today: string,
) {
  const repeat = page.repeat!
  const { code: currency } = installation.pack.government.currency
  const asked = repeat.pages.flatMap(({ questions }) => questions)
  return (draft.lists[repeat.name] ?? []).map((thing) => {
    const { answers, isComplete, next } = readThing(page, thing, draft.seen, today)
    const path = `${listPath(row.id, page.id)}/${thing.id}`
    return {
      id: thing.id,
      rows: rowsOf(asked, answers, { currency }),
      isComplete,
      change: `${path}/${next ?? repeat.pages[0]!.id}`,
      remove: `${path}/remove`,
    }
  })
}
