import type { Complaint } from '#pack'
import { texts } from '#platform'
import type { Grant } from '../grant.ts'
import type { Service } from '../service.ts'
import { checkQuestion } from './questions.rules.ts'

/** The item of the commitment that an initiative of the Estimates draws on: null where it has none, undefined where there is no such initiative. */
export type FindItem = (initiative: string) => string | null | undefined

const sentences = texts({
  step: {
    en: '“{step}” is no step that decides “granted”. Name the step that grants the money.',
    'zh-Hant': '「{step}」不是作出 granted 決定的步驟。請指明批出資助的步驟。',
  },
  fourEyes: {
    en: 'Money is granted by two officers. Let another approve this step: “fourEyes: true”.',
    'zh-Hant': '批出資助須經兩名人員。請為這步驟寫上 fourEyes: true。',
  },
  question: {
    en: '“{name}” is no question of the kind {kinds} there. Name one that is.',
    'zh-Hant': '該處沒有 {kinds} 類的問題「{name}」。請指明一條。',
  },
  list: {
    en: '“{name}” is no list of the form. Name the list that holds the budget.',
    'zh-Hant': '「{name}」不是表格的列表。請指明載有預算的列表。',
  },
  category: {
    en: '“{id}” is not among the answers to the kind of a line. Name one that is.',
    'zh-Hant': '「{id}」不在項目類別的選項之內。請指明其中一項。',
  },
  ceilings: {
    en: 'One recipient cannot have more than the whole programme. Correct one of the two.',
    'zh-Hant': '單一受資助者的上限不能高於整個計劃的總額。請更正其中一項。',
  },
  percent: {
    en: 'The instalments come to {sum} per cent. Let them come to 100.',
    'zh-Hant': '各期合計為 {sum}%。請改為合計 100%。',
  },
  interim: {
    en: 'This instalment waits for an interim report, which is not asked for. Write one under “reports”.',
    'zh-Hant': '這期須待中期報告，但沒有要求提交。請在 reports 加入。',
  },
  initiative: {
    en: 'The Estimates of this pack have no initiative {initiative}. Correct it, or add it there.',
    'zh-Hant': '這個資料包的預算文件沒有計劃項目 {initiative}。請更正，或在該處加入。',
  },
  item: {
    en: 'The initiative {initiative} draws on {known}, not on item {item}. Let them agree.',
    'zh-Hant': '計劃項目 {initiative} 由 {known} 撥款，而非項目 {item}。請使兩者一致。',
  },
})

/** That a grant names what is there, that its parts come to the whole, and that the Estimates know what it is paid from. */
export function* checkGrant({ apply }: Service, findItem?: FindItem): Generator<Complaint> {
  const grant = apply?.grant
  if (!grant) return
  const { step: stepId, recipient, sumCents, instalments, reports } = grant
  const step = apply.case.steps.find(({ id }) => id === stepId)
  if (step?.decides !== 'granted') yield { at: grant, key: 'step', text: sentences.step, values: { step: stepId } }
  else if (!step.fourEyes) yield { at: grant, key: 'step', text: sentences.fourEyes }
  yield* needs(grant, 'amount', grant.amount, step?.asks, ['money'])
  yield* checkLines(grant, apply.form)
  const asked = apply.form.pages.flatMap(({ questions = [] }) => questions)
  yield* needs(recipient, 'question', recipient.question, asked, ['text', 'choice'])
  yield* needs(recipient, 'called', recipient.called, asked, ['text'])
  if (recipient.mostCents > sumCents) yield { at: recipient, key: 'mostCents', text: sentences.ceilings }
  const sum = instalments.reduce((all, { percent }) => all + percent, 0)
  if (sum !== 100) yield { at: grant, key: 'instalments', text: sentences.percent, values: { sum } }
  for (const each of instalments)
    if (each.on === 'interim' && !reports.interim) yield { at: each, key: 'on', text: sentences.interim }
  for (const report of [reports.interim, reports.final])
    for (const question of report?.questions ?? []) yield* checkQuestion(question)
  yield* checkPaidFrom(grant, findItem)
}

type Asked = readonly { id: string; kind: string; options?: readonly { id: string }[] | undefined }[]

function* needs(
  at: object,
  key: string,
  name: string | undefined,
  asked: Asked = [],
  kinds: readonly string[],
): Generator<Complaint> {
  if (name === undefined || asked.some(({ id, kind }) => id === name && kinds.includes(kind))) return
  yield { at, key, text: sentences.question, values: { name, kinds: kinds.join(', ') } }
}

function* checkLines(
  { lines, categories = [] }: Grant,
  { pages }: NonNullable<Service['apply']>['form'],
): Generator<Complaint> {
  const list = pages.find(({ repeat }) => repeat?.name === lines.list)?.repeat
  if (!list) {
    yield { at: lines, key: 'list', text: sentences.list, values: { name: lines.list } }
    return
  }
  const asked = list.pages.flatMap(({ questions }) => questions)
  yield* needs(lines, 'title', lines.title, asked, ['text'])
  yield* needs(lines, 'amount', lines.amount, asked, ['money'])
  yield* needs(lines, 'category', lines.category, asked, ['choice'])
  const offered = asked.find(({ id }) => id === lines.category)?.options ?? []
  for (const each of categories)
    if (!offered.some(({ id }) => id === each.id))
      yield { at: each, key: 'id', text: sentences.category, values: { id: each.id } }
}

function* checkPaidFrom({ paidFrom }: Grant, findItem?: FindItem): Generator<Complaint> {
  if (!paidFrom || !findItem) return
  const { initiative, item } = paidFrom
  const known = findItem(initiative)
  if (known === undefined) yield { at: paidFrom, key: 'initiative', text: sentences.initiative, values: { initiative } }
  else if ((item ?? null) !== known)
    yield {
      ...{ at: paidFrom, key: item === undefined ? 'initiative' : 'item', text: sentences.item },
      values: { initiative, item: item ?? '–', known: known ?? '–' },
    }
}
