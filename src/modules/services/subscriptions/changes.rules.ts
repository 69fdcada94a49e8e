import { type Text, texts } from '#platform'
import type { Service } from '../definitions/service.ts'

const words = texts({
  title: { en: 'its name', 'zh-Hant': '名稱' },
  about: { en: 'what it is', 'zh-Hant': '服務簡介' },
  who: { en: 'whom it is for', 'zh-Hant': '申請資格' },
  takes: { en: 'how long it takes', 'zh-Hant': '需時' },
  fee: { en: 'the fee', 'zh-Hant': '費用' },
  evidence: { en: 'what to have ready', 'zh-Hant': '須備文件' },
  channels: { en: 'how to ask for it', 'zh-Hant': '辦理途徑' },
  opens: { en: 'when it takes applications', 'zh-Hant': '接受申請的日期' },
  legalBasis: { en: 'the legal basis', 'zh-Hant': '法律依據' },
  organisation: { en: 'which department offers it', 'zh-Hant': '提供部門' },
  contact: { en: 'whom to contact', 'zh-Hant': '聯絡方法' },
  form: { en: 'the questions of its form', 'zh-Hant': '申請表問題' },
  case: { en: 'how applications are handled', 'zh-Hant': '處理申請的程序' },
  begins: { en: 'whether it can be applied for here', 'zh-Hant': '能否在此申請' },
})

/** What a person notices of a definition, each part by its name. */
const parts: readonly [keyof typeof words, (service: Service) => unknown][] = [
  ['title', ({ title }) => title],
  ['about', ({ summary, about }) => [summary, about]],
  ['who', ({ who }) => who],
  ['takes', ({ takes }) => takes],
  ['fee', ({ fee }) => fee],
  ['evidence', ({ evidence }) => evidence],
  ['channels', ({ channels }) => channels],
  ['opens', ({ opens }) => opens ?? null],
  ['legalBasis', ({ legalBasis }) => legalBasis],
  ['organisation', ({ organisation }) => organisation],
  ['contact', ({ contact }) => contact],
]

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/**
 * What changed from a version of a service to another, in the order of its page, each by a name that stands in a sentence. Empty
 * where a person notices nothing, as when synonyms for the search were added.
 */
export function changesOf(before: Service, after: Service): Text[] {
  const changed = parts.filter(([, part]) => !same(part(before), part(after))).map(([name]) => words[name])
  if (!before.apply !== !after.apply) return [...changed, words.begins]
  return [
    ...changed,
    ...(same(before.apply?.form, after.apply?.form) ? [] : [words.form]),
    ...(same(before.apply?.case, after.apply?.case) ? [] : [words.case]),
  ]
}
