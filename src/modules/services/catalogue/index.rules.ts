import MiniSearch from 'minisearch'
import { fold, type Text } from '#platform'
import { type Asked, alikeOf, askedIn, tokensOf } from './words.rules.ts'

/** Something that is found by its words, the most telling first. */
export type Findable = {
  id: string
  title: Text
  keywords: readonly Text[]
  /** The names of audiences and moments of life, by which people look too. */
  topics: readonly Text[]
  rest: readonly Text[]
}

type Document = { id: string; title: string; keywords: string; topics: string; rest: string }

const fields = ['title', 'keywords', 'topics', 'rest']
const boost = { title: 6, keywords: 4, topics: 2, rest: 1 }
/** How many places of words are gone through for one search, so that its time is bounded. */
const budgetMin = 500
const budgetShare = 0.2
/** Pairs in more services than these tell little beside a rarer one. */
const commonShare = 0.1
const reorderedMax = 200
/** A word that few services have is looked for as the beginning of longer words too. */
const prefixBelow = 20
const prefixLettersMin = 4
const typingLettersMin = 5
const pairsLookedForMax = 6
const shareMin = 0.6
const wordsAtOnceMax = 8
const pauseEvery = 5

export type Index = {
  /** Identifiers, best first. */
  find(query: string, limit: number): string[]
}

const all = (each: readonly Text[]): string => fold(each.flatMap(({ en, 'zh-Hant': hant }) => [en, hant]).join('\n'))

/**
 * An index over all languages at once. `sets` are words that mean the same. Pauses between services, so that pages are answered
 * while thousands are read.
 */
export async function makeIndex(findable: Iterable<Findable>, sets: readonly (readonly string[])[]): Promise<Index> {
  const folded = sets.map((words) => words.map(fold))
  const search = new MiniSearch<Document>({ fields, tokenize: tokensOf, processTerm: (term) => term })
  /** In how many services each token stands. */
  const frequency = new Map<string, number>()
  const titles = new Map<string, string>()
  let count = 0
  for (const each of findable) {
    const title = all([each.title])
    const named = all(each.keywords)
    const rest = all(each.rest)
    const document = {
      ...{ id: each.id, title, topics: all(each.topics) },
      keywords: `${named}\n${alikeOf(`${title}\n${named}`, folded)}`,
      rest: `${rest}\n${alikeOf(rest, folded)}`,
    }
    search.add(document)
    titles.set(each.id, title)
    const tokens = new Set(tokensOf([title, document.keywords, document.topics, document.rest].join('\n')))
    for (const token of tokens) frequency.set(token, (frequency.get(token) ?? 0) + 1)
    count += 1
    if (count % pauseEvery === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  const inside = { search, frequency, vocabulary: [...frequency.keys()].sort(), titles, count }
  return { find: (query, limit) => find(inside, query).slice(0, limit) }
}

type Found = { id: string; score: number }
type Inside = {
  search: MiniSearch<Document>
  frequency: ReadonlyMap<string, number>
  /** Every token in order, to see whether any begins in some way without looking for it. */
  vocabulary: readonly string[]
  titles: ReadonlyMap<string, string>
  count: number
}

/** What has all that was asked; else what has it but for typing mistakes; else what has most of it. */
function find(inside: Inside, query: string): string[] {
  const wanted = askedIn(query)
  const asked = narrowed(inside, wanted)
  if (asked.length === 0) return []
  const tries = ['all', 'mistyped', ...(asked.length > 2 ? (['most'] as const) : [])] as const
  for (const how of tries) {
    if (how === 'all' && asked.some((each) => each.kind === 'word' && !isBegun(inside, each.tokens[0]))) continue
    const found = look(inside, asked, how)
    if (found.length > 0) return inOrder(inside, found, wanted)
  }
  return []
}

/** Whether a service has this word, or one that it is the beginning of. */
function isBegun({ frequency, vocabulary }: Inside, word: string): boolean {
  if (frequency.has(word)) return true
  if (word.length < prefixLettersMin) return false
  let [from, to] = [0, vocabulary.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (vocabulary[middle]! < word) from = middle + 1
    else to = middle
  }
  return vocabulary[from]?.startsWith(word) ?? false
}

/** The best of what was found, those first of which the title has most of the whole question. */
function inOrder({ titles }: Inside, found: readonly Found[], wanted: readonly Asked[]): string[] {
  const tokens = [...new Set(wanted.flatMap((each) => each.tokens))].slice(0, 2 * pairsLookedForMax)
  const weighed = found.slice(0, reorderedMax).map(({ id, score }) => {
    const title = titles.get(id)!
    const share = tokens.filter((token) => title.includes(token)).length / tokens.length
    return { id, score: score * (0.5 + share * share) }
  })
  weighed.sort((one, other) => other.score - one.score)
  return weighed.map(({ id }) => id)
}

/** In how many services it stands at most; nought for what none has. */
const spreadOf = ({ frequency }: Inside, { kind, tokens }: Asked): number => {
  const each = tokens.map((token) => frequency.get(token) ?? 0)
  return kind === 'word' ? each[0]! : Math.min(...each.filter((many) => many > 0), Infinity)
}

/** The rarest of what was asked: common words cost most and tell least. Their part in the order comes after, by titles. */
function narrowed(inside: Inside, asked: readonly Asked[]): Asked[] {
  const sorted = asked.map((each) => ({ each, spread: spreadOf(inside, each) }))
  sorted.sort((one, other) => one.spread - other.spread)
  const budget = Math.max(budgetMin, inside.count * budgetShare)
  let spent = 0
  return sorted
    .slice(0, wordsAtOnceMax)
    .filter(({ spread }, at) => {
      spent += spread
      return at === 0 || spent <= budget
    })
    .map(({ each }) => each)
}

function look(inside: Inside, asked: readonly Asked[], how: 'all' | 'mistyped' | 'most'): Found[] {
  const { search, frequency, count } = inside
  const parts = asked.map((each) => ({ ...each, looked: lookedFor(inside, each) }))
  const possible = how === 'most' ? parts.filter(({ looked }) => looked.length > 0) : parts
  if (possible.length === 0 || possible.some(({ looked }) => looked.length === 0)) return []
  // A word that most services have can only be told apart by where it stands.
  const isCommon = possible.every(({ looked }) => looked.every((token) => (frequency.get(token) ?? 0) > count / 5))
  const found = search.search(
    {
      combineWith: how === 'most' ? 'OR' : 'AND',
      queries: possible.map(({ looked }) => ({ combineWith: 'OR' as const, queries: looked })),
    },
    {
      fields: isCommon && count > 500 ? ['title', 'keywords'] : fields,
      boost,
      tokenize: (token) => [token],
      prefix: (token) =>
        isLatin(token) && token.length >= prefixLettersMin && (frequency.get(token) ?? 0) < prefixBelow,
      fuzzy: (token) =>
        how !== 'all' && !frequency.has(token) && isLatin(token) && token.length >= typingLettersMin ? 1 : false,
      weights: { prefix: 0.4, fuzzy: 0.3 },
    },
  )
  const wanted = how === 'most' ? Math.ceil(asked.length * shareMin) : asked.length
  return found.filter(({ queryTerms }) => met(possible, queryTerms) >= wanted).map(({ id, score }) => ({ id, score }))
}

const isLatin = (token: string): boolean => !/^[\p{Script=Han}\d]/u.test(token)

/** What of it is worth looking for. Of a run of Chinese the rarest pairs, or nothing where too few pairs are known at all. */
function lookedFor({ frequency, count }: Inside, { kind, tokens }: Asked): string[] {
  if (kind === 'word') return [...tokens]
  const known = [...new Set(tokens)].filter((token) => frequency.has(token))
  if (known.length < shareMin * new Set(tokens).size) return []
  known.sort((one, other) => frequency.get(one)! - frequency.get(other)!)
  const telling = known.filter((token, at) => at === 0 || frequency.get(token)! <= count * commonShare)
  return telling.slice(0, pairsLookedForMax)
}

/** How many of the things asked a service has, by the tokens that were found in it. */
function met(parts: readonly { kind: Asked['kind']; looked: readonly string[] }[], terms: readonly string[]): number {
  return parts.filter(({ looked }) => {
    const has = looked.filter((token) => terms.includes(token)).length
    return has > 0 && has >= shareMin * looked.length
  }).length
}
