import type { Text } from '#platform'
import { inField, inList, type Place, wordsOf } from './compare.rules.ts'
import { fieldsOf, isRecord, isSame } from './match.rules.ts'

export type Side = 'mine' | 'newer'

/** What a draft and a newer version both changed, each in its own way. */
export type Conflict = {
  /** A JSON Pointer (RFC 6901) into the version from which both came; what both added has its id instead of a place. */
  readonly path: string
  readonly what: Text
  /** What stands there; undefined where a side took it away. */
  readonly mine: unknown
  readonly newer: unknown
}
export type Merged = { readonly merged: unknown; readonly conflicts: readonly Conflict[] }

/**
 * Joins what two definitions made of one: what only one side changed is taken, and what both changed by choice. Where none was made
 * it is told as a conflict, and the draft’s own stands. Things of lists are known again by their ids.
 */
export function mergeDefinitions(
  base: unknown,
  mine: unknown,
  newer: unknown,
  choices: ReadonlyMap<string, Side>,
): Merged {
  const conflicts: Conflict[] = []
  const merge = (was: unknown, one: unknown, other: unknown, place: Place): unknown => {
    if (isSame(one, other) || isSame(was, other)) return one
    if (isSame(was, one)) return other
    // What both added has nothing in it before.
    const before = was ?? (isRecord(one) ? {} : Array.isArray(one) ? [] : was)
    if (isRecord(before) && isRecord(one) && isRecord(other)) return mergeFields(before, one, other, place)
    const lists = [before, one, other].map((each) => itemsOf(each, place))
    if (lists.every((each) => each !== undefined)) return mergeLists(lists as [Items, Items, Items], place)
    const choice = choices.get(place.before)
    if (choice) return choice === 'mine' ? one : other
    conflicts.push({ path: place.before, what: wordsOf(place.parts), mine: one, newer: other })
    return one
  }
  const mergeFields = (was: Fields, one: Fields, other: Fields, place: Place): Fields => {
    const names = new Set([...fieldsOf(one), ...fieldsOf(other)])
    const all = [...names].map(
      (name) => [name, merge(was[name], one[name], other[name], inField(place, name))] as const,
    )
    return Object.fromEntries(all.filter(([, value]) => value !== undefined))
  }
  const mergeLists = ([was, one, other]: [Items, Items, Items], place: Place): unknown[] => {
    const numbers = new Map([...was.keys()].map((id, at) => [id, at]))
    return orderOf(was, one, other).flatMap((id, at) => {
      const item = one.get(id) ?? other.get(id)
      const within = inList(
        place,
        place.parts.flatMap((part) => ('field' in part ? part.field : [])).at(-1) ?? '',
        item,
        at,
        at,
      )
      const inner = { ...within, before: `${place.before}/${numbers.get(id) ?? id}` }
      return merge(was.get(id), one.get(id), other.get(id), inner) ?? []
    })
  }
  return { merged: merge(base, mine, newer, { before: '', after: '', parts: [] }), conflicts }
}

type Fields = Readonly<Record<string, unknown>>
type Items = ReadonlyMap<string, unknown>

/** Lists whose places mean something: they are changed as a whole. */
const positional = /\/(when|inputs)$/

/** The things of a list by their ids, and words by themselves; undefined for a list whose things cannot be known again. */
function itemsOf(list: unknown, { before }: Place): Items | undefined {
  if (!Array.isArray(list) || positional.test(before)) return undefined
  const ids = list.map((item) => (isRecord(item) ? item.id : item))
  if (!ids.every((id) => typeof id === 'string') || new Set(ids).size < ids.length) return undefined
  return new Map(list.map((item, at) => [ids[at] as string, item]))
}

/** The order of the side that changed it, or else the draft’s; what only the other has stands behind what it follows there. */
function orderOf(was: Items, one: Items, other: Items): string[] {
  const common = (of: Items) => [...of.keys()].filter((id) => was.has(id) && one.has(id) && other.has(id))
  const [lead, rest] = isSame(common(was), common(one)) ? [other, one] : [one, other]
  const order = [...lead.keys()]
  let last = -1
  for (const id of rest.keys()) {
    const at = order.indexOf(id)
    if (at < 0) order.splice(last + 1, 0, id)
    last = at < 0 ? last + 1 : at
  }
  return order
}
