import type { Pack } from '#pack'
import type { Text } from '#platform'
import type { EstimatesDocument } from '../types.ts'
import { heads } from './pack-head.ts'

export type Names = Readonly<Record<string, Text>>

const known = new WeakMap<Pack, Map<string, Names>>()

/**
 * Names in every language by subject. The same Head of another year lends its names, as a programme keeps its name for
 * years; where no pack knows one, views print the label of the document, marked with its language.
 */
export function namesOf(pack: Pack, { year, head }: Pick<EstimatesDocument, 'year' | 'head'>): Names {
  const byHead = known.get(pack) ?? new Map<string, Names>()
  known.set(pack, byHead)
  const key = `${year}/${head}`
  const before = byHead.get(key)
  if (before) return before
  const same = pack.list(heads).filter((each) => each.head === head)
  const distance = (one: string) => Math.abs(Number(one.slice(0, 4)) - Number(year.slice(0, 4)))
  // The nearest year comes last, so that its names win.
  const nearest = same.toSorted((one, other) => distance(other.year) - distance(one.year))
  const names: Names = Object.assign({}, ...nearest.map((each) => ({ ...each.names, head: each.title })))
  byHead.set(key, names)
  return names
}

/** What a document calls its Head, and in the other language what the pack calls it. */
export function titleOf(pack: Pack, document: Pick<EstimatesDocument, 'year' | 'head' | 'title' | 'language'>): Text {
  const known = namesOf(pack, document).head
  const { title, language } = document
  const named = known ?? { en: title, 'zh-Hant': title }
  return { en: named.en, 'zh-Hant': named['zh-Hant'], [language]: title }
}
