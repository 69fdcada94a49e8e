import { fold } from '#platform'

const termsMax = 400
const letters = (text: string) => [...fold(text).matchAll(/[\p{L}\p{N}]+/gu)].map(([word]) => [...word])

/**
 * By what a case is found: every letter and every pair of neighbours in what is listed and in its reference, folded. Chinese is
 * not divided by spaces, and pairs find the middle of a word as well as its start.
 */
export function termsOf(texts: readonly string[]): string[] {
  const terms = new Set<string>()
  for (const word of texts.flatMap(letters))
    for (const [at, letter] of word.entries()) {
      terms.add(letter)
      if (at > 0) terms.add(word[at - 1]! + letter)
    }
  return [...terms].slice(0, termsMax)
}

/** What all must stand among the terms of a case for a query to find it. */
export function termsOfQuery(query: string): string[] {
  const words = letters(query)
  return words.flatMap((word) =>
    word.length === 1 ? [word[0]!] : word.slice(1).map((letter, at) => word[at]! + letter),
  )
}
