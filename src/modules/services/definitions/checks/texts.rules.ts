import { hash } from 'node:crypto'
import type { Complaint } from '#pack'
import { type Text, texts } from '#platform'
import type { Service } from '../service.ts'

const sentences = texts({
  noHan: {
    en: 'There is no Chinese in this text. Translate it.',
    'zh-Hant': '這段文字沒有中文，請翻譯。',
  },
  hanInEnglish: {
    en: 'There is Chinese in the English text. Translate it.',
    'zh-Hant': '英文文字中有中文，請翻譯。',
  },
  stale: {
    en: 'The other language changed since the version that counts now, and this one did not. Translate it again; if it still says the same, add “{hash}” to “confirmed”.',
    'zh-Hant':
      '與已發布的版本相比，另一語文已改，但這語文未改。請重新翻譯；如意思仍然相同，請把「{hash}」加入 confirmed。',
  },
  confirmedNothing: {
    en: '“{hash}” confirms no text of this service any more. Take it out.',
    'zh-Hant': '「{hash}」已不對應這項服務的任何文字，請刪去。',
  },
})

/** A text of a definition, with where it stands: by ids and names of fields, so that it is found again when lists change. */
type Placed = { readonly text: Text; readonly path: string }

const isText = (value: object): value is Text =>
  'en' in value && 'zh-Hant' in value && typeof value.en === 'string' && typeof value['zh-Hant'] === 'string'

/** Every text of a definition, in the order in which they stand. */
export function* textsOf(value: unknown, path = ''): Generator<Placed> {
  if (typeof value !== 'object' || value === null) return
  if (isText(value)) yield { text: value, path }
  else if (Array.isArray(value)) for (const each of value) yield* textsOf(each, `${path}[${nameOf(each)}]`)
  else for (const [key, each] of Object.entries(value)) yield* textsOf(each, `${path}.${key}`)
}

const nameOf = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'id' in value ? String(value.id) : ''

/** Names a text by its content in every language: the first eight digits of SHA-256 over its canonical JSON (RFC 8785). */
export function hashOfText(text: Text): string {
  // Strings and names in the order of the alphabet: JSON.stringify writes them as RFC 8785 does.
  const canonical = { en: text.en, ...(text['zh-Hans'] && { 'zh-Hans': text['zh-Hans'] }), 'zh-Hant': text['zh-Hant'] }
  return hash('sha256', JSON.stringify(canonical)).slice(0, 8)
}

const han = /\p{Script=Han}/u
/** Addresses, and words that are the same in every language: with digits as Web3, or in capitals as PDF. */
const sameEverywhere = /\S+@\S+|https?:\/\/\S+|\S*\d\S*|\b[A-Z]{1,6}\b|\{\w+\}/g

/** That texts are in the language that they say; and, beside the version before, that none is older than the others. */
export function* checkTexts(service: Service, before?: Service): Generator<Complaint> {
  const placed = [...textsOf(service)]
  for (const { text } of placed) {
    if (!han.test(text['zh-Hant']) && /\p{L}/u.test(text['zh-Hant'].replace(sameEverywhere, '')))
      yield { at: text, key: 'zh-Hant', text: sentences.noHan }
    if (han.test(text.en)) yield { at: text, key: 'en', text: sentences.hanInEnglish }
  }
  const { confirmed = [] } = service
  const hashes = new Set(confirmed.length > 0 ? placed.map(({ text }) => hashOfText(text)) : [])
  for (const [at, each] of confirmed.entries())
    if (!hashes.has(each))
      yield { at: confirmed, key: `${at}`, text: sentences.confirmedNothing, values: { hash: each } }
  if (before) yield* checkStale(placed, [...textsOf(before)], new Set(confirmed))
}

const written = ['en', 'zh-Hant', 'zh-Hans'] as const

function* checkStale(
  now: readonly Placed[],
  before: readonly Placed[],
  confirmed: ReadonlySet<string>,
): Generator<Complaint> {
  const byPath = Map.groupBy(before, ({ path }) => path)
  const kept = Map.groupBy(now, ({ path }) => path)
  for (const { text, path } of now) {
    const old = byPath.get(path) ?? []
    if (old.some((each) => isSame(each.text, text))) continue
    // In a list without ids, what it was is the one that shares a language with it and is there no more.
    const stays = kept.get(path)!
    const was = old.find(
      (each) => olderOf(each.text, text) && !stays.some((other) => isSame(other.text, each.text)),
    )?.text
    if (!was) continue
    const digest = hashOfText(text)
    if (confirmed.has(digest)) continue
    yield { at: text, key: olderOf(was, text), text: sentences.stale, values: { hash: digest } }
  }
}

const isSame = (one: Text, other: Text): boolean => written.every((language) => one[language] === other[language])

/** The language that says what it said, where another one changed. */
function olderOf(was: Text, is: Text): string | undefined {
  const both = written.filter((language) => was[language] !== undefined && is[language] !== undefined)
  const older = both.find((language) => was[language] === is[language])
  return both.some((language) => was[language] !== is[language]) ? older : undefined
}
