import type { Installation, Language } from '#platform'
import { checkAcrossYears } from '../check/check.ts'
import { type Head, type HeadSource, keyOf, listSources, readHead } from '../documents/head.ts'
import { countsOf } from './head-data.ts'
import { estimateOf } from './list.rules.ts'
import type { AcrossYears, HeadLine } from './shapes.ts'
import { yearAfter } from './years.rules.ts'

type Store = Pick<Installation, 'sql' | 'pack'>

/*
 * Hundreds of Heads may be loaded, and a list says little of each. What it says is kept by what it was made of; the
 * documents themselves are read only for what is not known yet, a few at a time.
 */
const lines = new Map<string, HeadLine>()
const pairs = new Map<string, AcrossYears>()
const keptMax = 20_000
const readAtOnce = 16

/** Every Head that is loaded, as a list shows it; newest year first. */
export async function listLines(store: Store, language: Language): Promise<HeadLine[]> {
  return linesOf(store, await listSources(store, language))
}

/** Documents as a list shows them, in the same order; also those that count no more. */
export const linesOf = (store: Store, sources: readonly HeadSource[]): Promise<HeadLine[]> =>
  inBatches(sources, (source) => kept(lines, keyOf(source), async () => lineOf(await readHead(store, source))))

/** For every Head of which two years in a row are loaded, how they agree; newest first. */
export async function listAcross(store: Store, language: Language): Promise<AcrossYears[]> {
  const sources = await listSources(store, language)
  const byPlace = new Map(sources.map((source) => [`${source.summary.year}/${source.summary.head}`, source]))
  const found = sources.flatMap((earlier) => {
    const later = byPlace.get(`${yearAfter(earlier.summary.year)}/${earlier.summary.head}`)
    return later ? [{ earlier, later }] : []
  })
  return inBatches(found, ({ earlier, later }) =>
    kept(pairs, keyOf(earlier) + keyOf(later), () => compare(store, earlier, later)),
  )
}

async function compare(store: Store, before: HeadSource, after: HeadSource): Promise<AcrossYears> {
  const [earlier, later] = await Promise.all([readHead(store, before), readHead(store, after)])
  const { identities } = checkAcrossYears(earlier.document, later.document, { exceptions: later.exceptions })
  const count = (...outcomes: string[]) => identities.filter(({ outcome }) => outcomes.includes(outcome)).length
  return {
    head: later.document.head,
    earlier: earlier.document.year,
    later: later.document.year,
    holds: count('holds', 'rounding', 'explained'),
    fails: count('fails'),
    unknown: count('unknown'),
  }
}

function lineOf({ document, names, summary, report }: Head): HeadLine {
  return {
    year: document.year,
    head: document.head,
    title: names.head ?? { en: document.title, 'zh-Hant': document.title },
    source: summary.sourceKind,
    programmes: document.programmes.length,
    estimate: estimateOf(report.cells, document.year),
    counts: countsOf(report.identities, report.cells),
  }
}

async function kept<Value>(store: Map<string, Value>, key: string, make: () => Promise<Value>): Promise<Value> {
  const known = store.get(key)
  if (known) return known
  const value = await make()
  if (store.size >= keptMax) store.clear()
  store.set(key, value)
  return value
}

async function inBatches<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  for (let from = 0; from < items.length; from += readAtOnce)
    results.push(...(await Promise.all(items.slice(from, from + readAtOnce).map(work))))
  return results
}
