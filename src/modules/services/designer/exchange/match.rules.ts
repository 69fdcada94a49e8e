/*
 * How what stands before is found again after: in lists by id, and by content where there is no id, so that what was put in between
 * makes no difference of what stands behind it.
 */
import { isDeepStrictEqual } from 'node:util'

/** A place of two lists: where it stood and where it stands; without `from` it is new, without `to` it is gone. */
export type Pair = {
  readonly from?: number
  readonly to?: number
  /** Whether it passed others that stayed. */
  readonly moved: boolean
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Equal as JSON: in whatever order fields stand. */
export const isSame = (one: unknown, other: unknown): boolean => isDeepStrictEqual(one, other)

/** The fields that JSON would have. */
export const fieldsOf = (value: Readonly<Record<string, unknown>>): string[] =>
  Object.keys(value).filter((key) => value[key] !== undefined)

/**
 * Pairs two lists: what has an id by it, the rest by content, and what is then left over in the same place between two that stayed as
 * one that was changed; words are not, as another word is another one. Those that stand after come in their order, those gone last.
 */
export function matchLists(before: readonly unknown[], after: readonly unknown[]): Pair[] {
  const fromOf = matchByKey(before, after)
  pairLeftOvers(before, after, fromOf)
  const stays = new Set(longestRising(fromOf.filter((from) => from !== undefined)))
  const kept = new Set(fromOf)
  return [
    ...fromOf.map(
      (from, to): Pair => (from === undefined ? { to, moved: false } : { from, to, moved: !stays.has(from) }),
    ),
    ...before.flatMap((_, from): Pair[] => (kept.has(from) ? [] : [{ from, moved: false }])),
  ]
}

/** For each place after, the place before. */
type Origins = (number | undefined)[]

function matchByKey(before: readonly unknown[], after: readonly unknown[]): Origins {
  const places = new Map(keysOf(before).map((key, at) => [key, at]))
  return keysOf(after).map((key) => places.get(key))
}

/** The same key a second time is another thing: a draft may have ids twice. */
function keysOf(list: readonly unknown[]): string[] {
  const seen = new Map<string, number>()
  return list.map((item) => {
    const key = isRecord(item) && typeof item.id === 'string' ? `id ${item.id}` : contentOf(item)
    const times = (seen.get(key) ?? 0) + 1
    seen.set(key, times)
    return `${key} ${times}`
  })
}

const contentOf = (value: unknown): string =>
  JSON.stringify(value, (_, each) =>
    isRecord(each) ? Object.fromEntries(Object.entries(each).sort(([one], [other]) => (one < other ? -1 : 1))) : each,
  )

function pairLeftOvers(before: readonly unknown[], after: readonly unknown[], fromOf: Origins): void {
  const isLoose = (item: unknown) => typeof item === 'object' && !(isRecord(item) && typeof item.id === 'string')
  const stays = longestRising(fromOf.filter((from) => from !== undefined))
  const kept = new Set(fromOf)
  let start = 0
  for (const end of [...stays, before.length]) {
    const gone = range(start, end).filter((from) => !kept.has(from) && isLoose(before[from]))
    const first = start === 0 ? 0 : fromOf.indexOf(start - 1) + 1
    const last = end === before.length ? after.length : fromOf.indexOf(end)
    const added = range(first, last).filter((to) => fromOf[to] === undefined && isLoose(after[to]))
    for (const [index, to] of added.entries()) fromOf[to] = gone[index]
    start = end + 1
  }
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at)

/** The longest part of `list` that rises: what may stay where it is while the others move round it. */
export function longestRising(list: readonly number[]): number[] {
  const ends: number[] = []
  const previous: number[] = []
  for (const [at, value] of list.entries()) {
    const length = ends.findIndex((end) => list[end]! >= value)
    const place = length < 0 ? ends.length : length
    previous[at] = place > 0 ? ends[place - 1]! : -1
    ends[place] = at
  }
  const rising: number[] = []
  for (let at = ends.at(-1) ?? -1; at >= 0; at = previous[at]!) rising.unshift(list[at]!)
  return rising
}
