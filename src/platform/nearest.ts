/** The word that a slip of the fingers would have made of `word`, if there is one. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  const distances = words.map((other) => ({ other, distance: distanceOf(word.slice(0, 60), other) }))
  const best = distances.sort((one, other) => one.distance - other.distance)[0]
  return best && best.distance <= Math.max(2, word.length / 3) && best.distance < word.length ? best.other : undefined
}

/** Levenshtein's: how many letters to add, drop or change. */
function distanceOf(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let i = 1; i <= one.length; i++) {
    const next = [i]
    for (let j = 1; j <= other.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1)))
    row = next
  }
  return row[other.length]!
}
