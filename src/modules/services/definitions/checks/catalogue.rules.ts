import type { Complaint } from '#pack'
import { type Text, texts } from '#platform'
import type { Service } from '../service.ts'

const sentences = texts({
  online: {
    en: 'People can apply here, and no channel is online. Add “kind: online”.',
    'zh-Hant': '這項服務可在此申請，但沒有網上渠道。請加入 kind: online。',
  },
  notOnline: {
    en: 'Online needs a form to fill in. Write “apply”, or take this channel out.',
    'zh-Hant': '網上渠道須有表格。請寫上 apply，或刪去這渠道。',
  },
  opens: {
    en: 'The last day, {until}, is before the first, {from}. Turn them round.',
    'zh-Hant': '最後一天 {until} 早於第一天 {from}，請對調。',
  },
  fee: {
    en: 'No module of this installation takes money yet. Let the form be free of charge, or take “apply” out.',
    'zh-Hant': '本系統未有模組收取費用。請讓表格免費，或刪去 apply。',
  },
  signedIn: {
    en: '“{field}” needs to know who the person is. Write “signIn: needed”, or take it out.',
    'zh-Hant': '「{field}」須知道當事人是誰。請寫 signIn: needed，或刪去。',
  },
  itself: {
    en: 'A service does not lead to itself. Name another one.',
    'zh-Hant': '服務不能指向本身。請改為另一項服務。',
  },
  reserved: {
    en: 'Pages of this site already stand at /services/{id}. Take another name for the service.',
    'zh-Hant': '本網站已有位於 /services/{id} 的頁面。請為服務另取名稱。',
  },
  questions: {
    en: 'A form has {most} questions at most, and this one {count}. Divide it into two services.',
    'zh-Hant': '表格最多 {most} 條問題，現有 {count} 條。請分成兩項服務。',
  },
  large: {
    en: 'The definition has {count} kB, and may have {most}. Shorten its texts, or divide it into two services.',
    'zh-Hant': '定義有 {count} kB，上限為 {most} kB。請縮短文字，或分成兩項服務。',
  },
})

export const questionsMax = 500
/** Of the JSON of a definition; more has no canonical form (`#ledger`). */
const kilobytesMax = 900

/** What stands beside the pages of services in addresses, so that a service of this name would have no page of its own. */
const reservedIds: ReadonlySet<string> = new Set([
  ...['for', 'when', 'departments', 'catalogue', 'figures', 'cases', 'comments'],
])

/** What the page of a service says of itself, and the limits of a definition as a whole. */
export function* checkCatalogue(service: Service): Generator<Complaint> {
  const { channels, apply, opens, fee, related = [] } = service
  if (reservedIds.has(service.id))
    yield { at: service, key: 'id', text: sentences.reserved, values: { id: service.id } }
  const online = channels.find(({ kind }) => kind === 'online')
  if (apply && !online) yield { at: service, key: 'channels', text: sentences.online }
  if (!apply && online) yield { at: online, key: 'kind', text: sentences.notOnline }
  if (opens?.from && opens.until && opens.from > opens.until)
    yield { at: opens, key: 'until', text: sentences.opens, values: { from: opens.from, until: opens.until } }
  for (const list of [related, ...(apply?.form.exits ?? []).map(({ instead = [] }) => instead)])
    if (list.includes(service.id)) yield { at: list, key: `${list.indexOf(service.id)}`, text: sentences.itself }
  yield* checkSize(service)
  if (!apply) return
  if (fee.cents > 0) yield { at: fee, key: 'cents', text: sentences.fee }
  if (apply.signIn === 'needed') return
  const complain = (field: string): Complaint => ({
    at: apply,
    key: field,
    text: sentences.signedIn,
    values: { field },
  })
  if (apply.level !== undefined) yield complain('level')
  if (apply.once) yield complain('once')
}

function* checkSize(service: Service): Generator<Complaint> {
  const { apply } = service
  const complain = (text: Text, count: number, most: number): Complaint => ({
    ...{ at: service, text },
    values: { count, most },
  })
  const asked = [
    ...(apply?.form.pages ?? []).flatMap(({ questions = [], repeat }) => [
      ...questions,
      ...(repeat?.pages.flatMap(({ questions }) => questions) ?? []),
    ]),
    ...(apply?.case.steps ?? []).flatMap(({ asks = [] }) => asks),
  ]
  if (asked.length > questionsMax) yield complain(sentences.questions, asked.length, questionsMax)
  const kilobytes = Math.ceil(new TextEncoder().encode(JSON.stringify(service)).length / 1000)
  if (kilobytes > kilobytesMax) yield complain(sentences.large, kilobytes, kilobytesMax)
}
