import { simplify, type Text } from './languages.ts'

/** Something that can be found: its title weighs most. */
export type Searchable<Item> = { item: Item; title: Text; also?: readonly (string | Text | undefined)[] }

/** Text as searching compares it: width, case and Traditional or Simplified make no difference. */
export function fold(text: string): string {
  return simplify(text.normalize('NFKC').toLowerCase())
}

const termsMax = 8

/**
 * The items in which every word of `query` occurs, best first: in the title before elsewhere, at its start before inside.
 * Chinese is not divided by spaces, so a longer Han word also counts when most of its neighbouring pairs occur.
 */
export function searchIn<Item>(items: Iterable<Searchable<Item>>, query: string, limit: number): Item[] {
  const words = fold(query)
    .split(/\s+/)
    .map((word) => word.replace(/^\p{P}+|\p{P}+$/gu, ''))
  const terms = words.filter(Boolean).slice(0, termsMax)
  if (terms.length === 0) return []
  const found: { item: Item; score: number }[] = []
  for (const { item, title, also = [] } of items) {
    const titles = fold(`${title.en}\n${title['zh-Hant']}\n${title['zh-Hans'] ?? ''}`)
    const rest = fold(
      also.map((each) => (typeof each === 'object' ? `${each.en}\n${each['zh-Hant']}` : each)).join('\n'),
    )
    let score = 0
    for (const term of terms) {
      const here = 3 * share(term, titles) + share(term, rest)
      if (here === 0) {
        score = 0
        break
      }
      score += here + (titles.split('\n').some((line) => line.startsWith(term)) ? 2 : 0)
    }
    if (score > 0) found.push({ item, score })
  }
  // `sort` is stable, so equals stay in the order that the module gave them.
  return found
    .sort((one, other) => other.score - one.score)
    .slice(0, limit)
    .map(({ item }) => item)
}

const pairsShareMin = 0.6

/** 1 where `term` stands in `text`; for Han words the share of their pairs that do, if most do; else 0. */
function share(term: string, text: string): number {
  if (text.includes(term)) return 1
  if (!/^\p{Script=Han}{3,}$/u.test(term)) return 0
  const pairs = Array.from({ length: term.length - 1 }, (_, at) => term.slice(at, at + 2))
  const part = pairs.filter((pair) => text.includes(pair)).length / pairs.length
  return part >= pairsShareMin ? part / 2 : 0
}
