import { distance } from 'fastest-levenshtein'

/** The word that a slip of the fingers would have made of `word`, if there is one: by Levenshtein's distance. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  const distances = words.map((other) => ({ other, far: distance(word.slice(0, 60), other) }))
  const best = distances.sort((one, other) => one.far - other.far)[0]
  return best && best.far <= Math.max(2, word.length / 3) && best.far < word.length ? best.other : undefined
}
